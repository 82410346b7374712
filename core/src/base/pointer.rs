//! JSON pointers (RFC 6901): a place in a document, as text.

use alloc::{format, string::String};

/// The pointer to a member of an object, or to an entry of a list by its index, from the pointer to the whole.
#[must_use]
pub fn joined(whole: &str, step: &str) -> String {
    // The tilde first: the other way round, `/` would become `~01`.
    format!("{whole}/{}", step.replace('~', "~0").replace('/', "~1"))
}

/// The names and indices on the way, as they stand in the document.
pub fn steps(pointer: &str) -> impl Iterator<Item = String> + '_ {
    // A pointer begins with `/`, so that nothing stands before the first one; the empty pointer has no step.
    pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"))
}

/// The last name or index; absent: the pointer is to the whole.
#[must_use]
pub fn last(pointer: &str) -> Option<String> {
    steps(pointer).last()
}

/// The pointer to what holds the place; absent: the pointer is to the whole.
#[must_use]
pub fn parent(pointer: &str) -> Option<&str> {
    pointer.rsplit_once('/').map(|(parent, _)| parent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn what_is_joined_is_taken_apart_again() {
        // The examples of RFC 6901, section 5.
        for (step, pointer) in [
            ("", "/"),
            ("a/b", "/a~1b"),
            ("c%d", "/c%d"),
            ("k\"l", "/k\"l"),
            (" ", "/ "),
            ("m~n", "/m~0n"),
            ("~1", "/~01"),
        ] {
            assert_eq!(joined("", step), pointer);
            assert_eq!((last(pointer).as_deref(), parent(pointer)), (Some(step), Some("")));
        }
        assert_eq!(steps(&joined(&joined("", "foo"), "0")).collect::<Vec<_>>(), ["foo", "0"]);
        assert_eq!((steps("").count(), last(""), parent("")), (0, None, None));
    }
}
