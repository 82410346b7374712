//! Input: everything that the gates look at, read once, and what is known of the wanted number.

use alloc::{boxed::Box, vec::Vec};

use super::already_held::Held;
use super::idempotency::Earlier;
use super::{Fact, Gate, kyc, stock::Mismatch};
use crate::account::standing::Standing;
use crate::base::billing_kind::BillingKind;
use crate::base::calendar::{CalendarPeriod, period};
use crate::base::id::PlanId;
use crate::base::money::{Currency, Money};
use crate::base::time_zone::BeyondTable;
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::gates::policy::Policy;
use crate::market::offers::{OfferedNumber, Offers, Search};
use crate::market::request::{ParsedRequest, SelectorProblem, UnreadField};
use crate::market::selector::Selector;
use crate::price::pricing::{self, NoPrice, PriceContext, Pricing};
use crate::terms::kyc::HolderKind;
use crate::terms::number_type::NumberType;
use crate::terms::payment::{PaymentMethod, PaymentRule};
use crate::terms::plan::Plan;
use crate::terms::rate_card::{RateCard, RateQuery};
use ringup_numbering::{Country, E164};

/// The part of a shop that the gates look at.
#[derive(Clone, Copy)]
pub(crate) struct Rules<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) card: &'a RateCard,
    pub(crate) plans: &'a [Plan],
}

/// Everything that the gates look at, read once.
#[derive(Clone)]
pub(crate) struct Input<'a> {
    pub(super) policy: &'a Policy,
    pub(super) card: &'a RateCard,
    pub(super) plans: &'a [Plan],
    pub(super) standing: &'a Standing,
    pub(super) offers: &'a Offers,
    pub(super) request: &'a ParsedRequest<'a>,
    pub(crate) now: Timestamp,
    /// What the account knows of earlier attempts. `None` in a quote, which has no account.
    pub(super) earlier: Option<Earlier<'a>>,
    /// The purchase of the account that has the number. Absent in a quote, which has no account.
    pub(super) held: Option<Held>,
    /// What a price depends on, besides the number.
    pub(super) price_context: PriceContext<'a>,
    pub(super) wanted: NumberLookup<'a>,
    /// The customer's plan, or a hypothetical one.
    pub(super) plan: Option<&'a Plan>,
    /// The payment rule that applies.
    pub(super) payment: Option<&'a PaymentRule>,
}

/// What is known of the wanted number.
#[derive(Clone)]
pub(super) enum NumberLookup<'a> {
    /// The request does not tell which number.
    Unclear(Unclear<'a>),
    /// The selector, and what was found for it.
    Known { selector: Selector, found: Found<'a> },
}

/// Why the request does not tell which number.
#[derive(Clone, Copy)]
pub(super) enum Unclear<'a> {
    /// A field cannot be parsed.
    Field(&'a UnreadField),
    /// The number needs a numbering plan to be read, and there is none.
    NoPlan,
    /// The fields make no selector.
    Selector(&'a SelectorProblem),
}

/// What was found for a selector.
#[derive(Clone)]
pub(super) enum Found<'a> {
    /// For sale at this price.
    Priced { pricing: Box<Pricing>, seen: Option<Seen<'a>> },
    /// No current search, and one is needed.
    Unseen,
    /// The time zone's table does not cover what the price needs.
    BeyondTable,
    /// The rate card has no rate for such a number.
    NotSold { country: Country, number_type: Option<NumberType> },
    /// The number cannot be bought.
    Unavailable(Unavailable),
}

/// An offer that a search found.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    pub(super) offer: &'a OfferedNumber,
    /// The window in which the search counts.
    pub(super) counts: Window,
}

/// Why a number cannot be bought.
#[derive(Clone)]
pub(super) enum Unavailable {
    /// The policy requires a search, and no current one found the number.
    NotSearched(E164),
    /// The request says something else about the number.
    Mismatched { number: E164, mismatches: Vec<Mismatch> },
    /// A search found no such number.
    Nothing,
    /// The number has no price in this currency.
    Currency { asked: Currency, offered: Vec<Currency> },
    /// The price in this currency exceeds the largest amount.
    TooLarge { country: Country, currency: Currency },
}

impl<'a> Input<'a> {
    pub(crate) fn new(
        rules: Rules<'a>,
        standing: &'a Standing,
        offers: &'a Offers,
        request: &'a ParsedRequest<'a>,
        now: Timestamp,
    ) -> Self {
        let plan = standing.terms.plan.as_ref();
        Self::of_plan(rules, standing, offers, (request, now), plan)
    }

    fn of_plan(
        rules: Rules<'a>,
        standing: &'a Standing,
        offers: &'a Offers,
        (request, now): (&'a ParsedRequest<'a>, Timestamp),
        plan: Option<&'a PlanId>,
    ) -> Self {
        let (holder, currency) = (request.holder.as_ref(), request.currency);
        let Rules { policy, card, plans } = rules;
        let (default_currency, clocks) = (policy.default_currency, policy.clocks());
        let (plan_id, plan) = (plan, plan.and_then(|id| Plan::find(plans, id)));
        let price_context = PriceContext {
            card,
            standing,
            plan_id,
            plan,
            holder,
            now,
            currency,
            default_currency,
            clocks,
            early_release: policy.release.early,
        };
        let wanted = match (&request.problem, &request.selector) {
            (Some(problem), _) => NumberLookup::Unclear(Unclear::Field(problem)),
            (None, _) if request.awaits_plan => NumberLookup::Unclear(Unclear::NoPlan),
            (None, Err(problem)) => NumberLookup::Unclear(Unclear::Selector(problem)),
            (None, Ok(selector)) => NumberLookup::Known {
                selector: selector.clone(),
                found: Found::find(&price_context, policy.search_required, offers, selector, request),
            },
        };
        let mut input = Self {
            policy,
            card,
            plans,
            standing,
            offers,
            request,
            now,
            earlier: None,
            held: None,
            price_context,
            wanted,
            plan,
            payment: None,
        };
        input.payment = input.payment_of(standing.terms.billing);
        input
    }

    /// The same input with what the account knows of earlier attempts.
    pub(crate) fn after(self, earlier: Earlier<'a>, held: Option<Held>) -> Self {
        Self { earlier: Some(earlier), held, ..self }
    }

    /// The same input as if the customer were on this plan.
    pub(super) fn on(&self, plan: &'a Plan) -> Self {
        let Self { policy, card, plans, .. } = *self;
        Self::of_plan(
            Rules { policy, card, plans },
            self.standing,
            self.offers,
            (self.request, self.now),
            Some(&plan.id),
        )
    }

    /// The payment rule for this kind of billing.
    pub(super) fn payment_of(&self, billing: BillingKind) -> Option<&'a PaymentRule> {
        let tier = self.pricing().map(|pricing| pricing.kyc_tier);
        self.policy.payment_rule(billing, self.standing.is_subscribed(), tier)
    }

    /// The amount due at another instant, if the number were still for sale.
    pub(super) fn due_at(&self, at: Timestamp) -> Option<Money> {
        let NumberLookup::Known { selector, found: Found::Priced { pricing, seen } } = &self.wanted else {
            return None;
        };
        let price_context = PriceContext { now: at, ..self.price_context };
        match seen {
            Some(seen) => pricing::due_now_of_offer(&price_context, seen.offer),
            None => {
                let any = RateQuery { number_type: pricing.number_type, ..any(selector, pricing.country, at) };
                pricing::due_now_of_any(&price_context, &any)
            }
        }
        .ok()
    }

    /// Whether the amount due depends on the day.
    pub(super) fn is_prorated(&self) -> bool {
        self.card.proration.is_some() && self.standing.terms.billing_anchor.is_some()
    }

    /// The calendar period of the limits that contains an instant.
    pub(super) fn period(&self, kind: CalendarPeriod, at: Timestamp) -> Result<Window, BeyondTable> {
        period(kind, at, self.policy.clocks())
    }

    /// The fact that the time zone's table lacks.
    pub(super) fn beyond_table(&self, BeyondTable: BeyondTable) -> Fact {
        // Only a zone has a table.
        self.policy.clocks().zone().map_or(Fact::earlier(Gate::Stock), |zone| Fact::TimeZone {
            zone: zone.name.clone(),
            known_from: zone.known_from,
            known_until: zone.known_until,
        })
    }

    /// The selector, if every field can be parsed and the policy offers it.
    pub(crate) const fn selector(&self) -> Option<&Selector> {
        match &self.wanted {
            NumberLookup::Known { selector, .. } => Some(selector),
            NumberLookup::Unclear(_) => None,
        }
    }

    /// What the customer is, for a regulator.
    pub(crate) const fn holder_kind(&self) -> HolderKind {
        self.standing.terms.holder_kind
    }

    /// The price of the number, if it is known.
    pub(crate) const fn pricing(&self) -> Option<&Pricing> {
        match &self.wanted {
            NumberLookup::Known { found: Found::Priced { pricing, .. }, .. } => Some(pricing),
            NumberLookup::Unclear(_) | NumberLookup::Known { .. } => None,
        }
    }

    /// The offer, if a search found it.
    pub(super) const fn seen(&self) -> Option<Seen<'a>> {
        match &self.wanted {
            NumberLookup::Known { found: Found::Priced { seen, .. }, .. } => *seen,
            NumberLookup::Unclear(_) | NumberLookup::Known { .. } => None,
        }
    }

    /// The price, or the fact that a gate which needs it waits for.
    pub(super) fn priced(&self) -> Result<&Pricing, Fact> {
        match &self.wanted {
            NumberLookup::Unclear(Unclear::Field(_)) => Err(Fact::earlier(Gate::Request)),
            NumberLookup::Unclear(Unclear::NoPlan) => Err(Fact::NumberingPlan),
            NumberLookup::Unclear(Unclear::Selector(_)) => Err(Fact::earlier(Gate::Selector)),
            NumberLookup::Known { selector, found } => match found {
                Found::Priced { pricing, .. } => Ok(pricing),
                Found::Unseen => Err(Fact::Search { selector: selector.clone() }),
                Found::BeyondTable => Err(self.beyond_table(BeyondTable)),
                Found::NotSold { .. } => Err(Fact::earlier(Gate::Country)),
                Found::Unavailable(_) => Err(Fact::earlier(Gate::Stock)),
            },
        }
    }

    /// The selector, if no search was made and the payment would be by checkout. A checkout charges before it reserves,
    /// so its stock is checked first; other methods check it by the reservation.
    pub(super) fn needs_search_before_checkout(&self) -> Option<&Selector> {
        let is_checkout = self.payment_method() == Some(PaymentMethod::Checkout);
        self.selector().filter(|selector| is_checkout && self.offers.find(selector, self.now).is_none())
    }

    /// The payment method that would pay.
    pub(crate) fn payment_method(&self) -> Option<PaymentMethod> {
        self.payment.map(|rule| rule.method)
    }

    /// The expiry of a quote made now: the rate card's lifetime, or sooner with the offer, the price or the approval that
    /// the number needs.
    pub(crate) fn expires_at(&self) -> Timestamp {
        let term = self.now.plus_seconds(self.card.quote_lifetime_s);
        let term = kyc::approved_until(self).map_or(term, |until| term.min(until));
        let seen_until = self.seen().map_or(term, |seen| seen.counts.ends());
        self.pricing().map_or(term, |pricing| term.min(seen_until).min(pricing.holds_until(&self.price_context)))
    }
}

impl<'a> Found<'a> {
    fn find(
        price_context: &PriceContext<'_>,
        search_required: bool,
        offers: &'a Offers,
        selector: &Selector,
        request: &ParsedRequest<'_>,
    ) -> Self {
        let now = price_context.now;
        if let Selector::Any { country, .. } = selector {
            // The reservation checks the stock. A search that found nothing already tells.
            let nothing = |pricing: &Pricing| {
                let is_meant = |offer: &OfferedNumber| {
                    selector.fits(offer) && pricing.basis.costs_the_same(price_context.card, offer, now)
                };
                offers.find(selector, now).is_some_and(|search| !search.numbers.iter().any(is_meant))
            };
            return match pricing::of_any(price_context, &any(selector, *country, now)) {
                Ok(pricing) if nothing(&pricing) => Self::Unavailable(Unavailable::Nothing),
                Ok(pricing) => Self::Priced { pricing: Box::new(pricing), seen: None },
                // A country that is not sold has no stock; its own gate refuses.
                Err(problem) => problem.into(),
            };
        }
        let found = match selector {
            Selector::Exact { number } if search_required => offers.find_number(*number, now),
            Selector::Exact { .. }
            | Selector::Inventory { .. }
            | Selector::Any { .. }
            | Selector::AreaCode { .. }
            | Selector::Pattern { .. } => offers.find(selector, now),
        };
        match (found, selector) {
            (Some(search), _) => Self::among(price_context, search, selector, request),
            (None, Selector::Exact { number }) if search_required => {
                Self::Unavailable(Unavailable::NotSearched(*number))
            }
            (None, _) => Self::Unseen,
        }
    }

    /// The wanted number in the result of a search.
    fn among(
        price_context: &PriceContext<'_>,
        search: &'a Search,
        selector: &Selector,
        request: &ParsedRequest<'_>,
    ) -> Self {
        let mut found = search.numbers.iter().filter(|offer| selector.fits(offer));
        let is_meant = |offer: &&OfferedNumber| mismatches(request, offer).is_empty();
        let Some(offer) = found.clone().find(is_meant) else {
            return Self::Unavailable(match found.next() {
                Some(offer) => Unavailable::Mismatched { number: offer.number, mismatches: mismatches(request, offer) },
                None => Unavailable::Nothing,
            });
        };
        match pricing::of_offer(price_context, offer) {
            Ok(pricing) => {
                let pricing = if selector.names_one() { pricing } else { pricing.of_whichever(price_context) };
                let seen = Some(Seen { offer, counts: search.counts() });
                Self::Priced { pricing: Box::new(pricing), seen }
            }
            Err(problem) => problem.into(),
        }
    }
}

impl From<NoPrice> for Found<'_> {
    fn from(problem: NoPrice) -> Self {
        match problem {
            NoPrice::NotSold { country, number_type } => Self::NotSold { country, number_type },
            NoPrice::Currency { asked, offered } => Self::Unavailable(Unavailable::Currency { asked, offered }),
            NoPrice::BeyondTable => Self::BeyondTable,
            NoPrice::TooLarge { country, currency } => Self::Unavailable(Unavailable::TooLarge { country, currency }),
        }
    }
}

/// What the rate card is asked about whichever number a selector finds.
pub(super) fn any(selector: &Selector, country: Country, at: Timestamp) -> RateQuery<'_> {
    let (number_type, capabilities, region) = (selector.number_type(), selector.capabilities(), selector.region());
    RateQuery { capabilities, region, ..RateQuery::of_country(country, number_type, at) }
}

/// The fields that contradict the number, in the order in which a client corrects them.
fn mismatches(request: &ParsedRequest<'_>, offer: &OfferedNumber) -> Vec<Mismatch> {
    let country = request.country.filter(|asked| *asked != offer.country);
    let number_type = request.number_type.filter(|asked| *asked != offer.number_type);
    let inventory_id = request.inventory_id.clone().filter(|asked| *asked != offer.inventory_id);
    let country = country.map(|asked| Mismatch::Country { asked, found: offer.country });
    let number_type = number_type.map(|asked| Mismatch::NumberType { asked, found: offer.number_type });
    let inventory_id = inventory_id.map(|asked| Mismatch::InventoryId { asked, found: offer.inventory_id.clone() });
    let missing = request.typed.capabilities.without(offer.capabilities);
    let capabilities = (!missing.is_empty()).then_some(Mismatch::Capabilities { missing, found: offer.capabilities });
    let region = request.region.clone().filter(|asked| !offer.is_of_region(asked));
    let region = region.map(|asked| Mismatch::Region { asked, found: offer.region.clone() });
    [country, number_type, capabilities, region, inventory_id].into_iter().flatten().collect()
}
