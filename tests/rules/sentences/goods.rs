//! What is for sale, where, and to whom.

use ringup_core::shop::{BillingKind, Capabilities, KycRules, KycSubject, NumberType, Rate, SelectorKind, ShopData};
use ringup_core::*;
use serde_json::{Value, json};

use super::super::kit::{NOW, orchard_customer, orchard_with, standing};
use super::said::{Counter, Said};

pub fn stock(said: &mut Said) {
    said.about("country_not_sold");
    let nowhere = |_: &mut Standing, request: &mut PurchaseRequest| request.country = Some("aq".into());
    said.orchard(nowhere);
    // So many that a sentence does not list them.
    said.orchard_by(
        |data| {
            let us = data.rate_card.rates[0].clone();
            let further = ["FR", "ES", "IT", "PT"].map(|code| Rate { country: code.parse().unwrap(), ..us.clone() });
            data.rate_card.rates.extend(further);
        },
        nowhere,
    );
    let typed = |types: &'static [NumberType]| {
        move |data: &mut ShopData| {
            let us = data.rate_card.rates.remove(0);
            for number_type in types {
                data.rate_card.rates.push(Rate { number_type: Some(*number_type), ..us.clone() });
            }
        }
    };
    let mut by_type = |types, asked: Option<&str>| {
        said.orchard_by(typed(types), |_, request| request.number_type = asked.map(Into::into));
    };
    by_type(&[NumberType::Mobile, NumberType::TollFree], Some("local"));
    by_type(&[NumberType::Mobile], None);
    by_type(&[], Some("local"));
    said.about("not_searched");
    said.bazaar_by(|data| data.policy.search_required = true, |_, _, offers| offers.searches.clear());
    said.about("out_of_stock");
    said.bazaar(|_, _, offers| offers.searches[0].numbers.clear());
    said.bazaar(|_, request, offers| {
        request.number = Some("+919876543211".into());
        let selector = Selector::Exact { number: "+919876543211".parse().unwrap() };
        offers.searches.push(Search { selector, seen_at: NOW, expires_at: NOW.plus_seconds(60), numbers: vec![] });
    });
    said.bazaar_by(
        |data| data.policy.selectors = vec![SelectorKind::Inventory],
        |_, request, offers| {
            (request.number, request.inventory_id) = (None, Some("inv-1".into()));
            let selector = Selector::Inventory { inventory_id: "inv-1".parse().unwrap() };
            offers.searches =
                vec![Search { selector, seen_at: NOW, expires_at: NOW.plus_seconds(60), numbers: vec![] }];
        },
    );
    mismatches(said);
    said.about("out_of_stock");
    let nothing_like = |selector: Selector| Offers {
        searches: vec![Search { selector, seen_at: NOW, expires_at: NOW.plus_seconds(60), numbers: vec![] }],
    };
    let us: Country = "US".parse().unwrap();
    let none = |said: &mut Said, request: PurchaseRequest, selector: Selector| {
        let request = PurchaseRequest { holder: Some("home".into()), country: Some("US".into()), ..request };
        let shop = orchard_with(|data| {
            data.policy.selectors = vec![SelectorKind::Any, SelectorKind::AreaCode, SelectorKind::Pattern];
            data.rate_card
                .rates
                .retain(|rate| ["US", "CA"].map(|known| known.parse().unwrap()).contains(&rate.country));
        });
        let offers = nothing_like(selector);
        said.ask(&Counter { shop, standing: standing(orchard_customer(), &[]), offers, request, now: NOW });
    };
    none(said, PurchaseRequest::default(), Selector::any(us, None));
    none(
        said,
        PurchaseRequest {
            area_code: Some("800".into()),
            number_type: Some("toll_free".into()),
            ..PurchaseRequest::default()
        },
        Selector::of_area_code(us, "800".into(), Some(NumberType::TollFree)),
    );
    let texts = Capabilities { sms: true, ..Capabilities::default() };
    none(
        said,
        PurchaseRequest { capabilities: texts, region: Some("California".into()), ..PurchaseRequest::default() },
        Selector::Any { country: us, number_type: None, capabilities: texts, region: Some("California".into()) },
    );
    none(
        said,
        PurchaseRequest { pattern: Some("+1415555****".into()), ..PurchaseRequest::default() },
        Selector::of_pattern(us, "+1415555****".parse().unwrap(), None),
    );
    said.about("no_such_number");
    for (area_code, number_type) in [("787", None), ("055", None), ("1415", None), ("415", Some(NumberType::TollFree))]
    {
        none(
            said,
            PurchaseRequest {
                area_code: Some(area_code.into()),
                number_type: number_type.map(|number_type| number_type.name().into()),
                ..PurchaseRequest::default()
            },
            Selector::of_area_code(us, area_code.into(), number_type),
        );
    }
    for pattern in ["+787*******", "+1055*******", "+1415555***", "+11415*******", "+8***********", "+1787*******"] {
        none(
            said,
            PurchaseRequest { pattern: Some(pattern.into()), ..PurchaseRequest::default() },
            Selector::of_pattern(us, pattern.parse().unwrap(), None),
        );
    }
    said.bazaar(|_, request, offers| {
        request.number = Some("+14150551234".into());
        let selector = Selector::Exact { number: "+14150551234".parse().unwrap() };
        offers.searches.push(Search { selector, seen_at: NOW, expires_at: NOW.plus_seconds(60), numbers: vec![] });
    });
    said.about("currency_not_offered");
    said.bazaar(|_, request, _| request.currency = Some("EUR".into()));
    said.about("billing_kind_required");
    said.orchard(|standing, request| {
        standing.terms.billing = BillingKind::Subscription;
        request.country = Some("NL".into());
    });
    said.about("price_too_large");
    said.bazaar(|_, _, offers| {
        let price = &mut offers.searches[0].numbers[0].prices[0];
        price.setup_fee = Money::new((1 << 53) - 1, price.setup_fee.currency()).unwrap();
    });
}

/// One number, and what else the request says of it.
fn mismatches(said: &mut Said) {
    said.about("number_mismatch");
    // The numbering plan says IN, and the inventory something else.
    let elsewhere = |request: &mut PurchaseRequest, offers: &mut Offers| {
        request.country = Some("in".into());
        offers.searches[0].numbers[0].country = "NP".parse().unwrap();
    };
    said.bazaar(|_, request, offers| elsewhere(request, offers));
    said.bazaar(|_, request, _| request.number_type = Some("toll_free".into()));
    said.bazaar(|_, request, offers| {
        offers.searches[0].numbers[0].capabilities = Capabilities { voice: true, ..Capabilities::default() };
        request.capabilities = Capabilities { voice: true, sms: true, mms: true, fax: false };
    });
    said.bazaar(|_, request, offers| {
        offers.searches[0].numbers[0].region = "Karnataka".into();
        request.region = Some("Kerala".into());
    });
    said.bazaar(|_, request, offers| {
        offers.searches[0].numbers[0].region = String::new();
        request.region = Some("Kerala".into());
    });
    said.bazaar_by(
        |data| data.policy.selectors.push(SelectorKind::Inventory),
        |_, request, offers| {
            elsewhere(request, offers);
            request.inventory_id = Some("inv-2".into());
        },
    );
}

pub fn verifications(said: &mut Said) {
    said.about("kyc_required");
    let mut country = |status: KycStatus| {
        said.orchard(|standing, request| {
            request.country = Some("DE".into());
            standing.terms.kyc.countries.insert("DE".parse().unwrap(), status);
        });
    };
    use KycStatus::{Declined, Expired, Initiated, NotSubmitted, Pending};
    for status in [NotSubmitted, Initiated, Pending, Declined, Expired] {
        country(status);
    }
    let mut account = |status: KycStatus, role: Role| {
        let submitters = vec![Role::Owner, Role::Admin];
        said.bazaar_by(
            |data| {
                data.policy.kyc =
                    Some(KycRules { tier_min: 0, subject: KycSubject::Account, submitters, ..KycRules::default() })
            },
            |standing, _, _| {
                standing.terms.kyc.account = status;
                standing.actor.role = role;
            },
        );
    };
    account(KycStatus::NotSubmitted, Role::Owner);
    account(KycStatus::Pending, Role::Owner);
    account(KycStatus::NotSubmitted, Role::Member);
    account(KycStatus::Declined, Role::Member);
    // With papers that the policy names, and what was recorded of them.
    let mut named = |subject: &str, role: Role, recorded: Value| {
        let item = |name: &str| json!({ "name": name, "kind": "document" });
        let rules = json!({
            "tier_min": 0, "subject": subject, "submitters": ["owner", "admin"],
            "requirements": [{ "items": [item("extract"), item("passport")] }],
        });
        said.bazaar_by(
            |data| data.policy.kyc = Some(serde_json::from_value(rules).unwrap()),
            |standing, _, _| {
                standing.verifications = serde_json::from_value(recorded).unwrap();
                standing.actor.role = role;
            },
        );
    };
    let (by, at) = (NOW.as_millis() + 1, NOW.as_millis());
    let mend = json!([{ "country": "IN", "status": "declined", "mend": ["passport"], "mend_by": by }]);
    named("country", Role::Owner, json!([]));
    named("country", Role::Owner, mend.clone());
    named("country", Role::Member, mend);
    named("country", Role::Owner, json!([{ "country": "IN", "status": "approved", "expires_at": at }]));
    named("account", Role::Owner, json!([{ "status": "declined" }]));
}
