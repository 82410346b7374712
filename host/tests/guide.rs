//! The guide to hosting says what the code does: its tables are compared with what purchases go through, and its SQL and
//! Rust are regions of the example. `RINGUP_UPDATE=1` writes the regions anew.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test may panic, that is how it fails"
)]

#[path = "../examples/pretend/mod.rs"]
mod pretend;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use ringup_core::effect::EffectKind;
use ringup_core::purchase::State;
use ringup_core::shop::BillingKind;
use ringup_core::{
    Account, Actor, Command, Confirmation, CustomerTerms, Decided, EndKycWait, Event, Finding, HeldNumber, Offers,
    Opening, Outcome, PurchaseEvent, RecordCheckoutDeclined, RecordCheckoutPaid, RecordOutcome, ReleaseNumber,
    ResolvePurchase, Search, Shop, Timestamp, WakeUp, apply, decide, evolve,
};
use ringup_host::PurchaseStatus;
use ringup_numbering::WorldPlan;
use serde_json::{Value, json};

const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/hosting/README.md");
const EXAMPLE: &str = include_str!("../examples/sqlite.rs");
const METHODS: [&str; 4] = ["checkout", "subscription", "usage_invoice", "wallet"];

#[test]
fn the_effects_of_the_guide_are_those_of_the_code() {
    let seen = Seen::everything();
    let mut expected = Vec::new();
    for kind in EffectKind::ALL {
        let confirmations: BTreeSet<_> = METHODS.iter().flat_map(|method| seen.confirmations(method, kind)).collect();
        let confirmations: Vec<_> = confirmations.into_iter().map(|name| format!("`{name}`")).collect();
        let runs = METHODS.map(|method| seen.confirmed.contains_key(&(method, kind)));
        let mut row = vec![format!("`{}`", kind.name()), confirmations.join(" or ")];
        row.extend(runs.map(|runs| if runs { "yes".into() } else { "–".to_string() }));
        expected.push(row);
    }
    // The table's other columns are for people.
    let table = rows("| effect |")
        .into_iter()
        .map(|row| [&row[0], &row[2], &row[4], &row[5], &row[6], &row[7]].map(Clone::clone));
    assert_eq!(table.map(Vec::from).collect::<Vec<_>>(), expected);
}

#[test]
fn the_states_of_the_guide_are_those_of_the_code() {
    let seen = Seen::everything();
    let table: BTreeMap<String, String> =
        rows("| state |").into_iter().map(|row| (row[0].clone(), row[1].clone())).collect();
    let expected = seen.states.iter().map(|(state, status)| (state.clone(), format!("`{status}`"))).collect();
    assert_eq!(table, expected);
}

#[test]
fn the_guide_s_code_is_the_example_s() {
    let guide = fs::read_to_string(GUIDE).unwrap();
    let mut written = String::new();
    let mut rest = guide.as_str();
    let mut regions = 0;
    while let Some((before, after)) = rest.split_once("<!-- sqlite.rs: ") {
        let (name, after) = after.split_once(" -->\n").unwrap();
        let (_, after) = after.split_once("```rust\n").unwrap();
        let (_, after) = after.split_once("```\n").unwrap();
        written += &format!("{before}<!-- sqlite.rs: {name} -->\n```rust\n{}```\n", region(name));
        rest = after;
        regions += 1;
    }
    written += rest;
    assert!(5 <= regions, "the guide shows the store");
    if std::env::var_os("RINGUP_UPDATE").is_some() {
        fs::write(GUIDE, &written).unwrap();
    }
    assert!(
        fs::read_to_string(GUIDE).unwrap() == written,
        "the guide shows other code; RINGUP_UPDATE=1 writes it anew"
    );
}

/// A region of the example, moved to the left.
fn region(name: &str) -> String {
    let begin = EXAMPLE.lines().skip_while(|line| line.trim() != format!("// [{name}]")).skip(1);
    let lines: Vec<_> = begin.take_while(|line| line.trim() != "// [end]").collect();
    assert!(!lines.is_empty(), "the example has no region `{name}`");
    let margin = lines[0].len() - lines[0].trim_start().len();
    lines.into_iter().map(|line| format!("{}\n", line.get(margin..).unwrap_or_default())).collect()
}

/// The rows of the guide's table whose header begins so, without the header.
fn rows(header: &str) -> Vec<Vec<String>> {
    let guide = fs::read_to_string(GUIDE).unwrap();
    let table = guide.lines().skip_while(|line| !line.starts_with(header)).skip(2);
    let table = table.take_while(|line| line.starts_with('|'));
    table.map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().to_string()).collect()).collect()
}

/// What purchases can go through, found by trying every outcome and command in every state.
#[derive(Default)]
struct Seen {
    /// The confirmations that an effect is done by, for each payment method.
    confirmed: BTreeMap<(&'static str, EffectKind), BTreeSet<&'static str>>,
    /// The states, each with what the customer is told.
    states: BTreeMap<String, &'static str>,
}

impl Seen {
    fn everything() -> Self {
        let mut seen = Self::default();
        for method in METHODS {
            for charged in ["before_order", "at_provisioning"] {
                for evidence in ["query_by_key", "keyed_repeat", "list_only"] {
                    if let Some(shop) = pretend::shop_with(method, charged, evidence, "at_once") {
                        seen.explore(method, &shop);
                        seen.wait(&verifying(&shop));
                    }
                }
            }
        }
        seen
    }

    /// A purchase that waits for KYC, and ends so.
    fn wait(&mut self, shop: &Shop) {
        let waiting = accepted(shop);
        let status = PurchaseStatus::of(waiting.purchase(&id()).unwrap());
        self.states.insert("`awaiting_kyc`".into(), status.name());
        self.after(&waiting, &told(shop, &waiting, &EndKycWait { purchase: id(), declined: true }));
    }

    fn confirmations(&self, method: &'static str, kind: EffectKind) -> impl Iterator<Item = &'static str> {
        self.confirmed.get(&(method, kind)).into_iter().flatten().copied()
    }

    fn explore(&mut self, method: &'static str, shop: &Shop) {
        let mut visited = BTreeSet::new();
        let mut open = vec![accepted(shop)];
        while let Some(account) = open.pop() {
            // How the money lies and when a retry is due change nothing of what can follow.
            let purchase = serde_json::to_value(&account.purchase(&id()).unwrap().state).unwrap();
            let number = account.number(&id()).map(|number| serde_json::to_value(&number.status).unwrap());
            let unpaid = account.number(&id()).and_then(|number| number.renewal.as_ref()).map(|it| it.unpaid.is_some());
            let mut place = json!([purchase, number, unpaid]);
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
            evolve(&mut account, event).unwrap();
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
    decide(shop, &WorldPlan, account, &Offers::default(), command, at)
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
    let command = pretend::purchase("p1", "key-1", "+14045550100");
    let offer = pretend::offer("+14045550100");
    let selector = ringup_core::Selector::Exact { number: offer.number };
    let found = Search { selector, seen_at: now(), expires_at: now().plus_seconds(60), numbers: vec![offer] };
    let offers = Offers { searches: vec![found] };
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
