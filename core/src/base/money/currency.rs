//! Currencies of ISO 4217 and their exponents.

use ringup_derive::data;

/// A currency of ISO 4217, by its three-letter code.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(try_from = "alloc::string::String", into = "alloc::string::String")]
#[schemars(with = "alloc::string::String")]
#[ts(type = "string")]
pub struct Currency {
    // A code of the table below: `parse` is the only way to get one.
    code: [u8; 3],
}

/// A text that is no code of ISO 4217.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct UnknownCurrency;

impl Currency {
    /// The code: three capital letters.
    #[must_use]
    pub fn code(&self) -> &str {
        core::str::from_utf8(&self.code).unwrap_or_default()
    }

    /// How many decimals the minor unit stands behind the major one, as ISO 4217 says: 2 for USD, 0 for JPY, 3 for KWD. A
    /// shop may have decimals of its own: [`Decimals`](super::Decimals).
    #[must_use]
    pub fn exponent(self) -> u8 {
        // Most have two, and stand first.
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

/// Whether a code is one of these, which stand three letters and a space apart.
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

/// ISO 4217 list one, active codes by exponent; precious metals and test codes are no money here.
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
