//! The purchase request: what was typed, and what it means.

use alloc::{boxed::Box, format, string::String};

use crate::base::id::{HolderId, InventoryId};
use crate::base::money::Currency;
use crate::market::seen::{PriceSeen, QuoteSeen};
use crate::market::selector::Selector;
use crate::terms::number_type::NumberType;
use crate::terms::selector_kind::SelectorKind;
use ringup_derive::data;
use ringup_numbering::{Country, E164, NumberPattern};

/// The longest area code that any numbering plan uses, in digits.
const AREA_CODE_LENGTH_MAX: usize = 7;

/// What was typed, as it was typed. An empty field counts as absent; only the idempotency key does not, because a client
/// that sends an empty one believes that its repeats are safe.
///
/// Which number is wanted is said in one of five ways: `number` alone (exact E.164), `inventory_id` alone, `country` with
/// `area_code`, `country` with `pattern`, or `country` alone (any number there). `number_type` narrows what is meant; an
/// exact number that is of another country or type than the request says is refused, and the refusal tells what it is. Where a system knows exact
/// numbers and inventory ids, both may be given, and must name the same number.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data]
#[serde(default, deny_unknown_fields)]
#[ts(optional_fields)]
pub struct PurchaseRequest {
    /// Who is to hold the number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// The country, by its two letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// An exact number, in E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// An exact number, by its name in the inventory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inventory_id: Option<String>,
    /// An area code within the country, digits only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area_code: Option<String>,
    /// A pattern such as `+1415555****`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// The type of number: `local`, `mobile`, `national` or `toll_free`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number_type: Option<String>,
    /// The currency to pay in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The key under which a repeat finds this purchase again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idempotency_key: Option<String>,
    /// Whether a further purchase within the velocity window is meant.
    #[ts(optional, as = "Option<_>")]
    pub confirm_additional: bool,
    /// The price that the person saw. The purchase is refused if it is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_seen: Option<PriceSeen>,
    /// The quote that the purchase follows. The purchase is refused if it no longer holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote_seen: Option<Box<QuoteSeen>>,
}

/// How a system reads a request.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    /// Whether a purchase must name its holder.
    pub(crate) holder_required: bool,
    /// The country of a request that names none.
    pub(crate) default_country: Option<Country>,
    /// The ways in which a request may say which number it wants.
    pub(crate) selectors: &'a [SelectorKind],
}

/// A field that could not be read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct FieldProblem {
    /// The field of [`PurchaseRequest`].
    pub(crate) field: &'static str,
    /// What is wrong with it, for the person who typed it; where it is missing, what to do.
    pub(crate) problem: String,
    /// Whether nothing was typed where something must be.
    pub(crate) is_missing: bool,
}

/// Why the selector's fields name no number.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum SelectorProblem {
    /// None of the ways that the policy knows was used.
    Missing,
    /// One was begun, but its country is missing.
    CountryMissing(SelectorKind),
    /// More than one was used.
    Ambiguous,
    /// One was used that the policy does not know.
    NotOffered(SelectorKind),
}

/// The request with every field read once. Each field keeps its own verdict, so that a gate can report on its own part.
#[derive(Clone, Debug)]
pub(crate) struct ParsedRequest<'a> {
    pub(crate) typed: &'a PurchaseRequest,
    pub(crate) holder: Option<HolderId>,
    /// The inventory id, the country and the type that were typed.
    pub(crate) inventory_id: Option<InventoryId>,
    pub(crate) country: Option<Country>,
    pub(crate) number_type: Option<NumberType>,
    pub(crate) currency: Option<Currency>,
    pub(crate) selector: Result<Selector, SelectorProblem>,
    /// The first field that could not be read, in the order in which they are declared.
    pub(crate) problem: Option<FieldProblem>,
}

/// # Example
///
/// ```
/// use ringup_core::PurchaseRequest;
///
/// // Any mobile number in the Netherlands, for the holder `acme`. A repeat under this key finds the same purchase.
/// let request = PurchaseRequest {
///     holder: Some("acme".into()),
///     country: Some("NL".into()),
///     number_type: Some("mobile".into()),
///     idempotency_key: Some("order-2026-118".into()),
///     ..PurchaseRequest::default()
/// };
/// let json = serde_json::to_string(&request)?;
/// assert_eq!(serde_json::from_str::<PurchaseRequest>(&json)?, request);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl PurchaseRequest {}

impl PurchaseRequest {
    pub(crate) fn parse<'a>(&'a self, reading: Reading<'_>) -> ParsedRequest<'a> {
        let mut fields = Fields { problem: None };
        let holder: Option<HolderId> = fields.read("holder", self.holder.as_deref());
        if holder.is_none() && reading.holder_required {
            fields.miss("holder", "name who is to hold the number");
        }
        let country = fields.read("country", self.country.as_deref());
        let number = fields.read("number", self.number.as_deref());
        let inventory_id: Option<InventoryId> = fields.read("inventory_id", self.inventory_id.as_deref());
        let area_code = fields.read::<AreaCode>("area_code", self.area_code.as_deref());
        let pattern = fields.read("pattern", self.pattern.as_deref());
        let number_type = fields.read("number_type", self.number_type.as_deref());
        let currency = fields.read("currency", self.currency.as_deref());
        let selector = Wish {
            country: country.or(reading.default_country),
            number_type,
            number,
            inventory_id: inventory_id.clone(),
            area_code,
            pattern,
        }
        .selector(reading.selectors);
        ParsedRequest {
            typed: self,
            holder,
            inventory_id,
            country,
            number_type,
            currency,
            selector,
            problem: fields.problem,
        }
    }
}

/// The selector's fields, read.
struct Wish {
    country: Option<Country>,
    number_type: Option<NumberType>,
    number: Option<E164>,
    inventory_id: Option<InventoryId>,
    area_code: Option<AreaCode>,
    pattern: Option<NumberPattern>,
}

impl Wish {
    fn selector(self, offered: &[SelectorKind]) -> Result<Selector, SelectorProblem> {
        let Self { country, number_type, number, inventory_id, area_code, pattern } = self;
        let known = |kind| offered.contains(&kind);
        let of = |kind| match country {
            Some(country) => Ok(country),
            None if known(kind) => Err(SelectorProblem::CountryMissing(kind)),
            None => Err(SelectorProblem::NotOffered(kind)),
        };
        // The number's other name says no more than the number, if both are known here.
        let inventory_id =
            inventory_id.filter(|_| number.is_none() || !known(SelectorKind::Exact) || !known(SelectorKind::Inventory));
        let selector = match (number, inventory_id, area_code, pattern) {
            (Some(number), None, None, None) => Selector::Exact { number },
            (None, Some(inventory_id), None, None) => Selector::Inventory { inventory_id },
            (None, None, Some(AreaCode(area_code)), None) => {
                Selector::AreaCode { country: of(SelectorKind::AreaCode)?, area_code, number_type }
            }
            (None, None, None, Some(pattern)) => {
                Selector::Pattern { country: of(SelectorKind::Pattern)?, pattern, number_type }
            }
            (None, None, None, None) if known(SelectorKind::Any) => {
                Selector::Any { country: country.ok_or(SelectorProblem::Missing)?, number_type }
            }
            (None, None, None, None) => return Err(SelectorProblem::Missing),
            (Some(_), _, _, _) | (None, Some(_), _, _) | (None, None, Some(_), Some(_)) => {
                return Err(SelectorProblem::Ambiguous);
            }
        };
        if known(selector.kind()) { Ok(selector) } else { Err(SelectorProblem::NotOffered(selector.kind())) }
    }
}

/// Digits of an area code.
struct AreaCode(String);

impl core::str::FromStr for AreaCode {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, &'static str> {
        let fits = (1..=AREA_CODE_LENGTH_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if fits { Ok(Self(text.into())) } else { Err("an area code is 1 to 7 digits, such as `415`") }
    }
}

/// Reads fields one after another and remembers the first problem.
struct Fields {
    problem: Option<FieldProblem>,
}

impl Fields {
    fn read<T: core::str::FromStr<Err: core::fmt::Display>>(
        &mut self,
        field: &'static str,
        text: Option<&str>,
    ) -> Option<T> {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                let problem = format!("`{}` cannot be read: {error}", shortened(text));
                self.note(FieldProblem { field, problem, is_missing: false });
                None
            }
        }
    }

    fn miss(&mut self, field: &'static str, problem: &str) {
        self.note(FieldProblem { field, problem: problem.into(), is_missing: true });
    }

    fn note(&mut self, problem: FieldProblem) {
        if self.problem.is_none() {
            self.problem = Some(problem);
        }
    }
}

/// The beginning of what was typed: enough to recognize it by.
fn shortened(text: &str) -> String {
    let mut start: String = text.chars().take(40).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}
