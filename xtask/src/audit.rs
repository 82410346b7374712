//! `cargo xtask audit`: whether what is linked keeps to `deny.toml`. Outside of CI, for cargo-deny is a tool of its own.

use crate::Result;
use crate::shell::{cargo, run, succeeds};

/// Not the advisories: their database is not in the repository, and this asks nobody.
const CHECKS: [&str; 3] = ["bans", "licenses", "sources"];

pub(crate) fn audit() -> Result {
    if !succeeds(cargo().args(["deny", "--version"])) {
        return Err("`cargo deny` is missing: install it with `cargo install --locked cargo-deny`".into());
    }
    // The packages of other platforms as well, which a build here does not fetch.
    run(cargo().args(["fetch", "--locked"]))?;
    run(cargo().args(["deny", "--offline", "check"]).args(CHECKS))
}
