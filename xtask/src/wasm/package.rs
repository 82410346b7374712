//! From the compiled modules to the folder that npm publishes.

use std::path::{Path, PathBuf};

use crate::files::{self, sha256};
use crate::shell::{program, run};
use crate::{Result, npm, repository};

/// Every release carries the version of the workspace.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What the engines in use today can do; a module that used more would not start in them.
const ENGINE_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Shrinks the modules, puts their bytes and the sources into scripts, and lays the documents beside them.
/// A package that was made from the same files is left as it is.
pub(crate) fn assemble(whole: &Path, number: &Path) -> Result {
    let made_from = fingerprint(&inputs([whole, number])?)?;
    let stamp = repository::cache().join("wasm-package.sha256");
    let package = repository::package();
    if package.is_dir() && files::read(&stamp).is_ok_and(|stamped| stamped == made_from.as_bytes()) {
        return Ok(());
    }
    let sources = repository::package_sources();
    npm::install(&sources)?;
    files::remove_folder(&package)?;
    files::create_folder(&package)?;
    shrink(whole, &package.join("ringup.wasm"))?;
    shrink(number, &package.join("number.wasm"))?;
    run(program("node").arg(sources.join("build.mjs")).arg(&package))?;
    for file in ["package.json", "README.md"] {
        files::copy(&sources.join(file), &package.join(file))?;
    }
    for file in LICENSES {
        files::copy(&repository::root().join(file), &package.join(file))?;
    }
    complete_manifest(&package)?;
    files::create_folder(&repository::cache())?;
    files::write(&stamp, made_from)
}

const LICENSES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// The files that decide what the package is. The lock files name the versions of the tools.
fn inputs(compiled: [&Path; 2]) -> Result<Vec<PathBuf>> {
    let (root, sources) = (repository::root(), repository::package_sources());
    let mut inputs: Vec<_> = compiled.map(Path::to_owned).into();
    inputs.extend(["Cargo.lock"].into_iter().chain(LICENSES).map(|file| root.join(file)));
    for folder in ["", "src", "src/number", "src/source"] {
        inputs.extend(files::list(&sources.join(folder))?.into_iter().filter(|file| file.is_file()));
    }
    Ok(inputs)
}

fn fingerprint(inputs: &[PathBuf]) -> Result<String> {
    let mut sums = String::from(VERSION);
    for file in inputs {
        sums += &sha256(&files::read(file)?);
    }
    Ok(sha256(sums.as_bytes()))
}

/// Data is left in one piece: cut up at its noughts, the table of numbers compresses worse by an eighth.
pub(super) fn shrink(module: &Path, shrunk: &Path) -> Result {
    let wasm_opt = repository::package_sources().join("node_modules/binaryen/bin/wasm-opt");
    let mut node = program("node");
    node.arg(wasm_opt).args(["-Os", "--skip-pass=memory-packing", "--strip-debug", "--strip-producers", "--output"]);
    run(node.arg(shrunk).args(ENGINE_FEATURES).arg(module))
}

/// Our version in, and our tools out: who installs the package needs neither tools nor scripts.
/// npm edits the file, for it keeps the order of the entry points, which is their meaning.
fn complete_manifest(package: &Path) -> Result {
    let version = format!("version={VERSION}");
    for edit in [["set", &version].as_slice(), &["delete", "private", "scripts", "devDependencies"]] {
        run(program("npm").current_dir(package).arg("pkg").args(edit))?;
    }
    Ok(())
}
