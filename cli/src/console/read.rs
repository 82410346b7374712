//! Reading: a shop by its file or its name, and JSON files with every mistake told by its place.

use ringup_core::{Shop, ShopData, policies};
use serde::de::DeserializeOwned;

use super::mistake::{Mistake, field_of, nearest_or_one_of};

/// The text of a file.
pub(super) fn text(file: &str) -> Result<String, Mistake> {
    let problem = |error: std::io::Error| Mistake::of_file(file, error.to_string(), "name a file that can be read");
    let bytes = std::fs::read(file).map_err(problem)?;
    String::from_utf8(bytes).map_err(|_| Mistake::of_file(file, "it is not UTF-8", "save it as UTF-8"))
}

/// What a JSON file says.
pub(super) fn json<T: DeserializeOwned>(file: &str) -> Result<T, Mistake> {
    parsed(file, &text(file)?)
}

/// What a JSON text says.
pub(super) fn parsed<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, Mistake> {
    let syntax = |error| Mistake::of_syntax(file, text, &error);
    serde_json::from_str::<serde::de::IgnoredAny>(text).map_err(syntax)?;
    let mut reader = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let message = error.inner().to_string();
        // serde_json puts the place at the end of its words; the field's own place is found anew.
        let words = message.rsplit_once(" at line ").map_or(&*message, |(words, _)| words);
        Mistake::of_value(file, text, field_of(error.path(), words), words)
    })
}

/// The text of a shop: that of a policy which comes with the program, or of a file.
pub(super) fn shop_text(named: &str) -> Result<String, Mistake> {
    if let Some((_, json)) = policies::ALL.into_iter().find(|(id, _)| *id == named) {
        return Ok(json.into());
    }
    if !std::path::Path::new(named).exists() {
        let names = policies::ALL.map(|(id, _)| id);
        let problem = "there is no such file and no policy of this name";
        return Err(Mistake::of_file(named, problem, nearest_or_one_of(named, &names)));
    }
    text(named)
}

/// A shop by its file or its name.
pub(super) fn shop(named: &str) -> Result<Shop, Mistake> {
    let text = shop_text(named)?;
    let data: ShopData = parsed(named, &text)?;
    Shop::new(data).map_err(|error| Mistake::at(named, &text, error.path, error.message, error.help))
}
