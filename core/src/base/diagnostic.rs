//! Diagnostics: what is wrong with a document, where, and how to repair it.

use alloc::{format, string::String, vec::Vec};
use core::fmt;

use ringup_derive::data;

/// One mistake in a document.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct Diagnostic {
    /// The kind of mistake. Its name is stable.
    pub code: DiagnosticCode,
    /// Where: a JSON pointer (RFC 6901). Empty for the whole document.
    pub path: String,
    /// The line, from 1. Absent if the document was not parsed from text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub line: Option<u32>,
    /// What is wrong. It quotes the value.
    pub message: String,
    /// How to repair it.
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

/// The kinds of mistake, from the file down to a single value.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum DiagnosticCode {
    /// The file does not exist or cannot be read.
    FileUnreadable,
    /// The document exceeds the size bound.
    TooLarge,
    /// Ringup ships no policy of this name.
    PolicyUnknown,
    /// The text is not JSON.
    NotJson,
    /// The value has another JSON type, such as text where a number belongs.
    WrongType,
    /// A required member is missing.
    MemberMissing,
    /// The object has no such member.
    MemberUnknown,
    /// The object has the same member twice.
    MemberRepeated,
    /// The type is right and the value is not, such as a currency that does not exist.
    ValueInvalid,
    /// Each value is valid, but two of them contradict each other.
    PartsDisagree,
    /// The quote's id does not match its content.
    QuoteAltered,
    /// The quote has expired.
    QuoteExpired,
}

impl DiagnosticCode {
    /// The name in JSON: `value_invalid`.
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
    /// A mistake in a document that was not parsed from text, so it has no line.
    pub fn new(
        code: DiagnosticCode,
        path: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { code, path: path.into(), line: None, message: message.into(), help: help.into() }
    }

    /// A value that is invalid on its own.
    pub(crate) fn value(path: impl Into<String>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::new(DiagnosticCode::ValueInvalid, path, message, help)
    }

    /// A value that contradicts another part.
    pub(crate) fn parts(path: impl Into<String>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::new(DiagnosticCode::PartsDisagree, path, message, help)
    }

    /// The same mistake in a larger document. `part` is the pointer to this document in it.
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
