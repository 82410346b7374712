//! One exchange with the carrier or the payment provider: an effect goes out and an outcome comes back, unless a fault
//! applies.

use ringup_core::effect::EffectKind;
use ringup_core::shop::OrderEvidence;
use ringup_core::{AccountId, Action, Confirmation, Effect, EffectId, HolderId, OfferedNumber, Outcome, PurchaseId};

use super::Retailer;
use crate::fault::{Exchange, FaultAction};
use crate::world::{Found, OrderStatus, Reply, ReservationStatus, effect};

impl Retailer {
    /// Runs an effect under the active faults.
    pub(super) fn exchange(&mut self, account: &AccountId, effect: &Effect) -> Outcome {
        let Some(customer) = self.customers.get(account) else { return Outcome::Unknown };
        let dialect = customer.system.id;
        let exchange = Exchange { dialect, account, action: effect.id.kind.name() };
        let outcome = match self.faults.judge(exchange) {
            FaultAction::Pass => self.perform(account, dialect, effect),
            // Who knows our keys does not refuse an effect that is done.
            FaultAction::Refuse if self.knows_keys(account, effect) && self.world.has_done(&effect.id) => {
                self.perform(account, dialect, effect)
            }
            FaultAction::Refuse => Outcome::Declined { reason: refusal(effect.id.kind).into() },
            FaultAction::LoseRequest => Outcome::Unknown,
            FaultAction::LoseReply => {
                self.perform(account, dialect, effect);
                Outcome::Unknown
            }
            FaultAction::Duplicate => {
                self.perform(account, dialect, effect);
                self.perform(account, dialect, effect)
            }
        };
        // A power cut here loses the outcome.
        self.faults.step(exchange);
        outcome
    }

    /// Whether the other side recognizes an effect by its key. Inventory and payment provider do; a carrier that only lists
    /// does not know our orders by theirs.
    fn knows_keys(&self, account: &AccountId, effect: &Effect) -> bool {
        let evidence = self.customers.get(account).map(|customer| customer.system.shop.policy().order_evidence);
        effect.id.kind != EffectKind::Order || evidence != Some(OrderEvidence::ListOnly)
    }

    fn perform(&mut self, account: &AccountId, dialect: &'static str, effect: &Effect) -> Outcome {
        let knows_keys = self.knows_keys(account, effect);
        let (key, world) = (&effect.id, &mut self.world);
        match &effect.action {
            Action::OpenCheckout { amount, expires_at } => {
                let opened = world.open_checkout(account, key, *amount, *expires_at);
                let url = |id: &_| format!("{}/_sim/checkout/{id}", self.public_url);
                outcome(opened, |checkout| Confirmation::CheckoutOpen { url: url(&checkout), checkout })
            }
            Action::Reserve { selector, except, .. } => {
                let customer = self.customers.get(account);
                let agreed = customer.and_then(|customer| {
                    let purchase = customer.account.purchase(&key.purchase)?;
                    Some((customer.system.shop, purchase.agreement.whole()?))
                });
                let fits = |offer: &OfferedNumber| {
                    !except.contains(&offer.number)
                        && agreed.is_none_or(|(shop, agreement)| agreement.accepts(shop, offer))
                };
                let reserved = world.reserve(dialect, account, key, selector, fits);
                outcome(reserved, |offer| Confirmation::Reserved { offer })
            }
            Action::Charge { method, amount } => outcome(world.charge(account, key, *method, *amount), done),
            Action::Order { number, holder } => {
                outcome(world.order(account, key, *number, holder.as_ref(), knows_keys), done)
            }
            Action::QueryOrder { number, order, list_only } => {
                let holder = self.holder(account, effect);
                let found = match list_only {
                    true => self.world.query_list(account, holder.as_ref(), *number),
                    false => self.world.query_order(order),
                };
                outcome(Ok(found), |found| match found {
                    Found::Order => Confirmation::OrderFound,
                    Found::Nothing => Confirmation::OrderAbsent,
                })
            }
            Action::Unreserve { number } => outcome(world.unreserve(&key.purchase, *number), done),
            Action::Refund { method, amount, .. } => outcome(world.refund(account, key, *method, *amount), done),
            Action::EndCharges { method } => {
                world.end_charges(account, &key.purchase, *method);
                outcome(Ok(()), done)
            }
            Action::Renew { method, amount } => outcome(world.charge(account, key, *method, *amount), done),
            Action::Release { number } => outcome(world.release(&key.purchase, *number), done),
        }
    }

    /// What the records of carrier and payment provider say of an effect, as its confirmation would. `None`: it is not done.
    pub fn find(&self, account: &AccountId, purchase: &PurchaseId, kind: EffectKind) -> Option<Confirmation> {
        let (world, key) = (&self.world, effect(purchase, kind));
        let reservation = || world.reservations().find(|reservation| reservation.key.purchase == *purchase);
        let is_done = match kind {
            EffectKind::OpenCheckout => {
                let checkout = world.checkouts().find(|checkout| checkout.key == key)?.id.clone();
                let url = format!("{}/_sim/checkout/{checkout}", self.public_url);
                return Some(Confirmation::CheckoutOpen { checkout, url });
            }
            EffectKind::Reserve => {
                let number = reservation()?.number;
                let offer = world.inventory().find(|(stock, _)| stock.offer.number == number)?.0.offer.clone();
                return Some(Confirmation::Reserved { offer });
            }
            EffectKind::Charge | EffectKind::Order | EffectKind::Refund => world.has_done(&key),
            EffectKind::Unreserve => reservation().is_none_or(|it| it.status != ReservationStatus::Held),
            EffectKind::EndCharges => {
                let is_charged = |items: &[PurchaseId]| items.contains(purchase);
                !is_charged(world.subscription(account)) && !is_charged(world.invoice(account))
            }
            EffectKind::Renew => {
                let number = self.customers.get(account)?.account.number(purchase)?;
                let nth = number.renewal.as_ref()?.begun;
                world.has_done(&EffectId { asking: nth, ..key })
            }
            EffectKind::Release => {
                let order = world.orders().find(|order| order.key.purchase == *purchase);
                order.is_none_or(|order| order.status != OrderStatus::Active)
            }
            EffectKind::QueryOrder => return None,
        };
        is_done.then_some(Confirmation::Done)
    }

    fn holder(&self, account: &AccountId, effect: &Effect) -> Option<HolderId> {
        let purchase = self.customers.get(account)?.account.purchase(&effect.id.purchase)?;
        purchase.agreement.holder().cloned()
    }
}

fn outcome<T>(reply: Reply<T>, confirmation: impl FnOnce(T) -> Confirmation) -> Outcome {
    match reply {
        Ok(value) => Outcome::Confirmed { confirmation: confirmation(value) },
        Err(reason) => Outcome::Declined { reason },
    }
}

const fn done((): ()) -> Confirmation {
    Confirmation::Done
}

/// The reason of a refusal, in the words of the carrier or the payment provider.
const fn refusal(kind: EffectKind) -> &'static str {
    match kind {
        EffectKind::OpenCheckout
        | EffectKind::Charge
        | EffectKind::Refund
        | EffectKind::EndCharges
        | EffectKind::Renew => "the payment provider has refused",
        EffectKind::Reserve | EffectKind::Unreserve => "the inventory has refused",
        EffectKind::Order | EffectKind::QueryOrder | EffectKind::Release => "the carrier has refused",
    }
}
