//! What is said: the sentences of one question after the other, and which variants they were about.
//!
//! All of them are in one catalogue, for those who translate: each code with its parts and what English makes of them.
//! `RINGUP_UPDATE=1 cargo test -p ringup-tests-rules sentence` writes it anew.

use std::collections::{BTreeMap, BTreeSet};
use std::{env, fs};

use ringup_core::shop::ShopData;
use ringup_core::*;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::super::kit::{
    NOW, standing, vobiz_customer, vobiz_offers, vobiz_request, vobiz_with, zernio_customer, zernio_request,
    zernio_with,
};
use crate::api::quote;

use super::{difference, field_problem, mismatch, rejection, remedy, scope, status};

/// A question at one counter: everything that a quote needs.
pub struct Counter {
    pub shop: Shop,
    pub standing: Standing,
    pub offers: Offers,
    pub request: PurchaseRequest,
    pub now: Timestamp,
}

/// What was said, so that nothing is left out.
#[derive(Default)]
pub struct Said {
    pub rejections: BTreeSet<&'static str>,
    pub misuses: BTreeSet<&'static str>,
    pub remedies: BTreeSet<&'static str>,
    pub differences: BTreeSet<&'static str>,
    pub scopes: BTreeSet<&'static str>,
    pub field_problems: BTreeSet<&'static str>,
    pub mismatches: BTreeSet<&'static str>,
    pub statuses: BTreeSet<&'static str>,
    /// By kind and code: parts, and their sentence.
    catalogue: BTreeMap<&'static str, BTreeMap<String, Vec<Value>>>,
    /// Everything that was read, to be looked through at the end.
    pub lines: Vec<String>,
    /// What was said otherwise than it is written here: all of it is shown at once.
    pub others: Vec<String>,
}

impl Said {
    /// The first blocked gate's sentence, then what is advised about it, a line each.
    #[track_caller]
    pub fn check(&mut self, counter: &Counter, then: &[&str]) {
        let Counter { shop, standing, offers, request, now } = counter;
        let quote = quote(shop, standing, offers, request, *now);
        let blocked = quote.gates.iter().find_map(|report| match &report.status {
            GateStatus::Blocked { rejection, fixes, .. } => Some((rejection, fixes)),
            GateStatus::Passed { .. } | GateStatus::Waiting { .. } => None,
        });
        let Some((rejection, fixes)) = blocked else {
            return self.others.push(format!("nothing is in the way\nthen: {then:#?}"));
        };
        let decimals = shop.decimals();
        self.note(rejection);
        self.record("rejection", "code", rejection, &rejection.sentence(decimals));
        for fix in fixes {
            self.remedies.insert(remedy(fix));
            self.record("fix", "remedy", fix, &fix.sentence(decimals));
        }
        let fixes = fixes.iter().map(|fix| fix.sentence(decimals));
        let said: Vec<String> = core::iter::once(rejection.sentence(decimals)).chain(fixes).collect();
        if said != then {
            self.others.push(format!("said: {said:#?}\nthen: {then:#?}"));
        }
        self.lines.extend(said);
    }

    /// Writes a message down in the catalogue: its code is the member of that name, the others are its parts.
    pub fn record(&mut self, kind: &'static str, tag: &str, message: &impl Serialize, sentence: &str) {
        let Value::Object(mut parts) = serde_json::to_value(message).unwrap() else { panic!("no object") };
        let code = parts.remove(tag).unwrap();
        let parts: Map<String, Value> = parts;
        let entry = json!({ "parts": parts, "english": sentence });
        let entries = self.catalogue.entry(kind).or_default().entry(code.as_str().unwrap().into()).or_default();
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }

    #[track_caller]
    pub fn check_catalogue(&self) {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../core/messages/en.json");
        let text = serde_json::to_string_pretty(&self.catalogue).unwrap() + "\n";
        if env::var_os("RINGUP_UPDATE").is_some() {
            fs::write(path, &text).unwrap();
        }
        assert!(fs::read_to_string(path).unwrap_or_default() == text, "core/messages/en.json is stale; see said.rs");
    }

    pub fn note(&mut self, refusal: &Rejection) {
        self.rejections.insert(rejection(refusal));
        match refusal {
            Rejection::NumberLimitReached(gates::limits::Reached { scope: of, .. }) => {
                self.scopes.insert(scope(of));
            }
            Rejection::RequestMalformed(gates::request::Malformed { problem, .. }) => {
                self.field_problems.insert(field_problem(problem));
            }
            Rejection::NumberMismatch(gates::stock::Mismatched { mismatches, .. }) => {
                self.mismatches.extend(mismatches.iter().map(mismatch));
                for one in mismatches {
                    assert_eq!(serde_json::to_value(one).unwrap()["field"], one.field());
                }
            }
            Rejection::KycRequired(gates::kyc::Required { status: of, .. }) => {
                self.statuses.insert(status(of));
            }
            Rejection::QuoteOutdated(gates::price::Outdated { differences, .. }) => {
                self.differences.extend(differences.iter().map(difference));
            }
            _ => {}
        }
    }

    #[track_caller]
    pub fn zernio(&mut self, change: impl FnOnce(&mut Standing, &mut PurchaseRequest), then: &[&str]) {
        self.zernio_by(|_| {}, change, then);
    }

    #[track_caller]
    pub fn zernio_by(
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
    pub fn vobiz_by(
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
    pub fn vobiz(&mut self, change: impl FnOnce(&mut Standing, &mut PurchaseRequest, &mut Offers), then: &[&str]) {
        self.vobiz_by(|_| {}, change, then);
    }
}
