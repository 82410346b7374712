//! The clock, a record like any other: real time and what was added to it, or added time alone.

use std::time::{SystemTime, UNIX_EPOCH};

use ringup_core::Timestamp;
use serde::{Deserialize, Serialize};

/// 2026-03-25T10:00:00Z, where manual clocks begin.
const START: Timestamp = Timestamp::from_millis(1_774_432_800_000);

/// The end of every clock: the last second whose year has four digits in every time zone.
pub const END: Timestamp = Timestamp::from_millis(253_402_207_200_000);

/// How the clock moves.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockMode {
    /// Only when advanced.
    #[default]
    Manual,
    /// In real time, plus what it was advanced by.
    Wall,
}

/// The world's clock. It never goes back, and never past [`END`].
#[derive(Clone, Debug, Serialize)]
pub struct Clock {
    mode: ClockMode,
    advanced_ms: i64,
    now: Timestamp,
}

impl Clock {
    /// A clock as a world begins with it.
    #[must_use]
    pub fn new(mode: ClockMode) -> Self {
        let mut clock = Self { mode, advanced_ms: 0, now: Timestamp::from_millis(0) };
        clock.tick();
        clock
    }

    /// The same, beginning at an instant of one's own.
    #[must_use]
    pub fn beginning_at(mode: ClockMode, instant: Timestamp) -> Self {
        let instant = instant.min(END);
        let advanced_ms = instant.as_millis().saturating_sub(base(mode).as_millis());
        Self { mode, advanced_ms, now: instant }
    }

    /// What moves it.
    #[must_use]
    pub const fn mode(&self) -> ClockMode {
        self.mode
    }

    /// What it shows.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// Reads real time in wall mode. Between two ticks the clock stands still, so that a step has one instant.
    pub fn tick(&mut self) {
        self.now = self.now.max(base(self.mode).plus_millis(self.advanced_ms)).min(END);
    }

    /// Moves it to a later instant.
    pub fn advance_to(&mut self, instant: Timestamp) {
        let by = instant.min(END).as_millis().saturating_sub(self.now.as_millis()).max(0);
        self.advanced_ms = self.advanced_ms.saturating_add(by);
        self.now = self.now.plus_millis(by);
    }
}

/// What is shown without an advance.
fn base(mode: ClockMode) -> Timestamp {
    match mode {
        ClockMode::Manual => START,
        ClockMode::Wall => real_time(),
    }
}

fn real_time() -> Timestamp {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_moves_only_when_advanced() {
        let mut clock = Clock::new(ClockMode::Manual);
        assert_eq!(clock.now(), START);
        clock.advance_to(START.plus_seconds(5));
        clock.advance_to(START);
        clock.tick();
        assert_eq!(clock.now(), START.plus_seconds(5));
    }

    #[test]
    fn it_begins_where_it_is_told_to() {
        let (before, year) = (Timestamp::from_millis(0), 31_556_952);
        for mode in [ClockMode::Manual, ClockMode::Wall] {
            let mut clock = Clock::beginning_at(mode, before);
            assert_eq!(clock.now(), before, "{mode:?}");
            clock.tick();
            clock.advance_to(before.plus_seconds(year));
            clock.tick();
            assert!(before.plus_seconds(year) <= clock.now() && clock.now() < before.plus_seconds(year + 60));
        }
        assert_eq!(Clock::beginning_at(ClockMode::Manual, Timestamp::MAX).now(), END);
    }

    #[test]
    fn it_ends_where_instants_can_no_longer_be_written() {
        let mut clock = Clock::new(ClockMode::Manual);
        clock.advance_to(Timestamp::MAX);
        clock.tick();
        assert_eq!(clock.now(), END);
        assert_eq!(jiff::Timestamp::MAX.as_second(), END.as_millis() / 1000);
    }

    #[test]
    fn a_wall_clock_keeps_what_was_added() {
        let mut clock = Clock::new(ClockMode::Wall);
        let hour_later = clock.now().plus_seconds(3600);
        clock.advance_to(hour_later);
        clock.tick();
        assert!(hour_later <= clock.now() && clock.now() < hour_later.plus_seconds(60));
    }
}
