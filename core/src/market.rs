//! The market: what is for sale, what a request asks for, and what was seen of a price before.

pub(crate) mod field_problem;
pub(crate) mod offers;
pub(crate) mod price;
pub(crate) mod request;
pub(crate) mod seen;
pub(crate) mod selector;
