//! Tables: does each rule give the promised answer, in the promised order?
//!
//! Expected values are the rules of DESIGN.md and of the two sources, written out by hand.

mod arrangements;
mod boundaries;
mod exhaustive;
mod explain;
mod followed;
mod gates;
mod kit;
mod lifecycle;
mod limits;
mod loopholes;
mod precedence;
mod quotes;
mod reference;
mod sentences;
mod shop;
mod waits;
