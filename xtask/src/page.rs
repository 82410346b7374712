//! The workbench page, `www/dist`, which the program `ringup` carries in itself.

use crate::shell::run;
use crate::{Result, npm, repository};

/// Builds the page. It needs the npm package first.
pub(crate) fn build() -> Result {
    let folder = repository::page();
    npm::install(&folder)?;
    run(&mut npm::script(&folder, "build"))
}
