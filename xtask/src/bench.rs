//! `cargo xtask bench`: how long a quote, a decision, a number and a world take. Ratios to others are measured in one run.

use crate::shell::{cargo, program, run};
use crate::{Result, npm, prerequisite, repository, wasm};

/// What is measured in Node.js: quotes, and numbers beside libphonenumber-js.
const QUOTES: &str = include_str!("bench.js");
const NUMBERS: &str = include_str!("bench-number.js");

pub(crate) fn bench() -> Result {
    prerequisite::node()?;
    wasm::package()?;
    npm::install(&repository::package_sources())?;
    run(cargo().args(["bench", "--quiet", "--package", "ringup-core", "--bench", "quote", "--bench", "growth"]))?;
    run(cargo().args(["bench", "--quiet", "--package", "ringup-simulator", "--bench", "worlds"]))?;
    // What numbers are compared with is heavy, so it has a workspace of its own.
    let numbers = repository::root().join("tests/bench-number/Cargo.toml");
    run(cargo().args(["run", "--quiet", "--release", "--manifest-path"]).arg(numbers))?;
    for script in [QUOTES, NUMBERS] {
        let mut node = program("node");
        node.args(["--input-type=module", "--eval", script]);
        // What numbers are compared with is a tool of the package's sources.
        run(node.arg(repository::package()).arg(repository::package_sources()))?;
    }
    Ok(())
}
