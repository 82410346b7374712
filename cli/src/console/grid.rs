//! A grid of requests: what two policies speak of, each at its edges, one, two and three things at a time away from a
//! customer whom nothing stands in the way of.

mod edges;
mod facts;
mod numbers;
mod pace;

use std::rc::Rc;

use ringup_core::shop::Capabilities;
use ringup_core::{NumberType, Offers, PurchaseRequest, Shop, Standing, Timestamp};
use serde::Serialize;

/// The most requests that three things at a time are made of, for each group of things.
const THREES_MAX: usize = 1500;

/// One request, and everything that it is judged on.
#[derive(Clone, Debug, Serialize)]
pub struct Sample {
    /// What is not as in the first case.
    varied: Vec<String>,
    /// How the customer stands.
    pub standing: Standing,
    /// What is asked for.
    pub request: PurchaseRequest,
    /// What searches have found.
    pub offers: Offers,
    /// When.
    pub now: Timestamp,
    /// The number that a search finds where one is needed.
    #[serde(skip)]
    found: Found,
}

/// A number that a search finds.
#[derive(Clone, Debug)]
struct Found {
    number: String,
    number_type: Option<NumberType>,
    capabilities: Capabilities,
}

/// One value of a dimension: what it is called, and what it makes of a case.
struct Setting {
    label: String,
    apply: Box<dyn Fn(&mut Sample)>,
}

impl Setting {
    fn new(label: impl Into<String>, apply: impl Fn(&mut Sample) + 'static) -> Self {
        Self { label: label.into(), apply: Box::new(apply) }
    }
}

/// What can be otherwise about a request. Later ones look at what earlier ones have set.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Dimension {
    Instant,
    Number,
    Plan,
    Billing,
    Holder,
    Held,
    LastPurchase,
    Confirmation,
    Verification,
    Role,
    Key,
    Balance,
    Selector,
    OwnPrice,
    Currency,
    BillingDay,
    Moves,
    Seen,
}

impl Dimension {
    /// Whether some rule may ask for both. Of what is long and looked at by few rules, only pairs that those ask for.
    fn meets(self, other: Self) -> bool {
        use Dimension::{
            Confirmation, Holder, Instant, Key, LastPurchase, Moves, Number, OwnPrice, Plan, Seen, Selector,
        };
        let few: [(Self, &[Self]); 4] = [
            (Moves, &[Instant, Number, Plan, Selector, OwnPrice]),
            (LastPurchase, &[Plan, Confirmation, Holder]),
            (Seen, &[Number, Selector, OwnPrice]),
            (Key, &[Selector]),
        ];
        let asked = |one: Self, other: Self| {
            few.iter().find(|(few, _)| *few == one).is_none_or(|(_, all)| all.contains(&other))
        };
        asked(self, other) && asked(other, self)
    }
}

/// The dimensions that a rule may ask three of at once.
const GROUPS: [&[Dimension]; 5] = {
    use Dimension::{
        Balance, Billing, BillingDay, Currency, Held, Instant, Moves, Number, OwnPrice, Plan, Role, Selector,
        Verification,
    };
    [
        &[Number, Verification, Role, Billing, Balance],
        &[Number, Plan, Held, Moves],
        &[Number, Selector, OwnPrice, Currency, BillingDay],
        &[Instant, Number, Plan, Held, OwnPrice, BillingDay],
        // By itself as well: what is prorated under an entry that is in effect for a while.
        &[Instant, Number, BillingDay],
    ]
};

/// The dimensions, each with its usual value first.
pub(super) struct Grid {
    first: Sample,
    dimensions: Vec<(Dimension, Vec<Setting>)>,
}

impl Grid {
    /// What these two policies speak of.
    pub(super) fn of(before: &Shop, after: &Shop, now: Timestamp) -> Self {
        use Dimension as D;
        let shops = [before, after];
        let shared = [Rc::new(before.clone()), Rc::new(after.clone())];
        let first = Sample {
            varied: Vec::new(),
            standing: facts::standing(),
            request: PurchaseRequest { holder: Some(facts::HOLDER.into()), ..PurchaseRequest::default() },
            offers: Offers::default(),
            now,
            found: numbers::usual(),
        };
        let dimensions = vec![
            (D::Instant, edges::instants(&shops, now)),
            (D::Number, numbers::numbers(&shops)),
            (D::Plan, facts::plans(&shops)),
            (D::Billing, facts::billings()),
            (D::Holder, facts::holders()),
            (D::Held, edges::held(&shops)),
            (D::LastPurchase, pace::last_purchases(&shops)),
            (D::Confirmation, facts::confirmations()),
            (D::Verification, facts::verifications()),
            (D::Role, facts::roles()),
            (D::Key, edges::keys(&shops)),
            (D::Balance, facts::balances(&shops)),
            (D::Selector, numbers::selectors(&shops)),
            (D::OwnPrice, numbers::own_prices(&shops)),
            (D::Currency, facts::currencies(&shops)),
            (D::BillingDay, edges::billing_days(&shops)),
            (D::Moves, pace::moves(&shops, &shared)),
            (D::Seen, facts::seen(&shared)),
        ];
        Self { first, dimensions }
    }

    /// The usual case, then all with one thing changed, then all with two, then those with three of which a rule may ask.
    pub(super) fn cases(&self) -> impl Iterator<Item = Sample> {
        let all: Vec<usize> = (0..self.dimensions.len()).collect();
        let two = self.pairs(&all);
        let one = self.places(&all).into_iter().map(|place| vec![place]);
        let three = GROUPS.iter().flat_map(move |group| {
            let inside: Vec<usize> = (all.iter().copied())
                .filter(|at| self.dimensions.get(*at).is_some_and(|(dimension, _)| group.contains(dimension)))
                .collect();
            let places = self.places(&inside);
            let pairs = self.pairs(&inside);
            let threes = pairs.into_iter().flat_map(move |pair| {
                let last = pair.iter().map(|(dimension, _)| *dimension).max().unwrap_or_default();
                let further = places.iter().filter(|place| last < place.0);
                further.map(|place| pair.iter().copied().chain([*place]).collect()).collect::<Vec<Vec<_>>>()
            });
            threes.take(THREES_MAX)
        });
        core::iter::once(Vec::new()).chain(one).chain(two).chain(three).map(|changed| self.case(&changed))
    }

    /// The values of these dimensions that are not the usual ones.
    fn places(&self, dimensions: &[usize]) -> Vec<(usize, usize)> {
        let values = |dimension: &usize| {
            let dimension = *dimension;
            let count = self.dimensions.get(dimension).map_or(0, |(_, settings)| settings.len());
            (1..count).map(move |value| (dimension, value))
        };
        dimensions.iter().flat_map(values).collect()
    }

    fn pairs(&self, dimensions: &[usize]) -> Vec<Vec<(usize, usize)>> {
        let places = self.places(dimensions);
        let others = |one: &(usize, usize)| -> Vec<Vec<(usize, usize)>> {
            let after = places.iter().filter(|other| one.0 < other.0 && self.meet(one.0, other.0));
            after.map(|other| vec![*one, *other]).collect()
        };
        places.iter().flat_map(others).collect()
    }

    fn meet(&self, one: usize, other: usize) -> bool {
        let dimension = |at: usize| self.dimensions.get(at).map(|(dimension, _)| *dimension);
        dimension(one).zip(dimension(other)).is_some_and(|(one, other)| one.meets(other))
    }

    fn case(&self, changed: &[(usize, usize)]) -> Sample {
        let mut case = self.first.clone();
        for (dimension, (_, settings)) in self.dimensions.iter().enumerate() {
            let value = changed.iter().find(|(place, _)| *place == dimension).map(|(_, value)| *value);
            let Some(setting) = settings.get(value.unwrap_or(0)) else { continue };
            (setting.apply)(&mut case);
            if value.is_some() {
                case.varied.push(setting.label.clone());
            }
        }
        case
    }
}

impl Sample {
    /// What is not as usual.
    pub(super) fn varied(&self) -> String {
        if self.varied.is_empty() { "nothing special".into() } else { self.varied.join(", ") }
    }
}
