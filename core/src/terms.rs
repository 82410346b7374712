//! The terms: what numbers cost, what plans entitle to, and how a purchase is paid and fulfilled, as data.

pub(crate) mod capabilities;
pub(crate) mod country;
pub(crate) mod fulfilment;
pub(crate) mod key_http;
pub(crate) mod kyc;
pub(crate) mod limits;
pub(crate) mod number_type;
pub(crate) mod payment;
pub(crate) mod plan;
pub(crate) mod rate_card;
pub(crate) mod release;
pub(crate) mod renewals;
pub(crate) mod selector_kind;
pub(crate) mod transfers;
pub(crate) mod version;
