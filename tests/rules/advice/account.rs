//! The same customers with a real account: what they did before is in its history, and what they are advised to do is done by
//! commands.

use ringup_core::shop::{PaymentMethod, ReleaseTime, ReleaseWhen};
use ringup_core::{
    Account, Action, Actor, ChangeTerms, Command, Confirmation, Effect, Event, Gate, HeldCounts, HolderId,
    ImportedNumber, MakePurchase, Offers, Opening, Outcome, PurchaseAnswer, PurchaseError, PurchaseId, Quote,
    RecordOutcome, ReleaseNumber, Remedy, SetHolder, Timestamp, TopUp, evolve,
};
use serde_json::{Value, json};

use super::Advised;
use super::customer::done;
use super::scene::{Held, NOW, Scene};
use crate::api::{decide, decide_or_search, standing, wake_up};

/// Long before everything that a window looks back at.
const LONG_AGO: Timestamp = Timestamp::from_millis(1_700_000_000_000);

#[derive(Clone, Debug)]
pub(super) struct Customer {
    /// The shop, the request, the clock, and the terms as they are arranged; of its standing, only who acts counts.
    scene: Scene,
    account: Account,
}

impl Customer {
    /// An account in which the scene's customer has done what the scene says, as far as an account can have come to it.
    pub(super) fn new(mut scene: Scene) -> Self {
        let mut claims: Vec<_> = scene.standing.recent.iter().filter_map(|done| Some((done.at, done.spent?))).collect();
        let mut numbers = Vec::new();
        for (index, held) in scene.held.iter().enumerate() {
            let (at, spent) = match claims.pop() {
                Some((at, spent)) => (at, spent.minor_units()),
                None => (LONG_AGO, 0),
            };
            numbers.push(number(&scene, &format!("held{index}"), held, at, spent));
        }
        let releases: Vec<Timestamp> =
            scene.standing.recent.iter().filter(|done| done.spent.is_none()).map(|done| done.at).collect();
        let other = Held {
            id: "released".parse().unwrap(),
            country: "US".into(),
            number_type: ringup_core::NumberType::Mobile,
            holder: scene.standing.holders[1].clone(),
            subscribed: false,
            leaving: false,
            leaves_at: None,
        };
        for index in 0..releases.len() {
            numbers.push(number(&scene, &format!("released{index}"), &other, LONG_AGO, 0));
        }
        // Whose numbers count may be arranged after they are held.
        let opening = Opening::new("account".parse().unwrap(), scene.standing.terms.clone());
        let (holders, wallet) = (scene.standing.holders.clone(), scene.standing.balances.clone());
        let account = Account::open(&Opening { holders, wallet, numbers, ..opening }).unwrap();
        let mut customer = Self { account, scene: scene.clone() };
        for holder in scene.standing.uncounted_holders.clone() {
            customer.tell(&SetHolder { holder, allowed: true, counted: false });
        }
        // They have left: no cool-down was waited for.
        let cools_down = scene.shop.policy().release.time == ReleaseTime::CoolDown;
        let when = cools_down.then_some(ReleaseWhen::AtOnce);
        for (index, at) in releases.into_iter().enumerate() {
            customer.scene.now = at;
            customer.release(format!("released{index}").parse().unwrap(), Actor::default(), when);
        }
        for (index, purchase) in scene.standing.in_flight.iter().enumerate() {
            let due_now = purchase.due_now.unwrap().minor_units();
            let holder = purchase.holder.as_ref().unwrap();
            let mut agreement = agreement(&scene, purchase.accepted_at, holder, due_now);
            agreement["payment"] =
                json!(if purchase.checkout_expires_at.is_some() { "checkout" } else { "usage_invoice" });
            agreement["checkout_expires_at"] = json!(purchase.checkout_expires_at);
            agreement["selector"] = json!({ "kind": "any", "country": "US", "number_type": "local" });
            let accepted_at = jiff::Timestamp::from_millisecond(purchase.accepted_at.as_millis()).unwrap();
            let day = accepted_at.to_zoned(jiff::tz::TimeZone::UTC).start_of_day().unwrap();
            let month = day.first_of_month().unwrap().timestamp().as_millisecond();
            let day = day.timestamp().as_millisecond();
            let event = json!({
                "event": "purchase_accepted", "purchase": format!("flying{index}"), "agreement": agreement, "key": null,
                "windows": { "moves_max": 100, "day_began_at": day, "month_began_at": month }
            });
            customer.happens(&serde_json::from_value::<Event>(event).unwrap());
        }
        scene.now = NOW;
        customer.scene = scene;
        customer.effects_happen();
        for held in customer.scene.held.clone().into_iter().filter(|held| held.leaving) {
            customer.release(held.id, Actor::default(), None);
        }
        customer
    }

    /// The scene, its account, and what was found by every search that a quote waits for.
    pub(super) fn parts(self) -> (Scene, Account, Offers) {
        let offers = self.offered().1;
        (self.scene, self.account, offers)
    }

    fn offered(&self) -> (Quote, Offers) {
        let standing = standing(&self.account, &self.scene.shop, &self.scene.standing.actor, self.scene.now);
        assert_eq!(standing.held, self.held(), "counted one by one");
        self.scene.quote_for(&standing)
    }

    /// How many numbers are held, counted one by one.
    fn held(&self) -> HeldCounts {
        let mut held = HeldCounts::default();
        for number in self.account.numbers().filter(|number| !number.is_released()) {
            let holder = number.holder.clone().unwrap();
            held.subscribed += u32::from(number.payment == PaymentMethod::Subscription);
            held.by_holder.change(holder.clone(), |held| *held += 1);
            if self.account.holder(&holder).unwrap().counted {
                held.total += 1;
                held.by_country.change(number.country, |held| *held += 1);
                held.by_type.change(number.number_type, |held| *held += 1);
            }
        }
        held
    }

    /// The actor releases a number, and all effects of it happen at once.
    fn release(&mut self, number: PurchaseId, actor: Actor, when: Option<ReleaseWhen>) {
        self.tell(&ReleaseNumber { number, actor, when });
        self.effects_happen();
    }

    /// What has begun to leave has left.
    fn effects_happen(&mut self) {
        let leaves = |effect: &Effect| matches!(effect.action, Action::EndCharges { .. } | Action::Release { .. });
        while let Some(effect) = self.account.owed().into_iter().find(leaves) {
            let outcome = Outcome::Confirmed { confirmation: Confirmation::Done };
            self.tell(&RecordOutcome { effect: effect.id, outcome });
        }
    }

    fn tell<C: Command<Error: std::fmt::Display> + std::fmt::Debug>(&mut self, command: &C) {
        let offers = Offers::default();
        let decision = decide(&self.scene.shop, &self.account, &offers, command, self.scene.now);
        for event in decision.unwrap_or_else(|refused| panic!("{command:?}: {refused}")).events {
            self.happens(&event);
        }
    }

    fn happens(&mut self, event: &Event) {
        evolve(&mut self.account, event).unwrap();
    }
}

impl Advised for Customer {
    fn quote(&self) -> Quote {
        self.offered().0
    }

    fn refused_by(&self) -> Option<Gate> {
        let (_, mut offers) = self.offered();
        let id = "wanted".parse().unwrap();
        let Scene { shop, standing, request, now, .. } = &self.scene;
        let command = MakePurchase { id, actor: standing.actor.clone(), request: request.clone() };
        loop {
            match decide_or_search(shop, &self.account, &offers, &command, *now) {
                Ok(Ok(decision)) => match decision.answer {
                    PurchaseAnswer::Accepted { .. } => return None,
                    other => panic!("a first purchase is answered {other:?}"),
                },
                Ok(Err(selector)) => offers.searches.push(self.scene.search(selector)),
                Err(PurchaseError::Refused(rejection)) => return Some(rejection.gate()),
                Err(PurchaseError::Misuse(misuse)) => panic!("a first purchase is answered {misuse}"),
            }
        }
    }

    fn scene(&mut self) -> &mut Scene {
        &mut self.scene
    }

    fn does(&mut self, remedy: &Remedy) {
        let released = self.scene.released.len();
        let leaving = |held: &Held| held.leaving.then(|| held.id.clone());
        let before: Vec<PurchaseId> = self.scene.held.iter().filter_map(leaving).collect();
        done(&mut self.scene, remedy);
        match remedy {
            // A unit less than one is nothing to add.
            Remedy::AddMoney { money } if money.is_zero() => {}
            Remedy::AddMoney { money } => self.tell(&TopUp {
                id: format!("top-up-{}", self.account.version()).parse().unwrap(),
                actor: Actor::default(),
                money: *money,
            }),
            Remedy::MoveToPlan { .. }
            | Remedy::MoveToBilling { .. }
            | Remedy::SubmitKyc { .. }
            | Remedy::AwaitKyc { .. }
            | Remedy::AddPaymentMethod => {
                self.tell(&ChangeTerms { terms: self.scene.standing.terms.clone() });
            }
            Remedy::ReleaseNumbers { .. } => {
                let actor = self.scene.standing.actor.clone();
                for held in self.scene.released.split_off(released) {
                    self.release(held.id.clone(), actor.clone(), None);
                    self.scene.released.push(held);
                }
                let after: Vec<PurchaseId> = self.scene.held.iter().filter_map(leaving).collect();
                for number in after.into_iter().filter(|number| !before.contains(number)) {
                    self.release(number, actor.clone(), None);
                }
            }
            Remedy::WaitUntil { .. } => {
                // The host wakes the account as soon as something is due.
                while self.account.due().is_some_and(|due| due <= self.scene.now) {
                    let before = self.account.version();
                    self.tell(&wake_up(&self.account, self.scene.now));
                    if self.account.version() == before {
                        break;
                    }
                }
                self.effects_happen();
            }
            // What is left is the request, or who asks.
            _ => {}
        }
    }
}

fn number(scene: &Scene, name: &str, held: &Held, at: Timestamp, spent: i64) -> ImportedNumber {
    let Held { country, number_type, holder, subscribed, .. } = held;
    let offer = json!({
        "number": exact(name), "inventory_id": name, "country": country, "number_type": number_type, "capabilities": {}
    });
    let mut agreement = agreement(scene, at, holder, spent);
    agreement["country"] = json!(country);
    agreement["payment"] = json!(if *subscribed { "subscription" } else { "usage_invoice" });
    let agreement = serde_json::from_value(agreement).unwrap();
    ImportedNumber::new(name.parse().unwrap(), serde_json::from_value(offer).unwrap(), agreement, at)
}

/// A number for each name: `held3` is +1 415 550 0003.
fn exact(name: &str) -> String {
    let index: u32 = name.trim_start_matches(char::is_alphabetic).parse().unwrap();
    format!("+1415550{:04}", if name.starts_with("held") { index } else { 5000 + index })
}

fn agreement(scene: &Scene, at: Timestamp, holder: &HolderId, due_now: i64) -> Value {
    let money =
        |minor_units: i64| json!({ "minor_units": minor_units, "currency": scene.shop.policy().default_currency });
    json!({
        "accepted_at": at, "shop": scene.shop.version(), "holder": holder, "country": "US",
        "selector": { "kind": "exact", "number": "+14155550199" }, "payment": "usage_invoice",
        "price": {
            "lines": [{ "charge": "setup_fee", "amount": money(due_now) }], "due_now": money(due_now),
            "monthly_fee": money(0), "minimum_commitment_months": 0, "commitment_total": money(due_now), "exponent": 2
        },
        "fingerprint": "0", "order_evidence": "list_only", "charged": "before_order", "checkout_expires_at": null
    })
}
