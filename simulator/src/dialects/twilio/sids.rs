//! Twilio's ids: two letters and 32 hexadecimal digits.

use ringup_core::{AccountId, PurchaseId};

use crate::kit::ids;

/// What the id of a number begins with.
const NUMBER: &str = "PN";

/// The account's own SID.
pub(super) fn account(account: &AccountId) -> String {
    account_of(account.as_str())
}

/// The same by the account's name.
pub(super) fn account_of(name: &str) -> String {
    format!("AC{}", ids::hex_32_of(name))
}

/// The SID of an account's `nth` subaccount, from 1.
pub(super) fn subaccount(owner: &str, nth: usize) -> String {
    account_of(&format!("{owner}/subaccount/{nth}"))
}

/// The SID of an account's test credentials.
pub(super) fn test(account: &str) -> String {
    account_of(&format!("{account}/test"))
}

/// The auth token of a SID.
pub(super) fn token(sid: &str) -> String {
    ids::hex_32_of(&format!("{sid}/token"))
}

/// The SID of an account's bundle of documents for a country.
pub(super) fn bundle(account: &str, country: &str) -> String {
    format!("BU{}", ids::hex_32_of(&format!("{account}/bundle/{country}")))
}

/// The SID of the `nth` address that an account was given.
pub(super) fn address(account: &str, nth: u64) -> String {
    format!("AD{}", ids::hex_32_of(&format!("{account}/address/{nth}")))
}

/// A purchase's name, which is the SID of its number.
pub(super) fn purchase(entropy: u128) -> PurchaseId {
    ids::purchase(&format!("{NUMBER}{entropy:032x}"))
}

/// The SID of a number that test credentials pretend to buy.
pub(super) fn tested(account: &str, number: &str) -> String {
    format!("{NUMBER}{}", ids::hex_32_of(&format!("{account}/{number}")))
}

/// Whether a text is a SID that begins with these letters.
pub(super) fn is_sid(text: &str, letters: &str) -> bool {
    let digits = text.strip_prefix(letters).unwrap_or_default();
    digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sid_is_as_the_document_says() {
        let main = account_of("twilio-ready");
        for sid in [main.clone(), subaccount(&main, 1), test(&main)] {
            assert!(is_sid(&sid, "AC"), "{sid}");
        }
        assert!(is_sid(purchase(0).as_str(), "PN") && is_sid(purchase(u128::MAX).as_str(), "PN"));
        for other in ["", "AC", "PN0", "ACg0000000000000000000000000000000", "AC000000000000000000000000000000001"] {
            assert!(!is_sid(other, "AC"), "{other}");
        }
        assert_ne!(main, account_of("twilio-new"));
        assert_ne!(token(&main), token(&test(&main)));
    }
}
