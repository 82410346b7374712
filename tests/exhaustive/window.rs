//! Half-open windows and instants, against the set of instants that each window has.

use alloc::vec::Vec;

use super::{Check, MAX};
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;

/// What a window may begin or end with. `None` is open.
fn bounds() -> Vec<Option<i64>> {
    let near = |middle: i64| (middle - 3..=middle + 3).filter(|millis| (-MAX..=MAX).contains(millis)).map(Some);
    [None].into_iter().chain([-MAX, -86_400_000, 0, 86_400_000, MAX].into_iter().flat_map(near)).collect()
}

/// Instants of every kind: all within one of a bound, and one in each gap.
fn instants() -> Vec<i64> {
    let near = |middle: i64| (middle - 4..=middle + 4).filter(|millis| (-MAX..=MAX).contains(millis));
    let gaps = [-MAX / 2, -43_200_000, 43_200_000, MAX / 2];
    let mut all: Vec<i64> = [-MAX, -86_400_000, 0, 86_400_000, MAX].into_iter().flat_map(near).chain(gaps).collect();
    all.sort_unstable();
    all
}

const fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

/// The definition: at or after the begin, and before the end.
fn has(begin: Option<i64>, end: Option<i64>, instant: i64) -> bool {
    begin.is_none_or(|begin| begin <= instant) && end.is_none_or(|end| instant < end)
}

#[test]
fn one() {
    let mut check = Check::new(
        "A window has its begin and every instant up to its end, and not its end; what it says of being empty, over and \
         changing next agrees with that.",
        "begins and ends open or within 3 ms of 0, of one day and of the last timestamp, of either sign; instants within 4 ms \
         of these and in each gap",
    );
    let (bounds, instants) = (bounds(), instants());
    for begin in &bounds {
        for end in &bounds {
            let window = Window::new(begin.map(at), end.map(at));
            let members: Vec<i64> = instants.iter().copied().filter(|now| has(*begin, *end, *now)).collect();
            let is_empty = begin.zip(*end).is_some_and(|(begin, end)| end <= begin);
            assert_eq!(window.is_empty(), is_empty, "{begin:?} {end:?}");
            assert_eq!(window.is_always(), begin.is_none() && end.is_none());
            for now in &instants {
                assert_eq!(window.contains(at(*now)), members.contains(now), "{begin:?} {end:?} {now}");
                assert_eq!(window.is_over(at(*now)), end.is_some_and(|end| end <= *now), "{begin:?} {end:?} {now}");
                let changes = [*begin, *end].into_iter().flatten().filter(|change| now < change).map(at);
                assert!(window.changes_after(at(*now)).eq(changes), "{begin:?} {end:?} {now}");
                check.cases += 3;
            }
        }
    }
}

#[test]
fn two() {
    let mut check = Check::new(
        "Two windows overlap exactly if an instant is in both.",
        "every pair of windows with an instant, whose begins and ends are open or within 3 ms of 0, of one day and of the \
         last timestamp, of either sign",
    );
    let (bounds, instants) = (bounds(), instants());
    let ends = |begin: &Option<i64>| bounds.iter().map(|end| (*begin, *end)).collect::<Vec<_>>();
    let all = bounds.iter().flat_map(ends).filter(|(begin, end)| instants.iter().any(|now| has(*begin, *end, *now)));
    let all: Vec<(Option<i64>, Option<i64>)> = all.collect();
    for one in check.each(all.iter(), 7) {
        for other in &all {
            let in_both = instants.iter().any(|now| has(one.0, one.1, *now) && has(other.0, other.1, *now));
            let window = |(begin, end): (Option<i64>, Option<i64>)| Window::new(begin.map(at), end.map(at));
            assert_eq!(window(*one).overlaps(window(*other)), in_both, "{one:?} {other:?}");
            check.cases += 1;
        }
    }
}

#[test]
fn lengths() {
    let mut check = Check::new(
        "A window of a length has exactly that many milliseconds from its begin, or up to its last instant, within the range.",
        "lengths 0 to 3 s and within 3 s of a day, of 2^31 and 2^32 - 1 s; begins and last instants within 4 ms of 0, of one \
         day and of the last timestamp, of either sign; both bounds and their neighbours",
    );
    let edges = [86_400_u32, 1 << 31, u32::MAX - 3].into_iter().flat_map(|edge| edge - 3..=edge + 3);
    let lengths: Vec<u32> = (0..=3).chain(edges).collect();
    let clamped = |millis: i128| i64::try_from(millis.clamp(-i128::from(MAX), i128::from(MAX))).unwrap();
    for length in lengths {
        let millis = i128::from(length) * 1_000;
        for edge in instants() {
            let exact = i128::from(edge);
            let (starting, ending) = (Window::starting(at(edge), length), Window::ending_with(at(edge), length));
            for bound in [exact, exact + millis, exact - millis] {
                for now in (bound - 2..=bound + 2).filter(|now| now.abs() <= i128::from(MAX)) {
                    let instant = at(i64::try_from(now).unwrap());
                    // No instant comes after the last one, so a window that would end there ends with it.
                    let is_in = exact <= now && instant.as_millis() < clamped(exact + millis);
                    assert_eq!(starting.contains(instant), is_in, "{edge} + {length} s at {now}");
                    let is_in = exact - millis < now && now <= exact;
                    assert_eq!(ending.contains(instant), is_in, "{length} s to {edge} at {now}");
                    check.cases += 2;
                }
            }
        }
    }
}

#[test]
fn later() {
    let mut check = Check::new(
        "An instant some time later is exact, or the end of the range.",
        "instants within 4 ms of 0, of one day and of the last timestamp, of either sign; every pair of them as an instant and \
         a difference, and differences at the ends of 64 bits",
    );
    let (instants, clamped) = (instants(), |exact: i128| exact.clamp(-i128::from(MAX), i128::from(MAX)));
    for instant in &instants {
        for difference in instants.iter().chain(&[i64::MIN, i64::MIN + 1, i64::MAX - 1, i64::MAX]) {
            let exact = i128::from(*instant) + i128::from(*difference);
            assert_eq!(i128::from(at(*instant).plus_millis(*difference).as_millis()), clamped(exact));
            check.cases += 1;
        }
        for seconds in (0..=2_000).chain(u32::MAX - 2_000..=u32::MAX) {
            let exact = i128::from(*instant) + i128::from(seconds) * 1_000;
            assert_eq!(i128::from(at(*instant).plus_seconds(seconds).as_millis()), clamped(exact));
            check.cases += 1;
        }
    }
}
