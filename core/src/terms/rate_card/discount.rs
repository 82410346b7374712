//! Discounts: reductions of a price.

use alloc::{format, string::String, vec::Vec};

use super::dates_mistake;
use crate::base::diagnostic::Diagnostic;
use crate::base::id::PlanId;
use crate::base::money::{Currency, Money, Rounding};
use crate::base::percent::Percent;
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::terms::country;
use crate::terms::plan::Plan;
use ringup_derive::data;
use ringup_numbering::Country;

/// The longest limited discount: the months of a century.
const PERIODS_MAX: u32 = 1200;

/// A reduction of the price of every number it applies to.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Discount {
    /// The name on the price, as customers read it.
    pub label: String,
    /// The charges that it reduces.
    pub on: DiscountBase,
    /// How much it takes off; never more than is left of the charges.
    pub off: DiscountOff,
    /// The number of periods that it covers, from the first one, which may be short. Absent: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub periods: Option<u32>,
    /// The plans whose customers get it; empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub plans: Vec<PlanId>,
    /// The countries whose numbers get it; empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub countries: Vec<Country>,
    /// How a fraction of a minor unit is rounded.
    #[serde(default)]
    #[ts(optional, as = "Option<Rounding>")]
    pub rounding: Rounding,
    /// The first instant of purchases that get it. Absent: no begin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub effective_from: Option<Timestamp>,
    /// The end: purchases at this instant or later do not get it. Absent: no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub effective_until: Option<Timestamp>,
}

/// The charges that a discount reduces.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum DiscountBase {
    /// The setup fee.
    Setup,
    /// The recurring fee.
    Recurring,
    /// Both, in proportion.
    All,
}

/// How much a discount takes off.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum DiscountOff {
    /// A part of the charges: `25` is a quarter.
    Percent(Percent),
    /// An amount per covered period, the same for a short one. It reduces prices in its currency only.
    Money(Money),
}

impl Discount {
    pub(crate) fn effective(&self) -> Window {
        Window::new(self.effective_from, self.effective_until)
    }

    /// Whether it applies to this plan, country and currency at this instant.
    pub(crate) fn applies(&self, plan: Option<&PlanId>, country: Country, currency: Currency, at: Timestamp) -> bool {
        let is_money = match self.off {
            DiscountOff::Percent(_) => true,
            DiscountOff::Money(money) => money.currency() == currency,
        };
        is_money
            && self.effective().contains(at)
            && (self.plans.is_empty() || plan.is_some_and(|plan| self.plans.contains(plan)))
            && (self.countries.is_empty() || self.countries.contains(&country))
    }

    /// Whether it covers the n-th period, from 1.
    pub(crate) fn covers(&self, nth: u32) -> bool {
        self.periods.is_none_or(|periods| nth <= periods)
    }
}

/// The mistakes in the discounts. Each points into `/rate_card/discounts`.
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
        DiscountOff::Percent(percent) if percent.is_a_part() => {}
        DiscountOff::Money(money) if 0 < money.minor_units() => {}
        DiscountOff::Percent(percent) => mistake(
            "off",
            format!("a discount is more than 0 % and at most 100 %: {percent} %"),
            "write a percentage from 0.000001 to 100: `25` is a quarter".into(),
        ),
        DiscountOff::Money(money) => {
            mistake("off", format!("a discount must be more than zero: {money}"), "write 1 or more minor units".into());
        }
    }
    if let Some(periods) = discount.periods.filter(|periods| !(1..=PERIODS_MAX).contains(periods)) {
        let message = format!("a discount covers 1 to {PERIODS_MAX} periods: {periods}");
        mistake("periods", message, format!("write 1 to {PERIODS_MAX}, or remove it to cover all periods"));
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
