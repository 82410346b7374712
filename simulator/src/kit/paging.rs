//! Lists in parts: how many entries are passed over, and how many are shown.

use crate::http::Request;

/// A part of a list.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Part {
    /// The number of entries before it.
    pub skip: usize,
    /// The largest number of entries.
    pub take: usize,
}

/// The default and the largest page size.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// The default.
    pub default: usize,
    /// The largest.
    pub max: usize,
}

impl Part {
    /// The page of this number, from 1.
    pub const fn page(number: usize, take: usize) -> Self {
        Self { skip: number.saturating_sub(1).saturating_mul(take), take }
    }

    /// The entries of this part.
    pub fn of<T>(self, all: impl IntoIterator<Item = T>) -> Vec<T> {
        all.into_iter().skip(self.skip).take(self.take).collect()
    }

    /// Whether a list of this length goes on after this part.
    pub const fn has_more(self, total: usize) -> bool {
        self.skip.saturating_add(self.take) < total
    }
}

impl Size {
    /// The requested size, clamped to the bounds.
    pub fn moved(self, asked: Option<usize>) -> usize {
        asked.unwrap_or(self.default).clamp(1, self.max)
    }

    /// The requested size; `None` if it is outside the bounds.
    pub fn within(self, asked: Option<usize>) -> Option<usize> {
        let asked = asked.unwrap_or(self.default);
        (1..=self.max).contains(&asked).then_some(asked)
    }
}

/// A number in the query; `None` if it is absent or malformed.
pub fn number(request: &Request, name: &str) -> Option<usize> {
    request.query(name)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_the_sum_of_its_parts() {
        let parts = (1..=4).map(|number| Part::page(number, 3));
        let shown: Vec<(Vec<u8>, bool)> = parts.map(|part| (part.of(0..8), part.has_more(8))).collect();
        let expected = [(vec![0, 1, 2], true), (vec![3, 4, 5], true), (vec![6, 7], false), (vec![], false)];
        assert_eq!(shown, expected);
        let size = Size { default: 20, max: 100 };
        assert_eq!([None, Some(0), Some(7), Some(500)].map(|asked| size.moved(asked)), [20, 1, 7, 100]);
        assert_eq!(
            [None, Some(0), Some(7), Some(500)].map(|asked| size.within(asked)),
            [Some(20), None, Some(7), None]
        );
    }
}
