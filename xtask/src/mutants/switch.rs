//! Writes mutants into a file of the core as switches: both the code and each mutant of it, and the one that runs is chosen
//! when the program starts.

use std::collections::BTreeSet;
use std::ops::Range;

use super::list::{Genre, Mutant};
use super::place::{Function, Places, Returns};

/// A file with its switches.
pub(super) struct Switched {
    pub(super) text: String,
    /// Where in the text each mutant's switch is, with what of it is the mutant's own code.
    pub(super) pieces: Vec<Piece>,
}

/// Text that is there for one mutant's sake.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) mutant: usize,
    pub(super) range: Range<usize>,
    /// The code that runs when the mutant is on. An error in it is the mutant's.
    pub(super) own: Range<usize>,
}

/// What a switch inserts, around a range or, if that is empty, at a place.
struct Switch {
    mutant: usize,
    around: Range<usize>,
    before: Text,
    after: &'static str,
}

/// `head`, the code that runs when the mutant is on, `tail`.
struct Text {
    head: String,
    own: String,
    tail: &'static str,
}

/// Writes the mutants, each with its number, into the text of their file. `constant` are the functions that stay `const`.
/// Also gives the numbers of those that no switch can be written for.
pub(super) fn switch(
    text: &str,
    mutants: &[(usize, &Mutant)],
    constant: &BTreeSet<String>,
) -> Result<(Switched, Vec<usize>), String> {
    let places = Places::of(text).map_err(|error| error.to_string())?;
    let (mut switches, mut without) = (Vec::new(), Vec::new());
    for &(number, mutant) in mutants {
        match of(text, &places, number, mutant) {
            Some(found) => switches.extend(found),
            None => without.push(number),
        }
    }
    let consts = places.functions.iter().filter(|function| !constant.contains(&function.name));
    let consts = consts.filter_map(|function: &Function| function.constness.clone()).collect();
    Ok((write(text, switches, consts), without))
}

fn of(text: &str, places: &Places, number: usize, mutant: &Mutant) -> Option<Vec<Switch>> {
    let span = mutant.range(text)?;
    let is_on = format!("crate::mutant::is({number})");
    let around = |around: Range<usize>, own: String| {
        let before = Text { head: format!("(if {is_on} {{ "), own, tail: " } else { " };
        vec![Switch { mutant: number, around, before, after: " })" }]
    };
    match mutant.genre {
        Genre::FnValue => {
            let function = places.function(&span)?;
            let (start, end) = (function.body.start + 1, function.body.end - 1);
            let own = mutant.replacement.clone();
            match function.returns {
                Returns::Opaque => None,
                Returns::Named => {
                    let before = Text { head: format!(" if {is_on} {{ return "), own, tail: "; } " };
                    Some(vec![Switch { mutant: number, around: start..start, before, after: "" }])
                }
                Returns::Iterator => {
                    let head = format!(" if {is_on} {{ crate::mutant::Either::Mutant(crate::mutant::boxed(");
                    let before = Text { head, own, tail: ")) } else { crate::mutant::Either::Core({ " };
                    Some(vec![Switch { mutant: number, around: start..end, before, after: " }) } " }])
                }
            }
        }
        Genre::BinaryOperator | Genre::UnaryOperator | Genre::StructField => {
            let found =
                places.expressions.iter().filter(|one| span.start <= one.part.start && one.part.end <= span.end);
            let whole =
                found.map(|one| &one.whole).filter(|whole| whole.start <= span.start).min_by_key(|one| one.len())?;
            let (head, tail) = (text.get(whole.start..span.start)?, text.get(span.end..whole.end)?);
            Some(around(whole.clone(), format!("{head}{}{tail}", mutant.replacement)))
        }
        Genre::MatchArmGuard => {
            let mut guards = places.arms.iter().filter_map(|arm| arm.guard.as_ref());
            let guard = guards.find(|guard| guard.range == span && !guard.has_let)?;
            Some(around(guard.range.clone(), mutant.replacement.clone()))
        }
        Genre::MatchArm => {
            let arm = places.arms.iter().find(|arm| arm.start == span.start)?;
            let head = match &arm.guard {
                Some(guard) if guard.has_let => return None,
                Some(_) => format!("(!{is_on} && ("),
                None => format!(" if !{is_on}"),
            };
            let around = arm.guard.as_ref().map_or(arm.pattern.end..arm.pattern.end, |guard| guard.range.clone());
            let after = if arm.guard.is_some() { "))" } else { "" };
            let before = Text { head, own: String::new(), tail: "" };
            Some(vec![Switch { mutant: number, around, before, after }])
        }
    }
}

/// Writes all switches. What is inside another is written inside it; of two at the same place, either may be.
fn write(text: &str, mut switches: Vec<Switch>, consts: Vec<Range<usize>>) -> Switched {
    switches.sort_by_key(|switch| (switch.around.start, !switch.around.is_empty(), usize::MAX - switch.around.end));
    // At one offset, what ends there comes first, then what has no length, then what begins, the widest first.
    let mut inserts: Vec<(usize, u8, usize)> = Vec::new();
    for (order, switch) in switches.iter().enumerate() {
        let Range { start, end } = switch.around;
        if start == end {
            inserts.push((start, 1, order));
        } else {
            inserts.push((start, 2, order));
            inserts.push((end, 0, usize::MAX - order));
        }
    }
    inserts.sort_unstable();
    let mut source = text.as_bytes().to_vec();
    for range in consts {
        // Of the same length, so that no place moves.
        source[range].fill(b' ');
    }
    let source = String::from_utf8(source).unwrap_or_else(|_| text.to_owned());
    let (mut written, mut from) = (String::new(), 0);
    let mut pieces = Vec::new();
    for (at, kind, order) in inserts {
        written.push_str(&source[from..at]);
        from = at;
        let start = written.len();
        let switch = &switches[if kind == 0 { usize::MAX - order } else { order }];
        let mut own = start..start;
        if kind == 0 {
            written.push_str(switch.after);
        } else {
            written.push_str(&switch.before.head);
            own = written.len()..written.len() + switch.before.own.len();
            written.push_str(&switch.before.own);
            written.push_str(switch.before.tail);
            if kind == 1 {
                written.push_str(switch.after);
            }
        }
        pieces.push(Piece { mutant: switch.mutant, range: start..written.len(), own });
    }
    written.push_str(&source[from..]);
    Switched { text: written, pieces }
}

/// The text with the mutant alone in it, as cargo-mutants writes it.
pub(super) fn replace(text: &str, mutant: &Mutant) -> Option<String> {
    let span = mutant.range(text)?;
    Some(format!("{}{}{}", text.get(..span.start)?, mutant.replacement, text.get(span.end..)?))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{replace, switch};
    use crate::mutants::list::{Genre, tests::mutant};

    /// What is written, which must parse. The numbers of the mutants count from 0.
    fn written(text: &str, mutants: &[(Genre, &str, &str)]) -> String {
        let mutants: Vec<_> = mutants.iter().map(|(genre, from, to)| mutant(text, *genre, from, to)).collect();
        let numbered: Vec<_> = mutants.iter().enumerate().collect();
        let (switched, without) = switch(text, &numbered, &BTreeSet::new()).unwrap();
        assert!(without.is_empty(), "{without:?} have no switch");
        syn::parse_file(&switched.text).unwrap_or_else(|error| panic!("{error}: {}", switched.text));
        for piece in &switched.pieces {
            assert!(piece.range.start <= piece.own.start && piece.own.end <= piece.range.end, "{piece:?}");
        }
        switched.text.replace("crate::mutant::", "")
    }

    #[test]
    fn a_function_returns_at_its_start() {
        let body = "x.len() as u8 + 1";
        let text = written(&format!("fn f(x: &str) -> u8 {{ {body} }}"), &[(Genre::FnValue, body, "7")]);
        assert_eq!(text, format!("fn f(x: &str) -> u8 {{ if is(0) {{ return 7; }}  {body} }}"));
    }

    #[test]
    fn a_function_within_a_function_is_found() {
        let text = written("fn f() -> u8 { fn g() -> u8 { 1 } g() + 2 }", &[(Genre::FnValue, "1", "7")]);
        assert_eq!(text, "fn f() -> u8 { fn g() -> u8 { if is(0) { return 7; }  1 } g() + 2 }");
    }

    #[test]
    fn two_mutants_of_an_iterator_are_one_type() {
        let text = "fn f() -> impl Iterator<Item = u8> { (0..4).rev() }";
        let body = (Genre::FnValue, "(0..4).rev()", "::std::iter::empty()");
        let text = written(text, &[body, (body.0, body.1, "::std::iter::once(1)")]);
        assert!(
            text.contains("if is(0) { Either::Mutant(boxed(::std::iter::empty())) } else { Either::Core({"),
            "{text}"
        );
        assert!(
            text.contains("if is(1) { Either::Mutant(boxed(::std::iter::once(1))) } else { Either::Core({"),
            "{text}"
        );
    }

    #[test]
    fn other_opaque_types_have_no_switch() {
        for text in ["fn f() -> impl Fn() { || () }", "fn f() -> impl Iterator<Item = u8> { g()?; h }"] {
            let body = &text[text.find("{ ").unwrap() + 2..text.len() - 2];
            let mutant = mutant(text, Genre::FnValue, body, "todo");
            assert_eq!(switch(text, &[(3, &mutant)], &BTreeSet::new()).unwrap().1, [3], "{text}");
        }
    }

    #[test]
    fn an_operator_is_replaced_in_its_whole_chain() {
        let text = written("fn f() -> bool { a && b && (c == d) }", &[(Genre::BinaryOperator, "&&", "||")]);
        assert_eq!(text, "fn f() -> bool { (if is(0) { a || b && (c == d) } else { a && b && (c == d) }) }");
    }

    #[test]
    fn mutants_of_one_expression_are_nested() {
        let all = [
            (Genre::BinaryOperator, "<", "<="),
            (Genre::BinaryOperator, "<", "=="),
            (Genre::UnaryOperator, "!", ""),
            (Genre::BinaryOperator, "||", "&&"),
        ];
        let text = written("fn f() -> bool { !(a < b) || c }", &all);
        let inner = "(if is(0) { a <= b } else { (if is(1) { a == b } else { a < b }) })";
        let outer = format!("(if is(2) {{ (a < b) }} else {{ !({inner}) }})");
        assert_eq!(text, format!("fn f() -> bool {{ (if is(3) {{ !(a < b) && c }} else {{ {outer} || c }}) }}"));
    }

    #[test]
    fn a_chain_with_let_is_switched_only_inside() {
        let source = "fn f() { if let Some(x) = y && x < 3 { g() } }";
        let text = written(source, &[(Genre::BinaryOperator, "<", ">")]);
        assert_eq!(text, "fn f() { if let Some(x) = y && (if is(0) { x > 3 } else { x < 3 }) { g() } }");
        let chain = mutant(source, Genre::BinaryOperator, "&&", "||");
        assert_eq!(switch(source, &[(0, &chain)], &BTreeSet::new()).unwrap().1, [0]);
    }

    #[test]
    fn an_assignment_is_a_statement_still() {
        let text = written("fn f() { if c { g() } x += 1; }", &[(Genre::BinaryOperator, "+=", "-=")]);
        assert_eq!(text, "fn f() { if c { g() } (if is(0) { x -= 1 } else { x += 1 }); }");
    }

    #[test]
    fn a_guard_is_one_or_the_other() {
        let text = written(
            "fn f() { match x { A if a == b => 1, _ => 2 }; }",
            &[(Genre::MatchArmGuard, "a == b", "true"), (Genre::BinaryOperator, "==", "!=")],
        );
        let guard = "(if is(0) { true } else { (if is(1) { a != b } else { a == b }) })";
        assert_eq!(text, format!("fn f() {{ match x {{ A if {guard} => 1, _ => 2 }}; }}"));
    }

    #[test]
    fn a_deleted_arm_matches_nothing() {
        let text = written(
            "fn f() { match x { A | B => 1, C if c => 2, _ => 3 }; }",
            &[(Genre::MatchArm, "A | B => 1,", ""), (Genre::MatchArm, "C if c => 2,", "")],
        );
        assert_eq!(text, "fn f() { match x { A | B if !is(0) => 1, C if (!is(1) && (c)) => 2, _ => 3 }; }");
    }

    #[test]
    fn a_deleted_field_is_the_base_s() {
        let text = written("fn f() -> S { S { a: 1, b: T { a: 2 }, ..d } }", &[(Genre::StructField, "a: 1,", "")]);
        let core = "S { a: 1, b: T { a: 2 }, ..d }";
        assert_eq!(text, format!("fn f() -> S {{ (if is(0) {{ S {{  b: T {{ a: 2 }}, ..d }} }} else {{ {core} }}) }}"));
    }

    #[test]
    fn a_function_is_const_where_it_must_be() {
        let text = "const fn f() -> u8 { 1 } impl A { pub const fn g() -> u8 { 2 } }";
        let constant = BTreeSet::from(["g".to_owned()]);
        let (switched, _) = switch(text, &[], &constant).unwrap();
        assert_eq!(switched.text, "      fn f() -> u8 { 1 } impl A { pub const fn g() -> u8 { 2 } }");
    }

    #[test]
    fn a_mutant_alone_is_the_text_with_its_change() {
        let text = "fn f() -> bool { a == b }";
        let mutant = mutant(text, Genre::BinaryOperator, "==", "!=");
        assert_eq!(replace(text, &mutant).as_deref(), Some("fn f() -> bool { a != b }"));
    }
}
