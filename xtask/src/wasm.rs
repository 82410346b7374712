//! The crate `ringup-wasm`, compiled twice: for JavaScript, and as a module that imports nothing.

mod package;

use std::path::PathBuf;

use crate::shell::run;
use crate::{Result, files, repository, toolchain};

/// The name of the crate's library, and of the profile in the workspace's Cargo.toml.
const COMPILED: &str = "ringup_wasm.wasm";
const PROFILE: &str = "wasm";

/// The npm package, in `wasm/pkg`.
pub(crate) fn package() -> Result {
    package::assemble(&compile("bindgen")?)
}

/// The module without imports, in `wasm/pkg-bare`.
pub(crate) fn bare() -> Result {
    let compiled = compile("bare")?;
    let module = repository::bare_module();
    if let Some(folder) = module.parent() {
        files::create_folder(folder)?;
    }
    files::copy(&compiled, &module)
}

/// Compiles the crate with that feature alone.
fn compile(feature: &str) -> Result<PathBuf> {
    let toolchain = toolchain::prepare()?;
    let mut build = toolchain.build(feature);
    build.args(["--package", "ringup-wasm", "--profile", PROFILE, "--no-default-features", "--features", feature]);
    run(&mut build)?;
    Ok(toolchain.built(feature, PROFILE).join(COMPILED))
}
