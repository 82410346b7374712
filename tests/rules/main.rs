//! The core alone: does each rule give the promised answer, in the promised order?
//!
//! The tables' expected values are the rules of DESIGN.md, written out by hand for two invented shops (`shops/`): what a
//! vendor changes in its prices or windows changes nothing here. Prices and golden quotes need the core alone as well, so
//! they are built with these.

mod advice;
mod api;
mod arrangements;
mod books_end;
mod boundaries;
mod evidence;
mod examples;
mod exhaustive;
mod existence;
mod explain;
mod explained;

mod gates;
mod held;
mod keys;
mod kit;
mod kyc;
mod late_host;
mod lifecycle;
mod limits;
mod loopholes;
mod narrowed;
mod parts;
mod payments;
mod precedence;
mod quotes;
mod reader;
mod reference;
mod releases;
mod renewals;
mod reserved;
mod review;
mod roles;
mod sentences;
mod shop;
mod transfers;
mod waits;
mod writer;
mod zones;

#[path = "../golden/mod.rs"]
mod golden;
#[path = "../prices/mod.rs"]
mod prices;
