//! A mistake in a file: a diagnostic with its file and column.

use std::fmt;

use ringup_core::{Diagnostic, DiagnosticCode};
use ringup_simulator::place::place;
use ringup_simulator::unreadable;
use serde::Serialize;

/// A mistake in a file.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Mistake {
    /// The file, as it was named.
    pub file: String,
    /// What is wrong, and in which line.
    #[serde(flatten)]
    pub diagnostic: Box<Diagnostic>,
    /// The column, in characters from 1; absent: the whole file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
}

impl Mistake {
    /// The file as a whole is the mistake.
    pub(super) fn of_file(
        file: &str,
        code: DiagnosticCode,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { file: file.into(), diagnostic: Box::new(Diagnostic::new(code, "", message, help)), column: None }
    }

    /// A mistake in a text that is JSON.
    pub(super) fn at(file: &str, text: &str, diagnostic: Diagnostic) -> Self {
        let place = place(text, &diagnostic.path);
        Self::at_place(file, place, diagnostic)
    }

    pub(super) fn at_place(file: &str, (line, column): (usize, usize), diagnostic: Diagnostic) -> Self {
        let line = u32::try_from(line).ok();
        Self { file: file.into(), diagnostic: Box::new(Diagnostic { line, ..diagnostic }), column: Some(column) }
    }

    /// The text is not JSON.
    pub(super) fn of_syntax(file: &str, text: &str, error: &serde_json::Error) -> Self {
        let problem = unreadable::syntax_of("the file", text, error);
        let problem = problem.split(" at line ").next().unwrap_or_default();
        // serde_json counts bytes, an editor characters.
        let line = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
        let before = line.char_indices().take_while(|(at, _)| at.saturating_add(1) < error.column()).count();
        let (message, help) = of_syntax(problem, line, before);
        let help = format!("{help} (what follows was not looked at)");
        let diagnostic = Diagnostic::new(DiagnosticCode::NotJson, "", message, help);
        Self::at_place(file, (error.line(), before.saturating_add(1)), diagnostic)
    }

    /// Whether the file could not be read at all, so that nothing is known of what it says.
    pub(super) fn is_unreadable(&self) -> bool {
        matches!(self.diagnostic.code, DiagnosticCode::FileUnreadable | DiagnosticCode::PolicyUnknown)
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let (Some(line), Some(column)) = (self.diagnostic.line, self.column) {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", self.diagnostic)
    }
}

/// What is wrong with a text that is not JSON, and what to do, by the character of the line that cannot stand there.
fn of_syntax(problem: &str, line: &str, before: usize) -> (String, String) {
    let not_json = |what: &str| format!("the file is not JSON: {what}");
    let found = line.chars().nth(before);
    if let Some((written, meant)) = decimal_comma(line, before) {
        let what = format!("`{written}` is no number");
        return (not_json(&what), format!("write `{meant}`: amounts are whole minor units"));
    }
    let help = match (problem, found) {
        (_, Some('/' | '#')) => return (not_json("a comment stands there"), "remove it: JSON has none".into()),
        (_, Some('}')) if ["in double quotes", "a comma too many"].iter().any(|end| problem.ends_with(end)) => {
            return (not_json("a comma too many"), "remove the comma before the `}`".into());
        }
        (_, Some('\u{feff}')) => {
            return (not_json("it begins with a byte order mark"), "save it as UTF-8 without one".into());
        }
        (_, Some('\'' | '‘' | '’' | '“' | '”')) => "write names and texts in double quotes",
        (_, Some('%')) => "write a percentage in quotes, without the sign: `\"8.875\"` is 8.875 %",
        _ if problem.ends_with("is empty") => "write a JSON object",
        _ if problem.ends_with("before it is complete") => "close every `{`, `[` and `\"` that is open",
        _ if problem.ends_with("a comma too many") => "remove the comma before it",
        _ if problem.ends_with("something follows its end") => "remove what follows",
        _ if problem.ends_with("in double quotes") => "put it in double quotes",
        _ if problem.ends_with("is missing") => "put it there",
        _ if problem.ends_with("no value") => {
            "write a text in double quotes, a number, `true`, `false`, a list or an object"
        }
        _ if problem.ends_with("in a text") => "write `\\t` for a tab and `\\n` for a new line",
        _ => "correct the JSON there",
    };
    (problem.to_owned(), help.to_owned())
}

/// An amount with a decimal comma, of which JSON reads the part before it only: `29,00`, and what was meant: `2900`.
fn decimal_comma(line: &str, before: usize) -> Option<(String, String)> {
    let head: String = line.chars().take(before).collect();
    let decimals: String = line.chars().skip(before).take_while(char::is_ascii_digit).collect();
    let whole = head.strip_suffix(',')?;
    let start = whole.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
    let whole = whole.get(start..).filter(|whole| !whole.is_empty() && !decimals.is_empty())?;
    Some((format!("{whole},{decimals}"), without_zeros(&format!("{whole}{decimals}"))))
}

/// A whole number as JSON writes it.
pub(super) fn without_zeros(digits: &str) -> String {
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() { "0".into() } else { digits.into() }
}
