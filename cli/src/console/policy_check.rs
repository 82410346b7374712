//! `ringup policy check`: every mistake of a policy file that can be found, with field, line and remedy.

mod mend;
mod remedy;

use ringup_core::{Diagnostic, Shop};
use serde_json::Value;

use self::mend::{Mended, complete, otherwise};
use self::remedy::remedy;
use super::mistake::Mistake;
use super::place::{repeats, unescaped};
use super::{Printed, read};

/// The mistakes of a policy file, one a line; the code is 0 if there are none, or else 1.
#[must_use]
pub fn check(file: &str) -> Printed {
    let mistakes = mistakes(file);
    let lines = mistakes.iter().map(|mistake| format!("{mistake}\n")).collect();
    let text = if mistakes.is_empty() { format!("{file}: no mistakes\n") } else { lines };
    Printed { text, code: u8::from(!mistakes.is_empty()) }
}

fn mistakes(file: &str) -> Vec<Mistake> {
    let text = match read::shop_text(file) {
        Ok(text) => text,
        Err(mistake) => return vec![mistake],
    };
    let value: Value = match read::parsed(file, &text) {
        Ok(value) => value,
        Err(mistake) => return vec![mistake],
    };
    let mut mistakes: Vec<Mistake> = repeats(&text)
        .into_iter()
        .map(|(field, line, column)| {
            let name = field.rsplit('/').next().map(unescaped).unwrap_or_default();
            let problem = format!("the field `{name}` is given twice");
            Mistake { file: file.into(), field, line, column, problem, remedy: "remove one".into() }
        })
        .collect();
    let mended = Mended::new(value.clone(), &complete());
    mistakes.extend(mended.found.iter().map(|(field, message)| {
        let mut mistake = Mistake::of_value(file, &text, field.clone(), message);
        if let Some(remedy) = remedy(field, message, value.pointer(field)) {
            mistake.remedy = remedy;
        }
        mistake
    }));
    let errors = errors_of_its_own(&mended, value);
    mistakes.extend(errors.into_iter().map(|error| {
        let field = mended.as_written(&error.path);
        Mistake::at(file, &text, field, error.message, error.help)
    }));
    mistakes.sort_by_key(|mistake| (mistake.line, mistake.column));
    mistakes
}

/// What the rules say of the parts, without what they say of values that were put there in place of others: put other ones
/// there, and they say something else.
fn errors_of_its_own(mended: &Mended, value: Value) -> Vec<Diagnostic> {
    let Some(data) = &mended.data else { return Vec::new() };
    let errors = Shop::mistakes(data);
    if mended.found.is_empty() {
        return errors;
    }
    let other = Mended::new(value, &otherwise(&complete())).data;
    let others = other.as_ref().map(Shop::mistakes).unwrap_or_default();
    errors.into_iter().filter(|error| others.contains(error)).collect()
}
