//! Has the page embedded anew when it was built anew.

use std::path::Path;

fn main() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/dist");
    // Until there is a page, its appearing is a change of the folder that it appears in.
    let watched = if page.is_dir() { "../www/dist" } else { "../www" };
    println!("cargo:rerun-if-changed={watched}");
}
