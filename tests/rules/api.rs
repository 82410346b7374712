//! The calls of the core that take a shop, each in one place: an argument more or less is one edit here.

use ringup_core::{
    Account, Actor, Command, Decided, Decision, Explanation, MakePurchase, Offers, PurchaseRequest, Quote, Selector,
    Shop, Standing, Timestamp, WakeUp,
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

/// The decision about a command that needs no search. The account is taken as it is.
pub(crate) fn decide<C: Command>(
    shop: &Shop,
    account: &Account,
    offers: &Offers,
    command: &C,
    now: Timestamp,
) -> Result<Decision<C::Answer>, C::Error> {
    decide_or_search(shop, account, offers, command, now).map(|found| found.unwrap())
}

/// The decision about a command, or what must be searched for first.
pub(crate) fn decide_or_search<C: Command>(
    shop: &Shop,
    account: &Account,
    offers: &Offers,
    command: &C,
    now: Timestamp,
) -> Result<Result<Decision<C::Answer>, Selector>, C::Error> {
    Ok(match ringup_core::decide(shop, &WorldPlan, account, offers, command, now)? {
        Decided::Decision(decision) => Ok(decision),
        Decided::Search { selector } => Err(selector),
        Decided::Load { needs } => panic!("everything is loaded: {needs:?}"),
    })
}

/// How a whole account stands.
pub(crate) fn standing(account: &Account, shop: &Shop, actor: &Actor, now: Timestamp) -> Standing {
    account.standing(shop, actor, now).unwrap()
}

/// The wake-up of what is due.
pub(crate) fn wake_up(account: &Account, now: Timestamp) -> WakeUp {
    WakeUp { records: account.due_by(now) }
}

/// The rules that decided a purchase, up to the one that refused it.
pub(crate) fn explain_decision(
    shop: &Shop,
    account: &Account,
    offers: &Offers,
    command: &MakePurchase,
    now: Timestamp,
) -> Explanation {
    ringup_core::explain_decision(shop, &WorldPlan, account, offers, command, now).unwrap()
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
