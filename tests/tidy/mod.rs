//! Tidiness: is the code still what STYLE and ARCHITECTURE.md say?

mod documents;
mod floors;

use std::collections::{BTreeMap, BTreeSet};
use std::{fs, path::Path, path::PathBuf, process::Command};

use ringup_simulator::dialects;

/// The systems' own names, which belong in their dialects and their policies; ours belongs everywhere.
fn vendors() -> impl Iterator<Item = &'static str> {
    dialects::ALL.iter().map(|dialect| dialect.id()).filter(|id| *id != "ringup")
}

#[test]
fn the_core_names_no_vendor() {
    for file in ["core/src", "host/src", "numbering/src"].into_iter().flat_map(tracked) {
        if file.ends_with("policies.rs") {
            continue;
        }
        // An example may use a shop that exists.
        let lines =
            read(&file).lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        let code = lines.split("#[cfg(test)]").next().unwrap().to_lowercase();
        for vendor in vendors() {
            assert!(!code.contains(vendor), "{} speaks of {vendor}: its words belong in its dialect", file.display());
        }
    }
}

#[test]
fn the_simulator_names_vendors_in_their_dialects_only() {
    for file in tracked("simulator/src") {
        let in_dialects = file.components().any(|part| part.as_os_str() == "dialects");
        let in_tests = file.ends_with("tests.rs");
        if in_dialects
            || in_tests
            || file.ends_with("dialects.rs")
            || file.extension().is_none_or(|ending| ending != "rs")
        {
            continue;
        }
        let text = read(&file);
        let code = text.split("#[cfg(test)]").next().unwrap();
        let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for vendor in vendors() {
            let found = code.to_lowercase().contains(vendor);
            assert!(!found, "{} speaks of {vendor}: its words belong in its dialect", file.display());
        }
    }
}

#[test]
fn only_gates_refuse() {
    // A dialect tells one refusal from another; it makes none.
    let outside = |file: &PathBuf| !file.to_string_lossy().contains("/gates") && !file.ends_with("gates.rs");
    let tells = |file: &PathBuf| file.components().any(|part| part.as_os_str() == "dialects");
    let core = tracked("core/src").into_iter().filter(outside);
    for file in core.chain(tracked("simulator/src").into_iter().filter(|file| !tells(file))) {
        if file.extension().is_none_or(|ending| ending != "rs") {
            continue;
        }
        let text = read(&file);
        let code = text.split("#[cfg(test)]").next().unwrap();
        assert!(!code.contains("Rejection::"), "{} refuses; what is not the customer's is a misuse", file.display());
    }
}

#[test]
fn every_file_begins_with_an_idea_of_its_own() {
    let mut ideas: BTreeMap<(PathBuf, String), PathBuf> = BTreeMap::new();
    for room in ["cli", "core", "host", "numbering", "rehearse", "simulator", "tests", "wasm", "xtask"] {
        for file in tracked(room) {
            if file.extension().is_none_or(|ending| ending != "rs") {
                continue;
            }
            let text = read(&file);
            let idea = text.lines().next().unwrap().strip_prefix("//! ").unwrap_or_default();
            let path = file.to_string_lossy().replace(['/', '_', '.'], " ");
            let is_news = |word: &str| 4 <= word.len() && !path.split(' ').any(|part| part == word);
            let lower = idea.to_lowercase();
            let says = lower.split(|letter: char| !letter.is_alphanumeric()).any(is_news);
            assert!(says, "{} begins with `{idea}`, which its path says already", file.display());
            let folder = file.parent().unwrap().to_owned();
            if let Some(other) = ideas.insert((folder, idea.into()), file.clone()) {
                panic!("{} and {} begin with the same idea", other.display(), file.display());
            }
        }
    }
}

#[test]
fn no_file_has_a_second_idea_hidden_in_its_length() {
    for file in tracked(".") {
        let code = file.extension().is_some_and(|ending| ending == "rs" || ending == "ts");
        let generated = file.ends_with("types.d.ts");
        let lines = if code && !generated { read(&file).lines().count() } else { 0 };
        assert!(lines <= 500, "{} has {lines} lines; look for the second idea inside", file.display());
    }
}

#[test]
fn nothing_names_a_registry_or_a_path_of_a_machine() {
    // Put together here, so that this file does not name them either.
    let hosts = ["registry.npmjs", "static.crates", "index.crates", "files.pythonhosted", "deb.debian"];
    let paths = ["/ro", "/ho", "/wo"].map(|start| {
        format!(
            "{start}{}",
            match start {
                "/ro" => "ot/",
                "/ho" => "me/",
                _ => "rk/",
            }
        )
    });
    for file in tracked(".") {
        if file.ends_with("tidy/mod.rs") || !is_text(&file) {
            continue;
        }
        let text = read(&file);
        for host in hosts {
            assert!(!text.contains(host), "{} names {host}", file.display());
        }
        for path in &paths {
            let named = text.contains(&format!("\"{path}")) || text.contains(&format!(" {path}"));
            assert!(!named, "{} names {path}", file.display());
        }
    }
}

#[test]
fn core_and_numbering_have_no_std() {
    for room in ["core/src", "numbering/src"] {
        let page = read(&Path::new(room).join("lib.rs"));
        assert!(page.contains("#![cfg_attr(not(feature = \"describe\"), no_std)]"), "{room}");
    }
    for file in ["core/src", "host/src", "numbering/src"].into_iter().flat_map(tracked) {
        let text = read(&file);
        let code = text.split("#[cfg(test)]").next().unwrap();
        let uses = code.lines().filter(|line| !line.trim_start().starts_with("//")).any(|line| line.contains("std::"));
        assert!(!uses, "{} uses std", file.display());
    }
}

#[test]
fn the_simulator_is_a_library_without_a_server() {
    let manifest = read(Path::new("simulator/Cargo.toml"));
    let dependencies = manifest.split_once("[dependencies]").unwrap().1;
    for program in ["axum", "clap", "hyper", "rust-embed", "tokio", "tracing-subscriber"] {
        let used = dependencies.lines().any(|line| line.split(['.', ' ']).next() == Some(program));
        assert!(!used, "the simulator depends on {program}: that belongs in cli");
    }
}

#[test]
fn the_core_links_no_numbering_plan() {
    let root = read(Path::new("Cargo.toml"));
    let line = root.lines().find(|line| line.starts_with("ringup-numbering =")).unwrap();
    assert!(line.contains("default-features = false") && !line.contains("\"plan\""), "no plan by default");
    for member in ["core", "host"] {
        let manifest = read(&Path::new(member).join("Cargo.toml"));
        let shipped = manifest.split_once("[dependencies]").unwrap().1.split("\n[").next().unwrap();
        let takes_plan = shipped.lines().any(|line| line.starts_with("ringup-numbering") && line.contains("\"plan\""));
        assert!(!takes_plan, "{member} links the plan: it is an argument");
    }
}

#[test]
fn no_rule_and_no_price_is_tested_on_a_vendor() {
    for file in tracked("tests/rules").into_iter().chain(tracked("tests/prices")) {
        let text = read(&file).to_lowercase();
        for vendor in vendors() {
            assert!(!text.contains(vendor), "{} speaks of {vendor}: take an invented shop", file.display());
        }
    }
}

#[test]
fn a_test_is_built_with_no_more_than_its_kind_needs() {
    let program = ["ringup-cli", "axum", "hyper", "rust-embed", "tokio", "tracing-subscriber"];
    let simulator = ["ringup-simulator", "jsonschema"];
    let lock = read(Path::new("Cargo.lock"));
    for (package, not) in
        [("ringup-tests", &program[..]), ("ringup-tests-rules", &simulator), ("ringup-tests-rules", &program)]
    {
        let built = dependencies(&lock, package);
        assert!(built.contains("ringup-core"), "{package}: {built:?}");
        for other in not {
            assert!(!built.contains(other), "{package} is built with {other}");
        }
    }
    assert!(program.iter().all(|name| dependencies(&lock, "ringup-tests-served").contains(name)));
}

/// All that a package is built with, by the lock file.
fn dependencies<'a>(lock: &'a str, package: &'a str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open = vec![package];
    while let Some(name) = open.pop() {
        if !found.insert(name) {
            continue;
        }
        let named = |entry: &&str| entry.starts_with(&format!("\nname = \"{name}\"\n"));
        for entry in lock.split("[[package]]").filter(named) {
            let list = entry.split_once("dependencies = [").map_or("", |(_, list)| list);
            let list = list.split(']').next().unwrap().split('"').skip(1).step_by(2);
            open.extend(list.map(|dependency| dependency.split(' ').next().unwrap()));
        }
    }
    found
}

/// The files that git tracks below a folder, by their path from the root.
pub(crate) fn tracked(folder: &str) -> Vec<PathBuf> {
    let output = Command::new("git").args(["ls-files", "--", folder]).current_dir(root()).output().unwrap();
    let files: Vec<PathBuf> = String::from_utf8(output.stdout).unwrap().lines().map(PathBuf::from).collect();
    assert!(!files.is_empty(), "git tracks nothing below {folder}");
    files.into_iter().filter(|file| root().join(file).is_file()).collect()
}

pub(crate) fn read(file: &Path) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_default()
}

fn is_text(file: &Path) -> bool {
    fs::read(root().join(file)).is_ok_and(|bytes| !bytes.contains(&0))
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
