//! `quote`: the price of a request, and every gate at once, each with its fix.

mod advice;
mod circumstances;
mod id;
mod report;
mod terms;
mod verify;

use alloc::vec::Vec;
use ringup_derive::data;

pub use report::{GateFix, GateReport, GateStatus};
pub use verify::QuoteError;

use self::advice::Advice;
use crate::account::standing::Standing;
use crate::base::timestamp::Timestamp;
use crate::gates::{Gate, Input, Judged, judge};
use crate::market::offers::Offers;
use crate::market::price::Price;
use crate::market::request::PurchaseRequest;
use crate::market::seen::Item;
use crate::market::selector::Selector;
use crate::price::pricing::Pricing;
use crate::shop::Shop;
use crate::terms::payment::PaymentMethod;
use crate::terms::version::ShopVersion;
use ringup_numbering::NumberingPlan;

/// What a request would cost, and whether it would be accepted.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// The rules and prices that it was made under.
    pub shop: ShopVersion,
    /// When it was made.
    pub quoted_at: Timestamp,
    /// From when on it holds no more.
    pub expires_at: Timestamp,
    /// Whether every gate passes: then the same request is accepted.
    pub acceptable: bool,
    /// Which number is wanted, if that is clear.
    pub selector: Option<Selector>,
    /// What would be bought, if that is known.
    pub item: Option<Item>,
    /// How it would be paid.
    pub payment: Option<PaymentMethod>,
    /// What it costs, if that is known.
    pub price: Option<Price>,
    /// What to do, all of it, in the order of the gates: the recommended fixes, without those that the others make needless.
    /// When all of them are done, the request is accepted; without any one of them it is refused. A fix that only a person
    /// can complete (a field to correct, a number to search for) is done first, and then quoted again. Whatever can be done at
    /// once is done before anything is waited for.
    pub fixes: Vec<GateFix>,
    /// Whether doing all of them opens every gate, as far as is known now. Not so where a gate cannot be opened by anybody, or
    /// where a person must first say what is meant.
    pub fixes_suffice: bool,
    /// Every gate, in order.
    pub gates: Vec<GateReport>,
}

/// Prices a request and judges every gate. Nothing is an error: a half-typed number is a blocked gate.
#[must_use]
pub fn quote(
    shop: &Shop,
    numbering: &dyn NumberingPlan,
    standing: &Standing,
    offers: &Offers,
    request: &PurchaseRequest,
    now: Timestamp,
) -> Quote {
    let parsed = request.parse(shop.policy().reading(numbering));
    let input = Input::new(shop.rules(), standing, offers, &parsed, now);
    let judged = Gate::ALL.map(|gate| (gate, judge(gate, &input)));
    let blocked = judged.iter().any(|(_, judged)| matches!(judged, Judged::Blocked(_)));
    let mut advice =
        if blocked { Advice::new(shop, numbering, standing, offers, request, now) } else { Advice::none() };
    let fixes = core::mem::take(&mut advice.fixes);
    let report = |(gate, judged)| GateReport::new(gate, judged, &mut advice);
    let gates: Vec<GateReport> = judged.into_iter().map(report).collect();
    let pricing = input.pricing();
    Quote {
        shop: shop.version(),
        quoted_at: now,
        expires_at: input.expires_at(),
        acceptable: gates.iter().all(GateReport::is_passed),
        selector: input.selector().cloned(),
        item: pricing.map(Pricing::item),
        payment: input.payment_method(),
        price: pricing.map(|pricing| pricing.price.clone()),
        fixes,
        fixes_suffice: advice.suffices,
        gates,
    }
}
