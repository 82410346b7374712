//! `cargo xtask bench`: how long a quote, a decision and a number take. Ratios to others are measured in one run.

use crate::shell::{cargo, program, run};
use crate::{Result, prerequisite, repository, wasm};

/// What is measured in Node.js.
const MEASURE: &str = include_str!("bench.js");

pub(crate) fn bench() -> Result {
    prerequisite::node()?;
    wasm::package()?;
    run(cargo().args(["bench", "--quiet", "--package", "ringup-core", "--bench", "quote"]))?;
    // What numbers are compared with is heavy, so it has a workspace of its own.
    let numbers = repository::root().join("tests/bench-number/Cargo.toml");
    run(cargo().args(["run", "--quiet", "--release", "--manifest-path"]).arg(numbers))?;
    run(program("node").args(["--input-type=module", "--eval", MEASURE]).arg(repository::package()))
}
