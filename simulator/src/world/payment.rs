//! The payment provider: checkout sessions, subscriptions, invoices and refunds.

use ringup_core::effect::EffectKind;
use ringup_core::shop::PaymentMethod;
use ringup_core::{AccountId, CheckoutId, EffectId, Money, PurchaseId, Timestamp};

use super::chance::draw;
use super::{Charge, ChargeMethod, Checkout, CheckoutStatus, Refund, Reply, World, effect};

impl World {
    /// Opens a checkout page. A repeat of the effect gets the same page.
    ///
    /// # Errors
    /// Never in an ordinary world: the name of a session is a name.
    pub fn open_checkout(
        &mut self,
        account: &AccountId,
        key: &EffectId,
        amount: Money,
        expires_at: Timestamp,
    ) -> Reply<CheckoutId> {
        let drawn = draw(self.seed, &key.to_string(), 0);
        let id: CheckoutId = format!("cs_{drawn:032x}").parse().map_err(|error| format!("{error}"))?;
        let (account, status) = (account.clone(), CheckoutStatus::Open);
        let opened = Checkout { id: id.clone(), key: key.clone(), account, amount, expires_at, paid_at: None, status };
        self.checkouts.entry(id.clone()).or_insert(opened);
        Ok(id)
    }

    /// A checkout in its current state.
    #[must_use]
    pub fn checkout(&self, id: &CheckoutId) -> Option<Checkout> {
        let mut checkout = self.checkouts.get(id)?.clone();
        if checkout.status == CheckoutStatus::Open && checkout.expires_at <= self.now() {
            checkout.status = CheckoutStatus::Expired;
        }
        Some(checkout)
    }

    /// Takes the money at a checkout. A bank that confirms `late` takes it after the end as well.
    ///
    /// # Errors
    /// The status of a checkout that cannot be paid; `None` if there is no such checkout.
    pub fn pay_checkout(&mut self, id: &CheckoutId, late: bool) -> Result<Checkout, Option<CheckoutStatus>> {
        let checkout = self.checkout(id).ok_or(None)?;
        match checkout.status {
            CheckoutStatus::Open => {}
            CheckoutStatus::Expired if late => {}
            CheckoutStatus::Expired | CheckoutStatus::Paid | CheckoutStatus::Declined => {
                return Err(Some(checkout.status));
            }
        }
        let paid = Checkout { status: CheckoutStatus::Paid, paid_at: Some(self.now()), ..checkout };
        self.checkouts.insert(id.clone(), paid.clone());
        self.unacknowledged.insert(id.clone());
        self.take(&paid.account, &paid.key, ChargeMethod::Checkout, paid.amount);
        add(self.subscriptions.entry(paid.account.clone()).or_default(), &paid.key.purchase);
        Ok(paid)
    }

    /// Closes a checkout without a payment.
    ///
    /// # Errors
    /// As [`Self::pay_checkout`].
    pub fn decline_checkout(&mut self, id: &CheckoutId) -> Result<Checkout, Option<CheckoutStatus>> {
        let checkout = self.checkout(id).ok_or(None)?;
        if checkout.status != CheckoutStatus::Open {
            return Err(Some(checkout.status));
        }
        let declined = Checkout { status: CheckoutStatus::Declined, ..checkout };
        self.checkouts.insert(id.clone(), declined.clone());
        self.unacknowledged.insert(id.clone());
        Ok(declined)
    }

    /// The paid or declined sessions that the shop has not acknowledged; they are reported until it does.
    #[must_use]
    pub fn unacknowledged_checkouts(&self) -> Vec<Checkout> {
        self.unacknowledged.iter().filter_map(|id| self.checkouts.get(id)).cloned().collect()
    }

    /// The shop acknowledges a session's end.
    pub fn acknowledge_checkout(&mut self, id: &CheckoutId) {
        self.unacknowledged.remove(id);
    }

    /// Declines every charge of this customer's card from now on.
    pub fn decline_card(&mut self, account: &AccountId) {
        self.declined_cards.insert(account.clone());
    }

    /// The customer has a card that works.
    pub fn accept_card(&mut self, account: &AccountId) {
        self.declined_cards.remove(account);
    }

    /// Takes money by subscription or invoice. The same effect takes it once.
    ///
    /// # Errors
    /// The card is declined.
    /// The method is not the provider's: wallets are the shop's, and a checkout is paid on its page.
    pub fn charge(&mut self, account: &AccountId, key: &EffectId, method: PaymentMethod, amount: Money) -> Reply<()> {
        let (method, items) = match method {
            PaymentMethod::Subscription => (ChargeMethod::Subscription, &mut self.subscriptions),
            PaymentMethod::UsageInvoice => (ChargeMethod::UsageInvoice, &mut self.invoices),
            PaymentMethod::Checkout | PaymentMethod::Wallet => return Err("this is not charged here".into()),
        };
        if self.charges.contains_key(&key.to_string()) {
            return Ok(());
        }
        if self.declined_cards.contains(account) {
            return Err("the card was declined".into());
        }
        add(items.entry(account.clone()).or_default(), &key.purchase);
        self.take(account, key, method, amount);
        Ok(())
    }

    fn take(&mut self, account: &AccountId, key: &EffectId, method: ChargeMethod, amount: Money) {
        let name = key.to_string();
        let (account, purchase, charged_at) = (account.clone(), Some(key.purchase.clone()), self.now());
        self.charges.insert(name.clone(), Charge { key: name, account, purchase, method, amount, charged_at });
    }

    /// Records a deposit into a wallet, or a payment from before the world began. A repeat of the id changes nothing.
    pub fn deposit(&mut self, account: &AccountId, name: String, amount: Money) {
        let (account, method, charged_at) = (account.clone(), ChargeMethod::Deposit, self.now());
        let deposit = Charge { key: name.clone(), account, purchase: None, method, amount, charged_at };
        self.charges.entry(name).or_insert(deposit);
    }

    /// Adds an item to the subscription or the invoice without a charge: it was paid before the world began.
    pub fn enlist(&mut self, account: &AccountId, purchase: &PurchaseId, method: PaymentMethod) {
        if let Some(items) = self.items(account, method) {
            add(items, purchase);
        }
    }

    /// Refunds a purchase and takes it off the subscription or the invoice. A repeat of the effect changes nothing.
    ///
    /// # Errors
    /// Nothing was taken, or another amount.
    pub fn refund(&mut self, account: &AccountId, key: &EffectId, method: PaymentMethod, amount: Money) -> Reply<()> {
        if self.refunds.contains_key(key) {
            return Ok(());
        }
        let taken = [EffectKind::Charge, EffectKind::OpenCheckout].into_iter().any(|kind| {
            let charge = self.charges.get(&effect(&key.purchase, kind).to_string());
            charge.is_some_and(|charge| charge.amount == amount)
        });
        if !taken && !amount.is_zero() {
            return Err("no such charge".into());
        }
        self.end_charges(account, &key.purchase, method);
        let refund = Refund { key: key.clone(), account: account.clone(), amount, refunded_at: self.now() };
        self.refunds.insert(key.clone(), refund);
        Ok(())
    }

    /// Takes a purchase off the subscription or the invoice. A second time is harmless; the last one ends it.
    pub fn end_charges(&mut self, account: &AccountId, purchase: &PurchaseId, method: PaymentMethod) {
        if let Some(items) = self.items(account, method) {
            items.retain(|item| item != purchase);
        }
    }

    fn items(&mut self, account: &AccountId, method: PaymentMethod) -> Option<&mut Vec<PurchaseId>> {
        let all = match method {
            PaymentMethod::Checkout | PaymentMethod::Subscription => &mut self.subscriptions,
            PaymentMethod::UsageInvoice => &mut self.invoices,
            PaymentMethod::Wallet => return None,
        };
        Some(all.entry(account.clone()).or_default())
    }
}

fn add(items: &mut Vec<PurchaseId>, purchase: &PurchaseId) {
    if !items.contains(purchase) {
        items.push(purchase.clone());
    }
}
