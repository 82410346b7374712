//! How what every type is made of is read.

use alloc::{boxed::Box, collections::BTreeMap, string::String, vec::Vec};

use core::str::FromStr;

use super::tree::Value;
use super::{Place, Read, Reader};
use crate::base::map::Map;
use crate::base::timestamp::Timestamp;
use crate::base::write::{Write, Writer};
use ringup_derive::names;
use ringup_numbering::{Country, E164, NumberPattern, NumberReason, Possibility};

/// A member that must be there, whatever it is.
pub(crate) struct Unread;

impl Read for Unread {
    fn value(_: &mut Reader<'_>, _: Place) -> Self {
        Self
    }
}

impl Read for bool {
    const DEFAULTS: bool = true;

    fn value(reader: &mut Reader<'_>, place: Place) -> Self {
        if let Value::Bool(value) = reader.value(place) {
            return *value;
        }
        reader.unlike(place, "`true` or `false`");
        false
    }
}

impl Read for String {
    const DEFAULTS: bool = true;

    fn value(reader: &mut Reader<'_>, place: Place) -> Self {
        reader.text(place).map(Self::from).unwrap_or_default()
    }
}

fn integer(reader: &mut Reader<'_>, place: Place, least: i64, most: i64) -> i64 {
    if let Value::Integer { negative, magnitude } = reader.value(place) {
        let value =
            if *negative { 0_i64.checked_sub_unsigned(*magnitude) } else { 0_i64.checked_add_unsigned(*magnitude) };
        if let Some(value) = value.filter(|value| least <= *value && *value <= most) {
            return value;
        }
    }
    if place != Place::ABSENT {
        reader.unlike(place, &alloc::format!("a whole number from {least} to {most}"));
    }
    least
}

macro_rules! integers {
    ($($integer:ident),+) => { $(
        impl Read for $integer {
            const DEFAULTS: bool = Self::MIN == 0;

            fn value(reader: &mut Reader<'_>, place: Place) -> Self {
                integer(reader, place, Self::MIN.into(), Self::MAX.into()).try_into().unwrap_or_default()
            }
        }
    )+ };
}

integers!(u8, u16, u32, i16, i64);

impl Read for u64 {
    fn value(reader: &mut Reader<'_>, place: Place) -> Self {
        if let Value::Integer { negative: false, magnitude } = reader.value(place) {
            return *magnitude;
        }
        reader.unlike(place, &alloc::format!("a whole number from 0 to {}", Self::MAX));
        0
    }
}

impl Read for Timestamp {
    fn value(reader: &mut Reader<'_>, place: Place) -> Self {
        super::checked_or::<i64, _, _>(reader, place, Self::exactly, || Self::from_millis(0))
    }
}

/// The vocabulary of the numbering plan, which knows no reader. Each with a text of its kind.
macro_rules! texts {
    ($($text:ident $instead:literal),+) => { $(
        impl Read for $text {
            fn value(reader: &mut Reader<'_>, place: Place) -> Self {
                super::checked_or::<String, _, _>(reader, place, Self::try_from, || known($instead))
            }
        }
    )+ };
}

#[expect(clippy::expect_used, reason = "the texts below are of their kinds")]
fn known<T: FromStr>(text: &str) -> T {
    text.parse().ok().expect("it is of this kind")
}

texts!(Country "US", E164 "+14155550142", NumberPattern "+1415555****");

/// Words of the numbering plan, read and written. One that is not listed does not compile.
macro_rules! words {
    ($($enum:ident { $first_word:literal $first:ident, $($word:literal $variant:ident),+ $(,)? })+) => { $(
        impl Read for $enum {
            fn value(reader: &mut Reader<'_>, place: Place) -> Self {
                const _: fn($enum) = |word| match word { $enum::$first => {} $($enum::$variant => {})+ };
                let word = reader.one_of(place, &names![$first_word, $($word),+]);
                [$(Self::$variant),+].get(word.wrapping_sub(1)).copied().unwrap_or(Self::$first)
            }
        }

        impl Write for $enum {
            fn write<W: Writer>(&self, writer: &mut W) {
                let later = [$(Self::$variant),+].iter().position(|variant| variant == self);
                writer.word(names![$first_word, $($word),+], later.map_or(0, |at| at.saturating_add(1)));
            }
        }
    )+ };
}

words! {
    NumberReason {
        "empty" Empty,
        "invalid_character" InvalidCharacter,
        "not_a_number" NotANumber,
        "invalid_context" InvalidContext,
        "unknown_country" UnknownCountry,
        "missing_calling_code" MissingCallingCode,
        "unknown_calling_code" UnknownCallingCode,
        "too_short_after_prefix" TooShortAfterPrefix,
        "too_short" TooShort,
        "too_long" TooLong,
        "invalid_length" InvalidLength,
        "local_only" LocalOnly,
        "invalid_for_country" InvalidForCountry,
    }
    Possibility {
        "possible" Possible,
        "local_only" LocalOnly,
        "too_short" TooShort,
        "too_long" TooLong,
        "invalid_length" InvalidLength,
    }
}

impl<T: Read> Read for Option<T> {
    const MAY_BE_ABSENT: bool = true;
    const DEFAULTS: bool = true;

    fn value(reader: &mut Reader<'_>, place: Place) -> Self {
        if reader.is_null(place) { None } else { Some(T::value(reader, place)) }
    }
}

impl<T: Read> Read for Box<T> {
    fn value(reader: &mut Reader<'_>, place: Place) -> Self {
        Self::new(T::value(reader, place))
    }
}

impl<T: Read> Read for Vec<T> {
    const DEFAULTS: bool = true;

    fn value(reader: &mut Reader<'_>, place: Place) -> Self {
        let mut all = Self::new();
        for item in reader.items(place) {
            all.push(T::value(reader, item));
        }
        all
    }
}

impl<K: Read + Ord, V: Read> Read for BTreeMap<K, V> {
    const DEFAULTS: bool = true;

    fn value(reader: &mut Reader<'_>, place: Place) -> Self {
        Map::value(reader, place).into_iter().collect()
    }
}

impl<A: Read, B: Read> Read for (A, B) {
    fn value(reader: &mut Reader<'_>, place: Place) -> Self {
        let mut found = [Place::ABSENT; 2];
        reader.exactly(place, &mut found, "a list of two");
        let [a, b] = found;
        (A::value(reader, a), B::value(reader, b))
    }
}

impl<A: Read, B: Read, C: Read> Read for (A, B, C) {
    fn value(reader: &mut Reader<'_>, place: Place) -> Self {
        let mut found = [Place::ABSENT; 3];
        reader.exactly(place, &mut found, "a list of three");
        let [a, b, c] = found;
        (A::value(reader, a), B::value(reader, b), C::value(reader, c))
    }
}
