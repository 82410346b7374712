//! A session: the retailer as the handlers of one dialect see it.
//!
//! A request is one step of the world. A handler never waits for the clock: it answers once the purchase has ended or must
//! wait for a later instant.

use ringup_core::ledger::Posting;
use ringup_core::purchase::Agreement;
use ringup_core::shop::{KeyHttp, ReleaseWhen};
use ringup_core::{
    Account, AccountId, Actor, CancelRelease, ChangeTerms, CustomerTerms, E164, HeldNumber, HolderId, List,
    MakePurchase, Misuse, Need, OfferedNumber, Purchase, PurchaseId, PurchaseRequest, RecordId, Rejection,
    ReleaseNumber, Search, Selector, Timestamp, TransferNumber,
};
use ringup_host::{HostedCommand, StoredEvent, Unanswered};

use super::{Failure, NotDone, NotHeld, Retailer, Settings, System};
use crate::world::chance::draw;

/// The authenticated sender of a request.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The account.
    pub account: AccountId,
    /// The actor, which has the role.
    pub actor: Actor,
}

/// A purchase, as the handler answers it.
#[derive(Clone, Debug)]
pub struct Purchased {
    /// The purchase, in its current state.
    pub purchase: Purchase,
    /// The account that made it, in its current state.
    pub account: Account,
    /// Whether the request repeated or joined an earlier one.
    pub repeated: bool,
}

/// The retailer, within one system.
#[expect(missing_debug_implementations, reason = "a borrow of the whole simulation")]
pub struct Session<'a> {
    pub(super) retailer: &'a mut Retailer,
    pub(super) system: System,
}

impl<'a> Session<'a> {
    pub(crate) const fn new(retailer: &'a mut Retailer, system: System) -> Self {
        Self { retailer, system }
    }
}

impl Session<'_> {
    /// The current instant of the world.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.retailer.world.now()
    }

    /// The base URL of links, without a slash at the end: `http://127.0.0.1:8787`.
    #[must_use]
    pub fn public_url(&self) -> &str {
        &self.retailer.public_url
    }

    /// The caller with this credential, within this dialect.
    #[must_use]
    pub fn caller(&self, lookup: &str) -> Option<Caller> {
        self.retailer.customers.caller(self.system.id, lookup).cloned()
    }

    /// The account of this name.
    #[must_use]
    pub fn account(&self, id: &AccountId) -> Option<&Account> {
        self.retailer.customers.get(id).map(|customer| &customer.account)
    }

    /// How the account's shop takes idempotency keys over HTTP.
    #[must_use]
    pub fn key_http(&self, account: &AccountId) -> Option<&'static KeyHttp> {
        self.retailer.customers.get(account)?.system.shop.policy().idempotency.as_ref()?.http.as_ref()
    }

    /// What was agreed about a purchase, also after its end.
    #[must_use]
    pub fn agreement(&self, account: &AccountId, purchase: &PurchaseId) -> Option<&Agreement> {
        self.retailer.customers.get(account)?.agreement(purchase)
    }

    /// Decides a purchase (searching first where the core asks for it) and runs its pending effects until none can run now.
    ///
    /// # Errors
    /// The purchase is refused, or the retailer has failed; nothing has then changed.
    pub fn purchase(
        &mut self,
        account: &AccountId,
        actor: &Actor,
        request: &PurchaseRequest,
    ) -> Result<Purchased, NotDone<Rejection>> {
        // The version grows with every accepted purchase, so that no id repeats.
        let version = self.account(account).map_or(0, Account::version);
        let entropy = draw(self.retailer.world.seed(), &format!("purchase/{account}"), version);
        let id = (self.system.purchase_id)(entropy);
        let command = MakePurchase { id, actor: actor.clone(), request: request.clone() };
        let bought = self.retailer.buy(account, command)?;
        let account = self.account(account).ok_or(NotDone::Failed(Failure::RecordMissing))?;
        let purchase = account.purchase(&bought.purchase).cloned();
        let number = RecordId::Number(bought.purchase.clone());
        let account = account.extract(&[number.into(), Need::First { list: List::Holders, most: 1 }]);
        let purchase = purchase.ok_or(NotDone::Failed(Failure::RecordMissing))?;
        Ok(Purchased { purchase, account, repeated: bought.repeated })
    }

    /// Releases a number and runs the pending effects.
    ///
    /// # Errors
    /// The account or the actor holds no such number, or the retailer has failed.
    pub fn release(
        &mut self,
        account: &AccountId,
        actor: &Actor,
        number: &PurchaseId,
    ) -> Result<HeldNumber, NotDone<NotHeld>> {
        let command = ReleaseNumber { number: number.clone(), actor: actor.clone(), when: None };
        match self.retailer.carry_out(account, command) {
            Ok(_) => {}
            Err(Unanswered::Command(Misuse::NumberNotHeld { .. })) => return Err(NotDone::Refused(NotHeld)),
            Err(failure) => return Err(NotDone::Failed(failure.into())),
        }
        let held = self.account(account).and_then(|account| account.number(number)).cloned();
        held.ok_or(NotDone::Failed(Failure::RecordMissing))
    }

    /// The same at a time that the request names. The core's refusal is the customer's.
    ///
    /// # Errors
    /// The number cannot leave so, or the retailer has failed.
    pub fn release_when(
        &mut self,
        account: &AccountId,
        actor: &Actor,
        number: &PurchaseId,
        when: Option<ReleaseWhen>,
    ) -> Result<HeldNumber, NotDone<Misuse>> {
        let command = ReleaseNumber { number: number.clone(), actor: actor.clone(), when };
        self.change_number(account, number, command)
    }

    /// Cancels a release that has not begun.
    ///
    /// # Errors
    /// It has begun, or the retailer has failed.
    pub fn cancel_release(
        &mut self,
        account: &AccountId,
        actor: &Actor,
        number: &PurchaseId,
    ) -> Result<HeldNumber, NotDone<Misuse>> {
        let command = CancelRelease { number: number.clone(), actor: actor.clone() };
        self.change_number(account, number, command)
    }

    /// Moves a number to another holder.
    ///
    /// # Errors
    /// The number cannot move so, or the retailer has failed.
    pub fn transfer(
        &mut self,
        account: &AccountId,
        actor: &Actor,
        number: &PurchaseId,
        holder: &HolderId,
        force: bool,
    ) -> Result<HeldNumber, NotDone<Misuse>> {
        let (number, holder) = (number.clone(), holder.clone());
        let command = TransferNumber { number: number.clone(), actor: actor.clone(), holder, force };
        self.change_number(account, &number, command)
    }

    fn change_number<C: HostedCommand<Error = Misuse>>(
        &mut self,
        account: &AccountId,
        number: &PurchaseId,
        command: C,
    ) -> Result<HeldNumber, NotDone<Misuse>> {
        self.retailer.carry_out(account, command)?;
        let held = self.account(account).and_then(|account| account.number(number)).cloned();
        held.ok_or(NotDone::Failed(Failure::RecordMissing))
    }

    /// The free numbers that the selector means; without one, all.
    #[must_use]
    pub fn search(&self, selector: Option<&Selector>) -> Vec<OfferedNumber> {
        let dialect = self.system.id;
        selector.map_or_else(
            || self.retailer.world.free(dialect).cloned().collect(),
            |selector| self.retailer.world.search(dialect, selector).cloned().collect(),
        )
    }

    /// The same as a search of the customer, which is stored and counts until it expires.
    pub fn search_for(
        &mut self,
        account: &AccountId,
        selector: &Selector,
        fits: impl Fn(&OfferedNumber) -> bool,
        lifetime_s: u32,
    ) -> Vec<OfferedNumber> {
        let mut numbers = self.search(Some(selector));
        numbers.retain(fits);
        let seen_at = self.now();
        let expires_at = seen_at.plus_seconds(lifetime_s);
        let search = Search { selector: selector.clone(), seen_at, expires_at, numbers: numbers.clone() };
        if let Some(customer) = self.retailer.customers.get_mut(account) {
            customer.side.remember(search);
        }
        numbers
    }

    /// Whether the number is held or reserved.
    #[must_use]
    pub fn is_taken(&self, number: E164) -> bool {
        self.retailer.world.is_taken(number)
    }

    /// The customer's settings of a number.
    #[must_use]
    pub fn settings(&self, account: &AccountId, number: &PurchaseId) -> Settings {
        let customer = self.retailer.customers.get(account);
        customer.and_then(|customer| customer.side.settings.get(number)).cloned().unwrap_or_default()
    }

    /// Changes them, also while the purchase is pending.
    pub fn configure(&mut self, account: &AccountId, number: &PurchaseId, settings: Settings) {
        let changed_at = Some(self.now());
        if let Some(customer) = self.retailer.customers.get_mut(account) {
            customer.side.settings.insert(number.clone(), Settings { changed_at, ..settings });
        }
    }

    /// Changes the account's terms.
    ///
    /// # Errors
    /// The retailer has failed.
    pub fn change_terms(&mut self, account: &AccountId, terms: CustomerTerms) -> Result<(), Failure> {
        self.retailer.submit(account, ChangeTerms { terms })?;
        Ok(())
    }

    /// Whether a number's pre-verification has succeeded by now.
    #[must_use]
    pub fn is_preverified(&self, number: &HeldNumber) -> bool {
        number.activated_at.plus_seconds(self.retailer.world.verification_s()) <= self.now()
    }

    /// Whether a number works no more, for now: it is not paid, or the carrier has blocked it.
    #[must_use]
    pub fn is_suspended(&self, number: &HeldNumber) -> bool {
        number.is_suspended() || self.retailer.world.suspension(&number.purchase).is_some()
    }

    /// The events of an account since its opening, in order.
    #[must_use]
    pub fn events(&self, account: &AccountId) -> &[StoredEvent] {
        self.retailer
            .customers
            .get(account)
            .map_or(&[], |customer| customer.events.get(customer.opened.events..).unwrap_or_default())
    }

    /// The postings of an account's opening, and its instant.
    #[must_use]
    pub fn opening(&self, account: &AccountId) -> Option<(Timestamp, &[Posting])> {
        self.retailer.customers.get(account).map(|customer| (customer.opened.at, customer.opened.postings.as_slice()))
    }
}
