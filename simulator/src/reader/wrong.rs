//! What is wrong with a value that is read: serde tells it in parts, so that nothing is read out of English sentences.

use std::fmt::{self, Display};

use ringup_core::{Diagnostic, DiagnosticCode, pointer};
use serde::de::{self, Expected, Unexpected};

use super::words::{found_there, in_words};
use crate::nearest::nearest_or_one_of;

/// What is wrong with a value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Wrong {
    /// What is wrong.
    pub diagnostic: Box<Diagnostic>,
    /// The same in one sentence, as it is told to clients.
    reason: String,
}

impl Wrong {
    fn new(code: DiagnosticCode, message: impl Into<String>, help: impl Into<String>) -> Self {
        let diagnostic = Box::new(Diagnostic::new(code, "", message, help));
        Self { reason: diagnostic.message.clone(), diagnostic }
    }

    /// It is of another type or size than wanted.
    pub(super) fn of_type(code: DiagnosticCode, found: &str, wanted: &str) -> Self {
        let reason = format!("expected {wanted}, found {found}");
        Self { reason, ..Self::new(code, format!("it is {found}"), format!("write {wanted}")) }
    }

    /// A name that is none of these.
    fn unknown(code: DiagnosticCode, message: String, name: &str, known: &[&str]) -> Self {
        let names = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let reason = if known.is_empty() { message.clone() } else { format!("{message}; known: {names}") };
        Self { reason, ..Self::new(code, message, nearest_or_one_of(name, known)) }
    }

    /// The same in a part of something larger.
    pub(super) fn within(self, step: &str) -> Self {
        Self { diagnostic: Box::new(self.diagnostic.within(&pointer::joined("", step))), ..self }
    }

    /// What is wrong in one sentence, with what could have stood there.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The place as a carrier writes it: `money.minor_units`, `list[0]`; absent: the whole.
    #[must_use]
    pub fn member(&self) -> Option<String> {
        member(&self.diagnostic.path)
    }

    /// The place that holds it, written alike.
    #[must_use]
    pub fn holder(&self) -> Option<String> {
        member(pointer::parent(&self.diagnostic.path)?)
    }
}

fn member(path: &str) -> Option<String> {
    let mut member = String::new();
    for step in pointer::steps(path) {
        match (step.parse::<usize>(), member.is_empty()) {
            (Ok(index), _) => member += &format!("[{index}]"),
            (Err(_), true) => member += &step,
            (Err(_), false) => member += &format!(".{step}"),
        }
    }
    (!member.is_empty()).then_some(member)
}

impl Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.diagnostic.fmt(f)
    }
}

impl std::error::Error for Wrong {}

impl de::Error for Wrong {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(DiagnosticCode::ValueInvalid, message.to_string(), "correct it")
    }

    fn invalid_type(found: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self::of_type(DiagnosticCode::WrongType, &found_there(found), &in_words(&wanted.to_string()))
    }

    fn invalid_value(found: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self::of_type(DiagnosticCode::ValueInvalid, &found_there(found), &in_words(&wanted.to_string()))
    }

    fn invalid_length(length: usize, wanted: &dyn Expected) -> Self {
        Self::of_type(DiagnosticCode::ValueInvalid, &format!("{length} entries"), &in_words(&wanted.to_string()))
    }

    fn unknown_variant(variant: &str, known: &'static [&'static str]) -> Self {
        Self::unknown(
            DiagnosticCode::ValueInvalid,
            format!("`{variant}` is none of the possible values"),
            variant,
            known,
        )
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        Self::unknown(DiagnosticCode::MemberUnknown, format!("there is no field `{field}`"), field, known)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(DiagnosticCode::MemberMissing, format!("the field `{field}` is missing"), "add it").within(field)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(DiagnosticCode::MemberRepeated, format!("the field `{field}` is given twice"), "remove one")
    }
}
