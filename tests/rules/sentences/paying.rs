//! How it is paid, and at which price.

use ringup_core::shop::BillingKind;
use ringup_core::*;

use super::super::kit::{NOW, money, standing, vobiz, vobiz_customer, vobiz_offers, vobiz_request};
use super::said::Said;
use crate::api::quote;

pub fn pay(said: &mut Said) {
    said.zernio(
        |standing, _| standing.terms.payment_method_on_file = false,
        &["there is no payment method on file: add one, and ask again", "put a payment method on file"],
    );
    said.vobiz_by(
        |data| data.policy.payment[0].billing = Some(BillingKind::Prepaid),
        |standing, _, _| standing.terms.billing = BillingKind::Usage,
        &["such a number cannot be paid for with usage-based billing", "move to prepaid billing"],
    );
    said.vobiz(
        |standing, _, _| standing.balances = vec![money("100.99 INR")],
        &["101.00 INR is due, and your balance is 100.99 INR: add 0.01 INR", "add 0.01 INR to your balance"],
    );
}

pub fn prices_seen(said: &mut Said) {
    let accept = "accept the price of 101.00 INR now and 1.00 INR a month";
    said.vobiz(
        |_, request, _| {
            let seen = PriceSeen { due_now: Some(money("100.00 INR")), ..PriceSeen::default() };
            request.price_seen = Some(PriceSeen { monthly_fee: Some(money("2.00 INR")), ..seen });
        },
        &[
            "the price has moved: due now from 100.00 INR to 101.00 INR and monthly fee from 2.00 INR to 1.00 INR; accept it \
             as it is now, or do not buy",
            accept,
        ],
    );
    let id: QuoteId = "0".repeat(64).parse().unwrap();
    let again = "ask for a new quote at 101.00 INR now and 1.00 INR a month, and follow that one if its differences are acceptable";
    let mut outdated = |terms: Option<fn(&mut QuoteTerms)>, sentence: &str| {
        let (shop, standing) = (vobiz(), standing(vobiz_customer(), &["101.00 INR"]));
        let mut kept = quote(&shop, &standing, &vobiz_offers(), &vobiz_request(), NOW).terms();
        let terms = terms.map(|change| {
            change(&mut kept);
            kept
        });
        let seen = QuoteSeen { id: id.clone(), terms };
        let sentence = format!("the quote no longer holds: {sentence}; ask for a new one");
        said.vobiz(|_, request, _| request.quote_seen = Some(Box::new(seen)), &[&sentence, again]);
    };
    outdated(None, &format!("no quote `{id}` is kept"));
    outdated(
        Some(|terms| terms.expires_at = NOW),
        "it held until 2026-03-25T10:00:00Z, and it is 2026-03-25T10:00:00Z now",
    );
    outdated(Some(|terms| terms.shop.policy = "vantax".into()), "policy from `vantax` to `vobiz`");
    outdated(Some(|terms| terms.shop.policy_version = "0".into()), "policy version from `0` to `2026-03-25`");
    outdated(Some(|terms| terms.shop.rate_card_version = "0".into()), "rate card from `0` to `2026-03-25`");
    outdated(
        Some(|terms| terms.selector = Some(Selector::Any { country: "US".parse().unwrap(), number_type: None })),
        "it is for any number of US, and the number `+919876543210` is wanted",
    );
    outdated(
        Some(|terms| terms.selector = None),
        "it was made before it was said that the number `+919876543210` is wanted",
    );
    outdated(Some(|terms| terms.price = None), "due now from none to 101.00 INR");
    outdated(
        Some(|terms| terms.item = None),
        "country from none to IN, type of number from none to mobile, the number can do other things and regulatory tier from \
         none to 0",
    );
    outdated(Some(|terms| terms.payment = None), "it is paid in another way");
    outdated(
        Some(|terms| {
            let one = Some(money("9.00 INR"));
            terms.price = Some(QuotedPrice::Figures(PriceSeen {
                due_now: one,
                setup_fee: one,
                monthly_fee: one,
                yearly_fee: one,
                commitment_total: one,
            }));
        }),
        "due now from 9.00 INR to 101.00 INR, setup fee from 9.00 INR to 100.00 INR, monthly fee from 9.00 INR to 1.00 INR, \
         yearly fee from 9.00 INR to none and total over the commitment from 9.00 INR to 101.00 INR",
    );
    outdated(
        Some(|terms| {
            let price = whole(terms);
            price.recurring_lines = price.lines.clone();
            price.lines.clear();
            price.minimum_commitment_months = 1;
            price.exponent = 3;
        }),
        "setup fee from 0.00 INR to 100.00 INR, minimum commitment from 1 to 0 months, what is due now is made up of other lines, \
         what recurs is made up of other lines and decimals of its amounts from 3 to 2",
    );
    outdated(
        Some(|terms| {
            let price = whole(terms);
            price.taxes_included = price.lines.clone();
            price.recurring_taxes_included = price.lines.clone();
            let (starts_at, ends_at) = (NOW, NOW.plus_seconds(1));
            price.first_period = Some(FirstPeriod { starts_at, ends_at, anchor: NOW, day_offset_minutes: 0 });
            let lines = price.lines.split_off(1);
            price.introductory =
                vec![Introductory { periods: 1, amount: price.due_now, lines, taxes_included: Vec::new() }];
        }),
        "what is due now is made up of other lines, it contains other taxes, the first charge is for another period, the first \
         periods cost something else and what recurs contains other taxes",
    );
}

fn whole(terms: &mut QuoteTerms) -> &mut Price {
    match terms.price.as_mut() {
        Some(QuotedPrice::Whole(price)) => price,
        Some(QuotedPrice::Figures(_)) | None => panic!("a quote tells the whole price"),
    }
}
