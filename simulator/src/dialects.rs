//! The list of dialects. A new one is a folder and its two lines here.

use ringup_core::Shop;

use crate::dialect::Dialect;

mod kros;
mod ringup;
mod sondos;
mod twilio;
mod vantax;
mod vobiz;
mod zernio;

/// All dialects.
pub static ALL: &[&Dialect] = &[
    // In the order of their seeds; our own, which has none, is the last.
    &zernio::DIALECT,
    &vobiz::DIALECT,
    &vantax::DIALECT,
    &kros::DIALECT,
    &sondos::DIALECT,
    &twilio::DIALECT,
    &ringup::DIALECT,
];

/// The dialect of this name.
#[must_use]
pub fn find(id: &str) -> Option<&'static Dialect> {
    ALL.iter().copied().find(|dialect| dialect.id() == id)
}

#[expect(clippy::expect_used, reason = "the text is compiled in, and a test opens every dialect's shop")]
fn open_shop(text: &str) -> Shop {
    Shop::new(serde_json::from_str(text).expect("the policy's JSON")).expect("a shop without mistakes")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_dialect_opens_its_shop_its_situations_and_its_scenarios() {
        for dialect in ALL {
            assert_eq!(dialect.shop().policy().id, dialect.id());
            let names: Vec<&str> = dialect.situations().iter().map(|situation| situation.name).collect();
            assert!(names.starts_with(&["new", "ready"]), "{names:?}");
            for name in names {
                let (fixed, fresh) =
                    (dialect.open(name, name).unwrap(), dialect.open(name, &format!("{name}-1")).unwrap());
                assert_ne!(fixed.credentials[0].lookup, fresh.credentials[0].lookup, "{name}");
            }
            assert!(dialect.open("nonsense", "nonsense").is_none());
            let scenarios = dialect.scenarios();
            let ids: BTreeSet<&str> = scenarios.iter().map(|scenario| scenario.id.as_str()).collect();
            assert_eq!(ids.len(), scenarios.len());
        }
    }

    #[test]
    fn the_stock_is_large_and_no_number_is_sold_by_two() {
        let mut all = BTreeSet::new();
        for dialect in ALL {
            let stock = dialect.stock();
            let names: BTreeSet<_> = stock.iter().map(|offer| &offer.inventory_id).collect();
            assert!(300 <= stock.len(), "{}: {}", dialect.id(), stock.len());
            assert_eq!(names.len(), stock.len(), "{}", dialect.id());
            assert!(stock.iter().all(|offer| all.insert(offer.number)), "{}", dialect.id());
            assert_eq!(stock, dialect.stock());
        }
    }
}
