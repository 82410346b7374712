//! Shared parts of the dialects.

pub mod auth;
pub mod blocks;
pub mod exact;
pub mod form;
pub mod ids;
pub mod json;
pub mod keys;
pub(crate) mod multipart;
pub mod paging;
pub mod routes;
pub mod uuid;
