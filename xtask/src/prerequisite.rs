//! What must be on the machine before anything is built: Node.js with npm, and for the tests a Chromium.

use std::env;
use std::path::PathBuf;

use crate::shell::{program, read, succeeds};
use crate::{Result, debian};

const NODE_MAJOR_MIN: u32 = 20;

/// Node.js, new enough, and its npm.
pub(crate) fn node() -> Result {
    let version = read(program("node").arg("--version"))?;
    match major(&version) {
        Some(major) if major >= NODE_MAJOR_MIN => {}
        _ => {
            return Err(format!("Node.js {version} is too old: install version {NODE_MAJOR_MIN} or newer"));
        }
    }
    if succeeds(program("npm").arg("--version")) {
        Ok(())
    } else {
        Err("`npm` is missing: install Node.js 20 or newer, with npm".into())
    }
}

/// `v20.19.1` is of the major version 20.
fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

/// The Chromium of this machine, installed from Debian's packages where there is none.
pub(crate) fn chromium() -> Result<PathBuf> {
    if let Some(found) = installed_chromium() {
        return Ok(found);
    }
    debian::install("chromium").map_err(|why| {
        format!(
            "Chromium is missing and {why}: install it (on Debian `apt-get install chromium`) or name one in RINGUP_CHROMIUM"
        )
    })?;
    installed_chromium().ok_or_else(|| "the package `chromium` brought no program of that name".into())
}

/// Python's package installer, from Debian's packages where there is none.
pub(crate) fn pip() -> Result {
    if succeeds(program("python3").args(["-m", "pip", "--version"])) {
        return Ok(());
    }
    debian::install("python3-pip").map_err(|why| {
        format!("Python's pip is missing and {why}: install it (on Debian `apt-get install python3-pip`)")
    })
}

/// The one that the caller names, or the first on the PATH.
pub(crate) fn installed_chromium() -> Option<PathBuf> {
    if let Some(named) = env::var_os("RINGUP_CHROMIUM") {
        return Some(named.into());
    }
    let folders = env::var_os("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome"];
    names.iter().find_map(|name| env::split_paths(&folders).map(|folder| folder.join(name)).find(|file| file.is_file()))
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v8.0.0"), Some(8));
        assert_eq!(major("nonsense"), None);
    }
}
