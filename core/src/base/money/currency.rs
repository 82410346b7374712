//! Currencies: the active codes of ISO 4217 and their exponents.

use ringup_derive::data;

/// A currency, by its three-letter code of ISO 4217.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(try_from = "alloc::string::String", into = "alloc::string::String")]
#[read(instead = "Self::US_DOLLAR")]
#[schemars(with = "alloc::string::String")]
#[ts(type = "string")]
pub struct Currency {
    // A code of `TABLE`. `parse` is the only constructor.
    code: [u8; 3],
}

/// The text is not an active code of ISO 4217.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct UnknownCurrency;

impl Currency {
    pub(super) const US_DOLLAR: Self = Self { code: *b"USD" };

    /// Three capital letters, such as `USD`.
    #[must_use]
    pub fn code(&self) -> &str {
        core::str::from_utf8(&self.code).unwrap_or_default()
    }

    /// The number of decimals of the minor unit by ISO 4217: 2 for USD, 0 for JPY, 3 for KWD. A shop may have its own:
    /// see [`Decimals`](super::Decimals).
    #[must_use]
    pub fn exponent(self) -> u8 {
        // The first row of the table is the default, two decimals.
        let other = TABLE.iter().skip(1).find(|(_, codes)| is_listed(codes, &self.code));
        other.map_or(2, |(exponent, _)| *exponent)
    }
}

impl core::str::FromStr for Currency {
    type Err = UnknownCurrency;
    fn from_str(text: &str) -> Result<Self, UnknownCurrency> {
        let code: [u8; 3] = text.as_bytes().try_into().map_err(|_| UnknownCurrency)?;
        if TABLE.iter().any(|(_, codes)| is_listed(codes, &code)) { Ok(Self { code }) } else { Err(UnknownCurrency) }
    }
}

/// Whether the code is in the list. Codes are three letters, separated by a space.
fn is_listed(codes: &str, code: &[u8; 3]) -> bool {
    codes.as_bytes().chunks(4).any(|listed| listed.starts_with(code))
}

impl TryFrom<alloc::string::String> for Currency {
    type Error = UnknownCurrency;
    fn try_from(text: alloc::string::String) -> Result<Self, UnknownCurrency> {
        text.parse()
    }
}

impl From<Currency> for alloc::string::String {
    fn from(currency: Currency) -> Self {
        currency.code().into()
    }
}

impl core::fmt::Display for Currency {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.code())
    }
}

impl core::fmt::Debug for Currency {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.code())
    }
}

impl core::fmt::Display for UnknownCurrency {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("no such currency code in ISO 4217; three capital letters such as `USD` are expected")
    }
}

impl core::error::Error for UnknownCurrency {}

/// ISO 4217 list one: active codes by exponent. Precious metals and test codes are left out.
const TABLE: &[(u8, &str)] = &[
    (
        2,
        "USD EUR INR GBP AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF \
         CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB FJD FKP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF \
         IDR ILS IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV \
         MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD \
         SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG",
    ),
    (0, "JPY KRW BIF CLP DJF GNF ISK KMF PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_to_the_letter() {
        assert_eq!("INR".parse::<Currency>().map(Currency::exponent), Ok(2));
        assert_eq!("JPY".parse::<Currency>().map(Currency::exponent), Ok(0));
        for wrong in ["", "usd", "US", "USDX", "USD EUR", "XXX"] {
            assert_eq!(wrong.parse::<Currency>(), Err(UnknownCurrency), "{wrong}");
        }
    }
}
