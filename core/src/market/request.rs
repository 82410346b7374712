//! The purchase request: the fields as the client wrote them, and their parsed form.

use alloc::{boxed::Box, string::String};

use crate::base::id::{HolderId, InventoryId};
use crate::base::money::Currency;
use crate::market::field_problem::{AREA_CODE_LENGTH_MAX, FieldProblem, REGION_LENGTH_MAX, shortened, wrong_length};
use crate::market::seen::{PriceSeen, QuoteSeen};
use crate::market::selector::Selector;
use crate::terms::capabilities::Capabilities;
use crate::terms::number_type::NumberType;
use crate::terms::selector_kind::SelectorKind;
use ringup_derive::data;
use ringup_numbering::{Country, E164, NumberPattern, NumberingPlan};

/// A purchase request as the client wrote it. An empty field counts as absent, except the idempotency key: a client
/// that sends an empty key expects its repeats to be safe.
///
/// There are five ways to say which number is wanted: `number` alone (as people write it), `inventory_id` alone,
/// `country` with `area_code`, `country` with `pattern`, or `country` alone (any number there). `number_type`,
/// `capabilities` and `region` narrow the choice. An exact number that is otherwise than the request says is refused, and
/// the refusal tells what it is. Where a shop takes exact numbers and inventory ids, both may be given if they name the same number.
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
    /// An exact number, as people write it: `+14044101672`, `tel:+1-404-410-1672`, or `(404) 410-1672` with its country.
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
    /// The capabilities that the number must have.
    #[serde(skip_serializing_if = "Capabilities::is_empty")]
    #[ts(optional, as = "Option<Capabilities>")]
    pub capabilities: Capabilities,
    /// The region of the number, as the carrier names it, such as `California`. The case of letters does not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
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
    /// The numbering plan that reads numbers.
    pub(crate) numbering: &'a dyn NumberingPlan,
    /// Whether a request must name a holder.
    pub(crate) holder_required: bool,
    /// The country of a request without one.
    pub(crate) default_country: Option<Country>,
    /// The selectors that the policy offers.
    pub(crate) selectors: &'a [SelectorKind],
}

/// A field that cannot be parsed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct UnreadField {
    /// The name of the field in [`PurchaseRequest`].
    pub(crate) field: &'static str,
    /// The beginning of the field's text. `None` if the field is absent.
    pub(crate) typed: Option<String>,
    /// What is wrong with the field.
    pub(crate) problem: FieldProblem,
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
    /// The numbering plan that has read the number.
    pub(crate) numbering: &'a dyn NumberingPlan,
    pub(crate) holder: Option<HolderId>,
    /// The inventory id, the country, the type and the region of the request.
    pub(crate) inventory_id: Option<InventoryId>,
    pub(crate) country: Option<Country>,
    pub(crate) number_type: Option<NumberType>,
    pub(crate) region: Option<String>,
    pub(crate) currency: Option<Currency>,
    pub(crate) selector: Result<Selector, SelectorProblem>,
    /// The first field that cannot be parsed, in the order of declaration.
    pub(crate) problem: Option<UnreadField>,
    /// Whether the number needs a numbering plan to be read, and there is none. Then the wanted number is unknown.
    pub(crate) awaits_plan: bool,
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
    pub(crate) fn parse<'a>(&'a self, reading: Reading<'a>) -> ParsedRequest<'a> {
        let mut fields = Fields { problem: None };
        let identifier = FieldProblem::from;
        let holder: Option<HolderId> = fields.read("holder", &self.holder, |text| text.parse().map_err(identifier));
        if holder.is_none() && reading.holder_required {
            fields.note(UnreadField { field: "holder", typed: None, problem: FieldProblem::Missing });
        }
        let country: Option<Country> = fields.parse("country", &self.country, FieldProblem::NotACountry);
        let number = fields.read("number", &self.number, |text| read_number(text, country, &reading));
        let inventory_id: Option<InventoryId> =
            fields.read("inventory_id", &self.inventory_id, |text| text.parse().map_err(identifier));
        let area_code = fields.read("area_code", &self.area_code, area_code);
        let pattern = fields.parse("pattern", &self.pattern, FieldProblem::NotAPattern);
        let number_type = fields.parse("number_type", &self.number_type, FieldProblem::NotANumberType);
        let region = fields.read("region", &self.region, region);
        let currency = fields.parse("currency", &self.currency, FieldProblem::NotACurrency);
        if self.price_seen == Some(PriceSeen::default()) {
            // It would be compared with nothing.
            fields.note(UnreadField { field: "price_seen", typed: None, problem: FieldProblem::Missing });
        }
        let selector = SelectorFields {
            country: country.or(reading.default_country),
            number_type,
            capabilities: self.capabilities,
            region: region.clone(),
            number: number.flatten(),
            inventory_id: inventory_id.clone(),
            area_code,
            pattern,
        }
        .selector(reading.selectors);
        ParsedRequest {
            typed: self,
            numbering: reading.numbering,
            holder,
            inventory_id,
            country,
            number_type,
            region,
            currency,
            selector,
            awaits_plan: number == Some(None) && fields.problem.is_none(),
            problem: fields.problem,
        }
    }
}

/// The fields that make a selector, parsed.
struct SelectorFields {
    country: Option<Country>,
    number_type: Option<NumberType>,
    capabilities: Capabilities,
    region: Option<String>,
    number: Option<E164>,
    inventory_id: Option<InventoryId>,
    area_code: Option<String>,
    pattern: Option<NumberPattern>,
}

impl SelectorFields {
    fn selector(self, offered: &[SelectorKind]) -> Result<Selector, SelectorProblem> {
        let Self { country, number_type, capabilities, region, number, inventory_id, area_code, pattern } = self;
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
            (None, None, Some(area_code), None) => {
                let country = of(SelectorKind::AreaCode)?;
                Selector::AreaCode { country, area_code, number_type, capabilities, region }
            }
            (None, None, None, Some(pattern)) => {
                let country = of(SelectorKind::Pattern)?;
                Selector::Pattern { country, pattern, number_type, capabilities, region }
            }
            (None, None, None, None) if known(SelectorKind::Any) => {
                let country = country.ok_or(SelectorProblem::Missing)?;
                Selector::Any { country, number_type, capabilities, region }
            }
            (None, None, None, None) => return Err(SelectorProblem::Missing),
            (Some(_), _, _, _) | (None, Some(_), _, _) | (None, None, Some(_), Some(_)) => {
                return Err(SelectorProblem::Ambiguous);
            }
        };
        if known(selector.kind()) { Ok(selector) } else { Err(SelectorProblem::NotOffered(selector.kind())) }
    }
}

/// Reads a number as people write it. `None` without a numbering plan.
fn read_number(text: &str, country: Option<Country>, reading: &Reading<'_>) -> Result<Option<E164>, FieldProblem> {
    let Some(read) = reading.numbering.read(text, country.or(reading.default_country)) else { return Ok(None) };
    let read = read?;
    if let Some(problem) = wrong_length(read.possibility) {
        return Err(problem);
    }
    if read.has_extension {
        return Err(FieldProblem::HasExtension);
    }
    match (country, read.country) {
        (Some(asked), Some(found)) if asked != found => Err(FieldProblem::OfAnotherCountry { asked, found }),
        _ => Ok(Some(read.number)),
    }
}

fn area_code(text: &str) -> Result<String, FieldProblem> {
    let length_max = AREA_CODE_LENGTH_MAX;
    let fits = u32::try_from(text.len()).is_ok_and(|length| length <= length_max);
    let is_area_code = fits && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_area_code { Ok(text.into()) } else { Err(FieldProblem::NotAnAreaCode { length_max }) }
}

fn region(text: &str) -> Result<String, FieldProblem> {
    let length_max = REGION_LENGTH_MAX;
    let fits = u32::try_from(text.chars().count()).is_ok_and(|length| length <= length_max);
    let is_printed = !text.chars().any(char::is_control);
    if fits && is_printed { Ok(text.into()) } else { Err(FieldProblem::NotARegion { length_max }) }
}

/// Parses fields one after the other and keeps the first problem.
struct Fields {
    problem: Option<UnreadField>,
}

impl Fields {
    /// `None` if the field is absent or cannot be parsed.
    fn read<T>(
        &mut self,
        field: &'static str,
        typed: &Option<String>,
        read: impl FnOnce(&str) -> Result<T, FieldProblem>,
    ) -> Option<T> {
        let text = typed.as_deref().map(str::trim).filter(|text| !text.is_empty())?;
        match read(text) {
            Ok(value) => Some(value),
            Err(problem) => {
                self.note(UnreadField { field, typed: Some(shortened(text)), problem });
                None
            }
        }
    }

    /// The same for a field with a single possible problem.
    fn parse<T: core::str::FromStr>(
        &mut self,
        field: &'static str,
        typed: &Option<String>,
        problem: FieldProblem,
    ) -> Option<T> {
        self.read(field, typed, |text| text.parse().map_err(|_| problem))
    }

    fn note(&mut self, problem: UnreadField) {
        if self.problem.is_none() {
            self.problem = Some(problem);
        }
    }
}
