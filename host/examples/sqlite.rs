//! A store on SQLite: accounts survive the process, and several workers share them.
//!
//! `cargo run -p ringup-host --example sqlite -- accounts.db`

mod pretend;

use std::error::Error;
use std::path::Path;
use std::time::Duration;

use pretend::Pretend;
use ringup_core::{Account, AccountId, EVENT_FORMAT, EffectId, Shop, Timestamp};
use ringup_host::{
    Append, Appended, Host, HostError, Joined, Lease, Outside, Store, StoredEvent, answer, drive, replay, run,
};
use ringup_numbering::WorldPlan;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| ":memory:".into());
    let (shop, opening) = (pretend::shop(), pretend::account());
    let id = opening.id().clone();
    let mut store = Database::open(Path::new(&path))?;
    store.open_account(&opening)?;
    let mut backend = Joined { store, outside: Pretend::new() };
    let bought = drive(
        Host::new(&shop, &WorldPlan).submit(id.clone(), pretend::purchase("p1", "key-1", "+14045550100")),
        &mut backend,
    )?;
    println!("purchase {}, repeated: {}", bought.purchase, bought.repeated);
    wake_up_all(&shop, &mut backend)?;
    for number in backend.load(&id)?.iter().flat_map(Account::numbers) {
        println!("held {}", number.offer.number);
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
    CREATE TABLE IF NOT EXISTS accounts (
        id TEXT PRIMARY KEY,
        opening TEXT NOT NULL,      -- the account as it was opened, as JSON
        version INTEGER NOT NULL,   -- how many events it has
        due_ms INTEGER              -- when to wake it up; NULL: nothing is pending
    ) STRICT;
    CREATE INDEX IF NOT EXISTS accounts_due ON accounts (due_ms);
    CREATE TABLE IF NOT EXISTS events (
        account TEXT NOT NULL REFERENCES accounts (id),
        seq INTEGER NOT NULL,       -- from 1; the version after it
        format INTEGER NOT NULL,
        stored TEXT NOT NULL,       -- the event with format, place and instant, as JSON
        PRIMARY KEY (account, seq)
    ) STRICT;
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

    /// Stores an account as it is opened; one that is there already stays as it is.
    fn open_account(&mut self, opening: &Account) -> Result<(), Box<dyn Error>> {
        let row = params![opening.id().as_str(), serde_json::to_string(opening)?, sql(opening.version())?];
        self.0.execute("INSERT INTO accounts VALUES (?1, ?2, ?3, NULL) ON CONFLICT DO NOTHING", row)?;
        Ok(())
    }

    // [due]
    /// The accounts to be woken up, the longest overdue first.
    fn due_accounts(&mut self, now: Timestamp) -> Result<Vec<AccountId>, HostError> {
        let query = "SELECT id FROM accounts WHERE due_ms <= ?1 ORDER BY due_ms LIMIT 100";
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
    fn load(&mut self, account: &AccountId) -> Result<Option<Account>, HostError> {
        // One transaction, so that opening and events are of one moment.
        let reading = self.0.transaction().map_err(HostError::off)?;
        let opening: Option<String> = reading
            .query_row("SELECT opening FROM accounts WHERE id = ?1", [account.as_str()], |row| row.get(0))
            .optional()
            .map_err(HostError::off)?;
        let Some(opening) = opening else { return Ok(None) };
        let mut query = reading
            .prepare_cached("SELECT stored FROM events WHERE account = ?1 ORDER BY seq")
            .map_err(HostError::off)?;
        let rows = query.query_map([account.as_str()], |row| row.get::<_, String>(0)).map_err(HostError::off)?;
        let mut events: Vec<StoredEvent> = Vec::new();
        for row in rows {
            events.push(serde_json::from_str(&row.map_err(HostError::off)?).map_err(HostError::off)?);
        }
        let opening = serde_json::from_str(&opening).map_err(HostError::off)?;
        Ok(Some(replay(opening, &events)?))
    }
    // [end]

    // [append]
    fn append(&mut self, append: &Append) -> Result<Appended, HostError> {
        let writing = self.write()?;
        let (id, expected) = (append.account().as_str(), sql(append.expected_version())?);
        let due_ms = append.due().map(Timestamp::as_millis);
        // The comparison and the write are one statement.
        let update = "UPDATE accounts SET version = ?3, due_ms = ?4 WHERE id = ?1 AND version = ?2";
        let row = params![id, expected, sql(append.after().version())?, due_ms];
        if writing.execute(update, row).map_err(HostError::off)? == 0 {
            return Ok(Appended::Stale);
        }
        for stored in append.events() {
            let json = serde_json::to_string(stored).map_err(HostError::off)?;
            let row = params![id, sql(stored.seq)?, EVENT_FORMAT, json];
            writing.execute("INSERT INTO events VALUES (?1, ?2, ?3, ?4)", row).map_err(HostError::off)?;
        }
        if let Some(effect) = append.ended() {
            writing.execute("DELETE FROM leases WHERE effect = ?1", [effect.to_string()]).map_err(HostError::off)?;
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
            .query_row("SELECT version FROM accounts WHERE id = ?1", [account.as_str()], |row| row.get(0))
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
        let row = params![effect, now_ms.saturating_add(LEASE_MS)];
        writing.execute("INSERT OR REPLACE INTO leases VALUES (?1, ?2)", row).map_err(HostError::off)?;
        writing.commit().map_err(HostError::off)?;
        Ok(Lease::Granted)
    }
    // [end]
}

/// SQLite's integers have a sign.
fn sql(count: u64) -> Result<i64, HostError> {
    i64::try_from(count).map_err(HostError::off)
}

#[cfg(test)]
#[path = "sqlite_tests/mod.rs"]
mod tests;
