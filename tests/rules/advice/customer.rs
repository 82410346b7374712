//! What it means to do what a fix says, written apart from the core.

use ringup_core::shop::KycSubject;
use ringup_core::{KycStatus, LimitScope, Move, MoveKind, Remedy};

use super::scene::{Held, Scene};

/// Whether only a person knows what to do: the fix does not say it to the letter.
pub(super) fn by_a_person(remedy: &Remedy) -> bool {
    match remedy {
        Remedy::CorrectField { .. } | Remedy::ChooseSelector { .. } | Remedy::SearchFirst { .. } => true,
        Remedy::ChooseNumber { numbers, .. } => numbers.is_empty(),
        Remedy::ChooseHolder { holders, .. } => holders.is_empty(),
        _ => false,
    }
}

fn may_submit(scene: &Scene) -> bool {
    let rules = scene.shop.policy().kyc.as_ref().unwrap();
    rules.submitters.is_empty() || rules.submitters.contains(&scene.standing.actor.role)
}

pub(super) fn done(scene: &mut Scene, remedy: &Remedy) {
    let releasers = &scene.shop.policy().releasers;
    let may_release = releasers.is_empty() || releasers.contains(&scene.standing.actor.role);
    let may_submit = matches!(remedy, Remedy::SubmitKyc { .. }) && may_submit(scene);
    let Scene { standing, request, .. } = scene;
    match remedy {
        Remedy::CorrectField { .. } | Remedy::ChooseSelector { .. } | Remedy::SearchFirst { .. } => {
            panic!("that is for a person: {remedy:?}")
        }
        Remedy::UseFreshKey { .. } => request.idempotency_key = Some("another".into()),
        Remedy::ChooseHolder { holders, .. } => request.holder = Some(holders[0].to_string()),
        Remedy::AskRole { roles, .. } => standing.actor.role = roles[0],
        Remedy::MoveToPlan { plan, .. } => standing.terms.plan = Some(plan.clone()),
        // A role that may not release numbers cannot.
        Remedy::ReleaseNumbers { .. } if !may_release => {}
        Remedy::ReleaseNumbers { count, numbers, .. } if !numbers.is_empty() => {
            // Whichever are chosen, they do: here the last ones.
            let count = usize::try_from(*count).unwrap();
            let chosen: Vec<_> = match scene.takes_last {
                true => numbers.iter().rev().take(count).collect(),
                false => numbers.iter().take(count).collect(),
            };
            for number in chosen {
                let place = scene.held.iter().position(|held| held.id == *number).expect("it is held");
                if scene.held[place].leaves_at.is_none() {
                    scene.released.push(scene.held.remove(place));
                    standing.recent.push(Move { at: scene.now, kind: MoveKind::Release, spent: None });
                } else {
                    scene.held[place].leaving = true;
                }
            }
        }
        Remedy::ReleaseNumbers { count, among, .. } => {
            let uncounted = &standing.uncounted_holders;
            let is_among = |scope: &LimitScope, held: &Held| match scope {
                LimitScope::Total => !uncounted.contains(&held.holder),
                LimitScope::Country { country: limited } => {
                    held.country.parse() == Ok(*limited) && !uncounted.contains(&held.holder)
                }
                LimitScope::NumberType { number_type } => {
                    held.number_type == *number_type && !uncounted.contains(&held.holder)
                }
                LimitScope::Holder { holder: limited } => held.holder == *limited,
            };
            let is_meant = |held: &Held| is_among(among, held);
            let is_spared = |held: &Held| scene.spared.as_ref().is_some_and(|spared| is_among(spared, held));
            // One number may do for several fixes.
            while scene.released.iter().filter(|held| is_meant(held)).count() < usize::try_from(*count).unwrap() {
                let other = scene.held.iter().position(|held| is_meant(held) && !is_spared(held));
                scene.has_spared &= other.is_some();
                let place = other.or_else(|| scene.held.iter().position(is_meant));
                let place = place.expect("there are as many to release");
                scene.released.push(scene.held.remove(place));
                standing.recent.push(Move { at: scene.now, kind: MoveKind::Release, spent: None });
            }
        }
        Remedy::ChooseCountry { countries, .. } => request.country = Some(countries[0].to_string()),
        Remedy::ChooseNumberType { number_types, .. } => request.number_type = Some(number_types[0].name().into()),
        Remedy::ChooseNumber { numbers, .. } => {
            // Another number is another form: nothing that described the first one is in it.
            *request = ringup_core::PurchaseRequest {
                number: Some(numbers[0].to_string()),
                inventory_id: None,
                area_code: None,
                pattern: None,
                country: None,
                number_type: None,
                ..request.clone()
            };
        }
        Remedy::ChooseCurrency { currencies } => request.currency = Some(currencies[0].to_string()),
        Remedy::MoveToBilling { billing } => standing.terms.billing = *billing,
        // A role that may not submit documents cannot.
        Remedy::SubmitKyc { .. } if !may_submit => {}
        Remedy::SubmitKyc { country, subject, .. } | Remedy::AwaitKyc { country, subject } => match subject {
            KycSubject::Account => standing.terms.kyc.account = KycStatus::Approved,
            KycSubject::Country => drop(standing.terms.kyc.countries.insert(*country, KycStatus::Approved)),
        },
        Remedy::WaitUntil { at, .. } => {
            scene.now = scene.now.max(*at);
            for held in std::mem::take(&mut scene.held) {
                match held.leaves_at {
                    Some(leaves_at) if held.leaving && leaves_at <= *at => {
                        standing.recent.push(Move { at: leaves_at, kind: MoveKind::Release, spent: None });
                    }
                    _ => scene.held.push(held),
                }
            }
            // After a wait the quote is repeated.
            let expired: Vec<_> =
                scene.offers.searches.iter().filter(|search| search.expires_at <= *at).cloned().collect();
            scene.offers.searches.retain(|search| *at < search.expires_at);
            for search in expired {
                let again = scene.search(search.selector);
                scene.offers.searches.push(again);
            }
        }
        Remedy::ConfirmAdditional => request.confirm_additional = true,
        Remedy::AddPaymentMethod => standing.terms.payment_method_on_file = true,
        Remedy::AddMoney { money } => {
            let same = standing.balances.iter_mut().find(|balance| balance.currency() == money.currency());
            match same {
                Some(balance) => *balance = balance.checked_add(*money).unwrap(),
                None => standing.balances.push(*money),
            }
        }
        Remedy::AcceptPrice { price, .. } => request.price_seen = Some(*price),
        Remedy::AskForQuote { .. } => request.quote_seen = None,
    }
}
