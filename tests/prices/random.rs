//! Cards that nobody thought of: the price is the oracle's, it holds as long as the quote says, and a purchase charges and
//! books what was quoted.
//!
//! `PROPTEST_CASES=1000000 cargo test --release -p ringup-tests-rules prices::random` runs as many as you like.

use std::sync::LazyLock;

use jiff::tz::TimeZone;
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any};
use proptest::sample::{select, subsequence};
use proptest::{option, prop_assert, prop_assert_eq, prop_oneof, proptest};
use ringup_core::ledger::Book;
use ringup_core::shop::{ChargeTime, PaymentMethod};
use ringup_core::{
    Account, Action, Actor, AnyCommand, Confirmation, MakePurchase, Money, OfferedNumber, Outcome, Price,
    RecordOutcome, Shop, Timestamp, apply,
};
use serde_json::{Value, json};

use super::oracle::{self, Expected, Line, Question};
use super::scene::{Scene, add, at, rate, row, usd};
use super::zones;
use crate::api::{decide, quote, standing};

const DAY_MS: i64 = 86_400_000;

proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: cases(), failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_price_is_what_exact_fractions_give(scene in scene()) {
        let expected = expected(&scene);
        let quote = quote(&scene.shop(), &scene.standing(), &scene.offers(), &scene.request(), scene.now);
        prop_assert_eq!(quote.price.is_some(), expected.is_some());
        if let (Some(price), Some((expected, _))) = (quote.price, expected) {
            prop_assert_eq!(answered(&price), expected);
            let code = price.due_now.currency().code().to_owned();
            let decimals = scene.card["exponents"][&code].as_u64().unwrap_or(match code.as_str() {
                "JPY" => 0,
                "KWD" => 3,
                "CLF" => 4,
                _ => 2,
            });
            prop_assert_eq!(u64::from(price.exponent), decimals);
            let written = price.write(price.due_now).to_string();
            let written = written.split(' ').next().unwrap().split_once('.').map_or(0, |(_, after)| after.len());
            prop_assert_eq!(written as u64, decimals, "{}", price.due_now);
            let sum: i64 = price.lines.iter().map(|line| line.amount.minor_units()).sum();
            prop_assert_eq!(price.due_now.minor_units(), sum);
            prop_assert!(price.lines.iter().all(|line| !line.amount.is_zero()));
            prop_assert!(price.introductory.iter().all(|phase| 0 < phase.periods));
            let figures = [price.due_now, price.monthly_fee, price.commitment_total];
            prop_assert!(figures.into_iter().chain(price.yearly_fee).all(|figure| 0 <= figure.minor_units()));
            let again: Price = serde_json::from_str(&serde_json::to_string(&price).unwrap()).unwrap();
            prop_assert_eq!(row(&again), row(&price), "it can be stored with its decimals");
            prop_assert_eq!(again, price, "it can be stored");
        }
    }

    #[test]
    fn a_quote_holds_until_the_instant_that_it_names(scene in scene(), wait in 0..1000_i64) {
        let (shop, standing, offers, request) = (scene.shop(), scene.standing(), scene.offers(), scene.request());
        let at = |now: Timestamp| quote(&shop, &standing, &offers, &request, now);
        let now = at(scene.now);
        prop_assert!(scene.now < now.expires_at && now.expires_at <= scene.now.plus_seconds(900));
        let span = now.expires_at.as_millis() - scene.now.as_millis();
        let within = scene.now.plus_millis((span - 1) * wait / 1000);
        prop_assert_eq!(&at(within).price, &now.price, "at {:?}", within);
        prop_assert_eq!(&at(now.expires_at.plus_millis(-1)).price, &now.price, "to the last instant");
    }

    #[test]
    fn what_is_charged_and_booked_is_what_was_quoted(scene in scene(), late in any::<bool>(), wallet in any::<bool>()) {
        // Which number comes is known only when it is reserved; here it is the one for sale.
        let scene = Scene { any: false, ..scene };
        let mut data = json!({ "policy": scene.shop().policy(), "rate_card": scene.card, "plans": scene.plans });
        if !wallet {
            data["policy"]["payment"] = json!([{ "method": PaymentMethod::UsageInvoice,
                "charged": if late { ChargeTime::AtProvisioning } else { ChargeTime::BeforeOrder } }]);
        }
        let shop = Shop::new(serde_json::from_value(data).unwrap()).unwrap();
        let mut account = account(&scene);
        let quoted = quote(&shop, &standing(&account, &shop, &Actor::default(), scene.now), &scene.offers(), &scene.request(), scene.now);
        if let Some(price) = &quoted.price {
            let charged = buy(&shop, &mut account, &scene, price.due_now);
            let due_now = price.due_now.minor_units();
            prop_assert_eq!(charged, if wallet || due_now == 0 { vec![] } else { vec![due_now] }, "charged once, and just that");
            let (_, books) = oracle::price(&question(&scene, 1)).unwrap();
            let balance = |book| account.ledger().balance(book, price.due_now.currency()).minor_units();
            let found = [Book::SetupFees, Book::RentToRun, Book::OtherFees, Book::Tax].map(balance);
            prop_assert_eq!(found, books);
            prop_assert_eq!(-balance(Book::Taken), due_now, "everything that was taken was quoted");
            prop_assert_eq!(books.into_iter().sum::<i64>(), due_now, "and has a book");
            prop_assert!(found.into_iter().all(|amount| 0 <= amount), "no tax makes the rent negative");
            for number in account.numbers() {
                let recurring = &number.recurring;
                let phases = recurring.introductory.iter().map(|phase| (phase.fee, phase.tax));
                for (fee, tax) in phases.chain([(recurring.fee, recurring.tax)]) {
                    let tax = tax.map_or(0, Money::minor_units);
                    prop_assert!((0..=fee.minor_units()).contains(&tax), "nor of any later period");
                }
            }
            prop_assert_eq!(Book::ALL.into_iter().map(balance).sum::<i64>(), 0);
            prop_assert_eq!(balance(Book::Holds) + balance(Book::Wallet) + balance(Book::Refunds), 0);
        }
    }
}

fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1000)
}

/// An account with just the money for it, and nothing yet.
fn account(scene: &Scene) -> Account {
    let price = Scene { held: 0, held_uncounted: 0, checkouts: vec![], checkouts_uncounted: vec![], ..scene.clone() }
        .quote()
        .price;
    let wallet: Vec<Money> = price.map(|price| price.due_now).into_iter().collect();
    let terms = serde_json::from_value(scene.terms()).unwrap();
    scene.account(terms, wallet)
}

/// Buys, runs whatever is owed, and says what was charged on the way.
fn buy(shop: &Shop, account: &mut Account, scene: &Scene, due_now: Money) -> Vec<i64> {
    let mut charged = vec![];
    let tell = |account: &mut Account, command: &AnyCommand| {
        let decision = decide(shop, account, &scene.offers(), command, scene.now).unwrap();
        apply(account, &decision).unwrap();
    };
    if shop.policy().payment[0].method != PaymentMethod::Wallet {
        // What is charged is taken from elsewhere.
        let terms = account.terms().clone();
        *account = scene.account(terms, vec![]);
    }
    let id = "p".parse().unwrap();
    let request = scene.request();
    let seen = ringup_core::PriceSeen { due_now: Some(due_now), ..Default::default() };
    let request = ringup_core::PurchaseRequest { price_seen: Some(seen), ..request };
    tell(account, &AnyCommand::Purchase(MakePurchase { id, actor: Actor::default(), request }));
    let offer: OfferedNumber = scene.offers().searches[0].numbers[0].clone();
    while let Some(effect) = account.owed().into_iter().next() {
        if let Action::Charge { amount, .. } = &effect.action {
            charged.push(amount.minor_units());
        }
        let confirmation = match effect.action {
            Action::Reserve { .. } => Confirmation::Reserved { offer: offer.clone() },
            _ => Confirmation::Done,
        };
        let outcome = Outcome::Confirmed { confirmation };
        tell(account, &AnyCommand::RecordOutcome(RecordOutcome { effect: effect.id, outcome }));
    }
    assert!(account.purchases().all(|purchase| purchase.bought().is_some()), "it is bought");
    charged
}

fn expected(scene: &Scene) -> Option<(Expected, [i64; 4])> {
    let (held, checkouts) = match scene.for_uncounted {
        false => (scene.held, &scene.checkouts),
        true => (scene.held_uncounted, &scene.checkouts_uncounted),
    };
    let open = checkouts.iter().filter(|until| scene.now < **until).count();
    oracle::price(&question(scene, u64::from(held) + open as u64 + 1))
}

fn question(scene: &Scene, nth: u64) -> Question<'_> {
    let plans = scene.plans.as_array().unwrap();
    let plan = plans.iter().find(|plan| plan["id"].as_str() == scene.plan.as_deref());
    Question {
        card: &scene.card,
        plan: scene.plan.as_deref(),
        included_numbers: plan
            .filter(|_| !scene.for_uncounted)
            .and_then(|plan| plan["included_numbers"].as_u64())
            .unwrap_or(0),
        nth,
        anchor: scene.anchor.map(Timestamp::as_millis),
        clocks: scene.zone["name"].as_str().map_or(TimeZone::UTC, |name| TimeZone::get(name).unwrap()),
        offer: if scene.any { any_number() } else { &scene.offer },
        currency: scene.currency,
        now: scene.now.as_millis(),
    }
}

/// What is known of any number of the United States.
fn any_number() -> &'static Value {
    static ANY: LazyLock<Value> = LazyLock::new(|| json!({ "country": "US" }));
    &ANY
}

/// The core's answer in the oracle's words.
fn answered(price: &Price) -> Expected {
    let json = serde_json::to_value(price).unwrap();
    let introductory = price.introductory.iter().flat_map(|phase| {
        let sum: i64 = phase.lines.iter().map(|line| line.amount.minor_units()).sum();
        assert_eq!(sum, phase.amount.minor_units());
        let contained = lines(&serde_json::to_value(&phase.taxes_included).unwrap());
        std::iter::repeat_n((sum, contained), phase.periods as usize)
    });
    let then = price.yearly_fee.unwrap_or(price.monthly_fee).minor_units();
    let then = (then, lines(&json["recurring_taxes_included"]));
    Expected {
        lines: lines(&json["lines"]),
        taxes_included: lines(&json["taxes_included"]),
        due_now: price.due_now.minor_units(),
        later: introductory.chain(std::iter::repeat(then)).take(oracle::LATER as usize).collect(),
        commitment_total: price.commitment_total.minor_units(),
    }
}

fn lines(lines: &Value) -> Vec<Line> {
    let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
    let line = |line: &Value| {
        let units = line["amount"]["minor_units"].as_i64().unwrap();
        (text(&line["charge"]), text(&line["label"]), text(&line["on"]), units)
    };
    lines.as_array().map_or(vec![], |lines| lines.iter().map(line).collect())
}

fn scene() -> impl Strategy<Value = Scene> {
    let now = (0..4_000_i64, 0..DAY_MS).prop_map(|(day, millis)| at("2019-06-01").plus_millis(day * DAY_MS + millis));
    let currency = select(&["USD", "JPY", "KWD", "CLF"][..]);
    (now, currency).prop_flat_map(|(now, currency)| {
        let checkouts = || vec(select(&[-1_i64, 0, 1, 300_000, 2_000_000][..]), 0..3);
        let customer = (
            option::of(select(&["solo", "team"][..])),
            0..4_u32,
            (0..8_u32, checkouts()),
            (option::weighted(0.2, Just(())), 0..8_u32, checkouts()),
            option::weighted(0.7, (0..4_000_i64, 0..DAY_MS)),
            zone(),
        );
        let asked = (option::weighted(0.15, Just(())), option::weighted(0.2, select(vec![currency, "EUR"])));
        (card(now, currency), customer, offer(currency), asked).prop_map(move |(card, customer, offer, asked)| {
            let (any, asked_currency) = asked;
            let (plan, included, (held, checkouts), uncounted, anchor, zone) = customer;
            let (for_uncounted, held_uncounted, checkouts_uncounted) = uncounted;
            let open = |millis: Vec<i64>| millis.into_iter().map(|millis| now.plus_millis(millis)).collect();
            let plan_of = |id: &str, included: u32| {
                json!({ "id": id, "title": id, "monthly_fee": usd(0), "number_limit": 9, "included_numbers": included })
            };
            Scene {
                card,
                plans: json!([plan_of("solo", 0), plan_of("team", included)]),
                plan: plan.map(Into::into),
                held,
                held_uncounted,
                for_uncounted: for_uncounted.is_some(),
                checkouts: open(checkouts),
                checkouts_uncounted: open(checkouts_uncounted),
                anchor: anchor.map(|(day, millis)| at("2020-01-01").plus_millis(day * DAY_MS + millis)),
                zone,
                offer,
                any: any.is_some(),
                currency: asked_currency,
                now,
            }
        })
    })
}

fn card(now: Timestamp, currency: &'static str) -> impl Strategy<Value = Value> {
    let bases = select(&["none", "second", "day", "30_360", "anniversary"][..]);
    let proration = option::weighted(0.7, (bases, rounding()));
    let exponent = option::weighted(0.3, 0..10_u8);
    let abroad = option::of((entry(currency), moment(now)));
    let minimum = option::weighted(0.3, prop_oneof![1..60_i64, 1..400_i64]);
    let amounts = (exponent, minimum);
    (entries(now, currency), proration, vec(discount(now, currency), 0..4), taxes(now), amounts, abroad).prop_map(
        move |(mut rates, proration, discounts, taxes, (exponent, minimum), abroad)| {
            if let Some((mut rate, until)) = abroad {
                add(&mut rate, json!({ "country": "CA", "effective_until": until }));
                rates.insert(0, rate);
            }
            let mut card = json!({
                "version": "1", "quote_lifetime_s": 900, "rates": rates, "discounts": discounts, "taxes": taxes
            });
            if let Some(exponent) = exponent {
                add(&mut card, json!({ "exponents": { currency: exponent } }));
            }
            if let Some(units) = minimum {
                let other = json!({ "minor_units": 7, "currency": "EUR" });
                add(&mut card, json!({ "minimum_charges": [other, { "minor_units": units, "currency": currency }] }));
            }
            if let Some((basis, rounding)) = proration {
                add(&mut card, json!({ "proration": { "basis": basis, "rounding": rounding } }));
            }
            card
        },
    )
}

fn entries(now: Timestamp, currency: &'static str) -> impl Strategy<Value = Vec<Value>> {
    // Which entries there are beside the plain one, and when the plain one is followed by another.
    let more = subsequence(vec![0, 1, 2], 0..=3);
    (vec(entry(currency), 5), more, option::of(moment(now))).prop_map(|(mut entries, more, change)| {
        let narrower =
            [json!({ "able_to": { "sms": true } }), json!({ "number_type": "local" }), json!({ "prefix": "+1415" })];
        let mut rates: Vec<Value> = more.iter().map(|_| entries.pop().unwrap()).collect();
        for (rate, index) in rates.iter_mut().zip(more) {
            add(rate, narrower[index].clone());
        }
        let mut plain = entries.pop().unwrap();
        if let Some(change) = change {
            let mut later = entries.pop().unwrap();
            add(&mut plain, json!({ "effective_until": change }));
            add(&mut later, json!({ "effective_from": change }));
            rates.push(later);
        }
        rates.push(plain);
        rates
    })
}

fn entry(currency: &'static str) -> impl Strategy<Value = Value> {
    let tiers = vec((1..4_u32, fee()), 0..3);
    (fee(), fee(), any::<bool>(), tiers, vec(fee(), 0..3), 0..37_u32).prop_map(
        move |(setup, recurring, is_yearly, tiers, others, commitment)| {
            let money = |units: i64| json!({ "minor_units": units, "currency": currency });
            let mut from = 1;
            let tiers: Vec<Value> = tiers
                .into_iter()
                .map(|(step, fee)| {
                    from += step;
                    json!({ "from_number": from, "fee": money(fee) })
                })
                .collect();
            let others: Vec<Value> = others.into_iter().map(|fee| json!({ "label": "F", "fee": money(fee) })).collect();
            let mut rate = rate(0, 0, json!({ "tiers": tiers, "other_fees": others }));
            add(&mut rate, json!({ "setup_fee": money(setup), "minimum_commitment_months": commitment }));
            add(&mut rate, json!({ "monthly_fee": money(if is_yearly { 0 } else { recurring }) }));
            if is_yearly {
                add(&mut rate, json!({ "yearly_fee": money(recurring) }));
            }
            rate
        },
    )
}

fn discount(now: Timestamp, currency: &'static str) -> impl Strategy<Value = Value> {
    let percent = percent(100_000_000).prop_map(|percent| json!({ "percent": percent }));
    let fixed = (1..3_000_i64, select(vec![currency, currency, currency, "EUR"]))
        .prop_map(|(units, currency)| json!({ "money": { "minor_units": units, "currency": currency } }));
    let on = select(&["setup", "recurring", "all"][..]);
    let for_whom = (subsequence(vec!["solo", "team"], 0..=2), subsequence(vec!["US", "CA"], 0..=2));
    (on, prop_oneof![percent, fixed], option::of(1..6_u32), for_whom, rounding(), dates(now)).prop_map(
        |(on, off, periods, (plans, countries), rounding, dates)| {
            let mut discount = json!({
                "label": "D", "on": on, "off": off, "plans": plans, "countries": countries, "rounding": rounding
            });
            add(&mut discount, json!({ "periods": periods }));
            add(&mut discount, dates);
            discount
        },
    )
}

fn taxes(now: Timestamp) -> impl Strategy<Value = Vec<Value>> {
    let countries = || select(vec![json!([]), json!(["US"]), json!(["CA", "US"]), json!(["CA"])]);
    let tax = move |kind: &'static str| {
        let rounded = select(&["line", "total"][..]);
        (percent(30_000_000), countries(), rounded, rounding(), dates(now)).prop_map(
            move |(percent, countries, rounded, rounding, dates)| {
                let mut tax = json!({
                    "label": "T", "percent": percent, "kind": kind, "countries": countries, "rounded": rounded,
                    "rounding": rounding
                });
                add(&mut tax, dates);
                tax
            },
        )
    };
    prop_oneof![vec(tax("exclusive"), 0..3), vec(tax("inclusive"), 1)]
}

fn offer(currency: &'static str) -> impl Strategy<Value = Value> {
    let number = select(&["+14155550142", "+12125550142"][..]);
    // By the month, by the year, or both ways, which is passed over.
    let price = |currency: &'static str| {
        (fee(), fee(), select(vec!["monthly", "monthly", "yearly", "both"])).prop_map(move |own| (currency, own))
    };
    let own = prop_oneof![
        6 => Just(vec![]),
        2 => vec(price(currency), 1),
        1 => (price(currency), price("EUR")).prop_map(|(one, other)| vec![one, other]),
        1 => (price("EUR"), price(currency)).prop_map(|(one, other)| vec![one, other]),
    ];
    let kind = select(&["local", "mobile"][..]);
    (number, kind, any::<[bool; 2]>(), own, 0..37_u32).prop_map(move |(number, kind, [voice, sms], own, commitment)| {
        let prices: Vec<Value> = own
            .into_iter()
            .map(|(currency, (setup, recurring, paid))| {
                let money = |units: i64| json!({ "minor_units": units, "currency": currency });
                let mut price = json!({ "setup_fee": money(setup), "monthly_fee": money(recurring) });
                match paid {
                    "monthly" => {}
                    "yearly" => add(&mut price, json!({ "monthly_fee": money(0), "yearly_fee": money(recurring) })),
                    _ => add(&mut price, json!({ "yearly_fee": money(setup) })),
                }
                price
            })
            .collect();
        json!({
            "number": number, "inventory_id": "inv-1", "country": "US", "number_type": kind,
            "capabilities": { "voice": voice, "sms": sms }, "prices": prices,
            "minimum_commitment_months": commitment
        })
    })
}

/// A percentage with six decimals or fewer, up to so many millionths of a percent.
fn percent(most: u32) -> impl Strategy<Value = String> {
    prop_oneof![1..=most, (1..=most / 1000).prop_map(|thousandths| thousandths * 1000), Just(most)]
        .prop_map(|millionths| format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000))
}

/// UTC, or a zone: with and without summer time, with changes at midnight, and with a day that there never was.
fn zone() -> impl Strategy<Value = Value> {
    const NAMES: [&str; 6] =
        ["Asia/Kolkata", "America/New_York", "Asia/Beirut", "America/Havana", "America/Santiago", "Pacific/Apia"];
    static TABLES: LazyLock<Vec<Value>> = LazyLock::new(|| NAMES.iter().map(|name| zones::table(name)).collect());
    prop_oneof![Just(Value::Null), select(&**TABLES)]
}

/// Small ones, where rounding shows, and large ones.
fn fee() -> impl Strategy<Value = i64> {
    prop_oneof![0..20_i64, 0..10_001_i64, 0..3_000_000_000_i64]
}

fn rounding() -> impl Strategy<Value = &'static str> {
    select(&["half_up", "half_even", "down", "up"][..])
}

/// An instant at which something changes: often the one of the question, or one to its side.
fn moment(now: Timestamp) -> impl Strategy<Value = Timestamp> {
    select(&[-86_400_000, -1, 0, 1, 2, 600_000, 86_400_000][..]).prop_map(move |millis| now.plus_millis(millis))
}

fn dates(now: Timestamp) -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => Just(json!({})),
        1 => moment(now).prop_map(|from| json!({ "effective_from": from })),
        1 => moment(now).prop_map(|until| json!({ "effective_until": until })),
        1 => (moment(now), 1..1_000_000_i64).prop_map(
            |(from, length)| json!({ "effective_from": from, "effective_until": from.plus_millis(length) })),
    ]
}
