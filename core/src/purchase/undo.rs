//! Undo: the steps by which a purchase is undone.

use alloc::vec::Vec;
use core::{fmt, iter};

use crate::base::money::Money;
use ringup_derive::data;
use ringup_numbering::E164;

/// One step of an undo.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "undo", rename_all = "snake_case")]
pub enum UndoStep {
    /// Return the reserved number to the inventory.
    ReturnReservation {
        /// The reserved number.
        number: E164,
    },
    /// Return the provisioned number to the carrier.
    ReturnNumber {
        /// The provisioned number.
        number: E164,
    },
    /// Return the money to where it came from.
    Refund {
        /// The amount to return.
        amount: Money,
    },
}

/// The remaining steps of an undo, in order: at least one, with the refund last. JSON: a list.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(try_from = "Vec<UndoStep>", into = "Vec<UndoStep>")]
#[read(instead = "Self::new(UndoStep::Refund { amount: Money::unread() }, [])")]
#[schemars(with = "Vec<UndoStep>")]
#[ts(as = "Vec<UndoStep>")]
pub struct UndoSteps {
    next: UndoStep,
    later: Vec<UndoStep>,
}

/// The steps are not an undo.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NotAnUndo;

impl UndoStep {
    /// The number that the step returns.
    pub(crate) const fn number(self) -> Option<E164> {
        match self {
            Self::ReturnReservation { number } | Self::ReturnNumber { number } => Some(number),
            Self::Refund { .. } => None,
        }
    }
}

impl UndoSteps {
    pub(super) fn new(next: UndoStep, later: impl IntoIterator<Item = UndoStep>) -> Self {
        Self { next, later: later.into_iter().collect() }
    }

    /// The current step.
    #[must_use]
    pub const fn next(&self) -> UndoStep {
        self.next
    }

    /// The money that is still to be refunded.
    #[must_use]
    pub fn refund(&self) -> Option<Money> {
        iter::once(&self.next).chain(&self.later).find_map(|step| match step {
            UndoStep::Refund { amount } => Some(*amount),
            UndoStep::ReturnReservation { .. } | UndoStep::ReturnNumber { .. } => None,
        })
    }

    /// The steps after the current one. `None` after the last.
    pub(super) fn after_next(&self) -> Option<Self> {
        let (next, later) = self.later.split_first()?;
        Some(Self::new(*next, later.iter().copied()))
    }
}

impl TryFrom<Vec<UndoStep>> for UndoSteps {
    type Error = NotAnUndo;
    fn try_from(steps: Vec<UndoStep>) -> Result<Self, NotAnUndo> {
        let (_, earlier) = steps.split_last().ok_or(NotAnUndo)?;
        let gives_money_back = |step: &UndoStep| matches!(step, UndoStep::Refund { .. });
        let (next, later) = steps.split_first().ok_or(NotAnUndo)?;
        if earlier.iter().any(gives_money_back) { Err(NotAnUndo) } else { Ok(Self::new(*next, later.iter().copied())) }
    }
}

impl From<UndoSteps> for Vec<UndoStep> {
    fn from(steps: UndoSteps) -> Self {
        iter::once(steps.next).chain(steps.later).collect()
    }
}

impl fmt::Display for NotAnUndo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an undo must have a step left, and must give the money back last")
    }
}

impl core::error::Error for NotAnUndo {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_undo_has_a_step_and_gives_money_back_last() {
        let number = "+14045550100".parse().unwrap();
        let amount = Money::new(200, "USD".parse().unwrap()).unwrap();
        let all = [UndoStep::ReturnReservation { number }, UndoStep::Refund { amount }];
        let steps = UndoSteps::try_from(all.to_vec()).unwrap();
        assert_eq!((steps.next(), steps.refund()), (all[0], Some(amount)));
        let rest = steps.after_next().unwrap();
        assert_eq!((rest.next(), rest.after_next()), (all[1], None));
        assert_eq!(Vec::from(steps), all);
        assert_eq!(UndoSteps::try_from(Vec::new()), Err(NotAnUndo));
        assert_eq!(UndoSteps::try_from([all[1], all[0]].to_vec()), Err(NotAnUndo), "money goes back last");
    }

    #[test]
    fn an_empty_list_is_refused_in_json() {
        let one = r#"[{"undo":"return_number","number":"+14045550100"}]"#;
        let steps: UndoSteps = serde_json::from_str(one).unwrap();
        assert_eq!(serde_json::to_string(&steps).unwrap(), one);
        assert!(serde_json::from_str::<UndoSteps>("[]").is_err());
    }
}
