//! Is the advice of a quote enough, all of it needed, and none of it more than needed?
//!
//! For random shops, customers and requests: when every recommended fix is done, the request is accepted; when one is left
//! out, that one's gate refuses; when one is done by a unit or a millisecond too little, it refuses too. What "done" means is
//! written here once more, by somebody who does not read the core.

mod customer;
mod scene;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError};
use ringup_core::{Gate, GateFix, GateStatus, LimitScope, Quote, Remedy};

use customer::{by_a_person, done};
use scene::{Scene, scenes};

/// How often a person corrects something and asks again.
const ROUNDS_MAX: usize = 6;

proptest! {
    #![proptest_config(Config { cases: cases(), failure_persistence: None, max_shrink_iters: 20_000, ..Config::default() })]

    #[test]
    fn advice_is_enough_needed_and_minimal(scene in scenes()) {
        check(scene)?;
    }
}

/// `PROPTEST_CASES` of them, or some thousands.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(3_000)
}

fn check(mut scene: Scene) -> Result<(), TestCaseError> {
    let mut quote = scene.quote();
    for _ in 0..ROUNDS_MAX {
        let Some(fix) = quote.fixes.iter().find(|fix| by_a_person(&fix.fix.remedy)) else { break };
        scene.correct(&fix.fix.remedy);
        quote = scene.quote();
    }
    prop_assert!(
        quote.fixes.iter().all(|fix| !by_a_person(&fix.fix.remedy)),
        "corrected, and still: {:?}",
        quote.fixes
    );
    if !quote.fixes_suffice {
        // Nobody can open one of the gates; then nothing is promised.
        return Ok(());
    }
    let fixed = after(&scene, &quote.fixes);
    prop_assert!(fixed.acceptable, "all done, and {:?} refuses: {:?}", first_blocked(&fixed), quote.fixes);
    for (index, fix) in quote.fixes.iter().enumerate() {
        let mut others = quote.fixes.clone();
        others.remove(index);
        // A number that is released for another fix may happen to be one of those, unless there are enough others.
        let mut without = scene.clone();
        without.spared = scope(fix);
        do_all(&mut without, &others);
        let may_do_by_chance = without.spared.is_none() && !without.released.is_empty();
        if without.has_spared && !may_do_by_chance {
            let refused = first_blocked(&without.quote());
            // Which numbers are released for other fixes decides whether it is needed for an earlier gate than its own, too.
            let is_own = without.spared.as_ref().is_some_and(|among| refused == Some(gate_of(among)));
            prop_assert!(
                refused == Some(fix.gate) || is_own,
                "left out: {:?} of {:?}, and {:?} refuses",
                fix,
                quote.fixes,
                refused
            );
        }
        if let Some(less) = a_little_less(fix) {
            let mut all = quote.fixes.clone();
            all[index] = less;
            let mut less = scene.clone();
            less.spared = scope(fix);
            do_all(&mut less, &all);
            let may_do_by_chance = less.spared.is_none() && !less.released.is_empty();
            let refused = less.quote();
            prop_assert!(
                !less.has_spared || may_do_by_chance || first_blocked(&refused).is_some(),
                "a little less: {:?}",
                all
            );
        }
    }
    Ok(())
}

fn after(scene: &Scene, fixes: &[GateFix]) -> Quote {
    let mut scene = scene.clone();
    do_all(&mut scene, fixes);
    scene.quote()
}

/// Whatever can be done at once comes before anything that must be waited for.
fn do_all(scene: &mut Scene, fixes: &[GateFix]) {
    let waits = |fix: &&GateFix| matches!(fix.fix.remedy, Remedy::WaitUntil { .. });
    for fix in fixes.iter().filter(|fix| !waits(fix)).chain(fixes.iter().filter(waits)) {
        done(scene, &fix.fix.remedy);
    }
}

fn first_blocked(quote: &Quote) -> Option<Gate> {
    let blocked = |status: &GateStatus| matches!(status, GateStatus::Blocked { .. });
    quote.gates.iter().find(|report| blocked(&report.status)).map(|report| report.gate)
}

/// The numbers whose limit a fix is about.
fn scope(fix: &GateFix) -> Option<LimitScope> {
    match &fix.fix.remedy {
        Remedy::ReleaseNumbers { among, .. } => Some(among.clone()),
        _ => None,
    }
}

/// The gate whose limit counts these numbers.
fn gate_of(scope: &LimitScope) -> Gate {
    match scope {
        LimitScope::Total => Gate::NumberLimit,
        LimitScope::Country { .. } => Gate::CountryLimit,
        LimitScope::NumberType { .. } => Gate::TypeLimit,
        LimitScope::Holder { .. } => Gate::HolderLimit,
    }
}

/// One unit or one millisecond less.
fn a_little_less(fix: &GateFix) -> Option<GateFix> {
    let mut less = fix.clone();
    match &mut less.fix.remedy {
        Remedy::AddMoney { money } => {
            *money = ringup_core::Money::new(money.minor_units() - 1, money.currency()).unwrap();
        }
        Remedy::WaitUntil { at } => *at = at.plus_millis(-1),
        Remedy::ReleaseNumbers { count, .. } => *count -= 1,
        _ => return None,
    }
    Some(less)
}
