//! A slow model of one number's life: at every look it goes through all hours from the purchase on, and does the first thing
//! that is due. It shares no code with the core. Both live through the same random life, and must agree.

use proptest::prelude::*;
use ringup_core::ledger::Book;
use ringup_core::shop::{PaymentMethod, ReleaseTime, ReleaseWhen};
use ringup_core::{CancelRelease, HeldStatus, ReleaseNumber, Timestamp};

use super::*;

const HOUR_MS: i64 = 3_600_000;
const DAY_H: i64 = 24;
/// From March 2026 on.
const MONTHS_D: [i64; 14] = [31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31, 30];
const RETRIES_H: [i64; 2] = [DAY_H, 3 * DAY_H];
const GRACE_H: i64 = 2 * DAY_H;
const SUSPENDED_H: i64 = 5 * DAY_H;

/// A day in the life of a number, and of its host.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// So many hours pass, in which the host sleeps.
    Wait(i64),
    Wake,
    /// The payment provider is asked, if a fee is asked for: it takes it or not.
    Ask(bool),
    /// The wallet gets the fee of one period, or the invoice another card.
    Means,
    Release,
    /// It is to leave after so many hours.
    Leave(i64),
    Cancel,
}

/// The number, in hours from its purchase.
#[derive(Clone, Debug)]
struct Model {
    by_wallet: bool,
    /// In fees of a period.
    balance: u32,
    now: i64,
    begun: u32,
    paid: u32,
    unpaid: Option<Unpaid>,
    /// No period that begins then or later is owed.
    until: Option<i64>,
    leaves_at: Option<i64>,
    left_at: Option<i64>,
}

#[derive(Clone, Debug, Default)]
struct Unpaid {
    declines: Vec<i64>,
    ask_at: Option<i64>,
    suspended_at: Option<i64>,
}

impl Model {
    fn begin(nth: u32) -> i64 {
        let days: i64 = MONTHS_D.iter().take(nth.try_into().unwrap()).sum();
        days * DAY_H
    }

    /// All that is due by now, in order, and at most one period. If it leaves now, none begins now.
    fn look(&mut self, leaves: bool) {
        let mut has_begun = false;
        while let Some(hour) = (0..=self.now).find(|hour| self.is_due(*hour)) {
            if self.is_period(hour) {
                if has_begun || (leaves && hour == self.now) {
                    return;
                }
                has_begun = true;
            }
            self.act(hour);
        }
    }

    fn is_due(&self, hour: i64) -> bool {
        self.is_attempt(hour) || self.is_leave(hour) || self.is_deadline(hour) || self.is_period(hour)
    }

    fn is_attempt(&self, hour: i64) -> bool {
        self.by_wallet && self.unpaid.as_ref().is_some_and(|unpaid| unpaid.ask_at == Some(hour))
    }

    fn is_leave(&self, hour: i64) -> bool {
        self.left_at.is_none() && self.leaves_at == Some(hour)
    }

    /// Nobody suspends or releases a number whose fee was to be asked for before.
    fn is_deadline(&self, hour: i64) -> bool {
        let Some(unpaid) = self.unpaid.as_ref().filter(|_| self.left_at.is_none()) else { return false };
        let at = match (unpaid.suspended_at, unpaid.declines.first()) {
            (Some(at), _) => at + SUSPENDED_H,
            (None, Some(at)) => at + GRACE_H,
            (None, None) => return false,
        };
        at == hour && unpaid.ask_at.is_none_or(|ask_at| hour < ask_at)
    }

    fn is_period(&self, hour: i64) -> bool {
        self.unpaid.is_none() && Self::begin(self.begun + 1) == hour && self.until.is_none_or(|until| hour < until)
    }

    fn act(&mut self, hour: i64) {
        if self.is_attempt(hour) {
            self.answer(0 < self.balance);
        } else if self.is_leave(hour) {
            self.leave(hour);
        } else if self.is_deadline(hour) {
            let unpaid = self.unpaid.as_mut().unwrap();
            match unpaid.suspended_at {
                Some(_) => self.leave(hour),
                None => unpaid.suspended_at = Some(hour),
            }
        } else {
            self.begun += 1;
            self.unpaid = Some(Unpaid { ask_at: Some(hour), ..Unpaid::default() });
        }
    }

    fn leave(&mut self, hour: i64) {
        let suspended_at = self.unpaid.as_ref().and_then(|unpaid| unpaid.suspended_at);
        self.until = Some(suspended_at.map_or(hour, |at| at.min(hour)));
        self.left_at = Some(hour);
    }

    fn answer(&mut self, is_paid: bool) {
        let unpaid = self.unpaid.as_mut().unwrap();
        if is_paid {
            self.paid += 1;
            self.balance -= u32::from(self.by_wallet);
            self.unpaid = None;
        } else {
            unpaid.ask_at = RETRIES_H.get(unpaid.declines.len()).map(|after| self.now + after);
            unpaid.declines.push(self.now);
        }
    }

    /// Whether the payment provider may be asked now.
    fn is_asked(&self) -> bool {
        let unpaid = self.unpaid.as_ref().filter(|_| !self.by_wallet);
        unpaid.and_then(|unpaid| unpaid.ask_at).is_some_and(|at| at <= self.now)
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Wait(hours) => self.now += hours,
            Step::Wake => self.look(false),
            Step::Ask(is_paid) if self.is_asked() => {
                self.look(false);
                self.answer(is_paid);
            }
            Step::Ask(_) => {}
            Step::Means => {
                self.balance += u32::from(self.by_wallet);
                if self.unpaid.as_ref().is_some_and(|unpaid| !unpaid.declines.is_empty()) {
                    // What was first has passed. A wallet that was to be asked before is asked with the new money.
                    let first = |model: &Self| (0..=model.now).find(|hour| model.is_due(*hour));
                    while let Some(hour) = first(self).filter(|hour| !self.is_attempt(*hour)) {
                        self.act(hour);
                    }
                    let unpaid = self.unpaid.as_mut().unwrap();
                    unpaid.ask_at = Some(unpaid.ask_at.map_or(self.now, |at| at.min(self.now)));
                }
            }
            Step::Release | Step::Leave(_) | Step::Cancel if self.left_at.is_some() => {}
            Step::Release => {
                self.look(true);
                // One that is scheduled stays so.
                if self.left_at.is_none() && self.leaves_at.is_none() {
                    self.leave(self.now);
                    self.look(false);
                }
            }
            Step::Leave(hours) => {
                self.look(true);
                if self.left_at.is_none() && hours == 0 {
                    self.leave(self.now);
                    self.look(false);
                } else if self.left_at.is_none() && self.leaves_at != Some(self.now + hours) {
                    (self.leaves_at, self.until) = (Some(self.now + hours), Some(self.now + hours));
                }
            }
            // What has left by itself is not kept, and nothing is stored.
            Step::Cancel => {
                let mut looked = self.clone();
                looked.look(true);
                if looked.left_at.is_none() && self.leaves_at.is_some_and(|at| self.now < at) {
                    looked.leaves_at = None;
                    looked.until = None;
                    *self = looked;
                }
            }
        }
    }
}

/// The core's number in the same life. The carrier answers at once.
struct Life(Host);

impl Life {
    fn new(by_wallet: bool, balance: u32) -> Self {
        let renewals = || {
            Some(Renewals {
                retry_after_s: RETRIES_H.map(|hours| u32::try_from(hours).unwrap() * 3_600).to_vec(),
                ..dunning()
            })
        };
        let times = || vec![ReleaseTime::AtInstant];
        let mut host = if by_wallet {
            let shop = bazaar_with(|shop| {
                (shop.policy.renewals, shop.policy.release.may_name) = (renewals(), times());
            });
            Host { shop, ..Host::bazaar(&format!("{}.00 INR", 101 + balance)) }
        } else {
            let shop = orchard_with(|shop| {
                (shop.policy.renewals, shop.policy.release.may_name) = (renewals(), times());
            });
            Host { shop, ..Host::orchard(BillingKind::Usage) }
        };
        run(&mut host, if by_wallet { WALLET } else { INVOICED });
        Self(host)
    }

    fn step(&mut self, step: Step, nth: usize) {
        let host = &mut self.0;
        let owes = |host: &Host, kind: &str| {
            let mut owed = host.account.owed().into_iter();
            owed.any(|effect| effect.id.kind.name() == kind && effect.not_before <= host.now)
        };
        let release = |when| AnyCommand::Release(ReleaseNumber { number: id("p"), actor: Actor::default(), when });
        match step {
            Step::Wait(hours) => host.now = host.now.plus_millis(hours * HOUR_MS),
            Step::Wake => drop(run(host, "wake")),
            Step::Ask(is_paid) if owes(host, "renew") => {
                drop(run(host, if is_paid { "renew ok" } else { "renew no" }));
            }
            Step::Ask(_) => {}
            Step::Means if host.account.number(&id("p")).unwrap().payment == PaymentMethod::Wallet => {
                let (id, money) = (format!("t{nth}").parse().unwrap(), money("1.00 INR"));
                host.tell(&AnyCommand::TopUp(TopUp { id, actor: Actor::default(), money })).unwrap();
            }
            Step::Means => {
                let card = new_card(host);
                host.tell(&card).unwrap();
            }
            Step::Release => drop(host.tell(&release(None))),
            Step::Leave(hours) => {
                let at = host.now.plus_millis(hours * HOUR_MS);
                drop(host.tell(&release(Some(ReleaseWhen::AtInstant { at }))));
            }
            Step::Cancel => {
                let cancel = CancelRelease { number: id("p"), actor: Actor::default() };
                drop(host.tell(&AnyCommand::CancelRelease(cancel)));
            }
        }
        for kind in ["end_charges", "release"] {
            if owes(host, kind) {
                run(host, &format!("{kind} ok"));
            }
        }
    }

    /// What both must agree on.
    fn told(&self) -> String {
        let number = number(&self.0);
        let renewal = number.renewal.clone().unwrap();
        let hour = |at: Timestamp| (at.as_millis() - NOW.as_millis()) / HOUR_MS;
        let leaves_at = match number.status {
            HeldStatus::Scheduled { at, .. } => Some(hour(at)),
            _ => None,
        };
        let unpaid = renewal.unpaid.map(|unpaid| {
            (unpaid.declines, unpaid.attempts.map(|attempts| hour(attempts.not_before)), unpaid.suspended_at.map(hour))
        });
        let until = renewal.until.map(hour);
        format!("{} begun, {unpaid:?}, until {until:?}, leaves {leaves_at:?}, {}", renewal.begun, number.is_released())
    }
}

impl Model {
    fn told(&self) -> String {
        let unpaid = self.unpaid.as_ref();
        let unpaid = unpaid.map(|unpaid| (unpaid.declines.len(), unpaid.ask_at, unpaid.suspended_at));
        let (until, leaves_at) = (self.until, self.leaves_at.filter(|_| self.left_at.is_none()));
        format!("{} begun, {unpaid:?}, until {until:?}, leaves {leaves_at:?}, {}", self.begun, self.left_at.is_some())
    }
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let hours = prop_oneof![Just(1), Just(23), Just(24), Just(47), Just(48), 0..400_i64, Just(31 * 24), Just(1_000)];
    let step = prop_oneof![
        5 => hours.clone().prop_map(Step::Wait),
        4 => Just(Step::Wake),
        4 => any::<bool>().prop_map(Step::Ask),
        1 => Just(Step::Means),
        1 => prop_oneof![Just(Step::Release), hours.prop_map(Step::Leave), Just(Step::Cancel), Just(Step::Cancel)],
    ];
    prop::collection::vec(step, 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::advice::cases() / 20, ..ProptestConfig::default() })]

    #[test]
    fn the_core_lives_as_its_model_does(by_wallet: bool, balance in 0..4_u32, steps in steps()) {
        let mut life = Life::new(by_wallet, balance);
        let mut model = Model {
            by_wallet, balance, now: 0, begun: 0, paid: 0, unpaid: None, until: None, leaves_at: None, left_at: None,
        };
        for (nth, step) in steps.iter().enumerate() {
            life.step(*step, nth);
            model.step(*step);
            // The model's year is over.
            if MONTHS_D.iter().sum::<i64>() * DAY_H <= model.now + 1_000 {
                break;
            }
            prop_assert_eq!(life.told(), model.told(), "after {:?}", &steps[..=nth]);
            let ledger = life.0.account.ledger();
            let (book, currency, money) = if by_wallet {
                (Book::Wallet, "INR", i64::from(model.balance) * 100)
            } else {
                (Book::Taken, "USD", -200 - i64::from(model.paid) * 200)
            };
            let told = ledger.balance(book, currency.parse().unwrap()).minor_units();
            prop_assert_eq!(told, money, "after {:?}", &steps[..=nth]);
        }
    }
}
