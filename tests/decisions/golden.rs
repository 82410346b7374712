//! Golden quotes: has the JSON that anyone depends on changed?
//!
//! Each file in `golden/quote/` holds an input and the quote that it had when a person last read it. After a change that is
//! meant: `RINGUP_UPDATE=1 cargo test -p ringup-tests-decisions golden`, and read the difference.

use std::{fs, path::PathBuf};

use ringup_core::{Offers, PurchaseRequest, Shop, Standing, Timestamp, policies, quote};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Golden {
    shop: String,
    standing: Standing,
    offers: Offers,
    request: PurchaseRequest,
    now: Timestamp,
}

#[test]
fn quotes_are_as_they_were() {
    let update = std::env::var_os("RINGUP_UPDATE").is_some();
    for path in files() {
        let mut stored: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let golden = Golden::deserialize(&stored).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let (_, policy) = policies::ALL.into_iter().find(|(id, _)| *id == golden.shop).unwrap();
        let shop = Shop::new(serde_json::from_str(policy).unwrap()).unwrap();
        let quote = quote(&shop, &golden.standing, &golden.offers, &golden.request, golden.now);
        let quote = serde_json::to_value(quote).unwrap();
        if update {
            stored["expect"] = quote;
            fs::write(&path, serde_json::to_string_pretty(&stored).unwrap() + "\n").unwrap();
        } else {
            assert_eq!(stored["expect"], quote, "{}", path.display());
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
