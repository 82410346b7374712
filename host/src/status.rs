//! The customer's status of a purchase in each state.

use ringup_core::purchase::State;

/// The status of a purchase for its customer. [`Bought`](Self::Bought) and [`Failed`](Self::Failed) are its two ends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PurchaseStatus {
    /// The customer must pay at the checkout.
    AwaitingPayment,
    /// In progress; the customer has nothing to do.
    InProgress,
    /// The carrier may or may not have sold the number, and is asked again.
    Unconfirmed,
    /// In manual review: the outcome of the order is unclear, and the money stays held.
    NeedsReview,
    /// It has failed, and its effects are being undone.
    Compensating,
    /// The number is bought.
    Bought,
    /// It has ended without a number, and all money was given back.
    Failed,
}

impl PurchaseStatus {
    /// The status in this state.
    #[must_use]
    pub const fn of(state: &State) -> Self {
        match state {
            State::AwaitingPayment(_) => Self::AwaitingPayment,
            State::OpeningCheckout(_)
            | State::Securing(_)
            | State::Returning(_)
            | State::Charging(_)
            | State::Ordering(_)
            | State::Billing(_) => Self::InProgress,
            State::Unconfirmed(_) => Self::Unconfirmed,
            State::NeedsReview(_) => Self::NeedsReview,
            State::Compensating(_) | State::Undone(_) => Self::Compensating,
            State::Active(_) => Self::Bought,
            State::Failed(_) => Self::Failed,
        }
    }

    /// Its stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AwaitingPayment => "awaiting_payment",
            Self::InProgress => "in_progress",
            Self::Unconfirmed => "unconfirmed",
            Self::NeedsReview => "needs_review",
            Self::Compensating => "compensating",
            Self::Bought => "bought",
            Self::Failed => "failed",
        }
    }
}
