//! Where things are in the repository.

use std::env;
use std::path::PathBuf;

/// The folder of the repository.
pub(crate) fn root() -> PathBuf {
    // Cargo says at run time where xtask is, so a moved clone still works.
    let xtask = env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    PathBuf::from(xtask).parent().map(PathBuf::from).unwrap_or_default()
}

/// Where cargo builds: the folder that the caller named, or `target`.
pub(crate) fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// Downloads and stamps that outlive `cargo clean`; not committed.
pub(crate) fn cache() -> PathBuf {
    root().join(".cache")
}

/// The committed sources of the npm package.
pub(crate) fn package_sources() -> PathBuf {
    root().join("wasm/npm")
}

/// The npm package as it is published; made by `cargo xtask wasm`.
pub(crate) fn package() -> PathBuf {
    root().join("wasm/pkg")
}

/// The module that imports nothing; made by `cargo xtask wasm`.
pub(crate) fn bare_module() -> PathBuf {
    root().join("wasm/pkg-bare/ringup.wasm")
}

/// The sources of the workbench page and of `<ringup-quote>`.
pub(crate) fn page() -> PathBuf {
    root().join("www")
}

/// The official clients of the systems, as their vendors publish them.
pub(crate) fn clients() -> PathBuf {
    root().join("tests/clients")
}

/// A tiny project for each tool that people use the npm package with.
pub(crate) fn packaging() -> PathBuf {
    root().join("tests/packaging")
}
