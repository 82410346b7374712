//! As you type: formats a number while it is being typed, digit by digit.

mod template;

use alloc::string::String;
use alloc::vec::Vec;

use super::digits::{self, Decimal, digit};
use super::format::fill;
use super::plan::{CallingCode, Form, PLAN, Region, State};
use crate::Country;
use template::Template;

/// A longer text is shown as it was typed: it cannot be a number, and formatting would be slow.
const CHARACTERS_MAX: usize = 250;

/// Digits of the national number before it is formatted.
const DIGITS_MIN: usize = 3;

/// A number that is being typed. After each character it shows what libphonenumber would show.
#[derive(Clone, Debug)]
pub struct AsYouType {
    default: Option<Country>,
    /// The main country of the current calling code. Its rules format the number.
    current: Option<(CallingCode, Region)>,
    /// The text as typed, and the part of it that is dialled.
    typed: String,
    characters: usize,
    plus: bool,
    dialled: Vec<u8>,
    /// The text in front of the national number, as shown.
    before: String,
    prefix: Vec<u8>,
    national: Vec<u8>,
    /// Whether a prefix was found, which rules out formats for local calls.
    is_complete: bool,
    expects_calling_code: bool,
    is_formatting: bool,
    has_other_characters: bool,
    sets_prefix_apart: bool,
    forms: Vec<Form>,
    template: Template,
    shown: String,
}

impl AsYouType {
    /// An empty number. Without a country, only numbers that begin with `+` are formatted.
    #[must_use]
    pub fn new(default: Option<Country>) -> Self {
        Self {
            default,
            current: home(default),
            typed: String::new(),
            characters: 0,
            plus: false,
            dialled: Vec::new(),
            before: String::new(),
            prefix: Vec::new(),
            national: Vec::new(),
            is_complete: false,
            expects_calling_code: false,
            is_formatting: true,
            has_other_characters: false,
            sets_prefix_apart: false,
            forms: Vec::new(),
            template: Template::default(),
            shown: String::new(),
        }
    }

    /// Removes everything that was typed.
    pub fn clear(&mut self) {
        *self = Self::new(self.default);
    }

    /// The text to show.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.shown
    }

    /// Adds a character and returns the text to show. After a separator the text is shown as typed.
    pub fn push(&mut self, character: char) -> &str {
        self.characters = self.characters.saturating_add(1);
        if self.characters <= CHARACTERS_MAX {
            self.shown = self.take(character);
        } else {
            if self.characters.saturating_sub(1) == CHARACTERS_MAX {
                self.shown.clone_from(&self.typed);
            }
            self.shown.push(character);
        }
        &self.shown
    }

    fn take(&mut self, character: char) -> String {
        let first = self.typed.is_empty();
        self.typed.push(character);
        match (digit(character), character) {
            (Some(digit), _) => {
                self.dialled.push(digit);
                self.national.push(digit);
            }
            (None, '+' | '\u{ff0b}') if first => self.plus = true,
            _ => {
                self.is_formatting = false;
                self.has_other_characters = true;
            }
        }
        if !self.is_formatting {
            return self.try_again().unwrap_or_else(|| self.typed.clone());
        }
        match self.dialled.len().saturating_add(usize::from(self.plus)) {
            0..DIGITS_MIN => return self.typed.clone(),
            DIGITS_MIN if self.extract_abroad() => self.expects_calling_code = true,
            DIGITS_MIN => {
                self.prefix = self.remove_prefix();
                return self.choose();
            }
            _ => {}
        }
        if self.expects_calling_code {
            self.expects_calling_code = !self.extract_calling_code();
            return join(&self.before, &text(&self.national), false);
        }
        if self.forms.is_empty() { self.choose() } else { self.go_on() }
    }

    /// Formatting was given up. Tries again with a longer prefix.
    fn try_again(&mut self) -> Option<String> {
        if self.has_other_characters {
            return None;
        }
        if self.extract_abroad() {
            if !self.extract_calling_code() {
                return None;
            }
        } else if self.extract_longer_prefix() {
            self.before.push(' ');
        } else {
            return None;
        }
        self.is_formatting = true;
        self.expects_calling_code = false;
        self.forms.clear();
        self.template = Template::default();
        Some(self.choose())
    }

    /// Fills the digit into the current format, or gives formatting up if none fits.
    fn go_on(&mut self) -> String {
        let last = self.national.last().copied().unwrap_or_default();
        let partial = self.fill_in(last);
        if let Some(whole) = self.format_whole() {
            return whole;
        }
        self.narrow();
        if self.new_template() {
            return self.fill_in_all();
        }
        match partial {
            Some(partial) if self.is_formatting => self.with_prefix(&partial),
            None if self.is_formatting => self.with_prefix(&self.typed),
            _ => self.typed.clone(),
        }
    }

    fn choose(&mut self) -> String {
        if self.national.len() < DIGITS_MIN {
            return self.with_prefix(&text(&self.national));
        }
        self.find_forms();
        if let Some(whole) = self.format_whole() {
            return whole;
        }
        if self.new_template() { self.fill_in_all() } else { self.typed.clone() }
    }

    fn find_forms(&mut self) {
        let Some((code, _)) = self.current else { return };
        let has_prefix = !self.prefix.is_empty();
        let abroad = self.is_complete && !has_prefix;
        self.forms.extend(PLAN.forms(&code, abroad).filter(|form| {
            let out_of_question = if has_prefix {
                form.has_first_group_only() && !form.prefix_is_optional() && !form.has_carrier_rule()
            } else {
                !abroad && !form.has_first_group_only() && !form.prefix_is_optional()
            };
            !out_of_question && form.keeps_order()
        }));
        self.narrow();
    }

    fn narrow(&mut self) {
        let Some((code, _)) = self.current else { return };
        let fulfilled = PLAN.fulfilled(&code, &self.national).1;
        self.forms.retain(|form| form.suits(fulfilled));
    }

    /// The number formatted as if it were complete, if that shows every digit.
    fn format_whole(&mut self) -> Option<String> {
        let all = |shown: &str| {
            let shown = shown.bytes().filter(|letter| letter.is_ascii_digit() || *letter == b'+');
            let plus = self.plus.then_some(b'+');
            shown.eq(plus.into_iter().chain(self.dialled.iter().map(|digit| digit.wrapping_add(b'0'))))
        };
        let mut apart = self.sets_prefix_apart;
        let found = self.forms.iter().filter(|form| form.has_room_for(self.national.len())).find_map(|form| {
            apart = form.sets_prefix_apart();
            let mut whole = String::new();
            fill(&mut whole, form.international, form, &self.national);
            let whole = join(&self.before, &whole, apart);
            all(&whole).then_some(whole)
        });
        self.sets_prefix_apart = apart;
        found
    }

    /// Takes the first format with room. Returns false if that is the current one.
    fn new_template(&mut self) -> bool {
        for (at, form) in self.forms.iter().enumerate() {
            if self.template.is_of(form) {
                self.forms = self.forms.iter().skip(at).copied().collect();
                return false;
            }
            if let Some(template) = Template::new(form, self.national.len()) {
                self.template = template;
                self.sets_prefix_apart = form.sets_prefix_apart();
                self.forms = self.forms.iter().skip(at).copied().collect();
                return true;
            }
        }
        self.forms.clear();
        self.is_formatting = false;
        false
    }

    fn fill_in_all(&mut self) -> String {
        let mut shown = None;
        for digit in self.national.clone() {
            shown = self.fill_in(digit);
        }
        match shown {
            _ if self.national.is_empty() => self.before.clone(),
            Some(shown) if self.is_formatting => self.with_prefix(&shown),
            None if self.is_formatting => self.with_prefix(&self.typed),
            _ => self.typed.clone(),
        }
    }

    fn fill_in(&mut self, digit: u8) -> Option<String> {
        let shown = self.template.fill_in(digit);
        if shown.is_none() {
            // More digits than the format has room for, and no other format.
            if self.forms.len() == 1 {
                self.is_formatting = false;
            }
            self.template.forget();
        }
        shown
    }

    fn with_prefix(&self, national: &str) -> String {
        join(&self.before, national, self.sets_prefix_apart)
    }

    /// Finds the `+` or the prefix for international calls.
    fn extract_abroad(&mut self) -> bool {
        let length = match self.current {
            _ if self.plus => 0,
            Some((_, region)) if region.abroad == State::DEAD => 0,
            Some((_, region)) => match PLAN.prefix(region.abroad, &self.dialled) {
                Some(prefix) => prefix.digits,
                None => return false,
            },
            None => return false,
        };
        let (prefix, national) = self.dialled.split_at_checked(length).unwrap_or_default();
        self.is_complete = true;
        self.before = if self.plus { "+".into() } else { join(&text(prefix), " ", false) };
        self.national = national.to_vec();
        true
    }

    fn extract_calling_code(&mut self) -> bool {
        let Some((code, national)) = PLAN.split_code(&self.national) else { return false };
        let Some(code) = PLAN.code(code) else { return false };
        self.national = national.to_vec();
        let main = PLAN.region_of(&code, 0);
        // As in libphonenumber: after a return to the default country, the rules of the last calling code remain.
        if self.default.is_none() || main.and_then(|main| main.country()) != self.default {
            self.current = main.map(|main| (code, main));
        }
        digits::write(&mut self.before, Decimal::of(code.calling_code).as_slice());
        self.before.push(' ');
        self.prefix.clear();
        true
    }

    /// A national prefix may be the start of a longer one.
    fn extract_longer_prefix(&mut self) -> bool {
        if !self.prefix.is_empty() {
            self.national = [self.prefix.as_slice(), &self.national].concat();
            let prefix = text(&self.prefix);
            let mut places = self.before.as_bytes().windows(prefix.len());
            if let Some(at) = places.rposition(|place| place == prefix.as_bytes()) {
                while at < self.before.len() {
                    self.before.pop();
                }
            }
        }
        let before = self.prefix.clone();
        before != self.remove_prefix()
    }

    fn remove_prefix(&mut self) -> Vec<u8> {
        let Some((code, region)) = self.current else { return Vec::new() };
        let length = match *self.national {
            // In North America no national number begins with 1; 10 and 11 begin short numbers.
            [1, 2..=9, ..] if code.calling_code == 1 => {
                self.before.push_str("1 ");
                1
            }
            _ => {
                let length = PLAN.prefix(region.prefix, &self.national).map_or(0, |prefix| prefix.digits);
                self.before.push_str(&text(self.national.get(..length).unwrap_or_default()));
                length
            }
        };
        self.is_complete |= length > 0;
        let (prefix, rest) = self.national.split_at_checked(length).unwrap_or((&self.national, &[]));
        let (prefix, rest) = (prefix.to_vec(), rest.to_vec());
        self.national = rest;
        prefix
    }
}

/// The main country of the calling code of a country.
fn home(default: Option<Country>) -> Option<(CallingCode, Region)> {
    let code = PLAN.code(PLAN.region_named(default?)?.code)?;
    Some((code, PLAN.region_of(&code, 0)?))
}

fn join(before: &str, national: &str, apart: bool) -> String {
    let mut text = String::from(before);
    if apart && before.bytes().next_back().is_some_and(|last| last != b' ') {
        text.push(' ');
    }
    text.push_str(national);
    text
}

fn text(digits: &[u8]) -> String {
    let mut text = String::new();
    digits::write(&mut text, digits);
    text
}
