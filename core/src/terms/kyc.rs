//! KYC as data: what a regulator asks for, by country, type of number and kind of holder, and what an approval opens.

use alloc::{format, string::String, vec::Vec};
use core::fmt;

use crate::base::diagnostic::Diagnostic;
use crate::terms::number_type::NumberType;
use ringup_derive::data;
use ringup_numbering::Country;

/// What must be submitted for a number. Of a list, the first entry that fits the number and the holder counts.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct KycRequirements {
    /// The country of the number. Absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub country: Option<Country>,
    /// The lowest tier of the number. Absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub tier_min: Option<u8>,
    /// The type of the number. Absent: any, and one verification is for all types of the country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub number_type: Option<NumberType>,
    /// What the customer is. Absent: either.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub holder_kind: Option<HolderKind>,
    /// What is submitted.
    pub items: Vec<KycItem>,
    /// For how many seconds a purchase waits for papers, and a declined verification can be mended item by item. Absent:
    /// without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub deadline_s: Option<u32>,
    /// For how many seconds an approval holds, unless the regulator names an instant. Absent: until it is withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub valid_s: Option<u32>,
    /// The other types of number in the country that an approval for this type opens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub opens: Vec<NumberType>,
}

/// One thing that is submitted. Its value lies in the host's store of personal data, never in an event or a record.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct KycItem {
    /// The name, by which a submission and a decline refer to it.
    pub name: String,
    /// The kind of value.
    pub kind: KycItemKind,
    /// Where an address must be. Absent: anywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub within: Option<AddressWithin>,
}

/// What is submitted for an item.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum KycItemKind {
    /// A text.
    Text,
    /// A date.
    Date,
    /// A postal address.
    Address,
    /// A file.
    Document,
    /// Something that a person does, such as an identity check. Nothing is submitted.
    Action,
}

/// Where an address must be.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum AddressWithin {
    /// In the country of the number.
    Country,
    /// In the area of the number.
    Area,
}

/// What a customer is, for a regulator.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum HolderKind {
    /// A company or another organization.
    #[default]
    Business,
    /// A natural person.
    Person,
}

impl HolderKind {
    pub(crate) fn is_business(&self) -> bool {
        *self == Self::Business
    }
}

impl KycRequirements {
    /// The first entry that fits. A number of an unknown type needs what is asked for all types. Without a country: what is
    /// asked in all countries.
    pub(crate) fn find(
        all: &[Self],
        (country, number_type): (Option<Country>, Option<NumberType>),
        tier: u8,
        holder: HolderKind,
    ) -> Option<&Self> {
        all.iter().find(|entry| {
            entry.country.is_none_or(|of| Some(of) == country)
                && entry.number_type.is_none_or(|of| number_type == Some(of))
                && entry.tier_min.is_none_or(|tier_min| tier_min <= tier)
                && entry.holder_kind.is_none_or(|of| of == holder)
        })
    }

    /// The items of these names; all of them, if none of the names is an item's.
    pub(crate) fn named(&self, names: &[String]) -> Vec<KycItem> {
        let named: Vec<KycItem> = self.items.iter().filter(|item| names.contains(&item.name)).cloned().collect();
        if named.is_empty() { self.items.clone() } else { named }
    }

    /// The mistakes in a policy's list. Each points into `/policy/kyc/requirements`.
    pub(crate) fn mistakes(all: &[Self]) -> Vec<Diagnostic> {
        let mut mistakes = Vec::new();
        for (index, entry) in all.iter().enumerate() {
            let place = format!("/policy/kyc/requirements/{index}");
            if entry.items.is_empty() {
                let help = "name at least one item, or remove the entry";
                mistakes.push(Diagnostic::value(format!("{place}/items"), "nothing is asked for", help));
            }
            for (nth, item) in entry.items.iter().enumerate() {
                let at = format!("{place}/items/{nth}");
                let is_named = !item.name.is_empty();
                let earlier = entry.items.get(..nth).unwrap_or_default();
                if !is_named || earlier.iter().any(|other| other.name == item.name) {
                    let message = if is_named { "another item has this name" } else { "the item has no name" };
                    mistakes.push(Diagnostic::value(format!("{at}/name"), message, "give each item its own name"));
                }
                if item.within.is_some() && item.kind != KycItemKind::Address {
                    let help = "remove `within`, or make the item an `address`";
                    mistakes.push(Diagnostic::parts(format!("{at}/within"), "only an address is somewhere", help));
                }
            }
            for (name, figure) in [("deadline_s", entry.deadline_s), ("valid_s", entry.valid_s)] {
                if figure == Some(0) {
                    let help = "write 1 or more seconds, or leave it out";
                    mistakes.push(Diagnostic::value(format!("{place}/{name}"), "it would be over at once", help));
                }
            }
            if !entry.opens.is_empty() && entry.number_type.is_none() {
                let message = "an approval for all types opens each of them";
                let help = "name the `number_type` of the entry, or remove `opens`";
                mistakes.push(Diagnostic::parts(format!("{place}/opens"), message, help));
            }
        }
        mistakes
    }
}

impl fmt::Display for KycItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}
