//! Stock: the number is for sale, is what the request says, and has a price in the currency.

pub mod existence;

use alloc::{format, string::String, vec, vec::Vec};
use core::fmt;

use super::choices::{another_number, elsewhere};
use super::field::{DecidingField, method_field, rate_field, set};
use super::fix::{Correction, CountryChoice};
use super::input::{Found, NumberLookup, Unavailable};
use super::wording::{noun, wanted};
use super::{Fact, Family, Input, Judgement, Refusal, Rejection, Remedy, Verdict};
use crate::base::id::InventoryId;
use crate::base::money::Currency;
use crate::base::timestamp::Timestamp;
use crate::base::words::{all_of, one_of, quoted};
use crate::market::selector::Selector;
use crate::terms::capabilities::Capabilities;
use crate::terms::number_type::NumberType;
use ringup_derive::data;
use ringup_numbering::{Country, E164};

/// The policy requires a search first, and no current search of the customer found the number.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct NotSearched {
    /// The number of the request.
    pub number: E164,
}

/// The number exists, but the request says something else about it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct Mismatched {
    /// The selector that was searched for.
    pub selector: Selector,
    /// The number of the request.
    pub number: E164,
    /// The fields that contradict the number; at least one.
    pub mismatches: Vec<Mismatch>,
}

/// No such number is for sale.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct OutOfStock {
    /// The selector that was searched for.
    pub selector: Selector,
}

/// The number has no price in this currency. Nothing is converted.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct CurrencyNotOffered {
    /// The currency of the request.
    pub currency: Currency,
    /// The currencies of the number's prices.
    pub offered: Vec<Currency>,
}

/// The price exceeds the largest amount, by a mistake of the rate card or the offer.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct PriceTooLarge {
    /// The currency of the price.
    pub currency: Currency,
}

/// A search found a number, or none is needed yet.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct InStock {
    /// The number, if it is known.
    pub number: Option<E164>,
    /// The type of the number.
    pub number_type: Option<NumberType>,
    /// When a search saw it. Absent: the reservation checks the stock.
    pub seen_at: Option<Timestamp>,
}

/// A field of the request that contradicts the number.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "field", rename_all = "snake_case", deny_unknown_fields)]
pub enum Mismatch {
    /// The number is of another country.
    Country {
        /// The country in the request.
        asked: Country,
        /// The country of the number.
        found: Country,
    },
    /// The number is of another type.
    NumberType {
        /// The number type in the request.
        asked: NumberType,
        /// The type of the number.
        found: NumberType,
    },
    /// The number lacks capabilities.
    Capabilities {
        /// Those in the request that the number lacks.
        missing: Capabilities,
        /// The capabilities of the number.
        found: Capabilities,
    },
    /// The number is of another region.
    Region {
        /// The region in the request.
        asked: String,
        /// The region of the number, as the carrier names it.
        found: String,
    },
    /// The number has another inventory id.
    InventoryId {
        /// The inventory id in the request.
        asked: InventoryId,
        /// The inventory id of the number.
        found: InventoryId,
    },
}

pub(super) fn judge(input: &Input<'_>) -> Judgement<InStock> {
    if let NumberLookup::Known { selector, found: Found::Unavailable(unavailable) } = &input.wanted {
        // Waiting for stock is in vain if the numbering plan has no such number.
        if matches!(unavailable, Unavailable::Nothing) && !planted!("numbering_plan_not_asked") {
            match existence::judge(input, selector) {
                Err(fact) => return Judgement::Waiting(fact),
                Ok(Some(nonexistent)) => return Judgement::Blocked(nonexistent.into()),
                Ok(None) => {}
            }
        }
        return Judgement::Blocked(refusal(selector, unavailable));
    }
    let pricing = match input.priced() {
        Ok(pricing) => pricing,
        Err(fact) => return Judgement::Waiting(fact),
    };
    let seen = input.seen();
    if seen.is_none()
        && let Some(selector) = input.needs_search_before_checkout()
    {
        return Judgement::Waiting(Fact::Search { selector: selector.clone() });
    }
    Judgement::Passed(InStock {
        number: seen.map(|seen| seen.offer.number),
        number_type: pricing.number_type,
        seen_at: seen.map(|seen| seen.counts.begins()),
    })
}

pub(super) fn refusal(selector: &Selector, unavailable: &Unavailable) -> Rejection {
    let selector = selector.clone();
    match unavailable.clone() {
        Unavailable::NotSearched(number) => NotSearched { number }.into(),
        Unavailable::Mismatched { number, mismatches } => Mismatched { selector, number, mismatches }.into(),
        Unavailable::Nothing => OutOfStock { selector }.into(),
        Unavailable::Currency { asked, offered } => CurrencyNotOffered { currency: asked, offered }.into(),
        Unavailable::TooLarge { currency, .. } => PriceTooLarge { currency }.into(),
    }
}

pub(super) fn deciding_field(input: &Input<'_>, judged: &Verdict) -> Option<DecidingField> {
    let NumberLookup::Known { found, .. } = &input.wanted else { return None };
    match (found, judged) {
        (Found::Unavailable(Unavailable::NotSearched(_)), _) => Some(set("/policy/search_required")),
        (Found::Unavailable(Unavailable::Currency { .. }), _) => rate_field(input),
        // A checkout waits for a search; other payment methods do not.
        (Found::Priced { .. }, Verdict::Waiting { .. }) => Some(method_field(input)),
        _ => None,
    }
}

impl Mismatch {
    /// The name of the field in the request.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Country { .. } => "country",
            Self::NumberType { .. } => "number_type",
            Self::Capabilities { .. } => "capabilities",
            Self::Region { .. } => "region",
            Self::InventoryId { .. } => "inventory_id",
        }
    }

    /// The fix that makes the request agree with the number. `None`: only another number has what is asked for.
    fn agree(&self) -> Option<Remedy> {
        match self {
            Self::Country { found, .. } => {
                Some(Remedy::ChooseCountry { countries: vec![*found], because: CountryChoice::OfTheNumber, more: 0 })
            }
            Self::NumberType { found, .. } => {
                Some(Remedy::ChooseNumberType { number_types: vec![*found], sold_in: None })
            }
            Self::Capabilities { .. } => None,
            Self::Region { found, .. } if found.is_empty() => None,
            Self::Region { found, .. } => Some(Remedy::correct("region", Correction::Write { text: found.clone() })),
            Self::InventoryId { found, .. } => {
                Some(Remedy::correct("inventory_id", Correction::Match { found: found.clone() }))
            }
        }
    }

    fn told(&self) -> String {
        match self {
            Self::Country { asked, found } => format!("belongs to {found}, not to {asked}"),
            Self::NumberType { asked, found } => format!("is {}, not {}", found.title(), asked.title()),
            Self::Capabilities { missing, .. } => format!("carries no {}", one_of(missing.titles())),
            Self::Region { asked, found } if found.is_empty() => format!("is of no region, not of `{asked}`"),
            Self::Region { asked, found } => format!("is of `{found}`, not of `{asked}`"),
            Self::InventoryId { asked, found } => format!("has the inventory id `{found}`, not `{asked}`"),
        }
    }
}

impl Refusal for NotSearched {
    fn family(&self) -> Family {
        Family::NotFound
    }

    fn is_transient(&self) -> bool {
        false
    }

    fn fixes(&self, _: &Input<'_>, fixes: &mut Vec<Remedy>) {
        fixes.push(Remedy::SearchFirst { number: self.number });
    }
}

impl Refusal for Mismatched {
    fn family(&self) -> Family {
        Family::Conflict
    }

    fn is_transient(&self) -> bool {
        false
    }

    fn fixes(&self, input: &Input<'_>, fixes: &mut Vec<Remedy>) {
        fixes.extend(self.mismatches.first().and_then(Mismatch::agree));
        fixes.push(another_number(input));
    }
}

impl Refusal for OutOfStock {
    fn family(&self) -> Family {
        Family::Unavailable
    }

    fn is_transient(&self) -> bool {
        true
    }

    fn fixes(&self, input: &Input<'_>, fixes: &mut Vec<Remedy>) {
        if self.selector.region().is_some() {
            fixes.push(Remedy::correct("region", Correction::Replace));
        }
        if !self.selector.capabilities().is_empty() {
            fixes.push(Remedy::correct("capabilities", Correction::Replace));
        }
        match &self.selector {
            Selector::Exact { .. } | Selector::Inventory { .. } => fixes.push(another_number(input)),
            Selector::Any { country, .. } => fixes.extend(elsewhere(input, *country)),
            Selector::AreaCode { .. } => fixes.push(Remedy::correct("area_code", Correction::Replace)),
            Selector::Pattern { .. } => fixes.push(Remedy::correct("pattern", Correction::Replace)),
        }
    }
}

impl Refusal for CurrencyNotOffered {
    fn family(&self) -> Family {
        Family::Unavailable
    }

    fn is_transient(&self) -> bool {
        false
    }

    fn fixes(&self, input: &Input<'_>, fixes: &mut Vec<Remedy>) {
        let currencies = self.offered.clone();
        if currencies.is_empty() {
            return fixes.push(another_number(input));
        }
        fixes.push(Remedy::ChooseCurrency { currencies });
    }
}

impl Refusal for PriceTooLarge {
    fn family(&self) -> Family {
        Family::Unavailable
    }

    fn is_transient(&self) -> bool {
        false
    }

    fn fixes(&self, input: &Input<'_>, fixes: &mut Vec<Remedy>) {
        if let NumberLookup::Known { found: Found::Unavailable(Unavailable::TooLarge { country, .. }), .. } =
            input.wanted
        {
            fixes.extend(elsewhere(input, country));
        }
    }
}

impl fmt::Display for NotSearched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.number;
        write!(f, "no current search of yours found the number `{number}`: search for it first")
    }
}

impl fmt::Display for Mismatched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = all_of(self.mismatches.iter().map(Mismatch::told));
        write!(f, "the number `{}` {told}; correct the request, or choose another number", self.number)
    }
}

impl fmt::Display for OutOfStock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match noun(&self.selector) {
            Some(noun) => write!(f, "no {noun} is for sale at the moment"),
            None => write!(f, "{} is not for sale", wanted(&self.selector)),
        }
    }
}

impl fmt::Display for CurrencyNotOffered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let currency = self.currency;
        match self.offered.as_slice() {
            [] => write!(f, "this number has no price in `{currency}`"),
            offered => write!(f, "this number has no price in `{currency}`, only in {}", all_of(quoted(offered))),
        }
    }
}

impl fmt::Display for PriceTooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the price of this number is too large to be counted in `{}`", self.currency)
    }
}

impl fmt::Display for InStock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.number, self.seen_at) {
            (Some(number), Some(seen_at)) => write!(f, "{number} was seen at {seen_at}"),
            (Some(_), None) | (None, _) => f.write_str("the stock is checked by the reservation"),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::scene::{Scene, check};
    use crate::gates::Gate;

    #[test]
    fn a_number_that_nobody_has_looked_for_waits_for_a_search() {
        let scene = Scene::of(Gate::Stock);
        check(&scene, "passed in_stock");
        let exact = scene.request(json!({ "country": "", "number": "+14155550100" }));
        check(&exact, "waiting search");
        check(
            &exact.clone().policy(json!({ "search_required": true })),
            "no current search of yours found the number `+14155550100`: search for it first \
             > search for the number `+14155550100` first",
        );
        check(&exact.nothing_found(), "the number `+14155550100` is not for sale > search for another number");
    }

    #[test]
    fn what_cannot_come_on_sale_is_never_waited_for() {
        let scene = Scene::of(Gate::Stock).policy(json!({ "selectors": ["any", "area_code"] }));
        let area_code = |area_code: &str| scene.clone().request(json!({ "area_code": area_code })).nothing_found();
        check(
            &area_code("415"),
            "no US number with the area code 415 is for sale at the moment > choose another area code",
        );
        check(
            &area_code("787"),
            "the area code `787` belongs to PR, not to US > choose another area code > choose the country of the \
             number: PR",
        );
        check(&area_code("787").without_plan(), "waiting numbering_plan");
        check(&scene.clone().without_plan(), "passed in_stock");
    }
}
