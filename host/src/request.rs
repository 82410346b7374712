//! A request: the steps from a command to its answer.

use alloc::vec::Vec;
use core::fmt;

use ringup_core::{Account, AccountId, Misuse, OfferedNumber, Offers, Selector, Timestamp, decide};

use crate::append::Append;
use crate::command::{HostedCommand, Reading};
use crate::effects::Rest;
use crate::failure::{HostError, Unanswered};
use crate::host::Host;

/// The most decisions on one command, after searches or stale writes.
const DECISIONS_MAX: u32 = 8;

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

/// Load the account.
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
}

pub(crate) fn begin<C: HostedCommand>(
    host: Host<'_>,
    account: AccountId,
    command: C,
    offers: Offers,
) -> RequestStep<'_, C> {
    RequestStep::Load(Load { host, account, task: Task { command, offers, decisions: 0 } })
}

impl<'a, C: HostedCommand> Load<'a, C> {
    /// Which account.
    #[must_use]
    pub const fn account(&self) -> &AccountId {
        &self.account
    }

    /// The account as it is stored at this moment; none, if there is none of this id.
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
        RequestStep::Answer(Ok(self.reply), Rest::of(self.host, self.append.into_after()))
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
            return RequestStep::Answer(Err(HostError::Stale.into()), Rest::of(host, account));
        }
        self.decisions = self.decisions.saturating_add(1);
        let decision = match decide(host.shop, host.numbering, &account, &self.offers, &self.command, now) {
            Ok(decision) => decision.map(C::read),
            Err(error) => return RequestStep::Answer(Err(Unanswered::Command(error)), Rest::of(host, account)),
        };
        let reply = match decision.answer {
            Reading::SearchFirst(selector) => {
                return RequestStep::Search(Search { host, account, task: self, selector });
            }
            Reading::Reply(reply) => reply,
        };
        if decision.events.is_empty() {
            return RequestStep::Answer(Ok(reply), Rest::of(host, account));
        }
        let id = account.id().clone();
        match Append::of(account, decision.version, decision.events, now) {
            Ok(append) => RequestStep::Store(Store { host, task: self, append, reply }),
            Err(error) => RequestStep::Answer(Err(error.into()), Rest::unread(host, id)),
        }
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
