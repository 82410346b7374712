//! How what every type is made of is read.

use alloc::{
    boxed::Box,
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

use super::tree::Value;
use super::{Place, Read, Reader};
use crate::base::timestamp::Timestamp;
use ringup_numbering::{Country, E164, NumberPattern, NumberReason, Possibility};

/// A member that must be there, whatever it is.
pub(crate) struct Unread;

impl Read for Unread {
    fn read(_: &mut Reader<'_>, _: Place) -> Option<Self> {
        Some(Self)
    }
}

impl Read for bool {
    fn read(reader: &mut Reader<'_>, place: Place) -> Option<Self> {
        if let Value::Bool(value) = reader.value(place) {
            return Some(*value);
        }
        reader.unlike(place, "`true` or `false`");
        None
    }
}

impl Read for String {
    fn read(reader: &mut Reader<'_>, place: Place) -> Option<Self> {
        reader.text(place).map(Self::from)
    }
}

fn integer(reader: &mut Reader<'_>, place: Place, least: i64, most: u64) -> Option<i128> {
    if let Value::Integer { negative, magnitude } = reader.value(place) {
        let value = i128::from(*magnitude);
        let value = if *negative { value.saturating_neg() } else { value };
        if i128::from(least) <= value && value <= i128::from(most) {
            return Some(value);
        }
    }
    reader.unlike(place, &alloc::format!("a whole number from {least} to {most}"));
    None
}

macro_rules! integers {
    ($($integer:ident),+) => { $(
        impl Read for $integer {
            fn read(reader: &mut Reader<'_>, place: Place) -> Option<Self> {
                let least = i64::try_from(Self::MIN).unwrap_or(i64::MIN);
                let most = u64::try_from(Self::MAX).unwrap_or(u64::MAX);
                integer(reader, place, least, most).and_then(|value| value.try_into().ok())
            }
        }
    )+ };
}

integers!(u8, u32, u64, i16, i64);

impl Read for Timestamp {
    fn read(reader: &mut Reader<'_>, place: Place) -> Option<Self> {
        super::checked_by::<i64, _, _>(reader, place, Self::exactly)
    }
}

/// The vocabulary of the numbering plan, which knows no reader.
macro_rules! texts {
    ($($text:ident),+) => { $(
        impl Read for $text {
            fn read(reader: &mut Reader<'_>, place: Place) -> Option<Self> {
                super::checked_by::<String, _, _>(reader, place, Self::try_from)
            }
        }
    )+ };
}

texts!(Country, E164, NumberPattern);

/// Words of the numbering plan. One that is not listed does not compile.
macro_rules! words {
    ($($enum:ident { $($word:literal $variant:ident),+ $(,)? })+) => { $(
        impl Read for $enum {
            fn read(reader: &mut Reader<'_>, place: Place) -> Option<Self> {
                const _: fn($enum) = |word| match word { $($enum::$variant => {})+ };
                let word = reader.one_of(place, &[$($word),+])?;
                [$(Self::$variant),+].get(word).copied()
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
    fn read(reader: &mut Reader<'_>, place: Place) -> Option<Self> {
        if matches!(reader.value(place), Value::Null) { Some(None) } else { T::read(reader, place).map(Some) }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Read> Read for Box<T> {
    fn read(reader: &mut Reader<'_>, place: Place) -> Option<Self> {
        T::read(reader, place).map(Self::new)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(reader: &mut Reader<'_>, place: Place) -> Option<Self> {
        let (mut all, mut whole) = (Self::new(), true);
        for item in reader.items(place)? {
            match T::read(reader, item) {
                Some(item) => all.push(item),
                None => whole = false,
            }
        }
        whole.then_some(all)
    }
}

impl<T: Read + Ord> Read for BTreeSet<T> {
    fn read(reader: &mut Reader<'_>, place: Place) -> Option<Self> {
        Vec::read(reader, place).map(Self::from_iter)
    }
}

impl<K: Read + Ord, V: Read> Read for BTreeMap<K, V> {
    fn read(reader: &mut Reader<'_>, place: Place) -> Option<Self> {
        let (mut all, mut whole) = (Self::new(), true);
        for (name, value) in reader.entries(place)? {
            match (K::read(reader, name), V::read(reader, value)) {
                (Some(key), Some(value)) => {
                    if all.insert(key, value).is_some() {
                        reader.repeated(name);
                    }
                }
                _ => whole = false,
            }
        }
        whole.then_some(all)
    }
}

impl<A: Read, B: Read> Read for (A, B) {
    fn read(reader: &mut Reader<'_>, place: Place) -> Option<Self> {
        let mut items = reader.items(place)?;
        let (Some(a), Some(b), None) = (items.next(), items.next(), items.next()) else {
            reader.unlike(place, "a list of two");
            return None;
        };
        let (a, b) = (A::read(reader, a), B::read(reader, b));
        Some((a?, b?))
    }
}

impl<A: Read, B: Read, C: Read> Read for (A, B, C) {
    fn read(reader: &mut Reader<'_>, place: Place) -> Option<Self> {
        let mut items = reader.items(place)?;
        let (Some(a), Some(b), Some(c), None) = (items.next(), items.next(), items.next(), items.next()) else {
            reader.unlike(place, "a list of three");
            return None;
        };
        let (a, b, c) = (A::read(reader, a), B::read(reader, b), C::read(reader, c));
        Some((a?, b?, c?))
    }
}
