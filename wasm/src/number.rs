//! Numbers for JavaScript: read, judged and written, with nothing thrown and nothing copied that is not asked for.

use ringup_core::{Country, NumberFormat, NumberKind, NumberPattern, PhoneNumberError, Possibility};
use wasm_bindgen::prelude::wasm_bindgen;

/// What was typed, read as a number. Each member is worked out when it is read.
#[wasm_bindgen]
#[derive(Debug)]
pub struct PhoneNumber(Result<ringup_core::PhoneNumber, PhoneNumberError>);

#[wasm_bindgen]
impl PhoneNumber {
    /// Reads what a person typed; without a country, the calling code must come first, after a `+`.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(text: &str, country: Option<String>) -> Self {
        Self(ringup_core::PhoneNumber::parse(text, read(country.as_deref())))
    }

    /// The example that the plan gives for a country and a type.
    #[must_use]
    pub fn example(country: &str, kind: &str) -> Option<Self> {
        let kind = NumberKind::ALL.into_iter().find(|known| known.name() == kind)?;
        ringup_core::PhoneNumber::example(country.parse().ok()?, kind).map(|number| Self(Ok(number)))
    }

    /// Whether the plan has such numbers.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn valid(&self) -> bool {
        self.0.is_ok_and(|number| number.is_valid())
    }

    /// Whether its length is possible.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn possible(&self) -> bool {
        self.0.is_ok_and(|number| number.is_possible())
    }

    /// Why it is not valid.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        let reason = match &self.0 {
            Err(error) => error.code(),
            Ok(number) if number.is_valid() => return None,
            Ok(number) => match number.possibility() {
                Possibility::Possible => "invalid_for_country",
                Possibility::LocalOnly => "local_only",
                Possibility::TooShort => "too_short",
                Possibility::TooLong => "too_long",
                Possibility::InvalidLength => "invalid_length",
            },
        };
        Some(reason.into())
    }

    /// The country that has it.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn country(&self) -> Option<String> {
        self.0.ok()?.country().map(String::from)
    }

    /// libphonenumber's name of its type, in lower case.
    #[wasm_bindgen(getter, js_name = type)]
    #[must_use]
    pub fn kind(&self) -> Option<String> {
        self.0.ok().map(|number| number.kind().map_or("unknown", NumberKind::name).into())
    }

    /// Its extension.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn extension(&self) -> Option<String> {
        self.0.ok()?.extension().map(|extension| extension.to_string())
    }

    /// `+442071838750`
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn e164(&self) -> Option<String> {
        self.format(NumberFormat::E164)
    }

    /// `020 7183 8750`
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn national(&self) -> Option<String> {
        self.format(NumberFormat::National)
    }

    /// `+44 20 7183 8750`
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn international(&self) -> Option<String> {
        self.format(NumberFormat::International)
    }

    /// `tel:+44-20-7183-8750`
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn uri(&self) -> Option<String> {
        self.format(NumberFormat::Rfc3966)
    }

    fn format(&self, format: NumberFormat) -> Option<String> {
        self.0.ok().map(|number| number.format(format))
    }
}

/// A number that takes its form while it is typed.
#[wasm_bindgen]
#[derive(Debug)]
pub struct AsYouType(ringup_core::AsYouType);

#[wasm_bindgen]
impl AsYouType {
    /// Starts with nothing typed.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(country: Option<String>) -> Self {
        Self(ringup_core::AsYouType::new(read(country.as_deref())))
    }

    /// More was typed; gives what is shown now.
    pub fn push(&mut self, text: &str) -> String {
        for character in text.chars() {
            self.0.push(character);
        }
        self.0.text().into()
    }

    /// Starts anew.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// Whether `+1415555****` means at least one valid number, of the country if one is given.
#[wasm_bindgen(js_name = patternCanMatch)]
#[must_use]
pub fn pattern_can_match(pattern: &str, country: Option<String>) -> bool {
    pattern.parse::<NumberPattern>().is_ok_and(|pattern| match country.as_deref() {
        None => pattern.can_match(None),
        Some(country) => country.parse().is_ok_and(|country| pattern.can_match(Some(country))),
    })
}

fn read(country: Option<&str>) -> Option<Country> {
    country.and_then(|country| country.parse().ok())
}
