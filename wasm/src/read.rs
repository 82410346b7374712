//! JSON text becomes a value of the core, or a failure that says where it does not.

use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};

use crate::failure::{ErrorCode, InputError};

/// Reads a value of the type that TypeScript and the JSON Schema know under this name.
pub(crate) fn read<T: DeserializeOwned>(name: &str, json: &[u8]) -> Result<T, InputError> {
    let mut text = serde_json::Deserializer::from_slice(json);
    let value = serde_path_to_error::deserialize(&mut text)
        .map_err(|error| malformed(name, pointer(error.path()), error.inner()))?;
    text.end().map_err(|error| malformed(name, String::new(), &error))?;
    Ok(value)
}

/// Reads a shop and checks that its parts agree.
#[cfg(any(feature = "package", test))]
pub(crate) fn shop(json: &[u8]) -> Result<ringup_core::Shop, InputError> {
    Ok(ringup_core::Shop::new(read::<ringup_core::ShopData>("ShopData", json)?)?)
}

/// The mistake that the data is not of the type of this name.
pub(crate) fn malformed(name: &str, field: String, why: &dyn core::fmt::Display) -> InputError {
    let message = without_position(&why.to_string());
    InputError { code: ErrorCode::Malformed, message, field, help: format!("give a value of the type `{name}`") }
}

/// Who hands over an object has no use for lines and columns of a text that they never saw.
fn without_position(message: &str) -> String {
    message.rsplit_once(" at line ").map_or(message, |(message, _)| message).into()
}

/// RFC 6901.
fn pointer(path: &Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => pointer += &format!("/{index}"),
            Segment::Map { key } => pointer += &format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            // Neither is a place in the JSON.
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

#[cfg(test)]
mod tests {
    use super::*;
    use ringup_core::{PurchaseRequest, Standing, policies};

    #[track_caller]
    fn check<T: DeserializeOwned>(json: &str, field: &str, message: &str) {
        let Err(error) = read::<T>("T", json.as_bytes()) else { panic!("{json} was read") };
        assert_eq!((error.field.as_str(), error.message.as_str()), (field, message));
    }

    #[test]
    fn a_mistake_is_told_with_its_place() {
        check::<PurchaseRequest>(r#"{"country": 5}"#, "/country", "invalid type: integer `5`, expected a string");
        check::<Standing>(r#"{"terms": {}}"#, "/terms", "missing field `billing`");
        check::<Standing>(
            r#"{"terms": {"billing": "usage"}, "balances": [{"minor_units": 1, "currency": "US"}]}"#,
            "/balances/0/currency",
            "no such currency code in ISO 4217; three capital letters such as `USD` are expected",
        );
        check::<PurchaseRequest>("", "", "EOF while parsing a value");
        check::<PurchaseRequest>("{} {}", "", "trailing characters");
    }

    #[test]
    fn a_misspelt_rule_is_not_passed_over() {
        let json = policies::ZERNIO.replace("\"velocity\"", "\"velocty\"");
        let error = shop(json.as_bytes()).map(drop).unwrap_err();
        assert_eq!((error.code, error.field.as_str()), (ErrorCode::Malformed, "/policy/velocty"));
        assert!(error.message.starts_with("unknown field `velocty`"), "{}", error.message);
    }

    #[test]
    fn parts_that_disagree_are_no_shop() {
        let json = policies::ZERNIO.replace("\"format\": 1", "\"format\": 2");
        let error = shop(json.as_bytes()).map(drop).unwrap_err();
        assert_eq!((error.code, error.field.as_str()), (ErrorCode::ShopInvalid, "/policy/format"));
    }
}
