//! The calls of the core that take a shop, each in one place: an argument more or less is one edit here.

use ringup_core::{
    Account, Command, Decision, Explanation, MakePurchase, Offers, PurchaseRequest, Quote, Shop, Standing, Timestamp,
};
use ringup_numbering::WorldPlan;

/// What a purchase would cost, and what blocks it.
pub(crate) fn quote(
    shop: &Shop,
    standing: &Standing,
    offers: &Offers,
    request: &PurchaseRequest,
    now: Timestamp,
) -> Quote {
    ringup_core::quote(shop, &WorldPlan, standing, offers, request, now)
}

/// What every rule says to a request.
pub(crate) fn explain(
    shop: &Shop,
    standing: &Standing,
    offers: &Offers,
    request: &PurchaseRequest,
    now: Timestamp,
) -> Explanation {
    ringup_core::explain(shop, &WorldPlan, standing, offers, request, now)
}

/// The answer to a command. The account is taken as it is.
pub(crate) fn decide<C: Command>(
    shop: &Shop,
    account: &Account,
    offers: &Offers,
    command: &C,
    now: Timestamp,
) -> Result<Decision<C::Answer>, C::Error> {
    ringup_core::decide(shop, &WorldPlan, account, offers, command, now)
}

/// The rules that decided a purchase, up to the one that refused it.
pub(crate) fn explain_decision(
    shop: &Shop,
    account: &Account,
    offers: &Offers,
    command: &MakePurchase,
    now: Timestamp,
) -> Explanation {
    ringup_core::explain_decision(shop, &WorldPlan, account, offers, command, now)
}

/// What is agreed on if a quote is taken.
pub(crate) fn agreement(
    shop: &Shop,
    request: &PurchaseRequest,
    quote: &Quote,
    now: Timestamp,
) -> ringup_core::purchase::Agreement {
    ringup_core::purchase::Agreement::of_quote(shop, &WorldPlan, request, quote, now).unwrap()
}
