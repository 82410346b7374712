//! The end of the books: near the largest amount, what `decide` makes can always be applied.

use ringup_core::{Actor, Confirmation, Misuse, Money, Outcome, PurchaseError, RecordOutcome, TopUp};

use crate::kit::{Host, bazaar_request};
use crate::lifecycle::run;

/// The largest amount.
const MOST: i64 = (1 << 53) - 1;

#[test]
fn near_the_largest_amount_nothing_is_decided_that_cannot_be_applied() {
    let rupees = |minor_units| Money::new(minor_units, "INR".parse().unwrap()).unwrap();
    let (mut bought, mut full) = (0, 0);
    for wallet in [0, 1, 3, MOST / 2, MOST - 3, MOST - 1, MOST] {
        for added in [1, 2, 3, MOST / 2, MOST - 3, MOST - 1, MOST] {
            for (setup, month) in [(0, 1), (1, 1), (1, 0), (MOST / 2, MOST / 2), (MOST - 1, 1), (0, MOST)] {
                let mut host = Host::bazaar("1.00 INR");
                let opening = [rupees(wallet)];
                host.account = crate::kit::account(crate::kit::bazaar_customer(), &opening);
                let price = &mut host.offers.searches[0].numbers[0].prices[0];
                (price.setup_fee, price.monthly_fee) = (rupees(setup), rupees(month));
                // `tell` applies what is decided, and stops where it cannot.
                let top_up = TopUp { id: "t".parse().unwrap(), actor: Actor::default(), money: rupees(added) };
                match host.tell(&top_up) {
                    Ok(_) => {}
                    Err(Misuse::BooksFull { money }) => assert!(MOST - added < wallet, "{money} would fit"),
                    Err(other) => panic!("{other:?}"),
                }
                match host.buy("p", &bazaar_request()) {
                    Ok(_) => {
                        let offer = host.offers.searches[0].numbers[0].clone();
                        let outcome = Outcome::Confirmed { confirmation: Confirmation::Reserved { offer } };
                        host.tell(&RecordOutcome { effect: "p/reserve".parse().unwrap(), outcome }).unwrap();
                        run(&mut host, "order ok, release, release ok");
                        bought += 1;
                    }
                    Err(PurchaseError::Misuse(Misuse::BooksFull { .. })) => full += 1,
                    Err(PurchaseError::Refused(_)) => {}
                    Err(other) => panic!("{other:?}"),
                }
            }
        }
    }
    assert!(10 < bought && 10 < full, "{bought} bought, {full} full");
}
