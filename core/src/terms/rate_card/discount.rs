//! Discounts: what is taken off a price.

use alloc::{format, string::String, vec::Vec};

use super::dates_mistake;
use crate::base::diagnostic::Diagnostic;
use crate::base::id::PlanId;
use crate::base::money::{Currency, Money, Rounding};
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::terms::country;
use crate::terms::plan::Plan;
use ringup_derive::data;
use ringup_numbering::Country;

/// Hundredths of a percent in a whole.
pub(crate) const WHOLE_BASIS_POINTS: u32 = 10_000;

/// The most periods that a discount can be limited to: monthly ones of a century.
const PERIODS_MAX: u32 = 1200;

/// What is taken off the price of every number that it names.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Discount {
    /// What a person calls it.
    pub label: String,
    /// From which charges it is taken.
    pub on: DiscountBase,
    /// How much, and never more than there is.
    pub off: DiscountOff,
    /// For how many periods, the first included, also where that is a short one; absent: for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub periods: Option<u32>,
    /// Only for customers of these plans; empty: for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub plans: Vec<PlanId>,
    /// Only on numbers of these countries; empty: on all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub countries: Vec<Country>,
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

/// From which charges a discount is taken.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum DiscountBase {
    /// From the setup fee.
    Setup,
    /// From what recurs.
    Recurring,
    /// From both together, in proportion.
    All,
}

/// How much a discount takes off.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum DiscountOff {
    /// So many hundredths of a percent: 2500 is a quarter.
    BasisPoints(u32),
    /// So much of every period that it covers, also of a short one; from prices in this currency only.
    Money(Money),
}

impl Discount {
    pub(crate) fn effective(&self) -> Window {
        Window::new(self.effective_from, self.effective_until)
    }

    /// Whether it is for this customer and number, now.
    pub(crate) fn applies(&self, plan: Option<&PlanId>, country: Country, currency: Currency, at: Timestamp) -> bool {
        let is_money = match self.off {
            DiscountOff::BasisPoints(_) => true,
            DiscountOff::Money(money) => money.currency() == currency,
        };
        is_money
            && self.effective().contains(at)
            && (self.plans.is_empty() || plan.is_some_and(|plan| self.plans.contains(plan)))
            && (self.countries.is_empty() || self.countries.contains(&country))
    }

    /// Whether it covers the n-th period, counted from 1.
    pub(crate) fn covers(&self, nth: u32) -> bool {
        self.periods.is_none_or(|periods| nth <= periods)
    }
}

/// The mistakes of the discounts.
pub(super) fn mistakes(discounts: &[Discount], plans: &[Plan]) -> impl Iterator<Item = Diagnostic> {
    discounts.iter().enumerate().flat_map(|(index, discount)| check(index, discount, plans))
}

fn check(index: usize, discount: &Discount, plans: &[Plan]) -> Vec<Diagnostic> {
    let place = format!("/rate_card/discounts/{index}");
    let mut mistakes = Vec::new();
    let mut mistake = |name: &str, message: String, help: String| {
        mistakes.push(Diagnostic::value(format!("{place}/{name}"), message, help));
    };
    match discount.off {
        DiscountOff::BasisPoints(1..=WHOLE_BASIS_POINTS) => {}
        DiscountOff::Money(money) if 0 < money.minor_units() => {}
        DiscountOff::BasisPoints(points) => mistake(
            "off",
            format!("{points} basis points are not between 1 and {WHOLE_BASIS_POINTS}"),
            format!("write 1 to {WHOLE_BASIS_POINTS}: 2500 is a quarter"),
        ),
        DiscountOff::Money(money) => {
            mistake("off", format!("{money} take nothing off"), "write 1 or more minor units".into());
        }
    }
    if let Some(periods) = discount.periods.filter(|periods| !(1..=PERIODS_MAX).contains(periods)) {
        let message = format!("a discount covers 1 to {PERIODS_MAX} periods, and not {periods}");
        mistake("periods", message, format!("write 1 to {PERIODS_MAX}, or remove it if it covers all"));
    }
    let is_first = |(nth, plan): &(usize, &Plan)| plans.iter().take(*nth).all(|earlier| earlier.id != plan.id);
    let known = plans.iter().enumerate().filter(is_first).map(|(_, plan)| format!("`{}`", plan.id));
    let known = known.collect::<Vec<_>>().join(", ");
    for unknown in discount.plans.iter().filter(|id| plans.iter().all(|plan| plan.id != **id)) {
        let help = match plans.is_empty() {
            true => "remove it: the shop has no plans".into(),
            false => format!("name one of {known}"),
        };
        mistakes.push(Diagnostic::parts(format!("{place}/plans"), format!("there is no plan `{unknown}`"), help));
    }
    mistakes.extend(country::mistakes(&format!("{place}/countries"), &discount.countries));
    mistakes.extend(dates_mistake(discount.effective(), &place));
    mistakes
}
