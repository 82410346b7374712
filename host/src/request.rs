//! A request: the steps from a command to its answer.

use alloc::vec::Vec;
use core::fmt;

use ringup_core::{Account, AccountId, Decided, Misuse, Need, OfferedNumber, Offers, Selector, Timestamp, decide};

use crate::append::Append;
use crate::command::HostedCommand;
use crate::effects::Rest;
use crate::failure::{HostError, Unanswered};
use crate::host::Host;

/// The most decisions on one command, after loads, searches or stale writes.
const DECISIONS_MAX: u32 = 24;

/// What a driver does next for a command.
pub enum RequestStep<'a, C: HostedCommand> {
    /// Load the account.
    Load(Load<'a, C>),
    /// Search the inventory.
    Search(Search<'a, C>),
    /// Store what was decided, on the version that it was decided on.
    Store(Store<'a, C>),
    /// Answer the sender: the events are stored. Then run the account's pending effects.
    Answer(Result<C::Reply, Unanswered<C::Error>>, Rest<'a>),
}

/// Load the account's head, and the parts that are needed.
pub struct Load<'a, C> {
    host: Host<'a>,
    account: AccountId,
    task: Task<C>,
}

/// Search the inventory, because the core lacks a fact.
pub struct Search<'a, C> {
    host: Host<'a>,
    account: Account,
    task: Task<C>,
    selector: Selector,
}

/// Store what was decided.
pub struct Store<'a, C: HostedCommand> {
    host: Host<'a>,
    task: Task<C>,
    append: Append,
    reply: C::Reply,
}

/// A command, the searches that were made for it, and how often it was decided.
struct Task<C> {
    command: C,
    offers: Offers,
    decisions: u32,
    // Every part that was needed so far.
    needs: Vec<Need>,
}

pub(crate) fn begin<C: HostedCommand>(
    host: Host<'_>,
    account: AccountId,
    command: C,
    offers: Offers,
) -> RequestStep<'_, C> {
    RequestStep::Load(Load { host, account, task: Task { command, offers, decisions: 0, needs: Vec::new() } })
}

impl<'a, C: HostedCommand> Load<'a, C> {
    /// Which account.
    #[must_use]
    pub const fn account(&self) -> &AccountId {
        &self.account
    }

    /// The parts to load, besides the head. All are of one moment: read them in one transaction, the head too.
    #[must_use]
    pub fn needs(&self) -> &[Need] {
        &self.task.needs
    }

    /// The account as it is stored at this moment, with at least the needed parts; none, if there is none of this id.
    #[must_use]
    pub fn loaded(self, account: Option<Account>, now: Timestamp) -> RequestStep<'a, C> {
        let Self { host, account: id, task } = self;
        match account {
            Some(account) => task.decide(host, account, now),
            None => {
                let unknown = Misuse::AccountUnknown { account: id.clone() };
                RequestStep::Answer(Err(Unanswered::Command(unknown.into())), Rest::unread(host, id))
            }
        }
    }
}

impl<'a, C: HostedCommand> Search<'a, C> {
    /// The account; accounts may have different carriers.
    #[must_use]
    pub const fn account(&self) -> &AccountId {
        self.account.id()
    }

    /// What to search for.
    #[must_use]
    pub const fn selector(&self) -> &Selector {
        &self.selector
    }

    /// The numbers found, possibly none, and how many seconds the result is valid.
    #[must_use]
    pub fn found(self, numbers: Vec<OfferedNumber>, lifetime_s: u32, now: Timestamp) -> RequestStep<'a, C> {
        let Self { host, account, mut task, selector } = self;
        let expires_at = now.plus_seconds(lifetime_s);
        task.offers.searches.push(ringup_core::Search { selector, seen_at: now, expires_at, numbers });
        task.decide(host, account, now)
    }
}

impl<'a, C: HostedCommand> Store<'a, C> {
    /// What to store.
    #[must_use]
    pub const fn append(&self) -> &Append {
        &self.append
    }

    /// It is stored.
    #[must_use]
    pub fn stored(self) -> RequestStep<'a, C> {
        let (account, changed) = self.append.into_after();
        RequestStep::Answer(Ok(self.reply), Rest::of(self.host, account, changed))
    }

    /// The account is stored at another version, and nothing was written.
    #[must_use]
    pub fn stale(self) -> RequestStep<'a, C> {
        let account = self.append.account().clone();
        RequestStep::Load(Load { host: self.host, account, task: self.task })
    }
}

impl<C: HostedCommand> Task<C> {
    fn decide(mut self, host: Host<'_>, account: Account, now: Timestamp) -> RequestStep<'_, C> {
        if DECISIONS_MAX <= self.decisions {
            return RequestStep::Answer(Err(HostError::Stale.into()), Rest::of(host, account, Vec::new()));
        }
        self.decisions = self.decisions.saturating_add(1);
        if let Err(need) = self.command.prepare(&account, now) {
            return self.load(host, account.id().clone(), [need].into());
        }
        let decision = match decide(host.shop, host.numbering, &account, &self.offers, &self.command, now) {
            Ok(Decided::Decision(decision)) => decision,
            Ok(Decided::Load { needs }) => return self.load(host, account.id().clone(), needs),
            Ok(Decided::Search { selector }) => {
                return RequestStep::Search(Search { host, account, task: self, selector });
            }
            Err(error) => {
                return RequestStep::Answer(Err(Unanswered::Command(error)), Rest::of(host, account, Vec::new()));
            }
        };
        if decision.events.is_empty() {
            return RequestStep::Answer(Ok(C::reply(decision.answer)), Rest::of(host, account, Vec::new()));
        }
        let id = account.id().clone();
        match Append::of(account, &decision, now) {
            Ok(append) => {
                let reply = C::reply(decision.answer);
                RequestStep::Store(Store { host, task: self, append, reply })
            }
            Err(error) => RequestStep::Answer(Err(error.into()), Rest::unread(host, id)),
        }
    }

    /// Loads what is missing, with what was needed before: all parts must be of one moment.
    fn load(mut self, host: Host<'_>, account: AccountId, needs: Vec<Need>) -> RequestStep<'_, C> {
        for need in needs {
            if let Need::First { list, most: _ } = &need {
                self.needs.retain(|known| !matches!(known, Need::First { list: other, most: _ } if other == list));
            }
            if !self.needs.contains(&need) {
                self.needs.push(need);
            }
        }
        RequestStep::Load(Load { host, account, task: self })
    }
}

impl<C: HostedCommand> fmt::Debug for RequestStep<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Load(load) => write!(f, "load {}", load.account()),
            Self::Search(search) => write!(f, "search {:?}", search.selector()),
            Self::Store(store) => {
                let append = store.append();
                write!(f, "store {} on {}:", append.account(), append.expected_version())?;
                append.events().iter().try_for_each(|stored| write!(f, " {}", stored.event.name()))
            }
            Self::Answer(..) => f.write_str("answer"),
        }
    }
}
