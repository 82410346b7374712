//! Manual reviews: the operator says what was found, and the world's records must agree.

use ringup_core::effect::EffectKind;
use ringup_core::{Actor, Confirmation, Finding, HeldNumber, Purchase, PurchaseId, ResolvePurchase};
use serde::Deserialize;

use super::books::show;
use super::call::{Answer, ok};
use crate::kit::routes::Call;
use crate::problem::{Problem, body};
use crate::retailer::Failure;
use crate::simulation::Simulation;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Resolve {
    effect: Option<EffectKind>,
    finding: Found,
}

#[derive(Clone, Copy, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Found {
    Done,
    NotDone,
    AskAgain,
}

pub(super) fn resolve(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let Resolve { effect, finding } = body(call.request)?;
    let name = call.named("purchase");
    let unknown = || {
        Problem::new(404, "unknown_purchase", format!("there is no purchase `{name}`"))
            .help("GET /_sim/purchases lists them")
    };
    let id: PurchaseId = name.parse().map_err(|_| unknown())?;
    let customer = simulation.retailer().customers.of_purchase(&id).ok_or_else(unknown)?;
    let (account, records) = (customer.account.id().clone(), &customer.account);
    let of_purchase = records.purchase(&id).map(Purchase::in_review).unwrap_or_default();
    let of_number = records.number(&id).and_then(HeldNumber::in_review);
    let in_review: Vec<EffectKind> = of_purchase.into_iter().chain(of_number).collect();
    let effect = match (effect, &in_review[..]) {
        (Some(effect), all) if all.contains(&effect) => effect,
        (None, [effect]) => *effect,
        (None, [_, _, ..]) => {
            let message = "more than one effect is in manual review";
            return Err(Problem::new(409, "effect_ambiguous", message).at("/effect").help("name one of `in_review`"));
        }
        (Some(_), _) | (None, []) => {
            let message = "this is not in manual review";
            return Err(Problem::new(409, "not_in_review", message).help("GET /_sim/purchases shows what is"));
        }
    };
    // A session that the purchase knows is not what is looked for.
    let known = records.purchase(&id).map(|purchase| purchase.payments.sessions.clone()).unwrap_or_default();
    let is_known = |found: &Confirmation| matches!(found, Confirmation::CheckoutOpen { checkout, .. } if known.iter().any(|it| it.checkout == *checkout));
    let confirmation = simulation.retailer().find(&account, &id, effect).filter(|found| !is_known(found));
    let finding = match (finding, confirmation) {
        (Found::AskAgain, _) => Finding::AskAgain,
        (Found::Done, Some(confirmation)) => Finding::Done { confirmation },
        (Found::NotDone, None) => Finding::NotDone,
        (Found::Done, None) | (Found::NotDone, Some(_)) => {
            let message = "the finding contradicts the records of carrier and payment provider";
            return Err(Problem::new(409, "finding_contradicts_records", message).at("/finding"));
        }
    };
    let command = ResolvePurchase { purchase: id.clone(), actor: Actor::default(), effect, finding };
    simulation.retailer.carry_out(&account, command).map_err(|error| Failure::from(error).into_problem())?;
    let customer = simulation.retailer().customers.get(&account).ok_or_else(unknown)?;
    ok(&show(customer, customer.account.purchase(&id).ok_or_else(unknown)?)?)
}
