//! The world's plan as a [`NumberingPlan`].

use crate::{
    Country, E164, Existence, NumberError, NumberFormat, NumberShape, NumberingPlan, PhoneNumber, ReadNumber, plan,
};

/// The numbering plan of the world, compiled from libphonenumber's metadata: what [`PhoneNumber`] knows.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct WorldPlan;

impl NumberingPlan for WorldPlan {
    fn read(&self, text: &str, default: Option<Country>) -> Option<Result<ReadNumber, NumberError>> {
        Some(PhoneNumber::parse(text, default).and_then(read_number))
    }

    fn existence(&self, shape: NumberShape<'_>, country: Country) -> Option<Existence> {
        Some(plan::existence(shape, country))
    }
}

/// A few countries have valid numbers that E.164 does not allow; here they are too short or too long.
fn read_number(number: PhoneNumber) -> Result<ReadNumber, NumberError> {
    let e164: E164 = number.format(NumberFormat::E164).parse()?;
    Ok(ReadNumber {
        number: e164,
        has_extension: number.has_extension(),
        possibility: number.possibility(),
        country: number.country(),
        kind: number.kind(),
    })
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;
    use crate::{NoNumberingPlan, NumberKind, Possibility};

    fn read(text: &str, country: &str) -> Result<ReadNumber, NumberError> {
        WorldPlan.read(text, country.parse().ok()).unwrap()
    }

    #[test]
    fn every_way_of_writing_a_number_is_that_number() {
        for (text, country) in [
            ("(404) 410-1672", "US"),
            ("tel:+1-404-410-1672", ""),
            ("404.410.1672", "US"),
            ("1 404 410 1672", "US"),
            ("\u{ff14}\u{ff10}\u{ff14}\u{ff14}\u{ff11}\u{ff10}\u{ff11}\u{ff16}\u{ff17}\u{ff12}", "US"),
            ("011 1 404 410 1672", "US"),
            ("00 1 404 410 1672", "GB"),
            ("+14044101672", "GB"),
        ] {
            let number = read(text, country).unwrap();
            assert_eq!(number.number.to_string(), "+14044101672", "{text}");
            assert_eq!(number.country, "US".parse().ok());
            assert_eq!(number.kind, Some(NumberKind::FixedLineOrMobile));
            assert_eq!((number.has_extension, number.possibility), (false, Possibility::Possible));
        }
    }

    #[test]
    fn what_is_not_sure_of_a_number_is_told() {
        assert!(read("(404) 410-1672 ext. 5", "US").unwrap().has_extension);
        assert_eq!(read("410-1672", "US").unwrap().possibility, Possibility::LocalOnly);
        assert_eq!(read("404410", "US").map(|number| number.possibility), Ok(Possibility::TooShort));
        assert_eq!(read("+800 1234 5678", "").unwrap().country, None);
        assert_eq!(read("4044101672", ""), Err(NumberError::MissingCallingCode));
        // Germany has numbers of seventeen digits, and E.164 allows fifteen.
        assert_eq!(read("+49 123456789012345", ""), Err(NumberError::TooLong));
        assert_eq!(read("+1 20", ""), Err(NumberError::TooShort));
    }

    #[test]
    fn without_a_plan_nothing_is_known() {
        let us = "US".parse().unwrap();
        assert_eq!(NoNumberingPlan.read("+14044101672", Some(us)), None);
        assert_eq!(NoNumberingPlan.existence(NumberShape::Any, us), None);
    }
}
