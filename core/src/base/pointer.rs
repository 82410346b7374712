//! JSON pointers (RFC 6901): where something is in a document.

use alloc::{format, string::String};

/// The pointer to a member of an object, or to an entry of a list by its index. `whole` is the pointer to the object or
/// list.
#[must_use]
pub fn joined(whole: &str, step: &str) -> String {
    let mut pointer = format!("{whole}/");
    for character in step.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
    pointer
}

/// The member names and indices, without escapes.
pub fn steps(pointer: &str) -> impl Iterator<Item = String> + '_ {
    // A pointer begins with `/`, so the first part is empty and skipped. The empty pointer has no step.
    pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"))
}

/// The last member name or index. `None` for the whole document.
#[must_use]
pub fn last(pointer: &str) -> Option<String> {
    steps(pointer).last()
}

/// The pointer to the enclosing object or list. `None` for the whole document.
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
