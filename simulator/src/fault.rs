//! Faults: rules that look at an exchange with the carrier or the payment provider and say what becomes of it, or cut the
//! retailer's power after it.

use ringup_core::AccountId;
use serde::{Deserialize, Serialize};

/// Matches every action.
const ANY: &str = "*";

/// The action that stores a decision: nobody is asked, so that only a cut of the power can meet it.
pub const STORE: &str = "store";

/// An exchange that is about to happen.
#[derive(Clone, Copy, Debug)]
pub struct Exchange<'a> {
    /// The dialect through which it is meant.
    pub dialect: &'a str,
    /// The account that it is for.
    pub account: &'a AccountId,
    /// The action's stable name: `order`.
    pub action: &'a str,
}

/// What becomes of an exchange.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FaultAction {
    /// It happens.
    Pass,
    /// It is refused, and nothing is done.
    Refuse,
    /// The request never arrives.
    LoseRequest,
    /// It is done, and nobody hears of it.
    LoseReply,
    /// The request arrives twice.
    Duplicate,
}

/// What a fault does to the exchanges that it meets.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// The other side refuses.
    Refuse,
    /// The reply is lost.
    LoseReply,
    /// The request is lost.
    LoseRequest,
    /// The request arrives twice.
    Duplicate,
    /// It happens, and then the retailer loses its power: what it has not stored is forgotten.
    PowerCut,
}

/// A rule: what it does, to which exchanges, and how many of them it will still meet.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// What it does.
    pub fault: FaultKind,
    /// The action that it waits for; `*`: any.
    #[serde(default = "any")]
    pub action: String,
    /// Only exchanges of this dialect.
    #[serde(default)]
    pub dialect: Option<String>,
    /// Only exchanges for this account.
    #[serde(default)]
    pub account: Option<AccountId>,
    /// How many exchanges it will still let pass.
    #[serde(default)]
    pub after: u32,
    /// How many exchanges it will still meet after those.
    #[serde(default = "once")]
    pub count: u32,
}

/// The rules that were switched on, in that order, and what they have done to the retailer.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Faults {
    rules: Vec<Rule>,
    #[serde(skip)]
    power_is_cut: bool,
}

/// A rule, and how many exchanges it has met.
#[derive(Clone, Debug, Serialize)]
struct Rule {
    #[serde(flatten)]
    fault: Fault,
    hits: u32,
}

impl Faults {
    /// Switches a rule on.
    pub fn add(&mut self, fault: Fault) {
        self.rules.push(Rule { fault, hits: 0 });
    }

    /// Switches all of them off.
    pub fn clear(&mut self) {
        self.rules.clear();
    }

    /// The rules that will still meet something.
    pub fn active(&self) -> impl Iterator<Item = &Fault> {
        self.rules.iter().map(|rule| &rule.fault).filter(|fault| 0 < fault.count)
    }

    /// How many rules there are, used up or not.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rules.len()
    }

    /// Whether there is no rule.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// What becomes of an exchange. The first rule that meets it wins, and uses up one of its count.
    pub fn judge(&mut self, exchange: Exchange<'_>) -> FaultAction {
        self.meet(exchange, FaultKind::action).unwrap_or(FaultAction::Pass)
    }

    /// Takes note of a step that the retailer has made, an exchange or [`STORE`]: its power may be cut after it.
    pub fn step(&mut self, step: Exchange<'_>) {
        let cut = self.meet(step, |kind| (kind == FaultKind::PowerCut).then_some(()));
        self.power_is_cut |= cut.is_some();
    }

    /// Cuts the retailer's power now.
    pub const fn cut_power(&mut self) {
        self.power_is_cut = true;
    }

    pub(crate) const fn restore_power(&mut self) {
        self.power_is_cut = false;
    }

    /// Whether the retailer has lost its power.
    #[must_use]
    pub const fn power_is_cut(&self) -> bool {
        self.power_is_cut
    }

    /// The opinion of the first rule that has one; it uses up one of its count.
    fn meet<T>(&mut self, exchange: Exchange<'_>, opinion: impl Fn(FaultKind) -> Option<T>) -> Option<T> {
        for rule in self.rules.iter_mut().filter(|rule| rule.fault.meets(exchange)) {
            let Some(opinion) = opinion(rule.fault.fault) else { continue };
            if 0 < rule.fault.after {
                rule.fault.after = rule.fault.after.saturating_sub(1);
                continue;
            }
            rule.fault.count = rule.fault.count.saturating_sub(1);
            rule.hits = rule.hits.saturating_add(1);
            return Some(opinion);
        }
        None
    }
}

impl Fault {
    fn meets(&self, exchange: Exchange<'_>) -> bool {
        0 < self.count
            && (self.action == ANY || self.action == exchange.action)
            && self.dialect.as_ref().is_none_or(|dialect| dialect == exchange.dialect)
            && self.account.as_ref().is_none_or(|account| account == exchange.account)
    }
}

impl FaultKind {
    /// What becomes of an exchange; none, if the fault is about the retailer.
    const fn action(self) -> Option<FaultAction> {
        match self {
            Self::Refuse => Some(FaultAction::Refuse),
            Self::LoseReply => Some(FaultAction::LoseReply),
            Self::LoseRequest => Some(FaultAction::LoseRequest),
            Self::Duplicate => Some(FaultAction::Duplicate),
            Self::PowerCut => None,
        }
    }
}

fn any() -> String {
    ANY.into()
}

const fn once() -> u32 {
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_opinion_wins_and_is_used_up() {
        let account = "a-1".parse().unwrap();
        let order = Exchange { dialect: "one", account: &account, action: "order" };
        let rule = |fault, action: &str, count| Fault {
            fault,
            action: action.into(),
            dialect: None,
            account: None,
            after: 0,
            count,
        };
        let mut faults = Faults::default();
        faults.add(Fault { dialect: Some("other".into()), ..rule(FaultKind::Duplicate, "*", 1) });
        faults.add(rule(FaultKind::Refuse, "order", 1));
        faults.add(rule(FaultKind::LoseReply, "*", 2));
        assert_eq!(faults.judge(Exchange { action: "charge", ..order }), FaultAction::LoseReply);
        let actions = [(); 3].map(|()| faults.judge(order));
        assert_eq!(actions, [FaultAction::Refuse, FaultAction::LoseReply, FaultAction::Pass]);
        assert_eq!(faults.active().count(), 1);
        let hits = faults.rules.iter().map(|rule| rule.hits).collect::<Vec<_>>();
        assert_eq!(hits, [0, 1, 2]);
    }

    #[test]
    fn the_power_is_cut_after_so_many_steps_whatever_becomes_of_the_exchanges() {
        let account = "a-1".parse().unwrap();
        let order = Exchange { dialect: "one", account: &account, action: "order" };
        let rule = |fault, after| Fault { fault, action: "*".into(), dialect: None, account: None, after, count: 1 };
        let mut faults = Faults::default();
        faults.add(rule(FaultKind::Refuse, 1));
        faults.add(rule(FaultKind::PowerCut, 2));
        assert_eq!([(); 3].map(|()| faults.judge(order)), [FaultAction::Pass, FaultAction::Refuse, FaultAction::Pass]);
        let cut = [order, Exchange { action: STORE, ..order }, order].map(|step| {
            faults.step(step);
            faults.power_is_cut()
        });
        assert_eq!(cut, [false, false, true]);
        assert_eq!(faults.active().count(), 0);
    }
}
