//! A blocking driver: runs the steps against a store and the outside world.

use alloc::vec::Vec;

use ringup_core::{Account, AccountId, Effect, EffectId, Need, OfferedNumber, Outcome, Selector, Timestamp};

use crate::append::Append;
use crate::command::HostedCommand;
use crate::effects::{EffectStep, Rest};
use crate::failure::{HostError, Unanswered};
use crate::request::RequestStep;

/// Where accounts are stored.
pub trait Store {
    /// The account as it is stored at one moment: its head, and at least the needed parts.
    ///
    /// # Errors
    /// [`HostError::Off`] if it cannot be read; [`HostError::Broken`] if it makes no account.
    fn load(&mut self, account: &AccountId, needs: &[Need]) -> Result<Option<Account>, HostError>;

    /// Stores events, head and records together or not at all, and only on the expected version.
    ///
    /// # Errors
    /// [`HostError::Off`] if it cannot be written.
    fn append(&mut self, append: &Append) -> Result<Appended, HostError>;

    /// Takes a lease on an effect, if the account is still stored at this version. One worker alone needs none.
    ///
    /// # Errors
    /// [`HostError::Off`] if the store cannot be reached.
    fn lease(
        &mut self,
        account: &AccountId,
        version: u64,
        effect: &EffectId,
        now: Timestamp,
    ) -> Result<Lease, HostError> {
        let _ = (account, version, effect, now);
        Ok(Lease::Granted)
    }
}

/// The outside world: clock, inventory, carrier and payment provider.
pub trait Outside {
    /// The instant.
    fn now(&mut self) -> Timestamp;

    /// Searches the inventory.
    ///
    /// # Errors
    /// [`HostError::Off`] if it gives no answer.
    fn search(&mut self, account: &AccountId, selector: &Selector) -> Result<Found, HostError>;

    /// Runs an effect, with its id as the idempotency key. If the outcome is not known, it is [`Outcome::Unknown`].
    ///
    /// # Errors
    /// [`HostError::Off`] if this process goes down, so that no outcome can be recorded.
    fn run(&mut self, account: &Account, effect: &Effect) -> Result<Outcome, HostError>;
}

/// Whether events were stored.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Appended {
    /// All of them.
    Stored,
    /// None: the account is stored at another version.
    Stale,
}

/// Whether a lease was taken.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Lease {
    /// The effect is this worker's to run.
    Granted,
    /// The effect is this worker's, and the lease of another one has run out, which told nothing. What that one did is
    /// unknown, and recorded so before anything is run again.
    RanOut,
    /// Another worker runs it until then.
    Taken {
        /// The end of its lease.
        until: Timestamp,
    },
    /// The account is stored at another version.
    Stale,
}

/// A search result.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Found {
    /// The numbers, possibly none.
    pub numbers: Vec<OfferedNumber>,
    /// How many seconds it is valid.
    pub lifetime_s: u32,
}

/// A store and the outside world, driven together.
#[derive(Clone, Debug, Default)]
pub struct Joined<S, O> {
    /// Where accounts are stored.
    pub store: S,
    /// Everything else.
    pub outside: O,
}

/// Drives a command to its answer. The account's pending effects are left to [`run`], or to a later wake-up.
///
/// # Errors
/// The core does not take the command, or the host has failed before its answer was stored.
pub fn answer<'a, C: HostedCommand>(
    mut step: RequestStep<'a, C>,
    backend: &mut (impl Store + Outside),
) -> Result<(C::Reply, Rest<'a>), Unanswered<C::Error>> {
    loop {
        step = match step {
            RequestStep::Answer(answer, rest) => return answer.map(|reply| (reply, rest)),
            RequestStep::Load(load) => {
                let account = backend.load(load.account(), load.needs())?;
                load.loaded(account, backend.now())
            }
            RequestStep::Search(search) => {
                let Found { numbers, lifetime_s } = backend.search(search.account(), search.selector())?;
                search.found(numbers, lifetime_s, backend.now())
            }
            RequestStep::Store(store) => match backend.append(store.append())? {
                Appended::Stored => store.stored(),
                Appended::Stale => store.stale(),
            },
        };
    }
}

/// Runs an account's pending effects until none can run now. Returns when to wake the account up; `None`: nothing is pending.
///
/// # Errors
/// The host has failed. What is stored is complete; a wake-up goes on from there.
pub fn run(mut step: EffectStep<'_>, backend: &mut (impl Store + Outside)) -> Result<Option<Timestamp>, HostError> {
    loop {
        step = match step {
            EffectStep::Wait(until) => return Ok(until),
            EffectStep::Failed(error) => return Err(error),
            EffectStep::Load(load) => {
                let account = backend.load(load.account(), load.needs())?;
                load.loaded(account, backend.now())
            }
            EffectStep::Store(store) => match backend.append(store.append())? {
                Appended::Stored => store.stored(backend.now()),
                Appended::Stale => store.stale(),
            },
            EffectStep::Run(run) => {
                let now = backend.now();
                match backend.lease(run.account().id(), run.version(), &run.effect().id, now)? {
                    Lease::Granted => {
                        let outcome = backend.run(run.account(), run.effect())?;
                        run.done(outcome, backend.now())
                    }
                    Lease::RanOut => run.done(Outcome::Unknown, now),
                    Lease::Taken { until } => run.leased(until, now),
                    Lease::Stale => run.stale(),
                }
            }
        };
    }
}

/// Drives a command to its answer, and then the account's pending effects.
///
/// # Errors
/// The core does not take the command, or the host has failed before its answer was stored.
pub fn drive<C: HostedCommand>(
    step: RequestStep<'_, C>,
    backend: &mut (impl Store + Outside),
) -> Result<C::Reply, Unanswered<C::Error>> {
    let (reply, rest) = answer(step, backend)?;
    // An effect that cannot run now is due later, at a wake-up.
    let _ = run(rest.go_on(backend.now()), backend);
    Ok(reply)
}

impl<S: Store> Store for &mut S {
    fn load(&mut self, account: &AccountId, needs: &[Need]) -> Result<Option<Account>, HostError> {
        (**self).load(account, needs)
    }

    fn append(&mut self, append: &Append) -> Result<Appended, HostError> {
        (**self).append(append)
    }

    fn lease(
        &mut self,
        account: &AccountId,
        version: u64,
        effect: &EffectId,
        now: Timestamp,
    ) -> Result<Lease, HostError> {
        (**self).lease(account, version, effect, now)
    }
}

impl<S: Store, O> Store for Joined<S, O> {
    fn load(&mut self, account: &AccountId, needs: &[Need]) -> Result<Option<Account>, HostError> {
        self.store.load(account, needs)
    }

    fn append(&mut self, append: &Append) -> Result<Appended, HostError> {
        self.store.append(append)
    }

    fn lease(
        &mut self,
        account: &AccountId,
        version: u64,
        effect: &EffectId,
        now: Timestamp,
    ) -> Result<Lease, HostError> {
        self.store.lease(account, version, effect, now)
    }
}

impl<O: Outside> Outside for &mut O {
    fn now(&mut self) -> Timestamp {
        (**self).now()
    }

    fn search(&mut self, account: &AccountId, selector: &Selector) -> Result<Found, HostError> {
        (**self).search(account, selector)
    }

    fn run(&mut self, account: &Account, effect: &Effect) -> Result<Outcome, HostError> {
        (**self).run(account, effect)
    }
}

impl<S, O: Outside> Outside for Joined<S, O> {
    fn now(&mut self) -> Timestamp {
        self.outside.now()
    }

    fn search(&mut self, account: &AccountId, selector: &Selector) -> Result<Found, HostError> {
        self.outside.search(account, selector)
    }

    fn run(&mut self, account: &Account, effect: &Effect) -> Result<Outcome, HostError> {
        self.outside.run(account, effect)
    }
}
