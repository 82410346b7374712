//! Moves: what customers, workers, the outside and the clock do. A history is a list of them, and has a text.

mod text;

use crate::world::Shares;

/// What an effect does, in the world's words.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Kind {
    OpenCheckout,
    Reserve,
    Charge,
    Order,
    QueryOrder,
    Unreserve,
    Refund,
    EndCharges,
    Renew,
    Release,
}

/// Either of two workers, who may run the same effect.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Worker {
    A,
    B,
}

/// What becomes of a call.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Fate {
    /// It is done, if it can be.
    Good,
    /// It is refused, unless it is done already.
    Refused,
    /// It never arrives.
    RequestLost,
    /// It is done, and the reply is lost.
    ReplyLost,
}

/// Which number is asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Want {
    /// A number with an area code that no number of the country has.
    Nowhere,
    Any,
    AreaCode,
    Pattern,
    Exact(u8),
    Inventory(u8),
}

/// How a customer asks, besides for which number.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct How {
    /// The price seen: the number's, or another.
    pub(crate) sees: Option<Seen>,
    /// A second purchase within the window is confirmed.
    pub(crate) confirms: bool,
    /// The actor may only read.
    pub(crate) is_viewer: bool,
}

/// A price that was seen.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Seen {
    Own,
    Another,
}

/// When a number is to leave.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum When {
    AtOnce,
    CoolDown,
    PeriodEnd,
    /// After n milliseconds.
    In(u64),
}

/// One step of a history. A move that makes no sense where it comes does nothing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Move {
    /// A customer buys. With the id of an earlier purchase, the command is delivered again.
    Buy {
        purchase: u8,
        holder: u8,
        want: Want,
        key: Option<u8>,
        how: How,
    },
    /// A worker takes the pending effect, calls, and tells how it ended.
    Do {
        purchase: u8,
        kind: Kind,
    },
    /// A worker takes the pending effect, and calls later.
    Take {
        worker: Worker,
        purchase: u8,
        kind: Kind,
    },
    /// The worker's call reaches the outside.
    Call {
        worker: Worker,
        purchase: u8,
        kind: Kind,
        fate: Fate,
    },
    /// The worker tells what it got. `again`: it will tell so another time.
    Tell {
        worker: Worker,
        purchase: u8,
        kind: Kind,
        again: bool,
    },
    /// The worker dies. When its lease ends, its outcome is told as unknown.
    Die {
        worker: Worker,
        purchase: u8,
        kind: Kind,
    },
    /// The customer pays at the checkout. `late`: the provider takes it after the expiry, too.
    Pay {
        purchase: u8,
        nth: u8,
        late: bool,
    },
    /// The provider's message about the payment arrives, perhaps again.
    Hear {
        purchase: u8,
        nth: u8,
    },
    /// A message that a session took another amount than it did.
    Mishear {
        purchase: u8,
    },
    /// From now on each call opens another session, or no longer does.
    Double {
        doubles: bool,
    },
    /// A message about the payment of a session that was never opened.
    Ghost {
        purchase: u8,
    },
    /// The message that the customer has left the checkout.
    Abandon {
        purchase: u8,
    },
    /// `WakeUp` for one record, due or not, or for all that are due.
    Wake {
        purchase: Option<u8>,
    },
    Step {
        ms: u64,
    },
    Back {
        ms: u32,
    },
    Release {
        purchase: u8,
    },
    /// A release that says when.
    Leave {
        purchase: u8,
        when: When,
    },
    /// The number stays.
    Cancel {
        purchase: u8,
    },
    /// From now on the customer's card is declined where a period is charged, or no longer is.
    Card {
        works: bool,
    },
    TopUp {
        minor_units: u32,
    },
    /// The customer's terms are these from now on.
    Terms {
        choice: u8,
    },
    Holder {
        holder: u8,
        allowed: bool,
    },
    /// Manual review asks the outside, forbids what is not done, and decides. `again`: it only asks once more.
    Resolve {
        purchase: u8,
        again: bool,
    },
    /// The outside answers no effect of this kind any more.
    Dead {
        kind: Kind,
    },
    Mend,
    /// What a dishonest inventory gives out from now on.
    Share {
        shares: Shares,
    },
    /// A host reports an outcome that the effect cannot have, or of an effect that nobody has begun.
    Lie {
        purchase: u8,
        kind: Kind,
        nth: u8,
    },
    /// Somebody who may only read releases a number.
    Viewer {
        purchase: u8,
    },
    /// A top-up of nothing.
    Nothing,
    /// The events so far are damaged in some ways, drawn from the seed, and replayed.
    Damage {
        seed: u32,
    },
    /// From now on searches find numbers that are gone, or no longer do.
    Stale {
        is_stale: bool,
    },
}

impl Kind {
    pub(crate) const ALL: [Self; 10] = [
        Self::OpenCheckout,
        Self::Reserve,
        Self::Charge,
        Self::Order,
        Self::QueryOrder,
        Self::Unreserve,
        Self::Refund,
        Self::EndCharges,
        Self::Renew,
        Self::Release,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::OpenCheckout => "open_checkout",
            Self::Reserve => "reserve",
            Self::Charge => "charge",
            Self::Order => "order",
            Self::QueryOrder => "query_order",
            Self::Unreserve => "unreserve",
            Self::Refund => "refund",
            Self::EndCharges => "end_charges",
            Self::Renew => "renew",
            Self::Release => "release",
        }
    }
}

impl Fate {
    pub(crate) const ALL: [Self; 4] = [Self::Good, Self::Refused, Self::RequestLost, Self::ReplyLost];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Refused => "refused",
            Self::RequestLost => "request_lost",
            Self::ReplyLost => "reply_lost",
        }
    }
}
