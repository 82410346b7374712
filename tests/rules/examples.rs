//! The examples that gates give in their own files: the tables of these tests have no row for such a gate, and ask these.

use ringup_core::*;
use serde_json::{Value, json};

use super::kit::{NOW, ORCHARD, orchard_customer, orchard_request, standing};
use super::reference::source;
use super::sentences::said::Counter;
use crate::api::quote;

/// A question to Orchard that a gate refuses, and the field that opens the gate.
pub(crate) struct Example {
    pub gate: Gate,
    pub shop: Value,
    pub standing: Standing,
    pub request: PurchaseRequest,
    pub field: String,
    /// The value there that opens the gate.
    pub value: Value,
}

/// All of them.
pub(crate) fn all() -> Vec<Example> {
    let written = source::examples().into_iter();
    written
        .map(|(gate, written)| {
            let mut shop: Value = serde_json::from_str(ORCHARD).unwrap();
            merge(&mut shop["policy"], written.policy);
            let customer = serde_json::to_value(standing(orchard_customer(), &[])).unwrap();
            let request = serde_json::to_value(orchard_request()).unwrap();
            let (field, value) = written.opened_by.into_iter().next().unwrap();
            let (standing, request) = (merged(customer, written.standing), merged(request, written.request));
            Example { gate, shop, standing, request, field, value }
        })
        .collect()
}

impl Example {
    pub(crate) fn counter(&self) -> Counter {
        let (standing, request) = (self.standing.clone(), self.request.clone());
        Counter { shop: shop_of(&self.shop), standing, offers: Offers::default(), request, now: NOW }
    }

    /// What the first gate that refuses says: this one.
    pub(crate) fn refusal(&self) -> Rejection {
        let blocked = reports(&self.counter()).into_iter().find_map(|report| match report.status {
            GateStatus::Blocked { rejection, .. } => Some((report.gate, rejection)),
            GateStatus::Passed { .. } | GateStatus::Waiting { .. } => None,
        });
        let (gate, rejection) = blocked.expect("nothing is in the way");
        assert_eq!(gate, self.gate, "an earlier gate refuses");
        rejection
    }

    /// What the gate compares where the field lets the purchase through.
    pub(crate) fn evidence(&self) -> Evidence {
        let mut shop = self.shop.clone();
        *shop.pointer_mut(&self.field).expect("the field that decides is in the policy") = self.value.clone();
        let opened = Counter { shop: shop_of(&shop), ..self.counter() };
        let report = reports(&opened).into_iter().find(|report| report.gate == self.gate);
        match report.map(|report| report.status) {
            Some(GateStatus::Passed { evidence }) => evidence,
            status => panic!("{status:?}"),
        }
    }
}

fn shop_of(data: &Value) -> Shop {
    Shop::new(serde_json::from_value(data.clone()).unwrap()).unwrap()
}

fn reports(counter: &Counter) -> Vec<GateReport> {
    let Counter { shop, standing, offers, request, now } = counter;
    quote(shop, standing, offers, request, *now).gates
}

fn merged<T: serde::de::DeserializeOwned>(mut document: Value, members: Value) -> T {
    merge(&mut document, members);
    serde_json::from_value(document).unwrap()
}

/// Sets members, those of objects one by one. RFC 7386, without its removals.
fn merge(document: &mut Value, members: Value) {
    match members {
        Value::Object(members) => {
            if !document.is_object() {
                *document = json!({});
            }
            for (name, value) in members {
                merge(&mut document[name], value);
            }
        }
        Value::Null => {}
        value => *document = value,
    }
}
