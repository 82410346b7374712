//! Tests of decisions: tables of gates and rules, random customers, prices by an oracle, golden quotes.

mod advice;
mod api;
mod explain;
mod golden;
mod price;
mod table;
