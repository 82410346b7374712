//! The workbench page, built by `cargo xtask up` into `www/dist` and carried within the program.

use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "../www/dist"]
#[allow_missing = true]
struct Page;

/// What `/` says in a program that was built without the page.
const MISSING: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Ringup</title>\
<h1>Ringup</h1><p>The simulator is running; its page is not in this program. \
Run <code>cargo xtask up</code>, which builds both.</p><p>The control plane is at <a href=\"/_sim\">/_sim</a>.</p>";

/// A file of the page.
#[derive(Debug)]
pub struct File {
    /// Its content type.
    pub content_type: &'static str,
    /// How its bytes are compressed, if they are.
    pub content_encoding: Option<&'static str>,
    /// How long it may be kept.
    pub cache_control: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The file at a path from the server's root, if the page has one; compressed where the client takes that and the builder of
/// the page has done it.
#[must_use]
pub fn file(path: &str, takes_brotli: bool) -> Option<File> {
    let name = match path.trim_start_matches('/') {
        "" => "index.html",
        name => name,
    };
    let cache_control = match name.starts_with("assets/") {
        // The builder puts a digest of the content into these names.
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    let content_type = content_type(name);
    let file = |content_encoding, bytes| File { content_type, content_encoding, cache_control, bytes };
    let compressed = takes_brotli.then(|| Page::get(&format!("{name}.br"))).flatten();
    match compressed.map(|file| (Some("br"), file)).or_else(|| Some((None, Page::get(name)?))) {
        Some((coding, EmbeddedFile { data, .. })) => Some(file(coding, data.into_owned())),
        None if name == "index.html" => Some(file(None, MISSING.into())),
        None => None,
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_always_a_page_and_nothing_outside_of_it() {
        let page = file("/", false).unwrap();
        assert_eq!(page.content_type, "text/html; charset=utf-8");
        for outside in ["/../Cargo.toml", "/..%2fCargo.toml", "//etc/passwd", "/nothing"] {
            assert!(file(outside, true).is_none(), "{outside}");
        }
    }
}
