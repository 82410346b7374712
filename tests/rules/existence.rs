//! Where a search found nothing, the numbering plan tells whether such a number can exist at all.

use ringup_core::shop::{Rate, SelectorKind};
use ringup_core::*;
use serde_json::{Value, json};

use super::api::quote;
use super::kit::{NOW, orchard_customer, orchard_request, orchard_with, standing};

/// What the stock gate says after a search that found nothing: its code, its sentence and its fixes.
fn said(request: &Value) -> (Rejection, String) {
    let shop = orchard_with(|data| {
        data.policy.selectors =
            vec![SelectorKind::Any, SelectorKind::Exact, SelectorKind::AreaCode, SelectorKind::Pattern];
        let us = data.rate_card.rates[0].clone();
        data.rate_card.rates.push(Rate { country: "FK".parse().unwrap(), ..us });
    });
    let mut all = serde_json::to_value(orchard_request()).unwrap();
    all.as_object_mut().unwrap().extend(request.as_object().unwrap().clone());
    let request: PurchaseRequest = serde_json::from_value(all).unwrap();
    let standing = standing(orchard_customer(), &[]);
    let stock = |offers: &Offers| {
        let gates = quote(&shop, &standing, offers, &request, NOW).gates;
        gates.into_iter().find(|report| report.gate == Gate::Stock).unwrap().status
    };
    let selector = match stock(&Offers::default()) {
        GateStatus::Waiting { fact: Fact::Search { selector } } => selector,
        GateStatus::Passed { .. } => Selector::any(
            request.country.as_ref().unwrap().parse().unwrap(),
            request.number_type.as_ref().map(|name| name.parse().unwrap()),
        ),
        status => panic!("{status:?}"),
    };
    let search = Search { selector, seen_at: NOW, expires_at: NOW.plus_seconds(60), numbers: vec![] };
    match stock(&Offers { searches: vec![search] }) {
        GateStatus::Blocked { rejection, fixes, .. } => {
            let all: Vec<String> =
                [rejection.to_string()].into_iter().chain(fixes.iter().map(ToString::to_string)).collect();
            (rejection, all.join(" > "))
        }
        status => panic!("{status:?}"),
    }
}

#[track_caller]
fn never(request: Value, expected: &str) {
    let (rejection, text) = said(&request);
    assert_eq!((rejection.code(), rejection.is_transient(), text.as_str()), ("no_such_number", false, expected));
}

#[track_caller]
fn later(request: Value) {
    let (rejection, text) = said(&request);
    assert_eq!((rejection.code(), rejection.is_transient()), ("out_of_stock", true), "{text}");
}

#[test]
fn an_area_code_of_another_country_is_told() {
    let another = "choose another area code > choose the country of the number";
    for (country, area_code, found) in
        [("US", "787", "PR"), ("US", "416", "CA"), ("CA", "415", "US"), ("US", "1787", "PR"), ("GB", "1534", "JE")]
    {
        let expected = format!("the area code `{area_code}` belongs to {found}, not to {country} > {another}: {found}");
        never(json!({ "country": country, "area_code": area_code }), &expected);
    }
    // Countries share toll-free numbers.
    for country in ["US", "CA"] {
        later(json!({ "country": country, "area_code": "800" }));
    }
}

#[test]
fn an_area_code_is_written_without_a_prefix() {
    for (country, area_code, text) in
        [("GB", "0117", "117"), ("GB", "44117", "117"), ("DE", "030", "30"), ("US", "1415", "415"), ("FR", "01", "1")]
    {
        let expected = format!(
            "the area code `{area_code}` has a prefix that is no part of a number: write `{text}` > write the area code \
             `{text}`"
        );
        never(json!({ "country": country, "area_code": area_code }), &expected);
        later(json!({ "country": country, "area_code": text }));
    }
}

#[test]
fn an_area_code_with_which_no_number_begins_is_told() {
    for (country, area_code) in [("US", "055"), ("US", "0"), ("GB", "0"), ("FR", "00")] {
        let expected = format!("no {country} number begins with `{area_code}` > choose another area code");
        never(json!({ "country": country, "area_code": area_code }), &expected);
    }
    later(json!({ "country": "US", "area_code": "4155" }));
}

#[test]
fn a_pattern_is_told_its_country_its_prefix_and_its_length() {
    let of = |country: &str, pattern: &str, expected: &str| {
        never(json!({ "country": country, "pattern": pattern }), expected);
    };
    of(
        "US",
        "+1787*******",
        "the pattern `+1787*******` belongs to PR, not to US > choose another pattern > choose the country of the \
         number: PR",
    );
    of(
        "US",
        "+44117*******",
        "the pattern `+44117*******` belongs to GB, not to US > choose another pattern > choose the country of the \
         number: GB",
    );
    of(
        "GB",
        "+440117*******",
        "the pattern `+440117*******` has a prefix that is no part of a number: write `+44117*******` > write the \
         pattern `+44117*******`",
    );
    of(
        "US",
        "+1415555*****",
        "no number is like the pattern `+1415555*****`: the number is too long > correct `pattern`",
    );
    of("US", "+1415555***", "no number is like the pattern `+1415555***`: the number is too short > correct `pattern`");
    of(
        "US",
        "+8***********",
        "the pattern `+8***********` belongs to other countries, not to US > choose another pattern",
    );
    of("US", "+1055*******", "there is no US number like `+1055*******` > choose another pattern");
    later(json!({ "country": "US", "pattern": "+1415555****" }));
}

#[test]
fn a_type_that_such_numbers_never_have_is_told() {
    never(
        json!({ "country": "GB", "area_code": "117", "number_type": "mobile" }),
        "numbers with the area code `117` are local, not mobile > choose another area code > choose the type of the \
         number: local",
    );
    never(
        json!({ "country": "US", "pattern": "+1800*******", "number_type": "local" }),
        "numbers with the pattern `+1800*******` are toll-free, not local > choose another pattern > choose the type of \
         the number: toll-free",
    );
    never(
        json!({ "country": "FK", "number_type": "toll_free" }),
        "FK has no toll-free numbers > choose a type of number that is sold in FK: local, mobile or national > choose a \
         country that is sold: US, CA, NL, DE or AU",
    );
    later(json!({ "country": "FK", "number_type": "mobile" }));
    // A US number may be either.
    later(json!({ "country": "US", "area_code": "415", "number_type": "mobile" }));
    // Carriers disagree on what is national.
    later(json!({ "country": "GB", "area_code": "117", "number_type": "national" }));
}

#[test]
fn a_number_that_cannot_exist_is_no_number_for_later() {
    never(
        json!({ "country": null, "number": "+14150551234" }),
        "there is no number `+14150551234` > correct `number` > search for another number",
    );
    never(
        json!({ "country": null, "number": "+441174960123", "number_type": "mobile" }),
        "the number `+441174960123` is local, not mobile > search for another number",
    );
    later(json!({ "country": null, "number": "+14155552671" }));
}
