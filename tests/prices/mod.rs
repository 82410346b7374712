//! The price: does each rule of a rate card give what a person works out by hand, and all of them together what exact
//! fractions give?
//!
//! `fees.rs`, `discounts.rs`, `minimum.rs`, `taxes.rs`, `amounts.rs` and `periods.rs` are tables with the working beside each row.
//! `oracle.rs` makes a whole price again, from the card's JSON, in exact rationals and with jiff's calendar; it shares no code
//! with the core. `random.rs` compares the two for cards that nobody thought of, and follows each price through a purchase
//! into the books. `slices.rs` cuts periods at every day:
//! `RINGUP_EXHAUSTIVE=1 cargo test --release -p ringup-tests-rules prices::slices` does so for every amount up to 10,000.

mod amounts;
mod books;
mod currencies;
mod differences;
mod discounts;
mod document;
mod fees;
mod minimum;
mod mistakes;
mod oracle;
mod periods;
mod random;
pub(crate) mod scene;
mod slices;
mod taxes;
pub(crate) mod zones;
