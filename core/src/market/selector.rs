//! The selector: which number a request asks for.

use alloc::string::String;

use crate::base::id::InventoryId;
use crate::market::offers::OfferedNumber;
use crate::terms::capabilities::Capabilities;
use crate::terms::number_type::NumberType;
use crate::terms::selector_kind::SelectorKind;
use ringup_derive::data;
use ringup_numbering::{Country, E164, NumberPattern};

/// Which number a request asks for, parsed.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Selector {
    /// Any number of a country.
    Any {
        /// The country of the number.
        country: Country,
        /// The type of the number. Absent: any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        number_type: Option<NumberType>,
        /// The capabilities that the number must have. Absent: any.
        #[serde(default, skip_serializing_if = "Capabilities::is_empty")]
        #[ts(optional, as = "Option<Capabilities>")]
        capabilities: Capabilities,
        /// The region of the number, as the carrier names it; the case of letters does not count. Absent: any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        region: Option<String>,
    },
    /// One number, by its E.164 form.
    Exact {
        /// The number in E.164.
        number: E164,
    },
    /// One number, by its id in the inventory.
    Inventory {
        /// The id in the inventory.
        inventory_id: InventoryId,
    },
    /// Any number of an area code.
    AreaCode {
        /// The country of the number.
        country: Country,
        /// The area code, digits only.
        area_code: String,
        /// The type of the number. Absent: any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        number_type: Option<NumberType>,
        /// The capabilities that the number must have. Absent: any.
        #[serde(default, skip_serializing_if = "Capabilities::is_empty")]
        #[ts(optional, as = "Option<Capabilities>")]
        capabilities: Capabilities,
        /// The region of the number, as the carrier names it; the case of letters does not count. Absent: any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        region: Option<String>,
    },
    /// Any number that matches a pattern.
    Pattern {
        /// The country of the number.
        country: Country,
        /// The pattern, such as `+1415555****`.
        pattern: NumberPattern,
        /// The type of the number. Absent: any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        number_type: Option<NumberType>,
        /// The capabilities that the number must have. Absent: any.
        #[serde(default, skip_serializing_if = "Capabilities::is_empty")]
        #[ts(optional, as = "Option<Capabilities>")]
        capabilities: Capabilities,
        /// The region of the number, as the carrier names it; the case of letters does not count. Absent: any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        region: Option<String>,
    },
}

impl Selector {
    /// Any number of a country.
    #[must_use]
    pub const fn any(country: Country, number_type: Option<NumberType>) -> Self {
        Self::Any { country, number_type, capabilities: Capabilities::NONE, region: None }
    }

    /// Any number of an area code.
    #[must_use]
    pub const fn of_area_code(country: Country, area_code: String, number_type: Option<NumberType>) -> Self {
        Self::AreaCode { country, area_code, number_type, capabilities: Capabilities::NONE, region: None }
    }

    /// Any number that matches a pattern.
    #[must_use]
    pub const fn of_pattern(country: Country, pattern: NumberPattern, number_type: Option<NumberType>) -> Self {
        Self::Pattern { country, pattern, number_type, capabilities: Capabilities::NONE, region: None }
    }

    /// The number, if it is named by its E.164 form.
    pub(crate) const fn number(&self) -> Option<E164> {
        match self {
            Self::Exact { number } => Some(*number),
            Self::Any { .. } | Self::Inventory { .. } | Self::AreaCode { .. } | Self::Pattern { .. } => None,
        }
    }

    /// The id in the inventory, if the number is named by it.
    pub(crate) const fn inventory_id(&self) -> Option<&InventoryId> {
        match self {
            Self::Inventory { inventory_id } => Some(inventory_id),
            Self::Any { .. } | Self::Exact { .. } | Self::AreaCode { .. } | Self::Pattern { .. } => None,
        }
    }

    /// The kind of this selector.
    #[must_use]
    pub const fn kind(&self) -> SelectorKind {
        match self {
            Self::Any { .. } => SelectorKind::Any,
            Self::Exact { .. } => SelectorKind::Exact,
            Self::Inventory { .. } => SelectorKind::Inventory,
            Self::AreaCode { .. } => SelectorKind::AreaCode,
            Self::Pattern { .. } => SelectorKind::Pattern,
        }
    }

    /// The country, if the selector has one.
    #[must_use]
    pub const fn country(&self) -> Option<Country> {
        match self {
            Self::Any { country, .. } | Self::AreaCode { country, .. } | Self::Pattern { country, .. } => {
                Some(*country)
            }
            Self::Exact { .. } | Self::Inventory { .. } => None,
        }
    }
}

impl Selector {
    /// The number type, if the selector has one.
    #[must_use]
    pub const fn number_type(&self) -> Option<NumberType> {
        match self {
            Self::Any { number_type, .. } | Self::AreaCode { number_type, .. } | Self::Pattern { number_type, .. } => {
                *number_type
            }
            Self::Exact { .. } | Self::Inventory { .. } => None,
        }
    }

    /// The capabilities that the number must have.
    #[must_use]
    pub const fn capabilities(&self) -> Capabilities {
        match self {
            Self::Any { capabilities, .. }
            | Self::AreaCode { capabilities, .. }
            | Self::Pattern { capabilities, .. } => *capabilities,
            Self::Exact { .. } | Self::Inventory { .. } => Capabilities::NONE,
        }
    }

    /// The region, if the selector has one.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        match self {
            Self::Any { region, .. } | Self::AreaCode { region, .. } | Self::Pattern { region, .. } => {
                region.as_deref()
            }
            Self::Exact { .. } | Self::Inventory { .. } => None,
        }
    }

    /// Whether it selects a single number.
    pub(crate) const fn names_one(&self) -> bool {
        match self {
            Self::Exact { .. } | Self::Inventory { .. } => true,
            Self::Any { .. } | Self::AreaCode { .. } | Self::Pattern { .. } => false,
        }
    }

    /// The selector with this number type; unchanged if it selects a single number.
    pub(crate) fn of_type(&self, kind: NumberType) -> Self {
        let mut selector = self.clone();
        match &mut selector {
            Self::Any { number_type, .. } | Self::AreaCode { number_type, .. } | Self::Pattern { number_type, .. } => {
                *number_type = Some(kind);
            }
            Self::Exact { .. } | Self::Inventory { .. } => {}
        }
        selector
    }

    /// Whether the selector selects this number. A search result may contain others.
    #[must_use]
    pub fn fits(&self, offer: &OfferedNumber) -> bool {
        let is_of_type = self.number_type().is_none_or(|number_type| number_type == offer.number_type);
        let is_of_country = self.country().is_none_or(|country| country == offer.country);
        let is_of_region = self.region().is_none_or(|region| offer.is_of_region(region));
        is_of_type
            && is_of_country
            && is_of_region
            && offer.capabilities.include(self.capabilities())
            && match self {
                Self::Any { .. } => true,
                Self::AreaCode { area_code, .. } => offer.number.national_digits().starts_with(area_code),
                Self::Exact { number } => offer.number == *number,
                Self::Inventory { inventory_id } => offer.inventory_id == *inventory_id,
                Self::Pattern { pattern, .. } => pattern.matches(offer.number),
            }
    }
}

impl core::fmt::Display for Selector {
    /// One unambiguous line, for fingerprints and logs.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Any { country, .. } => write!(f, "any {country}"),
            Self::Exact { number } => write!(f, "exact {number}"),
            Self::Inventory { inventory_id } => write!(f, "inventory {inventory_id}"),
            Self::AreaCode { country, area_code, .. } => write!(f, "area_code {country} {area_code}"),
            Self::Pattern { country, pattern, .. } => write!(f, "pattern {country} {}", String::from(pattern.clone())),
        }?;
        if let Some(number_type) = self.number_type() {
            write!(f, " {}", number_type.name())?;
        }
        for capability in self.capabilities().names() {
            write!(f, " {capability}")?;
        }
        // The last part, for it may contain blanks.
        self.region().map_or(Ok(()), |region| write!(f, " in {}", region.to_lowercase()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A search result may hold numbers of anywhere.
    #[test]
    fn a_selector_fits_numbers_of_its_country_and_type() {
        let offer = |number: &str, country: &str, number_type: &str| -> OfferedNumber {
            serde_json::from_value(json!({
                "number": number, "inventory_id": "inv-1", "country": country, "number_type": number_type, "capabilities": {}
            }))
            .unwrap()
        };
        let own = offer("+14155550142", "US", "local");
        // Canada has the same calling code.
        let others = [offer("+14155550142", "CA", "local"), offer("+14155550142", "US", "mobile")];
        for selector in [
            json!({ "kind": "any", "country": "US", "number_type": "local" }),
            json!({ "kind": "area_code", "country": "US", "number_type": "local", "area_code": "415" }),
            json!({ "kind": "pattern", "country": "US", "number_type": "local", "pattern": "+1415*******" }),
        ] {
            let selector: Selector = serde_json::from_value(selector).unwrap();
            assert!(selector.fits(&own), "{selector}");
            assert!(others.iter().all(|other| !selector.fits(other)), "{selector}");
        }
    }

    #[test]
    fn a_selector_fits_numbers_with_its_capabilities_in_its_region() {
        let offer: OfferedNumber = serde_json::from_value(json!({
            "number": "+14155550142", "inventory_id": "inv-1", "country": "US", "number_type": "local",
            "region": "California", "capabilities": { "voice": true, "sms": true, "mms": false, "fax": false }
        }))
        .unwrap();
        let fits = |also: serde_json::Value| {
            let mut selector = json!({ "kind": "any", "country": "US" });
            selector.as_object_mut().unwrap().extend(also.as_object().unwrap().clone());
            serde_json::from_value::<Selector>(selector).unwrap().fits(&offer)
        };
        assert!(fits(json!({ "capabilities": { "sms": true } })));
        assert!(fits(json!({ "capabilities": { "voice": true, "sms": true }, "region": "california" })));
        assert!(!fits(json!({ "capabilities": { "sms": true, "fax": true } })));
        assert!(!fits(json!({ "region": "Californi" })));
    }
}
