//! Scene: a neutral shop, a customer and a request for the gates' own tests, and what one gate says.

use alloc::{format, string::String, string::ToString, vec, vec::Vec};

use serde_json::{Value, json};

use super::{Evidence, Gate, Input, Rules, Verdict, fixes, judge};
use crate::account::standing::Standing;
use crate::base::timestamp::Timestamp;
use crate::gates::policy::Policy;
use crate::market::offers::{Offers, Search};
use crate::market::request::PurchaseRequest;
use crate::terms::plan::Plan;
use crate::terms::rate_card::RateCard;
use ringup_numbering::{NoNumberingPlan, NumberingPlan, WorldPlan};

/// 2026-03-25T10:00:00Z.
pub(super) const NOW: i64 = 1_774_432_800_000;

/// A gate and its input: US and CA numbers for 1.00 and 2.00 a month, from a wallet.
#[derive(Clone)]
pub(super) struct Scene {
    gate: Gate,
    policy: Value,
    standing: Value,
    request: Value,
    nothing_found: bool,
    plan: &'static dyn NumberingPlan,
}

impl Scene {
    pub(super) fn of(gate: Gate) -> Self {
        let policy = json!({
            "format": 1, "id": "neutral", "version": "1", "title": "Neutral", "holder_required": false,
            "selectors": ["any", "exact"], "default_currency": "USD", "paid_plan_required": false, "plan_limits": false,
            "payment": [{ "method": "wallet" }], "order_evidence": "query_by_key",
            "retry": { "first_delay_ms": 1000, "delay_ms_max": 1000, "attempts_max": 3 }
        });
        let standing = json!({ "terms": { "billing": "prepaid" } });
        Self { gate, policy, standing, request: json!({ "country": "US" }), nothing_found: false, plan: &WorldPlan }
    }

    /// With these members in the policy.
    pub(super) fn policy(mut self, members: Value) -> Self {
        set(&mut self.policy, members);
        self
    }

    /// With these members in the standing.
    pub(super) fn standing(mut self, members: Value) -> Self {
        set(&mut self.standing, members);
        self
    }

    /// With these members in the request.
    pub(super) fn request(mut self, members: Value) -> Self {
        set(&mut self.request, members);
        self
    }

    /// After a search that found nothing.
    pub(super) fn nothing_found(self) -> Self {
        Self { nothing_found: true, ..self }
    }

    /// Where there is no numbering plan.
    pub(super) fn without_plan(self) -> Self {
        Self { plan: &NoNumberingPlan, ..self }
    }

    fn document(&self) -> (Policy, RateCard, Vec<Plan>) {
        let usd = |minor_units: u32| json!({ "minor_units": minor_units, "currency": "USD" });
        let rate = |country: &str| {
            json!({
                "country": country, "setup_fee": usd(100), "monthly_fee": usd(200), "kyc_tier": 1, "capabilities": {}
            })
        };
        let card = json!({ "version": "1", "quote_lifetime_s": 60, "rates": [rate("US"), rate("CA")] });
        let plan = |id: &str, title: &str, fee: u32| json!({ "id": id, "title": title, "monthly_fee": usd(fee), "number_limit": 9 });
        let plans = json!([plan("free", "Free", 0), plan("team", "Team", 900)]);
        let policy = serde_json::from_value(self.policy.clone()).unwrap();
        (policy, serde_json::from_value(card).unwrap(), serde_json::from_value(plans).unwrap())
    }
}

fn set(document: &mut Value, members: Value) {
    let Value::Object(members) = members else { panic!("no object: {members}") };
    document.as_object_mut().unwrap().extend(members);
}

/// What the gate says: `passed` with its evidence, `waiting` with its fact, or the sentence and its fixes.
#[track_caller]
pub(super) fn check(scene: &Scene, expected: &str) {
    let (policy, card, plans) = scene.document();
    let rules = Rules { policy: &policy, card: &card, plans: &plans };
    let standing: Standing = serde_json::from_value(scene.standing.clone()).unwrap();
    let request: PurchaseRequest = serde_json::from_value(scene.request.clone()).unwrap();
    let (parsed, now) = (request.parse(policy.reading(scene.plan)), Timestamp::from_millis(NOW));
    let mut offers = Offers::default();
    if scene.nothing_found {
        let selector = parsed.selector.clone().unwrap();
        offers.searches.push(Search { selector, seen_at: now, expires_at: now.plus_seconds(60), numbers: vec![] });
    }
    let input = Input::new(rules, &standing, &offers, &parsed, now);
    assert_eq!(said(scene.gate, &input), expected);
}

fn said(gate: Gate, input: &Input<'_>) -> String {
    match judge(gate, input) {
        Verdict::Passed { evidence } => format!("passed {}", compared(&evidence)),
        Verdict::Waiting { fact } => format!("waiting {}", member(&serde_json::to_value(fact).unwrap(), "fact")),
        Verdict::Blocked { rejection } => {
            assert_eq!(rejection.gate(), gate);
            assert_eq!(member(&serde_json::to_value(&rejection).unwrap(), "code"), rejection.code());
            let advised = fixes(gate, &rejection, input).into_iter().map(|fix| fix.to_string());
            let all: Vec<String> = [rejection.to_string()].into_iter().chain(advised).collect();
            all.join(" > ")
        }
    }
}

fn compared(evidence: &Evidence) -> String {
    member(&serde_json::to_value(evidence).unwrap(), "compared")
}

fn member(document: &Value, name: &str) -> String {
    document[name].as_str().unwrap().into()
}
