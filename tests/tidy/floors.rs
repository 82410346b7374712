//! The floors of the core: a file imports from its own floor and from those below it, and by the module that owns the name.

use std::{fs, path::Path};

/// The modules of `core/src`, from the ground up.
const FLOORS: [&[&str]; 10] = [
    &["base", "planted", "policies"],
    &["terms"],
    &["market"],
    &["account", "ledger"],
    &["price"],
    &["gates"],
    &["shop"],
    &["quote"],
    &["command", "effect", "event", "history", "purchase", "records"],
    &["decide", "evolve", "explain"],
];

#[test]
fn no_import_of_the_core_climbs_a_floor() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src");
    let mut climbing = Vec::new();
    for (file, text) in files(&source, "") {
        // The crate's page re-exports for users.
        if file == "lib.rs" {
            continue;
        }
        let own = floor(file.split(['/', '.']).next().unwrap());
        assert!(own.is_some(), "{file} stands on no floor: add it to the list");
        for import in imports(&text) {
            match floor(import.split("::").next().unwrap()) {
                Some(theirs) if Some(theirs) <= own => {}
                Some(_) => climbing.push(format!("{file} climbs to crate::{import}")),
                None => climbing.push(format!("{file} goes through the crate's root for crate::{import}")),
            }
        }
    }
    assert!(climbing.is_empty(), "{}", climbing.join("\n"));
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// What stands behind each `crate::` of the code that ships.
fn imports(text: &str) -> Vec<String> {
    let code = text.split("mod tests {").next().unwrap();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let is_of_path = |character: char| character.is_alphanumeric() || character == '_' || character == ':';
    let paths =
        lines.split("crate::").skip(1).map(|rest| rest.split(|end| !is_of_path(end)).next().unwrap().to_owned());
    paths.collect()
}

/// The Rust files below a folder, by their path from it.
fn files(folder: &Path, prefix: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            found.extend(files(&entry.path(), &format!("{name}/")));
        } else if name.ends_with(".rs") {
            found.push((name, fs::read_to_string(entry.path()).unwrap()));
        }
    }
    found
}

#[test]
fn an_import_is_read_wherever_it_stands() {
    let text =
        "use crate::base::money::Money;\n// crate::a\nfn f(x: crate::Y) {}\n#[cfg(test)]\nmod tests { use crate::z; }";
    assert_eq!(imports(text), ["base::money::Money", "Y"]);
}
