//! Currencies of ISO 4217 and their exponents.

/// A currency of ISO 4217, by its three-letter code.
///
/// How many decimals its amounts are written with says nothing about which currency it is.
#[derive(Clone, Copy)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "alloc::string::String", into = "alloc::string::String"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[cfg_attr(feature = "describe", schemars(with = "alloc::string::String"), ts(type = "string"))]
pub struct Currency {
    // A code of the table below: `parse` is the only way to get one.
    code: [u8; 3],
    // The table's, unless the shop's provider uses another.
    exponent: u8,
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

    /// How many decimals the minor unit stands behind the major one: 2 for USD, 0 for JPY, 3 for KWD.
    #[must_use]
    pub const fn exponent(self) -> u8 {
        self.exponent
    }

    /// The same currency, whose amounts a provider writes with so many decimals.
    #[must_use]
    pub(crate) const fn with_exponent(self, exponent: u8) -> Self {
        Self { exponent, ..self }
    }
}

impl PartialEq for Currency {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Currency {}

impl PartialOrd for Currency {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Currency {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.code.cmp(&other.code)
    }
}

impl core::hash::Hash for Currency {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        self.code.hash(state);
    }
}

impl core::str::FromStr for Currency {
    type Err = UnknownCurrency;
    fn from_str(text: &str) -> Result<Self, UnknownCurrency> {
        let code: [u8; 3] = text.as_bytes().try_into().map_err(|_| UnknownCurrency)?;
        let listed = |codes: &str| codes.split(' ').any(|listed| listed == text);
        let found = TABLE.iter().find(|(_, codes)| listed(codes));
        found.map(|(exponent, _)| Self { code, exponent: *exponent }).ok_or(UnknownCurrency)
    }
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
