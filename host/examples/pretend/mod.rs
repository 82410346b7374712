//! A pretend carrier, inventory and payment provider: it does one thing for one key, and may lose replies.
//!
//! Shared by the examples and the tests; none of them uses all of it.
#![allow(dead_code, reason = "each uses its own part")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a pretend world may panic")]

use std::collections::{BTreeMap, BTreeSet};

use ringup_core::effect::EffectKind;
use ringup_core::shop::BillingKind;
use ringup_core::{
    Account, AccountId, Action, Actor, Capabilities, Confirmation, CustomerTerms, E164, Effect, EffectId, MakePurchase,
    Money, NumberType, OfferedNumber, Opening, Outcome, PurchaseRequest, Selector, Shop, Timestamp, policies,
};
use ringup_host::{Found, HostError, Outside};
use serde_json::{Value, json};

/// What stands outside the host. It lives on when the host is stopped.
#[derive(Clone, Debug)]
pub(crate) struct Pretend {
    /// The clock.
    pub(crate) now: Timestamp,
    /// The effects whose next reply is lost: what they ask for is done, and the host does not hear of it.
    pub(crate) loses_reply: BTreeSet<EffectKind>,
    /// The effects that were asked for, repeats included.
    pub(crate) calls: Vec<EffectId>,
    /// The numbers that were sold, with the keys of their orders.
    pub(crate) sold: BTreeMap<E164, EffectId>,
    reserved: BTreeMap<E164, EffectId>,
    replies: BTreeMap<EffectId, Outcome>,
}

/// A shop of which orders can be asked by their keys.
pub(crate) fn shop() -> Shop {
    let mut data: Value = serde_json::from_str(policies::RINGUP).unwrap();
    data["policy"]["order_evidence"] = "query_by_key".into();
    Shop::new(serde_json::from_value(data).unwrap()).unwrap()
}

/// A shop that takes one payment method; none, if the method cannot be charged then.
pub(crate) fn shop_with(method: &str, charged: &str, evidence: &str, release: &str) -> Option<Shop> {
    let mut data: Value = serde_json::from_str(policies::RINGUP).unwrap();
    data["policy"]["payment"] = json!([{ "method": method, "charged": charged }]);
    data["policy"]["order_evidence"] = evidence.into();
    data["policy"]["release"]["time"] = release.into();
    if release == "cool_down" {
        data["policy"]["release"]["cool_down_s"] = 3600.into();
    }
    data["policy"]["retry"]["attempts_max"] = 2.into();
    Shop::new(serde_json::from_value(data).ok()?).ok()
}

/// An account opens with 100.00 USD and one holder.
pub(crate) fn opening() -> Opening {
    let terms = CustomerTerms { plan: Some("team".parse().unwrap()), ..CustomerTerms::new(BillingKind::Prepaid) };
    Opening {
        holders: vec!["support".parse().unwrap()],
        wallet: vec![Money::new(10_000, "USD".parse().unwrap()).unwrap()],
        ..Opening::new("account-1".parse().unwrap(), terms)
    }
}

/// The command to buy a number; a repeat under the same key joins the first.
pub(crate) fn purchase(id: &str, key: &str, number: &str) -> MakePurchase {
    let request = PurchaseRequest {
        idempotency_key: Some(key.into()),
        holder: Some("support".into()),
        number: Some(number.into()),
        confirm_additional: true,
        ..PurchaseRequest::default()
    };
    MakePurchase { id: id.parse().unwrap(), actor: Actor::default(), request }
}

impl Pretend {
    /// A world in which nothing has happened yet.
    pub(crate) fn new() -> Self {
        Self {
            now: Timestamp::from_millis(1_774_432_800_000),
            loses_reply: BTreeSet::new(),
            calls: Vec::new(),
            sold: BTreeMap::new(),
            reserved: BTreeMap::new(),
            replies: BTreeMap::new(),
        }
    }

    /// Does what an effect asks for. The first time; a repeat hears the same reply.
    pub(crate) fn perform(&mut self, effect: &Effect) -> Outcome {
        self.calls.push(effect.id.clone());
        if !self.replies.contains_key(&effect.id) {
            let reply = self.first(effect);
            self.replies.insert(effect.id.clone(), reply);
        }
        if self.loses_reply.remove(&effect.id.kind) {
            return Outcome::Unknown;
        }
        self.replies[&effect.id].clone()
    }

    fn first(&mut self, Effect { id, action, .. }: &Effect) -> Outcome {
        let confirmed = |confirmation| Outcome::Confirmed { confirmation };
        match action {
            Action::Reserve { selector, except, .. } => {
                match self.free(selector).into_iter().find(|offer| !except.contains(&offer.number)) {
                    Some(offer) => {
                        self.reserved.insert(offer.number, id.clone());
                        confirmed(Confirmation::Reserved { offer: offer.clone() })
                    }
                    None => Outcome::Declined { reason: "it is gone".into() },
                }
            }
            Action::Order { number, .. } => {
                self.sold.insert(*number, id.clone());
                confirmed(Confirmation::Done)
            }
            Action::QueryOrder { order, .. } => match self.sold.values().any(|sold| sold == order) {
                true => confirmed(Confirmation::OrderFound),
                false => confirmed(Confirmation::OrderAbsent),
            },
            Action::Unreserve { number } | Action::Release { number } => {
                self.reserved.remove(number);
                self.sold.remove(number);
                confirmed(Confirmation::Done)
            }
            Action::OpenCheckout { .. } => {
                let checkout = format!("checkout-{}", id.purchase).parse().unwrap();
                confirmed(Confirmation::CheckoutOpen { checkout, url: "https://pay.example/1".into() })
            }
            Action::Charge { .. } | Action::Renew { .. } | Action::Refund { .. } | Action::EndCharges { .. } => {
                confirmed(Confirmation::Done)
            }
        }
    }

    fn free(&self, selector: &Selector) -> Vec<OfferedNumber> {
        let asked = if let Selector::Exact { number } = selector { Some(*number) } else { None };
        let stock = ["+14045550100", "+14045550101", "+14045550102"].map(offer);
        let free = stock.into_iter().filter(|offer| !self.reserved.contains_key(&offer.number));
        free.filter(|offer| asked.is_none_or(|asked| asked == offer.number)).collect()
    }
}

impl Outside for Pretend {
    fn now(&mut self) -> Timestamp {
        self.now
    }

    fn search(&mut self, _: &AccountId, selector: &Selector) -> Result<Found, HostError> {
        Ok(Found { numbers: self.free(selector), lifetime_s: 60 })
    }

    fn run(&mut self, _: &Account, effect: &Effect) -> Result<Outcome, HostError> {
        Ok(self.perform(effect))
    }
}

pub(crate) fn offer(number: &str) -> OfferedNumber {
    OfferedNumber {
        number: number.parse().unwrap(),
        inventory_id: format!("inv-{number}").parse().unwrap(),
        country: "US".parse().unwrap(),
        region: "Atlanta".into(),
        number_type: NumberType::Local,
        capabilities: Capabilities { voice: true, ..Capabilities::default() },
        prices: Vec::new(),
        minimum_commitment_months: 0,
    }
}
