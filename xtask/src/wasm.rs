//! The crate `ringup-wasm`, compiled twice: for JavaScript, and as a module that imports nothing; and the numbering plan
//! for JavaScript by itself.

mod package;

use std::path::PathBuf;

use crate::shell::run;
use crate::{Result, files, npm, repository, toolchain};

/// A crate to compile, and how.
struct Kind {
    package: &'static str,
    library: &'static str,
    feature: &'static str,
    /// One of the workspace's Cargo.toml.
    profile: &'static str,
}

const WHOLE: Kind = Kind { package: "ringup-wasm", library: "ringup_wasm.wasm", feature: "package", profile: "wasm" };
const NUMBER: Kind = Kind {
    package: "ringup-number-wasm",
    library: "ringup_number_wasm.wasm",
    feature: "alone",
    profile: "wasm-number",
};
const BARE: Kind = Kind { feature: "bare", ..WHOLE };

/// The npm package, in `wasm/pkg`.
pub(crate) fn package() -> Result {
    package::assemble(&compile(&WHOLE)?, &compile(&NUMBER)?)
}

/// The module without imports, in `wasm/pkg-bare`.
pub(crate) fn bare() -> Result {
    let compiled = compile(&BARE)?;
    let module = repository::bare_module();
    if let Some(folder) = module.parent() {
        files::create_folder(folder)?;
    }
    files::copy(&compiled, &module)
}

/// The package's module as it is, without its reader, without its writer, and without both; shrunk.
pub(crate) fn with_and_without_the_boundary() -> Result<Vec<PathBuf>> {
    npm::install(&repository::package_sources())?;
    let features = ["package", "without-reader", "without-writer", "without-reader,without-writer"];
    let shrunk = features.map(|feature| {
        let compiled = compile_into(&Kind { feature, ..WHOLE }, "package")?;
        let shrunk = compiled.with_file_name(format!("{feature}.wasm"));
        package::shrink(&compiled, &shrunk).map(|()| shrunk)
    });
    shrunk.into_iter().collect()
}

/// Compiles the crate with that feature alone.
fn compile(kind: &Kind) -> Result<PathBuf> {
    compile_into(kind, kind.feature)
}

/// The same, in the folder of the builds of that name.
fn compile_into(kind: &Kind, folder: &str) -> Result<PathBuf> {
    let toolchain = toolchain::prepare()?;
    let mut build = toolchain.build(folder);
    build.args([
        "--package",
        kind.package,
        "--profile",
        kind.profile,
        "--no-default-features",
        "--features",
        kind.feature,
    ]);
    run(&mut build)?;
    Ok(toolchain.built(folder, kind.profile).join(kind.library))
}
