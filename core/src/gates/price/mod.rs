//! Price: the price or the quote that the customer saw must still hold.

pub(crate) mod difference;
mod promised;

use alloc::{format, vec, vec::Vec};
use core::fmt;
use ringup_derive::data;

use difference::QuoteDifference;

use super::field::{DecidingField, method_field, rate_field, set};
use super::{Family, Input, Judgement, Refusal, Rejection, Remedy, Sentence, Verdict};
use crate::base::id::QuoteId;
use crate::base::money::{Decimals, Money};
use crate::base::words::all_of;
use crate::market::seen::{PriceSeen, QuoteSeen};
use crate::price::difference::PriceDifference;

/// The price differs from the one that was seen.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = crate::gates::inlined::<Self>())]
pub struct Changed {
    /// The figures that differ; at least one.
    pub differences: Vec<PriceDifference>,
}

/// The terms of the quote no longer hold.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = crate::gates::inlined::<Self>())]
pub struct Outdated {
    /// The id of the quote.
    pub id: QuoteId,
    /// The terms that no longer hold; at least one.
    pub differences: Vec<QuoteDifference>,
}

/// The price, which is as it was seen.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = crate::gates::inlined::<Self>())]
pub struct SamePrice {
    /// The amount due now.
    pub price: Money,
}

/// The quote that the purchase follows, which still holds.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = crate::gates::inlined::<Self>())]
pub struct SameQuote {
    /// The id of the quote.
    pub id: QuoteId,
}

pub(super) fn judge(input: &Input<'_>) -> Judgement {
    let by_quote = input.request.typed.quote_seen.as_ref().map(|seen| by_quote(input, seen));
    match (by_quote, input.request.typed.price_seen) {
        (Some(Judgement::Passed(_)) | None, Some(seen)) => by_price(input, seen),
        (Some(judgement), _) => judgement,
        (None, None) => Judgement::NotApplicable,
    }
}

fn by_quote(input: &Input<'_>, seen: &QuoteSeen) -> Judgement {
    let id = seen.id.clone();
    let Some(terms) = &seen.terms else {
        let differences = vec![QuoteDifference::Id { seen: id.clone(), now: None }];
        return Judgement::Blocked(Outdated { id, differences }.into());
    };
    match promised::differences(input, terms) {
        Err(fact) => Judgement::Waiting(fact),
        Ok(differences) if differences.is_empty() => Judgement::Passed(SameQuote { id }.into()),
        Ok(differences) => Judgement::Blocked(Outdated { id, differences }.into()),
    }
}

fn by_price(input: &Input<'_>, seen: PriceSeen) -> Judgement {
    let price = match input.priced() {
        Ok(pricing) => &pricing.price,
        Err(fact) => return Judgement::Waiting(fact),
    };
    let differences = price.differences(&seen);
    match differences.is_empty() {
        true => Judgement::Passed(SamePrice { price: price.due_now }.into()),
        false => Judgement::Blocked(Changed { differences }.into()),
    }
}

/// The field of the price or quote that was compared.
pub(super) fn deciding_field(input: &Input<'_>, judged: &Verdict) -> Option<DecidingField> {
    let Verdict::Blocked { rejection: Rejection::QuoteOutdated(Outdated { differences, .. }) } = judged else {
        let is_seen = input.request.typed.price_seen.is_some() || input.request.typed.quote_seen.is_some();
        return rate_field(input).filter(|_| is_seen);
    };
    match differences.first()? {
        QuoteDifference::Policy(_) => Some(set("/policy/id")),
        QuoteDifference::PolicyVersion(_) => Some(set("/policy/version")),
        QuoteDifference::RateCardVersion(_) => Some(set("/rate_card/version")),
        QuoteDifference::Payment(_) => Some(method_field(input)),
        QuoteDifference::EarlyRelease(_) => Some(set("/policy/release/early")),
        QuoteDifference::Country(_)
        | QuoteDifference::NumberType(_)
        | QuoteDifference::Capabilities(_)
        | QuoteDifference::KycTier(_)
        | QuoteDifference::DueNow(_)
        | QuoteDifference::SetupFee(_)
        | QuoteDifference::MonthlyFee(_)
        | QuoteDifference::YearlyFee(_)
        | QuoteDifference::CommitmentTotal(_)
        | QuoteDifference::MinimumCommitmentMonths(_)
        | QuoteDifference::Lines(_)
        | QuoteDifference::TaxesIncluded(_)
        | QuoteDifference::FirstPeriod(_)
        | QuoteDifference::Introductory(_)
        | QuoteDifference::RecurringLines(_)
        | QuoteDifference::RecurringTaxesIncluded(_)
        | QuoteDifference::Exponent(_) => rate_field(input),
        // These were fixed when the quote was made; no field of the shop decides them.
        QuoteDifference::Id { .. } | QuoteDifference::Selector(_) | QuoteDifference::ExpiresAt(_) => None,
    }
}

impl Refusal for Changed {
    fn family(&self) -> Family {
        Family::Changed
    }

    fn is_transient(&self) -> bool {
        false
    }

    fn fixes(&self, input: &Input<'_>, fixes: &mut Vec<Remedy>) {
        fixes.extend(input.pricing().map(|pricing| {
            let price = &pricing.price;
            Remedy::AcceptPrice { price: price.seen(), outline: price.outline() }
        }));
    }
}

impl Sentence for Changed {
    fn write(&self, f: &mut fmt::Formatter<'_>, decimals: Decimals<'_>) -> fmt::Result {
        let moved = |PriceDifference { field, seen, now }: &PriceDifference| {
            format!("{field} from {} to {}", decimals.write(*seen), decimals.write(*now))
        };
        let moved = all_of(self.differences.iter().map(moved));
        write!(f, "the price has changed: {moved}; accept the new price, or do not buy")
    }
}

impl Refusal for Outdated {
    fn family(&self) -> Family {
        Family::Changed
    }

    fn is_transient(&self) -> bool {
        false
    }

    fn fixes(&self, input: &Input<'_>, fixes: &mut Vec<Remedy>) {
        fixes.push(Remedy::AskForQuote { outline: input.pricing().map(|pricing| pricing.price.outline()) });
    }
}

impl Sentence for Outdated {
    fn write(&self, f: &mut fmt::Formatter<'_>, decimals: Decimals<'_>) -> fmt::Result {
        let differences = all_of(self.differences.iter().map(|difference| difference.sentence(decimals)));
        write!(f, "the quote no longer holds: {differences}; ask for a new one")
    }
}

impl Sentence for SamePrice {
    fn write(&self, f: &mut fmt::Formatter<'_>, decimals: Decimals<'_>) -> fmt::Result {
        write!(f, "{}, as was seen", decimals.write(self.price))
    }
}

impl fmt::Display for SameQuote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the quote {} holds", self.id)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::scene::{Scene, check};
    use crate::gates::Gate;

    #[test]
    fn what_was_seen_is_compared_and_nothing_else() {
        let scene = Scene::of(Gate::Price);
        check(&scene, "passed not_applicable");
        let seen = |minor_units: i64| {
            let due_now = json!({ "minor_units": minor_units, "currency": "USD" });
            scene.clone().request(json!({ "price_seen": { "due_now": due_now } }))
        };
        check(&seen(300), "passed same_price");
        check(
            &seen(200),
            "the price has changed: due now from 2.00 USD to 3.00 USD; accept the new price, or do not buy \
             > accept the price of 3.00 USD now and 2.00 USD a month",
        );
    }
}
