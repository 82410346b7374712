//! The text of a move.

use std::fmt;
use std::str::FromStr;

use super::{Fate, How, Kind, Move, Seen, Want, When, Worker};
use crate::world::Shares;

impl fmt::Display for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::A => "a",
            Self::B => "b",
        })
    }
}

impl fmt::Display for Want {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nowhere => f.write_str("nowhere"),
            Self::Any => f.write_str("any"),
            Self::AreaCode => f.write_str("area"),
            Self::Pattern => f.write_str("pattern"),
            Self::Exact(number) => write!(f, "n{number}"),
            Self::Inventory(number) => write!(f, "i{number}"),
        }
    }
}

impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sees = match self.sees {
            Some(Seen::Own) => " sees",
            Some(Seen::Another) => " sees_another",
            None => "",
        };
        let (confirms, viewer) =
            (if self.confirms { " confirms" } else { "" }, if self.is_viewer { " viewer" } else { "" });
        write!(f, "{sees}{confirms}{viewer}")
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtOnce => f.write_str("at_once"),
            Self::CoolDown => f.write_str("cool_down"),
            Self::PeriodEnd => f.write_str("period_end"),
            Self::In(ms) => write!(f, "{ms}"),
        }
    }
}

impl How {
    fn read(words: &[&str]) -> Option<Self> {
        let mut how = Self::default();
        for word in words {
            match *word {
                "sees" => how.sees = Some(Seen::Own),
                "sees_another" => how.sees = Some(Seen::Another),
                "confirms" => how.confirms = true,
                "viewer" => how.is_viewer = true,
                _ => return None,
            }
        }
        Some(how)
    }
}

impl fmt::Display for Move {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Buy { purchase, holder, want, key: Some(key), how } => {
                write!(f, "buy p{purchase} h{holder} {want} k{key}{how}")
            }
            Self::Buy { purchase, holder, want, key: None, how } => {
                write!(f, "buy p{purchase} h{holder} {want} -{how}")
            }
            Self::Do { purchase, kind } => write!(f, "do p{purchase} {}", kind.name()),
            Self::Take { worker, purchase, kind } => write!(f, "take {worker} p{purchase} {}", kind.name()),
            Self::Call { worker, purchase, kind, fate } => {
                write!(f, "call {worker} p{purchase} {} {}", kind.name(), fate.name())
            }
            Self::Tell { worker, purchase, kind, again: false } => {
                write!(f, "tell {worker} p{purchase} {}", kind.name())
            }
            Self::Tell { worker, purchase, kind, again: true } => {
                write!(f, "tell {worker} p{purchase} {} again", kind.name())
            }
            Self::Die { worker, purchase, kind } => write!(f, "die {worker} p{purchase} {}", kind.name()),
            Self::Pay { purchase, nth, late: false } => write!(f, "pay p{purchase} {nth}"),
            Self::Pay { purchase, nth, late: true } => write!(f, "pay p{purchase} {nth} late"),
            Self::Hear { purchase, nth } => write!(f, "hear p{purchase} {nth}"),
            Self::Mishear { purchase } => write!(f, "mishear p{purchase}"),
            Self::Double { doubles } => f.write_str(if doubles { "double" } else { "single" }),
            Self::Ghost { purchase } => write!(f, "ghost p{purchase}"),
            Self::Abandon { purchase } => write!(f, "abandon p{purchase}"),
            Self::Wake { purchase: Some(purchase) } => write!(f, "wake p{purchase}"),
            Self::Wake { purchase: None } => f.write_str("wake"),
            Self::Step { ms } => write!(f, "step {ms}"),
            Self::Back { ms } => write!(f, "back {ms}"),
            Self::Release { purchase } => write!(f, "release p{purchase}"),
            Self::Leave { purchase, when } => write!(f, "leave p{purchase} {when}"),
            Self::Cancel { purchase } => write!(f, "cancel p{purchase}"),
            Self::Card { works } => f.write_str(if works { "card works" } else { "card fails" }),
            Self::TopUp { minor_units } => write!(f, "topup {minor_units}"),
            Self::Terms { choice } => write!(f, "terms {choice}"),
            Self::Holder { holder, allowed } => write!(f, "holder h{holder} {}", if allowed { "yes" } else { "no" }),
            Self::Resolve { purchase, again: false } => write!(f, "resolve p{purchase}"),
            Self::Resolve { purchase, again: true } => write!(f, "resolve p{purchase} again"),
            Self::Dead { kind } => write!(f, "dead {}", kind.name()),
            Self::Mend => f.write_str("mend"),
            Self::Share { shares } => write!(f, "share {}", shares.name()),
            Self::Lie { purchase, kind, nth } => write!(f, "lie p{purchase} {} {nth}", kind.name()),
            Self::Viewer { purchase } => write!(f, "viewer p{purchase}"),
            Self::Nothing => f.write_str("nothing"),
            Self::Damage { seed } => write!(f, "damage {seed}"),
            Self::Stale { is_stale } => f.write_str(if is_stale { "stale" } else { "fresh" }),
        }
    }
}

impl FromStr for Move {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        read(&words).ok_or_else(|| format!("no move is written `{}`", text.trim()))
    }
}

fn read(words: &[&str]) -> Option<Move> {
    let id = |text: &str, letter: char| text.strip_prefix(letter)?.parse::<u8>().ok();
    let purchase = |text: &str| id(text, 'p');
    let kind = |text: &str| Kind::ALL.into_iter().find(|kind| kind.name() == text);
    let fate = |text: &str| Fate::ALL.into_iter().find(|fate| fate.name() == text);
    let worker = |text: &str| [Worker::A, Worker::B].into_iter().find(|worker| worker.to_string() == text);
    let want = |text: &str| match text {
        "nowhere" => Some(Want::Nowhere),
        "any" => Some(Want::Any),
        "area" => Some(Want::AreaCode),
        "pattern" => Some(Want::Pattern),
        _ => id(text, 'n').map(Want::Exact).or_else(|| id(text, 'i').map(Want::Inventory)),
    };
    Some(match *words {
        ["buy", p, h, w, k, ref how @ ..] => {
            let key = if k == "-" { None } else { Some(id(k, 'k')?) };
            Move::Buy { purchase: purchase(p)?, holder: id(h, 'h')?, want: want(w)?, key, how: How::read(how)? }
        }
        ["do", p, k] => Move::Do { purchase: purchase(p)?, kind: kind(k)? },
        ["take", w, p, k] => Move::Take { worker: worker(w)?, purchase: purchase(p)?, kind: kind(k)? },
        ["call", w, p, k, f] => {
            Move::Call { worker: worker(w)?, purchase: purchase(p)?, kind: kind(k)?, fate: fate(f)? }
        }
        ["tell", w, p, k] => Move::Tell { worker: worker(w)?, purchase: purchase(p)?, kind: kind(k)?, again: false },
        ["tell", w, p, k, "again"] => {
            Move::Tell { worker: worker(w)?, purchase: purchase(p)?, kind: kind(k)?, again: true }
        }
        ["die", w, p, k] => Move::Die { worker: worker(w)?, purchase: purchase(p)?, kind: kind(k)? },
        ["pay", p, nth] => Move::Pay { purchase: purchase(p)?, nth: nth.parse().ok()?, late: false },
        ["pay", p, nth, "late"] => Move::Pay { purchase: purchase(p)?, nth: nth.parse().ok()?, late: true },
        ["hear", p, nth] => Move::Hear { purchase: purchase(p)?, nth: nth.parse().ok()? },
        ["mishear", p] => Move::Mishear { purchase: purchase(p)? },
        ["double"] => Move::Double { doubles: true },
        ["single"] => Move::Double { doubles: false },
        ["ghost", p] => Move::Ghost { purchase: purchase(p)? },
        ["abandon", p] => Move::Abandon { purchase: purchase(p)? },
        ["wake", p] => Move::Wake { purchase: Some(purchase(p)?) },
        ["wake"] => Move::Wake { purchase: None },
        ["step", ms] => Move::Step { ms: ms.parse().ok()? },
        ["back", ms] => Move::Back { ms: ms.parse().ok()? },
        ["release", p] => Move::Release { purchase: purchase(p)? },
        ["leave", p, when] => Move::Leave { purchase: purchase(p)?, when: read_when(when)? },
        ["cancel", p] => Move::Cancel { purchase: purchase(p)? },
        ["card", "works"] => Move::Card { works: true },
        ["card", "fails"] => Move::Card { works: false },
        ["topup", amount] => Move::TopUp { minor_units: amount.parse().ok()? },
        ["terms", choice] => Move::Terms { choice: choice.parse().ok()? },
        ["holder", h, "yes"] => Move::Holder { holder: id(h, 'h')?, allowed: true },
        ["holder", h, "no"] => Move::Holder { holder: id(h, 'h')?, allowed: false },
        ["resolve", p] => Move::Resolve { purchase: purchase(p)?, again: false },
        ["resolve", p, "again"] => Move::Resolve { purchase: purchase(p)?, again: true },
        ["dead", k] => Move::Dead { kind: kind(k)? },
        ["mend"] => Move::Mend,
        ["share", shares] => Move::Share { shares: Shares::ALL.into_iter().find(|other| other.name() == shares)? },
        ["lie", p, k, nth] => Move::Lie { purchase: purchase(p)?, kind: kind(k)?, nth: nth.parse().ok()? },
        ["viewer", p] => Move::Viewer { purchase: purchase(p)? },
        ["nothing"] => Move::Nothing,
        ["damage", seed] => Move::Damage { seed: seed.parse().ok()? },
        ["stale"] => Move::Stale { is_stale: true },
        ["fresh"] => Move::Stale { is_stale: false },
        _ => return None,
    })
}

fn read_when(word: &str) -> Option<When> {
    match word {
        "at_once" => Some(When::AtOnce),
        "cool_down" => Some(When::CoolDown),
        "period_end" => Some(When::PeriodEnd),
        ms => ms.parse().ok().map(When::In),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_move_is_read_as_it_is_written() {
        let lines = [
            "buy p0 h1 any k2",
            "buy p23 h0 n3 -",
            "buy p1 h0 i2 k0",
            "buy p1 h0 area -",
            "buy p1 h0 nowhere - sees viewer",
            "buy p1 h0 n0 k1 sees_another confirms",
            "share taken",
            "lie p0 order 3",
            "viewer p1",
            "nothing",
            "buy p1 h0 pattern -",
            "do p0 open_checkout",
            "take a p0 reserve",
            "call b p0 order reply_lost",
            "tell a p0 charge",
            "tell b p0 refund again",
            "die a p0 release",
            "pay p0 0",
            "pay p0 1 late",
            "hear p0 0",
            "mishear p0",
            "double",
            "single",
            "ghost p0",
            "abandon p0",
            "wake",
            "wake p0",
            "step 1000",
            "back 5",
            "release p0",
            "leave p0 at_once",
            "leave p0 cool_down",
            "leave p0 period_end",
            "leave p1 86400000",
            "cancel p0",
            "card works",
            "card fails",
            "topup 400",
            "terms 2",
            "holder h1 no",
            "holder h0 yes",
            "resolve p0",
            "resolve p0 again",
            "dead unreserve",
            "mend",
            "damage 7",
            "stale",
            "fresh",
        ];
        for line in lines {
            assert_eq!(line.parse::<Move>().map(|step| step.to_string()), Ok(line.to_owned()));
        }
        for wrong in ["", "buy", "buy p0 h0 any", "do p0 nothing", "call a p0 order well", "take c p0 order", "pay 0"] {
            assert!(wrong.parse::<Move>().is_err(), "{wrong}");
        }
    }
}
