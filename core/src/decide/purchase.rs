//! Deciding a purchase: the gates in their order, and idempotency among them, before every rule of business.

use alloc::{boxed::Box, format, vec::Vec};

use super::earlier::{self, fingerprint, key};
use super::{Answer, Decision};
use crate::account::standing::Actor;
use crate::base::id::PurchaseId;
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::event::AccountEvent;
use crate::gates::actor::ActorNotAllowed;
use crate::gates::idempotency::{Earlier, Joins, Repeats};
use crate::gates::request::Malformed;
use crate::gates::{Evidence, Fact, Gate, Input, Judged, Proof, Rejection, Unproven, judge};
use crate::market::offers::Offers;
use crate::market::request::{ParsedRequest, PurchaseRequest};
use crate::purchase::Agreement;
use crate::records::Account;
use crate::shop::Shop;
use crate::terms::payment::PaymentMethod;

/// Called once per gate, in order, until one decides.
type Told<'a> = &'a mut dyn FnMut(Gate, &Input<'_>, &Judged);

pub(crate) fn decide(
    shop: &Shop,
    account: &Account,
    offers: &Offers,
    (id, actor, request): (&PurchaseId, &Actor, &PurchaseRequest),
    now: Timestamp,
    told: Told<'_>,
) -> Result<Decision, Rejection> {
    let parsed = request.parse(shop.policy().reading());
    let standing = account.standing(shop, actor, now);
    let (earlier, expired) = earlier::find(shop, account, actor, &parsed, now);
    let input = Input::new(shop.rules(), &standing, offers, &parsed, now).after(earlier);
    let answer = |answer, events| Ok(Decision { version: account.version, events, answer });
    for gate in Gate::ALL {
        let judged = judge(gate, &input);
        told(gate, &input, &judged);
        match judged {
            Judged::Passed(Evidence::Repeats(Repeats { purchase }) | Evidence::Joins(Joins { purchase })) => {
                return answer(Answer::Repeated { purchase }, Vec::new());
            }
            // The next gates may not even look at another holder's purchase.
            Judged::Passed(Evidence::KeyOfAnotherHolder) if let Earlier::OfAnotherHolder { only_holder } = earlier => {
                let only_holder = only_holder.clone();
                return Err(refused(Gate::Actor, ActorNotAllowed { only_holder }.into(), &input, told));
            }
            Judged::Passed(_) => {}
            Judged::Blocked(rejection) => return Err(rejection),
            Judged::Waiting(Fact::Search { selector }) => {
                return answer(Answer::SearchFirst { selector }, Vec::new());
            }
            // The gate that is named refuses, now or when it is asked; and the keys were just looked at.
            Judged::Waiting(Fact::EarlierGate { .. } | Fact::UsedKeys) => {}
        }
    }
    let proof = match input.proof() {
        Ok(proof) => proof,
        Err(Unproven::Refused(rejection)) => return Err(rejection),
        Err(Unproven::Unseen(selector)) => return answer(Answer::SearchFirst { selector }, Vec::new()),
    };
    let agreement = agreement(shop, &proof, &parsed, now);
    if !account.can_take(agreement.price.due_now) {
        let due = agreement.price.write(agreement.price.due_now);
        let problem = format!("the account's books would not hold {due} more");
        let rejection = Malformed { field: "price".into(), problem };
        return Err(refused(Gate::Request, rejection.into(), &input, told));
    }
    if account.purchases.contains_key(id) {
        // The host's entropy has failed; buying under another purchase's name would lose one of the two.
        let problem = format!("there is a purchase `{id}` already; draw another name");
        let rejection = Malformed { field: "id".into(), problem };
        return Err(refused(Gate::Request, rejection.into(), &input, told));
    }
    let (agreement, key) = (Box::new(agreement), key(shop, &parsed));
    let accepted = AccountEvent::PurchaseAccepted { purchase: id.clone(), agreement, key };
    answer(Answer::Accepted { purchase: id.clone() }, expired.into_iter().chain([accepted.into()]).collect())
}

/// The refusal by a rule that is not one gate's alone, told like the others.
fn refused(gate: Gate, rejection: Rejection, input: &Input<'_>, told: Told<'_>) -> Rejection {
    told(gate, input, &Judged::Blocked(rejection.clone()));
    rejection
}

/// What the customer and the shop agree on, as the gates have proved it.
fn agreement(shop: &Shop, proof: &Proof<'_>, request: &ParsedRequest<'_>, now: Timestamp) -> Agreement {
    let Proof { selector, pricing, rule } = *proof;
    let checkout = shop.policy().checkout.as_ref().filter(|_| rule.method == PaymentMethod::Checkout);
    Agreement {
        accepted_at: now,
        shop: shop.version(),
        holder: request.holder.clone(),
        selector: selector.clone(),
        country: pricing.country,
        number_type: pricing.number_type,
        payment: rule.method,
        charged: rule.charged,
        price: pricing.price.clone(),
        fingerprint: fingerprint(shop, request),
        order_evidence: shop.policy().order_evidence,
        checkout_expires_at: checkout.map(|checkout| Window::starting(now, checkout.lifetime_s).ends()),
    }
}
