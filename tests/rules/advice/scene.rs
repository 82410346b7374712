//! A scene: a shop, a customer with numbers, and a request. Searches are made when a quote waits for one.

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use ringup_core::shop::{Churn, KycRules, KycSubject, Limits, ReleaseTime, SelectorKind, Velocity};
use ringup_core::{
    Fact, GateStatus, HolderId, InFlight, KycStatus, LimitScope, Move, MoveKind, NumberType, OfferedNumber, Offers,
    PurchaseId, PurchaseRequest, Quote, QuoteTerms, ReleasableNumber, Role, Search, Selector, Shop, ShopData, Standing,
    Timestamp, policies,
};
use serde_json::json;

use crate::api::quote;

pub(super) const NOW: Timestamp = Timestamp::from_millis(1_774_432_800_000);

/// How long an answer to a search counts, in seconds.
const SEARCH_S: u32 = 1800;

/// A number that is held.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) id: PurchaseId,
    pub(super) country: String,
    pub(super) number_type: NumberType,
    pub(super) holder: HolderId,
    pub(super) subscribed: bool,
    pub(super) leaving: bool,
    /// When it leaves, if it were released now or is leaving, where releases wait for the end of the month or of a cool-down.
    pub(super) leaves_at: Option<Timestamp>,
}

#[derive(Clone, Debug)]
pub(super) struct Scene {
    pub(super) shop: Shop,
    pub(super) standing: Standing,
    /// The numbers that are held.
    pub(super) held: Vec<Held>,
    /// The numbers that were released since.
    pub(super) released: Vec<Held>,
    /// What the customer would rather not release, and whether that could be kept so far.
    pub(super) spared: Option<LimitScope>,
    pub(super) has_spared: bool,
    /// Whether the last of the numbers that a fix names are released, not the first.
    pub(super) takes_last: bool,
    pub(super) stock: Vec<OfferedNumber>,
    pub(super) offers: Offers,
    pub(super) request: PurchaseRequest,
    pub(super) now: Timestamp,
}

impl Scene {
    /// What the core says, every search that it waits for being made.
    pub(super) fn quote(&self) -> Quote {
        let mut standing = self.standing.clone();
        self.count(&mut standing);
        self.quote_for(&standing).0
    }

    /// The same for another standing, and the searches that were made.
    pub(super) fn quote_for(&self, standing: &Standing) -> (Quote, Offers) {
        let mut offers = self.offers.clone();
        loop {
            let quote = quote(&self.shop, standing, &offers, &self.request, self.now);
            let waiting = quote.gates.iter().find_map(|report| match &report.status {
                GateStatus::Waiting { fact: Fact::Search { selector } } => Some(selector.clone()),
                _ => None,
            });
            let Some(selector) = waiting else { return (quote, offers) };
            offers.searches.push(self.search(selector));
        }
    }

    pub(super) fn search(&self, selector: Selector) -> Search {
        let numbers = self.stock.iter().filter(|offer| means(&selector, offer)).cloned().collect();
        Search { selector, seen_at: self.now, expires_at: self.now.plus_seconds(SEARCH_S), numbers }
    }

    /// A person does what only a person can.
    pub(super) fn correct(&mut self, remedy: &ringup_core::Remedy) {
        use ringup_core::Remedy;
        let offer = self.stock[0].clone();
        match remedy {
            Remedy::SearchFirst { number } => {
                let search = self.search(Selector::Exact { number: *number });
                self.offers.searches.push(search);
                if self.stock.iter().all(|offer| offer.number != *number) {
                    self.request.number = Some(offer.number.to_string());
                }
            }
            _ => {
                let holder = self.standing.holders.first().map(ToString::to_string);
                self.request = PurchaseRequest { holder, ..wish(&self.shop, &offer, 0) };
            }
        }
    }

    /// The counts of the numbers that are held.
    fn count(&self, standing: &mut Standing) {
        standing.held = ringup_core::HeldCounts::default();
        standing.releasable.clear();
        for Held { id, country, number_type, holder, subscribed, leaving, leaves_at } in &self.held {
            standing.held.subscribed += u32::from(*subscribed);
            let is_theirs = standing.actor.only_holder.as_ref().is_none_or(|only| only == holder);
            if *leaving || is_theirs {
                standing.releasable.push(ReleasableNumber {
                    purchase: id.clone(),
                    country: country.parse().unwrap(),
                    number_type: *number_type,
                    holder: Some(holder.clone()),
                    subscribed: *subscribed,
                    leaving: *leaving,
                    leaves_at: *leaves_at,
                    refused_until: None,
                    costs: None,
                });
            }
            standing.held.by_holder.change(holder.clone(), |held| *held += 1);
            if !standing.uncounted_holders.contains(holder) {
                standing.held.total += 1;
                standing.held.by_country.change(country.parse().unwrap(), |held| *held += 1);
                standing.held.by_type.change(*number_type, |held| *held += 1);
            }
        }
    }
}

fn means(selector: &Selector, offer: &OfferedNumber) -> bool {
    let number = offer.number.to_string();
    selector.number_type().is_none_or(|number_type| number_type == offer.number_type)
        && match selector {
            Selector::Any { country, .. } => offer.country == *country,
            Selector::Exact { number } => offer.number == *number,
            Selector::Inventory { inventory_id } => offer.inventory_id == *inventory_id,
            Selector::AreaCode { country, area_code, .. } => {
                offer.country == *country && number[2..].starts_with(area_code)
            }
            Selector::Pattern { country, .. } => offer.country == *country,
        }
}

/// A request for an offer, in one of the ways that the shop knows.
fn wish(shop: &Shop, offer: &OfferedNumber, way: usize) -> PurchaseRequest {
    let ways = &shop.policy().selectors;
    let number = offer.number.to_string();
    let country = Some(offer.country.to_string());
    let plain = PurchaseRequest::default();
    match ways[way % ways.len()] {
        SelectorKind::Any => PurchaseRequest { country, ..plain },
        SelectorKind::Exact => PurchaseRequest { number: Some(number), ..plain },
        SelectorKind::Inventory => PurchaseRequest { inventory_id: Some(offer.inventory_id.to_string()), ..plain },
        SelectorKind::AreaCode => PurchaseRequest { country, area_code: Some(number[2..5].into()), ..plain },
        SelectorKind::Pattern => PurchaseRequest { country, pattern: Some(format!("{}***", &number[..9])), ..plain },
    }
}

pub(super) fn scenes() -> impl Strategy<Value = Scene> {
    (shops(), customers(), requests()).prop_map(|(shop, customer, request)| scene(shop, customer, request))
}

/// What is drawn of a customer.
#[derive(Clone, Debug)]
struct Customer {
    plan: Option<usize>,
    billing: &'static str,
    card: bool,
    kyc: (KycStatus, KycStatus),
    role: Role,
    only_first_holder: bool,
    uncounted: bool,
    balance: i64,
    held: Vec<(usize, usize, usize, bool, Option<i64>)>,
    in_flight: Vec<(i64, Option<i64>)>,
    recent: Vec<(i64, bool, i64)>,
    last_ago_ms: Option<i64>,
}

fn customers() -> impl Strategy<Value = Customer> {
    let status = || {
        select(
            &[
                KycStatus::NotSubmitted,
                KycStatus::Initiated,
                KycStatus::Pending,
                KycStatus::Declined,
                KycStatus::Approved,
            ][..],
        )
    };
    let arranged = (
        of(0..5_usize),
        select(&["prepaid", "subscription", "usage"][..]),
        any::<bool>(),
        (status(), status()),
        select(&[Role::Owner, Role::Admin, Role::Member, Role::Viewer][..]),
        any::<bool>(),
        proptest::bool::weighted(0.2),
        prop_oneof![Just(0), Just(1_000_000), 0..20_000_i64],
    );
    let done = (
        vec((0..3_usize, 0..2_usize, 0..2_usize, any::<bool>(), of(1..90_000_000_i64)), 0..6),
        vec((0..90_000_000_i64, of(1..90_000_000_i64)), 0..3),
        vec((0..90_000_000_i64, any::<bool>(), 0..3_000_i64), 0..6),
        of(0..1_200_000_i64),
    );
    (arranged, done).prop_map(
        |((plan, billing, card, kyc, role, only, uncounted, balance), (held, flying, recent, last))| {
            let (only_first_holder, in_flight, last_ago_ms) = (only, flying, last);
            Customer {
                plan,
                billing,
                card,
                kyc,
                role,
                only_first_holder,
                uncounted,
                balance,
                held,
                in_flight,
                recent,
                last_ago_ms,
            }
        },
    )
}

/// What is drawn of a shop: one of those that come with the crate, with rules of others.
fn shops() -> impl Strategy<Value = Shop> {
    let small = || of(1..5_u32);
    let limits = || (small(), small(), small(), of(100..5_000_i64), small(), any::<bool>());
    let rules = (limits(), limits(), of((1..6_u32, select(&[60_u32, 3600, 86_400][..]))), of(0..4_u8), any::<bool>());
    (0..policies::ALL.len(), rules, any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(base, (of_all, of_plan, churn, tier, by_account), roles, releasers, velocity, searched)| {
            let mut data: ShopData = serde_json::from_str(policies::ALL[base].1).unwrap();
            let currency = data.policy.default_currency.to_string();
            data.policy.limits = Limits { numbers: of_all.0.map(|most| most + 3), ..limited(of_all, &currency) };
            for (index, plan) in data.plans.iter_mut().enumerate() {
                let more = |limit: Option<u32>| limit.map(|limit| limit + u32::try_from(index).unwrap());
                let (a, b, c, spend, day, month) = of_plan;
                plan.limits =
                    limited((more(a), more(b), more(c), spend.map(|most| most << index), more(day), month), &currency);
            }
            data.policy.churn = churn.map(|(moves_max, window_s)| Churn { moves_max, window_s });
            let subject = if by_account { KycSubject::Account } else { KycSubject::Country };
            let submitters = if roles { vec![Role::Admin, Role::Owner] } else { vec![] };
            data.policy.kyc = tier.map(|tier_min| KycRules { tier_min, subject, submitters, ..KycRules::default() });
            data.policy.buyers = if roles { vec![Role::Owner, Role::Member] } else { vec![] };
            data.policy.releasers = if releasers { vec![Role::Owner, Role::Member] } else { vec![] };
            data.policy.velocity = velocity.then_some(Velocity { window_s: 600 });
            data.policy.search_required &= searched;
            // A limit of each holder asks that there be one.
            let needs_holder = [&data.policy.limits]
                .into_iter()
                .chain(data.plans.iter().map(|plan| &plan.limits))
                .any(|limits| limits.each_holder.is_some());
            data.policy.holder_required |= needs_holder;
            Shop::new(data).unwrap()
        },
    )
}

type Drawn = (Option<u32>, Option<u32>, Option<u32>, Option<i64>, Option<u32>, bool);

fn limited((country, kind, holder, spend, day, month): Drawn, currency: &str) -> Limits {
    let period = if month { "month" } else { "day" };
    serde_json::from_value(json!({
        "each_country": country,
        "by_type": kind.map_or(json!({}), |most| json!({ "local": most })),
        "each_holder": holder,
        "spend": spend.map(|most| json!({ "amount": { "minor_units": most, "currency": currency }, "period": period })).into_iter().collect::<Vec<_>>(),
        "purchases_a_day": day,
    }))
    .unwrap()
}

/// What is drawn of a request.
#[derive(Clone, Debug)]
struct Wish {
    offer: usize,
    way: usize,
    holder: usize,
    confirm: bool,
    currency: Option<&'static str>,
    key: Option<String>,
    seen: Option<i64>,
    quote: Option<&'static str>,
    odd: Option<&'static str>,
    searched: bool,
}

fn requests() -> impl Strategy<Value = Wish> {
    let currency = select(&["USD", "INR", "EUR"][..]);
    let key = prop_oneof![Just("k".to_owned()), Just(String::new()), Just("x".repeat(300))];
    let odd = select(&["XK", "KP", "DE"][..]);
    let quote = select(&["unknown", "expired", "good", "for a moment"][..]);
    let rare = |chance| proptest::bool::weighted(chance);
    (
        0..3_usize,
        0..6_usize,
        0..3_usize,
        any::<bool>(),
        (rare(0.2), currency),
        of(key),
        (rare(0.2), 0..300_i64, rare(0.2), quote),
        (rare(0.15), odd),
        rare(0.7),
    )
        .prop_map(|(offer, way, holder, confirm, currency, key, seen, odd, searched)| Wish {
            offer,
            way,
            holder,
            confirm,
            currency: currency.0.then_some(currency.1),
            key,
            seen: seen.0.then_some(seen.1),
            quote: seen.2.then_some(seen.3),
            odd: odd.0.then_some(odd.1),
            searched,
        })
}

fn scene(shop: Shop, customer: Customer, wish_drawn: Wish) -> Scene {
    let currency = shop.policy().default_currency;
    let money = |minor_units: i64| ringup_core::Money::new(minor_units, currency).unwrap();
    let holders: Vec<HolderId> = ["h1", "h2"].map(|holder| holder.parse().unwrap()).into();
    let countries = ["US", "CA", "DE"];
    let kinds = [NumberType::Local, NumberType::Mobile];
    let stock = stock(&shop);
    let terms = serde_json::from_value(json!({
        "plan": customer.plan.and_then(|plan| shop.plans().get(plan)).map(|plan| plan.id.clone()),
        "billing": customer.billing,
        "payment_method_on_file": customer.card,
        "kyc": { "account": customer.kyc.0, "countries": { "US": customer.kyc.1, "DE": customer.kyc.0 } },
    }))
    .unwrap();
    let mut recent: Vec<Move> = customer
        .recent
        .iter()
        .map(|(ago, claim, spent)| Move {
            at: NOW.plus_millis(-ago),
            kind: if *claim { MoveKind::Claim } else { MoveKind::Release },
            spent: claim.then(|| money(*spent)),
        })
        .collect();
    recent.sort_by_key(|done| done.at);
    let in_flight = customer.in_flight.iter().map(|(ago, until)| InFlight {
        accepted_at: NOW.plus_millis(-ago),
        checkout_expires_at: until.map(|later| NOW.plus_millis(later)),
        country: Some("US".parse().unwrap()),
        number_type: Some(NumberType::Local),
        holder: Some(holders[0].clone()),
        due_now: Some(money(100)),
    });
    let actor = ringup_core::Actor {
        only_holder: (customer.only_first_holder && wish_drawn.holder == 1).then(|| holders[0].clone()),
        role: customer.role,
    };
    let standing = Standing {
        actor,
        holders: holders.to_vec(),
        uncounted_holders: if customer.uncounted { vec![holders[1].clone()] } else { vec![] },
        balances: vec![money(customer.balance)],
        in_flight: in_flight.collect(),
        recent,
        last_accepted_at: customer.last_ago_ms.map(|ago| NOW.plus_millis(-ago)),
        ..Standing::new(terms)
    };
    let release = &shop.policy().release;
    let leaves_at = |drawn: Option<i64>| match release.time {
        ReleaseTime::PeriodEnd => drawn.map(|later| NOW.plus_millis(later)),
        ReleaseTime::CoolDown => release.cool_down_s.map(|cool_down_s| NOW.plus_seconds(cool_down_s)),
        ReleaseTime::AtOnce | ReleaseTime::AtInstant => None,
    };
    let held = customer.held.iter().enumerate().map(|(index, (country, kind, holder, subscribed, later))| Held {
        id: format!("held{index}").parse().unwrap(),
        country: countries[*country].to_owned(),
        number_type: kinds[*kind],
        holder: holders[*holder].clone(),
        subscribed: *subscribed,
        leaving: leaves_at(*later).is_some() && later.is_some_and(|later| later % 3 == 0),
        leaves_at: leaves_at(*later),
    });
    let offer = &stock[wish_drawn.offer % stock.len()];
    let mut request = wish(&shop, offer, wish_drawn.way);
    request.holder = Some(["h1", "h2", "stranger"][wish_drawn.holder].into());
    request.confirm_additional = wish_drawn.confirm;
    request.currency = wish_drawn.currency.map(Into::into);
    request.idempotency_key = wish_drawn.key;
    request.price_seen =
        wish_drawn.seen.map(|seen| ringup_core::PriceSeen { due_now: Some(money(seen)), ..Default::default() });
    if let Some(odd) = wish_drawn.odd {
        request.country = Some(odd.into());
        // One number is of one type only; of a country's numbers, none might be.
        let names_one = request.number.is_some() || request.inventory_id.is_some();
        request.number_type = names_one.then(|| "mobile".into());
    }
    let held = held.collect();
    let mut scene = Scene {
        shop,
        standing,
        held,
        released: Vec::new(),
        spared: None,
        has_spared: true,
        takes_last: false,
        stock,
        offers: Offers::default(),
        request,
        now: NOW,
    };
    if wish_drawn.searched {
        let found = scene.search(Selector::Exact { number: scene.stock[0].number });
        scene.offers.searches.push(found);
    }
    if let Some(kind) = wish_drawn.quote {
        let quote = scene.quote();
        let mut seen = quote.seen();
        match kind {
            "unknown" => seen.terms = None,
            "expired" => seen.terms = Some(QuoteTerms { expires_at: NOW, ..quote.terms() }),
            "for a moment" => seen.terms = Some(QuoteTerms { expires_at: NOW.plus_millis(1), ..quote.terms() }),
            _ => {}
        }
        scene.request.quote_seen = Some(Box::new(seen));
    }
    scene
}

/// Three numbers, with prices of their own where the shop's rate card has none for them.
fn stock(shop: &Shop) -> Vec<OfferedNumber> {
    let currency = shop.policy().default_currency.to_string();
    let own = |fee: i64| json!([{ "setup_fee": { "minor_units": fee, "currency": currency }, "monthly_fee": { "minor_units": 100, "currency": currency } }]);
    let numbers = [("+14155550142", "US", "local"), ("+14165550143", "CA", "mobile"), ("+493012345678", "DE", "local")];
    let offers = numbers.iter().zip(0..).map(|((number, country, kind), index)| {
        let sold = shop.rate_card().rates.iter().any(|rate| rate.country.to_string() == *country);
        serde_json::from_value(json!({
            "number": number, "inventory_id": format!("i{index}"), "country": country, "number_type": kind,
            "capabilities": { "voice": true }, "prices": if sold { json!([]) } else { own(50 * index) },
        }))
        .unwrap()
    });
    offers.collect()
}
