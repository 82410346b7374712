//! The words for single things, and the errors of reading them.

use std::collections::BTreeSet;

use ringup_core::shop::{BillingKind, NumberType, SelectorKind};
use ringup_core::*;
use ringup_numbering::WorldPlan;

use super::super::kit::money;
use super::{
    BILLINGS, MONEY_ERRORS, NUMBER_ERRORS, ROLES, SELECTORS, TYPES, billing, money_error, number_error, number_type,
    role, selector_kind,
};

#[test]
fn titles_are_the_words_of_a_person() {
    let roles = [Role::Owner, Role::Admin, Role::Member, Role::Viewer];
    assert_eq!(roles.map(Role::title), ["an owner", "an administrator", "a member", "a viewer"]);
    assert_eq!(roles.map(|of| role(&of)), ROLES);
    let kinds = [BillingKind::Prepaid, BillingKind::Subscription, BillingKind::Usage];
    assert_eq!(kinds.map(BillingKind::title), ["prepaid billing", "billing by subscription", "usage-based billing"]);
    assert_eq!(kinds.map(|of| billing(&of)), BILLINGS);
    assert_eq!(NumberType::ALL.map(NumberType::title), ["local", "mobile", "national", "toll-free"]);
    assert_eq!(NumberType::ALL.map(|of| number_type(&of)), TYPES);
    let kinds = [
        SelectorKind::Any,
        SelectorKind::Exact,
        SelectorKind::Inventory,
        SelectorKind::AreaCode,
        SelectorKind::Pattern,
    ];
    assert_eq!(kinds.map(|of| selector_kind(&of)), SELECTORS);
    let offered = Rejection::SelectorAmbiguous(gates::selector::Ambiguous { offered: kinds.to_vec() });
    assert_eq!(
        offered.to_string(),
        "several fields name a number: ask in one way, by country, by exact number, by inventory id, by country and area \
         code or by country and pattern"
    );
}

#[test]
fn errors_of_parsing_and_counting_say_what_is_expected() {
    let mut said = BTreeSet::new();
    for (text, read_by_e164, sentence) in [
        ("", true, "no number was given"),
        (
            "919876543210",
            true,
            "the number must begin with `+` and the country calling code, or a country must be given",
        ),
        ("+12€345", true, "character 3 has no meaning in a number"),
        ("+0123456789", true, "no country calling code begins like this"),
        ("+", true, "the number is too short"),
        ("+1234567890123456", false, "the number is too long"),
        ("+12 123+4567", false, "these characters do not make a number"),
        ("tel:12345;phone-context=+x", false, "the `phone-context` is neither a number nor a domain"),
        ("+1", false, "the number is too short"),
    ] {
        let error = WorldPlan.read(text, None).unwrap().unwrap_err();
        assert_eq!(error.to_string(), sentence, "{text}");
        assert!(!read_by_e164 || text.parse() == Err::<E164, _>(error), "{text}: one mistake has one name");
        said.insert(number_error(&error));
    }
    let abroad = WorldPlan.read("011 12", "US".parse().ok()).unwrap().unwrap_err();
    assert_eq!(abroad.to_string(), "after the international prefix the number is too short");
    said.insert(number_error(&abroad));
    assert_eq!(said.len(), NUMBER_ERRORS.len());
    let most = Money::new((1 << 53) - 1, "USD".parse().unwrap()).unwrap();
    let errors = [most.checked_add(money("0.01 INR")), most.checked_add(money("0.01 USD"))].map(Result::unwrap_err);
    assert_eq!(
        errors.map(|error| error.to_string()),
        [
            "an amount in `INR` cannot be combined with one in `USD`",
            "an amount has at most 9007199254740991 minor units",
        ]
    );
    assert_eq!(errors.map(|error| money_error(&error)), MONEY_ERRORS);
    assert_eq!(
        "USA".parse::<Country>().unwrap_err().to_string(),
        "a country is two letters of ISO 3166-1, such as `US`"
    );
    assert_eq!(
        "dollars".parse::<Currency>().unwrap_err().to_string(),
        "no such currency code in ISO 4217; three capital letters such as `USD` are expected"
    );
    assert_eq!(
        "+1".parse::<NumberPattern>().unwrap_err().to_string(),
        "a pattern is `+` and 7 to 15 digits, with `*` for each that is open, such as `+1415555****`"
    );
}
