//! The account: everything that one decision must be consistent with, and nothing else.

mod held_counts;
mod held_number;

use alloc::{collections::BTreeMap, collections::BTreeSet, vec::Vec};

pub use held_number::{HeldNumber, HeldStatus};

use crate::account::key::{IdempotencyKey, KeyRecord};
use crate::account::standing::{
    Actor, CustomerTerms, HeldCounts, InFlight, Move, MoveKind, ReleasableNumber, Standing,
};
use crate::base::id::{AccountId, PurchaseId};
use crate::base::money::Money;
use crate::base::read::{Place, Reader, checked_by};
use crate::base::timestamp::Timestamp;
use crate::effect::Effect;
use crate::ledger::{Book, Ledger, LedgerError, Posting};
use crate::purchase::Purchase;
use crate::shop::Shop;
use crate::terms::fulfilment::OrderEvidence;
use ringup_derive::data;

/// The format of stored accounts. No other one loads.
pub const ACCOUNT_FORMAT: u32 = 1;

/// The most numbers of one kind that a standing lists.
const RELEASABLE_MAX: u32 = 20;

/// An account. Only [`crate::evolve`] changes it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data(undescribed)]
pub struct Account {
    // The stored format. An unknown one must be refused.
    #[serde(deserialize_with = "known_format")]
    #[read(with = "read_format")]
    pub(crate) format: u32,
    pub(crate) id: AccountId,
    /// The count of events so far. A decision names the version it was made on.
    pub(crate) version: u64,
    pub(crate) terms: CustomerTerms,
    pub(crate) purchases: BTreeMap<PurchaseId, Purchase>,
    // Derived: the purchases that have not ended, so that a decision need not read all of them.
    pub(crate) in_flight: BTreeSet<PurchaseId>,
    pub(crate) numbers: BTreeMap<PurchaseId, HeldNumber>,
    // Derived: the numbers that are being released.
    pub(crate) releasing: BTreeSet<PurchaseId>,
    // Derived: the numbers held, counted.
    pub(crate) held: HeldCounts,
    pub(crate) keys: BTreeMap<IdempotencyKey, KeyRecord>,
    pub(crate) last_accepted_at: Option<Timestamp>,
    // Derived: claims and releases by instant, with the amount due at a claim.
    #[serde(with = "moves")]
    #[read(with = "moves::read")]
    pub(crate) moves: BTreeMap<(Timestamp, PurchaseId, MoveKind), Option<Money>>,
    pub(crate) ledger: Ledger,
}

/// # Example
///
/// ```
/// use ringup_core::{Account, Actor, CustomerTerms, Money, Shop, Timestamp, policies, shop::BillingKind};
///
/// let terms = CustomerTerms::new(BillingKind::Prepaid);
/// let wallet = [Money::new(200_00, "INR".parse()?)?];
/// let account = Account::open("account-1".parse()?, terms, &wallet, vec![])?;
///
/// // The part that a quote reads. A browser may have it; it never needs the account.
/// let shop = Shop::new(serde_json::from_str(policies::VOBIZ)?)?;
/// let standing = account.standing(&shop, &Actor::default(), Timestamp::from_millis(1_774_432_800_000));
/// assert_eq!(standing.balances[0].to_string(), "200.00 INR");
///
/// // It is stored as JSON, or as its events.
/// let stored = serde_json::to_string(&account)?;
/// assert_eq!(serde_json::from_str::<Account>(&stored)?, account);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl Account {
    /// A new account: the customer's terms, money already in the wallet, and numbers already held.
    ///
    /// # Errors
    /// [`LedgerError`] if an amount is negative or too large.
    pub fn open(
        id: AccountId,
        terms: CustomerTerms,
        wallet: &[Money],
        numbers: Vec<HeldNumber>,
    ) -> Result<Self, LedgerError> {
        let postings = Self::opening_postings(wallet, &numbers);
        if let Some(negative) = postings.iter().find(|posting| posting.money.minor_units() < 0) {
            return Err(LedgerError::Overdrawn(negative.to));
        }
        let mut account = Self {
            format: ACCOUNT_FORMAT,
            id,
            version: 0,
            terms,
            purchases: BTreeMap::new(),
            in_flight: BTreeSet::new(),
            numbers: BTreeMap::new(),
            releasing: BTreeSet::new(),
            held: HeldCounts::default(),
            keys: BTreeMap::new(),
            last_accepted_at: None,
            moves: BTreeMap::new(),
            ledger: Ledger::default().after(&postings)?,
        };
        for number in numbers {
            account.count(&number);
            account.numbers.insert(number.purchase.clone(), number);
        }
        Ok(account)
    }

    /// The postings that open an account with this money and these numbers.
    #[must_use]
    pub fn opening_postings(wallet: &[Money], numbers: &[HeldNumber]) -> Vec<Posting> {
        let taken = |to, money| Posting { from: Book::Taken, to, money };
        let balances = wallet.iter().map(|money| taken(Book::Wallet, *money));
        let rents = numbers.iter().map(|number| taken(Book::RentToRun, number.rent_to_run));
        balances.chain(rents).filter(|posting| !posting.money.is_zero()).collect()
    }

    /// The id, as the host chose it.
    #[must_use]
    pub const fn id(&self) -> &AccountId {
        &self.id
    }

    /// The count of events so far. A decision names the version it was made on.
    #[must_use]
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// The customer's terms.
    #[must_use]
    pub const fn terms(&self) -> &CustomerTerms {
        &self.terms
    }

    /// A purchase of any state, by its id.
    #[must_use]
    pub fn purchase(&self, id: &PurchaseId) -> Option<&Purchase> {
        self.purchases.get(id)
    }

    /// Every purchase, by id.
    pub fn purchases(&self) -> impl Iterator<Item = &Purchase> {
        self.purchases.values()
    }

    /// A number that is or was held, by the purchase that bought it.
    #[must_use]
    pub fn number(&self, id: &PurchaseId) -> Option<&HeldNumber> {
        self.numbers.get(id)
    }

    /// Every number that is or was held, by the purchase that bought it.
    pub fn numbers(&self) -> impl Iterator<Item = &HeldNumber> {
        self.numbers.values()
    }

    /// The books: where the account's money is.
    #[must_use]
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The part of the account that a quote of this shop reads, as this actor sees it at `now`.
    #[must_use]
    pub fn standing(&self, shop: &Shop, actor: &Actor, now: Timestamp) -> Standing {
        let since = shop.windows_begin(now);
        let recent =
            since.into_iter().flat_map(|since| self.moves.iter().rev().take_while(move |(id, _)| since <= id.0));
        let recent = recent.map(|((at, _, kind), spent)| Move { at: *at, kind: *kind, spent: *spent });
        let mut recent: Vec<Move> = recent.collect();
        recent.reverse();
        let balances = self.ledger.currencies().map(|currency| self.ledger.balance(Book::Wallet, currency));
        let on_their_way = self.in_flight.iter().filter_map(|id| self.purchases.get(id));
        Standing {
            actor: actor.clone(),
            terms: self.terms.clone(),
            balances: balances.collect(),
            held: self.held.clone(),
            releasable: self.releasable(shop, actor, now),
            in_flight: on_their_way
                // A purchase that is being undone does not count.
                .filter(|purchase| !purchase.is_compensating())
                .map(|purchase| InFlight {
                    accepted_at: purchase.agreement.accepted_at,
                    checkout_expires_at: purchase.checkout_expires_at(),
                    country: Some(purchase.agreement.country),
                    number_type: purchase.number_type(),
                    holder: purchase.agreement.holder.clone(),
                    due_now: Some(purchase.agreement.price.due_now),
                })
                .collect(),
            recent,
            last_accepted_at: self.last_accepted_at,
        }
    }

    /// The numbers that the actor may release, or that are leaving; the first of each kind.
    fn releasable(&self, shop: &Shop, actor: &Actor, now: Timestamp) -> Vec<ReleasableNumber> {
        let may_release = shop.policy().may_release(actor.role);
        let is_theirs = |number: &&HeldNumber| {
            actor.only_holder.is_none() || number.agreement.holder.as_ref() == actor.only_holder.as_ref()
        };
        let held = self.numbers.values().filter(|number| !number.is_released());
        let listed = held.filter_map(|number| {
            let leaving = !matches!(number.status, HeldStatus::Active);
            (leaving || may_release && is_theirs(&number)).then(|| ReleasableNumber {
                purchase: number.purchase.clone(),
                country: number.offer.country,
                number_type: number.offer.number_type,
                holder: number.agreement.holder.clone(),
                subscribed: number.is_subscribed(),
                leaving,
                leaves_at: number.leaves_at(shop.policy().release, now),
            })
        });
        let mut of_each_kind: BTreeMap<_, u32> = BTreeMap::new();
        let is_among_the_first = |number: &ReleasableNumber| {
            let is_counted = number.holder.as_ref().is_none_or(|holder| !self.terms.uncounted_holders.contains(holder));
            let kind = (number.country, number.number_type, number.subscribed, number.leaving, is_counted);
            let so_far = of_each_kind.entry(kind).or_default();
            *so_far = so_far.saturating_add(1);
            *so_far <= RELEASABLE_MAX
        };
        listed.filter(is_among_the_first).collect()
    }

    /// Whether the books can add this amount to all that is pending.
    pub(crate) fn can_take(&self, money: Money) -> bool {
        let on_its_way = self.in_flight.iter().filter_map(|id| self.purchases.get(id));
        let due = on_its_way.map(|purchase| purchase.agreement.price.due_now);
        let due = due.filter(|due| due.currency() == money.currency());
        let taken = self.ledger.balance(Book::Taken, money.currency());
        let so_far = Money::zero(money.currency()).checked_sub(taken);
        due.chain([money]).fold(so_far, |sum, more| sum?.checked_add(more)).is_ok()
    }

    /// The pending effects. They follow from the state, so a restart needs no other memory.
    pub(crate) fn owed(&self) -> Vec<Effect> {
        let purchases = self.in_flight.iter().filter_map(|id| self.purchases.get(id));
        let purchases = purchases.filter(|purchase| !self.must_queue(purchase)).filter_map(Purchase::owed);
        let numbers = self.releasing.iter().filter_map(|id| self.numbers.get(id)).filter_map(HeldNumber::owed);
        purchases.chain(numbers).collect()
    }

    /// Whether an order must wait because the same holder has another order pending and the carrier only lists numbers.
    /// Two pending orders would make the list ambiguous.
    fn must_queue(&self, purchase: &Purchase) -> bool {
        let rank = |purchase: &Purchase| (purchase.agreement.accepted_at, purchase.id.clone());
        let lists_only = purchase.agreement.order_evidence == OrderEvidence::ListOnly;
        lists_only
            && purchase.is_ordering()
            && self.in_flight.iter().filter_map(|id| self.purchases.get(id)).any(|other| {
                other.id != purchase.id
                    && other.is_ordering()
                    && other.agreement.holder == purchase.agreement.holder
                    && rank(other) < rank(purchase)
            })
    }

    /// Replaces the terms, and counts again: other holders may be uncounted now.
    pub(crate) fn set_terms(&mut self, terms: &CustomerTerms) {
        if self.terms.uncounted_holders != terms.uncounted_holders {
            self.held = HeldCounts::of(self.numbers.values(), terms);
        }
        self.terms = terms.clone();
    }

    /// Adds a number to the counts.
    pub(crate) fn count(&mut self, number: &HeldNumber) {
        if number.is_released() {
            return;
        }
        self.held.add(number, &self.terms);
        let claim = (number.agreement.accepted_at, number.purchase.clone(), MoveKind::Claim);
        self.moves.insert(claim, Some(number.agreement.price.due_now));
        if self.last_accepted_at < Some(number.agreement.accepted_at) {
            self.last_accepted_at = Some(number.agreement.accepted_at);
        }
    }
}

/// Serializes the moves as a list, because a JSON map has text keys.
mod moves {
    use alloc::{collections::BTreeMap, vec::Vec};

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::account::standing::MoveKind;
    use crate::base::id::PurchaseId;
    use crate::base::money::Money;
    use crate::base::read::{Place, Read, Reader};
    use crate::base::timestamp::Timestamp;

    type Moves = BTreeMap<(Timestamp, PurchaseId, MoveKind), Option<Money>>;

    pub(super) fn serialize<S: Serializer>(moves: &Moves, serializer: S) -> Result<S::Ok, S::Error> {
        moves.iter().collect::<Vec<_>>().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Moves, D::Error> {
        Ok(Vec::deserialize(deserializer)?.into_iter().collect())
    }

    pub(super) fn read(reader: &mut Reader<'_>, place: Place) -> Option<Moves> {
        Some(Vec::read(reader, place)?.into_iter().collect())
    }
}

fn known_format<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    this_format(serde::Deserialize::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}

fn read_format(reader: &mut Reader<'_>, place: Place) -> Option<u32> {
    checked_by(reader, place, this_format)
}

fn this_format(format: u32) -> Result<u32, &'static str> {
    if format == ACCOUNT_FORMAT {
        return Ok(format);
    }
    Err("the account is stored in a format of another version of ringup-core; load it with that one")
}
