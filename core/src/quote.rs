//! Quote: the price of a request and the judgement of every gate, each with its fixes.

mod advice;
mod hypothetical;
mod id;
mod plan;
mod report;
mod search;
mod terms;
mod verify;

use alloc::vec::Vec;
use ringup_derive::data;

pub use report::{GateFix, GateReport, GateStatus};
pub use verify::{QuoteError, ReceivedQuote};

use self::advice::Advice;
use self::hypothetical::Hypothetical;
use crate::account::standing::Standing;
use crate::base::timestamp::Timestamp;
use crate::gates::{Gate, Input, Verdict, judge};
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

/// The price of a request, and whether it would be accepted.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// The versions of the policy and the rate card.
    pub shop: ShopVersion,
    /// The instant of the quote.
    pub quoted_at: Timestamp,
    /// The first instant at which the quote no longer holds.
    pub expires_at: Timestamp,
    /// Whether every gate passes, so that the same request would be accepted.
    pub acceptable: bool,
    /// The selector of the request, if it has one.
    pub selector: Option<Selector>,
    /// The item that would be bought, if it is known.
    pub item: Option<Item>,
    /// The payment method that would pay.
    pub payment: Option<PaymentMethod>,
    /// The price, if it is known.
    pub price: Option<Price>,
    /// The fixes to do, in the order of the gates. With all of them the request is accepted; without any one of them it
    /// is refused. A fix that needs a person's input (a field to correct, a number to search for) comes first; then
    /// quote again. Immediate fixes come before waits.
    pub fixes: Vec<GateFix>,
    /// Whether the fixes open every gate, as far as is known. `false` if a gate cannot be opened, or if a person must
    /// first clarify the request.
    pub fixes_suffice: bool,
    /// Whether the search for fixes ended before everything was tried. Then it is not known that nothing opens a gate
    /// without a fix.
    #[serde(default, skip_serializing_if = "is_false")]
    #[ts(optional, as = "Option<_>")]
    pub fixes_cut_short: bool,
    /// Every gate, in order.
    pub gates: Vec<GateReport>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

/// Prices a request and judges every gate. It never fails: a half-typed number is a blocked gate.
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
    let blocked = judged.iter().any(|(_, judged)| matches!(judged, Verdict::Blocked { .. }));
    let begin = Hypothetical::begin(shop, numbering, standing, offers, request, now);
    let mut advice = if blocked { Advice::new(&begin) } else { Advice::none() };
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
        fixes_cut_short: advice.is_cut_short,
        gates,
    }
}
