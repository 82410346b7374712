//! Steps: a fix as a step in a plan of action, with its kind, its choices, and what it changes.

use alloc::{vec, vec::Vec};

use super::Remedy;
use super::fix::CountryChoice;

/// The most choices that a fix names, and that a search tries.
pub(crate) const CHOICES_MAX: usize = 20;

/// The kinds of steps, from the least cost to the greatest.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum StepKind {
    /// Correct the request.
    Correct,
    /// Confirm something.
    Confirm,
    /// Wait for an instant or a decision.
    Wait,
    /// Choose another number, country, type, holder or currency.
    ChooseAnother,
    /// Add money or a payment method.
    AddMoney,
    /// Release numbers.
    Release,
    /// Move to another plan or kind of billing.
    ChangePlan,
    /// Ask somebody else.
    AskSomebody,
}

impl StepKind {
    /// Every kind, the costliest first.
    pub(crate) const BY_COST: [Self; 8] = [
        Self::AskSomebody,
        Self::ChangePlan,
        Self::Release,
        Self::AddMoney,
        Self::ChooseAnother,
        Self::Wait,
        Self::Confirm,
        Self::Correct,
    ];
}

impl Remedy {
    /// The kind of step that it is.
    pub(crate) fn kind(&self) -> StepKind {
        match self {
            Self::UseFreshKey { .. }
            | Self::CorrectField { .. }
            | Self::ChooseSelector { .. }
            | Self::SearchFirst { .. }
            | Self::ChooseCountry { because: CountryChoice::OfTheNumber, .. }
            | Self::ChooseNumberType { sold_in: None, .. } => StepKind::Correct,
            Self::ConfirmAdditional | Self::AcceptPrice { .. } | Self::AskForQuote { .. } => StepKind::Confirm,
            Self::SubmitKyc { submitters, .. } if !submitters.is_empty() => StepKind::AskSomebody,
            // Documents are decided on, which takes time.
            Self::WaitUntil { .. } | Self::AwaitKyc { .. } | Self::SubmitKyc { .. } => StepKind::Wait,
            Self::ChooseHolder { .. }
            | Self::ChooseCountry { .. }
            | Self::ChooseNumberType { .. }
            | Self::ChooseNumber { .. }
            | Self::ChooseCurrency { .. } => StepKind::ChooseAnother,
            Self::AddMoney { .. } | Self::AddPaymentMethod => StepKind::AddMoney,
            Self::ReleaseNumbers { .. } => StepKind::Release,
            Self::MoveToPlan { .. } | Self::MoveToBilling { .. } => StepKind::ChangePlan,
            Self::AskRole { .. } => StepKind::AskSomebody,
        }
    }

    /// Whether a person must clarify something, so that the effect cannot be computed.
    pub(crate) fn is_for_a_person(&self) -> bool {
        match self {
            Self::CorrectField { .. } | Self::ChooseSelector { .. } | Self::SearchFirst { .. } => true,
            Self::ChooseNumber { numbers, .. } => numbers.is_empty(),
            Self::UseFreshKey { .. }
            | Self::ChooseHolder { .. }
            | Self::AskRole { .. }
            | Self::MoveToPlan { .. }
            | Self::ReleaseNumbers { .. }
            | Self::ChooseCountry { .. }
            | Self::ChooseNumberType { .. }
            | Self::ChooseCurrency { .. }
            | Self::MoveToBilling { .. }
            | Self::SubmitKyc { .. }
            | Self::AwaitKyc { .. }
            | Self::WaitUntil { .. }
            | Self::ConfirmAdditional
            | Self::AddPaymentMethod
            | Self::AddMoney { .. }
            | Self::AcceptPrice { .. }
            | Self::AskForQuote { .. } => false,
        }
    }

    /// The same remedy with each of its choices alone, at most [`CHOICES_MAX`].
    pub(crate) fn each_choice(&self) -> Vec<Self> {
        fn each<T: Clone>(choices: &[T], with: impl Fn(Vec<T>) -> Remedy) -> Vec<Remedy> {
            choices.iter().take(CHOICES_MAX).map(|choice| with(vec![choice.clone()])).collect()
        }
        let more = 0;
        match self {
            Self::ChooseHolder { holders, .. } => each(holders, |holders| Self::ChooseHolder { holders, more }),
            Self::AskRole { roles, task } => each(roles, |roles| Self::AskRole { roles, task: *task }),
            Self::ChooseCountry { countries, because, .. } => {
                each(countries, |countries| Self::ChooseCountry { countries, because: *because, more })
            }
            Self::ChooseNumberType { number_types, sold_in } => {
                each(number_types, |number_types| Self::ChooseNumberType { number_types, sold_in: *sold_in })
            }
            Self::ChooseNumber { numbers, .. } if !numbers.is_empty() => {
                each(numbers, |numbers| Self::ChooseNumber { numbers, more })
            }
            Self::ChooseCurrency { currencies } => each(currencies, |currencies| Self::ChooseCurrency { currencies }),
            Self::UseFreshKey { .. }
            | Self::CorrectField { .. }
            | Self::ChooseSelector { .. }
            | Self::MoveToPlan { .. }
            | Self::ReleaseNumbers { .. }
            | Self::SearchFirst { .. }
            | Self::ChooseNumber { .. }
            | Self::MoveToBilling { .. }
            | Self::SubmitKyc { .. }
            | Self::AwaitKyc { .. }
            | Self::WaitUntil { .. }
            | Self::ConfirmAdditional
            | Self::AddPaymentMethod
            | Self::AddMoney { .. }
            | Self::AcceptPrice { .. }
            | Self::AskForQuote { .. } => vec![self.clone()],
        }
    }

    /// Appends the choices of another remedy of the same kind.
    pub(crate) fn append(&mut self, other: &Self) {
        match (self, other) {
            (Self::ChooseHolder { holders, .. }, Self::ChooseHolder { holders: more, .. }) => {
                holders.extend_from_slice(more);
            }
            (Self::AskRole { roles, .. }, Self::AskRole { roles: more, .. }) => roles.extend_from_slice(more),
            (Self::ChooseCountry { countries, .. }, Self::ChooseCountry { countries: more, .. }) => {
                countries.extend_from_slice(more);
            }
            (Self::ChooseNumberType { number_types, .. }, Self::ChooseNumberType { number_types: more, .. }) => {
                number_types.extend_from_slice(more);
            }
            (Self::ChooseNumber { numbers, .. }, Self::ChooseNumber { numbers: more, .. }) => {
                numbers.extend_from_slice(more);
            }
            (Self::ChooseCurrency { currencies }, Self::ChooseCurrency { currencies: more }) => {
                currencies.extend_from_slice(more);
            }
            (Self::ReleaseNumbers { numbers, .. }, Self::ReleaseNumbers { numbers: more, .. }) => {
                numbers.extend_from_slice(more);
            }
            _ => {}
        }
    }

    /// How many choices there are beyond those that it names.
    pub(crate) const fn unnamed(&self) -> u32 {
        if let Self::ChooseHolder { more, .. } | Self::ChooseCountry { more, .. } | Self::ChooseNumber { more, .. } =
            self
        {
            *more
        } else {
            0
        }
    }

    /// Says that there are as many more choices as beyond those of the other remedy.
    pub(crate) fn name_more(&mut self, other: &Self) {
        if let Self::ChooseHolder { more, .. } | Self::ChooseCountry { more, .. } | Self::ChooseNumber { more, .. } =
            self
        {
            *more = other.unnamed();
        }
    }

    /// Whether the other one changes the same thing, so that both together are one step.
    pub(crate) fn is_about_the_same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::CorrectField { field, .. }, Self::CorrectField { field: other, .. }) => field == other,
            (
                Self::SubmitKyc { country, subject, .. } | Self::AwaitKyc { country, subject },
                Self::SubmitKyc { country: its_country, subject: its_subject, .. }
                | Self::AwaitKyc { country: its_country, subject: its_subject },
            ) => country == its_country && subject == its_subject,
            (Self::WaitUntil { .. } | Self::ReleaseNumbers { .. } | Self::AddMoney { .. }, _) => {
                self.is_of_a_kind_with(other)
            }
            _ => core::mem::discriminant(self) == core::mem::discriminant(other),
        }
    }

    /// Whether both are amounts of the same thing, so that one can replace the other.
    pub(crate) fn is_of_a_kind_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::WaitUntil { .. }, Self::WaitUntil { .. }) => true,
            (Self::ReleaseNumbers { among, numbers, .. }, Self::ReleaseNumbers { among: its, numbers: others, .. }) => {
                let is_any = numbers.is_empty() && others.is_empty() && among == its;
                is_any || numbers.iter().any(|number| others.contains(number))
            }
            (Self::AddMoney { money }, Self::AddMoney { money: other }) => money.currency() == other.currency(),
            _ => false,
        }
    }

    /// Both steps in one: `self`, then what is missing after it. Another choice replaces the first.
    pub(crate) fn and(&self, more: Self) -> Self {
        match (self, &more) {
            (
                Self::ReleaseNumbers { count, among, numbers },
                Self::ReleaseNumbers { count: more, numbers: others, .. },
            ) => {
                let (among, mut numbers) = (among.clone(), numbers.clone());
                let others = others.iter().filter(|other| !numbers.contains(other)).cloned();
                let others: Vec<_> = others.collect();
                numbers.extend(others);
                Self::ReleaseNumbers { count: count.saturating_add(*more), among, numbers }
            }
            (Self::AddMoney { money }, Self::AddMoney { money: missing }) => {
                Self::AddMoney { money: money.checked_add(*missing).unwrap_or(*missing) }
            }
            (Self::WaitUntil { at, .. }, Self::WaitUntil { at: later, .. }) if later < at => self.clone(),
            _ => more,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::kyc::KycSubject;
    use crate::base::role::Role;
    use crate::gates::limits::LimitScope;

    #[test]
    fn documents_are_waited_for_unless_somebody_else_submits_them() {
        let kind = |submitters: &[Role]| {
            let country = "US".parse().unwrap();
            let subject = KycSubject::Account;
            Remedy::SubmitKyc {
                country,
                tier: 0,
                subject,
                submitters: submitters.to_vec(),
                items: Vec::new(),
                until: None,
            }
            .kind()
        };
        assert_eq!(kind(&[]), StepKind::Wait);
        assert_eq!(kind(&[Role::Owner]), StepKind::AskSomebody);
    }
    #[test]
    fn two_releases_are_one_that_names_each_number_once() {
        let release = |count, numbers: &[&str]| {
            let numbers = numbers.iter().map(|number| number.parse().unwrap()).collect();
            Remedy::ReleaseNumbers { count, among: LimitScope::Total, numbers }
        };
        let first = release(1, &["p1", "p2"]);
        assert_eq!(first.and(release(2, &["p2", "p3"])), release(3, &["p1", "p2", "p3"]));
        // Any number that the limit counts.
        assert_eq!(release(2, &[]).and(release(1, &[])), release(3, &[]));
    }
}
