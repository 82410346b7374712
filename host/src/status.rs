//! The customer's status of a purchase in each state.

use ringup_core::effect::EffectKind;
use ringup_core::purchase::{Purchase, State};

/// The status of a purchase for its customer. [`Bought`](Self::Bought) and [`Failed`](Self::Failed) are its two ends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PurchaseStatus {
    /// The verification that the number needs is not approved. Nothing is agreed yet.
    AwaitingKyc,
    /// The customer must pay at the checkout.
    AwaitingPayment,
    /// In progress; the customer has nothing to do.
    InProgress,
    /// The carrier may or may not have sold the number, and is asked again.
    Unconfirmed,
    /// In manual review: nobody answered, and how the purchase ends, or where its money is, is unclear.
    NeedsReview,
    /// It has failed, and its effects are being undone.
    Compensating,
    /// The number is bought.
    Bought,
    /// It has ended without a number, and all money was given back.
    Failed,
}

impl PurchaseStatus {
    /// The status of this purchase.
    #[must_use]
    pub fn of(purchase: &Purchase) -> Self {
        let in_review = purchase.in_review();
        let is_about_money =
            |kind: &EffectKind| matches!(kind, EffectKind::Charge | EffectKind::Refund | EffectKind::OpenCheckout);
        let refunds = || purchase.owed().is_some_and(|effect| effect.id.kind == EffectKind::Refund);
        match &purchase.state {
            State::AwaitingKyc(_) => Self::AwaitingKyc,
            State::AwaitingPayment(_) => Self::AwaitingPayment,
            State::OpeningCheckout(_)
            | State::Securing(_)
            | State::Returning(_)
            | State::Charging(_)
            | State::Ordering(_)
            | State::Unconfirmed(_)
            | State::Billing(_)
                if !in_review.is_empty() =>
            {
                Self::NeedsReview
            }
            // A number that should go back is no concern of the customer's.
            State::Compensating(_) | State::Undone(_) | State::Failed(_) if in_review.iter().any(is_about_money) => {
                Self::NeedsReview
            }
            State::OpeningCheckout(_)
            | State::Securing(_)
            | State::Returning(_)
            | State::Charging(_)
            | State::Ordering(_)
            | State::Billing(_) => Self::InProgress,
            State::Unconfirmed(_) => Self::Unconfirmed,
            State::Compensating(_) | State::Undone(_) => Self::Compensating,
            State::Active(_) => Self::Bought,
            // A payment that came after the end goes back.
            State::Failed(_) if refunds() => Self::Compensating,
            State::Failed(_) => Self::Failed,
        }
    }

    /// Its stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AwaitingKyc => "awaiting_kyc",
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
