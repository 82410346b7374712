//! The carrier: it keeps the inventory, takes orders, and says which numbers are whose.

use std::sync::Arc;

use ringup_core::effect::EffectKind;
use ringup_core::{AccountId, E164, EffectId, HolderId, OfferedNumber, PurchaseId, Selector};

use super::chance::{draw, one_of};
use super::stock::NotOffered;
use super::{
    Order, OrderStatus, Owner, OwnerStatus, Reply, Reservation, ReservationStatus, StockNumber, World, effect,
};

/// What the carrier knows about an order.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Found {
    /// It took it, and the number is the customer's.
    Order,
    /// It never took it.
    Nothing,
}

impl World {
    /// The free numbers of a dialect that a selector means.
    pub fn search<'a>(
        &'a self,
        dialect: &'static str,
        selector: &'a Selector,
    ) -> impl Iterator<Item = &'a OfferedNumber> {
        self.stock.matching(dialect, selector).filter(|offer| self.is_free(offer.number))
    }

    /// All free numbers of a dialect.
    pub fn free<'a>(&'a self, dialect: &'static str) -> impl Iterator<Item = &'a OfferedNumber> {
        let own = self.stock.numbers().filter(move |number| number.dialect == dialect && !number.is_fixture);
        own.map(|number| &number.offer).filter(|offer| self.is_free(offer.number))
    }

    /// All numbers with their owners. A fixture number is listed only if it has an owner.
    pub fn inventory(&self) -> impl Iterator<Item = (&StockNumber, Option<&Owner>)> {
        let all = self.stock.numbers().map(|number| (number, self.owners.get(&number.offer.number)));
        all.filter(|(number, owner)| !number.is_fixture || owner.is_some())
    }

    /// Offers a number of a dialect, or offers a free one anew with other prices and properties.
    ///
    /// # Errors
    /// It is held or reserved, or the stock has no place for it.
    pub fn offer(&mut self, dialect: &'static str, offer: OfferedNumber) -> Result<(), NotOffered> {
        if self.is_taken(offer.number) {
            return Err(NotOffered::Taken);
        }
        Arc::make_mut(&mut self.stock).offer(dialect, offer)
    }

    /// Withdraws a number from sale. Whether there was one; a number that is held or reserved stays.
    pub fn withdraw(&mut self, number: E164) -> bool {
        let is_offered = self.stock.find(number).is_some_and(|known| !known.is_fixture);
        is_offered && self.is_free(number) && Arc::make_mut(&mut self.stock).withdraw(number)
    }

    /// Whether the number is held or reserved.
    #[must_use]
    pub fn is_taken(&self, number: E164) -> bool {
        !self.is_free(number)
    }

    fn is_free(&self, number: E164) -> bool {
        !self.owners.contains_key(&number)
    }

    /// Reserves a number for a purchase by one conditional write: only a free number gets an owner. The same effect gets the
    /// same number again.
    ///
    /// # Errors
    /// No such number is free.
    pub fn reserve(
        &mut self,
        dialect: &'static str,
        account: &AccountId,
        key: &EffectId,
        selector: &Selector,
        fits: impl Fn(&OfferedNumber) -> bool,
    ) -> Reply<OfferedNumber> {
        if let Some(earlier) = self.reservations.get(key) {
            let number = self.stock.find(earlier.number).ok_or("the number is no longer in the inventory")?;
            return Ok(number.offer.clone());
        }
        let free: Vec<&OfferedNumber> = self.search(dialect, selector).filter(|offer| fits(offer)).collect();
        let place = match selector {
            // Without a search any number fits.
            Selector::Any { .. } => one_of(draw(self.seed, &key.to_string(), 0), free.len()),
            // The first that a search finds, as the quote has it.
            Selector::Exact { .. }
            | Selector::Inventory { .. }
            | Selector::AreaCode { .. }
            | Selector::Pattern { .. } => Some(0),
        };
        let picked = place.and_then(|place| free.get(place)).copied();
        let offer = picked.ok_or("no such number is free")?.clone();
        self.set_aside(account, key, &offer);
        Ok(offer)
    }

    /// Reserves a number for a purchase from before the world began: the next fixture number, if the dialect has any.
    ///
    /// # Errors
    /// No such number is free.
    pub fn reserve_fixture(
        &mut self,
        dialect: &'static str,
        account: &AccountId,
        key: &EffectId,
        selector: &Selector,
    ) -> Reply<OfferedNumber> {
        let stock = Arc::clone(&self.stock);
        let Some(mut fixtures) = stock.fixtures(dialect, selector) else {
            return self.reserve(dialect, account, key, selector, |_| true);
        };
        let offer = fixtures.find(|offer| self.is_free(offer.number)).ok_or("no such number is free")?;
        self.set_aside(account, key, offer);
        Ok(offer.clone())
    }

    fn set_aside(&mut self, account: &AccountId, key: &EffectId, offer: &OfferedNumber) {
        let purchase = key.purchase.clone();
        let owner = Owner { account: account.clone(), purchase, status: OwnerStatus::Reserved };
        self.owners.insert(offer.number, owner);
        let reservation = Reservation {
            key: key.clone(),
            account: account.clone(),
            number: offer.number,
            reserved_at: self.now(),
            status: ReservationStatus::Held,
        };
        self.reservations.insert(key.clone(), reservation);
    }

    /// Gives a reserved number back. A second time is harmless.
    ///
    /// # Errors
    /// The purchase has bought the number.
    pub fn unreserve(&mut self, purchase: &PurchaseId, number: E164) -> Reply<()> {
        let mine = self.owners.get(&number).filter(|owner| owner.purchase == *purchase);
        match mine.map(|owner| owner.status) {
            Some(OwnerStatus::Owned) => Err("the number was ordered and must be released".into()),
            Some(OwnerStatus::Reserved) => {
                self.owners.remove(&number);
                self.end_reservation(purchase, ReservationStatus::Returned);
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn end_reservation(&mut self, purchase: &PurchaseId, status: ReservationStatus) {
        if let Some(reservation) = self.reservations.get_mut(&effect(purchase, EffectKind::Reserve)) {
            reservation.status = status;
        }
    }

    /// Sells a number that is reserved for the purchase. To a carrier that knows keys, the same effect is one order,
    /// however often it arrives; any other refuses the second one, for the number is sold.
    ///
    /// # Errors
    /// The number is not reserved for this purchase, or sold.
    pub fn order(
        &mut self,
        account: &AccountId,
        key: &EffectId,
        number: E164,
        holder: Option<&HolderId>,
        knows_keys: bool,
    ) -> Reply<()> {
        if knows_keys && self.orders.contains_key(key) {
            return Ok(());
        }
        let reserved = self.owners.get_mut(&number).filter(|owner| {
            owner.purchase == key.purchase && owner.account == *account && owner.status == OwnerStatus::Reserved
        });
        reserved.ok_or("the number is not reserved for this order")?.status = OwnerStatus::Owned;
        self.end_reservation(&key.purchase, ReservationStatus::Ordered);
        let order = Order {
            key: key.clone(),
            account: account.clone(),
            holder: holder.cloned(),
            number,
            ordered_at: self.now(),
            status: OrderStatus::Active,
        };
        self.orders.insert(key.clone(), order);
        Ok(())
    }

    /// Looks an order up by its key.
    #[must_use]
    pub fn query_order(&self, key: &EffectId) -> Found {
        if self.orders.contains_key(key) { Found::Order } else { Found::Nothing }
    }

    /// Looks for a number in the list of the account's own.
    #[must_use]
    pub fn query_list(&self, account: &AccountId, holder: Option<&HolderId>, number: E164) -> Found {
        let listed = self.orders.values().any(|order| {
            order.account == *account
                && order.holder.as_ref() == holder
                && order.number == number
                && order.status == OrderStatus::Active
        });
        if listed { Found::Order } else { Found::Nothing }
    }

    /// Takes a sold number back into the inventory. A second time is harmless.
    ///
    /// # Errors
    /// The purchase never bought the number.
    pub fn release(&mut self, purchase: &PurchaseId, number: E164) -> Reply<()> {
        let released_at = self.now();
        let own = self.orders.get_mut(&effect(purchase, EffectKind::Order)).filter(|order| order.number == number);
        let order = own.ok_or("this purchase has not bought the number")?;
        if order.status == OrderStatus::Active {
            order.status = OrderStatus::Released { released_at };
            self.owners.remove(&number);
        }
        Ok(())
    }
}
