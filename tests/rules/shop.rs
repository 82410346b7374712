//! A shop is checked when it is made: each mistake is told with its place.

use ringup_core::{Shop, ShopData};
use serde_json::{Value, json};

use crate::kit::ORCHARD;

#[test]
fn each_mistake_is_told_with_its_place() {
    check("/policy/format", json!(2), "/policy/format");
    check("/policy/format", json!(0), "/policy/format");
    check("/policy/id", json!(""), "/policy/id");
    check("/policy/selectors", json!([]), "/policy/selectors");
    check("/policy/payment", json!([]), "/policy/payment");
    check("/policy/idempotency/length_max", json!(0), "/policy/idempotency/length_max");
    let cents = |amount: i64| json!({ "amount": { "minor_units": amount, "currency": "USD" }, "period": "day" });
    let spend = |limits: [Value; 2]| json!({ "spend": limits });
    check("/policy/limits", spend([cents(0), cents(-1)]), "/policy/limits/spend/1/amount");
    check("/policy/limits", spend([cents(1), cents(2)]), "/policy/limits/spend/1");
    for place in ["/policy", "/plans/1"] {
        let mut data = changed(&format!("{place}/limits"), json!({ "each_holder": 1 }));
        Shop::new(serde_json::from_value(data.clone()).unwrap()).unwrap();
        data["policy"]["holder_required"] = json!(false);
        let mistakes = Shop::mistakes(&serde_json::from_value(data).unwrap());
        assert_eq!(mistakes[0].path, format!("{place}/limits/each_holder"));
    }
    check("/policy/checkout", Value::Null, "/policy/checkout");
    check("/policy/retry/attempts_max", json!(0), "/policy/retry/attempts_max");
    check("/policy/retry/first_delay_ms", json!(0), "/policy/retry/first_delay_ms");
    check("/plans", json!([]), "/plans");
    check("/plans/1/id", json!("free"), "/plans/1/id");
    check("/plans/0/monthly_fee/minor_units", json!(-1), "/plans/0/monthly_fee");
    check("/rate_card/rates/3/monthly_fee/minor_units", json!(-1), "/rate_card/rates/3/monthly_fee");
    check("/rate_card/rates/3/setup_fee/currency", json!("EUR"), "/rate_card/rates/3/setup_fee");
    for no_prefix in ["1415", "+", "", "+1x", "+1 4"] {
        check("/rate_card/rates/3/prefix", json!(no_prefix), "/rate_card/rates/3/prefix");
    }
    check("/rate_card/rates/1/country", json!("US"), "/rate_card/rates/1/country");
}

#[test]
fn what_can_be_read_and_cannot_be_meant_is_a_mistake() {
    for (pointer, wrong, field) in [
        ("/policy/version", json!(""), ""),
        ("/policy/title", json!(""), ""),
        ("/rate_card/version", json!(""), ""),
        ("/policy/idempotency/fingerprint", json!([]), ""),
        ("/policy/velocity/window_s", json!(0), ""),
        ("/policy/churn", json!({ "moves_max": 0, "window_s": 60 }), "/moves_max"),
        ("/policy/churn", json!({ "moves_max": 1, "window_s": 0 }), "/window_s"),
        ("/policy/checkout/lifetime_s", json!(0), ""),
        ("/policy/retry/delay_ms_max", json!(0), ""),
        ("/policy/retry/delay_ms_max", json!(1), ""),
        ("/policy/time_zone", zone(json!({ "offset_minutes": 1441 })), "/offset_minutes"),
        ("/policy/time_zone", zone(json!({ "offset_minutes": -1441 })), "/offset_minutes"),
        ("/policy/time_zone", zone(json!({ "name": "" })), "/name"),
        ("/policy/time_zone", zone(json!({ "tzdb": "" })), "/tzdb"),
        ("/policy/time_zone", zone(json!({ "known_until": 0 })), "/known_until"),
        ("/policy/time_zone", zone(changes(&[(-1, 0)])), "/transitions/0/at"),
        ("/policy/time_zone", zone(changes(&[(2_000_000_000, 0)])), "/transitions/0/at"),
        ("/policy/time_zone", zone(changes(&[(0, 1441)])), "/transitions/0/offset_minutes"),
        ("/policy/time_zone", zone(changes(&[(0, 60), (172_799_999, 0)])), "/transitions/1/at"),
        ("/policy/payment", json!([{ "method": "wallet", "subscribed": true }]), ""),
        ("/policy/payment", json!([{ "method": "wallet", "charged": "at_provisioning" }]), "/0/charged"),
        ("/policy/payment", json!([{ "method": "checkout", "charged": "at_provisioning" }]), "/0/charged"),
        ("/plans/0/limits", json!({ "numbers": 1 }), "/numbers"),
        ("/policy/default_country", json!("UK"), ""),
        ("/policy/billing/domestic", json!(["US", "UK"]), "/1"),
        ("/policy/limits", json!({ "by_country": { "ZZ": 1 } }), "/by_country/ZZ"),
        ("/plans/0/limits", json!({ "by_country": { "BV": 1 } }), "/by_country/BV"),
        ("/rate_card/rates/3/country", json!("ZZ"), ""),
        ("/rate_card/rates/0", us(json!({ "prefix": "+44" })), "/prefix"),
        ("/rate_card/rates/0", us(json!({ "prefix": "+1x" })), "/prefix"),
        ("/rate_card/discounts", json!([discount(json!({ "countries": ["UK"] }))]), "/0/countries/0"),
        ("/rate_card/taxes", json!([tax("19", json!(["GB", "UK"]))]), "/0/countries/1"),
        ("/rate_card/taxes", json!([tax("100.000001", json!([]))]), "/0/percent"),
        ("/rate_card/taxes", json!([tax("0.0", json!([]))]), "/0/percent"),
        ("/plans/1/monthly_fee/currency", json!("JPY"), ".."),
    ] {
        let field = match field {
            ".." => pointer.rsplit_once('/').unwrap().0.to_owned(),
            below => format!("{pointer}{below}"),
        };
        check(pointer, wrong, &field);
    }
    let limit = |currency: &str, period: &str| json!({ "amount": { "minor_units": 1, "currency": currency }, "period": period });
    for (pointer, fine) in [
        ("/policy/limits", json!({ "spend": [limit("USD", "day"), limit("EUR", "day"), limit("USD", "month")] })),
        ("/policy/payment", json!([{ "method": "wallet", "subscribed": false }])),
        ("/policy/payment", json!([{ "method": "wallet", "subscribed": true }, { "method": "wallet" }])),
        ("/policy/payment", json!([{ "method": "subscription", "charged": "at_provisioning" }])),
        ("/policy/time_zone", zone(json!({ "offset_minutes": 1440 }))),
        ("/policy/time_zone", zone(json!({ "offset_minutes": -1440 }))),
        ("/policy/time_zone", zone(changes(&[(0, -1440), (172_800_000, 1440), (1_999_999_999, 0)]))),
        ("/policy/retry", json!({ "attempts_max": 1, "first_delay_ms": 2, "delay_ms_max": 2 })),
        ("/policy/default_country", json!("XK")),
        ("/rate_card/rates/0", us(json!({ "country": "IN", "prefix": "+9" }))),
        ("/rate_card/rates/0", us(json!({ "prefix": "+1415" }))),
        ("/rate_card/rates/0", us(json!({ "prefix": "+1" }))),
        ("/rate_card/taxes", json!([tax("100", json!([]))])),
    ] {
        Shop::new(serde_json::from_value(changed(pointer, fine)).unwrap()).unwrap();
    }
}

#[test]
fn one_mistake_is_told_once() {
    let data = serde_json::from_value(changed("/policy/payment", json!([]))).unwrap();
    assert_eq!(Shop::mistakes(&data).len(), 1);
}

/// Either rule looks at the customer's plan.
#[test]
fn a_rule_about_plans_needs_a_plan() {
    for (paid_plan_required, plan_limits, told) in [
        (true, false, Some("`paid_plan_required` needs a plan, and the shop has none")),
        (false, true, Some("`plan_limits` needs a plan, and the shop has none")),
        (false, false, None),
    ] {
        let mut data = changed("/plans", json!([]));
        data["policy"]["paid_plan_required"] = json!(paid_plan_required);
        data["policy"]["plan_limits"] = json!(plan_limits);
        let mistakes = Shop::mistakes(&serde_json::from_value(data).unwrap());
        let messages: Vec<&str> = mistakes.iter().map(|mistake| mistake.message.as_str()).collect();
        assert_eq!(messages, told.as_slice());
    }
}

/// An entry for numbers of the United States.
fn us(further: Value) -> Value {
    let free = json!({ "minor_units": 0, "currency": "USD" });
    let mut rate = json!({
        "country": "US", "setup_fee": free, "monthly_fee": free, "kyc_tier": 1, "capabilities": {}
    });
    rate.as_object_mut().unwrap().extend(further.as_object().unwrap().clone());
    rate
}

fn discount(further: Value) -> Value {
    let mut discount = json!({ "label": "D", "on": "all", "off": { "percent": "0.01" } });
    discount.as_object_mut().unwrap().extend(further.as_object().unwrap().clone());
    discount
}

/// A table from the epoch to two million seconds after it.
fn zone(further: Value) -> Value {
    let mut zone = crate::prices::zones::fixed(60);
    let bounds = json!({ "known_from": 0, "known_until": 2_000_000_000 });
    for members in [bounds, further] {
        zone.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    }
    zone
}

fn changes(changes: &[(i64, i16)]) -> Value {
    let changes = changes.iter().map(|(at, offset)| json!({ "at": at, "offset_minutes": offset }));
    json!({ "transitions": changes.collect::<Vec<_>>() })
}

fn tax(percent: &str, countries: Value) -> Value {
    json!({ "label": "VAT", "percent": percent, "kind": "exclusive", "countries": countries })
}

#[test]
fn all_mistakes_of_one_entry_are_told() {
    let mut data = changed("/rate_card/rates/3/prefix", json!("1415"));
    let rate = &mut data["rate_card"]["rates"][3];
    rate["setup_fee"] = json!({ "minor_units": -1, "currency": "EUR" });
    rate["other_fees"] = json!([{ "label": "F", "fee": { "minor_units": -2, "currency": "USD" } }]);
    rate["effective_from"] = json!(5);
    rate["effective_until"] = json!(5);
    rate["tiers"] = json!([
        { "from_number": 1, "fee": { "minor_units": -3, "currency": "USD" } },
        { "from_number": 1, "fee": { "minor_units": 3, "currency": "EUR" } },
    ]);
    let data: ShopData = serde_json::from_value(data).unwrap();
    let mistakes = Shop::mistakes(&data);
    let told: Vec<&str> = mistakes.iter().filter_map(|error| error.path.strip_prefix("/rate_card/rates/3/")).collect();
    let expected = [
        "setup_fee",
        "setup_fee",
        "other_fees/0/fee",
        "prefix",
        "effective_until",
        "tiers/0/from_number",
        "tiers/0/fee",
        "tiers/1/from_number",
        "tiers/1/fee",
    ];
    assert_eq!((told.as_slice(), mistakes.len()), (expected.as_slice(), expected.len()), "{mistakes:?}");
    assert!(mistakes.iter().all(|error| !error.message.is_empty() && !error.help.is_empty()));
}

#[test]
fn what_cannot_be_read_is_refused_by_its_field() {
    for (pointer, wrong) in [
        ("/policy/selectors", json!(["by_colour"])),
        ("/policy/default_currency", json!("dollars")),
        ("/rate_card/rates/0/country", json!("USA")),
        ("/rate_card/rates/0/country", json!("us")),
        ("/policy/limits", json!({ "by_country": { "us": 1 } })),
        ("/rate_card/rates/0/monthly_fee/minor_units", json!(1.5)),
        ("/rate_card/rates/0/monthly_fee/minor_units", json!(9_007_199_254_740_992_i64)),
        ("/policy/colour", json!("green")),
    ] {
        assert!(serde_json::from_value::<ShopData>(changed(pointer, wrong)).is_err(), "{pointer}");
    }
}

#[test]
fn the_most_specific_rate_wins() {
    let mut data = changed("/policy/default_country", json!("US"));
    let rate = |prefix: Value, number_type: Value, cents: i64| {
        json!({
            "country": "US", "prefix": prefix, "number_type": number_type, "kyc_tier": 1,
            "setup_fee": {"minor_units": 0, "currency": "USD"}, "monthly_fee": {"minor_units": cents, "currency": "USD"},
            "capabilities": {}
        })
    };
    data["rate_card"]["rates"] = json!([
        rate(Value::Null, Value::Null, 100),
        rate(Value::Null, json!("mobile"), 200),
        rate(json!("+1415"), Value::Null, 300),
        rate(json!("+1415555"), Value::Null, 400),
    ]);
    let shop = Shop::new(serde_json::from_value(data).unwrap()).unwrap();
    let price = |number: &str, number_type: &str| {
        let number_type = serde_json::from_value(json!(number_type)).unwrap();
        let rate = shop.rate_card().rate("US".parse().unwrap(), Some(number_type), Some(number.parse().unwrap()));
        rate.unwrap().monthly_fee.minor_units()
    };
    assert_eq!(price("+12125550142", "local"), 100);
    assert_eq!(price("+12125550142", "mobile"), 200);
    assert_eq!(price("+14152220142", "mobile"), 300);
    assert_eq!(price("+14155550142", "local"), 400);
    assert!(shop.rate_card().rate("DE".parse().unwrap(), None, None).is_none());
}

#[track_caller]
fn check(pointer: &str, wrong: Value, field: &str) {
    let data: ShopData = serde_json::from_value(changed(pointer, wrong)).unwrap();
    assert_eq!(Shop::new(data).map_err(|error| error.path), Err(field.into()));
}

/// Orchard's shop with one value set, or taken out.
fn changed(pointer: &str, value: Value) -> Value {
    let mut data: Value = serde_json::from_str(ORCHARD).unwrap();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = data.pointer_mut(parent).unwrap();
    match (parent, value) {
        (Value::Object(fields), Value::Null) => drop(fields.remove(name)),
        (Value::Object(fields), value) => drop(fields.insert(name.into(), value)),
        (Value::Array(items), value) => items[name.parse::<usize>().unwrap()] = value,
        _ => panic!("no such place: {pointer}"),
    }
    data
}

#[test]
fn what_a_rate_is_for_is_written_as_it_was_read() {
    for able_to in [json!({}), json!({ "voice": true }), json!({ "fax": true, "sms": true })] {
        let data: ShopData = serde_json::from_value(changed("/rate_card/rates/3/able_to", able_to)).unwrap();
        let again: ShopData = serde_json::from_value(serde_json::to_value(&data).unwrap()).unwrap();
        assert_eq!(again, data);
    }
}

#[test]
fn each_limit_alone_is_written_as_it_was_read() {
    let cents = json!({ "amount": { "minor_units": 1, "currency": "USD" }, "period": "day" });
    for limit in [
        json!({}),
        json!({ "numbers": 1 }),
        json!({ "by_country": { "US": 1 } }),
        json!({ "each_country": 1 }),
        json!({ "by_type": { "local": 1 } }),
        json!({ "each_holder": 1 }),
        json!({ "spend": [cents] }),
        json!({ "purchases_a_day": 1 }),
    ] {
        let data: ShopData = serde_json::from_value(changed("/policy/limits", limit.clone())).unwrap();
        let written = serde_json::to_value(&data).unwrap();
        assert_eq!(written["policy"].get("limits"), Some(&limit).filter(|limit| **limit != json!({})));
        assert_eq!(serde_json::from_value::<ShopData>(written).unwrap(), data);
    }
}
