//! Documents: does each page name what exists, and all of it?

mod module;
mod packages;
mod paths;
mod sources;
mod words;
