//! Taxes: what the state takes, out of a price or on top of it.

use alloc::{format, string::String, vec::Vec};

use super::{WHOLE_BASIS_POINTS, dates_mistake};
use crate::base::diagnostic::Diagnostic;
use crate::base::money::Rounding;
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::terms::country;
use ringup_derive::data;
use ringup_numbering::Country;

/// A tax on numbers of some countries, on what is left after the discounts.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Tax {
    /// What a person calls it.
    pub label: String,
    /// On numbers of these countries; empty: on all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub countries: Vec<Country>,
    /// Its rate in hundredths of a percent of the price without tax: 1900 is 19 %.
    pub basis_points: u32,
    /// Whether prices contain it.
    pub kind: TaxKind,
    /// Of what it is a whole number of minor units.
    #[serde(default)]
    #[ts(optional, as = "Option<TaxRounding>")]
    pub rounded: TaxRounding,
    /// Which way a fraction of a minor unit goes.
    #[serde(default)]
    #[ts(optional, as = "Option<Rounding>")]
    pub rounding: Rounding,
    /// For purchases from this instant on; absent: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub effective_from: Option<Timestamp>,
    /// For purchases before this instant; absent: for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub effective_until: Option<Timestamp>,
}

/// Whether prices contain a tax.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum TaxKind {
    /// It comes on top.
    Exclusive,
    /// It is in the price already.
    Inclusive,
}

/// Where the fraction of a tax is rounded.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum TaxRounding {
    /// On each charge, after its discounts.
    #[default]
    Line,
    /// Once, on all charges together.
    Total,
}

impl Tax {
    pub(crate) fn effective(&self) -> Window {
        Window::new(self.effective_from, self.effective_until)
    }

    pub(crate) fn applies(&self, country: Country, at: Timestamp) -> bool {
        self.is_of(country) && self.effective().contains(at)
    }

    fn is_of(&self, country: Country) -> bool {
        self.countries.is_empty() || self.countries.contains(&country)
    }

    /// Whether some purchase would have both.
    fn meets(&self, other: &Self) -> bool {
        let shared = match (self.countries.is_empty(), other.countries.is_empty()) {
            (true, _) | (_, true) => true,
            (false, false) => self.countries.iter().any(|country| other.is_of(*country)),
        };
        shared && self.effective().overlaps(other.effective())
    }
}

/// The mistakes of the taxes.
pub(super) fn mistakes(taxes: &[Tax]) -> impl Iterator<Item = Diagnostic> {
    taxes.iter().enumerate().flat_map(|(index, tax)| check(index, tax, taxes))
}

fn check(index: usize, tax: &Tax, taxes: &[Tax]) -> Vec<Diagnostic> {
    let place = format!("/rate_card/taxes/{index}");
    let mut mistakes = Vec::new();
    if tax.basis_points == 0 {
        let message = "a tax of 0 basis points is none";
        mistakes.push(Diagnostic::value(format!("{place}/basis_points"), message, "write 1 or more: 1900 is 19 %"));
    }
    if WHOLE_BASIS_POINTS < tax.basis_points {
        let message = format!("{} basis points are more than the whole price", tax.basis_points);
        let help = format!("write at most {WHOLE_BASIS_POINTS}: 1900 is 19 %");
        mistakes.push(Diagnostic::value(format!("{place}/basis_points"), message, help));
    }
    // What two contained taxes would be counted from is not to be guessed.
    let contained = |other: &Tax| [tax.kind, other.kind].contains(&TaxKind::Inclusive);
    let clash = taxes.iter().take(index).position(|earlier| contained(earlier) && tax.meets(earlier));
    if let Some(earlier) = clash {
        let message = format!(
            "`/rate_card/taxes/{earlier}` is on the same numbers; prices that contain a tax contain one, and no other comes on top"
        );
        let help = "state both as one rate, or tell them apart by `countries` or effective dates";
        mistakes.push(Diagnostic::parts(format!("{place}/kind"), message, help));
    }
    mistakes.extend(country::mistakes(&format!("{place}/countries"), &tax.countries));
    mistakes.extend(dates_mistake(tax.effective(), &place));
    mistakes
}
