//! Hypothetical: a request in the situation after some fixes, so that a fix is tried before it is advised.

use alloc::{string::String, vec, vec::Vec};

use crate::account::standing::{Move, MoveKind, Standing};
use crate::base::kyc::{KycStatus, KycSubject};
use crate::base::money::Money;
use crate::base::role::Role;
use crate::base::timestamp::Timestamp;
use crate::gates::limits::LimitScope;
use crate::gates::{Gate, Input, Remedy, Verdict, fixes, judge};
use crate::market::offers::{OfferedNumber, Offers, Search};
use crate::market::request::PurchaseRequest;
use crate::market::selector::Selector;
use crate::shop::Shop;
use ringup_numbering::{E164, NumberingPlan};

/// A request, and everything that it is judged on.
#[derive(Clone)]
pub(super) struct Hypothetical<'a> {
    pub(super) shop: &'a Shop,
    pub(super) numbering: &'a dyn NumberingPlan,
    pub(super) standing: Standing,
    pub(super) offers: Offers,
    pub(super) request: PurchaseRequest,
    pub(super) now: Timestamp,
    /// The least count of released numbers. One number may count for several fixes: a US number is also one of all
    /// numbers, so for both this is 1, not 2.
    pub(super) released: u32,
}

impl Hypothetical<'_> {
    /// The fixes of the gate, if it is blocked.
    pub(super) fn ways(&self, gate: Gate) -> Option<Vec<Remedy>> {
        let parsed = self.request.parse(self.shop.policy().reading(self.numbering));
        let input = Input::new(self.shop.rules(), &self.standing, &self.offers, &parsed, self.now);
        match judge(gate, &input) {
            Verdict::Blocked { rejection } => Some(fixes(gate, &rejection, &input)),
            Verdict::Passed { .. } | Verdict::Waiting { .. } => None,
        }
    }

    /// The first gate that refuses.
    pub(super) fn first_blocked(&self) -> Option<Gate> {
        let parsed = self.request.parse(self.shop.policy().reading(self.numbering));
        let input = Input::new(self.shop.rules(), &self.standing, &self.offers, &parsed, self.now);
        Gate::ALL.into_iter().find(|gate| matches!(judge(*gate, &input), Verdict::Blocked { .. }))
    }

    /// The situation after a remedy. `None` if its effect cannot be computed. Of several choices the first is taken.
    pub(super) fn after(&self, remedy: &Remedy) -> Option<Self> {
        let mut next = self.clone();
        let Self { standing, request, .. } = &mut next;
        match remedy {
            Remedy::CorrectField { .. } | Remedy::ChooseSelector { .. } | Remedy::SearchFirst { .. } => return None,
            Remedy::SubmitKyc { .. } if !may_have_submitted(self.shop, standing.actor.role) => return None,
            Remedy::UseFreshKey { .. } => request.idempotency_key = Some("k".into()),
            Remedy::ChooseHolder { holders } => request.holder = Some(String::from(holders.first()?.as_str())),
            Remedy::AskRole { roles, .. } => standing.actor.role = *roles.first()?,
            Remedy::MoveToPlan { plan, .. } => standing.terms.plan = Some(plan.clone()),
            Remedy::ReleaseNumbers { count, among } => next.release(*count, among),
            Remedy::ChooseCountry { countries, .. } => request.country = Some(String::from(*countries.first()?)),
            Remedy::ChooseNumberType { number_types, .. } => {
                request.number_type = Some(number_types.first()?.name().into())
            }
            Remedy::ChooseNumber { numbers } => next.choose(*numbers.first()?),
            Remedy::ChooseCurrency { currencies } => request.currency = Some(String::from(*currencies.first()?)),
            Remedy::MoveToBilling { billing } => standing.terms.billing = *billing,
            Remedy::SubmitKyc { country, subject, .. } | Remedy::AwaitKyc { country, subject } => match subject {
                KycSubject::Account => standing.terms.kyc.account = KycStatus::Approved,
                KycSubject::Country => drop(standing.terms.kyc.countries.insert(*country, KycStatus::Approved)),
            },
            Remedy::WaitUntil { at, .. } => next.wait(*at),
            Remedy::ConfirmAdditional => request.confirm_additional = true,
            Remedy::AddPaymentMethod => standing.terms.payment_method_on_file = true,
            Remedy::AddMoney { money } => next.add(*money)?,
            Remedy::AskForQuote { .. } => request.quote_seen = None,
            Remedy::AcceptPrice { price, .. } => request.price_seen = Some(*price),
        }
        Some(next)
    }

    fn release(&mut self, count: u32, among: &LimitScope) {
        let held = &mut self.standing.held;
        let less = |held: &mut u32| *held = held.saturating_sub(count);
        match among {
            LimitScope::Total => {}
            LimitScope::Country { country } => held.by_country.get_mut(country).map_or((), less),
            LimitScope::NumberType { number_type } => held.by_type.get_mut(number_type).map_or((), less),
            LimitScope::Holder { holder } => held.by_holder.get_mut(holder).map_or((), less),
        }
        let is_counted = match among {
            LimitScope::Total | LimitScope::Country { .. } | LimitScope::NumberType { .. } => true,
            LimitScope::Holder { holder } => !self.standing.terms.uncounted_holders.contains(holder),
        };
        if is_counted {
            held.total = held.total.saturating_sub(count.saturating_sub(self.released));
            self.released = self.released.max(count);
        }
        let released = Move { at: self.now, kind: MoveKind::Release, spent: None };
        // Only the churn guard reads releases. It has allowed these, so they are few.
        if self.shop.policy().churn.is_some() {
            let counted = usize::try_from(count).unwrap_or(usize::MAX);
            self.standing.recent.extend(core::iter::repeat_n(released, counted));
        }
    }

    /// Replaces the number by one that a search found.
    fn choose(&mut self, number: E164) {
        let found = |search: &Search| -> Option<(OfferedNumber, Timestamp, Timestamp)> {
            let is_current = search.counts().contains(self.now);
            let offer = search.numbers.iter().filter(|_| is_current).find(|offer| offer.number == number)?;
            Some((offer.clone(), search.seen_at, search.expires_at))
        };
        if let Some((offer, seen_at, expires_at)) = self.offers.searches.iter().find_map(found) {
            let selector = Selector::Exact { number };
            self.offers.searches.push(Search { selector, seen_at, expires_at, numbers: vec![offer] });
        }
        self.request.number = Some(String::from(number));
        self.request.inventory_id = None;
        self.request.area_code = None;
        self.request.pattern = None;
        self.request.country = None;
        self.request.number_type = None;
    }

    /// Moves the clock, and repeats the searches that have expired.
    fn wait(&mut self, at: Timestamp) {
        self.now = self.now.max(at);
        for search in self.offers.searches.iter_mut().filter(|search| search.counts().is_over(at)) {
            let lifetime = search.expires_at.as_millis().saturating_sub(search.seen_at.as_millis());
            search.seen_at = at;
            search.expires_at = at.plus_millis(lifetime);
        }
    }

    fn add(&mut self, money: Money) -> Option<()> {
        let same = self.standing.balances.iter_mut().find(|balance| balance.currency() == money.currency());
        match same {
            Some(balance) => *balance = balance.checked_add(money).ok()?,
            None => self.standing.balances.push(money),
        }
        Some(())
    }
}

/// Whether this role may submit the documents, or others submit for it.
fn may_have_submitted(shop: &Shop, role: Role) -> bool {
    let policy = shop.policy();
    policy.kyc.as_ref().is_none_or(|rules| rules.may_have_submitted(role, &policy.buyers))
}
