//! The copy of the repository that mutants are built in. Its core is built from another folder than `core/src`, so that tests
//! that read the sources find them as they are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::list::Mutant;
use super::switch::{Piece, replace, switch};
use crate::shell::{cargo, program, read};
use crate::{Result, files, repository};

const SOURCES: &str = "core/src/";

/// The module that the core's copy asks which mutant is on.
const MODULE: &str = include_str!("module.rs.txt");

pub(super) struct Tree {
    folder: PathBuf,
    /// The core's files, by their path below `core/src`.
    sources: BTreeMap<String, String>,
}

/// What was written: for each file of the core its pieces, and the mutants that no switch can be written for.
pub(super) struct Written {
    pub(super) pieces: BTreeMap<String, Vec<Piece>>,
    pub(super) without: Vec<usize>,
}

impl Tree {
    /// Copies what git knows or would add. What is the same already stays as it is, for cargo's sake.
    pub(super) fn copy() -> Result<Self> {
        let folder = repository::target().join("mutants/tree");
        let listed = read(program("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]))?;
        let mut sources = BTreeMap::new();
        for name in listed.lines() {
            let from = repository::root().join(name);
            if !from.is_file() {
                continue;
            }
            let content = files::read(&from)?;
            if let (Some(source), Some(text)) = (name.strip_prefix(SOURCES), std::str::from_utf8(&content).ok()) {
                sources.insert(source.to_owned(), text.to_owned());
            }
            if name != "core/Cargo.toml" {
                write_changed(&folder.join(name), &content)?;
            }
        }
        Ok(Self { folder, sources })
    }

    /// The trimmed line that a mutant begins on.
    pub(super) fn line(&self, mutant: &Mutant) -> &str {
        let text = mutant.file.strip_prefix(SOURCES).and_then(|file| self.sources.get(file));
        text.and_then(|text| text.lines().nth(mutant.span.start.line - 1)).unwrap_or_default().trim()
    }

    /// Writes the core with a switch for each mutant that is not taken out.
    pub(super) fn write_switched(
        &self,
        mutants: &[Mutant],
        taken: &BTreeMap<String, bool>,
        constant: &BTreeSet<String>,
    ) -> Result<Written> {
        let mut written = Written { pieces: BTreeMap::new(), without: Vec::new() };
        self.write("switched", |file, text| {
            let here = mutants.iter().enumerate();
            let here = here.filter(|(_, mutant)| mutant.file.strip_prefix(SOURCES) == Some(file));
            let here: Vec<_> = here.filter(|(_, mutant)| !taken.contains_key(&mutant.name)).collect();
            if !file.ends_with(".rs") {
                return Ok(text.to_owned());
            }
            let (switched, without) =
                switch(text, &here, constant).map_err(|error| format!("{file} is not read: {error}"))?;
            written.without.extend(without);
            written.pieces.insert(format!("core/switched/{file}"), switched.pieces);
            Ok(switched.text)
        })?;
        Ok(written)
    }

    /// Writes the core with one mutant, without a switch.
    pub(super) fn write_alone(&self, mutant: &Mutant) -> Result {
        self.write("alone", |file, text| match mutant.file.strip_prefix(SOURCES) == Some(file) {
            true => replace(text, mutant).ok_or_else(|| format!("{} is in no file", mutant.name)),
            false => Ok(text.to_owned()),
        })
    }

    /// Writes the core's sources into a folder beside `src`, and makes them those of the package.
    fn write(&self, name: &str, mut change: impl FnMut(&str, &str) -> Result<String>) -> Result {
        let folder = self.folder.join("core").join(name);
        for (file, text) in &self.sources {
            let mut text = change(file, text)?;
            if file == "lib.rs" {
                // Replacements use `vec!` and `::std::iter`.
                text += "\n#[macro_use]\nextern crate std;\nmod mutant;\n";
            }
            write_changed(&folder.join(file), text.as_bytes())?;
        }
        write_changed(&folder.join("mutant.rs"), MODULE.as_bytes())?;
        let manifest = String::from_utf8_lossy(&files::read(&repository::root().join("core/Cargo.toml"))?).into_owned();
        write_changed(
            &self.folder.join("core/Cargo.toml"),
            format!("{manifest}\n[lib]\npath = \"{name}/lib.rs\"\n").as_bytes(),
        )
    }

    /// Cargo in the copy, with a target folder beside it.
    pub(super) fn cargo(&self) -> Command {
        let mut cargo = cargo();
        cargo.current_dir(&self.folder).env("CARGO_TARGET_DIR", repository::target().join("mutants/build"));
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "0").env("RUSTFLAGS", "--cap-lints allow").arg("--quiet");
        cargo
    }
}

fn write_changed(file: &Path, content: &[u8]) -> Result {
    if files::read(file).is_ok_and(|before| before == content) {
        return Ok(());
    }
    files::create_folder(file.parent().unwrap_or(file))?;
    files::write(file, content)
}
