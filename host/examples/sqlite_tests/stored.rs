//! What is stored is what the events make.

use proptest::proptest;
use ringup_core::{Actor, AnyCommand, TopUp};
use ringup_host::{AnyReply, HistoryError, Memory, Unanswered};

use super::histories::{self, any_history};
use super::*;

proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

    #[test]
    fn head_records_and_lists_are_those_of_the_events(history in any_history()) {
        let (opening, now) = (histories::opening(), Pretend::new().now);
        let id = &opening.account;
        let mut sqlite = Joined { store: Database::open(Path::new(":memory:")).unwrap(), outside: Stock(now) };
        sqlite.store.open_account(&opening, now).unwrap();
        let mut memory = Joined { store: Memory::default(), outside: Stock(now) };
        memory.store.open(&opening, now).unwrap();
        for next in &history.moves {
            let whole = memory.store.stored(id).unwrap().account.clone();
            let Some(command) = next.command(&whole, &mut memory.outside.0) else { continue };
            sqlite.outside.0 = memory.outside.0;
            let submit = || Host::new(&history.shop, &WorldPlan).submit(id.clone(), command.clone());
            let reply = told(answer(submit(), &mut memory));
            assert_eq!(told(answer(submit(), &mut sqlite)), reply);
            // A command that is not taken stores nothing, and no other store stores anything else.
            let stored = memory.store.stored(id).unwrap();
            if reply.is_err() {
                assert_eq!(stored.account, whole);
            }
            assert_eq!(version(&sqlite.store), sql(stored.account.version()).unwrap());
        }
        assert_eq!(events(&sqlite.store), memory.store.stored(id).unwrap().events);
        assert_eq!(account(&sqlite.store), replay(&events(&sqlite.store)).unwrap());
        assert_eq!(account(&sqlite.store), memory.store.stored(id).unwrap().account);
        assert_is_listed(&sqlite.store);
    }
}

fn told<R, E>(answered: Result<(R, ringup_host::Rest<'_>), Unanswered<E>>) -> Result<R, Unanswered<E>> {
    answered.map(|(reply, _)| reply)
}

#[test]
fn an_account_is_opened_once() {
    let (opening, now) = (pretend::opening(), Pretend::new().now);
    let mut backend = Joined { store: Database::open(Path::new(":memory:")).unwrap(), outside: Stock(now) };
    backend.store.open_account(&opening, now).unwrap();
    let command =
        AnyCommand::TopUp(TopUp { id: "top-up-1".parse().unwrap(), actor: Actor::default(), money: opening.wallet[0] });
    let shop = pretend::shop();
    let step = Host::new(&shop, &WorldPlan).submit(opening.account.clone(), command);
    assert_eq!(told(answer(step, &mut backend)), Ok(AnyReply::Noted));
    backend.store.open_account(&opening, now).unwrap();
    assert_eq!(account(&backend.store).version(), 4);
    assert_eq!(events(&backend.store).len(), 4);
}

#[test]
fn what_cannot_be_read_is_broken_and_is_rebuilt_from_the_events() {
    let (opening, now, shop) = (pretend::opening(), Pretend::new().now, pretend::shop());
    let mut backend = Joined { store: Database::open(Path::new(":memory:")).unwrap(), outside: Pretend::new() };
    backend.store.open_account(&opening, now).unwrap();
    let id = &opening.account;
    let buy = || Host::new(&shop, &WorldPlan).submit(id.clone(), pretend::purchase("p1", "key-1", "+14045550100"));
    drive(buy(), &mut backend).unwrap();
    let before = account(&backend.store);
    for damage in [
        "UPDATE heads SET head = json_set(head, '$.format', 1)",
        "UPDATE records SET record = '{}' WHERE id = 'key/key-1'",
    ] {
        assert_eq!(backend.store.0.execute(damage, []), Ok(1));
        let told = drive(buy(), &mut backend);
        assert!(matches!(&told, Err(Unanswered::Host(HostError::Broken(HistoryError::Unreadable { .. })))), "{told:?}");
        backend.store.rebuild(id).unwrap();
        assert_eq!(account(&backend.store), before);
        assert_is_listed(&backend.store);
        assert!(drive(buy(), &mut backend).unwrap().repeated);
    }
}

/// The whole account, as its head and records are stored.
pub(super) fn account(store: &Database) -> Account {
    let head: serde_json::Value = json(store, "SELECT head FROM heads").remove(0);
    let records: Vec<serde_json::Value> = json(store, "SELECT record FROM records");
    serde_json::from_value(serde_json::json!({ "head": head, "records": records })).unwrap()
}

/// The version of the only account.
pub(super) fn version(store: &Database) -> i64 {
    store.0.query_row("SELECT version FROM heads", [], |row| row.get(0)).unwrap()
}

pub(super) fn events(store: &Database) -> Vec<StoredEvent> {
    json(store, "SELECT stored FROM events ORDER BY seq")
}

fn json<T: DeserializeOwned>(store: &Database, query: &str) -> Vec<T> {
    let mut query = store.0.prepare(query).unwrap();
    let rows = query.query_map([], |row| row.get::<_, String>(0)).unwrap();
    rows.map(|row| serde_json::from_str(&row.unwrap()).unwrap()).collect()
}

/// The entries are those of the records, and the account is due when its first record is.
fn assert_is_listed(store: &Database) {
    let account = account(store);
    let mut query = store.0.prepare("SELECT record, list, place FROM entries").unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    let mut found: Vec<(String, String, i64)> = rows.map(Result::unwrap).collect();
    let records: Vec<Record> = account.records().collect();
    let entries = records.iter().flat_map(|record| {
        let lists = record.lists().into_iter();
        lists.map(|(list, place)| (record.id().to_string(), list.name().to_string(), place))
    });
    let mut expected: Vec<_> = entries.collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    let (version, due): (i64, Option<i64>) =
        store.0.query_row("SELECT version, due_ms FROM heads", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!(due, account.due().map(Timestamp::as_millis));
    assert_eq!(version, sql(account.version()).unwrap());
}

/// An inventory from which nothing is gone.
struct Stock(Timestamp);

impl Outside for Stock {
    fn now(&mut self) -> Timestamp {
        self.0
    }
    fn search(&mut self, _: &AccountId, selector: &Selector) -> Result<Found, HostError> {
        Ok(Found { numbers: histories::search(selector), lifetime_s: 60 })
    }
    fn run(&mut self, _: &Account, _: &Effect) -> Result<Outcome, HostError> {
        Ok(Outcome::Unknown)
    }
}
