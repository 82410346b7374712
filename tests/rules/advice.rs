//! Is the advice of a quote enough, all of it needed, and none of it more than needed?
//!
//! For random shops, customers and requests: when every recommended fix is done, the request is accepted; when one is left
//! out, that one's gate refuses; when one is done by a unit or a millisecond too little, it refuses too. What "done" means is
//! written here once more, by somebody who does not read the core.

mod account;
mod customer;
mod outside;
mod scene;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError};
use ringup_core::{
    Account, Actor, Gate, GateFix, GateStatus, LimitScope, Offers, PurchaseRequest, Quote, Remedy, Shop, Timestamp,
};

use account::Customer;
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

    #[test]
    fn nobody_can_open_what_is_said_so_of(scene in scenes()) {
        let quote = scene.quote();
        let is_shut = |report: &ringup_core::GateReport| {
            matches!(&report.status, GateStatus::Blocked { fixes, opened_by_earlier: false, .. } if fixes.is_empty())
        };
        if !quote.fixes_suffice && !quote.fixes_cut_short && quote.gates.iter().any(is_shut) {
            prop_assert_eq!(outside::way(&scene), None, "advised: {:?}", quote.fixes);
        }
    }

    #[test]
    fn so_it_is_when_an_account_decides(scene in scenes()) {
        check(Customer::new(scene))?;
    }
}

/// A customer with an account, for other tests of what decides.
#[derive(Clone, Debug)]
pub(crate) struct Deciding {
    pub(crate) shop: Shop,
    pub(crate) account: Account,
    pub(crate) actor: Actor,
    pub(crate) request: PurchaseRequest,
    /// What was found before, and what was found by every search that a quote waits for.
    pub(crate) offers: [Offers; 2],
    pub(crate) now: Timestamp,
}

pub(crate) fn deciding() -> impl Strategy<Value = Deciding> {
    scenes().prop_map(|scene| {
        let (Scene { shop, standing, request, offers, now, .. }, account, found) = Customer::new(scene).parts();
        Deciding { shop, account, actor: standing.actor, request, offers: [offers, found], now }
    })
}

/// `PROPTEST_CASES` of them, or some thousands.
pub(crate) fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(3_000)
}

/// Somebody who asks for a quote and does what it says.
trait Advised: Clone {
    fn quote(&self) -> Quote;
    /// The gate that refuses the purchase now.
    fn refused_by(&self) -> Option<Gate>;
    fn scene(&mut self) -> &mut Scene;
    fn does(&mut self, remedy: &Remedy);
}

impl Advised for Scene {
    fn quote(&self) -> Quote {
        self.quote()
    }

    fn refused_by(&self) -> Option<Gate> {
        first_blocked(&self.quote())
    }

    fn scene(&mut self) -> &mut Scene {
        self
    }

    fn does(&mut self, remedy: &Remedy) {
        done(self, remedy);
    }
}

fn check(mut customer: impl Advised) -> Result<(), TestCaseError> {
    let mut quote = customer.quote();
    for _ in 0..ROUNDS_MAX {
        let Some(fix) = quote.fixes.iter().find(|fix| by_a_person(&fix.fix)) else { break };
        customer.scene().correct(&fix.fix);
        quote = customer.quote();
    }
    prop_assert!(quote.fixes.iter().all(|fix| !by_a_person(&fix.fix)), "corrected, and still: {:?}", quote.fixes);
    prop_assert_eq!(first_blocked(&quote), customer.refused_by(), "quoted otherwise than decided");
    if !quote.fixes_suffice {
        // Nobody can open one of the gates; then nothing is promised.
        return Ok(());
    }
    let mut fixed = customer.clone();
    do_all(&mut fixed, &quote.fixes);
    prop_assert_eq!(fixed.refused_by(), None, "all done: {:?}", quote.fixes);
    let mut last = customer.clone();
    last.scene().takes_last = true;
    do_all(&mut last, &quote.fixes);
    prop_assert_eq!(last.refused_by(), None, "all done, with the last numbers: {:?}", quote.fixes);
    prop_assert!(fixed.quote().acceptable, "all done: {:?}", quote.fixes);
    for (index, fix) in quote.fixes.iter().enumerate() {
        let mut others = quote.fixes.clone();
        others.remove(index);
        if let Some((without, among)) = done_with_care(&customer, fix, &others) {
            let refused = without.refused_by();
            // Which numbers are released for other fixes decides whether it is needed for an earlier gate than its own, too.
            let is_own = among.is_some_and(|among| refused == Some(gate_of(&among)));
            // Where it would be paid at a checkout, the stock of another country is looked at first.
            let chooses = |other: &GateFix| matches!(other.fix, Remedy::ChooseCountry { .. });
            let is_own = is_own || refused == Some(Gate::Stock) && others.iter().any(chooses);
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
            if let Some((less, _)) = done_with_care(&customer, fix, &all) {
                prop_assert!(less.refused_by().is_some(), "a little less: {:?}", all);
            }
        }
    }
    Ok(())
}

/// Does all of this, and releases for it none of the numbers that another fix is about; none if that cannot be, for then a
/// number that is released for one fix may do for another.
fn done_with_care<C: Advised>(customer: &C, spared: &GateFix, fixes: &[GateFix]) -> Option<(C, Option<LimitScope>)> {
    let mut customer = customer.clone();
    customer.scene().spared = scope(spared);
    do_all(&mut customer, fixes);
    let scene = customer.scene();
    let among = scene.spared.clone();
    let by_chance = among.is_none() && !scene.released.is_empty();
    (scene.has_spared && !by_chance).then_some((customer, among))
}

/// Whatever can be done at once comes before anything that must be waited for.
fn do_all(customer: &mut impl Advised, fixes: &[GateFix]) {
    let waits = |fix: &&GateFix| matches!(fix.fix, Remedy::WaitUntil { .. });
    for fix in fixes.iter().filter(|fix| !waits(fix)).chain(fixes.iter().filter(waits)) {
        customer.does(&fix.fix);
    }
}

fn first_blocked(quote: &Quote) -> Option<Gate> {
    let blocked = |status: &GateStatus| matches!(status, GateStatus::Blocked { .. });
    quote.gates.iter().find(|report| blocked(&report.status)).map(|report| report.gate)
}

/// The numbers whose limit a fix is about.
fn scope(fix: &GateFix) -> Option<LimitScope> {
    match &fix.fix {
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
    match &mut less.fix {
        Remedy::AddMoney { money } => {
            *money = ringup_core::Money::new(money.minor_units() - 1, money.currency()).unwrap();
        }
        Remedy::WaitUntil { at, .. } => *at = at.plus_millis(-1),
        Remedy::ReleaseNumbers { count, .. } => *count -= 1,
        _ => return None,
    }
    Some(less)
}
