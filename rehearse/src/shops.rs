//! Invented shops: every payment method with every kind of order evidence.

mod renewing;

use ringup_core::shop::BillingKind;
use ringup_core::{
    CheckoutId, Currency, CustomerTerms, HolderId, ImportedNumber, Money, OfferedNumber, PurchaseId, Shop,
};
use ringup_numbering::E164;
use serde_json::{Value, json};

use crate::tenancy::Rules;
use renewing::Renewing;

/// The purchases of a history are `p0` to `p23`.
pub(crate) const PURCHASES: u8 = 24;

/// The purchases from here on are those of numbers that were bought elsewhere.
pub(crate) const FIRST_OF_THE_PAST: u8 = 20;

/// 2026-03-25T10:00:00Z, in milliseconds.
pub(crate) const BEGIN: i64 = 1_774_432_800_000;

/// The price of a number without its own, in minor units: setup fee and first month.
const RATE: [i64; 2] = [50, 150];

/// The price of the last number, which has its own.
const OWN: [i64; 2] = [0, 350];

/// A shop, and what a history in it is played with.
pub(crate) struct Stage {
    /// `wallet/list_only`
    pub(crate) name: String,
    pub(crate) shop: Shop,
    /// The same as JSON.
    pub(crate) document: Value,
    pub(crate) has_keys: bool,
    /// The terms that a customer may have. The first are the opening's.
    pub(crate) terms: Vec<CustomerTerms>,
    pub(crate) numbers: Vec<OfferedNumber>,
    /// The first month of each number, in minor units.
    pub(crate) prices: Vec<i64>,
    pub(crate) holders: Vec<HolderId>,
    purchases: Vec<PurchaseId>,
    /// The most numbers, held or pending.
    pub(crate) limit: usize,
    /// The window after a purchase in which another one must be confirmed.
    pub(crate) velocity_ms: Option<i64>,
    /// Whether viewers may neither buy nor release.
    pub(crate) has_roles: bool,
    /// The numbers that were bought elsewhere.
    pub(crate) past: Vec<ImportedNumber>,
    /// What follows the first period. `None`: nothing is charged after it.
    pub(crate) renewing: Option<Rules>,
    /// What a period of each number costs, in minor units.
    pub(crate) rents: Vec<i64>,
}

impl Stage {
    pub(crate) fn purchase(&self, index: u8) -> Option<&PurchaseId> {
        self.purchases.get(usize::from(index))
    }

    pub(crate) fn number(&self, index: u8) -> Option<&OfferedNumber> {
        self.numbers.get(usize::from(index))
    }

    pub(crate) fn has_own_price(&self, index: u8) -> bool {
        self.number(index).is_some_and(|offer| !offer.prices.is_empty())
    }

    pub(crate) fn index_of(&self, number: E164) -> Option<u8> {
        u8::try_from(self.numbers.iter().position(|offer| offer.number == number)?).ok()
    }
}

/// The index of the purchase with this id.
pub(crate) fn index(id: &PurchaseId) -> Option<u8> {
    id.as_str().strip_prefix('p')?.parse().ok()
}

/// A session of a purchase.
pub(crate) fn session(purchase: u8, nth: u8) -> Option<CheckoutId> {
    format!("session-{purchase}-{nth}").parse().ok()
}

/// Which session of its purchase it is.
pub(crate) fn nth_session(checkout: &CheckoutId) -> Option<u8> {
    checkout.as_str().rsplit_once('-')?.1.parse().ok()
}

pub(crate) fn usd(minor_units: i64) -> Option<Money> {
    static USD: std::sync::LazyLock<Option<Currency>> = std::sync::LazyLock::new(|| "USD".parse().ok());
    Money::new(minor_units, (*USD)?).ok()
}

/// What a shop is made of.
struct Make<'a> {
    name: &'a str,
    payment: &'a Value,
    evidence: &'a str,
    limit: usize,
    velocity_s: Option<u32>,
    has_roles: bool,
    is_free: bool,
    has_past: bool,
    renewing: Option<Renewing>,
}

/// Every shop.
pub(crate) fn all() -> Result<Vec<Stage>, String> {
    let checkout = json!([{ "method": "checkout" }]);
    let wallet = json!([{ "method": "wallet" }]);
    let provisioning = json!([{ "method": "usage_invoice", "charged": "at_provisioning" }]);
    let mixed = json!([
        { "billing": "prepaid", "method": "wallet" },
        { "billing": "usage", "method": "usage_invoice", "on_file_required": true },
        { "billing": "subscription", "subscribed": false, "method": "checkout" },
        { "billing": "subscription", "subscribed": true, "method": "subscription" }
    ]);
    let invoice = json!([{ "method": "usage_invoice" }]);
    let plain = |name, payment, evidence| Make {
        name,
        payment,
        evidence,
        limit: 6,
        velocity_s: None,
        has_roles: false,
        is_free: false,
        has_past: false,
        renewing: None,
    };
    let mut stages = Vec::new();
    for (name, payment) in
        [("checkout", &checkout), ("wallet", &wallet), ("provisioning", &provisioning), ("mixed", &mixed)]
    {
        for evidence in ["query_by_key", "keyed_repeat", "list_only"] {
            stages.push(stage(&plain(name, payment, evidence))?);
        }
    }
    let ruled = |name, payment, evidence, limit| Make {
        limit,
        velocity_s: Some(30),
        has_roles: true,
        ..plain(name, payment, evidence)
    };
    stages.push(stage(&ruled("ruled", &wallet, "query_by_key", 2))?);
    stages.push(stage(&ruled("ruled", &mixed, "list_only", 2))?);
    stages.push(stage(&ruled("ruled_checkout", &checkout, "keyed_repeat", 1))?);
    stages.push(stage(&Make { limit: 2, ..plain("limited", &mixed, "query_by_key") })?);
    // With the last number of a subscription, its way to pay ends.
    let carded = json!([
        { "subscribed": false, "method": "checkout", "on_file_required": true },
        { "subscribed": true, "method": "subscription" }
    ]);
    for evidence in ["query_by_key", "list_only"] {
        let mut carded = stage(&Make { limit: 1, ..plain("carded", &carded, evidence) })?;
        let on_file = |on_file| CustomerTerms {
            payment_method_on_file: on_file,
            ..CustomerTerms::new(BillingKind::Subscription)
        };
        carded.terms = vec![on_file(true), on_file(false), on_file(true)];
        stages.push(carded);
    }
    for (name, payment) in [("free_checkout", &checkout), ("free", &invoice), ("free_provisioning", &provisioning)] {
        stages.push(stage(&Make { is_free: true, ..plain(name, payment, "query_by_key") })?);
    }
    for evidence in ["query_by_key", "list_only"] {
        stages.push(stage(&Make { has_past: true, limit: 4, ..plain("past", &mixed, evidence) })?);
    }
    for (name, payment, evidence, renewing) in renewing::all() {
        let (has_roles, is_free, has_past) = (false, false, false);
        let (payment, renewing) = (&payment, Some(renewing));
        stages.push(stage(&Make {
            name,
            payment,
            evidence,
            limit: 4,
            velocity_s: None,
            has_roles,
            is_free,
            has_past,
            renewing,
        })?);
    }
    Ok(stages)
}

/// Shops that have one or two numbers, for every way to pay before or after the order and every kind of evidence.
pub(crate) fn small() -> Result<Vec<Stage>, String> {
    let mut stages = Vec::new();
    for count in [1, 2] {
        for stage in all()?.into_iter().take(9) {
            let mut small = Stage { name: format!("small_{count}/{}", stage.name), ..stage };
            small.numbers.truncate(count);
            small.prices.truncate(count);
            stages.push(small);
        }
    }
    Ok(stages)
}

fn stage(make: &Make<'_>) -> Result<Stage, String> {
    let &Make { name, payment, evidence, limit, velocity_s, has_roles, is_free, has_past, .. } = make;
    let release = if evidence == "list_only" { "period_end" } else { "at_once" };
    let is_yearly = make.renewing.as_ref().is_some_and(|renewing| renewing.is_yearly);
    let roles = if has_roles { vec!["owner", "admin"] } else { Vec::new() };
    let rate = if is_free { [0, 0] } else { RATE };
    let mut document = json!({
        "policy": {
            "format": 1, "id": "search", "version": "1", "title": "Search",
            "holder_required": true,
            "selectors": ["any", "exact", "inventory", "area_code", "pattern"],
            "default_country": "US", "default_currency": "USD",
            "idempotency": { "length_max": 10, "fingerprint": ["holder", "selector"] },
            "paid_plan_required": false, "plan_limits": false,
            "buyers": roles, "releasers": roles,
            "limits": { "numbers": limit },
            "payment": payment,
            "checkout": { "lifetime_s": 60 },
            "release": { "time": release },
            "order_evidence": evidence,
            "retry": { "first_delay_ms": 1000, "delay_ms_max": 4000, "attempts_max": 4 }
        },
        "rate_card": { "version": "1", "quote_lifetime_s": 900, "rates": [{
            "country": "US", "kyc_tier": 1, "capabilities": { "voice": true },
            "setup_fee": { "minor_units": rate[0], "currency": "USD" },
            "monthly_fee": { "minor_units": rate[1], "currency": "USD" }
        }]},
        "plans": []
    });
    if let Some(renewing) = &make.renewing {
        renewing.write(&mut document);
    }
    if let (Some(window_s), Some(policy)) = (velocity_s, document.get_mut("policy").and_then(Value::as_object_mut)) {
        policy.insert("velocity".to_owned(), json!({ "window_s": window_s }));
    }
    let data = serde_json::from_value(document.clone()).map_err(|error| error.to_string())?;
    let shop = Shop::new(data).map_err(|mistake| mistake.message)?;
    let terms = [BillingKind::Prepaid, BillingKind::Usage, BillingKind::Subscription];
    let terms = terms.map(|kind| CustomerTerms { payment_method_on_file: true, ..CustomerTerms::new(kind) });
    let names = ["+14045550100", "+14045550101", "+14155550142", "+14155550143"];
    let price = |index: u8| match index {
        _ if is_free => [0, 0],
        3 if !is_yearly => OWN,
        _ => RATE,
    };
    let numbers = names.iter().zip(0..).map(|(number, index)| offer(number, index, price(index), is_free));
    let numbers: Vec<OfferedNumber> = numbers.collect::<Result<_, String>>()?;
    let holders = ["h0", "h1"].map(str::parse).into_iter().collect::<Result<_, _>>();
    let purchases = (0..PURCHASES).map(|index| format!("p{index}").parse()).collect::<Result<_, _>>();
    let past = if has_past { past(&numbers)? } else { Vec::new() };
    Ok(Stage {
        name: format!("{name}/{evidence}"),
        shop,
        document,
        has_keys: evidence != "list_only",
        terms: terms.to_vec(),
        numbers,
        prices: (0..4).map(|index| price(index).iter().sum()).collect(),
        holders: holders.map_err(|error| format!("{error}"))?,
        purchases: purchases.map_err(|error| format!("{error}"))?,
        limit,
        velocity_ms: velocity_s.map(|window| i64::from(window).saturating_mul(1_000)),
        has_roles,
        past,
        renewing: make.renewing.as_ref().map(Renewing::rules),
        rents: (0..4).map(|index| price(index)[1]).collect(),
    })
}

/// Two numbers that were bought elsewhere: one leaves at an instant, and the charges of the other are being ended.
fn past(numbers: &[OfferedNumber]) -> Result<Vec<ImportedNumber>, String> {
    let usd = |minor_units: i64| json!({ "minor_units": minor_units, "currency": "USD" });
    let statuses = [
        json!({ "status": "scheduled", "at": BEGIN.saturating_add(60_000) }),
        json!({ "status": "ending_charges", "attempts": { "unanswered": 0, "not_before": BEGIN } }),
    ];
    let held = numbers.iter().zip(statuses).zip(FIRST_OF_THE_PAST..).map(|((offer, status), index)| {
        let offer = serde_json::to_value(offer).map_err(|error| error.to_string())?;
        let due: i64 = RATE.iter().sum();
        let held = json!({
            "purchase": format!("p{index}"), "offer": offer, "status": status,
            "activated_at": BEGIN.saturating_sub(86_400_000), "rent_to_run": usd(due),
            "agreement": {
                "accepted_at": BEGIN.saturating_sub(86_400_000),
                "shop": { "policy": "search", "policy_version": "1", "rate_card_version": "1" },
                "holder": "h0", "selector": { "kind": "any", "country": "US" }, "country": "US",
                "payment": "usage_invoice", "charged": "before_order", "fingerprint": "", "checkout_expires_at": null,
                "order_evidence": "query_by_key",
                "price": {
                    "lines": [{ "charge": "first_month", "amount": usd(due) }],
                    "due_now": usd(due), "monthly_fee": usd(due), "minimum_commitment_months": 0,
                    "commitment_total": usd(due), "exponent": 2
                }
            }
        });
        serde_json::from_value(held).map_err(|error| error.to_string())
    });
    held.collect()
}

fn offer(number: &str, index: u8, price: [i64; 2], is_free: bool) -> Result<OfferedNumber, String> {
    let [setup, month] = price.map(|minor_units| json!({ "minor_units": minor_units, "currency": "USD" }));
    let own =
        if price == OWN && !is_free { vec![json!({ "setup_fee": setup, "monthly_fee": month })] } else { Vec::new() };
    let offer = json!({
        "number": number, "inventory_id": format!("inv-{index}"), "country": "US", "number_type": "local",
        "capabilities": { "voice": true }, "prices": own
    });
    serde_json::from_value(offer).map_err(|error| error.to_string())
}
