//! The outside: an inventory, a carrier and a payment provider, with records of what they did under which effect.
//!
//! It knows nothing of the core. Each party answers a repeat with its first result, except a carrier without keys, which
//! declines a repeat of an order that it took. A refusal is not remembered: a later call under the same key may succeed.

use std::collections::{BTreeMap, BTreeSet};

use crate::moves::{Fate, Kind};

/// A call of a worker.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) purchase: u8,
    pub(crate) kind: Kind,
    /// The effect's id. A provider moves money once for each.
    pub(crate) key: String,
    /// The numbers to choose from; for an effect on one number, that one.
    pub(crate) numbers: Vec<u8>,
    /// In minor units.
    pub(crate) amount: i64,
    /// The session to refund.
    pub(crate) session: Option<u8>,
    /// When the checkout to open expires.
    pub(crate) expires_at: i64,
    /// The period that a renewal is for, from 1.
    pub(crate) period: u32,
}

/// What a worker gets back.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Reply {
    Silence,
    Declined,
    SessionOpen(u8),
    Reserved(u8),
    Found,
    Absent,
    Done,
}

/// What a dishonest inventory gives out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Shares {
    /// It is honest.
    Nothing,
    /// The first number that its search finds, even if another purchase has it.
    Taken,
    /// A number that nobody asked for.
    Others,
}

impl Shares {
    pub(crate) const ALL: [Self; 3] = [Self::Nothing, Self::Taken, Self::Others];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Taken => "taken",
            Self::Others => "others",
        }
    }
}

/// The most sessions of a purchase.
pub(crate) const SESSIONS: u8 = 3;

/// The outside's records.
#[derive(Clone, Debug)]
pub(crate) struct World {
    /// Whether the carrier knows orders by our keys.
    pub(crate) has_keys: bool,
    pub(crate) numbers: Vec<Number>,
    pub(crate) dealings: BTreeMap<u8, Dealings>,
    /// Paid into wallets, in minor units.
    pub(crate) topped_up: i64,
    pub(crate) dead: Option<Kind>,
    /// Searches find every number, as an old list does.
    pub(crate) finds_what_is_gone: bool,
    /// The payment provider does not know our keys: each call opens another session.
    pub(crate) doubles_sessions: bool,
    pub(crate) shares: Shares,
    /// Whether the inventory was ever dishonest.
    pub(crate) has_shared: bool,
    /// The customer's card is declined where a period is charged.
    pub(crate) declines_renewals: bool,
    /// The effects that have moved money.
    paid: BTreeSet<String>,
}

/// A number, as inventory and carrier have it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Number {
    /// In minor units, for the first month.
    pub(crate) price: i64,
    pub(crate) reserved_by: Option<u8>,
    pub(crate) sold_to: Option<u8>,
}

/// What was done for one purchase.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dealings {
    /// The sessions that were opened, in order.
    pub(crate) sessions: Vec<Session>,
    /// The number that each reservation got, even if it was returned.
    pub(crate) reserved: BTreeMap<String, u8>,
    unreserved: bool,
    pub(crate) charged: i64,
    /// What was charged for each period after the first.
    pub(crate) renewals: BTreeMap<u32, i64>,
    pub(crate) refunded: i64,
    /// The number that was sold, even if it was returned.
    pub(crate) sold: Option<u8>,
    pub(crate) returned: bool,
    /// What the outside was told to refuse from now on.
    forbidden: BTreeSet<Kind>,
    /// Money was returned while the carrier had the number sold.
    pub(crate) refunded_while_sold: bool,
}

/// A page of the payment provider.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) amount: i64,
    pub(crate) expires_at: i64,
    pub(crate) paid: i64,
    pub(crate) paid_at: i64,
    pub(crate) refunded: i64,
}

impl Dealings {
    /// What was taken for the purchase and not given back, in minor units.
    pub(crate) fn kept(&self) -> i64 {
        self.taken().saturating_sub(self.refunded)
    }

    pub(crate) fn taken(&self) -> i64 {
        self.sessions.iter().map(|session| session.paid).fold(self.charged, i64::saturating_add)
    }

    /// What was charged for the periods after the first, in minor units.
    pub(crate) fn renewed(&self) -> i64 {
        self.renewals.values().sum()
    }

    pub(crate) const fn has_number(&self) -> bool {
        self.sold.is_some() && !self.returned
    }
}

impl World {
    pub(crate) fn new(has_keys: bool, prices: &[i64]) -> Self {
        let numbers = prices.iter().map(|price| Number { price: *price, ..Number::default() }).collect();
        Self {
            has_keys,
            numbers,
            dealings: BTreeMap::new(),
            topped_up: 0,
            dead: None,
            finds_what_is_gone: false,
            doubles_sessions: false,
            shares: Shares::Nothing,
            has_shared: false,
            declines_renewals: false,
            paid: BTreeSet::new(),
        }
    }

    /// What was taken from customers, in minor units.
    pub(crate) fn taken(&self) -> i64 {
        let taken = self.dealings.values().map(|own| own.taken().saturating_add(own.renewed()));
        taken.fold(self.topped_up, i64::saturating_add)
    }

    pub(crate) fn refunded(&self) -> i64 {
        self.dealings.values().map(|dealings| dealings.refunded).fold(0, i64::saturating_add)
    }

    pub(crate) fn is_for_sale(&self, number: u8) -> bool {
        let row = self.numbers.get(usize::from(number));
        row.is_some_and(|row| row.reserved_by.is_none() && row.sold_to.is_none())
    }

    pub(crate) fn finds(&self, number: u8) -> bool {
        self.finds_what_is_gone || self.is_for_sale(number)
    }

    /// A call, with what the worker gets back.
    pub(crate) fn call(&mut self, call: &Call, fate: Fate) -> Reply {
        if fate == Fate::RequestLost || self.dead == Some(call.kind) {
            return Reply::Silence;
        }
        let forbidden = self.dealings.get(&call.purchase).is_some_and(|own| own.forbidden.contains(&call.kind));
        let reply = self.reply(call, forbidden || fate == Fate::Refused);
        if fate == Fate::ReplyLost { Reply::Silence } else { reply }
    }

    fn reply(&mut self, call: &Call, refuse: bool) -> Reply {
        match call.kind {
            Kind::OpenCheckout => self.open_checkout(call, refuse),
            Kind::Reserve => self.reserve(call, refuse),
            Kind::Order => self.order(call, refuse),
            Kind::Charge | Kind::Refund | Kind::Renew if self.paid.contains(&call.key) => Reply::Done,
            Kind::Charge | Kind::Refund if refuse => Reply::Declined,
            Kind::Renew if refuse || self.declines_renewals => Reply::Declined,
            Kind::Charge => {
                self.paid.insert(call.key.clone());
                let dealings = self.dealings.entry(call.purchase).or_default();
                dealings.charged = dealings.charged.saturating_add(call.amount);
                Reply::Done
            }
            Kind::Refund => {
                self.paid.insert(call.key.clone());
                let dealings = self.dealings.entry(call.purchase).or_default();
                dealings.refunded = dealings.refunded.saturating_add(call.amount);
                if let Some(session) = call.session.and_then(|nth| dealings.sessions.get_mut(usize::from(nth))) {
                    session.refunded = session.refunded.saturating_add(call.amount);
                }
                // What was paid twice goes back once.
                dealings.refunded_while_sold |= dealings.has_number() && dealings.kept() < call.amount;
                Reply::Done
            }
            Kind::QueryOrder if refuse => Reply::Declined,
            Kind::QueryOrder if self.has_order(call) => Reply::Found,
            Kind::QueryOrder => Reply::Absent,
            Kind::Unreserve | Kind::EndCharges | Kind::Release if refuse => Reply::Declined,
            Kind::Renew => {
                self.paid.insert(call.key.clone());
                let charged = self.dealings.entry(call.purchase).or_default().renewals.entry(call.period).or_default();
                *charged = charged.saturating_add(call.amount);
                Reply::Done
            }
            Kind::EndCharges => Reply::Done,
            Kind::Unreserve => {
                self.give_back(call, false);
                Reply::Done
            }
            Kind::Release => {
                self.give_back(call, true);
                Reply::Done
            }
        }
    }

    fn open_checkout(&mut self, call: &Call, refuse: bool) -> Reply {
        let dealings = self.dealings.entry(call.purchase).or_default();
        let count = u8::try_from(dealings.sessions.len()).unwrap_or(u8::MAX);
        match count {
            1.. if !self.doubles_sessions || SESSIONS <= count => Reply::SessionOpen(0),
            _ if refuse => Reply::Declined,
            _ => {
                let (amount, expires_at) = (call.amount, call.expires_at);
                dealings.sessions.push(Session { amount, expires_at, paid: 0, paid_at: 0, refunded: 0 });
                Reply::SessionOpen(count)
            }
        }
    }

    fn reserve(&mut self, call: &Call, refuse: bool) -> Reply {
        if let Some(number) = self.dealings.entry(call.purchase).or_default().reserved.get(&call.key) {
            return Reply::Reserved(*number);
        }
        let is_unsold = |number: &u8| self.numbers.get(usize::from(*number)).is_some_and(|row| row.sold_to.is_none());
        let free = match self.shares {
            Shares::Nothing => call.numbers.iter().copied().find(|number| self.is_for_sale(*number)),
            Shares::Taken => call.numbers.iter().copied().find(is_unsold),
            Shares::Others => (0..u8::MAX)
                .take(self.numbers.len())
                .find(|number| self.is_for_sale(*number) && !call.numbers.contains(number)),
        };
        let Some(number) = free.filter(|_| !refuse) else { return Reply::Declined };
        if let Some(row) = self.numbers.get_mut(usize::from(number)).filter(|row| row.reserved_by.is_none()) {
            row.reserved_by = Some(call.purchase);
        }
        let dealings = self.dealings.entry(call.purchase).or_default();
        dealings.reserved.insert(call.key.clone(), number);
        dealings.unreserved = false;
        Reply::Reserved(number)
    }

    fn order(&mut self, call: &Call, refuse: bool) -> Reply {
        let dealings = self.dealings.entry(call.purchase).or_default();
        if dealings.sold.is_some() {
            return if self.has_keys { Reply::Done } else { Reply::Declined };
        }
        let number = call.numbers.first().copied().filter(|_| !refuse);
        let row = number.and_then(|number| self.numbers.get_mut(usize::from(number)));
        match row {
            // A number that is reserved for another purchase is not sold to this one.
            Some(row) if row.sold_to.is_none() && row.reserved_by.is_none_or(|by| by == call.purchase) => {
                row.sold_to = Some(call.purchase);
                dealings.sold = number;
                Reply::Done
            }
            Some(_) | None => Reply::Declined,
        }
    }

    /// By key, or by the list of our numbers.
    fn has_order(&self, call: &Call) -> bool {
        if self.has_keys {
            return self.dealings.get(&call.purchase).is_some_and(Dealings::has_number);
        }
        let row = call.numbers.first().and_then(|number| self.numbers.get(usize::from(*number)));
        row.is_some_and(|row| row.sold_to.is_some())
    }

    fn give_back(&mut self, call: &Call, to_carrier: bool) {
        let row = call.numbers.first().and_then(|number| self.numbers.get_mut(usize::from(*number)));
        let Some(row) = row else { return };
        if row.reserved_by == Some(call.purchase) {
            row.reserved_by = None;
        }
        self.dealings.entry(call.purchase).or_default().unreserved = true;
        if to_carrier && row.sold_to == Some(call.purchase) {
            row.sold_to = None;
            self.dealings.entry(call.purchase).or_default().returned = true;
        }
    }

    /// A number was sold before the history begins.
    pub(crate) fn sell(&mut self, purchase: u8, number: Option<u8>) {
        let row = number.and_then(|number| self.numbers.get_mut(usize::from(number)));
        if let Some(row) = row {
            (row.reserved_by, row.sold_to) = (Some(purchase), Some(purchase));
        }
        self.dealings.entry(purchase).or_default().sold = number;
    }

    /// The inventory hears that another purchase has the number.
    pub(crate) fn take_back(&mut self, purchase: u8) {
        let number = self.dealings.get_mut(&purchase).and_then(|own| own.reserved.pop_last()).map(|(_, number)| number);
        let other = self.dealings.iter().find(|(_, own)| {
            number.is_some() && own.reserved.values().next_back().copied() == number && !own.unreserved
        });
        let other = other.map(|(other, _)| *other);
        let row = number.and_then(|number| self.numbers.get_mut(usize::from(number)));
        if let Some(row) = row.filter(|row| row.reserved_by == Some(purchase)) {
            row.reserved_by = other;
        }
    }

    /// The customer pays. Returns whether the provider took it.
    pub(crate) fn pay(&mut self, purchase: u8, nth: u8, now: i64, late: bool) -> bool {
        let dealings = self.dealings.get_mut(&purchase);
        let session = dealings.and_then(|dealings| dealings.sessions.get_mut(usize::from(nth)));
        let Some(session) = session.filter(|session| session.paid == 0 && (late || now < session.expires_at)) else {
            return false;
        };
        session.paid = session.amount;
        session.paid_at = now;
        true
    }

    /// Manual review: what was done, as its confirmation would say. What is not done never will be, unless it must be.
    /// `period`: the one that is charged.
    pub(crate) fn look_into(&mut self, purchase: u8, kind: Kind, period: u32) -> Option<Reply> {
        let dealings = self.dealings.entry(purchase).or_default();
        let row = |number: Option<u8>| number.and_then(|number| self.numbers.get(usize::from(number)));
        let is_ours = |number: &&u8| row(Some(**number)).is_some_and(|row| row.reserved_by == Some(purchase));
        let still_reserved = dealings.reserved.values().find(is_ours).copied();
        let done = |is_done: bool| is_done.then_some(Reply::Done);
        let found = match kind {
            Kind::OpenCheckout => (!dealings.sessions.is_empty()).then_some(Reply::SessionOpen(0)),
            Kind::Reserve => still_reserved.map(Reply::Reserved),
            Kind::Charge => done(dealings.charged != 0),
            Kind::Order => done(dealings.has_number()),
            Kind::QueryOrder => None,
            Kind::Unreserve => done(still_reserved.is_none()),
            Kind::Refund => done(0 < dealings.refunded && dealings.taken() <= dealings.refunded),
            Kind::EndCharges => Some(Reply::Done),
            Kind::Renew => done(dealings.renewals.contains_key(&period)),
            Kind::Release => done(row(dealings.sold).is_none_or(|row| row.sold_to != Some(purchase))),
        };
        if found.is_none() && matches!(kind, Kind::OpenCheckout | Kind::Reserve | Kind::Charge | Kind::Order) {
            dealings.forbidden.insert(kind);
        }
        found
    }
}
