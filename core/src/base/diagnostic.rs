//! Diagnostics: the one way to say what is wrong with data.

use alloc::{format, string::String, vec::Vec};
use core::fmt;

use ringup_derive::data;

/// One thing that is wrong with data: where, and what to do about it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct Diagnostic {
    /// Its kind, by a stable name.
    pub code: DiagnosticCode,
    /// The place in the data, as a JSON pointer (RFC 6901); empty: the whole.
    pub path: String,
    /// The line in the text, from 1; absent: no text is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub line: Option<u32>,
    /// What is wrong, and with which value.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// The answer to data that cannot be used: a mistake of the calling program, not of the customer.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data(write)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum InputFailure {
    /// Told apart from an answer by its `type`.
    Failure {
        /// What is wrong, in the order of the data.
        errors: Vec<Diagnostic>,
    },
}

/// The kinds of mistake in data, from the outermost in.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum DiagnosticCode {
    /// The file is not there, or cannot be read.
    FileUnreadable,
    /// The data is larger than is read.
    TooLarge,
    /// No policy of this name comes with Ringup.
    PolicyUnknown,
    /// The text is not JSON.
    NotJson,
    /// The value is of another type: a text where a number belongs.
    WrongType,
    /// A member that must be there is not.
    MemberMissing,
    /// The object has no member of this name.
    MemberUnknown,
    /// The object has a member twice.
    MemberRepeated,
    /// The value is of the right type and cannot be used: a currency that does not exist.
    ValueInvalid,
    /// Each value can be used, but not together with another part of the data.
    PartsDisagree,
    /// The quote is not the one that its id was made for.
    QuoteAltered,
    /// The quote has expired.
    QuoteExpired,
}

impl DiagnosticCode {
    /// Its stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FileUnreadable => "file_unreadable",
            Self::TooLarge => "too_large",
            Self::PolicyUnknown => "policy_unknown",
            Self::NotJson => "not_json",
            Self::WrongType => "wrong_type",
            Self::MemberMissing => "member_missing",
            Self::MemberUnknown => "member_unknown",
            Self::MemberRepeated => "member_repeated",
            Self::ValueInvalid => "value_invalid",
            Self::PartsDisagree => "parts_disagree",
            Self::QuoteAltered => "quote_altered",
            Self::QuoteExpired => "quote_expired",
        }
    }
}

impl Diagnostic {
    /// A mistake in data of which no text is known.
    pub fn new(
        code: DiagnosticCode,
        path: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { code, path: path.into(), line: None, message: message.into(), help: help.into() }
    }

    /// A value that cannot be used, whatever stands beside it.
    pub(crate) fn value(path: impl Into<String>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::new(DiagnosticCode::ValueInvalid, path, message, help)
    }

    /// A value that does not go together with another part.
    pub(crate) fn parts(path: impl Into<String>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::new(DiagnosticCode::PartsDisagree, path, message, help)
    }

    /// The same mistake in data that is part of something larger; `part` is a pointer to it.
    #[must_use]
    pub fn within(self, part: &str) -> Self {
        Self { path: format!("{part}{}", self.path), ..self }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "`{}`: ", self.path)?;
        }
        write!(f, "{}; {}", self.message, self.help)
    }
}

impl core::error::Error for Diagnostic {}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn a_diagnostic_is_told_with_its_place() {
        let wrong = Diagnostic::value("/country", "`UK` is not a country", "did you mean `GB`?");
        assert_eq!(wrong.to_string(), "`/country`: `UK` is not a country; did you mean `GB`?");
        assert_eq!(wrong.clone().within("/rates/0").path, "/rates/0/country");
        let whole = Diagnostic { path: String::new(), ..wrong };
        assert_eq!(whole.to_string(), "`UK` is not a country; did you mean `GB`?");
    }

    #[test]
    fn a_kind_has_one_name() {
        for code in [
            DiagnosticCode::FileUnreadable,
            DiagnosticCode::TooLarge,
            DiagnosticCode::PolicyUnknown,
            DiagnosticCode::NotJson,
            DiagnosticCode::WrongType,
            DiagnosticCode::MemberMissing,
            DiagnosticCode::MemberUnknown,
            DiagnosticCode::MemberRepeated,
            DiagnosticCode::ValueInvalid,
            DiagnosticCode::PartsDisagree,
            DiagnosticCode::QuoteAltered,
            DiagnosticCode::QuoteExpired,
        ] {
            assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
        }
    }
}
