//! The pinned packages of Debian: downloaded, checked by their sums, unpacked.

use std::path::{Path, PathBuf};

use crate::files::{self, sha256};
use crate::shell::{program, run, run_and_listen};
use crate::{Result, debian};

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

/// One of them, as Debian names it.
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

/// The packages' files side by side, as if `folder` were the root of a machine.
pub(super) fn unpack_into(folder: &Path) -> Result {
    let packages = folder.join("packages");
    download(&packages)?;
    for package in &PACKAGES {
        run(program("dpkg").arg("-x").arg(downloaded(&packages, package)?).arg(folder))?;
    }
    files::remove_folder(&packages)
}

/// One short name for all the pins: a new pin is a new name.
pub(super) fn name_of_pins() -> String {
    let sums: String = PACKAGES.iter().map(|package| package.sha256).collect();
    sha256(sums.as_bytes()).chars().take(16).collect()
}

/// The packages of exactly the pinned versions, each with the pinned sum.
fn download(folder: &Path) -> Result {
    files::create_folder(folder)?;
    // Who may not renew the lists may still have good ones.
    let renewed = debian::update_lists();
    let mut apt = program("apt-get");
    // Its words are read below; and as root it would warn that its own user cannot write here.
    apt.current_dir(folder).env("LC_ALL", "C").args(["download", "--quiet=2", "--option", "APT::Sandbox::User="]);
    for package in &PACKAGES {
        apt.arg(format!("{}={}", package.name, package.version));
    }
    let (heard, done) = run_and_listen(&mut apt)?;
    // `was not found` is apt-get's word for a version, `404` the server's for a file that has just gone.
    if done.is_err() && (heard.contains("was not found") || heard.contains("404")) {
        return Err(superseded("Debian no longer has a pinned version"));
    }
    done.map_err(|why| renewed.err().unwrap_or(why))?;
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
    format!("{what}: bump the versions and SHA-256 sums of Debian's Rust in xtask/src/toolchain/debian/packages.rs")
}

/// apt-get names the file after package, version (with the colon escaped) and architecture.
fn downloaded(folder: &Path, package: &Package) -> Result<PathBuf> {
    let start = format!("{}_", package.name);
    files::list(folder)?
        .into_iter()
        .find(|file| files::name(file).starts_with(&start))
        .ok_or_else(|| format!("`apt-get download` left no file for `{}`", package.name))
}
