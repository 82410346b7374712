//! Shops whose numbers renew: what each charges after the first period, and what follows when that is declined.

use serde_json::{Value, json};

use crate::tenancy::Rules;

/// What a shop does after the first period.
#[derive(Clone, Debug, Default)]
pub(super) struct Renewing {
    pub(super) is_yearly: bool,
    retry_after_s: Vec<u32>,
    grace_s: Option<u32>,
    suspended_s: Option<u32>,
    /// The usual time of a release.
    release: &'static str,
    /// The fee of a release, in minor units.
    release_fee: Option<i64>,
    /// The months of the least commitment, and what an earlier release gets.
    commitment: Option<(u32, &'static str)>,
}

const DAY_S: u32 = 86_400;

/// How long a number is in cool-down.
const COOL_DOWN_S: u32 = 5 * DAY_S;

type Shop = (&'static str, Value, &'static str, Renewing);

/// Each with its name, its way to pay and its evidence.
pub(super) fn all() -> Vec<Shop> {
    let wallet = || json!([{ "method": "wallet" }]);
    let dunning = || Renewing {
        retry_after_s: vec![DAY_S, 3 * DAY_S],
        grace_s: Some(2 * DAY_S),
        suspended_s: Some(5 * DAY_S),
        release: "at_once",
        ..Renewing::default()
    };
    let invoice = || json!([{ "method": "usage_invoice" }]);
    let subscription = || {
        json!([
            { "billing": "subscription", "subscribed": false, "method": "checkout" },
            { "billing": "subscription", "subscribed": true, "method": "subscription" },
            { "billing": "prepaid", "method": "checkout" },
            { "billing": "usage", "method": "usage_invoice" }
        ])
    };
    // What is declined stays so until the customer's means change.
    let patient = || Renewing { release: "at_once", ..Renewing::default() };
    let committed = |early| Renewing { commitment: Some((4, early)), ..dunning() };
    let cooling = || Renewing { release: "cool_down", release_fee: Some(25), ..dunning() };
    let yearly = || Renewing { is_yearly: true, ..dunning() };
    vec![
        ("renewing_wallet", wallet(), "query_by_key", dunning()),
        ("renewing_invoice", invoice(), "query_by_key", dunning()),
        ("renewing_invoice", invoice(), "list_only", Renewing { release: "period_end", ..dunning() }),
        ("renewing_subscription", subscription(), "query_by_key", dunning()),
        ("renewing_subscription", subscription(), "keyed_repeat", patient()),
        ("patient_wallet", wallet(), "list_only", patient()),
        ("cooling_wallet", wallet(), "query_by_key", cooling()),
        ("yearly_wallet", wallet(), "query_by_key", yearly()),
        ("yearly_invoice", invoice(), "keyed_repeat", yearly()),
        ("committed_wallet", wallet(), "query_by_key", committed("charged")),
        ("committed_invoice", invoice(), "query_by_key", committed("charged")),
        ("bound_invoice", invoice(), "query_by_key", committed("refused")),
    ]
}

impl Renewing {
    /// The same in the accountant's words.
    pub(super) fn rules(&self) -> Rules {
        let ms = |seconds: u32| i64::from(seconds).saturating_mul(1_000);
        let months = if self.is_yearly { 12 } else { 1 };
        let committed = self.commitment.map_or(0, |(committed, _)| committed.div_ceil(months));
        let is_charged = self.commitment.is_some_and(|(_, early)| early == "charged");
        Rules {
            months,
            retry_after_ms: self.retry_after_s.iter().map(|seconds| ms(*seconds)).collect(),
            grace_ms: self.grace_s.map(ms),
            suspended_ms: self.suspended_s.map(ms),
            committed: if is_charged { committed.saturating_sub(1) } else { 0 },
            bound: if is_charged { 0 } else { committed },
        }
    }

    /// Adds it to the document of a shop.
    pub(super) fn write(&self, document: &mut Value) {
        let usd = |minor_units: i64| json!({ "minor_units": minor_units, "currency": "USD" });
        let some = |members: Value| {
            let members = members.as_object().cloned().unwrap_or_default();
            Value::Object(members.into_iter().filter(|(_, value)| !value.is_null()).collect())
        };
        let times = ["at_once", "cool_down", "period_end", "at_instant"];
        let others: Vec<&str> = times.into_iter().filter(|time| *time != self.release).collect();
        let policy = some(json!({
            "renewals": some(json!({
                "retry_after_s": self.retry_after_s, "grace_s": self.grace_s, "suspended_s": self.suspended_s
            })),
            "release": some(json!({
                "time": self.release, "may_name": others, "cool_down_s": COOL_DOWN_S,
                "fee": self.release_fee.map(|fee| [usd(fee)]), "early": self.commitment.map(|(_, early)| early)
            }))
        }));
        let members = |document: &mut Value, place: &str, more: Value| {
            let members = document.pointer_mut(place).and_then(Value::as_object_mut);
            if let (Some(members), Value::Object(more)) = (members, more) {
                members.extend(more);
            }
        };
        members(document, "/policy", policy);
        let rate = "/rate_card/rates/0";
        if self.is_yearly
            && let Some(fee) = document.pointer("/rate_card/rates/0/monthly_fee").cloned()
        {
            members(document, rate, json!({ "yearly_fee": fee, "monthly_fee": usd(0) }));
        }
        if let Some((months, _)) = self.commitment {
            members(document, rate, json!({ "minimum_commitment_months": months }));
        }
    }
}
