//! No text makes reading, writing or typing a number panic: `RUSTC_BOOTSTRAP=1 cargo fuzz run number`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ringup_numbering::{AsYouType, NumberFormat, NumberPattern, PhoneNumber};

fuzz_target!(|data: (&str, &str)| {
    let (country, text) = data;
    let country = country.parse().ok();
    let mut typing = AsYouType::new(country);
    for character in text.chars() {
        typing.push(character);
    }
    if let Ok(pattern) = text.parse::<NumberPattern>() {
        let _ = pattern.can_match(country);
    }
    if let Ok(number) = PhoneNumber::parse(text, country) {
        for format in [NumberFormat::E164, NumberFormat::National, NumberFormat::International, NumberFormat::Rfc3966] {
            assert!(!number.format(format).is_empty());
        }
        let _ = (number.is_valid(), number.kind(), number.country(), number.possibility(), number.e164());
    }
});
