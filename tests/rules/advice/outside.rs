//! A search from outside: does any way of a few steps open what the core says nobody can open?
//!
//! It shares nothing with the core's search. It tries every combination of what a customer may do that could be in another's
//! way, and does all that never is (a fresh key, a confirmation, an approval, a card, money) beforehand.

use ringup_core::shop::BillingKind;
use ringup_core::{KycStatus, Money, NumberType, Remedy, Role};

use super::customer::done;
use super::scene::{NOW, Scene};

/// The steps of a way, beside what is never in the way: `ADVICE_STEPS`, or 2.
fn steps() -> usize {
    std::env::var("ADVICE_STEPS").ok().and_then(|steps| steps.parse().ok()).unwrap_or(2)
}

/// A way in which the purchase would be accepted, if there is one: what is changed, for a message.
pub(super) fn way(scene: &Scene) -> Option<String> {
    let mut ready = scene.clone();
    arrange(&mut ready);
    deeper(&ready, 0, steps(), "")
}

/// Does what is never in the way of anything else.
fn arrange(scene: &mut Scene) {
    scene.request.idempotency_key = Some("fresh".into());
    scene.request.confirm_additional = true;
    scene.request.price_seen = None;
    scene.request.quote_seen = None;
    let terms = &mut scene.standing.terms;
    terms.payment_method_on_file = true;
    terms.kyc.account = KycStatus::Approved;
    for country in ["US", "CA", "DE"] {
        terms.kyc.countries.insert(country.parse().unwrap(), KycStatus::Approved);
    }
    let currencies = ["USD", "INR", "EUR"];
    scene.standing.balances =
        currencies.map(|currency| Money::new(1_000_000_000, currency.parse().unwrap()).unwrap()).into();
}

/// Tries the alternatives of each kind of step, in a fixed order of the kinds, at most so many steps.
fn deeper(scene: &Scene, first: usize, steps: usize, told: &str) -> Option<String> {
    if scene.quote().acceptable {
        return Some(told.to_owned());
    }
    if steps == 0 {
        return None;
    }
    let of_kind = |kind: usize| KINDS[kind](scene).into_iter().map(move |(name, changed)| (kind, name, changed));
    (first..KINDS.len())
        .flat_map(of_kind)
        .find_map(|(kind, name, changed)| deeper(&changed, kind + 1, steps - 1, &format!("{told}{name}; ")))
}

type Alternatives = fn(&Scene) -> Vec<(String, Scene)>;

/// The kinds of steps. The role that is asked acts from the beginning, and a wait is the last.
const KINDS: [Alternatives; 7] = [roles, holders, wishes, billings, plans, releases, waits];

fn changed(scene: &Scene, name: impl Into<String>, change: impl FnOnce(&mut Scene)) -> (String, Scene) {
    let mut scene = scene.clone();
    change(&mut scene);
    (name.into(), scene)
}

fn roles(scene: &Scene) -> Vec<(String, Scene)> {
    let all = [Role::Owner, Role::Admin, Role::Member];
    all.map(|role| changed(scene, format!("{role:?}"), |scene| scene.standing.actor.role = role)).into()
}

fn holders(scene: &Scene) -> Vec<(String, Scene)> {
    let all = scene.standing.holders.clone();
    let named = |holder: ringup_core::HolderId| {
        changed(scene, format!("for {holder}"), |scene| scene.request.holder = Some(holder.to_string()))
    };
    all.into_iter().map(named).collect()
}

fn wishes(scene: &Scene) -> Vec<(String, Scene)> {
    let mut wishes = Vec::new();
    let names_one = scene.request.number.is_some() || scene.request.inventory_id.is_some();
    if !names_one && scene.request.area_code.is_none() && scene.request.pattern.is_none() {
        for country in ["US", "CA", "DE"] {
            wishes.push(changed(scene, country, |scene| scene.request.country = Some(country.into())));
        }
        for number_type in [NumberType::Local, NumberType::Mobile] {
            let name = number_type.name();
            wishes.push(changed(scene, name, |scene| scene.request.number_type = Some(name.into())));
        }
    }
    wishes
}

fn billings(scene: &Scene) -> Vec<(String, Scene)> {
    let all = [BillingKind::Prepaid, BillingKind::Subscription, BillingKind::Usage];
    all.map(|billing| changed(scene, format!("{billing:?}"), |scene| scene.standing.terms.billing = billing)).into()
}

fn plans(scene: &Scene) -> Vec<(String, Scene)> {
    let ids = scene.shop.plans().iter().map(|plan| plan.id.clone());
    ids.map(|id| changed(scene, format!("plan {id}"), |scene| scene.standing.terms.plan = Some(id))).collect()
}

/// Each set of numbers that may be released.
fn releases(scene: &Scene) -> Vec<(String, Scene)> {
    let releasers = &scene.shop.policy().releasers;
    if !releasers.is_empty() && !releasers.contains(&scene.standing.actor.role) {
        return Vec::new();
    }
    let only = &scene.standing.actor.only_holder;
    let theirs = |held: &&super::scene::Held| !held.leaving && only.as_ref().is_none_or(|only| *only == held.holder);
    let ids: Vec<_> = scene.held.iter().filter(theirs).map(|held| held.id.clone()).collect();
    let sets = 1..(1_usize << ids.len());
    let release = |set: usize| {
        let chosen: Vec<_> =
            (0..ids.len()).filter(|index| set & (1 << index) != 0).map(|index| ids[index].clone()).collect();
        let count = u32::try_from(chosen.len()).unwrap();
        let among = ringup_core::LimitScope::Total;
        changed(scene, format!("release {chosen:?}"), |scene| {
            done(scene, &Remedy::ReleaseNumbers { count, among, numbers: chosen });
        })
    };
    sets.map(release).collect()
}

/// Some instants, near and far: after each window, each checkout and each departure.
fn waits(scene: &Scene) -> Vec<(String, Scene)> {
    let day = 86_400_000;
    let mut instants: Vec<_> = [1, 2, 3, 8, 40].map(|days| NOW.plus_millis(days * day)).into();
    instants.extend(scene.standing.in_flight.iter().filter_map(|purchase| purchase.checkout_expires_at));
    instants.extend(scene.held.iter().filter_map(|held| held.leaves_at));
    let wait = |at| {
        let reason = ringup_core::WaitReason::NextDay;
        changed(scene, format!("wait {at}"), |scene| done(scene, &Remedy::WaitUntil { at, reason }))
    };
    instants.into_iter().map(wait).collect()
}
