//! Tenancies: what a number that renews owes for each period, by the accountant's own calendar. It hears what is told, and
//! looks at what was truly charged. It shares no code with the core.

use std::collections::BTreeMap;

use ringup_core::{NumberEvent, RenewalEvent};

use crate::calendar::months_later;

/// What a shop says of the periods after the first.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Rules {
    /// The months of a period.
    pub(crate) months: u32,
    /// The milliseconds from each decline to the next attempt.
    pub(crate) retry_after_ms: Vec<i64>,
    /// From the first decline to the suspension.
    pub(crate) grace_ms: Option<i64>,
    /// From the suspension to the release.
    pub(crate) suspended_ms: Option<i64>,
    /// The periods after the first that a number is committed to, and owes when it leaves.
    pub(crate) committed: u32,
    /// The periods that must pass before a number may leave by command.
    pub(crate) bound: u32,
}

/// One number, from its activation on.
#[derive(Clone, Debug)]
pub(crate) struct Tenancy {
    rules: Rules,
    activated_at: i64,
    /// What each period costs, in minor units.
    rent: i64,
    pub(crate) by_wallet: bool,
    /// The fees that were due, from the second period on.
    fees: Vec<Fee>,
    /// No period that begins at this instant or later is owed. `None`: it stays.
    left_at: Option<i64>,
    /// When it leaves, as it is told.
    leaves_at: Option<i64>,
    pub(crate) has_begun_to_leave: bool,
    is_cooling: bool,
    is_released: bool,
    /// What is paid of the rent, and not used up.
    pub(crate) to_run: i64,
}

/// The fee of a period, or the rest of a commitment.
#[derive(Clone, Debug)]
struct Fee {
    amount: i64,
    is_paid: bool,
    /// It is the rest of a commitment, of which nothing is to run.
    is_rest: bool,
    declined_at: Vec<i64>,
    /// When it may be asked for. `None`: when the means change.
    next: Option<i64>,
    /// Nobody knows whether the last attempt took it.
    is_in_doubt: bool,
    suspended_at: Option<i64>,
    /// It works again with the next event.
    reactivates: bool,
}

/// What was found, as a promise that is broken and in words.
pub(crate) type Found = Result<(), (&'static str, String)>;

fn bad(rule: &'static str, found: impl Into<String>) -> Found {
    Err((rule, found.into()))
}

/// What the accountant knows when something is told.
pub(crate) struct Told<'a> {
    pub(crate) now: i64,
    /// What the wallet has.
    pub(crate) wallet: i64,
    /// What was truly charged for each period outside.
    pub(crate) charged: &'a BTreeMap<u32, i64>,
    /// It is told in the decision about a release by command.
    pub(crate) is_commanded: bool,
}

impl Tenancy {
    pub(crate) const fn new(rules: Rules, activated_at: i64, rent: i64, by_wallet: bool) -> Self {
        Self {
            rules,
            activated_at,
            rent,
            by_wallet,
            fees: Vec::new(),
            left_at: None,
            leaves_at: None,
            has_begun_to_leave: false,
            is_cooling: false,
            is_released: false,
            to_run: rent,
        }
    }

    /// The begin of the next period that no fee was due for.
    fn next_begin(&self) -> i64 {
        let count = u32::try_from(self.fees.len()).unwrap_or(u32::MAX).saturating_add(1);
        months_later(self.activated_at, count.saturating_mul(self.rules.months))
    }

    /// The fee that is due.
    fn unpaid(&self) -> Option<&Fee> {
        self.fees.last().filter(|fee| !fee.is_paid)
    }

    /// When a declined fee is due to be looked at: the end of the grace, or of the suspension.
    fn deadline(&self) -> Option<i64> {
        let fee = self.unpaid().filter(|fee| !fee.is_in_doubt && !self.has_begun_to_leave && !self.is_cooling)?;
        match fee.suspended_at {
            Some(at) => Some(at.saturating_add(self.rules.suspended_ms?)),
            None => Some(fee.declined_at.first()?.saturating_add(self.rules.grace_ms?)),
        }
    }

    /// What was paid for the periods after the first, in minor units.
    pub(crate) fn paid(&self) -> i64 {
        self.fees.iter().filter(|fee| fee.is_paid).map(|fee| fee.amount).sum()
    }

    /// What may have been taken without having been told.
    pub(crate) fn in_doubt(&self) -> i64 {
        self.unpaid().filter(|fee| fee.is_in_doubt).map_or(0, |fee| fee.amount)
    }

    /// Whether it does not work, because it is not paid.
    pub(crate) fn is_suspended(&self) -> bool {
        self.unpaid().is_some_and(|fee| fee.suspended_at.is_some())
    }

    /// Until when it may not leave by command. `None`: it may.
    pub(crate) fn bound_until(&self) -> Option<i64> {
        let months = self.rules.bound.saturating_mul(self.rules.months);
        (months != 0).then(|| months_later(self.activated_at, months))
    }

    /// A worker takes the effect of a period.
    pub(crate) fn asks(&self, period: u32, amount: i64, now: i64) -> Found {
        let Some(fee) = self.unpaid() else { return bad("charged_twice", "no fee is due") };
        if usize::try_from(period) != Ok(self.fees.len()) {
            return bad("charged_another_period", format!("{period} of {}", self.fees.len()));
        }
        if amount != fee.amount {
            return bad("charged_another_amount", format!("{amount} instead of {}", fee.amount));
        }
        if self.by_wallet {
            return bad("charged_beside_the_wallet", "the wallet pays");
        }
        if fee.next.is_none_or(|next| now < next) {
            return bad("charged_early", format!("{now}, and not before {:?}", fee.next));
        }
        Ok(())
    }

    /// An event of the renewals.
    pub(crate) fn renews(&mut self, event: &RenewalEvent, told: &Told<'_>) -> Found {
        let (begin, rent, now) = (self.next_begin(), self.rent, told.now);
        match event {
            RenewalEvent::RenewalDue { at, rent: asked, .. } => {
                let at = at.as_millis();
                if at != begin || now < at {
                    return bad("due_at_another_time", format!("{at}, and the period begins at {begin}, now {now}"));
                }
                if self.unpaid().is_some() {
                    return bad("due_out_of_order", "an earlier period is not paid");
                }
                if self.left_at.is_some_and(|left| left <= at) {
                    return bad("due_after_leaving", format!("{at}, and it has left at {:?}", self.left_at));
                }
                if asked.minor_units() != rent {
                    return bad("rent_of_another_amount", asked.to_string());
                }
                self.fees.push(Fee::new(rent, at));
                self.to_run = 0;
                return Ok(());
            }
            RenewalEvent::CommitmentDue { rent: asked, .. } => return self.commitment_due(asked.minor_units()),
            RenewalEvent::NumberRenewed { .. }
            | RenewalEvent::RenewalDeclined { .. }
            | RenewalEvent::RenewalDelayed { .. }
            | RenewalEvent::RenewalReviewNeeded
            | RenewalEvent::RenewalAskedAgain { .. }
            | RenewalEvent::NumberSuspended { .. }
            | RenewalEvent::NumberReactivated { .. } => {}
        }
        let deadline = self.deadline();
        let period = u32::try_from(self.fees.len()).unwrap_or(u32::MAX);
        let (by_wallet, rules) = (self.by_wallet, self.rules.clone());
        let (has_left, is_released) = (self.has_begun_to_leave || self.is_cooling, self.is_released);
        let Some(fee) = self.fees.last_mut() else { return bad("renewed_before_a_period", event.name()) };
        if let RenewalEvent::NumberReactivated { .. } = event {
            let reactivates = std::mem::take(&mut fee.reactivates);
            return if reactivates {
                Ok(())
            } else {
                bad("reactivated_untruly", "it was not suspended, or is not paid")
            };
        }
        if fee.is_paid {
            return bad("renewed_twice", format!("{} after the payment", event.name()));
        }
        let is_deadline = matches!(event, RenewalEvent::NumberSuspended { .. });
        match deadline.filter(|at| *at <= now) {
            // What was to be asked for before the deadline is answered first.
            Some(at) if is_deadline && fee.next.is_some_and(|next| next <= at) => {
                return bad("suspended_before_an_attempt", format!("at {at}; asked for at {:?}", fee.next));
            }
            Some(at) if !is_deadline && fee.next.is_none_or(|next| at < next) => {
                return bad("decided_before_a_deadline", format!("{} before that of {at}", event.name()));
            }
            Some(_) | None => {}
        }
        match event {
            RenewalEvent::NumberRenewed { rent: amount, .. } => {
                let amount = amount.minor_units();
                if amount != fee.amount {
                    return bad("rent_of_another_amount", format!("{amount} instead of {}", fee.amount));
                }
                if !by_wallet && amount != 0 && told.charged.get(&period) != Some(&amount) {
                    return bad("told_paid_untaken", format!("period {period}: {:?}", told.charged));
                }
                (fee.is_paid, fee.is_in_doubt) = (true, false);
                if !fee.is_rest && !is_released {
                    self.to_run = amount;
                }
                fee.reactivates = fee.suspended_at.is_some() && !has_left;
            }
            RenewalEvent::RenewalDeclined { retry_at, .. } => {
                if by_wallet && fee.amount <= told.wallet {
                    return bad("declined_though_paid", format!("the wallet has {}", told.wallet));
                }
                if by_wallet && fee.next.is_none_or(|next| now < next) {
                    return bad("charged_early", format!("{now}, and not before {:?}", fee.next));
                }
                let after = rules.retry_after_ms.get(fee.declined_at.len()).map(|after| now.saturating_add(*after));
                if retry_at.map(ringup_core::Timestamp::as_millis) != after {
                    return bad("retried_at_another_time", format!("{retry_at:?} instead of {after:?}"));
                }
                fee.declined_at.push(now);
                fee.next = after;
                fee.is_in_doubt = false;
            }
            RenewalEvent::RenewalDelayed { not_before } => {
                (fee.is_in_doubt, fee.next) = (true, Some(not_before.as_millis()));
            }
            RenewalEvent::RenewalReviewNeeded => (fee.is_in_doubt, fee.next) = (true, None),
            RenewalEvent::RenewalAskedAgain { at } => {
                (fee.is_in_doubt, fee.next) = (false, Some(at.as_millis()));
            }
            RenewalEvent::NumberSuspended { at, .. } => {
                if deadline != Some(at.as_millis()) || now < at.as_millis() || fee.suspended_at.is_some() {
                    return bad("suspended_untruly", format!("{at}, and {deadline:?} is right"));
                }
                fee.suspended_at = deadline;
            }
            RenewalEvent::RenewalDue { .. }
            | RenewalEvent::CommitmentDue { .. }
            | RenewalEvent::NumberReactivated { .. } => {}
        }
        Ok(())
    }

    /// The rest of a commitment is due when the number has left, and every period before is paid.
    fn commitment_due(&mut self, asked: i64) -> Found {
        let is_left = self.has_begun_to_leave && self.left_at.is_some_and(|left| left <= self.next_begin());
        if self.unpaid().is_some() || !is_left {
            return bad("commitment_due_early", format!("left at {:?}", self.left_at));
        }
        let committed = usize::try_from(self.rules.committed).unwrap_or(usize::MAX);
        let rest = committed.saturating_sub(self.fees.len());
        let amount = self.rent.saturating_mul(i64::try_from(rest).unwrap_or(i64::MAX));
        if amount != asked || rest == 0 {
            return bad("rest_of_another_amount", format!("{asked} instead of {amount}"));
        }
        // All of it is one fee.
        let begin = self.left_at.unwrap_or(0);
        while self.fees.len() < committed.saturating_sub(1) {
            self.fees.push(Fee { is_paid: true, ..Fee::new(0, begin) });
        }
        self.fees.push(Fee { is_rest: true, ..Fee::new(amount, begin) });
        Ok(())
    }

    /// An event of the number.
    pub(crate) fn moves(&mut self, event: &NumberEvent, told: &Told<'_>) -> Found {
        let suspended_at = self.unpaid().and_then(|fee| fee.suspended_at);
        let leaves = |at: i64| Some(suspended_at.map_or(at, |suspended_at| suspended_at.min(at)));
        match event {
            NumberEvent::ReleaseScheduled { at, .. }
            | NumberEvent::CoolDownStarted { at, .. }
            | NumberEvent::ReleaseStarted { at, .. }
                if told.is_commanded && self.bound_until().is_some_and(|until| at.as_millis() < until) =>
            {
                return bad("left_though_committed", format!("at {at}"));
            }
            NumberEvent::ReleaseScheduled { at, .. } => {
                (self.left_at, self.leaves_at) = (Some(at.as_millis()), Some(at.as_millis()));
            }
            NumberEvent::CoolDownStarted { at, ends_at, .. } => {
                (self.left_at, self.leaves_at) = (leaves(at.as_millis()), Some(ends_at.as_millis()));
                self.is_cooling = true;
            }
            NumberEvent::ReleaseCancelled { .. } => {
                if self.leaves_at.is_none_or(|at| at <= told.now) {
                    return bad("cancelled_late", format!("it leaves at {:?}", self.leaves_at));
                }
                (self.left_at, self.leaves_at, self.is_cooling) = (None, None, false);
            }
            NumberEvent::ReleaseStarted { at, .. } => {
                let at = at.as_millis();
                let is_scheduled = self.leaves_at == Some(at);
                let is_unpaid = suspended_at.is_some() && self.deadline() == Some(at);
                let is_now = told.is_commanded && at == told.now;
                if told.now < at || !(is_scheduled || is_unpaid || is_now) {
                    return bad("released_untruly", format!("at {at}; {:?}, {:?}", self.leaves_at, self.deadline()));
                }
                if !self.is_cooling {
                    self.left_at = leaves(at);
                }
                (self.has_begun_to_leave, self.is_cooling) = (true, false);
            }
            NumberEvent::NumberReleased { .. } => (self.is_released, self.to_run) = (true, 0),
            NumberEvent::NumberTransferred { .. }
            | NumberEvent::NumberUsed { .. }
            | NumberEvent::ChargesEnded
            | NumberEvent::ReleaseDelayed { .. }
            | NumberEvent::ReleaseReviewNeeded
            | NumberEvent::ReleaseAskedAgain { .. } => {}
        }
        Ok(())
    }

    /// The customer's means have changed: a declined fee of theirs may be asked for at once.
    pub(crate) fn look_at_means(&self, now: i64) -> Found {
        let is_forgotten =
            |fee: &&Fee| !fee.declined_at.is_empty() && !fee.is_in_doubt && fee.next.is_none_or(|at| now < at);
        match self.unpaid().filter(is_forgotten) {
            Some(fee) => bad("new_means_not_used", format!("asked for at {:?}", fee.next)),
            None => Ok(()),
        }
    }

    /// A reply of the period is lost: while it is not paid, it is in doubt.
    pub(crate) fn look_at_doubt(&self, period: u32) -> Found {
        let is_current = usize::try_from(period) == Ok(self.fees.len());
        match self.unpaid().filter(|fee| is_current && !fee.is_in_doubt) {
            Some(_) => bad("doubt_dropped", "a reply is lost, and the fee counts as not taken"),
            None => Ok(()),
        }
    }

    /// At rest, all that was due by now is done.
    pub(crate) fn look_at_rest(&self, charged: &BTreeMap<u32, i64>, now: i64) -> Found {
        if let Some(at) = self.leaves_at.filter(|at| !self.has_begun_to_leave && *at <= now) {
            return bad("release_forgotten", format!("it leaves at {at}"));
        }
        match self.unpaid() {
            None => {
                let begin = self.next_begin();
                if begin <= now && self.left_at.is_none_or(|left| begin < left) {
                    return bad("period_forgotten", format!("it begins at {begin}"));
                }
                let committed = usize::try_from(self.rules.committed).unwrap_or(usize::MAX);
                if self.has_begun_to_leave && self.fees.len() < committed {
                    return bad("commitment_forgotten", format!("{} of {committed}", self.fees.len()));
                }
            }
            Some(fee) => {
                // It is asked for after the release.
                let waits = !self.by_wallet && self.has_begun_to_leave && !self.is_released;
                if !waits && fee.next.is_some_and(|at| at <= now) {
                    return bad("attempt_forgotten", format!("at {:?}", fee.next));
                }
                if self.deadline().is_some_and(|at| at <= now) {
                    return bad("deadline_forgotten", format!("at {:?}", self.deadline()));
                }
            }
        }
        if self.fees.iter().any(|fee| fee.reactivates) {
            return bad("reactivation_untold", "it works again, and nobody is told");
        }
        for (fee, period) in self.fees.iter().zip(1_u32..) {
            let taken = charged.get(&period).copied().unwrap_or(0);
            let told = if fee.is_paid && !self.by_wallet { fee.amount } else { 0 };
            if taken != told && !fee.is_in_doubt {
                return bad("renewal_off", format!("period {period}: {taken} taken, {told} told"));
            }
        }
        let count = u32::try_from(self.fees.len()).unwrap_or(u32::MAX);
        match charged.keys().find(|period| count < **period) {
            Some(period) => bad("charged_another_period", format!("{period} of {count}")),
            None => Ok(()),
        }
    }

    /// At the end, all that is owed is paid.
    pub(crate) fn look_at_end(&self) -> Found {
        match self.unpaid() {
            Some(fee) => bad("unpaid_at_the_end", format!("{} of period {}", fee.amount, self.fees.len())),
            None => Ok(()),
        }
    }
}

impl Fee {
    const fn new(amount: i64, begin: i64) -> Self {
        Self {
            amount,
            is_paid: false,
            is_rest: false,
            declined_at: Vec::new(),
            next: Some(begin),
            is_in_doubt: false,
            suspended_at: None,
            reactivates: false,
        }
    }
}
