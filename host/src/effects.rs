//! Effects: the steps that run an account's pending effects, one after another.

use alloc::collections::BTreeMap;
use core::fmt;

use alloc::vec::Vec;
use ringup_core::effect::EffectKind;
use ringup_core::{
    Account, AccountId, Decided, Effect, EffectId, List, Misuse, Need, Offers, Outcome, RecordId, RecordOutcome,
    Timestamp, decide,
};

use crate::append::Append;
use crate::failure::HostError;
use crate::host::Host;

/// The most decisions on one outcome, after loads or stale writes.
const DECISIONS_MAX: u32 = 24;

/// How many due records are looked at.
const DUE_MAX: u32 = 10;

/// The most effects that one machine runs; further ones are due at once.
const EFFECTS_MAX: u32 = 10_000;

/// What a driver does next for an account's pending effects.
pub enum EffectStep<'a> {
    /// Load the account.
    Load(Load<'a>),
    /// Run an effect.
    Run(Run<'a>),
    /// Store how it ended, on the version that this was decided on.
    Store(Store<'a>),
    /// Nothing can be done now. Call [`Host::wake_up`] at this instant, early or late. None: nothing is pending.
    Wait(Option<Timestamp>),
    /// The work cannot go on. [`HostError::Stale`]: wake the account up again. [`HostError::Misuse`]: an outcome was not
    /// taken, and everything else is done. [`HostError::Broken`]: look at its history.
    Failed(HostError),
}

/// Load the account.
pub struct Load<'a> {
    work: Work<'a>,
    account: AccountId,
    needs: Vec<Need>,
    // An outcome that is not recorded yet.
    outcome: Option<RecordOutcome>,
}

/// Run an effect, at least once, with its id as the idempotency key.
///
/// Where more than one worker runs, first take a lease on the effect's id, on condition that the account is still stored at
/// this [`version`](Run::version), and for longer than the call may take:
///
/// - granted: make the call, and report how it ended by [`done`](Run::done);
/// - granted, and the lease of another worker has run out that told nothing: report [`Outcome::Unknown`] without a call;
/// - another worker has the lease: [`leased`](Run::leased), with the end of that lease;
/// - the account is stored at another version: [`stale`](Run::stale).
///
/// A lease saves calls. What makes a second call harmless is the key, because a worker may outlive its lease.
pub struct Run<'a> {
    work: Work<'a>,
    account: Account,
    effect: Effect,
}

/// Store how an effect ended.
pub struct Store<'a> {
    work: Work<'a>,
    append: Append,
    outcome: RecordOutcome,
    // Every part that was needed.
    needs: Vec<Need>,
}

/// The account's pending effects, after an answer. Dropped, they are left to a later wake-up.
pub struct Rest<'a> {
    host: Host<'a>,
    known: Known,
}

#[expect(clippy::large_enum_variant, reason = "it is made and taken, never kept in numbers")]
enum Known {
    // With the records that have just changed.
    Account(Account, Vec<RecordId>),
    Id(AccountId),
}

/// The state of the machine across steps. It may be lost with the process: it only counts this machine's work and the leases
/// of other workers.
struct Work<'a> {
    host: Host<'a>,
    // Of the outcome at hand.
    decisions: u32,
    effects: u32,
    // The effects that other workers run, each with the end of its lease.
    leased: BTreeMap<EffectId, Timestamp>,
    // When the effect at hand was due: which of its attempts was run.
    taken: Option<Timestamp>,
    // The first outcome that the core did not take. The account's other effects are run all the same.
    misuse: Option<Misuse>,
}

pub(crate) fn begin(host: Host<'_>, account: AccountId) -> EffectStep<'_> {
    Work::new(host).look(account)
}

impl<'a> Rest<'a> {
    pub(crate) const fn of(host: Host<'a>, account: Account, changed: Vec<RecordId>) -> Self {
        Self { host, known: Known::Account(account, changed) }
    }

    pub(crate) const fn unread(host: Host<'a>, account: AccountId) -> Self {
        Self { host, known: Known::Id(account) }
    }

    /// The first of their steps.
    #[must_use]
    pub fn go_on(self, now: Timestamp) -> EffectStep<'a> {
        match self.known {
            Known::Account(account, changed) => Work::new(self.host).next(account, &changed, now),
            Known::Id(account) => begin(self.host, account),
        }
    }
}

impl<'a> Load<'a> {
    /// Which account.
    #[must_use]
    pub const fn account(&self) -> &AccountId {
        &self.account
    }

    /// The parts to load, besides the head. All are of one moment: read them in one transaction, the head too.
    #[must_use]
    pub fn needs(&self) -> &[Need] {
        &self.needs
    }

    /// The account as it is stored at this moment, with at least the needed parts; none, if there is none of this id.
    #[must_use]
    pub fn loaded(self, account: Option<Account>, now: Timestamp) -> EffectStep<'a> {
        match (account, self.outcome) {
            (Some(account), Some(outcome)) => self.work.record(outcome, account, self.needs, now),
            (Some(account), None) => self.work.next(account, &[], now),
            // No account, no effects.
            (None, _) => EffectStep::Wait(None),
        }
    }
}

impl<'a> Run<'a> {
    /// The effect.
    #[must_use]
    pub const fn effect(&self) -> &Effect {
        &self.effect
    }

    /// The account of the effect, with the purchase's holder.
    #[must_use]
    pub const fn account(&self) -> &Account {
        &self.account
    }

    /// The version of the account at which the effect is pending.
    #[must_use]
    pub const fn version(&self) -> u64 {
        self.account.version()
    }

    /// The outcome. A timeout, a lost connection or a status 5xx is [`Outcome::Unknown`].
    #[must_use]
    pub fn done(mut self, outcome: Outcome, now: Timestamp) -> EffectStep<'a> {
        self.work.taken = Some(self.effect.not_before);
        let needs = needs(&self.effect.id);
        let outcome = RecordOutcome { effect: self.effect.id, outcome };
        self.work.record(outcome, self.account, needs, now)
    }

    /// Another worker runs it until then. The account's next effect is looked at.
    #[must_use]
    pub fn leased(self, until: Timestamp, now: Timestamp) -> EffectStep<'a> {
        let Self { mut work, account, effect } = self;
        work.leased.insert(effect.id, until);
        work.next(account, &[], now)
    }

    /// The account is stored at another version, and is loaded again.
    #[must_use]
    pub fn stale(self) -> EffectStep<'a> {
        self.work.look(self.account.id().clone())
    }
}

impl<'a> Store<'a> {
    /// What to store.
    #[must_use]
    pub const fn append(&self) -> &Append {
        &self.append
    }

    /// It is stored.
    #[must_use]
    pub fn stored(self, now: Timestamp) -> EffectStep<'a> {
        let (account, changed) = self.append.into_after();
        self.work.next(account, &changed, now)
    }

    /// The account is stored at another version, and nothing was written.
    #[must_use]
    pub fn stale(self) -> EffectStep<'a> {
        let account = self.append.account().clone();
        EffectStep::Load(Load { work: self.work, account, needs: self.needs, outcome: Some(self.outcome) })
    }
}

impl<'a> Work<'a> {
    const fn new(host: Host<'a>) -> Self {
        Self { host, decisions: 0, effects: 0, leased: BTreeMap::new(), taken: None, misuse: None }
    }

    /// Loads what is due.
    fn look(self, account: AccountId) -> EffectStep<'a> {
        let needs = [Need::First { list: List::Due, most: self.page() }].into();
        EffectStep::Load(Load { work: self, account, needs, outcome: None })
    }

    /// The first due effect that no other worker runs, of the records that have just changed or of all; without one, the
    /// instant to look again.
    fn next(mut self, account: Account, changed: &[RecordId], now: Timestamp) -> EffectStep<'a> {
        self.decisions = 0;
        let can_run = |effect: &Effect| effect.not_before <= now && !self.is_leased(&effect.id, now);
        let mut effect = changed.iter().filter_map(|record| account.effect(record)).find(can_run);
        if effect.is_none() {
            let Ok(due) = account.due_first(self.page()) else { return self.look(account.id().clone()) };
            effect = due.iter().filter_map(|(_, record)| account.effect(record)).find(can_run);
            if effect.is_none() {
                return match self.misuse {
                    Some(misuse) => EffectStep::Failed(HostError::Misuse(misuse)),
                    None => EffectStep::Wait(self.wait(&account, &due, now)),
                };
            }
        }
        let Some(effect) = effect else { return EffectStep::Wait(None) };
        if EFFECTS_MAX <= self.effects {
            return EffectStep::Wait(Some(now));
        }
        self.effects = self.effects.saturating_add(1);
        EffectStep::Run(Run { work: self, account, effect })
    }

    fn record(
        mut self,
        outcome: RecordOutcome,
        account: Account,
        mut needs: Vec<Need>,
        now: Timestamp,
    ) -> EffectStep<'a> {
        if DECISIONS_MAX <= self.decisions {
            return EffectStep::Failed(HostError::Stale);
        }
        self.decisions = self.decisions.saturating_add(1);
        let outcome = self.of_this_attempt(outcome, &account);
        let decided = decide(self.host.shop, self.host.numbering, &account, &Offers::default(), &outcome, now);
        let decision = match decided {
            Ok(Decided::Decision(decision)) if !decision.events.is_empty() => decision,
            Ok(Decided::Load { needs: more }) => {
                // What was known is loaded again, so that all is of one moment.
                let known = account.known().into_iter().map(Need::from);
                for need in known.chain(more) {
                    if !needs.contains(&need) {
                        needs.push(need);
                    }
                }
                let account = account.id().clone();
                return EffectStep::Load(Load { work: self, account, needs, outcome: Some(outcome) });
            }
            // Another worker has recorded the outcome first.
            Ok(Decided::Decision(_) | Decided::Search { .. }) => return self.next(account, &[], now),
            Err(misuse) => {
                self.misuse.get_or_insert(misuse);
                // As if another worker had it: it is not run again here.
                self.leased.insert(outcome.effect, Timestamp::MAX);
                return self.next(account, &[], now);
            }
        };
        match Append::of(account, &decision, now) {
            Ok(append) => {
                let append = append.ending(outcome.effect.clone());
                EffectStep::Store(Store { work: self, append, outcome, needs })
            }
            Err(error) => EffectStep::Failed(error),
        }
    }

    /// A refusal says nothing once the effect is pending for another attempt: that one may have been done.
    fn of_this_attempt(&self, outcome: RecordOutcome, account: &Account) -> RecordOutcome {
        let purchase = &outcome.effect.purchase;
        let records = [RecordId::Purchase(purchase.clone()), RecordId::Number(purchase.clone())];
        let pending = records.iter().filter_map(|record| account.effect(record)).find(|it| it.id == outcome.effect);
        let is_another = pending.is_some_and(|pending| Some(pending.not_before) != self.taken);
        match outcome.outcome {
            Outcome::Declined { .. } if is_another => RecordOutcome { outcome: Outcome::Unknown, ..outcome },
            Outcome::Confirmed { .. } | Outcome::Declined { .. } | Outcome::Unknown => outcome,
        }
    }

    /// When the account is due; an effect that another worker runs, at the end of its lease.
    fn wait(&self, account: &Account, due: &[(Timestamp, RecordId)], now: Timestamp) -> Option<Timestamp> {
        let each = due.iter().map(|(at, record)| {
            let effect = account.effect(record);
            let lease = effect.and_then(|effect| self.leased.get(&effect.id)).copied().filter(|until| now < *until);
            lease.unwrap_or(*at)
        });
        each.min()
    }

    /// How many due records are looked at: some, beyond those that other workers have.
    fn page(&self) -> u32 {
        u32::try_from(self.leased.len()).unwrap_or(u32::MAX).saturating_add(DUE_MAX)
    }

    fn is_leased(&self, effect: &EffectId, now: Timestamp) -> bool {
        self.leased.get(effect).is_some_and(|until| now < *until)
    }
}

/// The records that an outcome is about, so that they are loaded with whatever else is needed.
fn needs(effect: &EffectId) -> Vec<Need> {
    let purchase = || RecordId::Purchase(effect.purchase.clone()).into();
    let number = || RecordId::Number(effect.purchase.clone()).into();
    match effect.kind {
        EffectKind::EndCharges | EffectKind::Renew => [number()].into(),
        // A purchase returns a number that it cannot charge; a number is released.
        EffectKind::Release => [purchase(), number()].into(),
        EffectKind::OpenCheckout
        | EffectKind::Reserve
        | EffectKind::Charge
        | EffectKind::Order
        | EffectKind::QueryOrder
        | EffectKind::Unreserve
        | EffectKind::Refund => [purchase()].into(),
    }
}

impl fmt::Debug for EffectStep<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Load(load) => write!(f, "load {}", load.account()),
            Self::Run(run) => write!(f, "run {}", run.effect().id),
            Self::Store(store) => {
                let append = store.append();
                write!(f, "store {} on {}:", append.account(), append.expected_version())?;
                append.events().iter().try_for_each(|stored| write!(f, " {}", stored.event.name()))
            }
            Self::Wait(None) => f.write_str("rest"),
            Self::Wait(Some(until)) => write!(f, "wait until {}", until.as_millis()),
            Self::Failed(error) => write!(f, "failed: {error}"),
        }
    }
}
