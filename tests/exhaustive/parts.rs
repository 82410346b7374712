//! What is posted of a price: fees and taxes of every small size, with taxes on each part and on the total.

use alloc::{vec, vec::Vec};

use super::Check;
use super::money::is_split;
use crate::base::money::Money;
use crate::market::price::{ChargeKind, Price, PriceLine, PricePart};
use crate::price::parts::Parts;

fn usd(minor_units: i64) -> Money {
    Money::new(minor_units, "USD".parse().unwrap()).unwrap()
}

fn line(charge: ChargeKind, on: Option<PricePart>, amount: i64) -> Option<PriceLine> {
    (amount != 0).then(|| PriceLine { charge, label: None, on, amount: usd(amount) })
}

/// Fees, the taxes that each contains, and a tax in all of them and one on top.
#[derive(Clone, Copy, Debug)]
struct Amounts {
    setup: (i64, i64),
    recurring: (i64, i64),
    other: (i64, i64),
    in_all: i64,
    on_top: i64,
}

impl Amounts {
    fn price(&self) -> Price {
        let lines = [
            line(ChargeKind::SetupFee, None, self.setup.0),
            line(ChargeKind::FirstMonth, None, self.recurring.0),
            line(ChargeKind::OtherFee, None, self.other.0),
            line(ChargeKind::Tax, None, self.on_top),
        ];
        let contained = [
            line(ChargeKind::Tax, Some(PricePart::Setup), self.setup.1),
            line(ChargeKind::Tax, Some(PricePart::Recurring), self.recurring.1),
            line(ChargeKind::Tax, Some(PricePart::Other), self.other.1),
            line(ChargeKind::Tax, None, self.in_all),
        ];
        Price {
            lines: lines.into_iter().flatten().collect(),
            due_now: usd(self.setup.0 + self.recurring.0 + self.other.0 + self.on_top),
            taxes_included: contained.into_iter().flatten().collect(),
            first_period: None,
            introductory: vec![],
            monthly_fee: usd(self.recurring.0),
            yearly_fee: None,
            recurring_lines: vec![],
            recurring_taxes_included: vec![],
            minimum_commitment_months: 0,
            early_release: None,
            commitment_total: usd(0),
            exponent: 2,
        }
    }
}

/// Every fee up to the largest, and every tax in it up to half of it.
fn taxed(largest: i64) -> Vec<(i64, i64)> {
    (0..=largest).flat_map(|fee| (0..=fee / 2).map(move |tax| (fee, tax))).collect()
}

#[test]
fn posted() {
    let mut check = Check::new(
        "The parts of a price add up to the amount due, the taxes to their own part, and no part is negative.",
        "setup, recurring and other fee of 0 to 9 minor units, in each a tax up to half of it, in all together one up to half \
         of what is left, and one of 0 to 3 on top",
    );
    let fees = taxed(9);
    for setup in check.each(fees.iter().copied(), 3) {
        for recurring in check.each(fees.iter().copied(), 3) {
            for other in check.each(fees.iter().copied(), 3) {
                let weights = [setup.0 - setup.1, recurring.0, other.0 - other.1];
                for in_all in 0..=weights.iter().sum::<i64>() / 2 {
                    for on_top in 0..=3 {
                        let amounts = Amounts { setup, recurring, other, in_all, on_top };
                        posts(&amounts, weights);
                        check.cases += 1;
                    }
                }
            }
        }
    }
}

fn posts(amounts: &Amounts, weights: [i64; 3]) {
    let Amounts { setup, recurring, other, in_all, on_top } = *amounts;
    let price = amounts.price();
    assert!(Parts::add_up(&price), "{amounts:?}");
    let parts = Parts::of(&price);
    let [setup_fee, rent, other_fees, tax] =
        [parts.setup_fee, parts.rent, parts.other_fees, parts.tax].map(Money::minor_units);
    assert_eq!(setup_fee + rent + other_fees + tax, price.due_now.minor_units(), "{amounts:?}");
    assert_eq!(tax, setup.1 + recurring.1 + other.1 + in_all + on_top, "{amounts:?}");
    assert!([setup_fee, rent, other_fees, tax].iter().all(|part| 0 <= *part), "{amounts:?} {parts:?}");
    // The tax in all of them is taken from each in proportion.
    let of_all = [weights[0] - setup_fee, recurring.0 - recurring.1 - rent, weights[2] - other_fees];
    let weights = weights.map(|weight| u64::try_from(weight).unwrap());
    assert!(in_all == 0 || is_split(in_all, &weights, &of_all), "{amounts:?} {of_all:?}");
}
