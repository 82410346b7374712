//! `cargo xtask bench`: how long a quote and a decision take, natively and in Node.js, measured in one go.

use crate::shell::{cargo, program, run};
use crate::{Result, prerequisite, repository, wasm};

/// What is measured in Node.js.
const MEASURE: &str = include_str!("bench.js");

pub(crate) fn bench() -> Result {
    prerequisite::node()?;
    wasm::package()?;
    run(cargo().args(["bench", "--quiet", "--package", "ringup-core", "--bench", "quote"]))?;
    run(program("node").args(["--input-type=module", "--eval", MEASURE]).arg(repository::package()))
}
