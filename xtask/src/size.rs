//! `cargo xtask size`: what a page downloads with each entry point of the npm package.

use crate::shell::{program, run};
use crate::{Result, prerequisite, repository, wasm};

/// Node.js brings both compressors, so no crate has to.
const MEASURE: &str = include_str!("size.js");

pub(crate) fn size() -> Result {
    prerequisite::node()?;
    wasm::package()?;
    let package = repository::package();
    run(program("node").args(["--input-type=module", "--eval", MEASURE]).arg(package))
}
