//! Forms as carriers read and write them: `application/x-www-form-urlencoded`.

use serde::de::DeserializeOwned;

use super::json::Unreadable;
use crate::unreadable;

/// Reads a form; what it holds beyond the type's fields is passed over.
pub fn read_form<T: DeserializeOwned>(body: &[u8]) -> Result<T, Unreadable> {
    let form = serde_html_form::Deserializer::from_bytes(body);
    serde_path_to_error::deserialize(form).map_err(|error| Unreadable {
        member: error.path().iter().next().map(|_| error.path().to_string()),
        reason: unreadable::value(&error.inner().to_string()),
    })
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
