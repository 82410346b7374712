//! `cargo xtask size`: what a page downloads with each entry point of the npm package.

use crate::shell::{program, run};
use crate::{Result, npm, prerequisite, repository, wasm};

/// Node.js brings both compressors, so no crate has to; the package's own tools bring a bundler.
const MEASURE: &str = include_str!("size.js");

pub(crate) fn size() -> Result {
    prerequisite::node()?;
    wasm::package()?;
    let (package, sources) = (repository::package(), repository::package_sources());
    npm::install(&sources)?;
    run(program("node").args(["--input-type=module", "--eval", MEASURE]).arg(package).arg(sources))
}
