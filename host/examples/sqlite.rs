//! A store on SQLite: accounts survive the process, and several workers share them.
//!
//! `cargo run -p ringup-host --example sqlite -- accounts.db`

mod pretend;

use std::error::Error;
use std::path::Path;
use std::time::Duration;

use pretend::Pretend;
use ringup_core::{Account, AccountId, EffectId, List, Need, Opening, Record, RecordId, Shop, Timestamp};
use ringup_host::{
    Append, Appended, Host, HostError, Joined, Lease, Outside, Store, StoredEvent, answer, drive, opening_events,
    replay, run,
};
use ringup_numbering::WorldPlan;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde::de::DeserializeOwned;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| ":memory:".into());
    let (shop, opening, outside) = (pretend::shop(), pretend::opening(), Pretend::new());
    let id = opening.account.clone();
    let mut store = Database::open(Path::new(&path))?;
    store.open_account(&opening, outside.now)?;
    let mut backend = Joined { store, outside };
    let bought = drive(
        Host::new(&shop, &WorldPlan).submit(id.clone(), pretend::purchase("p1", "key-1", "+14045550100")),
        &mut backend,
    )?;
    println!("purchase {}, repeated: {}", bought.purchase, bought.repeated);
    wake_up_all(&shop, &mut backend)?;
    for number in backend.load(&id, &[Need::First { list: List::Held, most: 10 }])?.iter().flat_map(Account::numbers) {
        println!("held {}", number.number);
    }
    Ok(())
}

// [worker]
/// What a worker does again and again: it wakes up every account that is due.
fn wake_up_all<O: Outside>(shop: &Shop, backend: &mut Joined<Database, O>) -> Result<(), Box<dyn Error>> {
    let now = backend.now();
    for account in backend.store.due_accounts(now)? {
        let (_, rest) = answer(Host::new(shop, &WorldPlan).wake_up(account), backend)?;
        // Another worker may have been first: then there is nothing to run.
        run(rest.go_on(backend.now()), backend)?;
    }
    Ok(())
}
// [end]

/// Accounts in SQLite.
struct Database(Connection);

/// How long a lease lasts: longer than the longest call to the carrier.
const LEASE_MS: i64 = 60_000;

// [tables]
const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS heads (
        account TEXT PRIMARY KEY,
        version INTEGER NOT NULL,   -- how many events the account has
        due_ms INTEGER,             -- when to wake it up; NULL: nothing is pending
        head TEXT NOT NULL          -- as JSON
    ) STRICT;
    CREATE INDEX IF NOT EXISTS heads_due ON heads (due_ms);
    CREATE TABLE IF NOT EXISTS records (
        account TEXT NOT NULL REFERENCES heads (account),
        id TEXT NOT NULL,           -- the record's id: purchase/p1
        record TEXT NOT NULL,       -- as JSON
        PRIMARY KEY (account, id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS entries (
        account TEXT NOT NULL,
        record TEXT NOT NULL,       -- the record's id
        list TEXT NOT NULL,
        place INTEGER NOT NULL,     -- its place in the list
        PRIMARY KEY (account, record, list)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS entries_first ON entries (account, list, place, record);
    CREATE TABLE IF NOT EXISTS events (
        account TEXT NOT NULL REFERENCES heads (account),
        seq INTEGER NOT NULL,       -- from 1; the version after it
        format INTEGER NOT NULL,
        stored TEXT NOT NULL,       -- the event with format, place and instant, as JSON
        PRIMARY KEY (account, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS leases (
        effect TEXT PRIMARY KEY,
        until_ms INTEGER NOT NULL
    ) STRICT;
";
// [end]

impl Database {
    fn open(path: &Path) -> rusqlite::Result<Self> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // With WAL, a commit survives the machine only if it is written through.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.execute_batch(TABLES)?;
        Ok(Self(connection))
    }

    // [open]
    /// Opens an account; one that is there already stays as it is.
    fn open_account(&mut self, opening: &Opening, at: Timestamp) -> Result<(), HostError> {
        self.import(&opening_events(opening, at))
    }

    /// Stores an account with its history.
    fn import(&mut self, events: &[StoredEvent]) -> Result<(), HostError> {
        let account = replay(events)?;
        let (id, version) = (account.id().as_str(), sql(account.version())?);
        let head = serde_json::to_string(account.head()).map_err(HostError::off)?;
        let writing = self.write()?;
        let insert = "INSERT INTO heads VALUES (?1, ?2, NULL, ?3) ON CONFLICT DO NOTHING";
        if writing.execute(insert, params![id, version, head]).map_err(HostError::off)? == 0 {
            return Ok(());
        }
        write_events(&writing, id, events)?;
        write_records(&writing, id, account.records().map(|record| (record.id(), Some(record))))?;
        writing.commit().map_err(HostError::off)
    }
    // [end]

    // [rebuild]
    /// Makes the head and the records anew from the events: the stored ones are damaged, or of another format.
    #[allow(dead_code, reason = "a tool of the developer's")]
    fn rebuild(&mut self, account: &AccountId) -> Result<(), HostError> {
        let writing = self.write()?;
        let id = account.as_str();
        let events: Vec<StoredEvent> =
            read(&writing, "SELECT stored FROM events WHERE account = ?1 ORDER BY seq", params![id])?;
        let account = replay(&events)?;
        let head = serde_json::to_string(account.head()).map_err(HostError::off)?;
        execute(&writing, "DELETE FROM records WHERE account = ?1", params![id])?;
        execute(&writing, "DELETE FROM entries WHERE account = ?1", params![id])?;
        let update = "UPDATE heads SET version = ?2, head = ?3 WHERE account = ?1";
        execute(&writing, update, params![id, sql(account.version())?, head])?;
        write_records(&writing, id, account.records().map(|record| (record.id(), Some(record))))?;
        writing.commit().map_err(HostError::off)
    }
    // [end]

    // [due]
    /// The accounts to be woken up, the longest overdue first.
    fn due_accounts(&mut self, now: Timestamp) -> Result<Vec<AccountId>, HostError> {
        let query = "SELECT account FROM heads WHERE due_ms <= ?1 ORDER BY due_ms LIMIT 100";
        let mut query = self.0.prepare_cached(query).map_err(HostError::off)?;
        let ids = query.query_map([now.as_millis()], |row| row.get::<_, String>(0)).map_err(HostError::off)?;
        ids.map(|id| id.map_err(HostError::off)?.parse().map_err(HostError::off)).collect()
    }
    // [end]

    /// A transaction that writes. It takes the lock at once, so that what it reads stays as it is until it commits.
    fn write(&mut self) -> Result<Transaction<'_>, HostError> {
        self.0.transaction_with_behavior(TransactionBehavior::Immediate).map_err(HostError::off)
    }
}

impl Store for Database {
    // [load]
    fn load(&mut self, account: &AccountId, needs: &[Need]) -> Result<Option<Account>, HostError> {
        // One transaction, so that the head and the records are of one moment.
        let reading = self.0.transaction().map_err(HostError::off)?;
        let id = account.as_str();
        let head = "SELECT head FROM heads WHERE account = ?1";
        let Some(head) = read(&reading, head, params![id])?.pop() else { return Ok(None) };
        let mut account = Account::part(head);
        for need in needs {
            let found = match need {
                Need::Record { record } => {
                    let query = "SELECT record FROM records WHERE account = ?1 AND id = ?2";
                    read(&reading, query, params![id, record.to_string()])?
                }
                Need::First { list, most } => {
                    let query = "SELECT r.record
                        FROM entries AS e JOIN records AS r ON r.account = e.account AND r.id = e.record
                        WHERE e.account = ?1 AND e.list = ?2 ORDER BY e.place, e.record LIMIT ?3";
                    read(&reading, query, params![id, list.name(), most])?
                }
            };
            account.provide(need, found);
        }
        Ok(Some(account))
    }
    // [end]

    // [append]
    fn append(&mut self, append: &Append) -> Result<Appended, HostError> {
        let writing = self.write()?;
        let (id, expected) = (append.account().as_str(), sql(append.expected_version())?);
        let head = serde_json::to_string(append.head()).map_err(HostError::off)?;
        // The comparison and the write are one statement.
        let update = "UPDATE heads SET version = ?3, head = ?4 WHERE account = ?1 AND version = ?2";
        let row = params![id, expected, sql(append.head().version())?, head];
        if execute(&writing, update, row)? == 0 {
            return Ok(Appended::Stale);
        }
        write_events(&writing, id, append.events())?;
        write_records(&writing, id, append.records().map(|(id, record)| (id.clone(), record)))?;
        if let Some(effect) = append.ended() {
            execute(&writing, "DELETE FROM leases WHERE effect = ?1", params![effect.to_string()])?;
        }
        writing.commit().map_err(HostError::off)?;
        Ok(Appended::Stored)
    }
    // [end]

    // [lease]
    fn lease(
        &mut self,
        account: &AccountId,
        version: u64,
        effect: &EffectId,
        now: Timestamp,
    ) -> Result<Lease, HostError> {
        let (effect, now_ms) = (effect.to_string(), now.as_millis());
        let writing = self.write()?;
        let stored: Option<i64> = writing
            .query_row("SELECT version FROM heads WHERE account = ?1", [account.as_str()], |row| row.get(0))
            .optional()
            .map_err(HostError::off)?;
        if stored != Some(sql(version)?) {
            return Ok(Lease::Stale);
        }
        let until_ms: Option<i64> = writing
            .query_row("SELECT until_ms FROM leases WHERE effect = ?1", [&effect], |row| row.get(0))
            .optional()
            .map_err(HostError::off)?;
        if let Some(until_ms) = until_ms.filter(|until_ms| now_ms < *until_ms) {
            return Ok(Lease::Taken { until: Timestamp::from_millis(until_ms) });
        }
        // A lease ends with its outcome. Of one that has run out, nobody has told.
        let lease = if until_ms.is_some() { Lease::RanOut } else { Lease::Granted };
        let row = params![effect, now_ms.saturating_add(LEASE_MS)];
        writing.execute("INSERT OR REPLACE INTO leases VALUES (?1, ?2)", row).map_err(HostError::off)?;
        writing.commit().map_err(HostError::off)?;
        Ok(lease)
    }
    // [end]
}

// [write]
fn write_events(writing: &Transaction<'_>, account: &str, events: &[StoredEvent]) -> Result<(), HostError> {
    for stored in events {
        let json = serde_json::to_string(stored).map_err(HostError::off)?;
        let row = params![account, sql(stored.seq)?, stored.format, json];
        execute(writing, "INSERT INTO events VALUES (?1, ?2, ?3, ?4)", row)?;
    }
    Ok(())
}

/// Writes the records that have changed, their entries in the lists, and when the account is due.
fn write_records(
    writing: &Transaction<'_>,
    account: &str,
    records: impl Iterator<Item = (RecordId, Option<Record>)>,
) -> Result<(), HostError> {
    for (id, record) in records {
        let id = id.to_string();
        execute(writing, "DELETE FROM entries WHERE account = ?1 AND record = ?2", params![account, id])?;
        let Some(record) = record else {
            execute(writing, "DELETE FROM records WHERE account = ?1 AND id = ?2", params![account, id])?;
            continue;
        };
        let json = serde_json::to_string(&record).map_err(HostError::off)?;
        execute(writing, "INSERT OR REPLACE INTO records VALUES (?1, ?2, ?3)", params![account, id, json])?;
        for (list, place) in record.lists() {
            let row = params![account, id, list.name(), place];
            execute(writing, "INSERT INTO entries VALUES (?1, ?2, ?3, ?4)", row)?;
        }
    }
    let due = "UPDATE heads
        SET due_ms = (SELECT min(place) FROM entries WHERE account = ?1 AND list = 'due')
        WHERE account = ?1";
    execute(writing, due, params![account])?;
    Ok(())
}
// [end]

/// The rows of a query, which are JSON.
fn read<T: DeserializeOwned>(
    reading: &Transaction<'_>,
    query: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<T>, HostError> {
    let mut query = reading.prepare_cached(query).map_err(HostError::off)?;
    let rows = query.query_map(params, |row| row.get::<_, String>(0)).map_err(HostError::off)?;
    rows.map(|row| serde_json::from_str(&row.map_err(HostError::off)?).map_err(HostError::unreadable)).collect()
}

fn execute(writing: &Transaction<'_>, statement: &str, row: impl rusqlite::Params) -> Result<usize, HostError> {
    writing.prepare_cached(statement).and_then(|mut statement| statement.execute(row)).map_err(HostError::off)
}

/// SQLite's integers have a sign.
fn sql(count: u64) -> Result<i64, HostError> {
    i64::try_from(count).map_err(HostError::off)
}

#[cfg(test)]
#[path = "sqlite_tests/mod.rs"]
mod tests;
