//! A grid of requests: what two policies speak of, each at its edges, one thing and two things at a time away from a
//! customer whom nothing stands in the way of.

mod edges;
mod facts;

use ringup_core::{Offers, PurchaseRequest, Shop, Standing, Timestamp};
use serde::Serialize;

/// One request, and everything that it is judged on.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Case {
    /// What is not as in the first case.
    varied: Vec<String>,
    pub(super) standing: Standing,
    pub(super) request: PurchaseRequest,
    pub(super) offers: Offers,
    pub(super) now: Timestamp,
}

/// One value of a dimension: what it is called, and what it makes of a case.
pub(super) struct Setting {
    label: String,
    apply: Box<dyn Fn(&mut Case)>,
}

impl Setting {
    fn new(label: impl Into<String>, apply: impl Fn(&mut Case) + 'static) -> Self {
        Self { label: label.into(), apply: Box::new(apply) }
    }
}

/// The dimensions, each with its usual value first. Later ones may look at what earlier ones have set.
pub(super) struct Grid {
    first: Case,
    dimensions: Vec<Vec<Setting>>,
}

impl Grid {
    /// What these two policies speak of.
    pub(super) fn of(before: &Shop, after: &Shop, now: Timestamp) -> Self {
        let shops = [before, after];
        let first = Case {
            varied: Vec::new(),
            standing: facts::standing(),
            request: PurchaseRequest { holder: Some(facts::HOLDER.into()), ..PurchaseRequest::default() },
            offers: Offers::default(),
            now,
        };
        let dimensions = vec![
            edges::instants(&shops, now),
            facts::countries(&shops),
            facts::types(&shops),
            facts::plans(&shops),
            facts::billings(),
            facts::payment_methods(),
            facts::subscriptions(),
            edges::held(&shops),
            edges::last_purchases(&shops),
            facts::confirmations(),
            facts::verifications(),
            facts::roles(),
            edges::keys(&shops),
            facts::holders(),
            facts::balances(&shops),
            edges::moves(&shops),
            facts::selectors(&shops),
        ];
        Self { first, dimensions }
    }

    /// The usual case, then all with one thing changed, then all with two.
    pub(super) fn cases(&self) -> impl Iterator<Item = Case> {
        let places = || {
            self.dimensions
                .iter()
                .enumerate()
                .flat_map(|(dimension, settings)| (1..settings.len()).map(move |value| (dimension, value)))
        };
        let one = places().map(|place| self.case(&[place]));
        let two = places().flat_map(move |one| {
            places().filter(move |other| one.0 < other.0).map(move |other| self.case(&[one, other]))
        });
        core::iter::once(self.case(&[])).chain(one).chain(two)
    }

    fn case(&self, changed: &[(usize, usize)]) -> Case {
        let mut case = self.first.clone();
        for (dimension, settings) in self.dimensions.iter().enumerate() {
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

impl Case {
    /// What is not as usual.
    pub(super) fn varied(&self) -> String {
        if self.varied.is_empty() { "nothing special".into() } else { self.varied.join(", ") }
    }
}
