//! The case: everything that the gates look at, read once, and what is known of the wanted number.

use alloc::{boxed::Box, vec::Vec};

use super::{Fact, Gate, Judged, Mismatch};
use crate::price::{self, Asking, NoPrice, Pricing};
use crate::request::ParsedRequest;
use crate::shop::{BillingKind, PaymentMethod, PaymentRule, Plan, Shop};
use crate::{Country, E164, Money, NumberType, OfferedNumber, Offers, PlanId, Selector, Standing, Timestamp};

/// Everything that the gates look at, read once.
#[derive(Clone)]
pub(crate) struct Case<'a> {
    pub(crate) shop: &'a Shop,
    pub(super) standing: &'a Standing,
    pub(super) offers: &'a Offers,
    pub(super) request: &'a ParsedRequest<'a>,
    pub(crate) now: Timestamp,
    /// What prices are asked with.
    pub(super) asking: Asking<'a>,
    /// Which number is wanted, if every field could be read and the way of asking is known here.
    pub(crate) selector: Option<Selector>,
    pub(super) wanted: Wanted<'a>,
    /// The customer's plan, or the one that it is asked of how it would be.
    pub(super) plan: Option<&'a Plan>,
    /// Whether whoever asks wants to know what would open a blocked gate.
    pub(super) wants_fixes: bool,
    /// The rule by which the purchase would be paid.
    pub(crate) payment: Option<&'a PaymentRule>,
}

/// What is known of the wanted number.
#[derive(Clone)]
pub(super) enum Wanted<'a> {
    /// An earlier gate blocks, so that nothing is wanted yet.
    Unclear(Gate),
    /// Nobody has looked.
    Unseen(Selector),
    /// No search of the customer's own that still counts has returned it.
    NotSearched(E164),
    /// It is there, but is not what else the request says of it.
    Mismatched { selector: Selector, number: E164, mismatches: Vec<Mismatch> },
    /// Somebody has looked, and there is none.
    Nothing(Selector),
    /// There is no price for it.
    NoPrice(NoPrice),
    /// It is there, at this price.
    Priced { pricing: Box<Pricing>, seen: Option<(&'a OfferedNumber, Timestamp, Timestamp)> },
}

impl<'a> Case<'a> {
    pub(crate) fn new(
        shop: &'a Shop,
        standing: &'a Standing,
        offers: &'a Offers,
        request: &'a ParsedRequest<'a>,
        now: Timestamp,
    ) -> Self {
        let plan = standing.terms.plan.as_ref();
        Self::of_plan(shop, standing, offers, (request, now), plan)
    }

    fn of_plan(
        shop: &'a Shop,
        standing: &'a Standing,
        offers: &'a Offers,
        (request, now): (&'a ParsedRequest<'a>, Timestamp),
        plan: Option<&'a PlanId>,
    ) -> Self {
        let selector = request.selector.as_ref().ok().filter(|_| request.problem.is_none()).cloned();
        let (holder, currency) = (request.holder.as_ref(), request.currency);
        let asking = Asking { shop, standing, plan, holder, now, currency };
        let wanted = match &selector {
            None if request.problem.is_some() => Wanted::Unclear(Gate::Request),
            None => Wanted::Unclear(Gate::Selector),
            Some(selector) => Wanted::find(&asking, offers, selector, request),
        };
        let plan = plan.and_then(|id| shop.plan(id));
        let wants_fixes = true;
        let mut case =
            Self { shop, standing, offers, request, now, asking, selector, wanted, plan, wants_fixes, payment: None };
        case.payment = case.payment_of(standing.terms.billing);
        case
    }

    /// How it would be paid by that kind of billing.
    pub(super) fn payment_of(&self, billing: BillingKind) -> Option<&'a PaymentRule> {
        let tier = self.pricing().map(|pricing| pricing.kyc_tier);
        self.shop.policy().payment_rule(billing, self.standing.is_subscribed(), tier)
    }

    /// What would be due at another instant, if the number could still be had.
    pub(super) fn due_at(&self, at: Timestamp) -> Option<Money> {
        let Wanted::Priced { pricing, seen } = &self.wanted else { return None };
        let asking = Asking { now: at, ..self.asking };
        let pricing = match seen {
            Some((offer, _, _)) => price::of_offer(&asking, offer),
            None => price::of_country(&asking, pricing.country, pricing.number_type),
        };
        pricing.ok().map(|pricing| pricing.price.due_now)
    }

    /// Whether what is due depends on the day.
    pub(super) fn is_prorated(&self) -> bool {
        self.shop.rate_card().proration.is_some() && self.standing.terms.billing_anchor.is_some()
    }

    /// The same for whoever only wants a verdict.
    pub(crate) fn without_fixes(self) -> Self {
        Self { wants_fixes: false, ..self }
    }

    /// The same if the customer were on that plan, at the price of that plan, for whoever only wants a verdict.
    pub(super) fn on(&self, plan: &'a Plan) -> Self {
        Self::of_plan(self.shop, self.standing, self.offers, (self.request, self.now), Some(&plan.id)).without_fixes()
    }

    /// The price, if it is known.
    pub(crate) const fn pricing(&self) -> Option<&Pricing> {
        match &self.wanted {
            Wanted::Priced { pricing, .. } => Some(pricing),
            Wanted::Unclear(_)
            | Wanted::Unseen(_)
            | Wanted::NotSearched(_)
            | Wanted::Mismatched { .. }
            | Wanted::Nothing(_)
            | Wanted::NoPrice(_) => None,
        }
    }

    /// What is wanted, if nobody has looked for it and it would be paid at a checkout: nobody pays there for what is not there.
    /// With other ways to pay, the system looks when it reserves.
    pub(super) fn unseen_at_a_checkout(&self) -> Option<&Selector> {
        let is_checkout = self.payment_method() == Some(PaymentMethod::Checkout);
        self.selector.as_ref().filter(|selector| is_checkout && self.offers.find(selector, self.now).is_none())
    }

    /// The countries in which numbers of that type are sold now.
    pub(super) fn countries(&self, number_type: Option<NumberType>) -> impl Iterator<Item = Country> {
        let countries = self.shop.countries().into_iter();
        countries.filter(move |country| self.shop.rate_card().sells(*country, number_type, self.now))
    }

    /// How the purchase would be paid.
    pub(crate) fn payment_method(&self) -> Option<PaymentMethod> {
        self.payment.map(|rule| rule.method)
    }

    /// From when on a quote made now holds no more: the rate card's term, or the offer's or the
    /// price's own if that is sooner.
    pub(crate) fn expires_at(&self) -> Timestamp {
        let term = self.now.plus_seconds(self.shop.rate_card().quote_lifetime_s);
        match &self.wanted {
            Wanted::Priced { pricing, seen } => {
                let seen_until = seen.map_or(term, |(_, _, expires_at)| expires_at);
                term.min(seen_until).min(pricing.holds_until)
            }
            Wanted::Unclear(_)
            | Wanted::Unseen(_)
            | Wanted::NotSearched(_)
            | Wanted::Mismatched { .. }
            | Wanted::Nothing(_)
            | Wanted::NoPrice(_) => term,
        }
    }

    /// The price; or what a gate that needs one says without it.
    pub(super) fn priced(&self) -> Result<&Pricing, Judged> {
        match &self.wanted {
            Wanted::Priced { pricing, .. } => Ok(pricing),
            Wanted::Unclear(gate) => Err(Judged::Waiting(Fact::EarlierGate { gate: *gate })),
            Wanted::Unseen(selector) => Err(Judged::Waiting(Fact::Search { selector: selector.clone() })),
            Wanted::NoPrice(NoPrice::NotSold { .. }) => Err(Judged::Waiting(Fact::EarlierGate { gate: Gate::Country })),
            Wanted::NotSearched(_)
            | Wanted::Mismatched { .. }
            | Wanted::Nothing(_)
            | Wanted::NoPrice(NoPrice::Currency { .. } | NoPrice::TooLarge { .. }) => {
                Err(Judged::Waiting(Fact::EarlierGate { gate: Gate::Stock }))
            }
        }
    }
}

impl<'a> Wanted<'a> {
    fn find(asking: &Asking<'_>, offers: &'a Offers, selector: &Selector, request: &ParsedRequest<'_>) -> Self {
        let (shop, now) = (asking.shop, asking.now);
        if let Selector::Any { country, number_type } = selector {
            // The system looks when it reserves; where somebody has looked already and found nothing, it need not.
            let is_meant = |offer: &OfferedNumber| selector.fits(offer);
            let nothing = || offers.find(selector, now).is_some_and(|search| !search.numbers.iter().any(is_meant));
            return match price::of_country(asking, *country, *number_type) {
                Ok(_) if nothing() => Self::Nothing(selector.clone()),
                Ok(pricing) => Self::Priced { pricing: Box::new(pricing), seen: None },
                // A country that is not sold has nothing in stock, either: the earlier gate speaks.
                Err(problem) => Self::NoPrice(problem),
            };
        }
        let found = match selector {
            Selector::Exact { number } if shop.policy().search_required => offers.find_number(*number, now),
            Selector::Exact { .. }
            | Selector::Inventory { .. }
            | Selector::Any { .. }
            | Selector::AreaCode { .. }
            | Selector::Pattern { .. } => offers.find(selector, now),
        };
        let Some(search) = found else {
            return match selector {
                Selector::Exact { number } if shop.policy().search_required => Self::NotSearched(*number),
                Selector::Exact { .. }
                | Selector::Inventory { .. }
                | Selector::Any { .. }
                | Selector::AreaCode { .. }
                | Selector::Pattern { .. } => Self::Unseen(selector.clone()),
            };
        };
        let mut found = search.numbers.iter().filter(|offer| selector.fits(offer));
        let is_meant = |offer: &&OfferedNumber| request.mismatches(offer).is_empty();
        let Some(offer) = found.clone().find(is_meant) else {
            return match found.next() {
                Some(offer) => Self::Mismatched {
                    selector: selector.clone(),
                    number: offer.number,
                    mismatches: request.mismatches(offer),
                },
                None => Self::Nothing(selector.clone()),
            };
        };
        match price::of_offer(asking, offer) {
            Ok(pricing) => {
                let pricing = match selector {
                    Selector::Exact { .. } | Selector::Inventory { .. } => pricing,
                    Selector::Any { .. } | Selector::AreaCode { .. } | Selector::Pattern { .. } => {
                        pricing.of_whichever(asking)
                    }
                };
                let seen = Some((offer, search.seen_at, search.expires_at));
                Self::Priced { pricing: Box::new(pricing), seen }
            }
            Err(problem) => Self::NoPrice(problem),
        }
    }
}
