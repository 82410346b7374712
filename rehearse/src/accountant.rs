//! The accountant: compares what the world did with what was told. It shares no code with the core.

use std::collections::{BTreeMap, BTreeSet};

use crate::moves::Kind;
use crate::tenancy::Tenancy;
use crate::world::{Dealings, World};

/// What is told of a purchase, and of the number that it bought.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Statement {
    pub(crate) status: Status,
    pub(crate) number: Option<u8>,
    /// The agreed amount, in minor units.
    pub(crate) price: i64,
    pub(crate) by_wallet: bool,
    /// What was paid and is told to be in manual review, in minor units.
    pub(crate) in_review: i64,
    /// The effects that are told to be in manual review.
    pub(crate) reviews: BTreeSet<Kind>,
}

/// How a purchase stands, as a customer is told.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Status {
    Pending,
    Undoing,
    InReview,
    /// It has failed or is being undone, and a person is to do the rest.
    GivenUp,
    Held,
    Leaving,
    Released,
    Failed,
}

/// The core's books, in minor units.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Books {
    pub(crate) taken: i64,
    pub(crate) wallet: i64,
    pub(crate) holds: i64,
    pub(crate) earned: i64,
    pub(crate) refunds: i64,
    /// What is earned and not used up: the rent of periods that have not passed.
    pub(crate) to_run: i64,
}

/// A promise that a history has broken.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Violation {
    /// The promise, as one word: `bought_twice`.
    pub rule: &'static str,
    pub(crate) purchase: Option<u8>,
    /// What was found.
    pub found: String,
}

/// What was told so far.
#[derive(Debug, Default)]
pub(crate) struct Accountant {
    statements: BTreeMap<u8, Statement>,
    /// The purchases that were ever told to be bought.
    bought: BTreeSet<u8>,
    /// The purchases that were ever told to have failed.
    failed: BTreeSet<u8>,
    /// The purchases that were answered under each key.
    answered: BTreeMap<u8, BTreeSet<u8>>,
    /// The numbers that renew, by their purchase.
    pub(crate) tenancies: BTreeMap<u8, Tenancy>,
    /// What the wallet paid for releases, and did not get back.
    pub(crate) release_fees: i64,
}

pub(crate) fn violation(rule: &'static str, purchase: Option<u8>, found: impl Into<String>) -> Violation {
    Violation { rule, purchase, found: found.into() }
}

impl Accountant {
    pub(crate) fn statement(&self, purchase: u8) -> Option<&Statement> {
        self.statements.get(&purchase)
    }

    pub(crate) fn purchases(&self) -> impl Iterator<Item = (u8, &Statement)> {
        self.statements.iter().map(|(purchase, statement)| (*purchase, statement))
    }

    /// A purchase was answered under a key.
    pub(crate) fn hear_answer(&mut self, purchase: u8, key: Option<u8>) -> Result<(), Violation> {
        if !self.statements.contains_key(&purchase) {
            return Err(violation(
                "answer_of_no_purchase",
                Some(purchase),
                "the answer names a purchase that is not there",
            ));
        }
        let Some(key) = key else { return Ok(()) };
        self.answered.entry(key).or_default().insert(purchase);
        self.look_at_keys(purchase, None)
    }

    /// A statement has changed.
    pub(crate) fn hear(&mut self, purchase: u8, statement: Statement, world: &World) -> Result<(), Violation> {
        let own = world.dealings.get(&purchase);
        match statement.status {
            Status::Held => {
                let before = self.statements.get(&purchase).map(|before| before.status);
                if self.failed.contains(&purchase) || before == Some(Status::Released) {
                    let found = format!("told {before:?}, and then bought");
                    return Err(violation("ended_then_bought", Some(purchase), found));
                }
                if !own.is_some_and(Dealings::has_number) {
                    return Err(violation(
                        "told_bought_unsold",
                        Some(purchase),
                        "told bought; the carrier has not sold it",
                    ));
                }
                // One that is leaving may be with the carrier again: only the reply is out.
                let same = |(index, other): &(u8, &Statement)| {
                    *index != purchase && other.number == statement.number && other.is_held()
                };
                if let Some((other, _)) = self.purchases().find(same) {
                    return Err(violation("two_owners", Some(purchase), format!("p{other} holds the same number")));
                }
                self.bought.insert(purchase);
            }
            Status::Failed if self.bought.contains(&purchase) => {
                return Err(violation("bought_then_failed", Some(purchase), "told bought, and then failed"));
            }
            Status::Failed | Status::GivenUp => {
                self.failed.insert(purchase);
            }
            // It was bought before the history begins.
            Status::Leaving => drop(self.bought.insert(purchase)),
            Status::Pending | Status::Undoing | Status::InReview | Status::Released => {}
        }
        self.statements.insert(purchase, statement);
        self.look_at_keys(purchase, None)
    }

    /// At every step: the books balance and claim no more than was done.
    pub(crate) fn look_at_books(&self, books: &Books, world: &World) -> Result<(), Violation> {
        let Books { taken, wallet, holds, earned, refunds, to_run: _ } = *books;
        let others = [wallet, holds, earned, refunds];
        if others.iter().sum::<i64>() != taken || others.iter().any(|book| *book < 0) {
            return Err(violation("books_off_balance", None, format!("{books:?}")));
        }
        if world.taken() < taken {
            return Err(violation("books_claim_too_much", None, format!("taken {taken}; in truth {}", world.taken())));
        }
        if world.refunded() < refunds {
            let found = format!("refunded {refunds}; in truth {}", world.refunded());
            return Err(violation("books_claim_too_much", None, found));
        }
        Ok(())
    }

    /// After a call: nothing is refunded for a number that is sold, and no more than was taken. A refund is excused if it was
    /// begun before the sale came to light, or if a person is to find out or to return the number.
    pub(crate) fn look_at_refund(purchase: u8, is_excused: bool, world: &World) -> Result<(), Violation> {
        let Some(own) = world.dealings.get(&purchase) else { return Ok(()) };
        if own.refunded_while_sold && !is_excused {
            return Err(violation(
                "refunded_though_sold",
                Some(purchase),
                "money was returned, and the number is sold",
            ));
        }
        if own.taken() < own.refunded {
            let found = format!("{} taken, {} refunded", own.taken(), own.refunded);
            return Err(violation("refunded_too_much", Some(purchase), found));
        }
        if let Some(session) = own.sessions.iter().find(|session| session.paid < session.refunded) {
            let found = format!("a session took {} and gave back {}", session.paid, session.refunded);
            return Err(violation("refunded_another_session", Some(purchase), found));
        }
        Ok(())
    }

    /// One key buys one number. At rest, one that is sold counts, too: before, it may be returned still.
    fn look_at_keys(&self, purchase: u8, at_rest: Option<&World>) -> Result<(), Violation> {
        for (key, answered) in self.answered.iter().filter(|(_, answered)| answered.contains(&purchase)) {
            let own = |other: &u8| at_rest.and_then(|world| world.dealings.get(other));
            let in_review = |other| self.statement(other).is_some_and(|it| it.is_in_review());
            let sold = |other: &u8| own(other).is_some_and(Dealings::has_number) && !in_review(*other);
            let bought: Vec<&u8> = answered.iter().filter(|other| self.bought.contains(other) || sold(other)).collect();
            if let [first, second, ..] = *bought {
                let found = format!("key k{key} bought p{first} and p{second}");
                return Err(violation("bought_twice", Some(purchase), found));
            }
        }
        Ok(())
    }

    /// At rest: everything has arrived, and nothing is due.
    pub(crate) fn look_at_rest(&self, books: &Books, world: &World) -> Result<(), Violation> {
        for (purchase, statement) in self.purchases() {
            self.look_at_one(purchase, statement, world)?;
            self.look_at_keys(purchase, Some(world))?;
        }
        for (number, row) in world.numbers.iter().enumerate() {
            let status =
                |purchase: Option<u8>| purchase.and_then(|purchase| self.statement(purchase)).map(|it| it.status);
            match (row.sold_to, status(row.sold_to)) {
                (None, _) | (_, Some(Status::Held | Status::Leaving | Status::InReview | Status::GivenUp)) => {}
                (owner, status) => {
                    return Err(violation("sold_to_nobody", owner, format!("n{number} is sold: {status:?}")));
                }
            }
            match (row.reserved_by, status(row.reserved_by)) {
                (None, _) | (_, Some(Status::Held | Status::Leaving | Status::InReview | Status::GivenUp)) => {}
                (holder, status) => {
                    let found = format!("n{number} stays reserved: {status:?}");
                    return Err(violation("reserved_without_end", holder, found));
                }
            }
        }
        let sum = |counts: &dyn Fn(u8, &Statement) -> bool| -> i64 {
            let own = self.purchases().filter(|(purchase, statement)| counts(*purchase, statement));
            own.map(|(_, statement)| statement.price).sum()
        };
        let bought = sum(&|purchase, _| self.bought.contains(&purchase));
        let spent_of_wallet = sum(&|purchase, own| self.bought.contains(&purchase) && own.by_wallet);
        // What a review names may be done or not; everything else is in the books.
        let may_be = |kind: Kind| sum(&|_, own| own.reviews.contains(&kind));
        let open = |purchase: u8, own: &Statement| own.is_in_review() && !self.bought.contains(&purchase);
        let held = |own: &Statement| own.by_wallet && own.status == Status::InReview;
        let reserved = sum(&|purchase, own| open(purchase, own) && held(own));
        let may_be_reserved = sum(&|purchase, own| open(purchase, own) && own.by_wallet);
        let of_sessions: i64 = self.purchases().map(|(_, own)| own.in_review).sum();
        let taken = world.taken().saturating_sub(of_sessions);
        let rents = |counts: &dyn Fn(&Tenancy) -> bool| -> i64 {
            self.tenancies.values().filter(|tenancy| counts(tenancy)).map(Tenancy::paid).sum()
        };
        let of_periods = rents(&|_| true).saturating_add(self.release_fees);
        let bought = bought.saturating_add(of_periods);
        let spent_of_wallet = spent_of_wallet.saturating_add(rents(&|tenancy| tenancy.by_wallet));
        let wallet = world.topped_up.saturating_sub(spent_of_wallet).saturating_sub(self.release_fees);
        let renewals_may_be: i64 = self.tenancies.values().map(Tenancy::in_doubt).sum();
        let kept = |purchase: u8, own: &Statement| {
            let kept = world.dealings.get(&purchase).map_or(0, Dealings::kept);
            if own.by_wallet { own.price } else { kept }
        };
        let may_be_held: i64 = self
            .purchases()
            .filter(|(purchase, own)| open(*purchase, own) || !own.reviews.is_empty())
            .map(|(purchase, own)| kept(purchase, own))
            .sum();
        // The refund of each session is one of its purchase.
        let sessions = |purchase: u8| world.dealings.get(&purchase).map_or(1, |own| own.sessions.len().max(1));
        let refunds_may_be: i64 = self
            .purchases()
            .filter(|(_, own)| own.reviews.contains(&Kind::Refund))
            .map(|(purchase, own)| own.price.saturating_mul(i64::try_from(sessions(purchase)).unwrap_or(1)))
            .sum();
        let expected = [
            ("taken", books.taken, taken.saturating_sub(may_be(Kind::Charge)).saturating_sub(renewals_may_be), taken),
            ("refunds", books.refunds, world.refunded().saturating_sub(refunds_may_be), world.refunded()),
            ("earned", books.earned, bought, bought),
            ("wallet", books.wallet, wallet.saturating_sub(may_be_reserved), wallet.saturating_sub(reserved)),
        ];
        for (book, told, least, most) in expected {
            if told < least || most < told {
                let found = format!("{book}: {told} in the books, {least} to {most} in truth");
                return Err(violation("books_off", None, found));
            }
        }
        if may_be_held < books.holds {
            let found = format!("{} are held, and {may_be_held} by what is in review", books.holds);
            return Err(violation("held_without_end", None, found));
        }
        self.look_at_prices(world)
    }

    /// Each number that was bought costs what was agreed.
    fn look_at_prices(&self, world: &World) -> Result<(), Violation> {
        for (purchase, statement) in self.purchases().filter(|(purchase, _)| self.bought.contains(purchase)) {
            let sold = world.dealings.get(&purchase).and_then(|own| own.sold);
            let row = sold.and_then(|number| world.numbers.get(usize::from(number)));
            if let Some(row) = row.filter(|row| row.price != statement.price) {
                let found = format!("agreed {}, the number costs {}", statement.price, row.price);
                return Err(violation("another_price", Some(purchase), found));
            }
        }
        Ok(())
    }

    fn look_at_one(&self, purchase: u8, statement: &Statement, world: &World) -> Result<(), Violation> {
        let nothing = Dealings::default();
        let own = world.dealings.get(&purchase).unwrap_or(&nothing);
        let bad = |rule, found: String| Err(violation(rule, Some(purchase), found));
        match statement.status {
            Status::Pending | Status::Undoing => bad("not_at_rest", format!("{:?} at rest", statement.status)),
            Status::Held if !own.has_number() => bad("told_bought_unsold", "held; the carrier has not sold it".into()),
            Status::Held | Status::Leaving | Status::Released => {
                let due = if statement.by_wallet { 0 } else { statement.price };
                if own.kept().saturating_sub(statement.in_review) != due {
                    return bad("paid_wrong", format!("bought for {due}, paid {}", own.kept()));
                }
                Ok(())
            }
            Status::Failed if own.has_number() => {
                bad("told_failed_sold", "told failed; the carrier has sold it".into())
            }
            Status::Failed if own.kept() != statement.in_review => {
                bad("money_kept", format!("told failed; {} is kept", own.kept()))
            }
            Status::Failed => Ok(()),
            Status::InReview | Status::GivenUp => {
                let names = |kinds: &[Kind]| kinds.iter().any(|kind| statement.reviews.contains(kind));
                if statement.reviews.is_empty() && statement.in_review == 0 {
                    return bad("review_of_nothing", format!("{:?}", statement.status));
                }
                // A number that is sold, or money that is kept, is what the review is about.
                if own.has_number() && !names(&[Kind::Order, Kind::QueryOrder, Kind::Release, Kind::Charge]) {
                    return bad("sold_beside_a_review", format!("{:?}", statement.reviews));
                }
                let is_about_money = names(&[Kind::Refund, Kind::Charge, Kind::Order, Kind::QueryOrder]);
                if statement.status == Status::GivenUp && own.kept() != statement.in_review && !is_about_money {
                    return bad("kept_beside_a_review", format!("{} for {:?}", own.kept(), statement.reviews));
                }
                Ok(())
            }
        }
    }
}

impl Statement {
    const fn is_in_review(&self) -> bool {
        matches!(self.status, Status::InReview | Status::GivenUp)
    }

    pub(crate) fn is_held(&self) -> bool {
        self.status == Status::Held
    }
}

#[cfg(test)]
mod tests;
