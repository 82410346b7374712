//! Numbers for the stock: generated, plausible, and the same in every world.

use std::collections::BTreeSet;

use ringup_core::{Country, E164, NumberType};

/// Any digit.
pub const ANY: &str = "0123456789";

/// What an exchange in North America begins with.
pub const NANP: &str = "23456789";

/// A block of numbers that share what they begin with.
#[derive(Clone, Copy)]
pub struct Block {
    /// Their country.
    pub country: &'static str,
    /// Their region, as the carrier names it.
    pub region: &'static str,
    /// Their type.
    pub number_type: NumberType,
    /// What each begins with, the `+` first.
    pub prefix: &'static str,
    /// The digits that may come next.
    pub next: &'static str,
    /// How many digits follow the prefix.
    pub digits: u32,
    /// How many numbers to make.
    pub count: usize,
}

impl Block {
    /// A block; the arguments stand in the order of the fields.
    #[must_use]
    pub const fn new(
        country: &'static str,
        region: &'static str,
        number_type: NumberType,
        prefix: &'static str,
        next: &'static str,
        digits: u32,
        count: usize,
    ) -> Self {
        Self { country, region, number_type, prefix, next, digits, count }
    }

    /// Its country; none only if the table is wrong.
    pub fn country(&self) -> Option<Country> {
        self.country.parse().ok()
    }

    /// Its numbers, each once; made as they are asked for.
    pub fn numbers(&self) -> impl Iterator<Item = E164> {
        let mut seen = BTreeSet::new();
        let draws = (0_u64..).map(|draw| self.draw(draw)).take(self.count.saturating_mul(20));
        draws.flatten().filter(move |number| seen.insert(*number)).take(self.count)
    }

    /// The `index`th of its numbers; after the last comes the first again.
    pub fn number(&self, index: usize) -> Option<E164> {
        self.numbers().nth(index.checked_rem(self.count)?)
    }

    fn draw(&self, draw: u64) -> Option<E164> {
        let noise = mix(named(self.prefix) ^ draw);
        let choices = u64::try_from(self.next.len()).ok()?;
        let next = self.next.chars().nth(usize::try_from(noise.checked_rem(choices)?).ok()?)?;
        let width = self.digits.checked_sub(1)?;
        let rest = mix(noise).checked_rem(10_u64.checked_pow(width)?)?;
        let subscriber = format!("{next}{rest:0width$}", width = usize::try_from(width).ok()?);
        let is_assigned = !self.prefix.starts_with("+1") || is_assigned(&subscriber);
        is_assigned.then(|| format!("{}{subscriber}", self.prefix).parse().ok())?
    }
}

/// In North America an exchange is no `N11`, and `555` is kept for fiction and information.
fn is_assigned(subscriber: &str) -> bool {
    subscriber.get(1..3) != Some("11") && !subscriber.starts_with("555")
}

/// A number that follows from a text alone.
pub fn named(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Spreads a number over all 64 bits: the finalizer of SplitMix64.
pub const fn mix(seed: u64) -> u64 {
    let spread = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let spread = (spread ^ (spread >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let spread = (spread ^ (spread >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    spread ^ (spread >> 31)
}
