//! What is for sale, where, and to whom.

use ringup_core::shop::{BillingKind, KycRules, KycSubject, NumberType, Rate, SelectorKind, ShopData};
use ringup_core::*;

use super::super::kit::{NOW, standing, zernio_customer, zernio_with};
use super::said::{Counter, Said};

pub fn stock(said: &mut Said) {
    let countries = "choose a country that is sold";
    said.zernio(|_, request| request.country = Some("aq".into()), &["numbers of AQ are not sold here", countries]);
    let typed = |types: &'static [NumberType]| {
        move |data: &mut ShopData| {
            let us = data.rate_card.rates.remove(0);
            for number_type in types {
                data.rate_card.rates.push(Rate { number_type: Some(*number_type), ..us.clone() });
            }
        }
    };
    let mut by_type = |types, asked: Option<&str>, then: &[&str]| {
        said.zernio_by(typed(types), |_, request| request.number_type = asked.map(Into::into), then);
    };
    by_type(
        &[NumberType::Mobile, NumberType::TollFree],
        Some("local"),
        &[
            "local numbers of US are not sold here, only mobile or toll-free ones",
            "choose a type of number that is sold in US: mobile or toll-free",
            countries,
        ],
    );
    by_type(
        &[NumberType::Mobile],
        None,
        &[
            "numbers of US are sold by their type only: mobile",
            "choose a type of number that is sold in US: mobile",
            countries,
        ],
    );
    by_type(&[], Some("local"), &["local numbers of US are not sold here", countries]);
    said.vobiz_by(
        |data| data.policy.search_required = true,
        |_, _, offers| offers.searches.clear(),
        &[
            "no search of yours that still counts has returned the number `+919876543210`: search for it first",
            "search for the number `+919876543210` first",
        ],
    );
    said.vobiz(
        |_, _, offers| offers.searches[0].numbers.clear(),
        &["the number `+919876543210` is not for sale", "search for another number"],
    );
    said.vobiz(
        |_, request, offers| {
            request.number = Some("+919876543211".into());
            let selector = Selector::Exact { number: "+919876543211".parse().unwrap() };
            offers.searches.push(Search { selector, seen_at: NOW, expires_at: NOW.plus_seconds(60), numbers: vec![] });
        },
        &["the number `+919876543211` is not for sale", "choose another number: `+919876543210`"],
    );
    said.vobiz_by(
        |data| data.policy.selectors = vec![SelectorKind::Inventory],
        |_, request, offers| {
            (request.number, request.inventory_id) = (None, Some("inv-1".into()));
            let selector = Selector::Inventory { inventory_id: "inv-1".parse().unwrap() };
            offers.searches =
                vec![Search { selector, seen_at: NOW, expires_at: NOW.plus_seconds(60), numbers: vec![] }];
        },
        &["the number `inv-1` is not for sale", "search for another number"],
    );
    mismatches(said);
    let nothing_like = |selector: Selector| Offers {
        searches: vec![Search { selector, seen_at: NOW, expires_at: NOW.plus_seconds(60), numbers: vec![] }],
    };
    let us: Country = "US".parse().unwrap();
    let mut none = |request: PurchaseRequest, selector: Selector, then: &[&str]| {
        let request = PurchaseRequest { holder: Some("profile_abc123".into()), country: Some("US".into()), ..request };
        let shop = zernio_with(|data| {
            data.policy.selectors = vec![SelectorKind::Any, SelectorKind::AreaCode, SelectorKind::Pattern];
            data.rate_card
                .rates
                .retain(|rate| ["US", "CA"].map(|known| known.parse().unwrap()).contains(&rate.country));
        });
        let offers = nothing_like(selector);
        said.check(&Counter { shop, standing: standing(zernio_customer(), &[]), offers, request, now: NOW }, then);
    };
    none(
        PurchaseRequest::default(),
        Selector::Any { country: us, number_type: None },
        &["no number of US is for sale at the moment", "choose a country that is sold: CA"],
    );
    none(
        PurchaseRequest {
            area_code: Some("415".into()),
            number_type: Some("toll_free".into()),
            ..PurchaseRequest::default()
        },
        Selector::AreaCode { country: us, area_code: "415".into(), number_type: Some(NumberType::TollFree) },
        &["no toll-free number of US with the area code 415 is for sale at the moment", "choose another area code"],
    );
    none(
        PurchaseRequest { pattern: Some("+1415555****".into()), ..PurchaseRequest::default() },
        Selector::Pattern { country: us, pattern: "+1415555****".parse().unwrap(), number_type: None },
        &["no number of US like `+1415555****` is for sale at the moment", "choose another pattern"],
    );
    said.vobiz(
        |_, request, _| request.currency = Some("EUR".into()),
        &[
            "this number has no price in `EUR`, only in `INR` and `USD`",
            "pay in a currency that the number has a price in: INR or USD",
        ],
    );
    said.zernio(
        |standing, request| {
            standing.terms.billing = BillingKind::Subscription;
            request.country = Some("GB".into());
        },
        &[
            "numbers of GB need usage-based billing, and you have billing by subscription",
            "move to usage-based billing",
            "choose a country that your billing serves: US",
        ],
    );
    said.vobiz(
        |_, _, offers| {
            let price = &mut offers.searches[0].numbers[0].prices[0];
            price.setup_fee = Money::new((1 << 53) - 1, price.setup_fee.currency()).unwrap();
        },
        &["what this number costs is more than can be counted in `INR`", "search for another number"],
    );
}

/// One number, and what else the request says of it.
fn mismatches(said: &mut Said) {
    // The numbering plan says IN, and the inventory something else.
    let elsewhere = |request: &mut PurchaseRequest, offers: &mut Offers| {
        request.country = Some("in".into());
        offers.searches[0].numbers[0].country = "NP".parse().unwrap();
    };
    said.vobiz(
        |_, request, offers| elsewhere(request, offers),
        &[
            "the number `+919876543210` is of NP, not of IN; correct the request, or choose another number",
            "choose the country of the number: NP",
            "search for another number",
        ],
    );
    said.vobiz(
        |_, request, _| request.number_type = Some("toll_free".into()),
        &[
            "the number `+919876543210` is mobile, not toll-free; correct the request, or choose another number",
            "choose the type of the number: mobile",
            "search for another number",
        ],
    );
    said.vobiz_by(
        |data| data.policy.selectors.push(SelectorKind::Inventory),
        |_, request, offers| {
            elsewhere(request, offers);
            request.inventory_id = Some("inv-2".into());
        },
        &[
            "the number `+919876543210` is of NP, not of IN and has the inventory id `inv-1`, not `inv-2`; correct the \
             request, or choose another number",
            "choose the country of the number: NP",
            "search for another number",
        ],
    );
}

pub fn verifications(said: &mut Said) {
    let mut country = |status: KycStatus, sentence: &str, fix: &str| {
        let sentence = format!("numbers of DE need your identity to be verified for that country first; {sentence}");
        said.zernio(
            |standing, request| {
                request.country = Some("DE".into());
                standing.terms.kyc.countries.insert("DE".parse().unwrap(), status);
            },
            &[&sentence, fix],
        );
    };
    let submit = "submit the identity documents for numbers of DE";
    let wait = "wait until the verification for numbers of DE is decided";
    country(KycStatus::NotSubmitted, "nothing has been submitted yet: submit the identity documents", submit);
    country(KycStatus::Initiated, "what was submitted has not been looked at yet: wait for the decision", wait);
    country(KycStatus::Pending, "the verification is under way: wait for the decision", wait);
    country(KycStatus::Declined, "the verification was declined: submit the identity documents again", submit);
    let mut account = |status: KycStatus, role: Role, sentence: &str, fix: &str| {
        let sentence = format!("numbers of IN need your account's identity to be verified first; {sentence}");
        let submitters = vec![Role::Owner, Role::Admin];
        said.vobiz_by(
            |data| data.policy.kyc = Some(KycRules { tier_min: 0, subject: KycSubject::Account, submitters }),
            |standing, _, _| {
                standing.terms.kyc.account = status;
                standing.actor.role = role;
            },
            &[&sentence, fix],
        );
    };
    account(
        KycStatus::NotSubmitted,
        Role::Owner,
        "nothing has been submitted yet: submit the identity documents",
        "submit the identity documents of the account",
    );
    account(
        KycStatus::Pending,
        Role::Owner,
        "the verification is under way: wait for the decision",
        "wait until the verification of the account is decided",
    );
    let ask = "ask an owner or an administrator to submit the identity documents";
    account(
        KycStatus::NotSubmitted,
        Role::Member,
        "nothing has been submitted yet: ask somebody who may submit the documents",
        ask,
    );
    account(
        KycStatus::Declined,
        Role::Member,
        "the verification was declined: ask somebody who may submit the documents again",
        ask,
    );
}
