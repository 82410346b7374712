//! Every dialect reads back what it writes: a client's request, the answer, and what that means to the client.

use std::collections::BTreeSet;

use ringup_core::PurchaseRequest;
use ringup_simulator::dialect::{Dialect, PurchaseReply};

use super::{each_dialect, simulation};

/// What the first purchase of each situation comes to, from the form's seed.
const FIRST_PURCHASES: &[(&str, &str, &str)] = &[
    ("zernio", "new", "checkout"),
    ("zernio", "ready", "bought"),
    ("zernio", "free_plan", "refused: A paid plan is required"),
    ("zernio", "plan_full", "refused: Phone number limit of your plan reached"),
    ("zernio", "legacy_billing", "bought"),
    ("zernio", "no_card", "refused: PAYMENT_REQUIRED"),
    ("zernio", "kyc_approved", "bought"),
    ("zernio", "restricted_key", "refused: This API key has no access to the profile"),
    ("vobiz", "new", "bought"),
    ("vobiz", "ready", "bought"),
    ("vobiz", "no_balance", "refused: required 101.00 INR, available 0.50 INR"),
    ("vobiz", "sub_account", "bought"),
    ("vobiz", "documented", "bought"),
];

#[test]
fn the_first_purchase_of_each_situation_is_understood_by_its_client() {
    let situations = each_dialect()
        .flat_map(|dialect| dialect.situations().iter().map(move |situation| (dialect.id(), situation.name)));
    let told = FIRST_PURCHASES.iter().map(|(dialect, situation, _)| (*dialect, *situation));
    assert_eq!(situations.collect::<BTreeSet<_>>(), told.collect::<BTreeSet<_>>());
    for &(dialect, situation, expected) in FIRST_PURCHASES {
        let dialect = ringup_simulator::dialects::find(dialect).unwrap();
        let seed = dialect.form().seed;
        assert_eq!(said(&buy(dialect, situation, &seed)), expected, "{} {situation}", dialect.id());
    }
}

#[test]
fn a_request_is_read_as_it_was_written() {
    let full = PurchaseRequest {
        idempotency_key: Some("intent \"1\" ü".into()),
        confirm_additional: true,
        ..ringup_simulator::dialects::find("zernio").unwrap().form().seed
    };
    let cases = [
        ("zernio", "ready", full, "bought"),
        ("zernio", "ready", in_country("DE"), "kyc required"),
        ("zernio", "ready", in_country("zz"), "refused: Country not available"),
        ("vobiz", "ready", paid_in("USD"), "bought"),
        ("vobiz", "ready", paid_in("EUR"), "refused: number has no price in EUR"),
    ];
    for (dialect, situation, request, expected) in cases {
        let dialect = ringup_simulator::dialects::find(dialect).unwrap();
        assert_eq!(said(&buy(dialect, situation, &request)), expected, "{request:?}");
    }
}

#[test]
fn fresh_accounts_stand_like_the_first_one() {
    for &(dialect, situation, expected) in FIRST_PURCHASES {
        let dialect = ringup_simulator::dialects::find(dialect).unwrap();
        let mut simulation = simulation();
        for count in 1..=5 {
            simulation.open(dialect, situation).unwrap();
            // Each buys in a world of its own: the documented number is sold once.
            let mut world = simulation.clone();
            let tag = format!("{situation}-{count}");
            let credentials = dialect.open(situation, &tag).unwrap().credentials[0].fields.clone();
            let request = dialect.purchase_request(&credentials, &dialect.form().seed);
            assert_eq!(said(&dialect.purchase_reply(&world.handle(&request))), expected, "{} {tag}", dialect.id());
        }
    }
}

fn in_country(country: &str) -> PurchaseRequest {
    let seed = ringup_simulator::dialects::find("zernio").unwrap().form().seed;
    PurchaseRequest { country: Some(country.into()), ..seed }
}

fn paid_in(currency: &str) -> PurchaseRequest {
    let seed = ringup_simulator::dialects::find("vobiz").unwrap().form().seed;
    PurchaseRequest { currency: Some(currency.into()), ..seed }
}

fn buy(dialect: &dyn Dialect, situation: &str, request: &PurchaseRequest) -> PurchaseReply {
    let credentials = dialect.open(situation, situation).unwrap().credentials[0].fields.clone();
    let request = dialect.purchase_request(&credentials, request);
    dialect.purchase_reply(&simulation().handle(&request))
}

fn said(reply: &PurchaseReply) -> String {
    match reply {
        PurchaseReply::Bought { number } => {
            assert!(number.starts_with('+'), "{number}");
            "bought".into()
        }
        PurchaseReply::Checkout { url } => {
            assert!(url.starts_with("http://"), "{url}");
            "checkout".into()
        }
        PurchaseReply::KycRequired => "kyc required".into(),
        PurchaseReply::Refused { code } => format!("refused: {code}"),
        PurchaseReply::Unclear => "unclear".into(),
    }
}
