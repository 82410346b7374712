//! Are customers told what happens: signed, in order, again until it is taken, and nobody else?

mod schedule;
