//! `docs/module.md` names every function that a module exports, and no other.

use std::collections::BTreeSet;
use std::path::Path;

use crate::tidy::read;

/// Each module's exports, and the heading of its part of the page.
const MODULES: [(&str, &str); 3] = [
    ("wasm/src/abi.rs", "## The bare module"),
    ("wasm/src/package/exports.rs", "## The module of the package"),
    ("wasm/number/src/abi.rs", "## The module of numbers"),
];

#[test]
fn every_export_is_on_the_page_with_its_signature() {
    let page = read(Path::new("docs/module.md"));
    for (file, heading) in MODULES {
        let (_, part) = page.split_once(heading).unwrap_or_else(|| panic!("docs/module.md has no part `{heading}`"));
        let part = part.split("\n## ").next().unwrap();
        let rows = part.lines().filter_map(|line| line.strip_prefix("| `")).filter_map(|row| row.split('`').next());
        let named: BTreeSet<String> = rows.filter(|row| row.contains('(')).map(str::to_owned).collect();
        assert_eq!(named, exports(&read(Path::new(file))), "{file} against docs/module.md");
    }
}

/// Each exported function, as WebAssembly has it: `quote(pointer: i32, length: i32) -> i64`.
fn exports(source: &str) -> BTreeSet<String> {
    let functions = source.split("#[unsafe(no_mangle)]").skip(1);
    let signatures = functions.map(|text| {
        let signature = text.split_once("extern \"C\" fn ").unwrap().1.split_once(" {").unwrap().0;
        let (name, rest) = signature.split_once('(').unwrap();
        let (arguments, result) = rest.rsplit_once(')').unwrap();
        let arguments = arguments.split(", ").filter(|argument| !argument.is_empty()).map(|argument| {
            let (name, kind) = argument.split_once(": ").unwrap();
            format!("{name}: {}", lowered(kind))
        });
        let arguments: Vec<String> = arguments.collect();
        let result = result.strip_prefix(" -> ").map_or_else(String::new, |kind| format!(" -> {}", lowered(kind)));
        format!("{name}({}){result}", arguments.join(", "))
    });
    signatures.collect()
}

/// The type of WebAssembly that a type of Rust becomes there.
fn lowered(kind: &str) -> &'static str {
    match kind {
        "usize" | "u32" | "i32" | "bool" | "*mut u8" | "*const u8" | "*const u32" => "i32",
        "u64" => "i64",
        "f64" => "f64",
        other => panic!("{other} is not known here"),
    }
}
