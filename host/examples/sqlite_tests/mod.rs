//! The store under crashes and with two workers.

mod growth;
#[path = "../../tests/histories/mod.rs"]
mod histories;
mod stored;

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use ringup_core::effect::EffectKind;
use ringup_core::{Effect, Outcome, Selector};
use ringup_host::{Found, PurchaseReply};
use ringup_numbering::WorldPlan;

use super::*;

/// The world that the workers share. It lives on when one of them is stopped.
#[derive(Clone)]
struct Shared(Arc<Mutex<Pretend>>);

/// A worker that stops after a count of steps, with the last step or right before it.
struct Crashing {
    inner: Joined<Database, Shared>,
    steps: usize,
    after: bool,
}

impl Crashing {
    /// Makes a step, unless the process has ended. What a step returns to an ended process is lost.
    fn step<T>(
        &mut self,
        step: impl FnOnce(&mut Joined<Database, Shared>) -> Result<T, HostError>,
    ) -> Result<T, HostError> {
        let crash = || HostError::off("the process has ended");
        let Some(left) = self.steps.checked_sub(1) else {
            if self.after {
                self.after = false;
                let _ = step(&mut self.inner);
            }
            return Err(crash());
        };
        self.steps = left;
        step(&mut self.inner)
    }
}

impl Store for Crashing {
    fn load(&mut self, account: &AccountId, needs: &[Need]) -> Result<Option<Account>, HostError> {
        self.step(|inner| inner.load(account, needs))
    }
    fn append(&mut self, append: &Append) -> Result<Appended, HostError> {
        self.step(|inner| inner.append(append))
    }
    fn lease(
        &mut self,
        account: &AccountId,
        version: u64,
        effect: &EffectId,
        now: Timestamp,
    ) -> Result<Lease, HostError> {
        self.step(|inner| inner.lease(account, version, effect, now))
    }
}

impl Outside for Crashing {
    fn now(&mut self) -> Timestamp {
        self.inner.now()
    }
    fn search(&mut self, account: &AccountId, selector: &Selector) -> Result<Found, HostError> {
        self.step(|inner| inner.search(account, selector))
    }
    fn run(&mut self, account: &Account, effect: &Effect) -> Result<Outcome, HostError> {
        self.step(|inner| inner.run(account, effect))
    }
}

impl Outside for Shared {
    fn now(&mut self) -> Timestamp {
        self.0.lock().unwrap().now
    }
    fn search(&mut self, account: &AccountId, selector: &Selector) -> Result<Found, HostError> {
        self.0.lock().unwrap().search(account, selector)
    }
    fn run(&mut self, _: &Account, effect: &Effect) -> Result<Outcome, HostError> {
        Ok(self.0.lock().unwrap().perform(effect))
    }
}

/// A folder that is removed again.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("ringup-host-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A fresh database with one account, and the world around it.
struct Scene {
    folder: Folder,
    shop: Shop,
    world: Shared,
}

impl Scene {
    fn new() -> Self {
        let folder = Folder::new();
        let mut world = Pretend::new();
        world.loses_reply.insert(EffectKind::Order);
        let scene = Self { folder, shop: pretend::shop(), world: Shared(Arc::new(Mutex::new(world))) };
        scene.worker().store.open_account(&pretend::opening(), Pretend::new().now).unwrap();
        scene
    }

    /// A process that starts with nothing but the database.
    fn worker(&self) -> Joined<Database, Shared> {
        let store = Database::open(&self.folder.0.join("accounts.db")).unwrap();
        Joined { store, outside: self.world.clone() }
    }

    fn buy(&self, backend: &mut (impl Store + Outside)) -> Option<PurchaseReply> {
        let command = pretend::purchase("p1", "key-1", "+14045550100");
        drive(Host::new(&self.shop, &WorldPlan).submit("account-1".parse().unwrap(), command), backend).ok()
    }

    /// Time passes, and workers wake up what is due, until nothing is pending.
    fn come_to_rest(&self) {
        for _ in 0..10 {
            wake_up_all(&self.shop, &mut self.worker()).unwrap();
            let mut world = self.world.0.lock().unwrap();
            world.now = world.now.plus_millis(LEASE_MS);
        }
        // The next period of a number begins a month later.
        let tomorrow = self.world.0.lock().unwrap().now.plus_seconds(86_400);
        let pending = self.worker().store.due_accounts(tomorrow).unwrap();
        assert!(pending.is_empty(), "{pending:?}");
    }

    fn account(&self) -> Account {
        stored::account(&self.worker().store)
    }
}

#[test]
fn a_crash_after_any_step_leaves_one_order() {
    let mut crashes = 0;
    for after in [false, true] {
        for steps in 0.. {
            let scene = Scene::new();
            let mut crashing = Crashing { inner: scene.worker(), steps, after };
            scene.buy(&mut crashing);
            let wakes = wake(&scene, &mut crashing);
            let ended = wakes.is_err();
            drop(crashing);
            // The client repeats its request under the same key, and hears of the same purchase.
            assert!(scene.buy(&mut scene.worker()).is_some(), "{steps} {after}");
            scene.come_to_rest();
            let world = scene.world.0.lock().unwrap().clone();
            let orders: Vec<_> = world.sold.values().map(ToString::to_string).collect();
            assert_eq!(orders, ["p1/order"], "after {steps} steps, {after}");
            let account = scene.account();
            assert_eq!(account.numbers().map(|held| held.number.to_string()).collect::<Vec<_>>(), ["+14045550100"]);
            if !ended {
                break;
            }
            crashes += 1;
        }
    }
    assert!(20 <= crashes, "{crashes}");
}

/// The same process goes on until its purchase rests, or it crashes.
fn wake(scene: &Scene, crashing: &mut Crashing) -> Result<(), HostError> {
    let account: AccountId = "account-1".parse().unwrap();
    for _ in 0..2 {
        match answer(Host::new(&scene.shop, &WorldPlan).wake_up(account.clone()), crashing) {
            Ok((_, rest)) => drop(run(rest.go_on(crashing.now()), crashing)?),
            Err(_) => return Err(HostError::off("the process has ended")),
        }
        let mut world = scene.world.0.lock().unwrap();
        world.now = world.now.plus_millis(1000);
    }
    Ok(())
}

#[test]
fn two_workers_share_one_database_and_call_once() {
    let scene = Scene::new();
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut worker = scene.worker();
                for _ in 0..5 {
                    // Both take the request; the key makes it one purchase.
                    assert_eq!(scene.buy(&mut worker).unwrap().purchase.as_str(), "p1");
                    wake_up_all(&scene.shop, &mut worker).unwrap();
                }
            });
        }
    });
    scene.come_to_rest();
    let world = scene.world.0.lock().unwrap().clone();
    let mut calls: Vec<_> = world.calls.iter().map(ToString::to_string).collect();
    calls.sort();
    assert_eq!(calls, ["p1/order", "p1/query_order/1", "p1/reserve"]);
    assert_eq!(scene.account().numbers().count(), 1);
}

#[test]
fn a_decision_on_another_version_is_not_stored() {
    let scene = Scene::new();
    let id: AccountId = "account-1".parse().unwrap();
    let money = ringup_core::Money::new(500, "USD".parse().unwrap()).unwrap();
    let top_up = ringup_core::TopUp { id: "top-up-1".parse().unwrap(), actor: ringup_core::Actor::default(), money };
    // The first worker has decided, and has not stored yet.
    let mut first = scene.worker();
    let step = Host::new(&scene.shop, &WorldPlan).submit(id.clone(), top_up);
    let ringup_host::RequestStep::Load(load) = step else { panic!("{step:?}") };
    let account = first.load(&id, load.needs()).unwrap();
    let step = load.loaded(account, first.now());
    // Whether this id was used.
    let ringup_host::RequestStep::Load(load) = step else { panic!("{step:?}") };
    let account = first.load(&id, load.needs()).unwrap();
    let step = load.loaded(account, first.now());
    let ringup_host::RequestStep::Store(store) = step else { panic!("{step:?}") };
    scene.buy(&mut scene.worker()).unwrap();
    let before = (scene.account(), stored::events(&first.store));
    assert_eq!(first.append(store.append()), Ok(Appended::Stale));
    assert_eq!((scene.account(), stored::events(&first.store)), before);
    assert!(drive(store.stale(), &mut first).is_ok());
    assert_eq!(scene.account().purchases().count(), 1);
}
