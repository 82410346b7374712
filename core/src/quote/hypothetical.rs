//! Hypothetical: a request in the situation after some fixes, so that a fix is tried before it is advised.

use alloc::{borrow::Cow, string::String, vec, vec::Vec};

use crate::account::standing::{Move, MoveKind, Standing};
use crate::base::id::PurchaseId;
use crate::base::kyc::{KycStatus, KycSubject};
use crate::base::money::Money;
use crate::base::role::Role;
use crate::base::timestamp::Timestamp;
use crate::gates::limits::LimitScope;
use crate::gates::{Breadth, Fact, Gate, Input, Rejection, Remedy, Verdict, alternatives, fixes, judge};
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
    pub(super) standing: Cow<'a, Standing>,
    pub(super) offers: Cow<'a, Offers>,
    pub(super) request: Cow<'a, PurchaseRequest>,
    pub(super) now: Timestamp,
    /// The least count of released numbers. One number may count for several fixes: a US number is also one of all
    /// numbers, so for both this is 1, not 2.
    pub(super) released: u32,
    /// Whether the numbers that are released, and of which nothing is known, are those that a subscription pays for.
    pub(super) loses_subscription: bool,
    /// The gates that are not looked at: a person must clarify something, or nothing opens them.
    pub(super) set_aside: Vec<Gate>,
}

impl<'a> Hypothetical<'a> {
    /// The situation as it is.
    pub(super) const fn begin(
        shop: &'a Shop,
        numbering: &'a dyn NumberingPlan,
        standing: &'a Standing,
        offers: &'a Offers,
        request: &'a PurchaseRequest,
        now: Timestamp,
    ) -> Self {
        let (standing, offers, request) = (Cow::Borrowed(standing), Cow::Borrowed(offers), Cow::Borrowed(request));
        Self {
            shop,
            numbering,
            standing,
            offers,
            request,
            now,
            released: 0,
            loses_subscription: false,
            set_aside: Vec::new(),
        }
    }

    /// Asks something of the request as it is judged.
    fn judged<R>(&self, ask: impl FnOnce(&Input<'_>) -> R) -> R {
        let parsed = self.request.parse(self.shop.policy().reading(self.numbering));
        ask(&Input::new(self.shop.rules(), &self.standing, &self.offers, &parsed, self.now))
    }

    /// The first gate that refuses, and everything that may open it or help to.
    pub(super) fn first_blocked_with(&self, breadth: Breadth) -> Option<(Gate, Vec<Remedy>)> {
        self.judged(|input| {
            let (gate, rejection) = self.first_rejection(input)?;
            Some((gate, alternatives(gate, &rejection, input, breadth)))
        })
    }

    /// The first gate that refuses.
    pub(super) fn first_blocked(&self) -> Option<Gate> {
        self.judged(|input| self.first_rejection(input)).map(|(gate, _)| gate)
    }

    fn first_rejection(&self, input: &Input<'_>) -> Option<(Gate, Rejection)> {
        let looked_at = Gate::ALL.into_iter().filter(|gate| !self.set_aside.contains(gate));
        looked_at.into_iter().find_map(|gate| match judge(gate, input) {
            Verdict::Blocked { rejection } => Some((gate, rejection)),
            Verdict::Passed { .. } | Verdict::Waiting { .. } => None,
        })
    }

    /// Whether the gate refuses.
    pub(super) fn refuses(&self, gate: Gate) -> bool {
        !self.set_aside.contains(&gate) && self.judged(|input| matches!(judge(gate, input), Verdict::Blocked { .. }))
    }

    /// The gate's own fixes, if it refuses.
    pub(super) fn fixes_of(&self, gate: Gate) -> Option<Vec<Remedy>> {
        self.judged(|input| match judge(gate, input) {
            Verdict::Blocked { rejection } => Some(fixes(gate, &rejection, input)),
            Verdict::Passed { .. } | Verdict::Waiting { .. } => None,
        })
    }

    /// The search that a gate waits for.
    fn awaited_search(&self) -> Option<Selector> {
        self.judged(|input| {
            Gate::ALL.into_iter().find_map(|gate| match judge(gate, input) {
                Verdict::Waiting { fact: Fact::Search { selector } } => Some(selector),
                Verdict::Waiting { .. } | Verdict::Passed { .. } | Verdict::Blocked { .. } => None,
            })
        })
    }

    /// Whether a gate waits for a search that the request did not need at the beginning.
    pub(super) fn needs_search(&self, begin: &Self) -> bool {
        self.awaited_search().is_some_and(|selector| begin.awaited_search() != Some(selector))
    }

    /// The situation after a fix for a gate. `None` if it changes nothing. Of several choices the first is taken.
    pub(super) fn after(mut self, gate: Gate, fix: &Remedy) -> Option<Self> {
        if fix.is_for_a_person() {
            self.set_aside.push(gate);
            return Some(self);
        }
        match fix {
            Remedy::CorrectField { .. } | Remedy::ChooseSelector { .. } | Remedy::SearchFirst { .. } => {}
            Remedy::SubmitKyc { .. } if !may_have_submitted(self.shop, self.standing.actor.role) => return None,
            Remedy::UseFreshKey { .. } => self.request.to_mut().idempotency_key = Some("k".into()),
            Remedy::ChooseHolder { holders, .. } => {
                self.request.to_mut().holder = Some(String::from(holders.first()?.as_str()));
            }
            Remedy::AskRole { roles, .. } => self.standing.to_mut().actor.role = *roles.first()?,
            Remedy::MoveToPlan { plan, .. } => self.standing.to_mut().terms.plan = Some(plan.clone()),
            Remedy::ReleaseNumbers { .. } if !self.shop.policy().may_release(self.standing.actor.role) => return None,
            Remedy::ReleaseNumbers { count, among, numbers } if numbers.is_empty() => self.release_any(*count, among),
            Remedy::ReleaseNumbers { count, numbers, .. } => {
                let count = usize::try_from(*count).unwrap_or(usize::MAX);
                numbers.iter().take(count).try_for_each(|number| self.release(number))?;
            }
            Remedy::ChooseCountry { countries, .. } => {
                let request = self.request.to_mut();
                request.country = Some(String::from(*countries.first()?));
                request.region = None;
            }
            Remedy::ChooseNumberType { number_types, .. } => {
                self.request.to_mut().number_type = Some(number_types.first()?.name().into());
            }
            Remedy::ChooseNumber { numbers, .. } => self.choose(*numbers.first()?),
            Remedy::ChooseCurrency { currencies } => {
                self.request.to_mut().currency = Some(String::from(*currencies.first()?));
            }
            Remedy::MoveToBilling { billing } => self.standing.to_mut().terms.billing = *billing,
            Remedy::SubmitKyc { country, subject, .. } | Remedy::AwaitKyc { country, subject } => {
                let kyc = &mut self.standing.to_mut().terms.kyc;
                match subject {
                    KycSubject::Account => kyc.account = KycStatus::Approved,
                    KycSubject::Country => drop(kyc.countries.insert(*country, KycStatus::Approved)),
                }
            }
            Remedy::WaitUntil { at, .. } => self.wait(*at),
            Remedy::ConfirmAdditional => self.request.to_mut().confirm_additional = true,
            Remedy::AddPaymentMethod => self.standing.to_mut().terms.payment_method_on_file = true,
            Remedy::AddMoney { .. } if !self.shop.policy().may_top_up(self.standing.actor.role) => return None,
            Remedy::AddMoney { money } => self.add(*money)?,
            Remedy::AskForQuote { .. } => self.request.to_mut().quote_seen = None,
            Remedy::AcceptPrice { price, .. } => self.request.to_mut().price_seen = Some(*price),
        }
        Some(self)
    }

    /// Releases a listed number, at once or when it leaves.
    /// `None`: its commitment refuses it, or the wallet does not have what it costs.
    fn release(&mut self, purchase: &PurchaseId) -> Option<()> {
        let standing = self.standing.to_mut();
        let mut listed = standing.releasable.iter_mut();
        let Some(number) = listed.find(|number| number.purchase == *purchase) else { return Some(()) };
        if number.refused_until.is_some_and(|until| self.now < until) {
            return None;
        }
        if let Some(costs) = number.costs.take() {
            let mut balances = standing.balances.iter_mut();
            let balance = balances.find(|balance| balance.currency() == costs.currency())?;
            *balance = balance.checked_sub(costs).ok().filter(|left| 0 <= left.minor_units())?;
        }
        number.leaving = true;
        if number.leaves_at.is_none() || planted!("release_is_at_once") {
            self.depart(purchase, self.now);
        }
        Some(())
    }

    /// Takes a listed number out of the standing.
    fn depart(&mut self, purchase: &PurchaseId, at: Timestamp) {
        let standing = self.standing.to_mut();
        let Some(index) = standing.releasable.iter().position(|number| number.purchase == *purchase) else { return };
        let number = standing.releasable.remove(index);
        let less = |held: &mut u32| *held = held.saturating_sub(1);
        let is_counted = standing.is_counted(number.holder.as_ref());
        let held = &mut standing.held;
        if let Some(of_holder) = number.holder.as_ref().and_then(|holder| held.by_holder.get_mut(holder)) {
            less(of_holder);
        }
        if number.subscribed && !planted!("release_keeps_the_subscription") {
            less(&mut held.subscribed);
        }
        if is_counted {
            less(&mut held.total);
            if let Some(of_country) = held.by_country.get_mut(&number.country) {
                less(of_country);
            }
            if let Some(of_type) = held.by_type.get_mut(&number.number_type) {
                less(of_type);
            }
        }
        if self.shop.policy().churn.is_some() {
            standing.recent.push(Move { at, kind: MoveKind::Release, spent: None });
        }
    }

    /// Releases numbers of which nothing is known but the limit that counts them.
    fn release_any(&mut self, count: u32, among: &LimitScope) {
        let loses_subscription = self.loses_subscription;
        let standing = self.standing.to_mut();
        let subscribed = unlisted_subscribed(standing);
        let held = &mut standing.held;
        let less = |held: &mut u32| *held = held.saturating_sub(count);
        match among {
            LimitScope::Total => {}
            LimitScope::Country { country } => held.by_country.get_mut(country).map_or((), less),
            LimitScope::NumberType { number_type } => held.by_type.get_mut(number_type).map_or((), less),
            LimitScope::Holder { holder } => held.by_holder.get_mut(holder).map_or((), less),
        }
        if loses_subscription {
            held.subscribed = held.subscribed.saturating_sub(subscribed.min(count));
        }
        let is_counted = match among {
            LimitScope::Total | LimitScope::Country { .. } | LimitScope::NumberType { .. } => true,
            LimitScope::Holder { holder } => !standing.uncounted_holders.contains(holder),
        };
        if is_counted {
            held.total = held.total.saturating_sub(count.saturating_sub(self.released));
            self.released = self.released.max(count);
        }
        let released = Move { at: self.now, kind: MoveKind::Release, spent: None };
        // Only the churn guard reads releases. More than its limit count like its limit.
        if let Some(churn) = self.shop.policy().churn {
            let counted = usize::try_from(count.min(churn.moves_max)).unwrap_or(usize::MAX);
            standing.recent.extend(core::iter::repeat_n(released, counted));
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
            self.offers.to_mut().searches.push(Search { selector, seen_at, expires_at, numbers: vec![offer] });
        }
        let request = self.request.to_mut();
        request.number = Some(String::from(number));
        request.inventory_id = None;
        request.area_code = None;
        request.pattern = None;
        request.country = None;
        request.number_type = None;
    }

    /// Moves the clock, lets the numbers leave whose release is scheduled, and repeats the searches that have expired.
    fn wait(&mut self, at: Timestamp) {
        self.now = self.now.max(at);
        let leaving = self.standing.departures().filter(|(leaves_at, _)| *leaves_at <= at);
        let leaving: Vec<_> = leaving.map(|(leaves_at, number)| (leaves_at, number.purchase.clone())).collect();
        for (leaves_at, purchase) in leaving {
            self.depart(&purchase, leaves_at);
        }
        if !self.offers.searches.iter().any(|search| search.counts().is_over(at)) {
            return;
        }
        for search in self.offers.to_mut().searches.iter_mut().filter(|search| search.counts().is_over(at)) {
            let lifetime = search.expires_at.as_millis().saturating_sub(search.seen_at.as_millis());
            search.seen_at = at;
            search.expires_at = at.plus_millis(lifetime);
        }
    }

    fn add(&mut self, money: Money) -> Option<()> {
        let balances = &mut self.standing.to_mut().balances;
        match balances.iter_mut().find(|balance| balance.currency() == money.currency()) {
            Some(balance) => *balance = balance.checked_add(money).ok()?,
            None => balances.push(money),
        }
        Some(())
    }
}

/// How many of the numbers that are not listed a subscription pays for.
pub(super) fn unlisted_subscribed(standing: &Standing) -> u32 {
    let listed = standing.releasable.iter().filter(|number| number.subscribed).count();
    standing.held.subscribed.saturating_sub(u32::try_from(listed).unwrap_or(u32::MAX))
}

/// Whether this role may submit the documents, or others submit for it.
fn may_have_submitted(shop: &Shop, role: Role) -> bool {
    let policy = shop.policy();
    policy.kyc.as_ref().is_none_or(|rules| rules.may_have_submitted(role, &policy.buyers))
}
