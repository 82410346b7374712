//! What is said: the sentences of one question after the other, and which variants they were about.
//!
//! All of them are in one catalogue, for those who translate: each code with its parts and what English makes of them.
//! `RINGUP_UPDATE=1 cargo test -p ringup-tests-rules sentence` writes it anew.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::Location;
use std::{env, fs};

use ringup_core::shop::ShopData;
use ringup_core::*;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::super::kit::{
    NOW, bazaar_customer, bazaar_offers, bazaar_request, bazaar_with, orchard_customer, orchard_request, orchard_with,
    standing,
};
use crate::api::quote;

use super::{difference, field_problem, mismatch, misuse, nonexistence, remedy, scope, status};

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
    pub rejections: BTreeSet<String>,
    pub compared: BTreeSet<String>,
    pub misuses: BTreeSet<&'static str>,
    pub remedies: BTreeSet<&'static str>,
    pub differences: BTreeSet<&'static str>,
    pub scopes: BTreeSet<&'static str>,
    pub field_problems: BTreeSet<&'static str>,
    pub mismatches: BTreeSet<&'static str>,
    pub nonexistences: BTreeSet<&'static str>,
    pub statuses: BTreeSet<&'static str>,
    /// Each refusal with its sentence.
    pub refused: Vec<(Rejection, String)>,
    /// What was advised about each code: the remedies, each with its first sentence.
    pub advised: BTreeMap<&'static str, Vec<(String, String)>>,
    /// By kind and code: parts, and their sentence.
    catalogue: BTreeMap<&'static str, BTreeMap<String, Vec<Value>>>,
    /// Everything that was read, to be looked through at the end.
    pub lines: Vec<String>,
    /// The code that the rows stand for.
    stands_for: &'static str,
    /// Rows that were told another code.
    pub drifted: Vec<String>,
}

impl Said {
    /// The rows that follow stand for this code.
    pub fn about(&mut self, code: &'static str) {
        self.stands_for = code;
    }

    /// Asks, and takes down the first refusal and what is advised about it.
    #[track_caller]
    pub fn ask(&mut self, counter: &Counter) {
        let Counter { shop, standing, offers, request, now } = counter;
        let quote = quote(shop, standing, offers, request, *now);
        let blocked = quote.gates.iter().find_map(|report| match &report.status {
            GateStatus::Blocked { rejection, fixes, .. } => Some((rejection, fixes)),
            GateStatus::Passed { .. } | GateStatus::Waiting { .. } => None,
        });
        let (rejection, fixes) = blocked.expect("nothing is in the way");
        let decimals = shop.decimals();
        self.refuse(rejection, &rejection.sentence(decimals));
        for fix in fixes {
            let sentence = fix.sentence(decimals);
            self.remedies.insert(remedy(fix));
            self.record("fix", "remedy", fix, &sentence);
            let name: String = serde_json::to_value(fix).unwrap()["remedy"].as_str().unwrap().into();
            let advised = self.advised.entry(rejection.code()).or_default();
            if !advised.iter().any(|(other, _)| *other == name) {
                advised.push((name, sentence));
            }
        }
    }

    /// Takes down a refusal of a decision.
    #[track_caller]
    pub fn refused(&mut self, rejection: &Rejection) {
        self.refuse(rejection, &rejection.to_string());
    }

    /// Takes down what only a host is told.
    #[track_caller]
    pub fn misused(&mut self, of: &Misuse) {
        self.check_code(of.code());
        self.misuses.insert(misuse(of));
        self.record("misuse", "code", of, &of.to_string());
    }

    #[track_caller]
    fn check_code(&mut self, told: &str) {
        if told != self.stands_for {
            self.drifted.push(format!("{}: stands for {}, and told {told}", Location::caller(), self.stands_for));
        }
    }

    /// Takes down what a gate compared.
    pub fn proved(&mut self, evidence: &Evidence) {
        let code = serde_json::to_value(evidence).unwrap()["compared"].as_str().unwrap().into();
        self.compared.insert(code);
        self.record("evidence", "compared", evidence, &evidence.to_string());
    }

    /// Takes note of a refusal and its sentence.
    #[track_caller]
    fn refuse(&mut self, rejection: &Rejection, sentence: &str) {
        self.check_code(rejection.code());
        self.note(rejection);
        self.record("rejection", "code", rejection, sentence);
        self.refused.push((rejection.clone(), sentence.into()));
    }

    /// Writes a message down in the catalogue: its code is the member of that name, the others are its parts.
    pub fn record(&mut self, kind: &'static str, tag: &str, message: &impl Serialize, sentence: &str) {
        self.lines.push(sentence.into());
        let Value::Object(mut parts) = serde_json::to_value(message).unwrap() else { panic!("no object") };
        let code = parts.remove(tag).unwrap();
        let parts: Map<String, Value> = parts;
        let entry = json!({ "parts": parts, "english": sentence });
        let entries = self.catalogue.entry(kind).or_default().entry(code.as_str().unwrap().into()).or_default();
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }

    /// The catalogue is what was said: each other sentence is shown.
    #[track_caller]
    pub fn check_catalogue(&self) {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../core/messages/en.json");
        let text = serde_json::to_string_pretty(&self.catalogue).unwrap() + "\n";
        if env::var_os("RINGUP_UPDATE").is_some() {
            fs::write(path, &text).unwrap();
        }
        let committed = fs::read_to_string(path).unwrap_or_default();
        let only_in = |one: &str, other: &str, mark: &str| -> Vec<String> {
            let english = one.lines().filter(|line| line.contains("\"english\"") && !other.contains(line));
            english.map(|line| format!("{mark}{line}")).collect()
        };
        let differences = [only_in(&committed, &text, "-"), only_in(&text, &committed, "+")].concat();
        assert!(committed == text, "core/messages/en.json is stale; see said.rs\n{}", differences.join("\n"));
    }

    fn note(&mut self, refusal: &Rejection) {
        self.rejections.insert(refusal.code().into());
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
            Rejection::NoSuchNumber(gates::stock::existence::NoSuchNumber { why, .. }) => {
                self.nonexistences.insert(nonexistence(why));
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
    pub fn orchard(&mut self, change: impl FnOnce(&mut Standing, &mut PurchaseRequest)) {
        self.orchard_by(|_| {}, change);
    }

    #[track_caller]
    pub fn orchard_by(
        &mut self,
        rules: impl FnOnce(&mut ShopData),
        change: impl FnOnce(&mut Standing, &mut PurchaseRequest),
    ) {
        let (mut standing, mut request) = (standing(orchard_customer(), &[]), orchard_request());
        change(&mut standing, &mut request);
        let counter = Counter { shop: orchard_with(rules), standing, offers: Offers::default(), request, now: NOW };
        self.ask(&counter);
    }

    #[track_caller]
    pub fn bazaar_by(
        &mut self,
        rules: impl FnOnce(&mut ShopData),
        change: impl FnOnce(&mut Standing, &mut PurchaseRequest, &mut Offers),
    ) {
        let mut counter = Counter {
            shop: bazaar_with(rules),
            standing: standing(bazaar_customer(), &["101.00 INR"]),
            offers: bazaar_offers(),
            request: bazaar_request(),
            now: NOW,
        };
        change(&mut counter.standing, &mut counter.request, &mut counter.offers);
        self.ask(&counter);
    }

    #[track_caller]
    pub fn bazaar(&mut self, change: impl FnOnce(&mut Standing, &mut PurchaseRequest, &mut Offers)) {
        self.bazaar_by(|_| {}, change);
    }
}
