//! `ringup policy check`: every mistake of policy files, each with its field, line and remedy.

mod remedy;
mod schema;

use ringup_core::{Diagnostic, DiagnosticCode, Shop, ShopData, pointer};
use ringup_simulator::nearest::nearest;
use ringup_simulator::reader;
use serde_json::Value;

use super::mistake::Mistake;
use super::{Printed, quote, read};

/// Arguments of `ringup policy check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// JSON files, or `-` for standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<String>,
    /// Print a JSON array of mistakes with `file`, `code`, `path`, `line`, `column`, `message` and `help`
    #[arg(long)]
    pub json: bool,
}

/// The mistakes of policy files, one a line; the code is 0 if there are none, or else 1.
/// Files that cannot be read are returned separately.
#[must_use]
pub fn check(args: &CheckArgs) -> (Printed, Vec<Mistake>) {
    let (mut text, mut all, mut unreadable) = (String::new(), Vec::new(), Vec::new());
    for file in &args.files {
        let mistakes = mistakes(file);
        if mistakes.is_empty() {
            text += &format!("{file}: no mistakes\n");
        }
        let (without_file, found) = mistakes.into_iter().partition::<Vec<_>, _>(Mistake::is_unreadable);
        unreadable.extend(without_file);
        text.extend(found.iter().map(|mistake| format!("{mistake}\n")));
        all.extend(found);
    }
    let code = u8::from(!all.is_empty());
    let text = if args.json { quote::json(&all) } else { text };
    (Printed { text, code }, unreadable)
}

fn mistakes(file: &str) -> Vec<Mistake> {
    let text = match read::shop_text(file) {
        Ok(text) => text,
        Err(mistake) => return vec![mistake],
    };
    let document: Value = match serde_json::from_str(&text) {
        Ok(document) => document,
        Err(error) => return vec![Mistake::of_syntax(file, &text, &error)],
    };
    let mut mistakes = read::repeats(file, &text);
    mistakes.extend(diagnostics(document).into_iter().map(|diagnostic| Mistake::at(file, &text, diagnostic)));
    mistakes.sort_by_key(|mistake| (mistake.diagnostic.line, mistake.column));
    mistakes
}

/// All mistakes of a document, by its schema and the shop's own checks.
fn diagnostics(document: Value) -> Vec<Diagnostic> {
    let root = schema::whole();
    let validator = match jsonschema::draft202012::options().should_validate_formats(false).build(&root) {
        Ok(validator) => validator,
        Err(error) => return vec![Diagnostic::new(DiagnosticCode::ValueInvalid, "", error.to_string(), "report it")],
    };
    let told = |document: &Value| -> Vec<Diagnostic> {
        validator.iter_errors(document).flat_map(|error| remedy::told(&root, &error)).collect()
    };
    let mut document = Document { value: document, renamed: Vec::new() };
    let mut found = Vec::new();
    // A misspelt member is checked under its intended name, so that mistakes within it are found, too.
    loop {
        let unknown: Vec<Diagnostic> =
            told(&document.value).into_iter().filter(|one| one.code == DiagnosticCode::MemberUnknown).collect();
        if unknown.is_empty() {
            break;
        }
        for diagnostic in unknown {
            document.rename(&root, &diagnostic.path);
            found.push(document.as_written(diagnostic));
        }
    }
    let wrong = told(&document.value);
    let rules = rules(&root, &document.value, &wrong);
    found.extend(wrong.into_iter().chain(rules).map(|diagnostic| document.as_written(diagnostic)));
    found
}

/// What the shop's own checks say of the parts that can be read. What cannot is replaced by something that can; put
/// something else there, and what is said because of it is another thing.
fn rules(root: &Value, document: &Value, wrong: &[Diagnostic]) -> Vec<Diagnostic> {
    let of = |nth: usize| {
        let mut mended = document.clone();
        for diagnostic in wrong {
            mend(root, &mut mended, &diagnostic.path, nth);
        }
        reader::read::<ShopData>(&mended).map(|data| Shop::mistakes(&data))
    };
    match of(0) {
        // The schema does not know everything that a reader does.
        Err(unread) => vec![remedy::refined(root, document, *unread.diagnostic)],
        Ok(mistakes) if wrong.is_empty() => mistakes,
        Ok(mistakes) => {
            let others = of(1).unwrap_or_default();
            let is_of_another = |mistake: &Diagnostic| {
                others.contains(mistake) && wrong.iter().all(|wrong| !is_within(&mistake.path, &wrong.path))
            };
            mistakes.into_iter().filter(is_of_another).collect()
        }
    }
}

/// Puts something there that can be read.
fn mend(root: &Value, document: &mut Value, path: &str, nth: usize) {
    let (Some(parent), Some(name)) = (pointer::parent(path), pointer::last(path)) else {
        *document = schema::example(root, root, nth);
        return;
    };
    let good = schema::at(root, path).map(|schema| schema::example(root, schema, nth));
    match (document.pointer_mut(parent), good) {
        // A name that is no code: what it stands before may be anything.
        (Some(Value::Object(members)), _) if is_map(root, parent) => drop(members.shift_remove(&name)),
        (Some(Value::Object(members)), Some(good)) => drop(members.insert(name, good)),
        (Some(Value::Array(items)), Some(good)) => {
            if let Some(item) = name.parse::<usize>().ok().and_then(|index| items.get_mut(index)) {
                *item = good;
            }
        }
        (Some(_) | None, _) => {}
    }
}

/// Whether the names of members are data there.
fn is_map(root: &Value, path: &str) -> bool {
    schema::at(root, path).is_some_and(|schema| schema.get("propertyNames").is_some())
}

/// Whether a place is this one or within it.
fn is_within(path: &str, whole: &str) -> bool {
    path.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A document whose misspelt members are called as they should be.
struct Document {
    value: Value,
    /// The right pointer, and the one that is written.
    renamed: Vec<(String, String)>,
}

impl Document {
    /// Calls a misspelt member as it should be, or takes it out if that is not known.
    fn rename(&mut self, root: &Value, path: &str) {
        let (Some(parent), Some(name)) = (pointer::parent(path), pointer::last(path)) else { return };
        let known = schema::at(root, parent).map(schema::members).unwrap_or_default();
        let Some(Value::Object(members)) = self.value.pointer_mut(parent) else { return };
        let Some(value) = members.shift_remove(&name) else { return };
        if let Some(meant) = nearest(&name, &known).filter(|meant| !members.contains_key(*meant)) {
            members.insert(meant.to_owned(), value);
            self.renamed.push((pointer::joined(parent, meant), path.to_owned()));
        }
    }

    /// A diagnostic with the place as the file calls it.
    fn as_written(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        for (right, wrong) in self.renamed.iter().rev() {
            if is_within(&diagnostic.path, right) {
                diagnostic.path = diagnostic.path.replacen(right.as_str(), wrong, 1);
            }
        }
        diagnostic
    }
}
