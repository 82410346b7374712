//! Every crate that can be published has what a registry shows of it: a README, words to find it by, and its licences.

use crate::tidy::{read, root, tracked};

#[test]
fn every_crate_that_can_be_published_has_its_documents() {
    let manifests = tracked(".").into_iter().filter(|file| file.file_name().is_some_and(|name| name == "Cargo.toml"));
    let mut published = 0;
    for manifest in manifests {
        let (folder, text) = (manifest.parent().unwrap(), read(&manifest));
        if !text.starts_with("[package]") || text.contains("\npublish = false\n") {
            continue;
        }
        published += 1;
        for field in ["description", "keywords", "categories", "readme", "license", "rust-version"] {
            let set = text.lines().any(|line| line.starts_with(field));
            assert!(set, "{} has no `{field}`", manifest.display());
        }
        for file in ["README.md", "LICENSE-MIT", "LICENSE-APACHE"] {
            assert!(root().join(folder).join(file).is_file(), "{} has no {file}", folder.display());
        }
    }
    assert!(6 <= published, "{published}");
}
