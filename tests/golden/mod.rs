//! Golden quotes: has the JSON that anyone depends on changed?
//!
//! Each file in `golden/quote/` holds an input and the quote that it had when a person last read it. After a change that is
//! meant: `RINGUP_UPDATE=1 cargo test -p ringup-tests-rules golden`, and read the difference. The shop is a policy that
//! comes with the core, by its id, or one of the file's own.

mod followed;

use std::{fs, path::PathBuf};

use ringup_core::{Offers, PurchaseRequest, Quote, Shop, Standing, Timestamp, policies};
use serde::Deserialize;
use serde_json::Value;

use crate::api::quote;

/// A golden quote: what was asked, and what was answered.
#[derive(Debug, Deserialize)]
pub(crate) struct Golden {
    #[serde(skip)]
    pub(crate) name: String,
    shop: Value,
    pub(crate) standing: Standing,
    pub(crate) offers: Offers,
    pub(crate) request: PurchaseRequest,
    pub(crate) now: Timestamp,
    /// The quote that it had when a person last read it, as JSON.
    pub(crate) expect: Value,
}

impl Golden {
    /// All of them, by their names.
    pub(crate) fn all() -> Vec<Self> {
        let read = |path: &PathBuf| {
            let text = fs::read_to_string(path).unwrap();
            let golden: Self =
                serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            Self { name: path.file_stem().unwrap().to_string_lossy().into_owned(), ..golden }
        };
        files().iter().map(read).collect()
    }

    pub(crate) fn shop(&self) -> Shop {
        let data = match self.shop.as_str() {
            Some(name) => {
                let (_, policy) = policies::ALL.into_iter().find(|(id, _)| *id == name).unwrap();
                serde_json::from_str(policy).unwrap()
            }
            None => serde_json::from_value(self.shop.clone()).unwrap(),
        };
        Shop::new(data).unwrap()
    }

    pub(crate) fn quote(&self) -> Quote {
        quote(&self.shop(), &self.standing, &self.offers, &self.request, self.now)
    }
}

#[test]
fn quotes_are_as_they_were() {
    let update = std::env::var_os("RINGUP_UPDATE").is_some();
    for (golden, path) in Golden::all().into_iter().zip(files()) {
        let quote = serde_json::to_value(golden.quote()).unwrap();
        if update {
            let mut stored: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            stored["expect"] = quote;
            fs::write(&path, serde_json::to_string_pretty(&stored).unwrap() + "\n").unwrap();
        } else {
            assert_eq!(golden.expect, quote, "{}", path.display());
        }
    }
}

fn files() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../golden/quote");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}
