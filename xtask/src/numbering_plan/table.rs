//! The table file: sections of little-endian records, each after its length, in the order in which
//! `numbering/src/plan/table.rs` reads them.

use super::automaton::{Automaton, Classes};
use super::formats::{self, Fulfilled};
use super::listing::{self, Listing};
use super::metadata::{Code, Format, KINDS, Metadata, Region};
use super::packed::{self, Packed};
use super::prefix::{self, Endings};
use crate::Result;

const MAGIC: &[u8] = b"ringup numbering plan 2\n";

struct Tables {
    automaton: Automaton,
    listings: Classes<Listing>,
    fulfilled: Classes<Fulfilled>,
    endings: Classes<Endings>,
    strings: Vec<String>,
    examples: Vec<u8>,
    formats: Vec<u8>,
    packed: Packed,
}

/// The nodes at which one starts.
#[derive(Default)]
struct Starts {
    /// For each calling code: of national numbers, and of their leading digits.
    listings: Vec<u32>,
    leading: Vec<u32>,
    /// For each region: of national prefixes, and of prefixes for calls abroad.
    prefixes: Vec<u32>,
    abroad: Vec<u32>,
}

/// The whole file. The same metadata gives the same bytes.
pub(crate) fn compile(metadata: &Metadata) -> Result<Vec<u8>> {
    let mut tables = Tables {
        automaton: Automaton::new(),
        listings: Classes::new(),
        fulfilled: Classes::new(),
        endings: Classes::new(),
        strings: vec![String::new()],
        examples: Vec::new(),
        formats: Vec::new(),
        packed: Packed::default(),
    };
    let starts = tables.compile(metadata)?;
    let all = [&starts.listings, &starts.leading, &starts.prefixes, &starts.abroad].into_iter().flatten();
    tables.packed = packed::pack(&tables.automaton, all.copied())?;
    let (mut codes, mut regions) = (Vec::new(), Vec::new());
    let (mut by_code, mut by_name) = (vec![0u8; 1000], vec![0u8; 26 * 26]);
    let mut region_count = 0;
    for (number, code) in metadata.codes.iter().enumerate() {
        by_code[usize::from(code.code)] = small(number + 1)?;
        codes.extend(tables.code(code, region_count, [starts.listings[number], starts.leading[number]])?);
        for region in &code.regions {
            let region_starts = [starts.prefixes[region_count], starts.abroad[region_count]];
            region_count += 1;
            if let [first @ b'A'..=b'Z', second @ b'A'..=b'Z'] = region.name.as_bytes() {
                by_name[usize::from(first - b'A') * 26 + usize::from(second - b'A')] = small(region_count)?;
            }
            regions.extend(tables.region(region, number, region_starts)?);
        }
    }
    let mut file = MAGIC.to_vec();
    section(&mut file, metadata.version.as_bytes());
    section(&mut file, &by_code);
    section(&mut file, &by_name);
    section(&mut file, &codes);
    section(&mut file, &regions);
    tables.write(&mut file)?;
    Ok(file)
}

impl Tables {
    fn compile(&mut self, metadata: &Metadata) -> Result<Starts> {
        let mut starts = Starts::default();
        for code in &metadata.codes {
            starts.listings.push(listing::compile(code, &mut self.automaton, &mut self.listings)?);
            starts.leading.push(formats::compile(code, &mut self.automaton, &mut self.fulfilled)?);
            for region in &code.regions {
                let keeps = region.national_prefix_transform_rule.is_some();
                let prefix = region.national_prefix_for_parsing.as_deref();
                starts.prefixes.push(prefix::compile(prefix, keeps, &mut self.automaton, &mut self.endings)?);
                let abroad = region.international_prefix.as_deref();
                starts.abroad.push(prefix::compile(abroad, false, &mut self.automaton, &mut self.endings)?);
            }
        }
        Ok(starts)
    }

    fn code(&mut self, code: &Code, first_region: usize, starts: [u32; 2]) -> Result<Vec<u8>> {
        let [listing, leading] = starts.map(|start| self.packed.numbered[&start]);
        let main = &code.regions[0];
        let first_format = short(self.formats.len() / FORMAT)?;
        for format in main.formats.iter().chain(&main.international_formats) {
            self.format(code, format)?;
        }
        let mut record = Vec::new();
        record.extend(code.code.to_le_bytes());
        record.extend(listing.to_le_bytes());
        record.extend(leading.to_le_bytes());
        record.extend(first_format.to_le_bytes());
        record.push(small(first_region)?);
        record.push(small(code.regions.len())?);
        record.push(small(main.formats.len())?);
        record.push(small(main.international_formats.len())?);
        record.push(self.string(main.extension_prefix.as_deref().unwrap_or(" ext. "))?);
        Ok(record)
    }

    fn region(&mut self, region: &Region, code: usize, starts: [u32; 2]) -> Result<Vec<u8>> {
        let [prefix, abroad] = starts.map(|start| self.packed.numbered[&start]);
        let rule = region.national_prefix_transform_rule.as_deref();
        // Every rule is some digits and then the last group: `8\1`.
        let inserted = rule.map(|rule| rule.split('\\').next().unwrap_or_default());
        if let Some(rule) = rule
            && !rule.trim_start_matches(|digit: char| digit.is_ascii_digit()).starts_with('\\')
        {
            return Err(format!("the transform rule `{rule}` is not known"));
        }
        let examples = short(self.examples.len())?;
        let mut kinds = 0u16;
        let by_kind = |kind: u8| KINDS.iter().position(|known| *known == kind);
        for kind in 1..=11 {
            let description = by_kind(kind).and_then(|at| region.descriptions[at].as_ref());
            if let Some(example) = description.and_then(|description| description.example.as_ref()) {
                kinds |= 1 << kind;
                self.examples.push(small(example.len())?);
                self.examples.extend(example.as_bytes());
            }
        }
        let mut record = Vec::new();
        record.extend(if region.name == "001" { b"  " } else { region.name.as_bytes() });
        record.push(small(code)?);
        record.extend(bits(&region.general.lengths).to_le_bytes());
        record.extend(bits(&region.general.local_lengths).to_le_bytes());
        record.extend(prefix.to_le_bytes());
        record.extend(abroad.to_le_bytes());
        record.push(self.string(inserted.unwrap_or_default())?);
        record.extend(examples.to_le_bytes());
        record.extend(kinds.to_le_bytes());
        Ok(record)
    }

    fn format(&mut self, code: &Code, format: &Format) -> Result {
        let rule = formats::rules(code).iter().position(|rule| *rule == format.leading_digits);
        let national = match format.national_prefix_rule.as_deref() {
            Some(rule) if !rule.is_empty() => {
                let first = format.format.find('\\').unwrap_or_default();
                let (before, rest) = format.format.split_at(first);
                let (group, after) = rest.split_at(2);
                format!("{before}{}{after}", rule.replace("\\1", group))
            }
            _ => format.format.clone(),
        };
        let first_group_only =
            format.national_prefix_rule.as_deref().is_none_or(|rule| ["\\1", "(\\1", "\\1)", "(\\1)"].contains(&rule));
        let punctuation = |letter: char| "- ()./[]~x".contains(letter);
        let plain: String = (1..=9).fold(format.format.clone(), |text, group| text.replace(&format!("\\{group}"), ""));
        let eligible =
            plain.chars().all(punctuation) && format.format.trim_start_matches(punctuation).starts_with("\\1");
        let spaced = format.national_prefix_rule.as_deref().is_some_and(|rule| rule.contains([' ', '-']));
        let flags = [first_group_only, format.national_prefix_optional, format.has_carrier_rule, eligible, spaced];
        let flags = (0..).zip(flags).fold(0, |bits, (bit, set)| bits | u8::from(set) << bit);
        let international = self.string(&template(&format.format))?;
        let national = self.string(&template(&national))?;
        self.formats.extend([small(rule.map_or(0, |rule| rule + 1))?, flags, international, national]);
        self.formats.extend(groups(&format.pattern)?);
        Ok(())
    }

    fn string(&mut self, text: &str) -> Result<u8> {
        let at = self.strings.iter().position(|known| known == text).unwrap_or_else(|| {
            self.strings.push(text.to_owned());
            self.strings.len() - 1
        });
        small(at)
    }

    fn write(&self, file: &mut Vec<u8>) -> Result {
        let mut bytes = Vec::new();
        for Listing { region, kind, general } in &self.listings.all {
            bytes.extend([*region, *kind]);
            bytes.extend(general.to_le_bytes());
        }
        section(file, &bytes);
        let bytes: Vec<u8> =
            self.fulfilled.all.iter().flat_map(|class| [class.whole, class.typed]).flat_map(u32::to_le_bytes).collect();
        section(file, &bytes);
        let bytes: Vec<u8> = self
            .endings
            .all
            .iter()
            .flat_map(|class| [ending(class.0), ending(class.1)])
            .flat_map(u16::to_le_bytes)
            .collect();
        section(file, &bytes);
        section(file, &self.formats);
        let mut ends = Vec::new();
        let mut end = 0;
        for string in &self.strings {
            end += string.len();
            ends.extend(short(end)?.to_le_bytes());
        }
        section(file, &ends);
        section(file, self.strings.concat().as_bytes());
        section(file, &self.examples);
        for part in [&self.packed.says, &self.packed.starts, &self.packed.shapes, &self.packed.known] {
            section(file, part);
        }
        Ok(())
    }
}

/// Bytes of a format's record.
const FORMAT: usize = 9;

/// The highest bit says that a prefix ends, the next that digits of it are kept, then from where and how many.
fn ending(ending: Option<prefix::Ending>) -> u16 {
    let Some(ending) = ending else { return 0 };
    let kept = ending.kept.map_or(0, |(start, end)| 0x4000 | (start << 7) as u16 | (end - start) as u16);
    0x8000 | kept
}

fn bits(lengths: &[u32]) -> u32 {
    lengths.iter().fold(0, |bits, length| bits | 1 << length)
}

/// `\2 15-\3-\4`, where a group is a byte from 1 on.
fn template(format: &str) -> String {
    (1..=9u8).fold(format.to_owned(), |text, group| text.replace(&format!("\\{group}"), &char::from(group).to_string()))
}

/// The fewest and the most digits of up to five groups: `(\d{3})(\d{4,6})`.
fn groups(pattern: &str) -> Result<[u8; 5]> {
    let unknown = || format!("the format's pattern `{pattern}` is not known");
    let mut groups = [0; 5];
    let mut rest = pattern;
    let mut at = 0;
    while !rest.is_empty() {
        let (group, after) = rest.strip_prefix("(\\d").and_then(|rest| rest.split_once(')')).ok_or_else(unknown)?;
        let counts = group.strip_prefix('{').and_then(|group| group.strip_suffix('}')).unwrap_or("1");
        let (min, max) = counts.split_once(',').unwrap_or((counts, counts));
        let (min, max) = (min.parse::<u8>().map_err(|_| unknown())?, max.parse::<u8>().map_err(|_| unknown())?);
        if min > 15 || max > 15 {
            return Err(unknown());
        }
        *groups.get_mut(at).ok_or_else(unknown)? = min << 4 | max;
        at += 1;
        rest = after;
    }
    Ok(groups)
}

fn section(file: &mut Vec<u8>, bytes: &[u8]) {
    file.extend((bytes.len() as u32).to_le_bytes());
    file.extend(bytes);
}

fn small(number: usize) -> Result<u8> {
    u8::try_from(number).map_err(|_| format!("{number} does not fit in the table's byte"))
}

fn short(number: usize) -> Result<u16> {
    u16::try_from(number).map_err(|_| format!("{number} does not fit in the table's two bytes"))
}
