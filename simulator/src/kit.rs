//! What dialects are made of: whatever two of them need, each once.

pub(crate) mod auth;
pub(crate) mod blocks;
pub(crate) mod ids;
pub(crate) mod json;
pub(crate) mod paging;
pub(crate) mod routes;
pub(crate) mod uuid;
