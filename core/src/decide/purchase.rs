//! The decision about a purchase: the gates in order, with idempotency before every rule of business.

use alloc::{boxed::Box, vec::Vec};

use super::earlier::{self, fingerprint, key};
use super::misuse::beyond_table;
use super::{Decision, Facts, Misuse, PurchaseAnswer, PurchaseError, Stop};
use crate::account::key::IdempotencyKey;
use crate::account::standing::Standing;
use crate::base::time_zone::BeyondTable;
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::command::MakePurchase;
use crate::event::{AccountEvent, Event};
use crate::gates::actor::ActorNotAllowed;
use crate::gates::idempotency::{Earlier, Joins, Repeats};
use crate::gates::{Evidence, Fact, Gate, Input, Proof, Rejection, Unproven, Verdict, judge};
use crate::market::request::ParsedRequest;
use crate::market::selector::Selector;
use crate::purchase::Agreement;
use crate::records::standing::HoldersSeen;
use crate::records::{Need, NumberName, RecordId};
use crate::shop::Shop;
use crate::terms::payment::PaymentMethod;

/// Called once per gate, in order, until one decides.
type Observer<'a> = &'a mut dyn FnMut(Gate, &Input<'_>, &Verdict);

pub(crate) fn decide(
    facts: &Facts<'_>,
    command: &MakePurchase,
    observer: Observer<'_>,
) -> Result<Decision<PurchaseAnswer>, Stop<PurchaseError>> {
    let Facts { shop, numbering, account, offers, now } = *facts;
    let MakePurchase { id, actor, request } = command;
    let parsed = request.parse(shop.policy().reading(numbering));
    let standing = load(facts, command, &parsed)?;
    let answer = |answer, events| Ok(Decision { version: account.version(), events, answer });
    let earlier = earlier::find(facts, command, &parsed)?;
    let held = earlier::held(facts, actor, &parsed)?;
    let input = Input::new(shop.rules(), &standing, offers, &parsed, now).after(earlier, held);
    for gate in Gate::ALL {
        let judged = judge(gate, &input);
        observer(gate, &input, &judged);
        match judged {
            Verdict::Passed { evidence: Evidence::Repeats(Repeats { purchase }) } => {
                return answer(PurchaseAnswer::Repeated { purchase }, Vec::new());
            }
            Verdict::Passed { evidence: Evidence::Joins(Joins { purchase }) } => {
                // The key of this request is the purchase's from now on, like the first one's.
                let key = key(shop, &parsed).filter(|_| !planted!("join_not_stored"));
                let ended = if key.is_some() { ended(facts, key.as_ref())? } else { Vec::new() };
                let joined = key.zip(account.find_purchase(&purchase)?).map(|(key, own)| AccountEvent::KeyJoined {
                    key,
                    purchase: purchase.clone(),
                    fingerprint: fingerprint(shop, &parsed, own.agreement.due_now().currency()),
                    until: earlier::key_until(shop, now),
                });
                // The key may be that of a checkout that has expired.
                let events = ended.into_iter().chain(joined.map(AccountEvent::into)).collect();
                return answer(PurchaseAnswer::Repeated { purchase }, events);
            }
            // The next gates may not look at the purchase of another holder.
            Verdict::Passed { evidence: Evidence::KeyOfAnotherHolder } => {
                let Earlier::OfAnotherHolder { only_holder } = earlier else { continue };
                let refused: Rejection = ActorNotAllowed { only_holder: only_holder.clone() }.into();
                observer(Gate::Actor, &input, &Verdict::Blocked { rejection: refused.clone() });
                return Err(Stop::Error(refused.into()));
            }
            Verdict::Passed { .. } => {}
            Verdict::Blocked { rejection } if gate == Gate::Kyc => {
                if let Earlier::Resumed(purchase) = earlier {
                    return answer(PurchaseAnswer::Repeated { purchase: purchase.clone() }, Vec::new());
                }
                let Some(waits) = facts.kyc_wait(id, &input, &parsed)? else {
                    return Err(Stop::Error(rejection.into()));
                };
                let before = ended(facts, key(shop, &parsed).as_ref())?.into_iter();
                return answer(PurchaseAnswer::AwaitsKyc { purchase: id.clone() }, before.chain([waits]).collect());
            }
            Verdict::Blocked { rejection } => return Err(Stop::Error(rejection.into())),
            Verdict::Waiting { fact: Fact::Search { selector } } => return Err(Stop::Search(selector)),
            Verdict::Waiting { fact: Fact::NumberingPlan } => {
                return Err(Stop::Error(Misuse::NumberingPlanMissing.into()));
            }
            Verdict::Waiting { fact: Fact::TimeZone { .. } } => return Err(Stop::Error(beyond_table(shop).into())),
            // The named gate refuses, now or later; and the keys were just looked at.
            Verdict::Waiting { fact: Fact::EarlierGate { .. } | Fact::UsedKeys } => {}
        }
    }
    let proof = match input.proof() {
        Ok(proof) => proof,
        Err(Unproven::Refused(rejection)) => return Err(Stop::Error(rejection.into())),
        Err(Unproven::NoPlan) => return Err(Stop::Error(Misuse::NumberingPlanMissing.into())),
        Err(Unproven::BeyondTable) => return Err(Stop::Error(beyond_table(shop).into())),
        Err(Unproven::Unseen(selector)) => return Err(Stop::Search(selector)),
    };
    let agreement = agreement(shop, &proof, &parsed, now);
    if !account.head.can_take(agreement.price.due_now) {
        return Err(Stop::Error(Misuse::BooksFull { money: agreement.price.due_now }.into()));
    }
    let resumed = if let Earlier::Resumed(purchase) = earlier { Some(purchase) } else { None };
    let id = resumed.unwrap_or(id);
    if resumed.is_none() && (account.find_purchase(id)?.is_some() || account.find_number(id)?.is_some()) {
        // The host's source of ids has failed. A second purchase with this id would overwrite the first.
        return Err(Stop::Error(Misuse::PurchaseIdTaken { purchase: id.clone() }.into()));
    }
    let (agreement, key) = (Box::new(agreement), key(shop, &parsed));
    let windows = shop.window_rules(now).map_err(|BeyondTable| Stop::Error(beyond_table(shop).into()))?;
    let key_until = key.as_ref().and_then(|_| earlier::key_until(shop, now));
    let ended = ended(facts, key.as_ref())?;
    let accepted = AccountEvent::PurchaseAccepted { purchase: id.clone(), agreement, key, key_until, windows };
    let events = ended.into_iter().chain([accepted.into()]).collect();
    answer(PurchaseAnswer::Accepted { purchase: id.clone() }, events)
}

/// What the decision counted as ended: checkouts, the time of its key, and the purchase that waited too long under it.
fn ended(facts: &Facts<'_>, key: Option<&IdempotencyKey>) -> Result<Vec<Event>, Need> {
    let key_expired = key.map(|key| earlier::key_expired(facts, key)).transpose()?.flatten();
    let overdue = facts.overdue(key)?;
    Ok(expired(facts)?.into_iter().chain(key_expired).chain(overdue).collect())
}

/// What was counted as ended is recorded as ended, so that it stays so on a clock that goes back.
fn expired(facts: &Facts<'_>) -> Result<Vec<Event>, Need> {
    let Facts { shop, account, now, .. } = *facts;
    if planted!("expiry_not_recorded") {
        return Ok(Vec::new());
    }
    let expired = account.expired_checkouts(now)?.into_iter();
    Ok(expired.filter_map(|purchase| purchase.on_expiry(shop, now)).collect())
}

/// The standing, once everything that a purchase looks at is loaded.
fn load(
    facts: &Facts<'_>,
    MakePurchase { id, actor, .. }: &MakePurchase,
    parsed: &ParsedRequest<'_>,
) -> Result<Standing, Stop<PurchaseError>> {
    let Facts { shop, account, now, .. } = *facts;
    let holder = parsed.holder.as_ref();
    let name = parsed.selector.as_ref().ok().and_then(NumberName::of);
    let own = [RecordId::Purchase(id.clone()), RecordId::Number(id.clone())];
    let key = key(shop, parsed).map(RecordId::Key);
    let owner = parsed.selector.as_ref().ok().and_then(Selector::number).map(RecordId::Owner);
    let named = parsed.selector.as_ref().ok().and_then(Selector::inventory_id);
    let named = named.map(|id| RecordId::InventoryNumber(id.clone()));
    let asked = name.map(|name| RecordId::Asked(holder.cloned(), name));
    let unknown =
        own.into_iter().chain(key).chain(owner).chain(named).chain(asked).filter(|record| !account.knows(record));
    let mut needs: Vec<Need> = unknown.map(Need::from).collect();
    let view = account.view(shop, actor, &HoldersSeen::Named(&[actor.only_holder.as_ref(), holder]), now);
    match view {
        Ok(standing) if needs.is_empty() => Ok(standing),
        Ok(_) => Err(Stop::Load(needs)),
        Err(more) => {
            needs.extend(more);
            Err(Stop::Load(needs))
        }
    }
}

/// The agreement, from the proof of the gates.
fn agreement(shop: &Shop, proof: &Proof<'_>, request: &ParsedRequest<'_>, now: Timestamp) -> Agreement {
    let Proof { selector, pricing, rule } = *proof;
    // Nobody opens a checkout for nothing.
    let is_paid_there = rule.method == PaymentMethod::Checkout && !pricing.price.due_now.is_zero();
    let checkout = shop.policy().checkout.as_ref().filter(|_| is_paid_there);
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
        basis: pricing.basis.clone(),
        fingerprint: fingerprint(shop, request, pricing.price.due_now.currency()),
        failed_key: shop.policy().idempotency.as_ref().map(|rules| rules.failed).unwrap_or_default(),
        order_evidence: shop.policy().order_evidence,
        renews: shop.policy().renewals.is_some(),
        checkout_grace_s: checkout.map_or(0, |checkout| checkout.grace_s),
        checkout_expires_at: checkout.map(|checkout| Window::starting(now, checkout.lifetime_s).ends()),
    }
}
