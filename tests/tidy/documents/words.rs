//! The words: phrases that no shipped text has, and a glossary whose names are those of the code.

use std::path::Path;

use crate::tidy::{read, tracked};

/// What is not written, and what is written instead.
const PHRASES: [(&str, &str); 31] = [
    ("nought", "zero"),
    ("whoever", "who acts, by its noun: the caller, the host, the customer"),
    ("from when on", "expires at; from this instant"),
    ("holds no more", "expires at"),
    ("hold no more", "expires at"),
    ("as long as nothing", "until a number is released"),
    ("for ever", "no expiry; always"),
    ("as it stands", "as it is; the current state"),
    ("so many", "n"),
    ("must look", "manual review"),
    ("on its way", "pending"),
    ("on their way", "pending"),
    ("not its length", "say first what is wrong"),
    ("nothing or something", "must not be negative"),
    ("followed by nobody", "must be at least 1"),
    ("nobody can imagine", "whose effect cannot be computed"),
    ("not done without", "is kept"),
    ("pays there for what", "a checkout charges before reserving"),
    ("but us can", "no other party can"),
    ("none: never", "`None` if"),
    ("of US", "US numbers"),
    ("of CA", "CA numbers"),
    ("of DE", "DE numbers"),
    ("of ES", "ES numbers"),
    ("of FR", "FR numbers"),
    ("of GB", "GB numbers"),
    ("of IE", "IE numbers"),
    ("of IN", "IN numbers"),
    ("of NG", "NG numbers"),
    ("of NL", "NL numbers"),
    ("of SG", "SG numbers"),
];

/// What no customer and no developer is shipped, and what quotes others word for word.
const EXEMPT: [&str; 6] = ["/tests/", "/golden/", "package-lock.json", "Cargo.lock", "docs/glossary.md", "/tests.rs"];

#[test]
fn no_shipped_text_has_a_phrase_that_the_glossary_replaces() {
    let shipped = tracked(".").into_iter().filter(|file| is_shipped(file));
    let found: Vec<String> = shipped.flat_map(|file| phrases_in(&file.to_string_lossy(), &read(&file))).collect();
    assert!(found.is_empty(), "docs/glossary.md has plainer words for\n{}", found.join("\n"));
}

#[test]
fn every_name_in_the_glossary_is_one_of_the_code() {
    let code: String = ["core/src", "numbering/src"]
        .iter()
        .flat_map(|folder| tracked(folder))
        .map(|file| read(&file))
        .collect::<Vec<_>>()
        .join("\n");
    let words: std::collections::BTreeSet<&str> =
        code.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).collect();
    let glossary = read(Path::new("docs/glossary.md"));
    for name in glossary.split('`').skip(1).step_by(2) {
        let is_name = name.chars().all(|letter| letter.is_alphanumeric() || letter == '_') && name != "code";
        assert!(!is_name || words.contains(name), "docs/glossary.md names `{name}`, which the core does not have");
    }
}

#[test]
fn a_phrase_is_found_as_words_in_any_case_and_over_line_ends() {
    let found = |text: &str| phrases_in("x", text).len();
    assert_eq!(found("Whoever asks"), 1);
    assert_eq!(found("kept for\n/// ever"), 1);
    assert_eq!(found("whoeverness, forever, of USD, of us"), 0);
    assert_eq!(found("numbers of US, and so many more"), 2);
}

fn is_shipped(file: &Path) -> bool {
    let name = format!("/{}", file.display());
    let text = ["rs", "ts", "js", "mjs", "json", "md", "html", "toml", "css"];
    let is_text = file.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| text.contains(&ending));
    is_text && !EXEMPT.iter().any(|part| name.contains(part))
}

/// Each phrase that a text has, with what to write instead.
fn phrases_in(file: &str, text: &str) -> Vec<String> {
    // A sentence goes on over the ends of its lines.
    let plain = text.split_whitespace().filter(|word| !["///", "//!", "//", "*"].contains(word));
    let plain = plain.collect::<Vec<_>>().join(" ");
    let lower = plain.to_lowercase();
    let mut found = Vec::new();
    for (phrase, instead) in PHRASES {
        let text = if phrase.ends_with(|letter: char| letter.is_uppercase()) { &plain } else { &lower };
        let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        let count = text.match_indices(phrase).filter(|(start, _)| {
            let after = start + phrase.len();
            !is_word(text[..*start].chars().next_back()) && !is_word(text[after..].chars().next())
        });
        if count.count() != 0 {
            found.push(format!("{file}: `{phrase}`; write: {instead}"));
        }
    }
    found
}
