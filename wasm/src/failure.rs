//! Failures: what is said to the calling code when data is not of the right shape. Nothing is ever thrown for it.

use ringup_core::Diagnostic;

/// The answer to data that cannot be used.
#[derive(Clone, Debug, Eq, PartialEq, serde::Serialize)]
#[serde(tag = "type", rename = "failure")]
pub struct InputFailure {
    /// What is wrong, the first mistake first.
    pub errors: Vec<InputError>,
}

/// One mistake in the data.
#[derive(Clone, Debug, Eq, PartialEq, serde::Serialize)]
pub struct InputError {
    /// Its stable name.
    pub code: ErrorCode,
    /// What is wrong.
    pub message: String,
    /// Where, as a JSON pointer; empty: the whole.
    pub field: String,
    /// What to do.
    pub help: String,
}

/// The kinds of mistake.
#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The data is not JSON, or is not of the right type.
    Malformed,
    /// The parts of the shop do not agree with each other.
    ShopInvalid,
    /// No policy of that name comes with the package.
    PolicyUnknown,
    /// A quote does not say what the quote of its name says.
    QuoteAltered,
    /// A quote's time is over.
    QuoteExpired,
}

impl From<InputError> for InputFailure {
    fn from(error: InputError) -> Self {
        Self { errors: vec![error] }
    }
}

impl From<Diagnostic> for InputError {
    fn from(Diagnostic { path: field, message, help, .. }: Diagnostic) -> Self {
        Self { code: ErrorCode::ShopInvalid, message, field, help }
    }
}

impl InputError {
    /// The same mistake, in data that is part of something larger.
    pub(crate) fn within(self, part: &str) -> Self {
        Self { field: format!("{part}{}", self.field), ..self }
    }
}
