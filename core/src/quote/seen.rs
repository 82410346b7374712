//! The quote that a purchase follows: what was promised, against what holds now.

use alloc::{string::String, vec::Vec};

use super::Quote;
use crate::price::{PriceDifference, PriceField};
use crate::shop::ShopVersion;
use crate::{Money, Price, PriceSeen, QuoteId, Selector, Timestamp};

/// A quote that a purchase follows. Only what was promised is compared: that it was made is not evidence that it still holds.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct QuoteSeen {
    /// Its name.
    pub id: QuoteId,
    /// What it promised, as whoever made it has kept it; absent: nobody has kept such a quote.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub terms: Option<QuoteTerms>,
}

/// What a quote promises.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct QuoteTerms {
    /// The rules and prices that it was made under.
    pub shop: ShopVersion,
    /// From when on it holds no more.
    pub expires_at: Timestamp,
    /// Which number it is for; absent: that was not clear.
    pub selector: Option<Selector>,
    /// The price; absent: it was not known.
    pub price: Option<PriceSeen>,
}

/// A part of what a quote promised that is not so now.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "field", rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum QuoteDifference {
    /// Nobody has kept a quote of this name.
    Id {
        /// The name.
        seen: QuoteId,
        /// Always null: there is none.
        now: Option<QuoteId>,
    },
    /// Its time is over.
    ExpiresAt {
        /// When it was.
        seen: Timestamp,
        /// The instant of the purchase.
        now: Timestamp,
    },
    /// It was made under another policy.
    Policy {
        /// That policy's id.
        seen: String,
        /// The policy's id now.
        now: String,
    },
    /// The rules have changed.
    PolicyVersion {
        /// Their version then.
        seen: String,
        /// Their version now.
        now: String,
    },
    /// The rate card has changed.
    RateCardVersion {
        /// Its version then.
        seen: String,
        /// Its version now.
        now: String,
    },
    /// It is for another number.
    Selector {
        /// What it is for.
        seen: Option<Selector>,
        /// What is wanted now.
        now: Selector,
    },
    /// What is due now has moved.
    DueNow {
        /// What it promised.
        seen: Option<Money>,
        /// What it is now.
        now: Money,
    },
    /// The non-recurring charge has moved.
    SetupFee {
        /// What it promised.
        seen: Option<Money>,
        /// What it is now.
        now: Money,
    },
    /// What recurs every month has moved.
    MonthlyFee {
        /// What it promised.
        seen: Option<Money>,
        /// What it is now.
        now: Money,
    },
    /// What recurs every year has moved.
    YearlyFee {
        /// What it promised.
        seen: Option<Money>,
        /// What it is now.
        now: Money,
    },
    /// What the commitment comes to has moved.
    CommitmentTotal {
        /// What it promised.
        seen: Option<Money>,
        /// What it is now.
        now: Money,
    },
}

impl Quote {
    /// The quote as a purchase that follows it names it.
    #[must_use]
    #[cfg(feature = "serde")]
    pub fn seen(&self) -> QuoteSeen {
        QuoteSeen { id: self.id(), terms: Some(self.terms()) }
    }

    /// What it promises.
    #[must_use]
    pub fn terms(&self) -> QuoteTerms {
        QuoteTerms {
            shop: self.shop.clone(),
            expires_at: self.expires_at,
            selector: self.selector.clone(),
            price: self.price.as_ref().map(Price::seen),
        }
    }
}

impl QuoteTerms {
    /// Everything that is not so now, in the order of [`QuoteDifference`]; empty: it holds.
    pub(crate) fn differences(
        &self,
        shop: &ShopVersion,
        selector: &Selector,
        price: &Price,
        now: Timestamp,
    ) -> Vec<QuoteDifference> {
        let mut differences = Vec::new();
        if self.expires_at <= now {
            differences.push(QuoteDifference::ExpiresAt { seen: self.expires_at, now });
        }
        let ShopVersion { policy, policy_version, rate_card_version } = &self.shop;
        let both = |seen: &String, now: &String| (seen != now).then(|| (seen.clone(), now.clone()));
        let policy = both(policy, &shop.policy).map(|(seen, now)| QuoteDifference::Policy { seen, now });
        let version = both(policy_version, &shop.policy_version);
        let version = version.map(|(seen, now)| QuoteDifference::PolicyVersion { seen, now });
        let rate_card = both(rate_card_version, &shop.rate_card_version);
        let rate_card = rate_card.map(|(seen, now)| QuoteDifference::RateCardVersion { seen, now });
        differences.extend(policy.into_iter().chain(version).chain(rate_card));
        if self.selector.as_ref() != Some(selector) {
            differences.push(QuoteDifference::Selector { seen: self.selector.clone(), now: selector.clone() });
        }
        match &self.price {
            Some(seen) => differences.extend(price.differences(seen).into_iter().map(QuoteDifference::from)),
            None => differences.push(QuoteDifference::DueNow { seen: None, now: price.due_now }),
        }
        differences
    }
}

impl From<PriceDifference> for QuoteDifference {
    fn from(PriceDifference { field, seen, now }: PriceDifference) -> Self {
        let seen = Some(seen);
        match field {
            PriceField::DueNow => Self::DueNow { seen, now },
            PriceField::SetupFee => Self::SetupFee { seen, now },
            PriceField::MonthlyFee => Self::MonthlyFee { seen, now },
            PriceField::YearlyFee => Self::YearlyFee { seen, now },
            PriceField::CommitmentTotal => Self::CommitmentTotal { seen, now },
        }
    }
}

impl core::fmt::Display for QuoteDifference {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let moved = |f: &mut core::fmt::Formatter<'_>, what, seen: &Option<Money>, now: &Money| match seen {
            Some(seen) => write!(f, "{what} from {seen} to {now}"),
            None => write!(f, "{what} from no price to {now}"),
        };
        match self {
            Self::Id { .. } => f.write_str("no quote of this name is kept"),
            Self::ExpiresAt { .. } => f.write_str("its time is over"),
            Self::Policy { seen, now } => write!(f, "policy from `{seen}` to `{now}`"),
            Self::PolicyVersion { seen, now } => write!(f, "policy version from `{seen}` to `{now}`"),
            Self::RateCardVersion { seen, now } => write!(f, "rate card from `{seen}` to `{now}`"),
            Self::Selector { .. } => f.write_str("it is for another number"),
            Self::DueNow { seen, now } => moved(f, PriceField::DueNow, seen, now),
            Self::SetupFee { seen, now } => moved(f, PriceField::SetupFee, seen, now),
            Self::MonthlyFee { seen, now } => moved(f, PriceField::MonthlyFee, seen, now),
            Self::YearlyFee { seen, now } => moved(f, PriceField::YearlyFee, seen, now),
            Self::CommitmentTotal { seen, now } => moved(f, PriceField::CommitmentTotal, seen, now),
        }
    }
}
