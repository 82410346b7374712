//! What dialects are made of: whatever two of them need, each once.

pub mod auth;
pub mod blocks;
pub mod exact;
pub mod form;
pub mod ids;
pub mod json;
pub mod paging;
pub mod routes;
pub mod uuid;
