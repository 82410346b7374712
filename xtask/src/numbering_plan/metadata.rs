//! libphonenumber's metadata, as `dump.py` prints it.

use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct Metadata {
    pub(crate) version: String,
    pub(crate) codes: Vec<Code>,
}

/// A country calling code and those who share it, the main one first.
#[derive(Deserialize)]
pub(crate) struct Code {
    pub(crate) code: u16,
    pub(crate) regions: Vec<Region>,
}

#[derive(Deserialize)]
pub(crate) struct Region {
    /// Two letters, or `001` where no country is meant.
    pub(crate) name: String,
    pub(crate) general: Description,
    /// In the order in which libphonenumber looks for a number's type; see `KINDS`.
    pub(crate) descriptions: Vec<Option<Description>>,
    pub(crate) same_mobile_and_fixed_line: bool,
    pub(crate) leading_digits: Option<String>,
    pub(crate) international_prefix: Option<String>,
    pub(crate) national_prefix_for_parsing: Option<String>,
    pub(crate) national_prefix_transform_rule: Option<String>,
    pub(crate) extension_prefix: Option<String>,
    pub(crate) formats: Vec<Format>,
    pub(crate) international_formats: Vec<Format>,
}

#[derive(Deserialize)]
pub(crate) struct Description {
    pub(crate) pattern: String,
    pub(crate) lengths: Vec<u32>,
    pub(crate) local_lengths: Vec<u32>,
    pub(crate) example: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Format {
    pub(crate) pattern: String,
    pub(crate) format: String,
    pub(crate) leading_digits: Vec<String>,
    pub(crate) national_prefix_rule: Option<String>,
    pub(crate) national_prefix_optional: bool,
    pub(crate) has_carrier_rule: bool,
}

/// The numbers of the kinds in the table, in the order of `descriptions`. Zero is unknown, 3 fixed line or mobile.
pub(crate) const KINDS: [u8; 10] = [5, 4, 6, 7, 8, 9, 10, 11, FIXED_LINE, MOBILE];
pub(crate) const FIXED_LINE: u8 = 1;
pub(crate) const MOBILE: u8 = 2;
pub(crate) const FIXED_LINE_OR_MOBILE: u8 = 3;
