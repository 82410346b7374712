//! Debian's Rust compiler with a standard library for WebAssembly, in a folder of ours: nothing is installed.

mod packages;

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::TARGET;
use crate::shell::{cargo, program, run};
use crate::{Result, files, repository};

/// The host that Debian's packages above are for.
const HOST: &str = "x86_64-unknown-linux-gnu";

/// Debian has no start files for the target, so it links with the linker that rustup brings.
pub(crate) struct Compiler {
    pub(super) rustc: PathBuf,
    pub(super) linker: PathBuf,
}

/// Whether an earlier run has prepared it.
pub(super) fn is_prepared() -> bool {
    stamp().is_file()
}

/// Downloads, checks and unpacks the compiler and builds the target's library; the second time it is just there.
pub(super) fn prepare(rustup_sysroot: &Path) -> Result<Compiler> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64", target_env = "gnu")) {
        return Err(format!("the target is missing: run `rustup target add {TARGET}`"));
    }
    let linker = rustup_sysroot.join("lib/rustlib").join(HOST).join("bin/rust-lld");
    if !linker.is_file() {
        return Err("`rust-lld` is missing beside the Rust compiler: install Rust with rustup".into());
    }
    let folder = folder();
    let compiler = Compiler { rustc: folder.join("rustc"), linker };
    if !is_prepared() {
        let started = Instant::now();
        println!("preparing Debian's Rust compiler for {TARGET} in .cache, once");
        // Whatever an interrupted run left behind is not trusted.
        files::remove_folder(&repository::cache().join("wasm-toolchain"))?;
        packages::unpack_into(&folder)?;
        write_wrapper(&compiler.rustc)?;
        build_standard_library(&folder, &compiler)?;
        files::write(&stamp(), "")?;
        println!("prepared in {:.0} s", started.elapsed().as_secs_f64());
    }
    Ok(compiler)
}

/// A folder for these pins.
fn folder() -> PathBuf {
    repository::cache().join("wasm-toolchain").join(packages::name_of_pins())
}

/// Written last, so that what is there is whole.
fn stamp() -> PathBuf {
    folder().join("complete")
}

/// The compiler finds its LLVM only when told where it is, and only it must be told.
fn write_wrapper(rustc: &Path) -> Result {
    let script = "#!/bin/sh\n\
        here=$(dirname \"$0\")\n\
        LD_LIBRARY_PATH=$here/usr/lib/x86_64-linux-gnu exec \"$here/usr/bin/rustc\" \"$@\"\n";
    files::write(rustc, script)?;
    run(program("chmod").arg("755").arg(rustc))
}

/// Debian ships the library for other WebAssembly targets only; its source builds for ours.
/// Once the result lies where the compiler looks, no build needs an unstable flag any more.
fn build_standard_library(folder: &Path, compiler: &Compiler) -> Result {
    let nothing = folder.join("nothing");
    files::create_folder(&nothing.join("src"))?;
    // `[workspace]` keeps cargo from taking it for a member of ours.
    let manifest = "[package]\nname = \"nothing\"\nedition = \"2024\"\n\n[workspace]\n";
    for (file, text) in [("Cargo.toml", manifest), ("src/lib.rs", "#![no_std]\n")] {
        files::write(&nothing.join(file), text)?;
    }
    let mut build = cargo();
    build.current_dir(&nothing).args(["build", "--quiet", "--release", "--target", TARGET, "--target-dir", "target"]);
    build.arg("-Zbuild-std=std,panic_abort,proc_macro,test");
    build.env("RUSTC", &compiler.rustc).env("RUSTC_BOOTSTRAP", "1");
    build.env("RUSTFLAGS", "-Cembed-bitcode=yes -Zforce-unstable-if-unmarked").env_remove("CARGO_ENCODED_RUSTFLAGS");
    run(&mut build)?;

    let library = folder.join("usr/lib/rustlib").join(TARGET).join("lib");
    files::create_folder(&library)?;
    let built = nothing.join("target").join(TARGET).join("release/deps");
    for file in files::list(&built)? {
        let name = files::name(&file);
        if name.ends_with(".rlib") && !name.starts_with("libnothing") {
            files::copy(&file, &library.join(&name))?;
        }
    }
    files::remove_folder(&nothing)
}
