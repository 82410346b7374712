//! Invented shops: every payment method with every kind of order evidence.

use ringup_core::shop::BillingKind;
use ringup_core::{CheckoutId, CustomerTerms, HolderId, Money, OfferedNumber, PurchaseId, Shop};
use ringup_numbering::E164;
use serde_json::{Value, json};

/// The purchases of a history are `p0` to `p23`.
pub(crate) const PURCHASES: u8 = 24;

/// The price of a number without its own, in minor units: setup fee and first month.
const RATE: [i64; 2] = [50, 150];

/// The price of the last number, which has its own.
const OWN: [i64; 2] = [0, 350];

/// A shop, and what a history in it is played with.
pub(crate) struct Stage {
    /// `wallet/list_only`
    pub(crate) name: String,
    pub(crate) shop: Shop,
    pub(crate) has_keys: bool,
    /// The terms that a customer may have. The first are the opening's.
    pub(crate) terms: Vec<CustomerTerms>,
    pub(crate) numbers: Vec<OfferedNumber>,
    /// The first month of each number, in minor units.
    pub(crate) prices: Vec<i64>,
    pub(crate) holders: Vec<HolderId>,
    purchases: Vec<PurchaseId>,
}

impl Stage {
    pub(crate) fn purchase(&self, index: u8) -> Option<&PurchaseId> {
        self.purchases.get(usize::from(index))
    }

    pub(crate) fn number(&self, index: u8) -> Option<&OfferedNumber> {
        self.numbers.get(usize::from(index))
    }

    pub(crate) fn index_of(&self, number: E164) -> Option<u8> {
        u8::try_from(self.numbers.iter().position(|offer| offer.number == number)?).ok()
    }
}

/// The index of the purchase with this id.
pub(crate) fn index(id: &PurchaseId) -> Option<u8> {
    id.as_str().strip_prefix('p')?.parse().ok()
}

/// The only session of a purchase: opening it is keyed.
pub(crate) fn session(purchase: u8) -> Option<CheckoutId> {
    format!("session-{purchase}").parse().ok()
}

pub(crate) fn usd(minor_units: i64) -> Option<Money> {
    Money::new(minor_units, "USD".parse().ok()?).ok()
}

/// Every shop.
pub(crate) fn all() -> Result<Vec<Stage>, String> {
    let payments = [
        ("checkout", json!([{ "method": "checkout" }])),
        ("wallet", json!([{ "method": "wallet" }])),
        ("provisioning", json!([{ "method": "usage_invoice", "charged": "at_provisioning" }])),
        (
            "mixed",
            json!([
                { "billing": "prepaid", "method": "wallet" },
                { "billing": "usage", "method": "usage_invoice", "on_file_required": true },
                { "billing": "subscription", "subscribed": false, "method": "checkout" },
                { "billing": "subscription", "subscribed": true, "method": "subscription" }
            ]),
        ),
    ];
    let mut stages = Vec::new();
    for (name, payment) in payments {
        for evidence in ["query_by_key", "keyed_repeat", "list_only"] {
            stages.push(stage(name, &payment, evidence)?);
        }
    }
    Ok(stages)
}

fn stage(name: &str, payment: &Value, evidence: &str) -> Result<Stage, String> {
    let release = if evidence == "list_only" { "period_end" } else { "at_once" };
    let document = json!({
        "policy": {
            "format": 1, "id": "search", "version": "1", "title": "Search",
            "holder_required": true,
            "selectors": ["any", "exact", "inventory", "area_code", "pattern"],
            "default_country": "US", "default_currency": "USD",
            "idempotency": { "length_max": 10, "fingerprint": ["holder", "selector"] },
            "paid_plan_required": false, "plan_limits": false,
            "limits": { "numbers": 6 },
            "payment": payment,
            "checkout": { "lifetime_s": 60 },
            "release": release,
            "order_evidence": evidence,
            "retry": { "first_delay_ms": 1000, "delay_ms_max": 4000, "attempts_max": 4 }
        },
        "rate_card": { "version": "1", "quote_lifetime_s": 900, "rates": [{
            "country": "US", "kyc_tier": 1, "capabilities": { "voice": true },
            "setup_fee": { "minor_units": RATE[0], "currency": "USD" },
            "monthly_fee": { "minor_units": RATE[1], "currency": "USD" }
        }]},
        "plans": []
    });
    let data = serde_json::from_value(document).map_err(|error| error.to_string())?;
    let shop = Shop::new(data).map_err(|mistake| mistake.message)?;
    let terms = [BillingKind::Prepaid, BillingKind::Usage, BillingKind::Subscription];
    let terms = terms.map(|kind| CustomerTerms { payment_method_on_file: true, ..CustomerTerms::new(kind) });
    let names = ["+14045550100", "+14045550101", "+14155550142", "+14155550143"];
    let numbers = names.iter().zip(0..).map(|(number, index)| offer(number, index)).collect::<Result<_, String>>()?;
    let holders = ["h0", "h1"].map(str::parse).into_iter().collect::<Result<_, _>>();
    let purchases = (0..PURCHASES).map(|index| format!("p{index}").parse()).collect::<Result<_, _>>();
    Ok(Stage {
        name: format!("{name}/{evidence}"),
        shop,
        has_keys: evidence != "list_only",
        terms: terms.to_vec(),
        numbers,
        prices: (0..4).map(|index| price(index).iter().sum()).collect(),
        holders: holders.map_err(|error| format!("{error}"))?,
        purchases: purchases.map_err(|error| format!("{error}"))?,
    })
}

const fn price(index: u8) -> [i64; 2] {
    if index == 3 { OWN } else { RATE }
}

fn offer(number: &str, index: u8) -> Result<OfferedNumber, String> {
    let [setup, month] = price(index).map(|minor_units| json!({ "minor_units": minor_units, "currency": "USD" }));
    let own = if price(index) == OWN { vec![json!({ "setup_fee": setup, "monthly_fee": month })] } else { Vec::new() };
    let offer = json!({
        "number": number, "inventory_id": format!("inv-{index}"), "country": "US", "number_type": "local",
        "capabilities": { "voice": true }, "prices": own
    });
    serde_json::from_value(offer).map_err(|error| error.to_string())
}
