//! Rent: what is told of the periods of numbers that renew goes to the accountant, with what was truly charged.

use std::collections::BTreeMap;

use ringup_core::shop::ReleaseWhen;
use ringup_core::{
    AccountEvent, Action, Actor, CancelRelease, ChangeTerms, Effect, Event, Misuse, NumberEvent, PurchaseEvent,
    PurchaseId, ReleaseNumber, RenewalEvent, Role, Timestamp,
};

use crate::accountant::{Violation, violation};
use crate::history::{Done, History};
use crate::moves::When;
use crate::shops;
use crate::tenancy::{Found, Tenancy, Told};

/// Adds the purchase to what was found.
fn of(purchase: u8, found: Found) -> Done {
    found.map_err(|(rule, found)| violation(rule, Some(purchase), found))
}

impl History<'_> {
    /// The events of a decision, for which the wallet had so much.
    pub(crate) fn hear_of_rent(&mut self, events: &[Event], mut wallet: i64) -> Done {
        let Some(rules) = &self.stage.renewing else { return Ok(()) };
        for event in events {
            match event {
                Event::Account(AccountEvent::WalletToppedUp { money, .. }) => {
                    wallet = wallet.saturating_add(money.minor_units());
                }
                Event::Purchase { event: PurchaseEvent::NumberActivated { at, rent, .. }, purchase } => {
                    let Some((index, number)) = self.index_of_bought(purchase) else { continue };
                    let due = self.stage.rents.get(usize::from(number)).copied().unwrap_or(0);
                    if rent.minor_units() != due {
                        return Err(violation("rent_of_another_amount", Some(index), rent.to_string()));
                    }
                    let by_wallet = self.accountant.statement(index).is_some_and(|statement| statement.by_wallet);
                    let mut rules = rules.clone();
                    if self.stage.has_own_price(number) {
                        // The rate card has the commitment.
                        (rules.committed, rules.bound) = (0, 0);
                    }
                    let tenancy = Tenancy::new(rules, at.as_millis(), due, by_wallet);
                    self.accountant.tenancies.insert(index, tenancy);
                }
                Event::Number { event, number } => {
                    self.accountant.release_fees = self.accountant.release_fees.saturating_add(fee(event));
                    self.told(number, wallet, |tenancy, told| tenancy.moves(event, told))?;
                }
                Event::Renewal { event, number } => {
                    self.told(number, wallet, |tenancy, told| tenancy.renews(event, told))?;
                    let of_wallet = shops::index(number).and_then(|index| self.accountant.tenancies.get(&index));
                    if let RenewalEvent::NumberRenewed { rent, .. } = event
                        && of_wallet.is_some_and(|tenancy| tenancy.by_wallet)
                    {
                        wallet = wallet.saturating_sub(rent.minor_units());
                    }
                }
                Event::Account(_) | Event::Purchase { .. } | Event::Evidence { .. } | Event::Payment { .. } => {}
            }
        }
        Ok(())
    }

    fn index_of_bought(&self, purchase: &PurchaseId) -> Option<(u8, u8)> {
        let number = self.account.number(purchase)?.number;
        Some((shops::index(purchase)?, self.stage.index_of(number)?))
    }

    fn told(&mut self, number: &PurchaseId, wallet: i64, hear: impl FnOnce(&mut Tenancy, &Told<'_>) -> Found) -> Done {
        let Some(index) = shops::index(number) else { return Ok(()) };
        let nothing = BTreeMap::new();
        let charged = self.world.dealings.get(&index).map_or(&nothing, |own| &own.renewals);
        let told = Told { now: self.now, wallet, charged, is_commanded: self.is_commanded };
        match self.accountant.tenancies.get_mut(&index) {
            Some(tenancy) => of(index, hear(tenancy, &told)),
            None => Ok(()),
        }
    }

    /// A worker takes an effect: a period is charged once, when it is due, and for what it costs.
    pub(crate) fn look_at_asking(&self, purchase: u8, effect: &Effect) -> Done {
        let Action::Renew { amount, .. } = &effect.action else { return Ok(()) };
        match self.accountant.tenancies.get(&purchase) {
            Some(tenancy) => of(purchase, tenancy.asks(effect.id.asking, amount.minor_units(), self.now)),
            None => Err(violation("charged_without_a_period", Some(purchase), "it does not renew")),
        }
    }

    /// Nobody knows whether the current fee was taken: it is asked for again, or reviewed.
    pub(crate) fn look_at_doubt(&self, purchase: u8, period: u32) -> Done {
        match self.accountant.tenancies.get(&purchase) {
            Some(tenancy) => of(purchase, tenancy.look_at_doubt(period)),
            None => Ok(()),
        }
    }

    /// The customer's means have changed: the wallet, or the card.
    pub(crate) fn look_at_means(&self, by_wallet: bool) -> Done {
        let paid_so = |(_, tenancy): &(&u8, &Tenancy)| tenancy.by_wallet == by_wallet;
        let mut own = self.accountant.tenancies.iter().filter(paid_so);
        own.try_for_each(|(purchase, tenancy)| of(*purchase, tenancy.look_at_means(self.now)))
    }

    /// At rest, all that was due is done, and the rent that is to run is that of the periods that run.
    pub(crate) fn look_at_tenancies(&self) -> Done {
        let Some(_) = &self.stage.renewing else { return Ok(()) };
        let nothing = BTreeMap::new();
        for (purchase, tenancy) in &self.accountant.tenancies {
            let charged = self.world.dealings.get(purchase).map_or(&nothing, |own| &own.renewals);
            of(*purchase, tenancy.look_at_rest(charged, self.now))?;
        }
        let to_run: i64 = self.accountant.tenancies.values().map(|tenancy| tenancy.to_run).sum();
        if self.books().to_run != to_run {
            let found = format!("{} is to run in the books, {to_run} in truth", self.books().to_run);
            return Err(violation("rent_off", None, found));
        }
        Ok(())
    }

    pub(crate) fn look_at_end(&self) -> Done {
        self.accountant.tenancies.iter().try_for_each(|(purchase, tenancy)| of(*purchase, tenancy.look_at_end()))
    }

    /// The period that the number is charged for, from 1.
    pub(crate) fn period(&self, purchase: u8) -> u32 {
        let number = self.stage.purchase(purchase).and_then(|id| self.account.number(id));
        number.and_then(|number| number.renewal.as_ref()).map_or(0, |renewal| renewal.begun)
    }

    pub(crate) fn leave(&mut self, purchase: u8, when: When) -> Done {
        let when = match when {
            When::AtOnce => ReleaseWhen::AtOnce,
            When::CoolDown => ReleaseWhen::CoolDown,
            When::PeriodEnd => ReleaseWhen::PeriodEnd,
            When::In(ms) => {
                let at = self.now.saturating_add(i64::try_from(ms).unwrap_or(i64::MAX));
                ReleaseWhen::AtInstant { at: Timestamp::from_millis(at) }
            }
        };
        self.let_go(purchase, Some(when))
    }

    /// A release by command. The policy may not allow its time, and a wallet may not have its fee.
    pub(crate) fn let_go(&mut self, purchase: u8, when: Option<ReleaseWhen>) -> Done {
        self.let_go_by(Role::default(), purchase, when)
    }

    /// The same by somebody of a role.
    pub(crate) fn let_go_by(&mut self, role: Role, purchase: u8, when: Option<ReleaseWhen>) -> Done {
        let Some(number) = self.stage.purchase(purchase).cloned() else { return Ok(()) };
        let is_forbidden = role == Role::Viewer && self.stage.has_roles;
        self.is_commanded = true;
        let decided = self.decide(&ReleaseNumber { number, actor: Actor { role, ..Actor::default() }, when });
        self.is_commanded = false;
        match decided? {
            Ok(_) if is_forbidden => Err(violation("released_by_a_viewer", Some(purchase), "a viewer may not release")),
            Err(Misuse::ReleaseNotAllowed { .. }) if is_forbidden => Ok(()),
            Ok(_) | Err(Misuse::NumberNotHeld { .. }) => Ok(()),
            Err(Misuse::ReleaseTimeNotAllowed { .. }) if when.is_some() => Ok(()),
            Err(Misuse::Committed { until, .. }) => {
                let bound = self.accountant.tenancies.get(&purchase).and_then(Tenancy::bound_until);
                match bound.filter(|bound| *bound == until.as_millis() && self.now < *bound) {
                    Some(_) => Ok(()),
                    None => Err(violation("bound_untruly", Some(purchase), format!("{until}, and {bound:?}"))),
                }
            }
            Err(Misuse::BalanceTooLow { needed, .. }) if self.books().wallet < needed.minor_units() => Ok(()),
            Err(misuse) => Err(unfit(purchase, &misuse)),
        }
    }

    pub(crate) fn cancel(&mut self, purchase: u8) -> Done {
        let Some(number) = self.stage.purchase(purchase).cloned() else { return Ok(()) };
        match self.decide(&CancelRelease { number, actor: Actor::default() })? {
            Ok(_) | Err(Misuse::NumberNotHeld { .. } | Misuse::ReleaseBegun { .. }) => Ok(()),
            Err(misuse) => Err(unfit(purchase, &misuse)),
        }
    }

    /// The card breaks unseen; a new one is told.
    pub(crate) fn change_card(&mut self, works: bool) -> Done {
        self.world.declines_renewals = !works;
        let terms = self.account.terms().clone();
        if works && terms.payment_method_on_file {
            self.note(&ChangeTerms { terms })?;
            return self.look_at_means(false);
        }
        Ok(())
    }
}

fn unfit(purchase: u8, misuse: &Misuse) -> Violation {
    violation("misuse", Some(purchase), format!("{misuse:?}"))
}

/// What the wallet pays for a release, or gets back.
fn fee(event: &NumberEvent) -> i64 {
    match event {
        NumberEvent::ReleaseScheduled { fee, .. }
        | NumberEvent::CoolDownStarted { fee, .. }
        | NumberEvent::ReleaseStarted { fee, .. } => fee.map_or(0, ringup_core::Money::minor_units),
        NumberEvent::ReleaseCancelled { refunded, .. } => {
            refunded.map_or(0, |money| money.minor_units().saturating_neg())
        }
        NumberEvent::NumberTransferred { .. }
        | NumberEvent::NumberUsed { .. }
        | NumberEvent::ChargesEnded
        | NumberEvent::ReleaseDelayed { .. }
        | NumberEvent::ReleaseReviewNeeded
        | NumberEvent::ReleaseAskedAgain { .. }
        | NumberEvent::NumberReleased { .. } => 0,
    }
}
