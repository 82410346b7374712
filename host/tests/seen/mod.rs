//! What purchases and numbers can go through, found by trying every outcome and command in every state.

use std::collections::{BTreeMap, BTreeSet};

use ringup_core::effect::EffectKind;
use ringup_core::purchase::State;
use ringup_core::shop::BillingKind;
use ringup_core::{
    Account, Actor, CancelRelease, Command, Confirmation, CustomerTerms, Decided, EndKycWait, Event, Finding,
    HeldNumber, KycFinding, MakePurchase, Offers, Opening, Outcome, PurchaseEvent, RecordCheckoutDeclined,
    RecordCheckoutPaid, RecordOutcome, RecordVerification, ReleaseNumber, ResolvePurchase, Search, Shop, Timestamp,
    WakeUp, apply, decide, evolve,
};
use ringup_host::PurchaseStatus;
use ringup_numbering::WorldPlan;
use serde_json::{Value, json};

use crate::pretend;

pub(crate) const METHODS: [&str; 4] = ["checkout", "subscription", "usage_invoice", "wallet"];

/// What was found.
#[derive(Default)]
pub(crate) struct Seen {
    /// The confirmations that an effect is done by, for each payment method.
    pub(crate) confirmed: BTreeMap<(&'static str, EffectKind), BTreeSet<&'static str>>,
    /// The states, each with what the customer is told.
    pub(crate) states: BTreeMap<String, &'static str>,
    /// The events that lead from one state of a purchase to another.
    pub(crate) purchase_steps: Steps,
    /// The events that lead from one state of a number to another.
    pub(crate) number_steps: Steps,
    /// The findings that lead from one state of a verification to another.
    pub(crate) verification_steps: Steps,
}

/// From a state to a state, and the events that lead there. A state before the first is empty.
pub(crate) type Steps = BTreeMap<(String, String), BTreeSet<String>>;

impl Seen {
    pub(crate) fn everything() -> Self {
        let mut seen = Self::default();
        for method in METHODS {
            for charged in ["before_order", "at_provisioning"] {
                for evidence in ["query_by_key", "keyed_repeat", "list_only"] {
                    if let Some(shop) = pretend::shop_with(method, charged, evidence, "at_once") {
                        seen.explore(method, &shop);
                        seen.wait(&verifying(&shop));
                    }
                    for release in ["period_end", "cool_down"] {
                        if let Some(shop) = pretend::shop_with(method, charged, evidence, release) {
                            seen.explore(method, &shop);
                        }
                    }
                }
            }
        }
        seen
    }

    /// A purchase that waits for KYC, and goes on or ends.
    fn wait(&mut self, shop: &Shop) {
        let waiting = accepted(shop);
        let purchase = waiting.purchase(&id()).unwrap();
        let status = PurchaseStatus::of(purchase);
        self.states.insert("`awaiting_kyc`".into(), status.name());
        let first = (String::new(), purchase_state(&waiting));
        self.purchase_steps.entry(first).or_default().insert("purchase_awaits_kyc".into());
        self.after(&waiting, &told(shop, &waiting, &EndKycWait { purchase: id(), declined: true }));
        let approved = recorded(shop, &waiting, KycFinding::Approved { until: None });
        let (purchase, offers) = wanted();
        self.after(&approved, &told_with(shop, &approved, &purchase, &offers, now()));
        self.verify(shop, &Account::open(&pretend::opening()).unwrap());
    }

    /// What each finding makes of a verification.
    fn verify(&mut self, shop: &Shop, account: &Account) {
        let findings = || {
            let declined = KycFinding::Declined { mend: Vec::new() };
            let others = [KycFinding::Approved { until: None }, declined, KycFinding::Withdrawn];
            [KycFinding::Submitted, KycFinding::UnderReview].into_iter().chain(others)
        };
        let mut open = vec![account.clone()];
        while let Some(account) = open.pop() {
            for finding in findings() {
                let name = serde_json::to_value(&finding).unwrap();
                let after = recorded(shop, &account, finding);
                let step = (verification_state(&account), verification_state(&after));
                let is_new = step.0 != step.1 && !self.verification_steps.contains_key(&step);
                if step.0 != step.1 {
                    let name = name["found"].as_str().unwrap().to_owned();
                    self.verification_steps.entry(step).or_default().insert(name);
                }
                open.extend(is_new.then_some(after));
            }
        }
    }

    pub(crate) fn confirmations(&self, method: &'static str, kind: EffectKind) -> impl Iterator<Item = &'static str> {
        self.confirmed.get(&(method, kind)).into_iter().flatten().copied()
    }

    fn explore(&mut self, method: &'static str, shop: &Shop) {
        let mut visited = BTreeSet::new();
        let begun = accepted(shop);
        let first = (String::new(), purchase_state(&begun));
        self.purchase_steps.entry(first).or_default().insert("purchase_accepted".into());
        let mut open = vec![begun];
        while let Some(account) = open.pop() {
            // How the money lies and when a retry is due change nothing of what can follow.
            let purchase = serde_json::to_value(&account.purchase(&id()).unwrap().state).unwrap();
            let number = account.number(&id()).map(|number| serde_json::to_value(&number.status).unwrap());
            let mut place = json!([purchase, number, number_state(&account), waits(&account)]);
            forget("not_before", &mut place);
            forget("earlier", &mut place);
            // Three lost replies show what follows from them.
            if place.to_string().contains("\"unanswered\":4") || !visited.insert(place.to_string()) {
                continue;
            }
            for effect in account.owed() {
                let told = |outcome| {
                    let command = RecordOutcome { effect: effect.id.clone(), outcome };
                    told_at(shop, &account, &command, now().max(effect.not_before))
                };
                let unknown = told(Outcome::Unknown);
                for (name, confirmation) in confirmations() {
                    let events = told(Outcome::Confirmed { confirmation });
                    // What says nothing about this effect is as if nothing had been heard.
                    if !events.is_empty() && events != unknown {
                        self.confirmed.entry((method, effect.id.kind)).or_default().insert(name);
                        open.extend(self.after(&account, &events));
                    }
                }
                // A number that was not agreed on goes back.
                let another = Confirmation::Reserved { offer: pretend::offer("+14045550101") };
                open.extend(self.after(&account, &told(Outcome::Confirmed { confirmation: another })));
                open.extend(self.after(&account, &unknown));
                open.extend(self.after(&account, &told(Outcome::Declined { reason: "no".into() })));
            }
            let (purchase, checkout) = (id(), "checkout-1".parse::<ringup_core::CheckoutId>().unwrap());
            let paid = RecordCheckoutPaid {
                purchase: id(),
                checkout: checkout.clone(),
                amount: account.purchase(&id()).unwrap().agreement.due_now(),
                paid_at: now(),
            };
            for events in [
                told(shop, &account, &paid),
                told(shop, &account, &RecordCheckoutDeclined { purchase: id(), checkout }),
                told(shop, &account, &ReleaseNumber { number: purchase, actor: Actor::default(), when: None }),
                told(shop, &account, &CancelRelease { number: id(), actor: Actor::default() }),
                told_at(
                    shop,
                    &account,
                    &WakeUp { records: account.due_by(Timestamp::MAX) },
                    account.due().unwrap_or(now()),
                ),
            ] {
                open.extend(self.after(&account, &events));
            }
            let purchase = account.purchase(&id()).unwrap();
            let in_review =
                purchase.in_review().into_iter().chain(account.number(&id()).and_then(HeldNumber::in_review));
            for effect in in_review {
                for finding in [Finding::Done { confirmation: Confirmation::Done }, Finding::NotDone, Finding::AskAgain]
                {
                    let resolve = ResolvePurchase { purchase: id(), actor: Actor::default(), effect, finding };
                    open.extend(self.after(&account, &told(shop, &account, &resolve)));
                }
            }
        }
    }

    /// The account after each of these events.
    fn after(&mut self, account: &Account, events: &[Event]) -> Option<Account> {
        let mut account = account.clone();
        for event in events {
            let before = (purchase_state(&account), number_state(&account));
            evolve(&mut account, event).unwrap();
            let after = (purchase_state(&account), number_state(&account));
            for (steps, from, to) in
                [(&mut self.purchase_steps, before.0, after.0), (&mut self.number_steps, before.1, after.1)]
            {
                if from != to {
                    steps.entry((from, to)).or_default().insert(event.name().to_owned());
                }
            }
            let purchase = account.purchase(&id())?;
            let (state, status) = (&purchase.state, PurchaseStatus::of(purchase));
            let name = serde_json::to_value(state).unwrap()["state"].as_str().unwrap().to_string();
            let name = if status == PurchaseStatus::NeedsReview { "in review".into() } else { format!("`{name}`") };
            self.states.insert(name, status.name());
            // A release is looked at once; what was bought stays as it is.
            assert!(!matches!(
                (state, event),
                (State::Active(_), Event::Purchase { event: PurchaseEvent::PurchaseFailed { .. }, .. })
            ));
        }
        (!events.is_empty()).then_some(account)
    }
}

/// Takes a member out, wherever it is.
fn forget(member: &str, value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.remove(member);
            members.values_mut().for_each(|value| forget(member, value));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| forget(member, value)),
        _ => {}
    }
}

fn told<C: Command>(shop: &Shop, account: &Account, command: &C) -> Vec<Event> {
    told_at(shop, account, command, now())
}

fn told_at<C: Command>(shop: &Shop, account: &Account, command: &C, at: Timestamp) -> Vec<Event> {
    told_with(shop, account, command, &Offers::default(), at)
}

fn told_with<C: Command>(shop: &Shop, account: &Account, command: &C, offers: &Offers, at: Timestamp) -> Vec<Event> {
    decide(shop, &WorldPlan, account, offers, command, at)
        .ok()
        .and_then(Decided::decision)
        .map_or_else(Vec::new, |decision| decision.events)
}

fn confirmations() -> [(&'static str, Confirmation); 5] {
    let offer = pretend::offer("+14045550100");
    let open = Confirmation::CheckoutOpen { checkout: "checkout-1".parse().unwrap(), url: "/pay".into() };
    [
        ("checkout_open", open),
        ("reserved", Confirmation::Reserved { offer }),
        ("order_found", Confirmation::OrderFound),
        ("order_absent", Confirmation::OrderAbsent),
        ("done", Confirmation::Done),
    ]
}

/// The account after a finding about the papers for numbers of the United States.
fn recorded(shop: &Shop, account: &Account, finding: KycFinding) -> Account {
    let country = Some("US".parse().unwrap());
    let command = RecordVerification { country, number_type: None, finding, papers: None };
    let mut account = account.clone();
    for event in told(shop, &account, &command) {
        evolve(&mut account, &event).unwrap();
    }
    account
}

fn verification_state(account: &Account) -> String {
    let head = serde_json::to_value(account.head()).unwrap();
    head["verifications"][0]["status"].as_str().unwrap_or("not_submitted").to_owned()
}

/// The command of the one purchase, and what a search has found.
fn wanted() -> (MakePurchase, Offers) {
    let offer = pretend::offer("+14045550100");
    let selector = ringup_core::Selector::Exact { number: offer.number };
    let seen = (now(), now().plus_seconds(60));
    let found = Search { selector, seen_at: seen.0, expires_at: seen.1, numbers: vec![offer] };
    (pretend::purchase("p1", "key-1", "+14045550100"), Offers { searches: vec![found] })
}

/// The same shop, where every number needs a verification, and a purchase with a key waits for it.
fn verifying(shop: &Shop) -> Shop {
    let mut policy = shop.policy().clone();
    policy.kyc = serde_json::from_value(json!({ "tier_min": 0, "keyed_purchases_wait": true })).unwrap();
    let (rate_card, plans) = (shop.rate_card().clone(), shop.plans().to_vec());
    Shop::new(ringup_core::ShopData { policy, rate_card, plans }).unwrap()
}

/// The account after its purchase was accepted.
fn accepted(shop: &Shop) -> Account {
    let terms = CustomerTerms {
        plan: Some("team".parse().unwrap()),
        payment_method_on_file: true,
        ..CustomerTerms::new(BillingKind::Prepaid)
    };
    let mut account = Account::open(&Opening { terms, ..pretend::opening() }).unwrap();
    let (command, offers) = wanted();
    let decision = decide(shop, &WorldPlan, &account, &offers, &command, now()).unwrap().decision().unwrap();
    apply(&mut account, &decision).unwrap();
    account
}

fn id() -> ringup_core::PurchaseId {
    "p1".parse().unwrap()
}

fn now() -> Timestamp {
    pretend::Pretend::new().now
}

/// The name of the state that the purchase is in; in review, whatever it waits for.
fn purchase_state(account: &Account) -> String {
    let Some(purchase) = account.purchase(&id()) else { return String::new() };
    if PurchaseStatus::of(purchase) == PurchaseStatus::NeedsReview {
        return "in_review".into();
    }
    serde_json::to_value(&purchase.state).unwrap()["state"].as_str().unwrap().to_string()
}

/// What an unpaid fee still waits for.
fn waits(account: &Account) -> Value {
    let number = account.number(&id());
    let unpaid = number.and_then(|number| number.renewal.as_ref()).and_then(|renewal| renewal.unpaid.as_ref());
    let Some(unpaid) = unpaid else { return Value::Null };
    let is_in_review = unpaid.attempts.is_some_and(|attempts| attempts.in_review);
    json!([unpaid.declines, unpaid.suspends_at.is_some(), unpaid.releases_at.is_some(), is_in_review])
}

/// The name of the state that the number is in.
fn number_state(account: &Account) -> String {
    let Some(number) = account.number(&id()) else { return String::new() };
    let status = serde_json::to_value(&number.status).unwrap();
    let status = status["status"].as_str().unwrap_or_default();
    let unpaid = number.renewal.as_ref().and_then(|renewal| renewal.unpaid.as_ref());
    match (status, unpaid) {
        ("active", Some(_)) if number.is_suspended() => "suspended".into(),
        ("active", Some(unpaid)) if 0 < unpaid.declines => "past_due".into(),
        ("active", Some(_)) => "fee_due".into(),
        _ => status.into(),
    }
}
