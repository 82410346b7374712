//! The core's own reader of JSON, which the npm package is built with, and serde accept the same documents and read the same
//! values. Where the two differ is a list: [`Known`].

use std::fmt::Debug;

use proptest::prelude::*;
use proptest::sample::Index;
use ringup_core::read::{Read, read};
use ringup_core::shop::BillingKind;
use ringup_core::write::Write;
use ringup_core::{
    Actor, AnyCommand, DiagnosticCode, Event, Evidence, Fact, MakePurchase, Rejection, Remedy, ShopData, Standing,
    policies,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::api::explain;
use super::kit::{Host, orchard_request};
use super::{lifecycle, writer};
use crate::golden::Golden;

/// What serde reads and our reader does not.
#[derive(Debug, PartialEq)]
enum Known {
    /// A member twice: of a map, serde takes the last one.
    Repeated,
    /// A member that nobody knows, beside a variant without members or in what serde flattens.
    Unknown,
    /// A list with the members' values in their order, in place of an object.
    List,
    /// An object of a word and `null`, in place of the word.
    Word,
    /// A variant's number, in place of its name: in an object that serde has buffered.
    Number,
}

/// Reads it both ways, and writes what was read both ways. None: neither has read it.
#[track_caller]
fn check<T: Read + Write + DeserializeOwned + Serialize + PartialEq + Debug>(json: &str) -> Option<Result<T, Known>> {
    let read = both(json);
    if let Some(Ok(value)) = &read {
        writer::check(value);
    }
    read
}

#[track_caller]
fn both<T: Read + DeserializeOwned + Serialize + PartialEq + Debug>(json: &str) -> Option<Result<T, Known>> {
    let (own, serde) = (read::<T>(json.as_bytes()), serde_json::from_str::<T>(json));
    match (own, serde) {
        (Ok(own), Ok(serde)) => {
            assert_eq!(own, serde, "{json}");
            Some(Ok(own))
        }
        (Err(mistakes), Ok(_)) => {
            let known = mistakes.iter().map(|mistake| match (mistake.code, mistake.message.as_str()) {
                (DiagnosticCode::MemberRepeated, _) => Known::Repeated,
                (DiagnosticCode::MemberUnknown, _) => Known::Unknown,
                (DiagnosticCode::WrongType, "an object is expected, not a list") => Known::List,
                (DiagnosticCode::WrongType, "a text is expected, not an object") => Known::Word,
                (DiagnosticCode::WrongType, "a text is expected, not `0`") => Known::Number,
                (DiagnosticCode::WrongType, "a text is expected, not `1`") => Known::Number,
                _ => panic!("serde reads it: {mistake:?} in {json}"),
            });
            Some(Err(known.collect::<Vec<_>>().pop().expect("a failure says why")))
        }
        (Ok(_), Err(error)) => panic!("serde refuses it: {error} in {json}"),
        (Err(mistakes), Err(_)) => {
            assert!(!mistakes.is_empty(), "{json}");
            None
        }
    }
}

/// A document and how it is checked.
type Seed = (fn(&str), Value);

fn seed<T: Read + Write + DeserializeOwned + Serialize + PartialEq + Debug>(value: Value) -> Seed {
    assert!(matches!(check::<T>(&value.to_string()), Some(Ok(_))), "{value}");
    (|json| drop(check::<T>(json)), value)
}

fn of<T: Read + Write + DeserializeOwned + Serialize + PartialEq + Debug>(value: &T) -> Seed {
    seed::<T>(serde_json::to_value(value).unwrap())
}

/// The shipped policies, the golden quotes and their parts, accounts in the middle of their stories, and a command of each
/// kind.
fn seeds() -> Vec<Seed> {
    let mut seeds: Vec<Seed> =
        policies::ALL.iter().map(|(_, json)| seed::<ShopData>(serde_json::from_str(json).unwrap())).collect();
    for golden in Golden::all() {
        let shop = golden.shop();
        let document = json!({ "policy": shop.policy(), "rate_card": shop.rate_card(), "plans": shop.plans() });
        seeds.push(seed::<ShopData>(document));
        let quote = golden.quote();
        seeds.extend([of(&golden.standing), of(&golden.offers), of(&golden.request), of(&quote)]);
        seeds.push(of(&quote.seen()));
        let explanation = explain(&shop, &golden.standing, &golden.offers, &golden.request, golden.now);
        seeds.push(of(&explanation));
        for gate in serde_json::to_value(&quote).unwrap()["gates"].as_array().unwrap() {
            let parts = ["evidence", "rejection", "fact"].map(|part| gate.get(part).cloned());
            let [evidence, rejection, fact] = parts;
            seeds.extend(evidence.map(seed::<Evidence>));
            seeds.extend(rejection.map(seed::<Rejection>));
            seeds.extend(fact.map(seed::<Fact>));
        }
        for fix in serde_json::to_value(&quote).unwrap()["fixes"].as_array().unwrap() {
            seeds.push(seed::<Remedy>(fix.clone()));
        }
    }
    for (mut host, story) in stories() {
        for step in story.split(", ") {
            lifecycle::run(&mut host, step);
            seeds.push(of(host.account.head()));
            seeds.extend(host.account.records().map(|record| of(&record)));
        }
        let purchase =
            MakePurchase { id: "again".parse().unwrap(), actor: Actor::default(), request: orchard_request() };
        let events = host.tell(&purchase).map(|decision| decision.events).unwrap_or_default();
        seeds.extend(events.iter().map(of::<Event>));
        seeds.extend(host.account.owed().iter().map(of));
        seeds.push(of(&AnyCommand::Purchase(purchase)));
    }
    let money = json!({ "minor_units": 5, "currency": "INR" });
    for command in [
        json!({ "command": "wake_up", "records": ["purchase/p", "number/p"] }),
        json!({ "command": "top_up", "id": "t-1", "actor": { "role": "member" }, "money": money }),
        json!({ "command": "release", "number": "p", "actor": { "role": "member", "only_holder": "me" } }),
        json!({
            "command": "resolve", "purchase": "p", "actor": { "role": "admin" }, "effect": "order",
            "finding": { "finding": "done", "confirmation": { "of": "done" } }
        }),
        json!({
            "command": "resolve", "purchase": "p", "actor": {}, "effect": "refund", "finding": { "finding": "ask_again" }
        }),
        json!({ "command": "record_checkout_paid", "purchase": "p", "checkout": "cs", "amount": money, "paid_at": 7 }),
        json!({ "command": "change_terms", "terms": { "billing": "usage", "kyc": { "account": "pending" } } }),
        json!({ "command": "set_holder", "holder": "a", "allowed": true, "counted": false }),
        json!({ "command": "record_outcome", "effect": "p/order", "outcome": { "outcome": "unknown" } }),
    ] {
        seeds.push(seed::<AnyCommand>(command));
    }
    seeds
}

fn stories() -> Vec<(Host, String)> {
    let lost = format!("buy p, reserve ok, charge ok, order lost{}", ", query_order lost".repeat(7));
    vec![
        (Host::bazaar("500.00 INR"), "buy p, reserve ok, order lost, query_order absent".into()),
        (Host::orchard(BillingKind::Usage), "buy p, reserve ok, charge ok, order no, unreserve ok, refund ok".into()),
        (Host::orchard(BillingKind::Usage), "buy p, reserve ok, charge ok, order ok, release, end_charges ok".into()),
        (Host::orchard(BillingKind::Usage), lost),
        (Host::orchard(BillingKind::Subscription), "buy p, open_checkout ok, paid, reserve ok, order ok".into()),
    ]
}

/// A change to a document.
#[derive(Clone, Debug)]
enum Change {
    Remove(Index),
    Rename(Index, Index),
    Replace(Index, Index),
    /// With another part of the same document.
    Move(Index, Index),
    Add(Index, Index),
    Double(Index),
}

fn change() -> impl Strategy<Value = Change> {
    let index = any::<Index>;
    prop_oneof![
        index().prop_map(Change::Remove),
        (index(), index()).prop_map(|(place, name)| Change::Rename(place, name)),
        (index(), index()).prop_map(|(place, value)| Change::Replace(place, value)),
        (index(), index()).prop_map(|(place, from)| Change::Move(place, from)),
        (index(), index()).prop_map(|(place, value)| Change::Add(place, value)),
        index().prop_map(Change::Double),
    ]
}

fn values() -> Vec<Value> {
    let mut values = vec![json!(null), json!([]), json!({}), json!([null]), json!({ "a": 1 }), json!(1.5), json!(1e30)];
    values.extend([true, false].map(Value::from));
    values
        .extend([0, 1, -1, 255, 256, 65_536, -32_769, 4_294_967_296, 9_007_199_254_740_992, i64::MIN].map(Value::from));
    values.push(Value::from(u64::MAX));
    let texts =
        ["", "a", "US", "us", "USD", "+14155550142", "+1415555****", "subscription", "passed", "ü\u{0}\"\\😀", "1"];
    values.extend(texts.map(Value::from));
    values
}

fn names(value: &Value) -> Vec<String> {
    let mut names: Vec<String> = ["", "kind", "code", "event", "number", "a"].map(String::from).into();
    each(value, "", &mut |_, value| {
        names.extend(value.as_object().into_iter().flat_map(|members| members.keys().cloned()))
    });
    names
}

fn each(value: &Value, at: &str, look: &mut impl FnMut(&str, &Value)) {
    look(at, value);
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                each(member, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), look);
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| each(item, &format!("{at}/{index}"), look));
        }
        _ => {}
    }
}

fn changed(value: &mut Value, change: &Change) {
    let mut places = Vec::new();
    each(value, "", &mut |at, _| places.push(at.to_owned()));
    let (names, values) = (names(value), values());
    let holder = |place: &Index| {
        let place = &places[place.index(places.len())];
        let (holder, name) = place.rsplit_once('/').unwrap_or_default();
        (holder.to_owned(), name.replace("~1", "/").replace("~0", "~"))
    };
    match change {
        Change::Remove(place) | Change::Rename(place, _) => {
            let (holder, name) = holder(place);
            match value.pointer_mut(&holder) {
                Some(Value::Object(members)) => {
                    let removed = members.shift_remove(&name);
                    if let (Change::Rename(_, name), Some(removed)) = (change, removed) {
                        members.insert(name.get(&names).clone(), removed);
                    }
                }
                Some(Value::Array(items)) => drop(name.parse().map(|at: usize| items.remove(at))),
                _ => {}
            }
        }
        Change::Replace(place, by) => {
            *value.pointer_mut(&places[place.index(places.len())]).unwrap() = by.get(&values).clone()
        }
        Change::Move(place, from) => {
            let from = value.pointer(&places[from.index(places.len())]).unwrap().clone();
            *value.pointer_mut(&places[place.index(places.len())]).unwrap() = from;
        }
        Change::Add(place, added) => match value.pointer_mut(&places[place.index(places.len())]).unwrap() {
            Value::Object(members) => drop(members.insert(added.get(&names).clone(), added.get(&values).clone())),
            Value::Array(items) => items.push(added.get(&values).clone()),
            _ => {}
        },
        Change::Double(place) => {
            if let Value::Array(items) = value.pointer_mut(&places[place.index(places.len())]).unwrap() {
                items.extend(items.clone());
            }
        }
    }
}

thread_local! {
    static SEEDS: Vec<Seed> = seeds();
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 200, ..ProptestConfig::with_cases(
        std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(500),
    ) })]

    #[test]
    fn changed_documents_are_read_as_serde_reads_them(
        seed in any::<Index>(), changes in proptest::collection::vec(change(), 1..4),
    ) {
        SEEDS.with(|seeds| {
            let (check, value) = seed.get(seeds);
            let mut value = value.clone();
            changes.iter().for_each(|change| changed(&mut value, change));
            check(&value.to_string());
        });
    }

    #[test]
    fn changed_texts_are_read_as_serde_reads_them(
        seed in any::<Index>(),
        changes in proptest::collection::vec((any::<Index>(), any::<bool>(), "[\\[\\]{}:,\"\\\\/ue+.0-9dD8 nt\n-]"), 1..4),
    ) {
        SEEDS.with(|seeds| {
            let (check, value) = seed.get(seeds);
            let mut text: Vec<char> = value.to_string().chars().collect();
            for (place, remove, by) in &changes {
                let at = place.index(text.len());
                if *remove { text.remove(at); } else { text.insert(at, by.chars().next().unwrap()); }
            }
            check(&text.into_iter().collect::<String>());
        });
    }
}

/// What is no document of anything, and the corners of the grammar.
#[test]
fn texts_are_json_or_not_as_serde_says() {
    for json in [
        "",
        " ",
        "nul",
        "null",
        " null\n",
        "null null",
        "tru",
        "+1",
        "01",
        "-",
        "-0",
        "-1",
        "1.",
        ".5",
        "1.0",
        "1e3",
        "1E+3",
        "1e",
        "\"",
        "\"\\u00e9\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "\"\\ud83d\\u0041\"",
        "\"\\ude00\"",
        "\"\\u+123\"",
        "\"\\x\"",
        "\"\t\"",
        "\"\u{7f}\"",
        "[",
        "[]",
        "[1,]",
        "[,1]",
        "{",
        "{}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775808",
        "-9223372036854775809",
        "[[[[[[]]]]]]",
        "\u{feff}null",
    ] {
        let _ = check::<Option<i64>>(json);
        // Not all of them are written: a version does not get as far.
        let _ = both::<Option<u64>>(json);
        let _ = check::<Option<String>>(json);
        let _ = check::<Option<bool>>(json);
        let _ = check::<Vec<Vec<Option<i64>>>>(json);
    }
}

/// Members' own defaults stand for the default of the whole.
#[test]
fn a_type_with_a_default_is_read_off_an_empty_object() {
    fn default<T: Read + Write + DeserializeOwned + Serialize + PartialEq + Debug + Default>() {
        assert_eq!(check::<T>("{}"), Some(Ok(T::default())));
    }
    default::<Actor>();
    default::<ringup_core::HeldCounts>();
    default::<ringup_core::shop::Limits>();
    default::<ringup_core::Capabilities>();
    default::<ringup_core::Kyc>();
    default::<ringup_core::Offers>();
    default::<ringup_core::PriceSeen>();
    default::<ringup_core::PurchaseRequest>();
}

/// The words that are listed by hand, because the numbering plan knows no reader.
#[test]
fn a_reason_is_read_by_its_name() {
    for reason in ringup_core::NumberReason::ALL {
        assert_eq!(check::<ringup_core::NumberReason>(&json!(reason.name()).to_string()), Some(Ok(reason)));
    }
    for word in ["possible", "local_only", "too_short", "too_long", "invalid_length"] {
        assert!(matches!(check::<ringup_core::Possibility>(&json!(word).to_string()), Some(Ok(_))), "{word}");
    }
}

/// Each of them, so that none is in the list that is not there any more.
#[test]
fn what_serde_reads_and_we_do_not_is_known() {
    let money = |json| check::<ringup_core::Money>(json);
    assert_eq!(money(r#"[5, "USD"]"#), Some(Err(Known::List)));
    assert_eq!(check::<BillingKind>(r#"{"usage": null}"#), Some(Err(Known::Word)));
    assert_eq!(check::<Evidence>(r#"{"compared": "not_applicable", "besides": 1}"#), Some(Err(Known::Unknown)));
    let numbered = r#"{"gate": "key_form", "status": "passed", "evidence": {"compared": 0}}"#;
    assert_eq!(check::<ringup_core::GateReport>(numbered), Some(Err(Known::Number)));
    let twice = r#"{"terms": {"billing": "usage"}, "exponents": {}, "exponents": {}}"#;
    assert_eq!(check::<Standing>(twice), None);
    let kyc = r#"{"countries": {"US": "approved", "US": "approved"}}"#;
    assert_eq!(check::<ringup_core::Kyc>(kyc), Some(Err(Known::Repeated)));
}
