//! Sentences: every one that a person can read of the core. A variant without a row fails.
//!
//! Word for word they stand in `core/messages/en.json`, which these questions write: to improve one, change its template and
//! run `RINGUP_UPDATE=1 cargo test -p ringup-tests-rules sentences`.
//! What a quote or a decision can say is said by a real one; the rest is made by hand, and named at the end.

mod asking;
mod compared;
mod decisions;
mod goods;
mod limits;
mod paying;
pub(crate) mod said;
mod titles;
pub(crate) mod transience;

use std::collections::BTreeSet;

use ringup_core::shop::{BillingKind, NumberType, SelectorKind};
use ringup_core::*;

use super::examples;
use super::reference::source::listed_gates;
use said::Said;

/// The names of all variants of an enum, and which of them a value is. A new variant does not compile before it is named
/// here, and then needs a row.
macro_rules! variants {
    ($all:ident, $name:ident, $of:ident: $($variant:ident)*) => {
        pub(crate) const $all: &[&str] = &[$(stringify!($variant)),*];
        pub(crate) fn $name(value: &$of) -> &'static str {
            match value {
                $($of::$variant { .. } => stringify!($variant)),*
            }
        }
    };
}

variants!(MISUSES, misuse, Misuse: AccountUnknown NumberingPlanMissing TimeZoneUnknown PurchaseIdTaken CommandIdTaken NumberTaken BooksFull AmountNotPositive ReleaseNotAllowed
    ReleaseTimeNotAllowed Committed BalanceTooLow ReleaseBegun
    TransferNotAllowed HolderUnknown CoolOff LimitReached TopUpNotAllowed EffectUnknown ConfirmationUnfit ReviewNotAllowed NotInReview FindingImpossible VerificationNotNeeded NumberNotHeld);
variants!(REMEDIES, remedy, Remedy: UseFreshKey CorrectField ChooseHolder AskRole ChooseSelector MoveToPlan ReleaseNumbers
    ChooseCountry ChooseNumberType SearchFirst ChooseNumber ChooseCurrency MoveToBilling SubmitKyc AwaitKyc WaitUntil ConfirmAdditional
    AddPaymentMethod AddMoney AcceptPrice AskForQuote);
variants!(FACTS, fact, Fact: UsedKeys EarlierGate NumberingPlan TimeZone Search);
variants!(DIFFERENCES, difference, QuoteDifference: Id ExpiresAt Policy PolicyVersion RateCardVersion Selector Country
    NumberType Capabilities KycTier Payment DueNow SetupFee MonthlyFee YearlyFee CommitmentTotal MinimumCommitmentMonths
    EarlyRelease Lines TaxesIncluded FirstPeriod Introductory RecurringLines RecurringTaxesIncluded Exponent);
variants!(MONEY_ERRORS, money_error, MoneyError: CurrencyMismatch Overflow);
variants!(NUMBER_ERRORS, number_error, NumberError: Empty InvalidCharacter NotANumber InvalidContext MissingCallingCode
    UnknownCallingCode TooShortAfterPrefix TooShort TooLong);
variants!(ROLES, role, Role: Owner Admin Member Viewer);
variants!(BILLINGS, billing, BillingKind: Prepaid Subscription Usage);
variants!(TYPES, number_type, NumberType: Local Mobile National TollFree);
variants!(SELECTORS, selector_kind, SelectorKind: Any Exact Inventory AreaCode Pattern);
variants!(STATUSES, status, KycStatus: NotSubmitted Initiated Pending Declined Expired Approved);
variants!(MISMATCHES, mismatch, Mismatch: Country NumberType Capabilities Region InventoryId);
variants!(NONEXISTENCES, nonexistence, Nonexistence: OtherType OtherCountry Prefixed WrongLength Unknown);
variants!(FIELD_PROBLEMS, field_problem, FieldProblem: Missing IdentifierTooLong IdentifierCharacter NotACountry NotANumber
    HasExtension OfAnotherCountry NotAnAreaCode NotAPattern NotANumberType NotARegion NotACurrency);
variants!(SCOPES, scope, LimitScope: Total Country NumberType Holder);

/// The codes of all refusals, as the list of the gates gives them.
pub(crate) fn rejections() -> BTreeSet<String> {
    listed_gates().into_iter().flat_map(|gate| gate.refusals).map(|refusal| refusal.code).collect()
}

/// The codes of all that gates compare.
fn evidence() -> BTreeSet<String> {
    let listed = listed_gates().into_iter().flat_map(|gate| gate.evidence);
    listed.chain(["not_applicable".into()]).collect()
}

/// All that is said, by every question of the tables.
pub(crate) fn everything() -> Said {
    let mut said = Said::default();
    asking::keys_and_fields(&mut said);
    asking::who_asks(&mut said);
    asking::which_number(&mut said);
    asking::plans(&mut said);
    limits::limits(&mut said);
    goods::stock(&mut said);
    goods::verifications(&mut said);
    limits::pace(&mut said);
    paying::pay(&mut said);
    paying::prices_seen(&mut said);
    paying::longer_prices(&mut said);
    paying::differences(&mut said);
    decisions::decisions(&mut said);
    decisions::by_hand(&mut said);
    for example in examples::all() {
        said.ask(&example.counter());
        said.proved(&example.evidence());
    }
    compared::compared(&mut said);
    compared::awaited(&mut said);
    said
}

#[test]
fn every_sentence_says_what_is_wrong_with_the_figures_and_what_to_do() {
    let said = everything();
    assert!(said.drifted.is_empty(), "{}", said.drifted.join("\n"));
    let all = |names: &[&'static str]| names.iter().copied().collect::<BTreeSet<&str>>();
    assert_eq!(said.rejections, rejections());
    assert_eq!(said.compared, evidence());
    assert_eq!(said.misuses, all(MISUSES));
    assert_eq!(said.remedies, all(REMEDIES));
    assert_eq!(said.differences, all(DIFFERENCES));
    assert_eq!(said.field_problems, all(FIELD_PROBLEMS));
    assert_eq!(said.mismatches, all(MISMATCHES));
    assert_eq!(said.nonexistences, all(NONEXISTENCES));
    assert_eq!(said.scopes, all(SCOPES));
    assert_eq!(said.statuses, all(STATUSES));
    said.check_catalogue();
    for line in &said.lines {
        let starts = line.chars().next().unwrap();
        // A country's code is in capitals wherever it is.
        let is_country = line.split(' ').next().is_some_and(|word| word.parse::<ringup_core::Country>().is_ok());
        assert!((!starts.is_uppercase() || is_country) && !line.ends_with('.'), "{line}");
        assert!(!line.contains("Some(") && !line.contains("  ") && !line.contains('{'), "{line}");
        for code in ["toll_free", "area_code", "not_submitted", "usage_invoice"] {
            // Between backticks stands what a person may type.
            assert!(!line.split('`').step_by(2).any(|said| said.contains(code)), "{line}");
        }
        for wrong in [" 1 numbers", " 1 purchases", " 1 characters", " 1 are ", " 1 days", " 1 were ", " 1 digits"] {
            assert!(!format!(" {line}").contains(wrong), "{line}");
        }
    }
}
