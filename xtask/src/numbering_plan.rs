//! `cargo xtask numbering-plan`: libphonenumber's metadata, compiled into the one table that the core looks numbers up in.

mod automaton;
mod formats;
mod listing;
mod metadata;
mod packed;
mod pattern;
mod prefix;
mod table;

use std::path::PathBuf;

use crate::shell::{program, read, run};
use crate::{Result, files, prerequisite, repository};
use metadata::Metadata;

/// Writes the table; which version of the metadata it holds stands in `tests/numbering/requirements.txt`.
pub(crate) fn write() -> Result {
    let metadata = metadata()?;
    let table = table::compile(&metadata)?;
    files::write(&table_file(), &table)?;
    println!("libphonenumber {}: {} bytes", metadata.version, table.len());
    Ok(())
}

fn table_file() -> PathBuf {
    repository::root().join("numbering/src/plan/numbering-plan.bin")
}

/// libphonenumber in Python, of the pinned version, in the cache.
pub(crate) fn python_package() -> Result<PathBuf> {
    let pinned = repository::root().join("tests/numbering/requirements.txt");
    let stamp = files::sha256(&files::read(&pinned)?);
    let folder = repository::cache().join("phonenumbers").join(&stamp[..16]);
    if !folder.join("phonenumbers/__init__.py").is_file() {
        prerequisite::pip()?;
        files::create_folder(&folder)?;
        let mut pip = program("python3");
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"]);
        pip.env("PIP_ROOT_USER_ACTION", "ignore");
        run(pip.arg("--target").arg(&folder).arg("--requirement").arg(&pinned))?;
    }
    Ok(folder)
}

fn metadata() -> Result<Metadata> {
    let mut python = program("python3");
    let dump = repository::root().join("xtask/src/numbering_plan/dump.py");
    let printed = read(python.arg(dump).env("PYTHONPATH", python_package()?))?;
    serde_json::from_str(&printed).map_err(|error| format!("the metadata has an unknown form: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_the_metadatas_and_compiling_it_twice_gives_the_same_bytes() {
        let metadata = metadata().unwrap();
        let table = table::compile(&metadata).unwrap();
        assert!(table == table::compile(&metadata).unwrap(), "compiled twice, the table differs");
        assert!(table == files::read(&table_file()).unwrap(), "run `cargo xtask numbering-plan`");
    }
}
