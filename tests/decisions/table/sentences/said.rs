//! What is said: the sentences of one question after the other, and which variants they were about.

use std::collections::BTreeSet;

use ringup_core::shop::ShopData;
use ringup_core::*;

use super::super::kit::{
    NOW, standing, vobiz_customer, vobiz_offers, vobiz_request, vobiz_with, zernio_customer, zernio_request,
    zernio_with,
};

use super::{difference, mismatch, rejection, remedy, scope, status};

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
    pub mismatches: BTreeSet<&'static str>,
    pub statuses: BTreeSet<&'static str>,
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
            GateStatus::Blocked { rejection, message, fixes, .. } => Some((rejection, message, fixes)),
            GateStatus::Passed { .. } | GateStatus::Waiting { .. } => None,
        });
        let Some((rejection, message, fixes)) = blocked else {
            return self.others.push(format!("nothing is in the way\nthen: {then:#?}"));
        };
        assert_eq!(&rejection.sentence(shop.decimals()), message);
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

    pub fn note(&mut self, refusal: &Rejection) {
        self.rejections.insert(rejection(refusal));
        match refusal {
            Rejection::NumberLimitReached(gates::limits::Reached { scope: of, .. }) => {
                self.scopes.insert(scope(of));
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
