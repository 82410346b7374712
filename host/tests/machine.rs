//! The machine's steps, as data: what a driver answers, and what it is asked for.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test may panic, that is how it fails"
)]

#[path = "../examples/pretend/mod.rs"]
mod pretend;

use std::collections::VecDeque;

use pretend::Pretend;
use ringup_core::effect::EffectKind;
use ringup_core::{
    AccountId, Action, Actor, Confirmation, Decided, Finding, Misuse, Money, NamedAnswer, Need, Offers, Outcome,
    PurchaseError, RecordCheckoutPaid, ResolvePurchase, TopUp, WakeUp, apply, decide,
};
use ringup_host::{
    Appended, EffectStep, Host, HostError, HostedCommand, Memory, Outside, PurchaseStatus, RequestStep, Store, Stored,
    Unanswered, drive,
};
use ringup_numbering::WorldPlan;

/// A purchase that goes through, and what may come between.
#[test]
fn each_step_follows_from_the_last_one_s_result() {
    // A decision loads the head, and then whatever else it needs.
    let accepted = "load load search store:purchase_accepted answer:ok";
    let reserved = "load store:number_reserved";
    // The next period of the number begins a month later.
    let activated = "store:number_activated load wait:2678400000";
    let bought = format!("{accepted} run:reserve {reserved} run:order {activated}");
    // What the driver answers, in order; whatever it does not say goes well.
    let rows = [
        ("", bought.clone()),
        // An account that is not there.
        ("load=absent", "load answer:account_unknown load rest".into()),
        // A search that has found nothing, or what no longer counts.
        ("search=nothing", "load load search answer:out_of_stock load rest".into()),
        ("search=expired", bought.replace("search", "search search")),
        // Another writer was first. What was needed is loaded again, with the head.
        (
            "store=raced",
            bought.replacen("store:purchase_accepted", "store:purchase_accepted load store:purchase_accepted", 1),
        ),
        (
            "store=ok store=raced",
            bought.replacen("store:number_reserved", "store:number_reserved load store:number_reserved", 1),
        ),
        // A reply was lost.
        (
            "run=ok run=unknown",
            format!("{accepted} run:reserve {reserved} run:order store:outcome_unknown load wait:1000"),
        ),
        ("run=declined", format!("{accepted} run:reserve store:purchase_failed load rest")),
        // Another worker runs the effect, or has run it.
        ("run=leased", format!("{accepted} run:reserve load wait:60000")),
        // What was known is forgotten with the account.
        (
            "run=moved",
            format!(
                "{accepted} run:reserve load run:reserve load load store:number_reserved \
                 run:order load {activated}"
            ),
        ),
    ];
    for (script, trail) in rows {
        let command = pretend::purchase("p1", "key-1", "+14045550100");
        assert_eq!(Play::new(script).play(command), trail, "{script}");
    }
}

#[test]
fn what_is_stale_again_and_again_is_given_up() {
    // The first decision asks whether the id was used.
    let raced = ["store=raced"; 23].join(" ");
    let top_up = || TopUp { id: "mine".parse().unwrap(), actor: Actor::default(), money: usd(1) };
    let decisions = "load store:wallet_topped_up ".repeat(23);
    assert_eq!(Play::new(&raced).play(top_up()), format!("load {decisions}load answer:stale load rest"));

    // A decision that needs more is made again too.
    let accepted = "load load search store:purchase_accepted answer:ok run:reserve";
    let raced = format!("store=ok {}", ["store=raced"; 23].join(" "));
    let decisions = "load store:number_reserved ".repeat(23);
    let trail = format!("{accepted} {decisions}load failed:stale");
    assert_eq!(Play::new(&raced).play(pretend::purchase("p1", "key-1", "+14045550100")), trail);
}

#[test]
fn a_wake_up_without_anything_due_stores_nothing() {
    assert_eq!(Play::new("").play(WakeUp { records: Vec::new() }), "load load answer:ok rest");
}

#[test]
fn a_wake_up_looks_at_all_that_is_due() {
    let shop = pretend::shop_with("checkout", "before_order", "query_by_key", "at_once").unwrap();
    let mut opening = pretend::opening();
    opening.terms.plan = Some("scale".parse().unwrap());
    let mut backend = ringup_host::Joined { store: Memory::default(), outside: Pretend::new() };
    backend.store.open(&opening, backend.outside.now).unwrap();
    let host = Host::new(&shop, &WorldPlan);
    for n in 0..25 {
        let mut command = pretend::purchase(&format!("p{n}"), &format!("key-{n}"), "");
        (command.request.number, command.request.country) = (None, Some("US".into()));
        drive(host.submit(id(), command), &mut backend).unwrap();
    }
    let begun = backend.outside.now;
    for (later_ms, ended) in [(3_899_999, 0), (3_900_000, 25)] {
        backend.outside.now = begun.plus_millis(later_ms);
        drive(host.wake_up(id()), &mut backend).unwrap();
        let Stored { account, .. } = backend.store.stored(&id()).unwrap();
        assert_eq!(account.purchases().filter(|purchase| purchase.is_settled()).count(), ended);
    }
}

/// A customer is told "failed" once all money is back, and no sooner.
#[test]
fn a_purchase_has_failed_once_its_money_is_back() {
    let shop = pretend::shop_with("checkout", "before_order", "query_by_key", "at_once").unwrap();
    let mut opening = pretend::opening();
    opening.terms.plan = Some("scale".parse().unwrap());
    let mut backend = ringup_host::Joined { store: Memory::default(), outside: Pretend::new() };
    backend.store.open(&opening, backend.outside.now).unwrap();
    let host = Host::new(&shop, &WorldPlan);
    let mut command = pretend::purchase("p", "key", "");
    (command.request.number, command.request.country) = (None, Some("US".into()));
    drive(host.submit(id(), command), &mut backend).unwrap();
    let purchase: ringup_core::PurchaseId = "p".parse().unwrap();
    let checkout: ringup_core::CheckoutId = "cs_1".parse().unwrap();
    let amount = |store: &Memory| stored(store).purchase(&"p".parse().unwrap()).unwrap().agreement.due_now();
    let status = |store: &Memory| PurchaseStatus::of(stored(store).purchase(&"p".parse().unwrap()).unwrap());
    let (paid_at, amount) = (backend.outside.now, amount(&backend.store));
    backend.outside.now = paid_at.plus_millis(3_900_000);
    drive(host.wake_up(id()), &mut backend).unwrap();
    assert_eq!(status(&backend.store), PurchaseStatus::Failed, "the checkout has ended, and nobody has paid");
    let paid = RecordCheckoutPaid { purchase: purchase.clone(), checkout: checkout.clone(), amount, paid_at };
    drive(host.submit(id(), paid), &mut backend).unwrap();
    assert_eq!(status(&backend.store), PurchaseStatus::NeedsReview, "of a session that nobody has told of");
    let confirmation = Confirmation::CheckoutOpen { checkout, url: String::new() };
    let (effect, finding) = (EffectKind::OpenCheckout, Finding::Done { confirmation });
    let found = ResolvePurchase { purchase, actor: Actor::default(), effect, finding };
    let mut account = stored(&backend.store);
    let decided = decide(&shop, &WorldPlan, &account, &Offers::default(), &found, backend.outside.now).unwrap();
    let Decided::Decision(decision) = decided else { panic!("all is loaded") };
    apply(&mut account, &decision).unwrap();
    let owing = account.purchase(&found.purchase).unwrap();
    assert_eq!(PurchaseStatus::of(owing), PurchaseStatus::Compensating, "the money goes back");
    drive(host.submit(id(), found), &mut backend).unwrap();
    assert_eq!(status(&backend.store), PurchaseStatus::Failed, "the refund has run");
}

fn stored(store: &Memory) -> ringup_core::Account {
    store.stored(&id()).unwrap().account.clone()
}

#[test]
fn a_repeat_is_answered_with_the_earlier_purchase() {
    let mut play = Play::new("");
    play.play(pretend::purchase("p1", "key-1", "+14045550100"));
    let mut backend = ringup_host::Joined { store: &mut play.memory, outside: &mut play.outside };
    let shop = pretend::shop();
    let step = Host::new(&shop, &WorldPlan).submit(id(), pretend::purchase("p2", "key-1", "+14045550100"));
    let reply = drive(step, &mut backend).unwrap();
    assert_eq!((reply.purchase.as_str(), reply.repeated), ("p1", true));
}

#[test]
fn errors_are_told_by_who_must_act() {
    let shop = pretend::shop();
    let mut backend = ringup_host::Joined { store: Memory::default(), outside: Pretend::new() };
    backend.store.open(&pretend::opening(), Pretend::new().now).unwrap();
    // The customer.
    let step = Host::new(&shop, &WorldPlan).submit(id(), pretend::purchase("p1", "key-1", "+14045559999"));
    assert!(matches!(drive(step, &mut backend), Err(Unanswered::Command(PurchaseError::Refused(_)))));
    // The calling code.
    let step = Host::new(&shop, &WorldPlan)
        .submit(id(), TopUp { id: "mine".parse().unwrap(), actor: Actor::default(), money: usd(0) });
    let misuse = Misuse::AmountNotPositive { money: usd(0) };
    assert_eq!(drive(step, &mut backend), Err(Unanswered::Command(misuse)));
    // The host.
    let step = Host::new(&shop, &WorldPlan)
        .submit(id(), TopUp { id: "mine".parse().unwrap(), actor: Actor::default(), money: usd(1) });
    assert_eq!(drive(step, &mut Off), Err(Unanswered::Host(HostError::off("no database"))));
}

/// An inventory that gives one number to two purchases.
#[test]
fn a_number_that_is_given_twice_stores_nothing_and_holds_nothing_up() {
    let shop = pretend::shop();
    let mut backend = ringup_host::Joined { store: Memory::default(), outside: Twice(Pretend::new()) };
    backend.store.open(&pretend::opening(), backend.outside.0.now).unwrap();
    let any = |id: &str| {
        let mut command = pretend::purchase(id, &format!("key-{id}"), "");
        (command.request.number, command.request.country) = (None, Some("US".into()));
        command
    };
    let host = Host::new(&shop, &WorldPlan);
    drive(host.submit(id(), any("p1")), &mut backend).unwrap();
    assert_eq!(backend.store.stored(&id()).unwrap().account.numbers().count(), 1);
    // The one whose number is taken comes first.
    for command in [any("p2"), pretend::purchase("p3", "key-3", "+14045550101")] {
        drop(ringup_host::answer(host.submit(id(), command), &mut backend).unwrap());
    }
    let accepted = backend.store.stored(&id()).unwrap().account.clone();
    let number = "+14045550100".parse().unwrap();
    let misuse = Misuse::NumberTaken { number, purchase: "p1".parse().unwrap() };
    assert_eq!(ringup_host::run(host.run_effects(id()), &mut backend), Err(HostError::Misuse(misuse)));
    let Stored { account, events } = backend.store.stored(&id()).unwrap();
    let p2 = "p2".parse().unwrap();
    assert_eq!(account.purchase(&p2), accepted.purchase(&p2));
    let of_p2 = events.iter().filter(|stored| stored.event.purchase() == Some(&p2)).map(|stored| stored.event.name());
    assert_eq!(of_p2.collect::<Vec<_>>(), ["purchase_accepted"]);
    assert_eq!(account.numbers().map(|held| held.purchase.as_str()).collect::<Vec<_>>(), ["p1", "p3"]);
    assert_eq!(ringup_host::replay(events).as_ref(), Ok(account));
}

/// A world that reserves its first number whenever any would do.
struct Twice(Pretend);

impl Outside for Twice {
    fn now(&mut self) -> ringup_core::Timestamp {
        self.0.now
    }
    fn search(
        &mut self,
        account: &AccountId,
        selector: &ringup_core::Selector,
    ) -> Result<ringup_host::Found, HostError> {
        self.0.search(account, selector)
    }
    fn run(&mut self, _: &ringup_core::Account, effect: &ringup_core::Effect) -> Result<Outcome, HostError> {
        let any = matches!(effect.action, Action::Reserve { selector: ringup_core::Selector::Any { .. }, .. });
        let confirmation = Confirmation::Reserved { offer: pretend::offer("+14045550100") };
        Ok(if any { Outcome::Confirmed { confirmation } } else { self.0.perform(effect) })
    }
}

#[test]
fn steps_can_be_sent_between_threads() {
    fn is_send<T: Send>(_: &T) {}
    let shop = pretend::shop();
    is_send(&Host::new(&shop, &WorldPlan).submit(id(), WakeUp { records: Vec::new() }));
    is_send(&Host::new(&shop, &WorldPlan).run_effects(id()));
}

/// A driver that answers by a script.
struct Play {
    script: VecDeque<(String, String)>,
    memory: Memory,
    outside: Pretend,
    trail: Vec<String>,
}

impl Play {
    fn new(script: &str) -> Self {
        let script = script.split_whitespace().map(|word| word.split_once('=').unwrap());
        let script = script.map(|(step, result)| (step.into(), result.into())).collect();
        let mut memory = Memory::default();
        memory.open(&pretend::opening(), Pretend::new().now).unwrap();
        Self { script, memory, outside: Pretend::new(), trail: Vec::new() }
    }

    /// What the script says of this step, if it says anything.
    fn says(&mut self, step: &str) -> String {
        match self.script.front() {
            Some((next, _)) if next == step => self.script.pop_front().unwrap().1,
            _ => "ok".into(),
        }
    }

    fn play<C: HostedCommand>(&mut self, command: C) -> String
    where
        C::Error: Code,
    {
        let shop = pretend::shop();
        let begin = self.outside.now;
        let mut step = Host::new(&shop, &WorldPlan).submit(id(), command);
        let mut rest = loop {
            step = match step {
                RequestStep::Load(load) => {
                    self.trail.push("load".into());
                    let absent = self.says("load") == "absent";
                    let account = self.memory.load(load.account(), load.needs()).unwrap().filter(|_| !absent);
                    load.loaded(account, begin)
                }
                RequestStep::Search(search) => {
                    self.trail.push("search".into());
                    let found = self.outside.search(search.account(), search.selector()).unwrap().numbers;
                    match self.says("search").as_str() {
                        "nothing" => search.found(Vec::new(), 60, begin),
                        "expired" => search.found(found, 0, begin),
                        _ => search.found(found, 60, begin),
                    }
                }
                RequestStep::Store(store) => {
                    self.told("store", store.append().events());
                    match self.append(store.append()) {
                        Appended::Stored => store.stored(),
                        Appended::Stale => store.stale(),
                    }
                }
                RequestStep::Answer(answer, rest) => {
                    let code = answer.map_or_else(
                        |error| match error {
                            Unanswered::Command(error) => error.code(),
                            Unanswered::Host(error) => host_code(&error),
                        },
                        |_| "ok".into(),
                    );
                    self.trail.push(format!("answer:{code}"));
                    break rest.go_on(begin);
                }
            };
        };
        loop {
            rest = match rest {
                EffectStep::Load(load) => {
                    self.trail.push("load".into());
                    let account = self.memory.load(load.account(), load.needs()).unwrap();
                    load.loaded(account, begin)
                }
                EffectStep::Run(run) => {
                    self.trail.push(format!("run:{}", run.effect().id.kind.name()));
                    match self.says("run").as_str() {
                        "unknown" => run.done(Outcome::Unknown, begin),
                        "declined" => run.done(Outcome::Declined { reason: "no".into() }, begin),
                        "leased" => run.leased(begin.plus_millis(60_000), begin),
                        "moved" => run.stale(),
                        _ => {
                            let outcome = self.outside.perform(run.effect());
                            run.done(outcome, begin)
                        }
                    }
                }
                EffectStep::Store(store) => {
                    self.told("store", store.append().events());
                    match self.append(store.append()) {
                        Appended::Stored => store.stored(begin),
                        Appended::Stale => store.stale(),
                    }
                }
                EffectStep::Wait(None) => {
                    self.trail.push("rest".into());
                    break;
                }
                EffectStep::Wait(Some(until)) => {
                    self.trail.push(format!("wait:{}", until.as_millis() - begin.as_millis()));
                    break;
                }
                EffectStep::Failed(error) => {
                    self.trail.push(format!("failed:{}", host_code(&error)));
                    break;
                }
            };
        }
        assert!(self.script.is_empty(), "not asked for: {:?}", self.script);
        std::mem::take(&mut self.trail).join(" ")
    }

    fn told(&mut self, step: &str, events: &[ringup_host::StoredEvent]) {
        let names: Vec<_> = events.iter().map(|stored| stored.event.name()).collect();
        self.trail.push(format!("{step}:{}", names.join("+")));
    }

    /// Stores; if the script says so, another writer is first.
    fn append(&mut self, append: &ringup_host::Append) -> Appended {
        if self.says("store") == "raced" {
            let shop = pretend::shop();
            let mut backend = ringup_host::Joined { store: &mut self.memory, outside: Pretend::new() };
            let name = format!("other-{}", self.trail.len()).parse().unwrap();
            let other =
                Host::new(&shop, &WorldPlan).submit(id(), TopUp { id: name, actor: Actor::default(), money: usd(1) });
            assert!(matches!(ringup_host::answer(other, &mut backend), Ok((NamedAnswer::Noted, _))));
        }
        self.memory.append(append).unwrap()
    }
}

/// A backend whose database is off.
struct Off;

impl Store for Off {
    fn load(&mut self, _: &AccountId, _: &[Need]) -> Result<Option<ringup_core::Account>, HostError> {
        Err(HostError::off("no database"))
    }
    fn append(&mut self, _: &ringup_host::Append) -> Result<Appended, HostError> {
        Err(HostError::off("no database"))
    }
}

impl Outside for Off {
    fn now(&mut self) -> ringup_core::Timestamp {
        Pretend::new().now
    }
    fn search(&mut self, _: &AccountId, _: &ringup_core::Selector) -> Result<ringup_host::Found, HostError> {
        Err(HostError::off("no inventory"))
    }
    fn run(&mut self, _: &ringup_core::Account, _: &ringup_core::Effect) -> Result<Outcome, HostError> {
        Err(HostError::off("no carrier"))
    }
}

/// A short name for an error.
trait Code {
    fn code(&self) -> String;
}

impl Code for Misuse {
    fn code(&self) -> String {
        Self::code(self).into()
    }
}

impl Code for PurchaseError {
    fn code(&self) -> String {
        match self {
            Self::Refused(rejection) => rejection.code().into(),
            Self::Misuse(misuse) => misuse.code().into(),
        }
    }
}

fn host_code(error: &HostError) -> String {
    match error {
        HostError::Off { .. } => "off".into(),
        HostError::Stale => "stale".into(),
        HostError::Misuse(misuse) => misuse.code().into(),
        HostError::Broken(_) => "broken".into(),
    }
}

fn id() -> AccountId {
    "account-1".parse().unwrap()
}

fn usd(minor_units: i64) -> Money {
    Money::new(minor_units, "USD".parse().unwrap()).unwrap()
}
