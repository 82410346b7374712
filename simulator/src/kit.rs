//! Shared parts of the dialects.

pub mod auth;
pub mod blocks;
pub mod exact;
pub mod form;
pub mod ids;
pub mod json;
pub mod keys;
pub mod paging;
pub mod routes;
pub mod uuid;
