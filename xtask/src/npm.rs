//! The npm packages that a folder's lock file names, installed only when something has changed.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use crate::Result;
use crate::shell::{program, run};

/// Makes `node_modules` agree with the lock file. Where it already does, the network is not asked.
pub(crate) fn install(folder: &Path) -> Result {
    if up_to_date(folder) {
        return Ok(());
    }
    let lock_file = folder.join("package-lock.json");
    if !lock_file.is_file() {
        return Err(format!("{} is missing: run `npm install` in its folder and commit it", lock_file.display()));
    }
    run(npm(folder, "ci").args(["--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"]))
}

/// `npm run SCRIPT` in that folder.
pub(crate) fn script(folder: &Path, script: &str) -> Command {
    let mut npm = npm(folder, "run");
    npm.args(["--silent", script]);
    npm
}

fn npm(folder: &Path, verb: &str) -> Command {
    let mut npm = program("npm");
    npm.current_dir(folder).arg(verb);
    npm
}

/// npm writes its hidden lock file last, so an interrupted installation counts as none.
fn up_to_date(folder: &Path) -> bool {
    let installed = modified(&folder.join("node_modules/.package-lock.json"));
    let wanted = modified(&folder.join("package-lock.json")).max(modified(&folder.join("package.json")));
    installed.is_some() && wanted.is_some() && installed >= wanted
}

fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|about| about.modified()).ok()
}
