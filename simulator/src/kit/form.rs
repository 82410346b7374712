//! Forms as carriers read and write them: `application/x-www-form-urlencoded`.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::json::Unreadable;
use crate::reader;

/// Reads a form; unknown fields are ignored.
pub fn read_form<T: DeserializeOwned>(body: &[u8]) -> Result<T, Unreadable> {
    let mut members = Map::new();
    for (name, text) in form_urlencoded::parse(body) {
        let text = Value::from(text);
        match members.get_mut(&*name) {
            None => drop(members.insert(name.into_owned(), text)),
            Some(Value::Array(texts)) => texts.push(text),
            Some(first) => *first = Value::from(vec![first.take(), text]),
        }
    }
    reader::read_form(&members.into()).map_err(Unreadable::from)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Default, Deserialize, PartialEq)]
    #[serde(default, rename_all = "PascalCase")]
    struct Sent {
        phone_number: Option<String>,
        voice: Option<bool>,
        seconds: Option<u32>,
    }

    #[test]
    fn a_form_is_read_by_its_names() {
        let sent: Sent = read_form(b"PhoneNumber=%2B1415+5&Voice=true&Seconds=7&Other=x").ok().unwrap();
        let expected = Sent { phone_number: Some("+1415 5".into()), voice: Some(true), seconds: Some(7) };
        assert_eq!(sent, expected);
        assert_eq!(read_form::<Sent>(b"").ok(), Some(Sent::default()));
    }

    #[test]
    fn what_cannot_be_read_is_told_by_its_name() {
        for (form, member) in [("Seconds=x", "Seconds"), ("Voice=1", "Voice")] {
            let unreadable = read_form::<Sent>(form.as_bytes()).err().unwrap();
            assert_eq!(unreadable.member.as_deref(), Some(member), "{form}: {}", unreadable.reason);
        }
        assert!(read_form::<Sent>(b"Seconds=1&Seconds=2").is_err());
    }
}
