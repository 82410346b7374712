//! Reading shops by file or name, and JSON files with the place of each mistake.

use std::io::Read;

use ringup_core::{Diagnostic, DiagnosticCode, Shop, ShopData, pointer, policies};
use ringup_simulator::nearest::nearest_or_one_of;
use ringup_simulator::{place, reader};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::mistake::Mistake;

/// The name of standard input.
const STDIN: &str = "-";

/// The text of a file.
pub(super) fn text(file: &str) -> Result<String, Mistake> {
    let mut bytes = Vec::new();
    let read = match file {
        STDIN => std::io::stdin().lock().read_to_end(&mut bytes).map(drop),
        file => std::fs::read(file).map(|read| bytes = read),
    };
    read.map_err(|error| {
        Mistake::of_file(file, DiagnosticCode::FileUnreadable, error.to_string(), "name a file that can be read")
    })?;
    String::from_utf8(bytes)
        .map_err(|_| Mistake::of_file(file, DiagnosticCode::NotJson, "it is not UTF-8", "save it as UTF-8"))
}

/// Reads a JSON file.
pub(super) fn json<T: DeserializeOwned>(file: &str) -> Result<T, Mistake> {
    parsed(file, &text(file)?)
}

/// Reads a JSON text.
pub(super) fn parsed<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, Mistake> {
    let value: Value = serde_json::from_str(text).map_err(|error| Mistake::of_syntax(file, text, &error))?;
    if let Some(repeat) = repeats(file, text).into_iter().next() {
        return Err(repeat);
    }
    reader::read(&value).map_err(|wrong| Mistake::at(file, text, *wrong.diagnostic))
}

/// Members that are given more than once.
pub(super) fn repeats(file: &str, text: &str) -> Vec<Mistake> {
    let found = place::repeats(text).into_iter().map(|(path, line, column)| {
        let message = format!("the field `{}` is given twice", pointer::last(&path).unwrap_or_default());
        let diagnostic = Diagnostic::new(DiagnosticCode::MemberRepeated, path, message, "remove one");
        Mistake::at_place(file, (line, column), diagnostic)
    });
    found.collect()
}

/// The text of a shop: a shipped policy or a file.
pub(super) fn shop_text(named: &str) -> Result<String, Mistake> {
    if let Some((_, json)) = policies::ALL.into_iter().find(|(id, _)| *id == named) {
        return Ok(json.into());
    }
    if named != STDIN && !std::path::Path::new(named).exists() {
        let message = "there is no such file and no policy of this name";
        let help = nearest_or_one_of(named, &policies::ALL.map(|(id, _)| id));
        return Err(Mistake::of_file(named, DiagnosticCode::PolicyUnknown, message, help));
    }
    text(named)
}

/// A shop by its file or its name.
pub(super) fn shop(named: &str) -> Result<Shop, Mistake> {
    let text = shop_text(named)?;
    let data: ShopData = parsed(named, &text)?;
    Shop::new(data).map_err(|diagnostic| Mistake::at(named, &text, diagnostic))
}
