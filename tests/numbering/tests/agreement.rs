//! Agreement with libphonenumber, number by number: `compare.py` asks both and prints what differs.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Enough for every way of asking, and done in a minute. README.md says how to ask millions.
const NUMBERS: &str = "100000";

#[test]
fn every_answer_is_libphonenumbers() {
    let mut python = Command::new("python3");
    python.arg(folder().join("compare.py")).arg(env!("CARGO_BIN_EXE_ringup-tests-numbering"));
    python.args(["--numbers", NUMBERS, "--part", "4"]).env("PYTHONPATH", libphonenumber());
    let output = python.output().expect("python3 runs");
    println!("{}", String::from_utf8_lossy(&output.stdout));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The pinned Python package: where the caller has it, or installed here.
fn libphonenumber() -> PathBuf {
    if let Some(there) = std::env::var_os("RINGUP_PHONENUMBERS") {
        return there.into();
    }
    let here = Path::new(env!("CARGO_TARGET_TMPDIR")).join("phonenumbers");
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"]);
    pip.env("PIP_ROOT_USER_ACTION", "ignore");
    pip.arg("--upgrade").arg("--target").arg(&here).arg("--requirement").arg(folder().join("requirements.txt"));
    assert!(pip.status().expect("python3 runs").success(), "pip could not install libphonenumber");
    here
}

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
