//! The decision about a purchase: the gates in order, with idempotency before every rule of business.

use alloc::{boxed::Box, vec::Vec};

use super::earlier::{self, fingerprint, key};
use super::{Decision, Facts, Misuse, PurchaseAnswer, PurchaseError};
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::command::MakePurchase;
use crate::event::AccountEvent;
use crate::gates::actor::ActorNotAllowed;
use crate::gates::idempotency::{Earlier, Joins, Repeats};
use crate::gates::{Evidence, Fact, Gate, Input, Proof, Rejection, Unproven, Verdict, judge};
use crate::market::request::ParsedRequest;
use crate::purchase::Agreement;
use crate::shop::Shop;
use crate::terms::payment::PaymentMethod;

/// Called once per gate, in order, until one decides.
type Observer<'a> = &'a mut dyn FnMut(Gate, &Input<'_>, &Verdict);

pub(crate) fn decide(
    facts: &Facts<'_>,
    command: &MakePurchase,
    observer: Observer<'_>,
) -> Result<Decision<PurchaseAnswer>, PurchaseError> {
    let Facts { shop, numbering, account, offers, now } = *facts;
    let MakePurchase { id, actor, request } = command;
    let parsed = request.parse(shop.policy().reading(numbering));
    let standing = account.standing(shop, actor, now);
    let (earlier, expired) = earlier::find(shop, account, actor, &parsed, now);
    let input = Input::new(shop.rules(), &standing, offers, &parsed, now).after(earlier);
    let answer = |answer, events| Ok(Decision { version: account.version, events, answer });
    for gate in Gate::ALL {
        let judged = judge(gate, &input);
        observer(gate, &input, &judged);
        match judged {
            Verdict::Passed {
                evidence: Evidence::Repeats(Repeats { purchase }) | Evidence::Joins(Joins { purchase }),
            } => {
                return answer(PurchaseAnswer::Repeated { purchase }, Vec::new());
            }
            // The next gates may not look at the purchase of another holder.
            Verdict::Passed { evidence: Evidence::KeyOfAnotherHolder } => {
                let Earlier::OfAnotherHolder { only_holder } = earlier else { continue };
                let refused: Rejection = ActorNotAllowed { only_holder: only_holder.clone() }.into();
                observer(Gate::Actor, &input, &Verdict::Blocked { rejection: refused.clone() });
                return Err(refused.into());
            }
            Verdict::Passed { .. } => {}
            Verdict::Blocked { rejection } => return Err(rejection.into()),
            Verdict::Waiting { fact: Fact::Search { selector } } => {
                return answer(PurchaseAnswer::SearchFirst { selector }, Vec::new());
            }
            Verdict::Waiting { fact: Fact::NumberingPlan } => return Err(Misuse::NumberingPlanMissing.into()),
            // The named gate refuses, now or later; and the keys were just looked at.
            Verdict::Waiting { fact: Fact::EarlierGate { .. } | Fact::UsedKeys } => {}
        }
    }
    let proof = match input.proof() {
        Ok(proof) => proof,
        Err(Unproven::Refused(rejection)) => return Err(rejection.into()),
        Err(Unproven::NoPlan) => return Err(Misuse::NumberingPlanMissing.into()),
        Err(Unproven::Unseen(selector)) => return answer(PurchaseAnswer::SearchFirst { selector }, Vec::new()),
    };
    let agreement = agreement(shop, &proof, &parsed, now);
    if !account.can_take(agreement.price.due_now) {
        return Err(Misuse::BooksFull { money: agreement.price.due_now }.into());
    }
    if account.purchases.contains_key(id) {
        // The host's source of ids has failed. A second purchase with this id would overwrite the first.
        return Err(Misuse::PurchaseIdTaken { purchase: id.clone() }.into());
    }
    let (agreement, key) = (Box::new(agreement), key(shop, &parsed));
    let accepted = AccountEvent::PurchaseAccepted { purchase: id.clone(), agreement, key };
    let events = expired.into_iter().chain([accepted.into()]).collect();
    answer(PurchaseAnswer::Accepted { purchase: id.clone() }, events)
}

/// The agreement, from the proof of the gates.
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
