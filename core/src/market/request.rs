//! The purchase request: the fields as the client wrote them, and their parsed form.

use alloc::{boxed::Box, format, string::String};

use crate::base::id::{HolderId, InventoryId};
use crate::base::money::Currency;
use crate::market::seen::{PriceSeen, QuoteSeen};
use crate::market::selector::Selector;
use crate::terms::number_type::NumberType;
use crate::terms::selector_kind::SelectorKind;
use ringup_derive::data;
use ringup_numbering::{Country, E164, NumberPattern};

/// The longest area code of any numbering plan, in digits.
const AREA_CODE_LENGTH_MAX: usize = 7;

/// A purchase request as the client wrote it. An empty field counts as absent, except the idempotency key: a client
/// that sends an empty key expects its repeats to be safe.
///
/// There are five ways to say which number is wanted: `number` alone (exact E.164), `inventory_id` alone, `country`
/// with `area_code`, `country` with `pattern`, or `country` alone (any number there). `number_type` narrows the choice.
/// An exact number of another country or type than the request says is refused, and the refusal tells its country or
/// type. Where a shop takes exact numbers and inventory ids, both may be given if they name the same number.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data]
#[serde(default, deny_unknown_fields)]
#[ts(optional_fields)]
pub struct PurchaseRequest {
    /// The holder that the number is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// The country as two letters, such as `US`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// An exact number in E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// An exact number by its id in the inventory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inventory_id: Option<String>,
    /// An area code of the country, digits only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area_code: Option<String>,
    /// A digit pattern such as `+1415555****`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// The type of number: `local`, `mobile`, `national` or `toll_free`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number_type: Option<String>,
    /// The currency of the price, such as `USD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The key by which a repeat finds this purchase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idempotency_key: Option<String>,
    /// Whether a second purchase within the velocity window is confirmed.
    #[ts(optional, as = "Option<_>")]
    pub confirm_additional: bool,
    /// The price that the customer saw. The purchase is refused if the price differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_seen: Option<PriceSeen>,
    /// The quote that the purchase follows. The purchase is refused if the quote's terms no longer hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote_seen: Option<Box<QuoteSeen>>,
}

/// How a policy reads requests.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    /// Whether a request must name a holder.
    pub(crate) holder_required: bool,
    /// The country of a request without one.
    pub(crate) default_country: Option<Country>,
    /// The selectors that the policy offers.
    pub(crate) selectors: &'a [SelectorKind],
}

/// A field that cannot be parsed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct FieldProblem {
    /// The name of the field in [`PurchaseRequest`].
    pub(crate) field: &'static str,
    /// What is wrong, or what to write if the field is missing.
    pub(crate) problem: String,
    /// Whether a required field is absent.
    pub(crate) is_missing: bool,
}

/// Why the fields make no selector.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum SelectorProblem {
    /// No selector of the policy was used.
    Missing,
    /// A selector without its country.
    CountryMissing(SelectorKind),
    /// More than one selector was used.
    Ambiguous,
    /// The policy does not offer this selector.
    NotOffered(SelectorKind),
}

/// A request with each field parsed once. Every field keeps its own result, so that each gate reports on its own
/// fields.
#[derive(Clone, Debug)]
pub(crate) struct ParsedRequest<'a> {
    pub(crate) typed: &'a PurchaseRequest,
    pub(crate) holder: Option<HolderId>,
    /// The inventory id, the country and the type of the request.
    pub(crate) inventory_id: Option<InventoryId>,
    pub(crate) country: Option<Country>,
    pub(crate) number_type: Option<NumberType>,
    pub(crate) currency: Option<Currency>,
    pub(crate) selector: Result<Selector, SelectorProblem>,
    /// The first field that cannot be parsed, in the order of declaration.
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
        let selector = SelectorFields {
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

/// The fields that make a selector, parsed.
struct SelectorFields {
    country: Option<Country>,
    number_type: Option<NumberType>,
    number: Option<E164>,
    inventory_id: Option<InventoryId>,
    area_code: Option<AreaCode>,
    pattern: Option<NumberPattern>,
}

impl SelectorFields {
    fn selector(self, offered: &[SelectorKind]) -> Result<Selector, SelectorProblem> {
        let Self { country, number_type, number, inventory_id, area_code, pattern } = self;
        let known = |kind| offered.contains(&kind);
        let of = |kind| match country {
            Some(country) => Ok(country),
            None if known(kind) => Err(SelectorProblem::CountryMissing(kind)),
            None => Err(SelectorProblem::NotOffered(kind)),
        };
        // An inventory id beside an exact number adds nothing if the policy offers both.
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

/// 1 to 7 digits.
struct AreaCode(String);

impl core::str::FromStr for AreaCode {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, &'static str> {
        let fits = (1..=AREA_CODE_LENGTH_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if fits { Ok(Self(text.into())) } else { Err("an area code is 1 to 7 digits, such as `415`") }
    }
}

/// Parses fields one after the other and keeps the first problem.
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

/// At most the first 40 characters of a field.
fn shortened(text: &str) -> String {
    let mut start: String = text.chars().take(40).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}
