//! A Rust compiler that can build for WebAssembly: rustup's where its server is reached, else Debian's.

mod debian;

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::shell::{cargo, program, read, succeeds_within};
use crate::{Result, repository};

const TARGET: &str = "wasm32-unknown-unknown";

/// A server that cannot be reached does not always say so.
const RUSTUP_LIMIT: Duration = Duration::from_secs(20);

/// The compiler for the WASM builds, and for nothing else: xtask and the simulator keep the machine's own.
pub(crate) enum Toolchain {
    /// The machine's own, with the target added.
    Rustup,
    /// Debian's, unpacked into the cache.
    Debian(debian::Compiler),
}

impl Toolchain {
    /// `cargo build` for the target. `kind` keeps builds with different features from overwriting each other.
    pub(crate) fn build(&self, kind: &str) -> Command {
        let mut cargo = cargo();
        cargo.args(["build", "--target", TARGET, "--target-dir"]).arg(self.target_dir(kind));
        if let Toolchain::Debian(compiler) = self {
            cargo.env("RUSTC", &compiler.rustc);
            cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", &compiler.linker);
        }
        cargo
    }

    /// Where such a build with this profile leaves its files.
    pub(crate) fn built(&self, kind: &str, profile: &str) -> PathBuf {
        self.target_dir(kind).join(TARGET).join(profile)
    }

    /// Two compilers never share a folder: each would build everything anew.
    fn target_dir(&self, kind: &str) -> PathBuf {
        let compiler = match self {
            Toolchain::Rustup => "rustup",
            Toolchain::Debian(_) => "debian",
        };
        repository::target().join(format!("wasm-{compiler}-{kind}"))
    }
}

/// Finds or makes the compiler. `RINGUP_WASM_TOOLCHAIN` forces one of the two routes.
pub(crate) fn prepare() -> Result<Toolchain> {
    let sysroot = PathBuf::from(read(program("rustc").args(["--print", "sysroot"]))?);
    match env::var("RINGUP_WASM_TOOLCHAIN").as_deref() {
        Ok("debian") => debian::prepare(&sysroot).map(Toolchain::Debian),
        Ok("rustup") if rustup(&sysroot) => Ok(Toolchain::Rustup),
        Ok("rustup") => {
            Err(format!("`rustup target add {TARGET}` did not succeed within {} s", RUSTUP_LIMIT.as_secs()))
        }
        Ok(other) => Err(format!("RINGUP_WASM_TOOLCHAIN is `{other}`: say `rustup` or `debian`")),
        // Where rustup had to be given up once, its limit is not waited for again.
        Err(_) if has_target(&sysroot) || !debian::is_prepared() && rustup(&sysroot) => Ok(Toolchain::Rustup),
        Err(_) => match debian::prepare(&sysroot) {
            Ok(compiler) => Ok(Toolchain::Debian(compiler)),
            Err(why) => Err(format!("`rustup target add {TARGET}` did not succeed, and of Debian's Rust: {why}")),
        },
    }
}

/// Whether the machine's own compiler has the target.
fn has_target(sysroot: &Path) -> bool {
    sysroot.join("lib/rustlib").join(TARGET).join("lib").is_dir()
}

/// Whether it has it, or gets it now.
fn rustup(sysroot: &Path) -> bool {
    has_target(sysroot) || succeeds_within(program("rustup").args(["target", "add", TARGET]), RUSTUP_LIMIT)
}
