//! Debian's Rust compiler with a standard library for WebAssembly, in a folder of ours: nothing is installed.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::TARGET;
use crate::files::{self, sha256};
use crate::shell::{cargo, program, run, run_and_listen};
use crate::{Result, debian, repository};

/// To renew the pins: `apt-get update`, `apt-cache policy rustc-web libllvm22`, `apt-get download` and `sha256sum`.
/// Debian's servers keep only the newest version of a package.
const RUST: &str = "1.96.0+dfsg1-1~deb12u2";
const LLVM: &str = "1:22.1.8-1~deb12u1";
const PACKAGES: [Package; 5] = [
    Package::new("libllvm22", LLVM, "729ec3e943d320515c2bbdc96acfffd7ce34861e62bd5c42726bf586d644dfe2"),
    Package::new("libstd-rust-web-1.96", RUST, "3755f30434ae29574c91b0beb86632bee401607b0ac35c3e52810f9a53fae0d1"),
    Package::new("libstd-rust-web-dev", RUST, "e38dbeaaad673fc63fb47c5140cf34da271ac71c3ecafc828b762c2fb01fe77a"),
    Package::new("rust-web-src", RUST, "9de8597c464d0a9283672973ed7e50092b49a92b95861429043fe8b57468a208"),
    Package::new("rustc-web", RUST, "8fefe1d6377fe4082f5a9d2a47e095e2d20319eaab9754bd2f0275155c9adf90"),
];

/// The host that Debian's packages above are for.
const HOST: &str = "x86_64-unknown-linux-gnu";

/// Debian has no start files for the target, so it links with the linker that rustup brings.
pub(crate) struct Compiler {
    pub(super) rustc: PathBuf,
    pub(super) linker: PathBuf,
}

struct Package {
    name: &'static str,
    version: &'static str,
    sha256: &'static str,
}

impl Package {
    const fn new(name: &'static str, version: &'static str, sha256: &'static str) -> Self {
        Self { name, version, sha256 }
    }
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
        download(&folder.join("packages"))?;
        unpack(&folder)?;
        write_wrapper(&compiler.rustc)?;
        build_standard_library(&folder, &compiler)?;
        files::write(&stamp(), "")?;
        println!("prepared in {:.0} s", started.elapsed().as_secs_f64());
    }
    Ok(compiler)
}

/// Named after all the pins: a new pin is a new folder.
fn folder() -> PathBuf {
    let sums: String = PACKAGES.iter().map(|package| package.sha256).collect();
    let name: String = sha256(sums.as_bytes()).chars().take(16).collect();
    repository::cache().join("wasm-toolchain").join(name)
}

/// Written last, so that what is there is whole.
fn stamp() -> PathBuf {
    folder().join("complete")
}

/// The packages of exactly the pinned versions, each with the pinned sum.
fn download(folder: &Path) -> Result {
    files::create_folder(folder)?;
    debian::update_lists()?;
    let mut apt = program("apt-get");
    apt.current_dir(folder).args(["download", "--quiet=2"]);
    for package in &PACKAGES {
        apt.arg(format!("{}={}", package.name, package.version));
    }
    let (heard, done) = run_and_listen(&mut apt)?;
    // `was not found` is apt-get's word for a version, `404` the server's for a file that has just gone.
    if done.is_err() && (heard.contains("was not found") || heard.contains("404")) {
        return Err(superseded("Debian no longer has a pinned version"));
    }
    done?;
    for package in &PACKAGES {
        let file = downloaded(folder, package)?;
        let bytes = files::read(&file)?;
        if sha256(&bytes) != package.sha256 {
            return Err(superseded(&format!("`{}` has another sum than the pinned one", package.name)));
        }
    }
    Ok(())
}

fn superseded(what: &str) -> String {
    format!("{what}: bump the versions and SHA-256 sums of Debian's Rust in xtask/src/toolchain/debian.rs")
}

/// apt-get names the file after package, version (with the colon escaped) and architecture.
fn downloaded(folder: &Path, package: &Package) -> Result<PathBuf> {
    let start = format!("{}_", package.name);
    files::list(folder)?
        .into_iter()
        .find(|file| files::name(file).starts_with(&start))
        .ok_or_else(|| format!("`apt-get download` left no file for `{}`", package.name))
}

/// The packages' files side by side, as if `folder` were the root of a machine.
fn unpack(folder: &Path) -> Result {
    let packages = folder.join("packages");
    for package in &PACKAGES {
        run(program("dpkg").arg("-x").arg(downloaded(&packages, package)?).arg(folder))?;
    }
    files::remove_folder(&packages)
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
