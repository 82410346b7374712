//! What has passed on the files as they are, so that a run that was interrupted goes on where it was.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::tally::Tally;
use crate::files::{self, sha256};
use crate::shell::{program, read};
use crate::{Result, repository};

#[derive(Default, Deserialize, Serialize)]
pub(crate) struct Passed {
    /// The sum of all files.
    files: String,
    suites: BTreeMap<String, Suite>,
}

#[derive(Clone, Copy, Deserialize, Serialize)]
pub(crate) struct Suite {
    pub(crate) passed: u64,
    pub(crate) seconds: f64,
}

impl Passed {
    /// What is known of the files as they are; of other files, nothing.
    pub(crate) fn load() -> Result<Self> {
        let files = sum_of_files()?;
        let known = files::read(&store()).ok().and_then(|json| serde_json::from_slice::<Self>(&json).ok());
        Ok(known.filter(|known| known.files == files).unwrap_or(Self { files, suites: BTreeMap::new() }))
    }

    pub(crate) fn suite(&self, name: &str) -> Option<Suite> {
        self.suites.get(name).copied()
    }

    pub(crate) fn keep(&mut self, name: &str, tally: Tally, seconds: f64) -> Result {
        self.suites.insert(name.into(), Suite { passed: tally.passed, seconds });
        files::create_folder(&repository::cache())?;
        let json = serde_json::to_vec_pretty(self).map_err(|error| error.to_string())?;
        files::write(&store(), json)
    }
}

fn store() -> PathBuf {
    repository::cache().join("test-all.json")
}

/// Committed, changed and new files alike.
fn sum_of_files() -> Result<String> {
    let git = |arguments: &[&str]| read(program("git").current_dir(repository::root()).args(arguments));
    let mut sums = git(&["rev-parse", "HEAD"])? + &git(&["diff", "HEAD"])?;
    for file in git(&["ls-files", "--others", "--exclude-standard"])?.lines() {
        sums += &sha256(&files::read(&repository::root().join(file))?);
    }
    Ok(sha256(sums.as_bytes()))
}
