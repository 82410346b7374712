//! `cargo xtask size`: what a page downloads with each entry point of the npm package, within its budget; and what the boundary
//! weighs in it.

use crate::shell::{program, run};
use crate::{Result, npm, prerequisite, repository, wasm};

/// Node.js brings both compressors, so no crate has to; the package's own tools bring a bundler.
const MEASURE: &str = include_str!("size.js");
const COMPARE: &str = include_str!("size-boundary.js");

pub(crate) fn size() -> Result {
    prerequisite::node()?;
    wasm::package()?;
    within_budget()
}

/// The sizes of the package that is built, none of them beyond its budget.
pub(crate) fn within_budget() -> Result {
    let (package, sources) = (repository::package(), repository::package_sources());
    npm::install(&sources)?;
    let budget = repository::root().join("xtask/src/size-budget.json");
    run(program("node").args(["--input-type=module", "--eval", MEASURE]).arg(package).arg(sources).arg(budget))
}

/// What reads and what writes JSON in the module, by difference: the module is built with and without each of them.
pub(crate) fn boundary() -> Result {
    prerequisite::node()?;
    let mut compare = program("node");
    compare.args(["--input-type=module", "--eval", COMPARE]);
    for module in wasm::with_and_without_the_boundary()? {
        compare.arg(module);
    }
    run(&mut compare)
}
