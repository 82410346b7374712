//! Reading JSON where serde would be too large: at the npm package's boundary.
//!
//! A text is parsed into a [`tree`](self), and a value is read off the tree by what `#[data]` derives from serde's
//! attributes. Every mistake is told at once, each with its place; a misspelt member and one that stands twice are mistakes
//! wherever serde refuses unknown members. Serde buffers every tagged enum and is compiled again for each type, which is
//! most of what a module weighs; here nothing but the members' names and types is compiled for each type. Natively serde is
//! the reader, and `tests/rules/reader.rs` keeps the two alike.

mod canonical;
mod name;
mod reader;
mod tree;
mod values;

use alloc::vec::Vec;

use crate::base::diagnostic::Diagnostic;
pub use crate::base::names::Names;
pub use reader::{Reader, Shape, checked_by, checked_or};
pub use tree::Place;
use tree::Tree;
pub(crate) use values::Unread;

/// What can be read off a tree. `#[data]` derives it.
pub trait Read: Sized {
    /// Whether a member of this type may be absent.
    const MAY_BE_ABSENT: bool = false;

    /// Whether what is read at [`Place::ABSENT`] is the default. If it is, a member with a default needs no code for it.
    const DEFAULTS: bool = false;

    /// Reads the value at a place. If it is not of this type, the reader has one more mistake, and *any* value is returned:
    /// nobody sees it, because a document with a mistake is not read. So the mistakes behind it are found, too, and no type
    /// needs code for a value of which a part is missing. At [`Place::ABSENT`] nothing is a mistake.
    fn value(reader: &mut Reader<'_>, place: Place) -> Self;

    /// Reads the value at a place; none: it is not of this type, and the reader knows why.
    fn read(reader: &mut Reader<'_>, place: Place) -> Option<Self> {
        let before = reader.count();
        let value = Self::value(reader, place);
        (reader.count() == before).then_some(value)
    }
}

/// Reads a value off JSON.
///
/// # Errors
/// Every mistake, in the order of the text. A text that is not JSON has one.
pub fn read<T: Read>(json: &[u8]) -> Result<T, Vec<Diagnostic>> {
    let tree = Tree::parse(json)?;
    let mut reader = Reader::new(&tree);
    let value = T::value(&mut reader, Place::ROOT);
    reader.finish().map(|()| value)
}

#[cfg(test)]
mod tests;
