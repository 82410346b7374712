//! From the compiled modules to the folder that npm publishes.

use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

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

/// Generates the glue, shrinks the modules and lays the hand-written files beside them.
/// A package that was made from the same files is left as it is.
pub(crate) fn assemble(whole: &Path, number: &Path) -> Result {
    let inputs = inputs([whole, number])?;
    let made_from = fingerprint(&inputs)?;
    let stamp = repository::cache().join("wasm-package.sha256");
    let package = repository::package();
    if package.is_dir() && files::read(&stamp).is_ok_and(|stamped| stamped == made_from.as_bytes()) {
        return Ok(());
    }
    npm::install(&repository::package_sources())?;
    files::remove_folder(&package)?;
    generate_glue(whole, &package)?;
    shrink(&package.join("ringup_bg.wasm"), &package.join("ringup_bg.wasm"))?;
    shrink(number, &package.join("number.wasm"))?;
    for file in inputs.iter().filter(|file| is_published(file)) {
        files::copy(file, &package.join(files::name(file)))?;
    }
    complete_manifest(&package)?;
    files::create_folder(&repository::cache())?;
    files::write(&stamp, made_from)
}

/// The files that decide what the package is. The lock files name the versions of the tools.
fn inputs(compiled: [&Path; 2]) -> Result<Vec<PathBuf>> {
    let root = repository::root();
    let mut inputs: Vec<_> = compiled.map(Path::to_owned).into();
    inputs.extend(["Cargo.lock", "LICENSE-APACHE", "LICENSE-MIT"].map(|file| root.join(file)));
    inputs.extend(files::list(&repository::package_sources())?.into_iter().filter(|file| file.is_file()));
    Ok(inputs)
}

fn fingerprint(inputs: &[PathBuf]) -> Result<String> {
    let mut sums = String::from(VERSION);
    for file in inputs {
        sums += &sha256(&files::read(file)?);
    }
    Ok(sha256(sums.as_bytes()))
}

/// Of the sources, the tools' own settings stay at home.
fn is_published(file: &Path) -> bool {
    let name = files::name(file);
    name == "package.json"
        || name.starts_with("LICENSE-")
        || [".js", ".d.ts", ".md"].iter().any(|end| name.ends_with(end))
}

/// The kind `web` is the one that starts everywhere, by `initSync` (TOOLCHAIN: Node, Deno, Bun, workerd, browsers).
fn generate_glue(compiled: &Path, package: &Path) -> Result {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(compiled).out_name("ringup").typescript(true);
    // A browser's `init()` without arguments has to know where the module is.
    bindgen.omit_default_module_path(false);
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(package))
        .map_err(|error| format!("wasm-bindgen could not read what was compiled: {error:#}"))
}

/// Data is left in one piece: cut up at its noughts, the table of numbers compresses worse by an eighth.
fn shrink(module: &Path, shrunk: &Path) -> Result {
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
