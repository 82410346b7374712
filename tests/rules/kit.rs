//! What the tables share: shops, customers and offers, each with one line to change.

use ringup_core::shop::{BillingKind, SelectorKind};
use ringup_core::{
    Account, Actor, Command, CustomerTerms, Decision, MakePurchase, Money, OfferedNumber, Offers, PurchaseAnswer,
    PurchaseError, PurchaseRequest, Shop, ShopData, Standing, Timestamp, evolve, policies,
};

use crate::api::decide;

/// 2026-03-25T10:00:00Z.
pub(crate) const NOW: Timestamp = Timestamp::from_millis(1_774_432_800_000);

pub(crate) fn shop(json: &str) -> Shop {
    Shop::new(serde_json::from_str(json).unwrap()).unwrap()
}

pub(crate) fn zernio() -> Shop {
    shop(policies::ZERNIO)
}

pub(crate) fn vobiz() -> Shop {
    shop(policies::VOBIZ)
}

/// Zernio's shop with a change.
pub(crate) fn zernio_with(change: impl FnOnce(&mut ShopData)) -> Shop {
    shop_with(policies::ZERNIO, change)
}

/// Vobiz's shop with a change.
pub(crate) fn vobiz_with(change: impl FnOnce(&mut ShopData)) -> Shop {
    shop_with(policies::VOBIZ, change)
}

fn shop_with(json: &str, change: impl FnOnce(&mut ShopData)) -> Shop {
    let mut data = serde_json::from_str(json).unwrap();
    change(&mut data);
    Shop::new(data).unwrap()
}

/// Vobiz, if it knew inventory ids as well.
pub(crate) fn by_number_and_name() -> Shop {
    vobiz_with(|data| data.policy.selectors.push(SelectorKind::Inventory))
}

pub(crate) fn money(text: &str) -> Money {
    let (amount, currency) = text.split_once(' ').unwrap();
    Money::new(amount.replace('.', "").parse().unwrap(), currency.parse().unwrap()).unwrap()
}

/// A Zernio customer whom nothing stands in the way of.
pub(crate) fn zernio_customer() -> CustomerTerms {
    CustomerTerms {
        plan: Some("build".parse().unwrap()),
        payment_method_on_file: true,
        holders: vec!["profile_abc123".parse().unwrap(), "profile_other".parse().unwrap()],
        ..CustomerTerms::new(BillingKind::Usage)
    }
}

pub(crate) fn vobiz_customer() -> CustomerTerms {
    CustomerTerms {
        holders: vec!["MA_1".parse().unwrap(), "SA_1".parse().unwrap()],
        ..CustomerTerms::new(BillingKind::Prepaid)
    }
}

/// How an account stands that holds nothing.
pub(crate) fn standing(terms: CustomerTerms, wallet: &[&str]) -> Standing {
    let wallet: Vec<Money> = wallet.iter().map(|text| money(text)).collect();
    account(terms, &wallet).standing(&zernio(), &Actor::default(), NOW)
}

pub(crate) fn account(terms: CustomerTerms, wallet: &[Money]) -> Account {
    Account::open("account".parse().unwrap(), terms, wallet, vec![]).unwrap()
}

pub(crate) fn zernio_request() -> PurchaseRequest {
    PurchaseRequest { holder: Some("profile_abc123".into()), ..PurchaseRequest::default() }
}

pub(crate) fn vobiz_request() -> PurchaseRequest {
    PurchaseRequest { holder: Some("MA_1".into()), number: Some("+919876543210".into()), ..PurchaseRequest::default() }
}

/// The seed's number with the seed's two prices, seen at [`NOW`].
pub(crate) fn vobiz_offers() -> Offers {
    let inr = |minor: i64| serde_json::json!({"minor_units": minor, "currency": "INR"});
    let usd = |minor: i64| serde_json::json!({"minor_units": minor, "currency": "USD"});
    serde_json::from_value(serde_json::json!({"searches": [{
        "selector": {"kind": "exact", "number": "+919876543210"},
        "seen_at": NOW.as_millis(),
        "expires_at": NOW.plus_seconds(600).as_millis(),
        "numbers": [{
            "number": "+919876543210", "inventory_id": "inv-1", "country": "IN", "region": "Karnataka",
            "number_type": "mobile", "capabilities": {"voice": true},
            "prices": [
                {"setup_fee": inr(10_000), "monthly_fee": inr(100)},
                {"setup_fee": usd(0), "monthly_fee": usd(100)}
            ]
        }]
    }]}))
    .unwrap()
}

/// A number of the United States, seen at [`NOW`] and good for ever.
pub(crate) fn zernio_offers() -> Offers {
    serde_json::from_value(serde_json::json!({"searches": [{
        "selector": {"kind": "any", "country": "US"},
        "seen_at": NOW.as_millis(),
        "expires_at": Timestamp::MAX.as_millis(),
        "numbers": [{
            "number": "+14155550142", "inventory_id": "inv-2", "country": "US", "number_type": "local", "capabilities": {}
        }]
    }]}))
    .unwrap()
}

/// An account with its shop and offers: commands go in, events are applied, answers come out.
pub(crate) struct Host {
    pub(crate) shop: Shop,
    pub(crate) account: Account,
    pub(crate) offers: Offers,
    pub(crate) now: Timestamp,
}

impl Host {
    pub(crate) fn zernio(billing: BillingKind) -> Self {
        let terms = CustomerTerms { billing, ..zernio_customer() };
        Self { shop: zernio(), account: account(terms, &[]), offers: zernio_offers(), now: NOW }
    }

    pub(crate) fn vobiz(wallet: &str) -> Self {
        let account = account(vobiz_customer(), &[money(wallet)]);
        Self { shop: vobiz(), account, offers: vobiz_offers(), now: NOW }
    }

    /// The number that the inventory reserves.
    pub(crate) fn offer(&self) -> OfferedNumber {
        let offers = if self.shop.policy().id == "zernio" { zernio_offers() } else { vobiz_offers() };
        offers.searches[0].numbers[0].clone()
    }

    pub(crate) fn tell<C: Command>(&mut self, command: &C) -> Result<Decision<C::Answer>, C::Error> {
        let before = self.account.clone();
        let decision = decide(&self.shop, &self.account, &self.offers, command, self.now)?;
        assert_eq!(self.account, before, "deciding changes nothing");
        for event in &decision.events {
            evolve(&mut self.account, event).unwrap();
        }
        Ok(decision)
    }

    pub(crate) fn standing(&self) -> Standing {
        self.account.standing(&self.shop, &Actor::default(), self.now)
    }

    pub(crate) fn buy(&mut self, id: &str, request: &PurchaseRequest) -> Result<PurchaseAnswer, PurchaseError> {
        let (id, request) = (id.parse().unwrap(), request.clone());
        self.tell(&MakePurchase { id, actor: Actor::default(), request }).map(|decision| decision.answer)
    }
}
