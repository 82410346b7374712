//! Any interleaving of workers and any stop: the account ends as in the straight run.
//!
//! `PROPTEST_CASES=100000 cargo test -p ringup-host --release --test interleavings` runs as many as you like.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::large_enum_variant,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test may panic, that is how it fails"
)]

#[path = "../examples/pretend/mod.rs"]
mod pretend;

use std::collections::BTreeMap;

use pretend::Pretend;
use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use proptest::{prop_oneof, proptest};
use ringup_core::effect::EffectKind;
use ringup_core::{Account, AccountId, EffectId, MakePurchase, Shop};
use ringup_host::{Appended, EffectStep, Host, Memory, Outside, RequestStep, Store, replay};
use ringup_numbering::WorldPlan;

/// How many clients and workers there are.
const WORKERS: usize = 3;

/// What happens next.
#[derive(Clone, Debug)]
enum Move {
    /// A client's request reaches a worker, for the first time or again.
    Request { worker: usize, client: usize },
    /// A worker wakes the account up.
    WakeUp { worker: usize },
    /// A worker makes its next step.
    Step { worker: usize },
    /// A worker makes its next step and stops before it hears of the result.
    StepAndStop { worker: usize },
    /// A worker stops.
    Stop { worker: usize },
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

    #[test]
    fn every_interleaving_ends_as_the_straight_run(moves in vec(any_move(), 1..120)) {
        let straight = Race::new().come_to_rest();
        let mut race = Race::new();
        moves.iter().for_each(|next| race.perform(next));
        assert_eq!(race.come_to_rest(), straight);
    }

    #[test]
    fn with_lost_replies_too_each_number_is_sold_once(moves in vec(any_move(), 1..120), lost in any::<[bool; 3]>()) {
        let mut race = Race::new();
        let kinds = [EffectKind::Reserve, EffectKind::Order, EffectKind::QueryOrder];
        let lost = kinds.into_iter().zip(lost).filter(|(_, lost)| *lost);
        race.outside.loses_reply = lost.map(|(kind, _)| kind).collect();
        moves.iter().for_each(|next| race.perform(next));
        let account = race.come_to_rest();
        let held: Vec<_> = account.numbers().map(|held| (held.number, held.purchase.to_string())).collect();
        let mut sold: Vec<_> =
            race.outside.sold.iter().map(|(number, key)| (*number, key.purchase.to_string())).collect();
        sold.sort_by(|a, b| a.1.cmp(&b.1));
        assert_eq!(held.len(), WORKERS);
        assert_eq!(held, sold);
    }
}

fn any_move() -> impl Strategy<Value = Move> {
    let worker = || 0..WORKERS;
    prop_oneof![
        2 => (worker(), worker()).prop_map(|(worker, client)| Move::Request { worker, client }),
        1 => worker().prop_map(|worker| Move::WakeUp { worker }),
        12 => worker().prop_map(|worker| Move::Step { worker }),
        1 => worker().prop_map(|worker| Move::StepAndStop { worker }),
        1 => worker().prop_map(|worker| Move::Stop { worker }),
    ]
}

/// Workers on one store.
struct Race {
    shop: &'static Shop,
    memory: Memory,
    outside: Pretend,
    workers: [Option<Job>; WORKERS],
    // Which worker runs an effect. A worker that stops is known to have stopped.
    leases: BTreeMap<EffectId, usize>,
}

/// What a worker is at.
enum Job {
    Purchase(RequestStep<'static, MakePurchase>),
    WakeUp(RequestStep<'static, ringup_core::WakeUp>),
    Effects(EffectStep<'static>),
}

impl Race {
    fn new() -> Self {
        let mut memory = Memory::default();
        memory.open(&pretend::opening(), Pretend::new().now).unwrap();
        let shop = Box::leak(Box::new(pretend::shop()));
        Self { shop, memory, outside: Pretend::new(), workers: [const { None }; WORKERS], leases: BTreeMap::new() }
    }

    fn perform(&mut self, next: &Move) {
        let host = Host::new(self.shop, &WorldPlan);
        match next {
            Move::Request { worker, client } if self.workers[*worker].is_none() => {
                self.workers[*worker] = Some(Job::Purchase(host.submit(id(), request(*client))));
            }
            Move::WakeUp { worker } if self.workers[*worker].is_none() => {
                self.workers[*worker] = Some(Job::WakeUp(host.wake_up(id())));
            }
            // It is busy.
            Move::Request { .. } | Move::WakeUp { .. } => {}
            Move::Step { worker } => {
                if let Some(job) = self.workers[*worker].take() {
                    self.workers[*worker] = self.step(*worker, job);
                }
            }
            Move::StepAndStop { worker } => {
                self.perform(&Move::Step { worker: *worker });
                self.perform(&Move::Stop { worker: *worker });
            }
            Move::Stop { worker } => {
                self.workers[*worker] = None;
                self.leases.retain(|_, holder| holder != worker);
            }
        }
    }

    /// Whether nothing is due but the next period of the numbers that were bought.
    fn is_at_rest(&self) -> bool {
        self.memory.due(self.outside.now.plus_seconds(86_400)).next().is_none()
    }

    /// All clients repeat their requests, one after another, and time passes until nothing is pending.
    fn come_to_rest(&mut self) -> Account {
        for worker in 0..WORKERS {
            self.perform(&Move::Stop { worker });
        }
        for client in 0..WORKERS {
            self.drive_to_its_end(&Move::Request { worker: 0, client });
        }
        for _ in 0..20 {
            if self.is_at_rest() {
                break;
            }
            self.drive_to_its_end(&Move::WakeUp { worker: 0 });
            self.outside.now = self.outside.now.plus_millis(10_000);
        }
        assert!(self.is_at_rest());
        let stored = self.memory.stored(&id()).unwrap();
        assert_eq!(replay(&stored.events).as_ref(), Ok(&stored.account));
        stored.account.clone()
    }

    fn drive_to_its_end(&mut self, next: &Move) {
        self.perform(next);
        while self.workers[0].is_some() {
            self.perform(&Move::Step { worker: 0 });
        }
    }

    fn step(&mut self, worker: usize, job: Job) -> Option<Job> {
        match job {
            Job::Purchase(step) => Some(self.request(step, Job::Purchase)),
            Job::WakeUp(step) => Some(self.request(step, Job::WakeUp)),
            Job::Effects(step) => self.effect(worker, step).map(Job::Effects),
        }
    }

    fn request<C: ringup_host::HostedCommand>(
        &mut self,
        step: RequestStep<'static, C>,
        job: impl FnOnce(RequestStep<'static, C>) -> Job,
    ) -> Job {
        let now = self.outside.now;
        job(match step {
            RequestStep::Load(load) => {
                let account = self.memory.load(load.account(), load.needs()).unwrap();
                load.loaded(account, now)
            }
            RequestStep::Search(search) => {
                // The clients know what they want, whether or not it is still there.
                let found = Pretend::new().search(search.account(), search.selector()).unwrap();
                search.found(found.numbers, found.lifetime_s, now)
            }
            RequestStep::Store(store) => match self.memory.append(store.append()).unwrap() {
                Appended::Stored => store.stored(),
                Appended::Stale => store.stale(),
            },
            RequestStep::Answer(_, rest) => return Job::Effects(rest.go_on(now)),
        })
    }

    fn effect(&mut self, worker: usize, step: EffectStep<'static>) -> Option<EffectStep<'static>> {
        let now = self.outside.now;
        Some(match step {
            EffectStep::Load(load) => {
                let account = self.memory.load(load.account(), load.needs()).unwrap();
                load.loaded(account, now)
            }
            EffectStep::Run(run) => {
                let stored = self.memory.stored(&id()).unwrap().account.version();
                let effect = run.effect().id.clone();
                if stored != run.version() {
                    run.stale()
                } else if self.leases.get(&effect).is_some_and(|holder| *holder != worker) {
                    run.leased(now.plus_millis(60_000), now)
                } else {
                    self.leases.insert(effect, worker);
                    let outcome = self.outside.perform(run.effect());
                    run.done(outcome, now)
                }
            }
            EffectStep::Store(store) => match self.memory.append(store.append()).unwrap() {
                Appended::Stored => {
                    if let Some(effect) = store.append().ended() {
                        self.leases.remove(effect);
                    }
                    store.stored(now)
                }
                Appended::Stale => store.stale(),
            },
            EffectStep::Wait(_) | EffectStep::Failed(_) => {
                self.leases.retain(|_, holder| *holder != worker);
                return None;
            }
        })
    }
}

fn request(client: usize) -> MakePurchase {
    pretend::purchase(&format!("p{client}"), &format!("key-{client}"), &format!("+1404555010{client}"))
}

fn id() -> AccountId {
    "account-1".parse().unwrap()
}
