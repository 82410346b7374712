//! What dialects are made of: whatever two of them need, each once.

pub(crate) mod blocks;
pub(crate) mod json;
pub(crate) mod routes;
pub(crate) mod uuid;
