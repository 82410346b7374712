//! Faults: rules that look at an exchange with the carrier or the payment provider and give a verdict.

use ringup_core::AccountId;
use serde::{Deserialize, Serialize};

/// Matches every action.
const ANY: &str = "*";

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
pub enum Verdict {
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
    /// How many exchanges it will still meet.
    #[serde(default = "once")]
    pub count: u32,
}

/// The rules that are switched on, in the order in which they were.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// Switches a rule on.
    pub fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    /// Switches all of them off.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The rules that are switched on.
    #[must_use]
    pub fn all(&self) -> &[Fault] {
        &self.0
    }

    /// The verdict on an exchange: the first opinion wins, and uses up one of its rule's count.
    pub fn judge(&mut self, exchange: Exchange<'_>) -> Verdict {
        let Some(rule) = self.0.iter_mut().find(|rule| rule.meets(exchange)) else { return Verdict::Pass };
        rule.count = rule.count.saturating_sub(1);
        let verdict = rule.fault.verdict();
        self.0.retain(|rule| 0 < rule.count);
        verdict
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
    const fn verdict(self) -> Verdict {
        match self {
            Self::Refuse => Verdict::Refuse,
            Self::LoseReply => Verdict::LoseReply,
            Self::LoseRequest => Verdict::LoseRequest,
            Self::Duplicate => Verdict::Duplicate,
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
        let rule =
            |fault, action: &str, count| Fault { fault, action: action.into(), dialect: None, account: None, count };
        let mut faults = Faults::default();
        faults.add(Fault { dialect: Some("other".into()), ..rule(FaultKind::Duplicate, "*", 1) });
        faults.add(rule(FaultKind::Refuse, "order", 1));
        faults.add(rule(FaultKind::LoseReply, "*", 2));
        assert_eq!(faults.judge(Exchange { action: "charge", ..order }), Verdict::LoseReply);
        let verdicts = [(); 3].map(|()| faults.judge(order));
        assert_eq!(verdicts, [Verdict::Refuse, Verdict::LoseReply, Verdict::Pass]);
        assert_eq!(faults.all().len(), 1);
    }
}
