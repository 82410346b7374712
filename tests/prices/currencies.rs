//! The currencies, against ISO 4217 list one of 1 January 2026: XCG has followed ANG, and Bulgaria has the
//! euro. Funds codes are money here, precious metals and test codes are not.

use std::collections::BTreeMap;

use ringup_core::Currency;

#[test]
fn every_currency_has_the_decimals_of_iso_4217() {
    let mut found: BTreeMap<u8, Vec<String>> = BTreeMap::new();
    let letters = || 'A'..='Z';
    for code in letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| format!("{a}{b}{c}")))) {
        if let Ok(currency) = code.parse::<Currency>() {
            found.entry(currency.exponent()).or_default().push(code);
        }
    }
    let listed = |exponent: u8| found[&exponent].join(" ");
    assert_eq!(found.keys().copied().collect::<Vec<_>>(), [0, 2, 3, 4]);
    assert_eq!(listed(0), "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF");
    assert_eq!(listed(3), "BHD IQD JOD KWD LYD OMR TND");
    assert_eq!(listed(4), "CLF UYW");
    assert_eq!(found[&2].len(), 139);
    for withdrawn_or_no_money in ["ANG", "BGN", "CUC", "HRK", "SLL", "ZWL", "XAU", "XDR", "XTS", "XXX"] {
        assert!(withdrawn_or_no_money.parse::<Currency>().is_err(), "{withdrawn_or_no_money}");
    }
}
