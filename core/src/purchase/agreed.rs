//! Agreed: what a purchase keeps of its agreement.

use alloc::boxed::Box;

use super::Agreement;
use crate::base::id::HolderId;
use crate::base::money::Money;
use crate::base::timestamp::Timestamp;
use crate::market::selector::Selector;
use crate::terms::fulfilment::OrderEvidence;
use crate::terms::payment::PaymentMethod;
use ringup_derive::data;
use ringup_numbering::Country;

/// What a purchase keeps of its agreement: all of it until it has ended, then an outline.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "kept", rename_all = "snake_case")]
pub enum Agreed {
    /// All of it.
    Whole(Box<Agreement>),
    /// What repeats and late outcomes are judged by.
    Outline(AgreementOutline),
}

/// What repeats and late outcomes of an ended purchase are judged by. Its event `purchase_accepted` has the whole agreement.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct AgreementOutline {
    /// The instant of the acceptance.
    pub accepted_at: Timestamp,
    /// The holder that the number is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub holder: Option<HolderId>,
    /// The selector of the request.
    pub selector: Selector,
    /// The country of the number.
    pub country: Country,
    /// The payment method that the policy chose.
    pub payment: PaymentMethod,
    /// The amount that was due.
    pub due_now: Money,
    /// How the carrier clears up an order in doubt. Absent: the number is bought, so none is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub order_evidence: Option<OrderEvidence>,
}

impl Agreed {
    /// The agreement, until the purchase has ended.
    #[must_use]
    pub fn whole(&self) -> Option<&Agreement> {
        match self {
            Self::Whole(agreement) => Some(agreement),
            Self::Outline(_) => None,
        }
    }

    /// The instant of the acceptance.
    #[must_use]
    pub const fn accepted_at(&self) -> Timestamp {
        match self {
            Self::Whole(agreement) => agreement.accepted_at,
            Self::Outline(outline) => outline.accepted_at,
        }
    }

    /// The holder that the number is for.
    #[must_use]
    pub const fn holder(&self) -> Option<&HolderId> {
        match self {
            Self::Whole(agreement) => agreement.holder.as_ref(),
            Self::Outline(outline) => outline.holder.as_ref(),
        }
    }

    /// The selector of the request.
    #[must_use]
    pub const fn selector(&self) -> &Selector {
        match self {
            Self::Whole(agreement) => &agreement.selector,
            Self::Outline(outline) => &outline.selector,
        }
    }

    /// The country of the number.
    #[must_use]
    pub const fn country(&self) -> Country {
        match self {
            Self::Whole(agreement) => agreement.country,
            Self::Outline(outline) => outline.country,
        }
    }

    /// The payment method that the policy chose.
    #[must_use]
    pub const fn payment(&self) -> PaymentMethod {
        match self {
            Self::Whole(agreement) => agreement.payment,
            Self::Outline(outline) => outline.payment,
        }
    }

    /// The amount due.
    #[must_use]
    pub const fn due_now(&self) -> Money {
        match self {
            Self::Whole(agreement) => agreement.price.due_now,
            Self::Outline(outline) => outline.due_now,
        }
    }

    /// How the carrier clears up an order in doubt. `None`: the number is bought.
    #[must_use]
    pub const fn order_evidence(&self) -> Option<OrderEvidence> {
        match self {
            Self::Whole(agreement) => Some(agreement.order_evidence),
            Self::Outline(outline) => outline.order_evidence,
        }
    }

    /// What is kept once the purchase has ended.
    pub(super) fn ended(&self, is_bought: bool) -> Self {
        Self::Outline(AgreementOutline {
            accepted_at: self.accepted_at(),
            holder: self.holder().cloned(),
            selector: self.selector().clone(),
            country: self.country(),
            payment: self.payment(),
            due_now: self.due_now(),
            order_evidence: self.order_evidence().filter(|_| !is_bought),
        })
    }
}
