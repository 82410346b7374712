//! Builds all mutants at once. What does not compile is taken out, until the rest does.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::list::Mutant;
use super::tree::{Tree, Written};
use crate::{Result, files};

/// An error with one of these is one of the mutant's own code, wherever that stands.
const OWN_ERRORS: [&str; 9] = ["E0277", "E0308", "E0369", "E0423", "E0425", "E0433", "E0599", "E0600", "E0614"];

/// The packages of the tests, and what they are built with. The declarations of types are built with another feature.
const SUITES: [&[&str]; 2] = [
    &["--package", "ringup-core", "--package", "ringup-tests-rules", "--package", "ringup-tests-search", "--tests"],
    &["--package", "ringup-core", "--features", "describe", "--test", "describe"],
];

/// What had to be taken out of the shared build.
#[derive(Default, Deserialize, Serialize)]
pub(super) struct Exceptions {
    /// The mutants without a switch, by their names, and whether it is known that they do not compile.
    pub(super) taken: BTreeMap<String, bool>,
    /// The functions that must be `const`.
    constant: BTreeSet<String>,
}

/// A built program of tests.
pub(super) struct Program {
    /// The name of cargo's target, such as `rules`.
    pub(super) target: String,
    pub(super) file: PathBuf,
    /// Of its package.
    pub(super) folder: PathBuf,
}

/// One error of the compiler.
struct Fault {
    code: String,
    message: String,
    rendered: String,
    /// File and bytes, the primary ones first.
    spans: Vec<(String, Range<usize>)>,
}

/// Builds every test with all mutants that can be switched.
pub(super) fn switched(tree: &Tree, mutants: &[Mutant], exceptions: &mut Exceptions) -> Result<Vec<Program>> {
    loop {
        let written = tree.write_switched(mutants, &exceptions.taken, &exceptions.constant)?;
        for number in &written.without {
            exceptions.taken.insert(mutants[*number].name.clone(), false);
        }
        let mut faults = Vec::new();
        for arguments in [&["--package", "ringup-core", "--lib"][..]].into_iter().chain(SUITES) {
            if faults.is_empty() {
                faults = compile(tree.cargo().arg("check").args(arguments))?.1;
            }
        }
        if faults.is_empty() {
            break;
        }
        let before = (exceptions.taken.len(), exceptions.constant.len());
        for fault in &faults {
            exceptions.make(fault, mutants, &written);
        }
        if before == (exceptions.taken.len(), exceptions.constant.len()) {
            let rendered: Vec<&str> = faults.iter().map(|fault| fault.rendered.as_str()).collect();
            return Err(format!("the core with switches does not compile:\n{}", rendered.join("\n")));
        }
        println!("{} of {} mutants are without a switch", exceptions.taken.len(), mutants.len());
    }
    tests(tree)?.map_err(|error| format!("the tests do not compile:\n{error}"))
}

/// Whether the core compiles with this mutant alone.
pub(super) fn compiles_alone(tree: &Tree, mutant: &Mutant) -> Result<bool> {
    tree.write_alone(mutant)?;
    Ok(compile(tree.cargo().args(["check", "--lib", "--package", "ringup-core"]))?.1.is_empty())
}

/// Builds every test of the core as it is written in the copy now. If they do not compile, gives the first error: a constant
/// of a test may be computed by the core.
pub(super) fn tests(tree: &Tree) -> Result<std::result::Result<Vec<Program>, String>> {
    let mut programs = Vec::new();
    for arguments in SUITES {
        let (built, faults) = compile(tree.cargo().args(["test", "--no-run"]).args(arguments))?;
        if let Some(fault) = faults.into_iter().next() {
            return Ok(Err(fault.rendered));
        }
        programs.extend(built);
    }
    Ok(Ok(programs))
}

/// Copies the programs away, for another build would overwrite them.
pub(super) fn keep(programs: &mut [Program], folder: &Path) -> Result {
    files::create_folder(folder)?;
    for program in programs {
        let kept = folder.join(&program.target);
        files::copy(&program.file, &kept)?;
        program.file = kept;
    }
    Ok(())
}

/// The programs that cargo built, and the errors of the compiler.
fn compile(cargo: &mut Command) -> Result<(Vec<Program>, Vec<Fault>)> {
    let output = cargo.args(["--message-format", "json"]).stderr(Stdio::piped()).output();
    let output = output.map_err(|error| format!("cargo could not be started: {error}"))?;
    let (mut programs, mut faults) = (Vec::new(), Vec::new());
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
        if let Some(file) = message["executable"].as_str() {
            let manifest = Path::new(message["manifest_path"].as_str().unwrap_or_default());
            let target = message["target"]["name"].as_str().unwrap_or_default().to_owned();
            let folder = manifest.parent().unwrap_or(manifest).to_owned();
            programs.push(Program { target, file: file.into(), folder });
        }
        if message["message"]["level"] == "error" {
            faults.push(Fault::read(&message["message"]));
        }
    }
    faults.retain(|fault| !fault.message.starts_with("aborting due to"));
    if output.status.success() || !faults.is_empty() {
        return Ok((programs, faults));
    }
    Err(format!("cargo failed in the copy of the repository:\n{}", String::from_utf8_lossy(&output.stderr)))
}

impl Fault {
    fn read(message: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let children = message["children"].as_array().into_iter().flatten().flat_map(|child| child["spans"].as_array());
        let all = message["spans"].as_array().into_iter().chain(children).flatten();
        let mut spans: Vec<&Value> = all.collect();
        spans.sort_by_key(|span| span["is_primary"] != true);
        let range = |span: &Value| {
            let offset = |name: &str| span[name].as_u64().and_then(|at| usize::try_from(at).ok()).unwrap_or_default();
            (text(&span["file_name"]), offset("byte_start")..offset("byte_end"))
        };
        Self {
            code: text(&message["code"]["code"]),
            message: text(&message["message"]),
            rendered: text(&message["rendered"]),
            spans: spans.into_iter().map(range).collect(),
        }
    }

    /// A function of ours that is called where only a `const` one may be.
    fn must_be_const(&self) -> Option<String> {
        let called = (self.code == "E0015").then(|| self.message.split('`').nth(1))??;
        let name = called.rsplit("::").next().unwrap_or(called);
        (!called.contains("mutant::is")).then(|| name.to_owned())
    }
}

impl Exceptions {
    /// Takes out what an error is about.
    fn make(&mut self, fault: &Fault, mutants: &[Mutant], written: &Written) {
        let primary = fault.spans.get(..1).unwrap_or_default();
        if self.take_out(primary, fault, mutants, written, contains) {
            return;
        }
        if let Some(name) = fault.must_be_const() {
            self.constant.insert(name);
            return;
        }
        // It may be about a whole expression with switches in it, or about what stands around a switch: a match that has lost
        // an arm, a type that two branches disagree about.
        let around = |piece: &Range<usize>, span: &Range<usize>| contains(span, piece);
        _ = self.take_out(&fault.spans, fault, mutants, written, contains)
            || self.take_out(&fault.spans, fault, mutants, written, around)
            || self.take_nearest(fault, mutants, written);
    }

    /// Takes out the mutants of the pieces that fit the first of the spans that any piece fits.
    fn take_out(
        &mut self,
        spans: &[(String, Range<usize>)],
        fault: &Fault,
        mutants: &[Mutant],
        written: &Written,
        fits: impl Fn(&Range<usize>, &Range<usize>) -> bool,
    ) -> bool {
        for (file, span) in spans {
            let pieces = written.pieces.get(file).into_iter().flatten();
            let mut guilty = pieces.filter(|piece| fits(&piece.range, span)).peekable();
            if guilty.peek().is_none() {
                continue;
            }
            for piece in guilty {
                let is_own = contains(&piece.own, span) && OWN_ERRORS.contains(&fault.code.as_str());
                *self.taken.entry(mutants[piece.mutant].name.clone()).or_default() |= is_own;
            }
            return true;
        }
        false
    }

    fn take_nearest(&mut self, fault: &Fault, mutants: &[Mutant], written: &Written) -> bool {
        fault.spans.iter().any(|(file, span)| {
            let pieces = written.pieces.get(file).into_iter().flatten();
            let nearest = pieces.min_by_key(|piece| piece.range.start.abs_diff(span.start));
            nearest.map(|nearest| self.taken.entry(mutants[nearest.mutant].name.clone()).or_default()).is_some()
        })
    }
}

fn contains(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end && !outer.is_empty()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::ops::Range;

    use super::{Exceptions, Fault};
    use crate::mutants::list::{Genre, Mutant, tests::mutant};
    use crate::mutants::switch::Piece;
    use crate::mutants::tree::Written;

    const FILE: &str = "core/switched/a.rs";

    /// What is taken out for an error at these bytes: one mutant is at 10..20 with its own code at 13..15, one at 30..40.
    fn made(code: &str, message: &str, span: Range<usize>) -> Exceptions {
        let any = mutant("a == b", Genre::BinaryOperator, "==", "!=");
        let mutants = ["one", "two"].map(|name| Mutant { name: name.into(), ..any.clone() });
        let piece = |mutant, range: Range<usize>| Piece { mutant, own: range.start + 3..range.start + 5, range };
        let pieces = BTreeMap::from([(FILE.to_owned(), vec![piece(0, 10..20), piece(1, 30..40)])]);
        let written = Written { pieces, without: Vec::new() };
        let spans = vec![(FILE.to_owned(), span)];
        let fault = Fault { code: code.into(), message: message.into(), rendered: String::new(), spans };
        let mut exceptions = Exceptions::default();
        exceptions.make(&fault, &mutants, &written);
        exceptions
    }

    fn taken(code: &str, span: Range<usize>) -> Vec<(String, bool)> {
        made(code, "", span).taken.into_iter().collect()
    }

    #[test]
    fn an_error_takes_out_what_it_is_about() {
        let (one, two) = ("one".to_owned(), "two".to_owned());
        assert_eq!(taken("E0277", 13..15), [(one.clone(), true)], "its own code does not compile anywhere");
        assert_eq!(taken("E0505", 13..15), [(one.clone(), false)], "it may compile without a switch");
        assert_eq!(taken("E0277", 10..12), [(one.clone(), false)]);
        assert_eq!(taken("E0308", 5..50), [(one, false), (two.clone(), false)]);
        assert_eq!(taken("E0004", 45..46), [(two, false)], "it is the nearest");
    }

    #[test]
    fn a_function_that_constants_call_stays_const() {
        let message = |called: &str| format!("cannot call non-const associated function `{called}` in constants");
        for (called, name) in [("a::Time::from_millis", "from_millis"), ("Table::<K>::new", "new"), ("bit", "bit")] {
            let made = made("E0015", &message(called), 45..46);
            assert_eq!((made.constant.len(), made.taken.len()), (1, 0), "{called}");
            assert!(made.constant.contains(name), "{called}");
        }
        let switch = made("E0015", &message("mutant::is"), 10..12);
        assert_eq!((switch.constant.len(), switch.taken.len()), (0, 1));
    }
}
