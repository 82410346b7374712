//! Debian's packages, where we may install them.

use std::process::{Command, Stdio};

use crate::Result;
use crate::shell::{program, read, run, succeeds};

/// Installs one package, after asking for the current lists. The error says why not, as the end of a sentence.
pub(crate) fn install(package: &str) -> Result {
    update_lists()?;
    let mut apt = as_root("apt-get")?;
    apt.args(["install", "--yes", "--quiet=2", "--no-install-recommends", package]);
    run(apt.env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null()))
        .map_err(|_| format!("`apt-get install {package}` failed"))
}

/// `apt-get update`: without it, packages may not be found or be gone from the server.
pub(crate) fn update_lists() -> Result {
    run(as_root("apt-get")?.args(["update", "--quiet=2"]).stdout(Stdio::null()))
        .map_err(|_| "`apt-get update` failed".into())
}

/// A program run as root, where that needs no password.
fn as_root(name: &str) -> Result<Command> {
    if !succeeds(program(name).arg("--version")) {
        return Err(format!("`{name}` is not on this machine"));
    }
    if read(program("id").arg("-u")).is_ok_and(|user| user == "0") {
        return Ok(program(name));
    }
    if succeeds(program("sudo").args(["-n", "true"])) {
        let mut sudo = program("sudo");
        sudo.args(["-n", name]);
        return Ok(sudo);
    }
    Err(format!("`{name}` needs root or a sudo without password"))
}
