//! JSON as a tree: the values in the order of the text, each with the place after it.

use alloc::{borrow::Cow, format, string::String, vec, vec::Vec};

use super::name::shown;
use crate::base::diagnostic::{Diagnostic, DiagnosticCode};
use crate::base::pointer::joined;

/// As deep as serde_json reads.
const DEPTH_MAX: u32 = 127;

/// A value's place in the tree.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Place(usize);

/// One value. A list's items and an object's members follow it; a member is its name, as a text, and its value.
#[derive(PartialEq)]
pub(super) enum Value<'a> {
    Null,
    Bool(bool),
    /// A whole number of at most 64 bits beside its sign. `-0` is none.
    Integer {
        negative: bool,
        magnitude: u64,
    },
    /// Any other number, as it is written.
    Number(&'a str),
    Text(Cow<'a, str>),
    List,
    Object,
}

struct Node<'a> {
    value: Value<'a>,
    after: Place,
}

pub(super) struct Tree<'a> {
    nodes: Vec<Node<'a>>,
}

impl Place {
    pub(super) const ROOT: Self = Self(0);
    /// Where a member is that is not there.
    pub const ABSENT: Self = Self(usize::MAX);

    const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// The items of a list.
pub(super) struct Items<'t> {
    tree: &'t Tree<'t>,
    next: Place,
    end: Place,
}

impl Iterator for Items<'_> {
    type Item = Place;

    /// Out of line: every list's type has a loop of its own.
    #[inline(never)]
    fn next(&mut self) -> Option<Place> {
        let this = self.next;
        self.next = self.tree.after(this);
        (this < self.end).then_some(this)
    }
}

/// The members of an object: the place of each name, and of its value.
pub(super) struct Members<'t>(Items<'t>);

impl Iterator for Members<'_> {
    type Item = (Place, Place);

    fn next(&mut self) -> Option<(Place, Place)> {
        Some((self.0.next()?, self.0.next()?))
    }
}

impl<'a> Tree<'a> {
    #[inline(never)]
    pub(super) fn parse(json: &'a [u8]) -> Result<Self, Vec<Diagnostic>> {
        let text = core::str::from_utf8(json)
            .map_err(|error| not_json(json, error.valid_up_to(), "the text is not UTF-8".into()))?;
        let mut parser = Parser { text, at: 0, nodes: Vec::with_capacity(json.len() >> 4) };
        match parser.document() {
            Ok(()) => Ok(Self { nodes: parser.nodes }),
            Err(Expected(expected)) => {
                let found = text.get(parser.at..).and_then(|rest| rest.chars().next());
                let message = match found {
                    Some(found) => format!("{expected} is expected, not `{}`", shown(found.encode_utf8(&mut [0; 4]))),
                    None => format!("{expected} is expected, and the text ends"),
                };
                Err(not_json(json, parser.at, message))
            }
        }
    }

    pub(super) fn value(&self, place: Place) -> &Value<'a> {
        self.nodes.get(place.0).map_or(&Value::Null, |node| &node.value)
    }

    /// The place after the value and all that is in it.
    pub(super) fn after(&self, place: Place) -> Place {
        self.nodes.get(place.0).map_or(place, |node| node.after)
    }

    /// The items of a list.
    pub(super) fn items(&self, list: Place) -> Items<'_> {
        Items { tree: self, next: list.next(), end: self.after(list) }
    }

    /// The members of an object: the place of each name, and of its value.
    pub(super) fn members(&self, object: Place) -> Members<'_> {
        Members(self.items(object))
    }

    /// The text at a place; empty: it is none.
    pub(super) fn text(&self, place: Place) -> &str {
        match self.value(place) {
            Value::Text(text) => text,
            Value::Null | Value::Bool(_) | Value::Integer { .. } | Value::Number(_) | Value::List | Value::Object => "",
        }
    }

    /// The JSON pointer to a value, or to a member by the place of its name.
    pub(super) fn pointer(&self, place: Place) -> String {
        let (mut pointer, mut holder) = (String::new(), Place::ROOT);
        while holder < place {
            let step = if matches!(self.value(holder), Value::Object) {
                let member = self.members(holder).find(|(_, value)| place < self.after(*value));
                member.map(|(name, value)| (joined(&pointer, self.text(name)), value))
            } else {
                let item = self.items(holder).zip(0_u32..).find(|(item, _)| place < self.after(*item));
                item.map(|(item, index)| (format!("{pointer}/{index}"), item))
            };
            let Some((to_step, value)) = step else { break };
            (pointer, holder) = (to_step, value);
        }
        pointer
    }
}

#[cold]
fn not_json(json: &[u8], at: usize, message: String) -> Vec<Diagnostic> {
    let help = "give a text in JSON, as `JSON.stringify` makes it";
    let before = json.get(..at).unwrap_or(json);
    let breaks = before.iter().filter(|byte| **byte == b'\n').count();
    let line = Some(u32::try_from(breaks).unwrap_or(u32::MAX).saturating_add(1));
    vec![Diagnostic { line, ..Diagnostic::new(DiagnosticCode::NotJson, "", message, help) }]
}

/// What should have stood where the parser stopped.
struct Expected(&'static str);

struct Parser<'a> {
    text: &'a str,
    at: usize,
    nodes: Vec<Node<'a>>,
}

impl<'a> Parser<'a> {
    fn document(&mut self) -> Result<(), Expected> {
        self.value(DEPTH_MAX)?;
        match self.next_sign() {
            None => Ok(()),
            Some(_) => Err(Expected("the end of the text")),
        }
    }

    /// The byte that comes next.
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    /// The byte that comes after white space.
    fn next_sign(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.skip(),
                sign => return sign,
            }
        }
    }

    /// Passes over the byte, if it comes next.
    fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        if is_next {
            self.skip();
        }
        is_next
    }

    fn push(&mut self, value: Value<'a>) {
        let after = Place(self.nodes.len()).next();
        self.nodes.push(Node { value, after });
    }

    fn value(&mut self, depth: u32) -> Result<(), Expected> {
        match self.next_sign() {
            Some(b'"') => self.text(),
            Some(b'{') => self.holder(depth, Value::Object, b'}'),
            Some(b'[') => self.holder(depth, Value::List, b']'),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            _ => Err(Expected("a value")),
        }
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Result<(), Expected> {
        if !self.text.get(self.at..).unwrap_or_default().starts_with(word) {
            return Err(Expected("a value"));
        }
        self.at = self.at.saturating_add(word.len());
        self.push(value);
        Ok(())
    }

    /// A list or an object.
    fn holder(&mut self, depth: u32, value: Value<'a>, close: u8) -> Result<(), Expected> {
        let Some(depth) = depth.checked_sub(1) else { return Err(Expected("a value that is less deep")) };
        let holder = self.nodes.len();
        self.skip();
        self.push(value);
        if self.next_sign() != Some(close) {
            loop {
                if close == b'}' {
                    match self.next_sign() {
                        Some(b'"') => self.text()?,
                        _ => return Err(Expected("a name in quotes")),
                    }
                    if self.next_sign() != Some(b':') {
                        return Err(Expected("`:`"));
                    }
                    self.skip();
                }
                self.value(depth)?;
                match self.next_sign() {
                    Some(b',') => self.skip(),
                    Some(sign) if sign == close => break,
                    _ => return Err(Expected(if close == b'}' { "`,` or `}`" } else { "`,` or `]`" })),
                }
            }
        }
        self.skip();
        let after = Place(self.nodes.len());
        if let Some(holder) = self.nodes.get_mut(holder) {
            holder.after = after;
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), Expected> {
        let begin = self.at;
        let negative = self.take(b'-');
        let (mut magnitude, mut whole) = (Some(0_u64), true);
        if !self.take(b'0') {
            let first = self.at;
            while let Some(digit @ b'0'..=b'9') = self.peek() {
                let digit = u64::from(digit.wrapping_sub(b'0'));
                magnitude = magnitude.and_then(|so_far| so_far.checked_mul(10)?.checked_add(digit));
                self.skip();
            }
            if self.at == first {
                return Err(Expected("a digit"));
            }
        }
        if self.take(b'.') {
            whole = false;
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            whole = false;
            let _sign = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        let written = self.text.get(begin..self.at).unwrap_or_default();
        self.push(match magnitude {
            Some(magnitude) if whole && !(negative && magnitude == 0) => Value::Integer { negative, magnitude },
            _ => Value::Number(written),
        });
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Expected> {
        let first = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.skip();
        }
        if self.at == first { Err(Expected("a digit")) } else { Ok(()) }
    }

    fn text(&mut self) -> Result<(), Expected> {
        self.skip();
        let mut text = Cow::Borrowed(self.plain());
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    self.skip();
                    let character = self.escaped()?;
                    text.to_mut().push(character);
                    let plain = self.plain();
                    text.to_mut().push_str(plain);
                }
                _ => return Err(Expected("a character of a text, or `\"`")),
            }
        }
        self.skip();
        self.push(Value::Text(text));
        Ok(())
    }

    /// Characters that stand for themselves.
    fn plain(&mut self) -> &'a str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.bytes().position(|byte| byte == b'"' || byte == b'\\' || byte < b' ').unwrap_or(rest.len());
        self.at = self.at.saturating_add(length);
        rest.get(..length).unwrap_or_default()
    }

    fn escaped(&mut self) -> Result<char, Expected> {
        let character = match self.peek() {
            Some(sign @ (b'"' | b'\\' | b'/')) => char::from(sign),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.skip();
                return self.code_point();
            }
            _ => return Err(Expected("a character that may stand behind `\\`")),
        };
        self.skip();
        Ok(character)
    }

    /// What follows `\u`, with the other half of a pair.
    fn code_point(&mut self) -> Result<char, Expected> {
        let unit = self.code_unit()?;
        let mut units = [unit, 0];
        let is_pair = (0xd800..0xdc00).contains(&unit);
        if is_pair {
            if !(self.take(b'\\') && self.take(b'u')) {
                return Err(Expected("the other half of a pair"));
            }
            units = [unit, self.code_unit()?];
        }
        let decoded = char::decode_utf16(units).next();
        decoded.and_then(Result::ok).ok_or(Expected("a character, and not the half of one"))
    }

    fn code_unit(&mut self) -> Result<u16, Expected> {
        let (end, mut unit) = (self.at.saturating_add(4), 0_u16);
        let digits = self.text.as_bytes().get(self.at..end).unwrap_or(b"?");
        for digit in digits {
            let digit = char::from(*digit).to_digit(16).and_then(|digit| u16::try_from(digit).ok());
            unit = unit << 4 | digit.ok_or(Expected("four hexadecimal digits"))?;
        }
        self.at = end;
        Ok(unit)
    }
}
