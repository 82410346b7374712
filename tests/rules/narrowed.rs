//! Capabilities and a region narrow a request: they choose the price and the number.

use ringup_core::shop::{BillingKind, Capabilities, Rate};
use ringup_core::{Money, PurchaseRequest, Shop};
use serde_json::{Value, json};

use crate::api::quote;
use crate::kit::{Host, NOW, orchard_customer, orchard_offers, orchard_request, orchard_with, standing};
use crate::lifecycle::run;

/// Numbers of the US for 2.00; for 3.00 with text messages, for 4.00 with faxes too, for 5.00 in California.
fn shop() -> Shop {
    orchard_with(|data| {
        data.rate_card.rates.truncate(1);
        let of_country = data.rate_card.rates[0].clone();
        let mut add = |monthly: i64, change: &dyn Fn(&mut Rate)| {
            let mut rate = of_country.clone();
            rate.monthly_fee = Money::new(monthly, rate.monthly_fee.currency()).unwrap();
            change(&mut rate);
            data.rate_card.rates.push(rate);
        };
        add(300, &|rate| rate.able_to = Capabilities { sms: true, ..Capabilities::default() });
        add(400, &|rate| rate.able_to = Capabilities { sms: true, fax: true, ..Capabilities::default() });
        add(500, &|rate| rate.region = Some("California".into()));
    })
}

fn asking(also: &Value) -> PurchaseRequest {
    let mut request = serde_json::to_value(orchard_request()).unwrap();
    request.as_object_mut().unwrap().extend(also.as_object().unwrap().clone());
    serde_json::from_value(request).unwrap()
}

#[test]
fn what_is_asked_for_decides_the_price() {
    let shop = shop();
    let monthly = |also: Value| {
        let quote = quote(&shop, &standing(orchard_customer(), &[]), &orchard_offers(), &asking(&also), NOW);
        quote.price.expect("it is priced").monthly_fee.to_string()
    };
    assert_eq!(monthly(json!({})), "2.00 USD");
    assert_eq!(monthly(json!({ "capabilities": { "voice": true } })), "2.00 USD");
    assert_eq!(monthly(json!({ "capabilities": { "sms": true } })), "3.00 USD");
    assert_eq!(monthly(json!({ "capabilities": { "sms": true, "fax": true } })), "4.00 USD");
    assert_eq!(monthly(json!({ "region": "california" })), "5.00 USD");
    assert_eq!(monthly(json!({ "region": "Nevada" })), "2.00 USD");
    // A region is more specific than any capabilities.
    assert_eq!(monthly(json!({ "region": "California", "capabilities": { "sms": true, "fax": true } })), "5.00 USD");
}

#[test]
fn what_is_reserved_has_what_was_asked_for() {
    for (also, number, expected) in [
        (json!({}), json!({}), "number_reserved"),
        (json!({ "capabilities": { "voice": true } }), json!({}), "reservation_rejected"),
        (json!({ "capabilities": { "voice": true } }), json!({ "capabilities": { "voice": true } }), "number_reserved"),
        // It has what was asked for, and costs more: 3.00.
        (
            json!({ "capabilities": { "voice": true } }),
            json!({ "capabilities": { "voice": true, "sms": true } }),
            "reservation_rejected",
        ),
        (json!({ "capabilities": { "sms": true } }), json!({ "capabilities": { "sms": true } }), "number_reserved"),
        (json!({ "region": "California" }), json!({ "region": "CALIFORNIA" }), "number_reserved"),
        (json!({ "region": "California" }), json!({ "region": "Nevada" }), "reservation_rejected"),
    ] {
        let mut host = Host { shop: shop(), ..Host::orchard(BillingKind::Usage) };
        let offer = &mut host.offers.searches[0].numbers[0];
        let mut found = serde_json::to_value(&*offer).unwrap();
        found.as_object_mut().unwrap().extend(number.as_object().unwrap().clone());
        *offer = serde_json::from_value(found).unwrap();
        host.buy("p", &asking(&also)).unwrap();
        let told = run(&mut host, "reserve ok");
        assert!(told.starts_with(expected), "{also} {number}: {told}");
    }
}
