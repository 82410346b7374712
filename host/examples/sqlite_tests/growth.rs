//! What a command costs does not depend on how large the account is.
#![allow(clippy::arithmetic_side_effects, reason = "a test may panic, that is how it fails")]

use std::sync::atomic::AtomicU64;

use ringup_core::{
    Account, Actor, AnyCommand, ChangeTerms, Confirmation, Money, RecordOutcome, ReleaseNumber, SetHolder, TopUp,
    WakeUp, policies,
};
use ringup_host::{Memory, Unanswered};

use super::*;

/// The count of SQLite's steps: the instructions of its virtual machine.
type Steps = Arc<AtomicU64>;

/// What a command cost.
#[derive(Clone, Copy, Debug)]
struct Cost {
    steps: u64,
    rows_written: u64,
    bytes_read: usize,
    bytes_written: usize,
}

/// A store that weighs what is read and written.
struct Weighed {
    store: Database,
    read: usize,
    written: usize,
}

impl Store for Weighed {
    fn load(&mut self, account: &AccountId, needs: &[Need]) -> Result<Option<Account>, HostError> {
        let account = self.store.load(account, needs)?;
        self.read += serde_json::to_string(&account).unwrap().len();
        Ok(account)
    }
    fn append(&mut self, append: &Append) -> Result<Appended, HostError> {
        let records: Vec<_> = append.records().map(|(_, record)| record).collect();
        self.written += serde_json::to_string(&(append.head(), records, append.events())).unwrap().len();
        self.store.append(append)
    }
}

#[test]
fn a_command_costs_as_much_with_ten_thousand_of_everything_as_with_ten() {
    let (few, many) = (costs(10), costs(10_000));
    assert_eq!(few.len(), many.len());
    for ((command, few), (_, many)) in few.iter().zip(&many) {
        let bytes = |count: usize| u64::try_from(count).unwrap();
        for (few, many) in [
            (few.steps, many.steps),
            (few.rows_written, many.rows_written),
            (bytes(few.bytes_read), bytes(many.bytes_read)),
            (bytes(few.bytes_written), bytes(many.bytes_written)),
        ] {
            assert!(many * 2 <= few * 3, "{command}: {few} with ten, {many} with ten thousand");
        }
    }
}

/// What each command of a day costs, in an account with `count` numbers, holders, keys and pending purchases.
fn costs(count: usize) -> Vec<(&'static str, Cost)> {
    let (shop, now) = (shop(), Pretend::new().now.plus_millis(500));
    let steps = Steps::default();
    let mut store = Database::open(Path::new(":memory:")).unwrap();
    store.import(&grown(&shop, count)).unwrap();
    let counted = Arc::clone(&steps);
    let count_step = move || {
        counted.fetch_add(1, Ordering::Relaxed);
        false
    };
    store.0.progress_handler(1, Some(count_step)).unwrap();
    let mut outside = Pretend::new();
    outside.now = now;
    let mut backend = Joined { store: Weighed { store, read: 0, written: 0 }, outside };
    let mut costs = Vec::new();
    for (name, command) in day() {
        let rows = backend.store.store.0.total_changes();
        (backend.store.read, backend.store.written) = (0, 0);
        steps.store(0, Ordering::Relaxed);
        let step = Host::new(&shop, &WorldPlan).submit("account-1".parse().unwrap(), command);
        let before = stored::version(&backend.store.store);
        match answer(step, &mut backend) {
            // What is pending is looked at; nothing is due.
            Ok((_, rest)) if name == "wake up" => drop(run(rest.go_on(now), &mut backend).unwrap()),
            Ok(_) => assert_eq!(before != stored::version(&backend.store.store), stores(name), "{name}"),
            Err(Unanswered::Command(_)) => assert_eq!(name, "refused: held already"),
            Err(error) => panic!("{name}: {error:?}"),
        }
        let cost = Cost {
            steps: steps.load(Ordering::Relaxed),
            rows_written: backend.store.store.0.total_changes() - rows,
            bytes_read: backend.store.read,
            bytes_written: backend.store.written,
        };
        costs.push((name, cost));
    }
    costs
}

fn stores(name: &str) -> bool {
    !["repeated", "repeated outcome"].contains(&name)
}

/// A shop that sells any count of numbers.
fn shop() -> Shop {
    let mut data: serde_json::Value = serde_json::from_str(policies::RINGUP).unwrap();
    data["policy"]["order_evidence"] = "query_by_key".into();
    data["policy"]["plan_limits"] = false.into();
    Shop::new(serde_json::from_value(data).unwrap()).unwrap()
}

/// One of each command.
fn day() -> Vec<(&'static str, AnyCommand)> {
    let buy = |id: &str, key: &str, number: &str| AnyCommand::Purchase(pretend::purchase(id, key, number));
    let any = {
        let mut command = pretend::purchase("new-2", "new-key-2", "");
        (command.request.number, command.request.country) = (None, Some("US".into()));
        AnyCommand::Purchase(command)
    };
    let confirmed = |effect: &str, confirmation| {
        let outcome = Outcome::Confirmed { confirmation };
        AnyCommand::RecordOutcome(RecordOutcome { effect: effect.parse().unwrap(), outcome })
    };
    let reserved = |number| Confirmation::Reserved { offer: pretend::offer(number) };
    let holder = |holder: &str, counted| {
        AnyCommand::SetHolder(SetHolder { holder: holder.parse().unwrap(), allowed: true, counted })
    };
    let money = Money::new(1, "USD".parse().unwrap()).unwrap();
    let number = "held-3".parse().unwrap();
    vec![
        ("bought", buy("new-1", "new-key-1", "+14045550100")),
        ("reserved", confirmed("new-1/reserve", reserved("+14045550100"))),
        ("activated", confirmed("new-1/order", Confirmation::Done)),
        ("repeated", buy("new-1b", "new-key-1", "+14045550100")),
        ("repeated outcome", confirmed("new-1/order", Confirmation::Done)),
        ("any bought", any),
        ("any reserved", confirmed("new-2/reserve", reserved("+14045550101"))),
        ("joined", buy("new-3", "new-key-3", "+14045570001")),
        ("refused: held already", buy("new-4", "key-held-1", "+14045560002")),
        ("found", confirmed("open-2/query_order/1", Confirmation::OrderFound)),
        ("release", AnyCommand::Release(ReleaseNumber { number, actor: Actor::default(), when: None })),
        ("released", confirmed("held-3/release", Confirmation::Done)),
        ("topped up", AnyCommand::TopUp(TopUp { id: "top-up-1".parse().unwrap(), actor: Actor::default(), money })),
        ("terms changed", AnyCommand::ChangeTerms(ChangeTerms { terms: pretend::opening().terms })),
        ("holder added", holder("another", true)),
        ("holder changed", holder("holder-4", false)),
        ("wake up", AnyCommand::WakeUp(WakeUp { records: Vec::new() })),
    ]
}

/// The history of an account with `count` held numbers, pending purchases, keys and holders: two real purchases, many
/// times, with other names.
fn grown(shop: &Shop, count: usize) -> Vec<StoredEvent> {
    let mut outside = Pretend::new();
    let mut opening = pretend::opening();
    let wallet = Money::new(1_000_000_000, "USD".parse().unwrap()).unwrap();
    (opening.wallet, opening.holders) = (vec![wallet], vec!["support".parse().unwrap()]);
    let holders = (0..count).map(|n| format!("holder-{n}").parse().unwrap());
    opening.holders.extend(holders);
    let mut memory = Memory::default();
    memory.open(&opening, outside.now).unwrap();
    let mut begun = memory.stored(&opening.account).unwrap().events.clone();
    let mut bought = |id: &str, number: &str| {
        let before = memory.stored(&opening.account).unwrap().events.len();
        let command = pretend::purchase(id, &format!("key-{id}"), number);
        let mut backend = Joined { store: &mut memory, outside: &mut outside };
        drive(Host::new(shop, &WorldPlan).submit(opening.account.clone(), command), &mut backend).unwrap();
        // The order of the next one loses its reply.
        outside.loses_reply.insert(EffectKind::Order);
        let events = memory.stored(&opening.account).unwrap().events.iter().skip(before);
        events.map(|stored| serde_json::to_string(stored).unwrap()).collect::<Vec<_>>()
    };
    let held = bought("held-0", "+14045550100");
    let open = bought("open-0", "+14045550101");
    for n in 0..count {
        for (events, id, number) in [(&held, "held", "+14045550100"), (&open, "open", "+14045550101")] {
            let (other, kind) = (format!("{id}-{n}"), if id == "held" { 6 } else { 7 });
            for event in events {
                let event = event.replace(&format!("{id}-0"), &other);
                let event = event.replace(number, &format!("+140455{kind}{n:04}"));
                let mut stored: StoredEvent = serde_json::from_str(&event).unwrap();
                stored.seq = u64::try_from(begun.len()).unwrap() + 1;
                begun.push(stored);
            }
        }
    }
    begun
}
