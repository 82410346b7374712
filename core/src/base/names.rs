//! Names of the program itself: of members and of words.

/// Names in one text. Before each stands the character whose number is the name's length, so that one that is not wanted
/// costs one step. A list of addresses takes twice the room in a module. `ringup_derive::names!` writes it.
#[derive(Clone, Debug, Default)]
pub struct Names(&'static str);

impl Names {
    /// Of a text as it is described above. Another one has fewer names.
    #[must_use]
    pub const fn joined(text: &'static str) -> Self {
        Self(text)
    }

    /// Whether there are none.
    #[inline]
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether both are one text at one address.
    #[inline]
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        core::ptr::eq(self.0, other.0)
    }

    /// Where the text is.
    #[inline]
    #[must_use]
    pub fn address(&self) -> usize {
        self.0.as_ptr().addr()
    }

    /// Where a name stands, and the names after it.
    pub(crate) fn find(&self, name: &str) -> Option<(usize, Self)> {
        let (mut at, mut rest) = (0_usize, self.0.as_bytes());
        while let Some((length, known)) = rest.split_first() {
            let (known, others) = known.split_at_checked(usize::from(*length))?;
            if known == name.as_bytes() {
                return Some((at, self.last(others.len())));
            }
            (at, rest) = (at.saturating_add(1), others);
        }
        None
    }

    /// The names after the first one, if that is this name.
    pub(crate) fn after(&self, name: &str) -> Option<Self> {
        let (length, rest) = self.0.as_bytes().split_first()?;
        let others = rest.strip_prefix(name.as_bytes()).filter(|_| usize::from(*length) == name.len())?;
        Some(self.last(others.len()))
    }

    /// Those of the last bytes.
    fn last(&self, bytes: usize) -> Self {
        Self(self.0.get(self.0.len().saturating_sub(bytes)..).unwrap_or_default())
    }
}

impl Iterator for Names {
    type Item = &'static str;

    fn next(&mut self) -> Option<&'static str> {
        let (length, rest) = self.0.split_at_checked(1)?;
        let length = length.bytes().next()?;
        let (name, rest) = rest.split_at_checked(length.into())?;
        self.0 = rest;
        Some(name)
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn names_come_out_as_they_were_joined() {
        let names = ringup_derive::names!["country", "", "number type"];
        assert_eq!(names.clone().collect::<Vec<_>>(), ["country", "", "number type"]);
        let (at, rest) = names.find("").unwrap();
        assert_eq!((at, rest.collect::<Vec<_>>()), (1, ["number type"].into()));
        let after = |name| names.after(name).map(Iterator::collect::<Vec<_>>);
        assert_eq!((after("country"), after("count"), after("")), (Some(["", "number type"].into()), None, None));
        let none = Names::default();
        assert!(none.is_empty() && none.find("").is_none());
        assert!(names.find("number").is_none() && !names.is_empty());
    }
}
