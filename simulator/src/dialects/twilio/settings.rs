//! What a number can be set to: the parameters of a purchase and of an update, each checked by its kind.

use std::collections::BTreeMap;

use super::{sids, status};
use crate::http::Response;
use crate::retailer::Settings;

/// The parameters of a form, by their names.
pub(super) type Form = BTreeMap<String, String>;

/// The name that a customer gives a number.
pub(super) const FRIENDLY_NAME: &str = "FriendlyName";

/// Where the calls of a number go.
pub(super) const VOICE_URL: &str = "VoiceUrl";

/// The address of the number's user.
pub(super) const ADDRESS_SID: &str = "AddressSid";

/// The documents that a regulated number needs.
pub(super) const BUNDLE_SID: &str = "BundleSid";

/// The longest name, in characters.
const FRIENDLY_NAME_MAX: usize = 64;

/// What a parameter may hold. An empty text takes a setting away.
enum Kind {
    Name,
    Url,
    Method,
    OneOf(&'static [&'static str]),
    Sid(&'static str),
}

const SWITCH: Kind = Kind::OneOf(&["true", "false"]);

const PARAMETERS: [(&str, Kind); 22] = [
    (FRIENDLY_NAME, Kind::Name),
    (VOICE_URL, Kind::Url),
    ("VoiceMethod", Kind::Method),
    ("VoiceFallbackUrl", Kind::Url),
    ("VoiceFallbackMethod", Kind::Method),
    ("VoiceCallerIdLookup", SWITCH),
    ("VoiceApplicationSid", Kind::Sid("AP")),
    ("VoiceReceiveMode", Kind::OneOf(&["voice", "fax"])),
    ("SmsUrl", Kind::Url),
    ("SmsMethod", Kind::Method),
    ("SmsFallbackUrl", Kind::Url),
    ("SmsFallbackMethod", Kind::Method),
    ("SmsApplicationSid", Kind::Sid("AP")),
    ("StatusCallback", Kind::Url),
    ("StatusCallbackMethod", Kind::Method),
    ("ApiVersion", Kind::OneOf(&["2010-04-01", "2008-08-01"])),
    ("EmergencyStatus", Kind::OneOf(&["Active", "Inactive"])),
    ("EmergencyAddressSid", Kind::Sid("AD")),
    ("TrunkSid", Kind::Sid("TK")),
    ("IdentitySid", Kind::Sid("RI")),
    (ADDRESS_SID, Kind::Sid("AD")),
    (BUNDLE_SID, Kind::Sid("BU")),
];

/// The settings among a form's parameters; a parameter that is none is passed over.
pub(super) fn checked(form: &Form) -> Result<Form, Response> {
    let mut settings = Form::new();
    for (name, kind) in &PARAMETERS {
        let Some(text) = form.get(*name).map(|text| text.trim()) else { continue };
        let text = if matches!(kind, Kind::Method) { text.to_ascii_uppercase() } else { text.to_owned() };
        if !text.is_empty() {
            check(name, kind, &text)?;
        }
        settings.insert((*name).to_owned(), text);
    }
    Ok(settings)
}

fn check(name: &str, kind: &Kind, text: &str) -> Result<(), Response> {
    match kind {
        Kind::Url if !is_url(text) => Err(status::invalid_url()),
        Kind::Method if !matches!(text, "GET" | "POST") => Err(status::invalid_method()),
        Kind::Name if FRIENDLY_NAME_MAX < text.chars().count() => {
            Err(status::bad_request(&format!("{name} has more than {FRIENDLY_NAME_MAX} characters")))
        }
        Kind::OneOf(known) if !known.contains(&text) => {
            Err(status::bad_request(&format!("{name} must be one of {}", known.join(", "))))
        }
        Kind::Sid(letters) if !sids::is_sid(text, letters) => {
            Err(status::bad_request(&format!("{name} must be a SID that begins with {letters}")))
        }
        Kind::Url | Kind::Method | Kind::Name | Kind::OneOf(_) | Kind::Sid(_) => Ok(()),
    }
}

fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(char::is_whitespace))
}

/// The settings of a number after these changes.
pub(super) fn changed(before: Settings, changes: Form) -> Settings {
    let mut after = before;
    for (name, text) in changes {
        let text = Some(text).filter(|text| !text.is_empty());
        match (name.as_str(), text) {
            (FRIENDLY_NAME, text) => after.label = text,
            (VOICE_URL, text) => after.endpoint = text,
            (_, Some(text)) => drop(after.more.insert(name, text)),
            (_, None) => drop(after.more.remove(&name)),
        }
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(name: &str, text: &str) -> Form {
        [(name.to_owned(), text.to_owned())].into()
    }

    #[test]
    fn a_parameter_holds_what_its_kind_allows() {
        let sid = "AP00000000000000000000000000000000";
        for (name, good, bad) in [
            ("VoiceUrl", "https://example.com/a?b=c", "example.com"),
            ("SmsUrl", "http://[::1]:80", "http:///a"),
            ("StatusCallback", "", "https://a b"),
            ("VoiceMethod", "get", "PUT"),
            ("VoiceCallerIdLookup", "true", "1"),
            ("VoiceReceiveMode", "fax", "sms"),
            ("SmsApplicationSid", sid, "AP1"),
            ("TrunkSid", "TK00000000000000000000000000000000", sid),
            ("FriendlyName", &"ü".repeat(64), &"ü".repeat(65)),
        ] {
            assert!(checked(&form(name, good)).is_ok(), "{name}: {good}");
            assert!(checked(&form(name, bad)).is_err(), "{name}: {bad}");
        }
        assert_eq!(checked(&form("Unknown", "x")).unwrap(), Form::new());
        assert_eq!(checked(&form("VoiceMethod", "get")).unwrap(), form("VoiceMethod", "GET"));
    }

    #[test]
    fn an_empty_text_takes_a_setting_away_and_what_is_not_named_stays() {
        let set = changed(Settings::default(), form("SmsUrl", "https://example.com"));
        let set = changed(set, form(FRIENDLY_NAME, "Sales"));
        assert_eq!((set.more["SmsUrl"].as_str(), set.label.as_deref()), ("https://example.com", Some("Sales")));
        let set = changed(changed(set, form("SmsUrl", "")), form(FRIENDLY_NAME, ""));
        assert_eq!((set.more.len(), set.label), (0, None));
    }
}
