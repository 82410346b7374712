//! Every path that ARCHITECTURE.md, the glossary and the guides name is one that git tracks.

use std::path::{Path, PathBuf};

use crate::tidy::{read, root, tracked};

/// What a page may name without its folder: from the root, or from the folder that the page says it is about.
const PAGES: [(&str, &[&str]); 3] = [
    ("ARCHITECTURE.md", &["", "core/src", "wasm", "wasm/npm/src", "numbering/src", "simulator/src", A_DIALECT]),
    ("docs/glossary.md", &["", "core/src"]),
    ("docs/module.md", &["", "wasm", "wasm/npm/src"]),
];

#[test]
fn every_path_that_a_page_names_is_there() {
    let mut missing = Vec::new();
    for (page, folders) in PAGES {
        for path in paths(&read(Path::new(page))) {
            let found = folders.iter().any(|folder| root().join(folder).join(&path).exists());
            if !found {
                missing.push(format!("{page} names {}", path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_link_of_a_page_leads_to_a_file() {
    let mut missing = Vec::new();
    for page in tracked(".").into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "md")) {
        let text = read(&page);
        let prose: String = text.split("```").step_by(2).collect();
        for target in prose.split("](").skip(1).filter_map(|rest| rest.split([')', '#', ' ']).next()) {
            let outside = target.is_empty() || target.contains("://") || target.contains(['`', '*', '"']);
            if !outside && !root().join(page.parent().unwrap()).join(target).exists() {
                missing.push(format!("{} links {target}", page.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// What stands between backticks and looks like a path: it has a slash or a known ending, and nothing that no path has.
fn paths(text: &str) -> Vec<PathBuf> {
    let spans = text.split("```").step_by(2).flat_map(|prose| prose.split('`').skip(1).step_by(2));
    let named = spans.filter(|span| {
        let ending = Path::new(span).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let file = ["rs", "ts", "js", "mjs", "md", "json", "txt", "toml"].contains(&ending);
        let folder = span.contains('/') && span.chars().next().is_some_and(|first| first.is_ascii_lowercase());
        let odd = |letter: char| !(letter.is_ascii_alphanumeric() || "/._-".contains(letter));
        (file || folder) && !span.contains(odd) && !NOT_PATHS.contains(span)
    });
    named.map(PathBuf::from).collect()
}

/// What holds of every dialect holds of this one.
const A_DIALECT: &str = "simulator/src/dialects/vobiz";

/// Entry points of the npm package, and what is built and not tracked.
const NOT_PATHS: [&str; 4] = ["ringup/number", "ringup/element", "wasm/pkg", "wasm/pkg-bare"];
