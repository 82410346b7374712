//! Windows: half-open stretches of time, with the first instant and without the end.

use crate::base::timestamp::Timestamp;

/// A stretch of time: every instant at or after `begin` and before `end`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Window {
    // Milliseconds since the epoch. An open end is `i64`'s own, which no `Timestamp` reaches.
    begin: i64,
    end: i64,
}

impl Window {
    /// `None` is an open end.
    pub(crate) fn new(begin: Option<Timestamp>, end: Option<Timestamp>) -> Self {
        Self { begin: begin.map_or(i64::MIN, Timestamp::as_millis), end: end.map_or(i64::MAX, Timestamp::as_millis) }
    }

    pub(crate) const fn between(begin: Timestamp, end: Timestamp) -> Self {
        Self { begin: begin.as_millis(), end: end.as_millis() }
    }

    /// All instants before `end`.
    pub(crate) const fn until(end: Timestamp) -> Self {
        Self { begin: i64::MIN, end: end.as_millis() }
    }

    /// `length_s` seconds from `begin`.
    pub(crate) const fn starting(begin: Timestamp, length_s: u32) -> Self {
        Self::between(begin, begin.plus_seconds(length_s))
    }

    /// The `length_s` seconds that end with `last`, which is in. An instant exactly `length_s` earlier is out.
    pub(crate) fn ending_with(last: Timestamp, length_s: u32) -> Self {
        let length = i64::from(length_s).saturating_mul(1000);
        let end = last.as_millis().saturating_add(1);
        Self { begin: end.saturating_sub(length), end }
    }

    /// The first instant in the window.
    pub(crate) const fn begins(self) -> Timestamp {
        Timestamp::from_millis(self.begin)
    }

    /// The first instant after the window.
    pub(crate) const fn ends(self) -> Timestamp {
        Timestamp::from_millis(self.end)
    }

    pub(crate) const fn contains(self, at: Timestamp) -> bool {
        self.begin <= at.as_millis() && !self.is_over(at)
    }

    /// Whether the window has ended at `at`.
    pub(crate) const fn is_over(self, at: Timestamp) -> bool {
        self.end <= at.as_millis()
    }

    /// Whether both ends are open.
    pub(crate) const fn is_always(self) -> bool {
        self.begin == i64::MIN && self.end == i64::MAX
    }

    /// Whether the window contains no instant.
    pub(crate) const fn is_empty(self) -> bool {
        self.end <= self.begin
    }

    /// Whether an instant may be in both: neither ends before the other begins.
    pub(crate) const fn overlaps(self, other: Self) -> bool {
        other.begin < self.end && self.begin < other.end
    }

    /// The begin and the end, if they come after `at`.
    pub(crate) fn changes_after(self, at: Timestamp) -> impl Iterator<Item = Timestamp> {
        let changes = [self.begin, self.end].into_iter().filter(|change| *change != i64::MAX);
        changes.filter(move |change| at.as_millis() < *change).map(Timestamp::from_millis)
    }
}

#[cfg(test)]
mod tests {
    use alloc::{vec, vec::Vec};

    use super::*;

    const fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    #[test]
    fn the_first_instant_is_in_and_the_end_is_not() {
        for window in [Window::between(at(5), at(1_005)), Window::starting(at(5), 1), Window::ending_with(at(1_004), 1)]
        {
            let found = [4, 5, 1_004, 1_005].map(|millis| (window.contains(at(millis)), window.is_over(at(millis))));
            assert_eq!(found, [(false, false), (true, false), (true, false), (false, true)]);
            assert_eq!((window.begins(), window.ends()), (at(5), at(1_005)));
        }
        assert!(Window::until(at(5)).contains(at(4)) && !Window::until(at(5)).contains(at(5)));
        assert!(Window::new(None, None).is_always() && Window::new(None, None).contains(Timestamp::MAX));
        assert!(Window::between(at(5), at(5)).is_empty() && !Window::starting(at(5), 1).is_empty());
    }

    #[test]
    fn windows_that_touch_do_not_overlap() {
        let window = Window::between(at(5), at(9));
        let others = [Window::between(at(0), at(5)), Window::between(at(0), at(6)), Window::new(Some(at(9)), None)];
        assert_eq!(others.map(|other| window.overlaps(other)), [false, true, false]);
        assert!(Window::new(None, None).overlaps(window));
    }

    #[test]
    fn it_changes_where_it_begins_and_where_it_ends() {
        let window = Window::between(at(5), at(9));
        let changes = |window: Window, millis| window.changes_after(at(millis)).map(Timestamp::as_millis).collect();
        let after: [Vec<i64>; 3] = [4, 5, 9].map(|millis| changes(window, millis));
        assert_eq!(after, [vec![5, 9], vec![9], vec![]]);
        let open: [Vec<i64>; 2] = [changes(Window::new(Some(at(5)), None), 4), changes(Window::until(at(5)), 4)];
        assert_eq!(open, [vec![5], vec![5]]);
    }
}
