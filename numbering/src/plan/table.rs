//! The table's sections. They are located at compile time and only read at run time.

use super::State;

/// The plan, as `xtask/src/numbering_plan/table.rs` wrote it.
pub(crate) static PLAN: Plan = Plan::open(include_bytes!("numbering-plan.bin"));

const MAGIC: &[u8] = b"ringup numbering plan 2\n";

/// Little-endian records, one section per kind.
pub(crate) struct Plan {
    version: &'static [u8],
    /// For each calling code, the index of its record, from 1.
    by_code: &'static [u8],
    /// For each two letters, the index of the region, from 1.
    by_name: &'static [u8],
    pub(super) codes: &'static [[u8; 13]],
    pub(super) regions: &'static [[u8; 20]],
    pub(super) listings: &'static [[u8; 6]],
    pub(super) fulfilled: &'static [[u8; 8]],
    pub(super) endings: &'static [[u8; 4]],
    pub(super) formats: &'static [[u8; 9]],
    string_ends: &'static [[u8; 2]],
    strings: &'static [u8],
    examples: &'static [u8],
    pub(super) says: &'static [[u8; 2]],
    /// The number of start states.
    pub(super) starts: u16,
    /// The packed automaton: half bytes per state and digit, and the states that they name.
    pub(super) shapes: &'static [[u8; 5]],
    pub(super) known: &'static [[u8; 2]],
    /// Empty if the file is complete.
    #[cfg_attr(not(test), expect(dead_code, reason = "a test looks at it"))]
    rest: &'static [u8],
}

impl Plan {
    const fn open(file: &'static [u8]) -> Self {
        let rest = match file.split_at_checked(MAGIC.len()) {
            Some((_, rest)) => rest,
            None => &[],
        };
        let (version, rest) = section(rest);
        let (by_code, rest) = section(rest);
        let (by_name, rest) = section(rest);
        let (codes, rest) = section(rest);
        let (regions, rest) = section(rest);
        let (listings, rest) = section(rest);
        let (fulfilled, rest) = section(rest);
        let (endings, rest) = section(rest);
        let (formats, rest) = section(rest);
        let (string_ends, rest) = section(rest);
        let (strings, rest) = section(rest);
        let (examples, rest) = section(rest);
        let (says, rest) = section(rest);
        let (starts, rest) = section(rest);
        let (shapes, rest) = section(rest);
        let (known, rest) = section(rest);
        Self {
            version,
            by_code,
            by_name,
            codes: codes.as_chunks().0,
            regions: regions.as_chunks().0,
            listings: listings.as_chunks().0,
            fulfilled: fulfilled.as_chunks().0,
            endings: endings.as_chunks().0,
            formats: formats.as_chunks().0,
            string_ends: string_ends.as_chunks().0,
            strings,
            examples,
            says: says.as_chunks().0,
            starts: match starts {
                [low, high] => u16::from_le_bytes([*low, *high]),
                _ => 0,
            },
            shapes: shapes.as_chunks().0,
            known: known.as_chunks().0,
            rest,
        }
    }

    pub(super) const fn version(&self) -> &'static str {
        match core::str::from_utf8(self.version) {
            Ok(version) => version,
            Err(_) => "",
        }
    }

    /// Whether every section was found and nothing is left.
    #[cfg(test)]
    pub(super) fn is_complete(&self) -> bool {
        self.shapes.len() > 1000 && self.says.len() == self.shapes.len() && self.rest.is_empty()
    }

    /// The index of the record of a calling code.
    pub(super) fn code_index(&self, calling_code: u16) -> Option<u8> {
        self.by_code.get(usize::from(calling_code))?.checked_sub(1)
    }

    /// The index of the region with this name of two capital letters.
    pub(super) fn region_index(&self, [first, second]: [u8; 2]) -> Option<u8> {
        let (first, second) = (first.checked_sub(b'A')?, second.checked_sub(b'A')?);
        let at = usize::from(first).checked_mul(26)?.checked_add(usize::from(second))?;
        self.by_name.get(at)?.checked_sub(1)
    }

    /// A text of the table; 0 is the empty one.
    pub(crate) fn string(&self, number: u8) -> &'static [u8] {
        let end = |number: u8| self.string_ends.get(usize::from(number)).map_or(0, |end| u16::from_le_bytes(*end));
        let start = number.checked_sub(1).map_or(0, end);
        self.strings.get(usize::from(start)..usize::from(end(number))).unwrap_or_default()
    }

    /// The example numbers from an offset, each after its length.
    pub(super) fn examples(&self, from: u16) -> &'static [u8] {
        self.examples.get(usize::from(from)..).unwrap_or_default()
    }

    /// The value of a state: an index into the table of the walk.
    #[inline]
    pub(super) fn says(&self, state: State) -> usize {
        self.says.get(usize::from(state.0)).map_or(0, |class| usize::from(u16::from_le_bytes(*class)))
    }
}

/// A section and the rest of the file. A broken file gives empty ones, which a test finds.
const fn section(file: &'static [u8]) -> (&'static [u8], &'static [u8]) {
    let Some((length, rest)) = file.split_first_chunk::<4>() else { return (&[], &[]) };
    // In a file of this size the fourth byte of a length is zero.
    let [first, second, third, _] = *length;
    let length = u32::from_le_bytes([first, second, third, 0]);
    match rest.split_at_checked(widen(length)) {
        Some(parts) => parts,
        None => (&[], &[]),
    }
}

#[expect(clippy::as_conversions, reason = "no other conversion to usize is const, and 24 bits fit everywhere")]
const fn widen(length: u32) -> usize {
    length as usize
}
