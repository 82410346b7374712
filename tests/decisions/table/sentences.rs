//! Sentences: every one that a person can read of the core, word for word. A variant without a row fails.
//!
//! What a quote or a decision can say is said by a real one; the rest is made by hand, and named at the end.

use std::collections::BTreeSet;

use ringup_core::shop::{
    BillingKind, CalendarPeriod, Churn, KycRules, KycSubject, Limits, NumberType, SelectorKind, ShopData,
};
use ringup_core::*;
use serde_json::{Value, json};

use super::kit::{
    Host, NOW, account, money, standing, vobiz, vobiz_customer, vobiz_offers, vobiz_request, vobiz_with, zernio,
    zernio_customer, zernio_request, zernio_with,
};

/// The names of all variants of an enum, and which of them a value is. A new variant does not compile before it is named
/// here, and then needs a row.
macro_rules! variants {
    ($all:ident, $name:ident, $of:ident: $($variant:ident)*) => {
        const $all: &[&str] = &[$(stringify!($variant)),*];
        fn $name(value: &$of) -> &'static str {
            match value {
                $($of::$variant { .. } => stringify!($variant)),*
            }
        }
    };
}

variants!(REJECTIONS, rejection, Rejection: KeyMalformed KeyReused RequestMalformed RoleNotAllowed HolderUnknown
    ActorNotAllowed SelectorMissing SelectorAmbiguous SelectorNotOffered PlanNotPaid NumberLimitReached SpendLimitReached
    PaceLimitReached CountryNotSold NotSearched OutOfStock CurrencyNotOffered PriceTooLarge BillingKindRequired
    KycRequired VelocityExceeded PaymentMethodMissing InsufficientBalance PriceChanged QuoteOutdated NumberNotHeld);
variants!(REMEDIES, remedy, Remedy: UseFreshKey CorrectField ChooseHolder AskRole ChooseSelector MoveToPlan ReleaseNumbers
    ChooseCountry SearchFirst ChooseNumber ChooseCurrency MoveToBilling SubmitKyc AwaitKyc WaitUntil ConfirmAdditional
    AddPaymentMethod AddMoney AcceptPrice AskForQuote);
variants!(DIFFERENCES, difference, QuoteDifference: Id ExpiresAt Policy PolicyVersion RateCardVersion Selector Country
    NumberType Capabilities KycTier Payment DueNow SetupFee MonthlyFee YearlyFee CommitmentTotal MinimumCommitmentMonths
    Lines TaxesIncluded FirstPeriod Introductory RecurringLines RecurringTaxesIncluded Exponent);
variants!(MONEY_ERRORS, money_error, MoneyError: CurrencyMismatch Overflow);
variants!(NUMBER_ERRORS, number_error, NumberError: Empty MissingPlus InvalidCharacter LeadingZero TooShort TooLong);
variants!(ROLES, role, Role: Owner Admin Member Viewer);
variants!(BILLINGS, billing, BillingKind: Prepaid Subscription Usage);
variants!(TYPES, number_type, NumberType: Local Mobile National TollFree);
variants!(SELECTORS, selector_kind, SelectorKind: Any Exact Inventory AreaCode Pattern);
variants!(STATUSES, status, KycStatus: NotSubmitted Initiated Pending Declined Approved);
variants!(SCOPES, scope, LimitScope: Total Country NumberType Holder);

/// A question at one counter: everything that a quote needs.
struct Counter {
    shop: Shop,
    standing: Standing,
    offers: Offers,
    request: PurchaseRequest,
    now: Timestamp,
}

/// What was said, so that nothing is left out.
#[derive(Default)]
struct Said {
    rejections: BTreeSet<&'static str>,
    remedies: BTreeSet<&'static str>,
    differences: BTreeSet<&'static str>,
    scopes: BTreeSet<&'static str>,
    statuses: BTreeSet<&'static str>,
    /// Everything that was read, to be looked through at the end.
    lines: Vec<String>,
    /// What was said otherwise than it is written here: all of it is shown at once.
    others: Vec<String>,
}

impl Said {
    /// The first blocked gate's sentence, then what is advised about it, a line each.
    #[track_caller]
    fn check(&mut self, counter: &Counter, then: &[&str]) {
        let Counter { shop, standing, offers, request, now } = counter;
        let quote = quote(shop, standing, offers, request, *now);
        let blocked = quote.gates.iter().find_map(|report| match &report.status {
            GateStatus::Blocked { rejection, message, fixes, .. } => Some((rejection, message, fixes)),
            GateStatus::Passed { .. } | GateStatus::Waiting { .. } => None,
        });
        let Some((rejection, message, fixes)) = blocked else {
            return self.others.push(format!("nothing is in the way\nthen: {then:#?}"));
        };
        assert_eq!(&rejection.to_string(), message);
        self.note(rejection);
        for fix in fixes {
            self.remedies.insert(remedy(&fix.remedy));
        }
        let said: Vec<&str> =
            core::iter::once(message).chain(fixes.iter().map(|fix| &fix.message)).map(String::as_str).collect();
        if said != then {
            self.others.push(format!("said: {said:#?}\nthen: {then:#?}"));
        }
        self.lines.extend(said.into_iter().map(String::from));
    }

    fn note(&mut self, refusal: &Rejection) {
        self.rejections.insert(rejection(refusal));
        match refusal {
            Rejection::NumberLimitReached { scope: of, .. } => drop(self.scopes.insert(scope(of))),
            Rejection::KycRequired { status: of, .. } => drop(self.statuses.insert(status(of))),
            Rejection::QuoteOutdated { differences, .. } => {
                self.differences.extend(differences.iter().map(difference));
            }
            _ => {}
        }
    }

    #[track_caller]
    fn zernio(&mut self, change: impl FnOnce(&mut Standing, &mut PurchaseRequest), then: &[&str]) {
        self.zernio_by(|_| {}, change, then);
    }

    #[track_caller]
    fn zernio_by(
        &mut self,
        rules: impl FnOnce(&mut ShopData),
        change: impl FnOnce(&mut Standing, &mut PurchaseRequest),
        then: &[&str],
    ) {
        let (mut standing, mut request) = (standing(zernio_customer(), &[]), zernio_request());
        change(&mut standing, &mut request);
        let counter = Counter { shop: zernio_with(rules), standing, offers: Offers::default(), request, now: NOW };
        self.check(&counter, then);
    }

    #[track_caller]
    fn vobiz_by(
        &mut self,
        rules: impl FnOnce(&mut ShopData),
        change: impl FnOnce(&mut Standing, &mut PurchaseRequest, &mut Offers),
        then: &[&str],
    ) {
        let mut counter = Counter {
            shop: vobiz_with(rules),
            standing: standing(vobiz_customer(), &["101.00 INR"]),
            offers: vobiz_offers(),
            request: vobiz_request(),
            now: NOW,
        };
        change(&mut counter.standing, &mut counter.request, &mut counter.offers);
        self.check(&counter, then);
    }

    #[track_caller]
    fn vobiz(&mut self, change: impl FnOnce(&mut Standing, &mut PurchaseRequest, &mut Offers), then: &[&str]) {
        self.vobiz_by(|_| {}, change, then);
    }
}

#[test]
fn every_sentence_says_what_is_wrong_with_the_figures_and_what_to_do() {
    let mut said = Said::default();
    keys_and_fields(&mut said);
    who_asks(&mut said);
    which_number(&mut said);
    plans(&mut said);
    limits(&mut said);
    stock(&mut said);
    verifications(&mut said);
    pace(&mut said);
    pay(&mut said);
    prices_seen(&mut said);
    decisions(&mut said);
    by_hand(&mut said);
    assert!(said.others.is_empty(), "{}", said.others.join("\n"));
    let all = |names: &[&'static str]| names.iter().copied().collect::<BTreeSet<&str>>();
    assert_eq!(said.rejections, all(REJECTIONS));
    assert_eq!(said.remedies, all(REMEDIES));
    assert_eq!(said.differences, all(DIFFERENCES));
    assert_eq!(said.scopes, all(SCOPES));
    assert_eq!(said.statuses, all(STATUSES));
    for line in &said.lines {
        let starts = line.chars().next().unwrap();
        assert!(!starts.is_uppercase() && !line.ends_with('.'), "{line}");
        assert!(!line.contains("Some(") && !line.contains("  ") && !line.contains('{'), "{line}");
        for code in ["toll_free", "area_code", "not_submitted", "usage_invoice"] {
            // Between backticks stands what a person may type.
            assert!(!line.split('`').step_by(2).any(|said| said.contains(code)), "{line}");
        }
        for wrong in [" 1 numbers", " 1 purchases", " 1 characters", " 1 are ", " 1 days", " 1 were ", " 1 digits"] {
            assert!(!format!(" {line}").contains(wrong), "{line}");
        }
    }
}

fn keys_and_fields(said: &mut Said) {
    let fresh = "use a fresh key of at most 100 characters, none of them a control character";
    let mut key =
        |key: &str, sentence| said.zernio(|_, request| request.idempotency_key = Some(key.into()), &[sentence, fresh]);
    key("", "the idempotency key is empty; it needs at least 1 character and at most 100");
    key(&"ä".repeat(101), "the idempotency key has 101 characters; at most 100 are taken");
    key("a\nb", "the idempotency key has a control character in it, such as a line break; leave it out");
    said.zernio_by(
        |data| data.policy.idempotency.as_mut().unwrap().length_max = 1,
        |_, request| request.idempotency_key = Some("ab".into()),
        &[
            "the idempotency key has 2 characters; at most 1 is taken",
            "use a fresh key of at most 1 character, none of them a control character",
        ],
    );
    said.zernio(
        |_, request| request.holder = None,
        &["`holder`: name who is to hold the number", "name who is to hold the number"],
    );
    said.zernio(
        |_, request| request.country = Some("Germany".into()),
        &[
            "`country`: `Germany` cannot be read: a country is two letters of ISO 3166-1, such as `US`",
            "correct `country`",
        ],
    );
    said.vobiz(
        |_, request, _| request.number = Some("+9".into()),
        &["`number`: `+9` cannot be read: the number is too short: 1 digit, and 7 are the least", "correct `number`"],
    );
    said.vobiz(
        |_, request, _| request.currency = Some("rupees".into()),
        &[
            "`currency`: `rupees` cannot be read: no such currency code in ISO 4217; three capital letters such as `USD` are \
             expected",
            "correct `currency`",
        ],
    );
    said.zernio(
        |_, request| request.number_type = Some("freephone".into()),
        &[
            "`number_type`: `freephone` cannot be read: a type of number is `local`, `mobile`, `national` or `toll_free`",
            "correct `number_type`",
        ],
    );
}

fn who_asks(said: &mut Said) {
    let mut buyers = |buyers: &[Role], sentence, fix| {
        said.zernio_by(
            |data| data.policy.buyers = buyers.to_vec(),
            |standing, _| standing.actor.role = Role::Member,
            &[sentence, fix],
        );
    };
    buyers(&[Role::Owner], "a member may not buy numbers; an owner may", "ask an owner to buy it");
    buyers(
        &[Role::Owner, Role::Admin],
        "a member may not buy numbers; an owner or an administrator may",
        "ask an owner or an administrator to buy it",
    );
    said.zernio(
        |_, request| request.holder = Some("profile_x".into()),
        &[
            "this account has no holder `profile_x`",
            "choose a holder that you may act for: `profile_abc123` or `profile_other`",
        ],
    );
    said.zernio(
        |standing, request| {
            standing.terms.holders = (0..6).map(|index| format!("p{index}").parse().unwrap()).collect();
            request.holder = Some("profile_x".into());
        },
        &["this account has no holder `profile_x`", "choose a holder that you may act for"],
    );
    let only = "SA_1";
    let sentences = ["this credential acts for `SA_1` only", "choose a holder that you may act for: `SA_1`"];
    said.vobiz(|standing, _, _| standing.actor.only_holder = Some(only.parse().unwrap()), &sentences);
    said.vobiz_by(
        |data| data.policy.holder_required = false,
        |standing, request, _| {
            standing.actor.only_holder = Some(only.parse().unwrap());
            request.holder = None;
        },
        &sentences,
    );
}

fn which_number(said: &mut Said) {
    let nothing = |_: &mut Standing, request: &mut PurchaseRequest, _: &mut Offers| request.number = None;
    said.vobiz(
        nothing,
        &["nothing says which number is wanted: say it by exact number", "say which number you want, by exact number"],
    );
    use SelectorKind::{Any, AreaCode, Exact, Inventory, Pattern};
    let by = |kinds: &'static [SelectorKind]| move |data: &mut ShopData| data.policy.selectors = kinds.to_vec();
    said.vobiz_by(
        by(&[Exact, Inventory]),
        nothing,
        &[
            "nothing says which number is wanted: say it by exact number or by inventory id",
            "say which number you want, by exact number or by inventory id",
        ],
    );
    said.vobiz_by(
        by(&[Any, Exact, AreaCode, Pattern]),
        |_, request, _| request.area_code = Some("415".into()),
        &[
            "several fields say which number is wanted; say it in one way: by country, by exact number, by country and area \
             code or by country and pattern",
            "say which number you want, by country, by exact number, by country and area code or by country and pattern",
        ],
    );
    let area_code = |request: &mut PurchaseRequest| {
        (request.number, request.area_code) = (None, Some("415".into()));
    };
    said.vobiz_by(
        by(&[AreaCode]),
        |_, request, _| area_code(request),
        &["an area code needs its country: name it", "name the country of an area code"],
    );
    said.vobiz_by(
        by(&[Pattern]),
        |_, request, _| (request.number, request.pattern) = (None, Some("+1415*******".into())),
        &["a pattern needs its country: name it", "name the country of a pattern"],
    );
    said.vobiz(
        |_, request, _| area_code(request),
        &[
            "numbers cannot be asked for by country and area code here, only by exact number",
            "say which number you want, by exact number",
        ],
    );
}

fn plans(said: &mut Said) {
    let build = "move to the plan Build at 19.00 USD a month";
    said.zernio(
        |standing, _| standing.terms.plan = Some("free".parse().unwrap()),
        &["your plan Free is not a paid one; numbers need a paid plan", build],
    );
    said.zernio(|standing, _| standing.terms.plan = None, &["you have no plan; numbers need a paid plan", build]);
    said.zernio(
        |standing, _| standing.terms.plan = Some("gold".parse().unwrap()),
        &["there is no plan `gold`; numbers need a paid plan", build],
    );
    said.zernio_by(
        |data| {
            data.policy.paid_plan_required = false;
            data.plans[0].number_limit = 1;
        },
        |standing, _| standing.terms.plan = None,
        &["you have no plan; numbers need a plan", "move to the plan Free at 0.00 USD a month"],
    );
}

fn limited(limits: Value) -> impl FnOnce(&mut ShopData) {
    |data| data.policy.limits = serde_json::from_value::<Limits>(limits).unwrap()
}

fn of_us(until: Option<Timestamp>) -> InFlight {
    let country = Some("US".parse().unwrap());
    InFlight { counts_until: until, country, ..InFlight::since(NOW.plus_millis(-700_000)) }
}

fn limits(said: &mut Said) {
    // The largest plan, so that only the policy's limit is in the way.
    let large = |change: fn(&mut Standing)| {
        move |standing: &mut Standing, request: &mut PurchaseRequest| {
            standing.terms.plan = Some("unlimited".parse().unwrap());
            request.number_type = Some("toll_free".into());
            change(standing);
        }
    };
    let release = "release 1 of your numbers";
    said.zernio_by(
        limited(json!({ "numbers": 1 })),
        large(|standing| standing.held.total = 1),
        &["your limit is 1 number: you hold 1, and none is on its way", release],
    );
    said.zernio_by(
        limited(json!({ "numbers": 2 })),
        large(|standing| {
            standing.held.total = 2;
            standing.in_flight = vec![of_us(None)];
        }),
        &["your limit is 2 numbers: you hold 2, and 1 is on its way", "release 2 of your numbers"],
    );
    said.zernio_by(
        limited(json!({ "numbers": 0 })),
        large(|_| {}),
        &["your limit is 0 numbers: you hold none, and none is on its way"],
    );
    said.zernio_by(
        limited(json!({ "each_country": 1 })),
        large(|standing| _ = standing.held.by_country.insert("US".parse().unwrap(), 1)),
        &["your limit is 1 number of US: you hold 1, and none is on its way", "release 1 of your numbers of US"],
    );
    said.zernio_by(
        limited(json!({ "each_country": 2 })),
        large(|standing| {
            standing.in_flight = vec![of_us(Some(NOW.plus_millis(1))), of_us(Some(NOW.plus_millis(2_000)))]
        }),
        &[
            "your limit is 2 numbers of US: you hold none, and 2 are on their way",
            "wait until 2026-03-25T10:00:00.001Z, when 1 open checkout has ended unpaid",
        ],
    );
    said.zernio_by(
        limited(json!({ "each_country": 1 })),
        large(|standing| {
            standing.in_flight = vec![of_us(Some(NOW.plus_millis(1))), of_us(Some(NOW.plus_millis(2_000)))]
        }),
        &[
            "your limit is 1 number of US: you hold none, and 2 are on their way",
            "wait until 2026-03-25T10:00:02Z, when 2 open checkouts have ended unpaid",
        ],
    );
    said.zernio_by(
        limited(json!({ "by_type": { "toll_free": 1 } })),
        large(|standing| _ = standing.held.by_type.insert(NumberType::TollFree, 1)),
        &[
            "your limit is 1 toll-free number: you hold 1, and none is on its way",
            "release 1 of your toll-free numbers",
        ],
    );
    said.zernio_by(
        limited(json!({ "each_holder": 2 })),
        large(|standing| _ = standing.held.by_holder.insert("profile_abc123".parse().unwrap(), 2)),
        &[
            "the limit of `profile_abc123` is 2 numbers: it holds 2, and none is on its way",
            "release 1 of the numbers of `profile_abc123`",
        ],
    );
    spend_and_day(said);
}

fn spend_and_day(said: &mut Said) {
    let usd = |minor_units: i64| json!({ "minor_units": minor_units, "currency": "USD" });
    let claims = |spent: &'static str, count: usize| {
        move |standing: &mut Standing, _: &mut PurchaseRequest| {
            standing.terms.plan = Some("unlimited".parse().unwrap());
            let spent = Some(money(spent));
            let claim = Move { at: NOW.plus_millis(-700_000), kind: MoveKind::Claim, spent };
            standing.recent = vec![claim; count];
        }
    };
    let spend = |amount: i64, period: &str| limited(json!({ "spend": { "amount": usd(amount), "period": period } }));
    said.zernio_by(
        spend(1_000, "month"),
        claims("9.00 USD", 1),
        &[
            "this costs 2.00 USD now, and you have spent 9.00 USD of the 10.00 USD a month; from 2026-04-01T00:00:00Z on it \
             fits",
            "wait until 2026-04-01T00:00:00Z, when it fits into what may be spent",
        ],
    );
    said.zernio_by(
        spend(1_000, "day"),
        claims("9.00 USD", 1),
        &[
            "this costs 2.00 USD now, and you have spent 9.00 USD of the 10.00 USD a day; from 2026-03-26T00:00:00Z on it fits",
            "wait until 2026-03-26T00:00:00Z, when it fits into what may be spent",
        ],
    );
    said.zernio_by(
        spend(199, "month"),
        claims("0.00 USD", 0),
        &["this costs 2.00 USD now, and you have spent 0.00 USD of the 1.99 USD a month; no later day leaves room \
             for it"],
    );
    let day = |most: u32| limited(json!({ "purchases_a_day": most }));
    let next = "wait until 2026-03-26T00:00:00Z, when the next purchase can be made";
    said.zernio_by(
        day(1),
        claims("2.00 USD", 1),
        &["1 purchase a day is allowed, and 1 was made today; the next can be made from 2026-03-26T00:00:00Z on", next],
    );
    said.zernio_by(
        day(2),
        claims("2.00 USD", 2),
        &[
            "2 purchases a day are allowed, and 2 were made today; the next can be made from 2026-03-26T00:00:00Z on",
            next,
        ],
    );
    said.zernio_by(
        day(0),
        claims("2.00 USD", 0),
        &["0 purchases a day are allowed, and 0 were made today; there is never room for one more"],
    );
}

fn stock(said: &mut Said) {
    let countries = "choose a country that is sold";
    said.zernio(|_, request| request.country = Some("aq".into()), &["numbers of AQ are not sold here", countries]);
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
            number_type: Some("toll-free".into()),
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
        |_, request, _| request.currency = Some("eur".into()),
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

fn verifications(said: &mut Said) {
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

fn pace(said: &mut Said) {
    said.zernio(
        |standing, _| standing.last_accepted_at = Some(NOW.plus_millis(-30_500)),
        &[
            "another purchase was accepted at 2026-03-25T09:59:29.500Z; confirm that this additional one is meant, or wait \
             until 2026-03-25T10:09:29.500Z",
            "confirm that this additional purchase is meant",
            "wait until 2026-03-25T10:09:29.500Z, when no confirmation is needed any more",
        ],
    );
    let mut churn = |moves_max: u32, window_s: u32, count: usize, then: &[&str]| {
        said.zernio_by(
            |data| data.policy.churn = Some(Churn { moves_max, window_s }),
            |standing, _| {
                let released = Move { at: NOW.plus_millis(-1_000), kind: MoveKind::Release, spent: None };
                standing.recent = vec![released; count];
            },
            then,
        );
    };
    churn(
        3,
        2_592_000,
        3,
        &[
            "3 purchases and releases within 30 days are allowed, and 3 were made; from 2026-04-24T09:59:59Z on there is room",
            "wait until 2026-04-24T09:59:59Z, when there is room again",
        ],
    );
    churn(
        1,
        86_400,
        1,
        &[
            "1 purchase or release within 1 day is allowed, and 1 was made; from 2026-03-26T09:59:59Z on there is room",
            "wait until 2026-03-26T09:59:59Z, when there is room again",
        ],
    );
}

fn pay(said: &mut Said) {
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

fn prices_seen(said: &mut Said) {
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

/// What only a decision on an account can say.
fn decisions(said: &mut Said) {
    let mut refused = |host: &mut Host, command: &Command, sentence: &str| {
        let refusal = host.tell(command).unwrap_err();
        assert_eq!(refusal.to_string(), sentence);
        said.note(&refusal);
        said.lines.push(refusal.to_string());
    };
    let buy = |id: &str, request: PurchaseRequest| Command::Purchase {
        id: id.parse().unwrap(),
        actor: Actor::default(),
        request,
    };
    let mut host = Host::zernio(BillingKind::Usage);
    let keyed = PurchaseRequest { idempotency_key: Some("key".into()), ..zernio_request() };
    host.tell(&buy("p", keyed.clone())).unwrap();
    refused(
        &mut host,
        &buy("q", PurchaseRequest { holder: Some("profile_other".into()), ..keyed }),
        "this idempotency key belongs to another request; send that one unchanged, or use a fresh key",
    );
    refused(
        &mut host,
        &buy("p", PurchaseRequest { confirm_additional: true, ..zernio_request() }),
        "`id`: there is a purchase `p` already; draw another name",
    );
    let release = Command::Release { number: "x".parse().unwrap(), actor: Actor::default() };
    refused(&mut host, &release, "this account holds no such number");
    let mut host = Host::vobiz("1.00 INR");
    let nothing = Command::TopUp { money: money("0.00 INR") };
    refused(&mut host, &nothing, "`money`: `0.00 INR` cannot be added; the amount must be above nought");
    let all = Money::new((1 << 53) - 1, "INR".parse().unwrap()).unwrap();
    refused(
        &mut host,
        &Command::TopUp { money: all },
        "`money`: `90071992547409.91 INR` cannot be added; the account's books would not hold so much",
    );
    let price = Money::new((1 << 53) - 2, "INR".parse().unwrap()).unwrap();
    let mut host = Host { account: account(vobiz_customer(), &[price]), ..Host::vobiz("1.00 INR") };
    host.offers.searches[0].numbers[0].prices[0].setup_fee = money("0.03 INR");
    host.offers.searches[0].numbers[0].prices[0].monthly_fee = money("0.00 INR");
    refused(&mut host, &buy("p", vobiz_request()), "`price`: the account's books would not hold 0.03 INR more");
}

/// What no quote and no decision says of any shop, but a reader of the types may meet.
fn by_hand(said: &mut Said) {
    let approved = Rejection::KycRequired {
        country: "US".parse().unwrap(),
        subject: KycSubject::Country,
        tier: 1,
        tier_min: 1,
        status: KycStatus::Approved,
        may_submit: true,
    };
    let sentence =
        "numbers of US need your identity to be verified for that country first; the verification is approved";
    assert_eq!(approved.to_string(), sentence);
    said.note(&approved);
    let no_price = Rejection::CurrencyNotOffered { currency: "EUR".parse().unwrap(), offered: vec![] };
    assert_eq!(no_price.to_string(), "this number has no price in `EUR`");
}

#[test]
fn titles_are_the_words_of_a_person() {
    let roles = [Role::Owner, Role::Admin, Role::Member, Role::Viewer];
    assert_eq!(roles.map(Role::title), ["an owner", "an administrator", "a member", "a viewer"]);
    assert_eq!(roles.map(|of| role(&of)), ROLES);
    let kinds = [BillingKind::Prepaid, BillingKind::Subscription, BillingKind::Usage];
    assert_eq!(kinds.map(BillingKind::title), ["prepaid billing", "billing by subscription", "usage-based billing"]);
    assert_eq!(kinds.map(|of| billing(&of)), BILLINGS);
    assert_eq!(NumberType::ALL.map(NumberType::title), ["local", "mobile", "national", "toll-free"]);
    assert_eq!(NumberType::ALL.map(|of| number_type(&of)), TYPES);
    let kinds = [
        SelectorKind::Any,
        SelectorKind::Exact,
        SelectorKind::Inventory,
        SelectorKind::AreaCode,
        SelectorKind::Pattern,
    ];
    assert_eq!(kinds.map(|of| selector_kind(&of)), SELECTORS);
    let offered = Rejection::SelectorAmbiguous { offered: kinds.to_vec() };
    assert_eq!(
        offered.to_string(),
        "several fields say which number is wanted; say it in one way: by country, by exact number, by inventory id, by \
         country and area code or by country and pattern"
    );
}

#[test]
fn errors_of_parsing_and_counting_say_what_is_expected() {
    let mut said = BTreeSet::new();
    for (text, sentence) in [
        ("", "no number was given"),
        ("919876543210", "the number must begin with `+` and the country calling code"),
        ("+91987x", "character 6 is neither a digit nor a separator"),
        ("+0123456789", "no country calling code begins with 0"),
        ("+", "the number is too short: 0 digits, and 7 are the least"),
        ("+1", "the number is too short: 1 digit, and 7 are the least"),
        ("+12", "the number is too short: 2 digits, and 7 are the least"),
        ("+1234567890123456", "the number is too long: 16 digits, and E.164 allows 15"),
    ] {
        let error = text.parse::<E164>().unwrap_err();
        assert_eq!(error.to_string(), sentence);
        said.insert(number_error(&error));
    }
    assert_eq!(said.len(), NUMBER_ERRORS.len());
    let most = Money::new((1 << 53) - 1, "USD".parse().unwrap()).unwrap();
    let errors = [most.checked_add(money("0.01 INR")), most.checked_add(money("0.01 USD"))].map(Result::unwrap_err);
    assert_eq!(
        errors.map(|error| error.to_string()),
        [
            "an amount in `INR` cannot be counted with one in `USD`",
            "the amount is larger than 9007199254740991 minor units",
        ]
    );
    assert_eq!(errors.map(|error| money_error(&error)), MONEY_ERRORS);
    assert_eq!(
        "USA".parse::<Country>().unwrap_err().to_string(),
        "a country is two letters of ISO 3166-1, such as `US`"
    );
    assert_eq!(
        "dollars".parse::<Currency>().unwrap_err().to_string(),
        "no such currency code in ISO 4217; three capital letters such as `USD` are expected"
    );
    assert_eq!(
        "+1".parse::<NumberPattern>().unwrap_err().to_string(),
        "a pattern is `+` and 7 to 15 digits, with `*` for each that is open, such as `+1415555****`"
    );
}

#[test]
fn what_can_be_accepted_later_unchanged_says_so() {
    let at = Some(NOW);
    let (us, usd): (Country, Currency) = ("US".parse().unwrap(), "USD".parse().unwrap());
    let numbers =
        |ends_at| Rejection::NumberLimitReached { scope: LimitScope::Total, held: 1, in_flight: 1, limit: 1, ends_at };
    let spend = |ends_at| Rejection::SpendLimitReached {
        period: CalendarPeriod::Month,
        spent: money("1.00 USD"),
        price: money("1.00 USD"),
        limit: money("1.00 USD"),
        ends_at,
    };
    let pace = |pace, ends_at| Rejection::PaceLimitReached { pace, window_s: None, count: 1, limit: 1, ends_at };
    let kyc = |status| Rejection::KycRequired {
        country: us,
        subject: KycSubject::Country,
        tier: 3,
        tier_min: 3,
        status,
        may_submit: true,
    };
    let any = Selector::Any { country: us, number_type: None };
    let later = vec![
        numbers(at),
        spend(at),
        pace(Pace::Day, at),
        pace(Pace::Churn, at),
        kyc(KycStatus::Initiated),
        kyc(KycStatus::Pending),
        Rejection::OutOfStock { selector: any },
        Rejection::VelocityExceeded { last_accepted_at: NOW, ends_at: NOW },
    ];
    let holder: HolderId = "x".parse().unwrap();
    let number: E164 = "+14155550142".parse().unwrap();
    let id: QuoteId = "0".repeat(64).parse().unwrap();
    let one = money("1.00 USD");
    let (billing, required) = (BillingKind::Prepaid, BillingKind::Usage);
    let never = vec![
        numbers(None),
        spend(None),
        pace(Pace::Day, None),
        pace(Pace::Churn, None),
        kyc(KycStatus::NotSubmitted),
        kyc(KycStatus::Declined),
        kyc(KycStatus::Approved),
        Rejection::KeyMalformed { length: 0, length_max: 1 },
        Rejection::KeyReused,
        Rejection::RequestMalformed { field: "holder".into(), problem: String::new() },
        Rejection::RoleNotAllowed { role: Role::Viewer, allowed: vec![Role::Owner] },
        Rejection::HolderUnknown { holder: holder.clone() },
        Rejection::ActorNotAllowed { only_holder: holder },
        Rejection::SelectorMissing { begun: None, offered: vec![] },
        Rejection::SelectorAmbiguous { offered: vec![] },
        Rejection::SelectorNotOffered { asked: SelectorKind::Any, offered: vec![] },
        Rejection::PlanNotPaid { plan: None, title: None, free_suffices: false },
        Rejection::CountryNotSold { country: us },
        Rejection::NotSearched { number },
        Rejection::CurrencyNotOffered { currency: usd, offered: vec![] },
        Rejection::PriceTooLarge { currency: usd },
        Rejection::BillingKindRequired { country: us, billing, required },
        Rejection::PaymentMethodMissing { billing: None },
        Rejection::InsufficientBalance { available: one, required: one, missing: one },
        Rejection::PriceChanged { differences: vec![] },
        Rejection::QuoteOutdated { id, differences: vec![] },
        Rejection::NumberNotHeld,
    ];
    let named: BTreeSet<&str> = later.iter().chain(&never).map(rejection).collect();
    assert_eq!(named, REJECTIONS.iter().copied().collect(), "every one is in the table");
    for (rejections, is_transient) in [(later, true), (never, false)] {
        for rejection in rejections {
            assert_eq!(rejection.is_transient(), is_transient, "{rejection:?}");
        }
    }
}

#[test]
fn a_limit_says_from_when_on_there_is_room_again() {
    let shop = zernio_with(limited(json!({ "each_country": 1 })));
    let mut standing = standing(zernio_customer(), &[]);
    let mut ends_at = |until: &[Option<i64>], held: u32| {
        standing.in_flight = until.iter().map(|until| of_us(until.map(|later| NOW.plus_millis(later)))).collect();
        standing.held.by_country.insert("US".parse().unwrap(), held);
        let quote = quote(&shop, &standing, &Offers::default(), &zernio_request(), NOW);
        let blocked = quote.gates.into_iter().find_map(|report| match report.status {
            GateStatus::Blocked { rejection: Rejection::NumberLimitReached { ends_at, .. }, .. } => Some(ends_at),
            GateStatus::Blocked { .. } | GateStatus::Passed { .. } | GateStatus::Waiting { .. } => None,
        });
        blocked.unwrap().map(|at| at.as_millis() - NOW.as_millis())
    };
    assert_eq!(ends_at(&[Some(5)], 0), Some(5));
    assert_eq!(ends_at(&[Some(5), Some(9)], 0), Some(9), "both must end");
    assert_eq!(ends_at(&[None], 0), None, "what is being ordered comes to be held");
    assert_eq!(ends_at(&[Some(5)], 1), None, "a number must be released as well");
    assert_eq!(ends_at(&[], 1), None);
}

#[test]
fn types_and_currencies_are_read_in_any_case() {
    for (number_type, currency) in [("mobile", "INR"), ("Mobile", "inr"), (" MOBILE ", " Inr ")] {
        let (number_type, currency) = (Some(number_type.into()), Some(currency.into()));
        let request = PurchaseRequest { number_type, currency, ..vobiz_request() };
        let quote = quote(&vobiz(), &standing(vobiz_customer(), &["101.00 INR"]), &vobiz_offers(), &request, NOW);
        assert!(quote.acceptable, "{request:?}");
    }
    for toll_free in ["toll_free", "toll-free", "Toll-Free"] {
        let request = PurchaseRequest { number_type: Some(toll_free.into()), ..zernio_request() };
        let quote = quote(&zernio(), &standing(zernio_customer(), &[]), &Offers::default(), &request, NOW);
        assert_eq!(quote.selector.unwrap().number_type(), Some(NumberType::TollFree), "{toll_free}");
    }
}
