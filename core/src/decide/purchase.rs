//! Deciding a purchase: the gates in their order, and idempotency among them, before every rule of business.

use alloc::{boxed::Box, format, vec::Vec};

use super::earlier::{Earlier, fingerprint, key};
use super::{Answer, Decision};
use crate::account::Account;
use crate::gate::{Case, Fact, Gate, Judged, Rejection, judge};
use crate::purchase::Agreement;
use crate::request::ParsedRequest;
use crate::shop::{PaymentMethod, Shop};
use crate::{Actor, Event, Offers, PurchaseId, PurchaseRequest, Timestamp};

/// What is told each rule that is looked at, in order, up to the one that decides.
type Told<'a> = &'a mut dyn FnMut(Gate, &Case<'_>, &Judged);

pub(crate) fn decide(
    shop: &Shop,
    account: &Account,
    offers: &Offers,
    (id, actor, request): (&PurchaseId, &Actor, &PurchaseRequest),
    now: Timestamp,
    told: Told<'_>,
) -> Result<Decision, Rejection> {
    let parsed = request.parse(shop.policy());
    let standing = account.standing(shop, actor, now);
    let case = Case::new(shop, &standing, offers, &parsed, now).without_fixes();
    let answer = |answer, events| Decision { version: account.version, events, answer };
    let mut expired = Vec::new();
    for gate in Gate::ALL {
        if gate == Gate::Idempotency {
            let earlier = Earlier::find(shop, account, actor, &parsed, now);
            told(gate, &case, &earlier.judged());
            match earlier {
                Earlier::Nothing | Earlier::KeyIsNew => {}
                Earlier::Repeated(purchase) | Earlier::Joined(purchase) => {
                    return Ok(answer(Answer::Repeated { purchase: purchase.id.clone() }, Vec::new()));
                }
                Earlier::Expired { event, .. } => expired.push(*event),
                Earlier::KeyReused => return Err(Rejection::KeyReused),
                Earlier::OfAnotherHolder { only_holder } => {
                    let rejection = Rejection::ActorNotAllowed { only_holder };
                    return Err(refused(Gate::Actor, rejection, &case, told));
                }
            }
            continue;
        }
        let judged = judge(gate, &case);
        told(gate, &case, &judged);
        match judged {
            Judged::Passed(_) => {}
            Judged::Blocked(rejection, _) => return Err(rejection),
            Judged::Waiting(Fact::Search { selector }) => {
                return Ok(answer(Answer::SearchFirst { selector }, Vec::new()));
            }
            // The gate that is named refuses, now or when it is asked; and the keys were just looked at.
            Judged::Waiting(Fact::EarlierGate { .. } | Fact::UsedKeys) => {}
        }
    }
    let agreement = agreement(&case, &parsed, now)?;
    if !account.can_take(agreement.price.due_now) {
        let due = agreement.price.write(agreement.price.due_now);
        let problem = format!("the account's books would not hold {due} more");
        let rejection = Rejection::RequestMalformed { field: "price".into(), problem };
        return Err(refused(Gate::Request, rejection, &case, told));
    }
    let key = key(shop, &parsed);
    if account.purchases.contains_key(id) {
        // The host's entropy has failed; buying under another purchase's name would lose one of the two.
        let problem = format!("there is a purchase `{id}` already; draw another name");
        let rejection = Rejection::RequestMalformed { field: "id".into(), problem };
        return Err(refused(Gate::Request, rejection, &case, told));
    }
    let accepted = Event::PurchaseAccepted { purchase: id.clone(), agreement: Box::new(agreement), key };
    expired.push(accepted);
    Ok(answer(Answer::Accepted { purchase: id.clone() }, expired))
}

/// The refusal by a rule that is not one gate's alone, told like the others.
fn refused(gate: Gate, rejection: Rejection, case: &Case<'_>, told: Told<'_>) -> Rejection {
    told(gate, case, &Judged::Blocked(rejection.clone(), Vec::new()));
    rejection
}

fn agreement(case: &Case<'_>, request: &ParsedRequest<'_>, now: Timestamp) -> Result<Agreement, Rejection> {
    let shop = case.shop;
    let offered = || shop.policy().selectors.clone();
    let selector =
        case.selector.clone().ok_or_else(|| Rejection::SelectorMissing { begun: None, offered: offered() })?;
    let pricing = case.pricing().ok_or_else(|| Rejection::OutOfStock { selector: selector.clone() })?;
    let rule = case.payment.ok_or(Rejection::PaymentMethodMissing { billing: None })?;
    let payment = rule.method;
    let lifetime = shop.policy().checkout.as_ref().filter(|_| payment == PaymentMethod::Checkout);
    Ok(Agreement {
        accepted_at: now,
        shop: shop.version(),
        holder: request.holder.clone(),
        selector,
        country: pricing.country,
        number_type: pricing.number_type,
        payment,
        charged: rule.charged,
        price: pricing.price.clone(),
        fingerprint: fingerprint(shop, request),
        order_evidence: shop.policy().order_evidence,
        checkout_expires_at: lifetime.map(|checkout| now.plus_seconds(checkout.lifetime_s)),
    })
}
