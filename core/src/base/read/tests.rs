//! What is said of data that cannot be used, one row a mistake.

use alloc::{format, string::String, vec::Vec};

use super::{Read, read};
use crate::base::kyc::Kyc;
use crate::base::money::Money;

/// Each mistake as `code path: message; help`.
#[track_caller]
fn check<T: Read>(json: &str, mistakes: &[impl AsRef<str>]) {
    let told: Vec<String> = match read::<T>(json.as_bytes()) {
        Ok(_) => Vec::new(),
        Err(told) => told.iter().map(|told| format!("{} {told}", told.code.as_str())).collect(),
    };
    let mistakes: Vec<&str> = mistakes.iter().map(AsRef::as_ref).collect();
    assert_eq!(told, mistakes, "{json}");
}

#[test]
fn every_mistake_is_told_with_its_place() {
    check::<Money>(r#"{"minor_units": 5, "currency": "USD"}"#, &[""; 0]);
    check::<Vec<Money>>(
        r#"[{"minor_units": 1.5, "curency": "USD"}, 7, {"minor_units": "5", "currency": "usd"}]"#,
        &[
            "member_missing `/0`: the member `currency` is missing; add `currency`",
            "wrong_type `/0/minor_units`: a whole number from -9223372036854775808 to 9223372036854775807 is expected, \
             not `1.5`; give a whole number from -9223372036854775808 to 9223372036854775807",
            "member_unknown `/0/curency`: there is no member `curency`; did you mean `currency`?",
            "wrong_type `/1`: an object is expected, not `7`; give an object",
            "wrong_type `/2/minor_units`: a whole number from -9223372036854775808 to 9223372036854775807 is expected, \
             not a text; give a whole number from -9223372036854775808 to 9223372036854775807",
            "value_invalid `/2/currency`: no such currency code in ISO 4217; three capital letters such as `USD` are \
             expected; give a value that can be used",
        ],
    );
    check::<Kyc>(
        r#"{"countries": {"usa": "approved", "uk": "approved", "France": "approved"}}"#,
        &["usa", "uk", "France"].map(|name| {
            let why = if name == "uk" {
                "a country is written in capital letters: did you mean `UK`?"
            } else {
                "a country is two letters of ISO 3166-1, such as `US`"
            };
            format!("value_invalid `/countries/{name}`: {why}; give a value that can be used")
        }),
    );
    check::<Kyc>(
        r#"{"account": "aproved", "countries": {"US": "approved", "us": 1, "a/b~": "approved"}, "account": "approved"}"#,
        &[
            "value_invalid `/account`: there is no `aproved` here; did you mean `approved`?",
            "value_invalid `/countries/us`: a country is written in capital letters: did you mean `US`?; give a value \
             that can be used",
            "wrong_type `/countries/us`: a text is expected, not `1`; give a text",
            "value_invalid `/countries/a~1b~0`: a country is two letters of ISO 3166-1, such as `US`; give a value that \
             can be used",
            "member_repeated `/account`: `account` is there twice; leave one of them out",
        ],
    );
}

#[test]
fn a_text_that_is_not_json_is_told_with_its_line() {
    for (json, line, message) in [
        ("{\n\"account\": \"approved\",\n}", 3, "a name in quotes is expected, not `}`"),
        ("{", 1, "a name in quotes is expected, and the text ends"),
        ("{} {}", 1, "the end of the text is expected, not `{`"),
        ("\n\"\t\"", 2, "a character of a text, or `\"` is expected, not `\\t`"),
    ] {
        let told = read::<Kyc>(json.as_bytes()).unwrap_err();
        let [told] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!((told.line, told.message.as_str(), told.path.as_str()), (Some(line), message, ""), "{json}");
    }
    assert_eq!(read::<Kyc>(b"\n{\xff}").unwrap_err()[0].line, Some(2));
}

#[test]
fn what_is_too_deep_or_has_mistakes_without_end_is_answered_all_the_same() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(read::<Kyc>(deep.as_bytes()).unwrap_err()[0].message.starts_with("a value that is less deep"));
    let many = format!("[{}0]", "0,".repeat(5_000));
    assert_eq!(read::<Vec<Money>>(many.as_bytes()).unwrap_err().len(), 100);
}
