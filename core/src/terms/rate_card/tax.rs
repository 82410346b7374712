//! Taxes: in a price, or on top of it.

use alloc::{format, string::String, vec::Vec};

use super::dates_mistake;
use crate::base::diagnostic::Diagnostic;
use crate::base::money::Rounding;
use crate::base::percent::Percent;
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::terms::country;
use ringup_derive::data;
use ringup_numbering::Country;

/// A tax on numbers of some countries. It is taken on what is left after the discounts.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Tax {
    /// The name on the price, as customers read it.
    pub label: String,
    /// The countries whose numbers are taxed; empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub countries: Vec<Country>,
    /// The rate, of the price without tax, such as `19` or `8.875`; at most 100.
    pub percent: Percent,
    /// Whether prices contain the tax.
    pub kind: TaxKind,
    /// What is rounded to whole minor units: each line, or the total.
    #[serde(default)]
    #[ts(optional, as = "Option<TaxRounding>")]
    pub rounded: TaxRounding,
    /// How a fraction of a minor unit is rounded.
    #[serde(default)]
    #[ts(optional, as = "Option<Rounding>")]
    pub rounding: Rounding,
    /// The first instant of purchases that are taxed. Absent: no begin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub effective_from: Option<Timestamp>,
    /// The end: purchases at this instant or later are not taxed. Absent: no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub effective_until: Option<Timestamp>,
}

/// Whether prices contain a tax.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum TaxKind {
    /// It is added to the price.
    Exclusive,
    /// The price contains it.
    Inclusive,
}

/// Where a tax is rounded.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum TaxRounding {
    /// Each charge, after its discounts.
    #[default]
    Line,
    /// The sum of all charges.
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

    /// Whether a purchase may have both taxes.
    fn meets(&self, other: &Self) -> bool {
        let shared = match (self.countries.is_empty(), other.countries.is_empty()) {
            (true, _) | (_, true) => true,
            (false, false) => self.countries.iter().any(|country| other.is_of(*country)),
        };
        shared && self.effective().overlaps(other.effective())
    }
}

/// The mistakes in the taxes. Each points into `/rate_card/taxes`.
pub(super) fn mistakes(taxes: &[Tax]) -> impl Iterator<Item = Diagnostic> {
    taxes.iter().enumerate().flat_map(|(index, tax)| check(index, tax, taxes))
}

fn check(index: usize, tax: &Tax, taxes: &[Tax]) -> Vec<Diagnostic> {
    let place = format!("/rate_card/taxes/{index}");
    let mut mistakes = Vec::new();
    if !tax.percent.is_a_part() {
        let message = format!("a tax is more than 0 % and at most 100 %: {} %", tax.percent);
        let help = "write a percentage from 0.000001 to 100: `8.875` is 8.875 %";
        mistakes.push(Diagnostic::value(format!("{place}/percent"), message, help));
    }
    // The base of two contained taxes is ambiguous.
    let contained = |other: &Tax| [tax.kind, other.kind].contains(&TaxKind::Inclusive);
    let clash = taxes.iter().take(index).position(|earlier| contained(earlier) && tax.meets(earlier));
    if let Some(earlier) = clash {
        let message =
            format!("`/rate_card/taxes/{earlier}` taxes the same numbers; an inclusive tax must be the only one");
        let help = "write both as one rate, or separate them by `countries` or effective dates";
        mistakes.push(Diagnostic::parts(format!("{place}/kind"), message, help));
    }
    mistakes.extend(country::mistakes(&format!("{place}/countries"), &tax.countries));
    mistakes.extend(dates_mistake(tax.effective(), &place));
    mistakes
}
