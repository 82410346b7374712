//! Files and their sums; an error names the file.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::Result;

pub(crate) fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).map_err(|error| cannot("read", file, &error))
}

pub(crate) fn write(file: &Path, content: impl AsRef<[u8]>) -> Result {
    fs::write(file, content).map_err(|error| cannot("write", file, &error))
}

pub(crate) fn copy(from: &Path, to: &Path) -> Result {
    fs::copy(from, to).map(drop).map_err(|error| cannot("copy", from, &error))
}

/// The files and folders in a folder, in the order of their names.
pub(crate) fn list(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|error| cannot("read", folder, &error))?;
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

/// Makes the folder, and those above it, where they are not there yet.
pub(crate) fn create_folder(folder: &Path) -> Result {
    fs::create_dir_all(folder).map_err(|error| cannot("create", folder, &error))
}

/// Removes the folder with all that is in it; none is as good as one removed.
pub(crate) fn remove_folder(folder: &Path) -> Result {
    if folder.exists() { fs::remove_dir_all(folder).map_err(|error| cannot("remove", folder, &error)) } else { Ok(()) }
}

/// The last part of a path, for comparing and for printing.
pub(crate) fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The sum as `sha256sum` prints it.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn cannot(act: &str, path: &Path, error: &std::io::Error) -> String {
    format!("cannot {act} {}: {error}", path.display())
}
