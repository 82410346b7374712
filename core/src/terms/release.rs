//! Release: when a number leaves, what that costs, and what a commitment that is not over does to it.

use alloc::format;
use alloc::vec::Vec;

use super::payment::{PaymentMethod, PaymentRule};
use crate::base::diagnostic::Diagnostic;
use crate::base::money::{Currency, Money};
use crate::base::timestamp::Timestamp;
use ringup_derive::data;

/// How numbers are released.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data]
#[serde(default, deny_unknown_fields)]
pub struct ReleaseRules {
    /// When a release takes effect whose command names no time.
    #[serde(skip_serializing_if = "is_at_once")]
    #[ts(optional, as = "Option<_>")]
    pub time: ReleaseTime,
    /// The other times that a command may name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub may_name: Vec<ReleaseTime>,
    /// For how many seconds a number in cool-down stays with its holder, who may take the release back. Required by the time
    /// `cool_down`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub cool_down_s: Option<u32>,
    /// The fee of a release by command, in each currency. It is taken from the wallet at the command, and given back if the
    /// release is cancelled. Empty: none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub fee: Vec<Money>,
    /// What a release before the end of the minimum commitment gets. Absent: nothing, the number leaves.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub early: Option<EarlyRelease>,
}

/// When a release takes effect.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum ReleaseTime {
    /// When the command is decided.
    #[default]
    AtOnce,
    /// After a cool-down. The number does not work in it, nothing is charged for it, and the release can be cancelled.
    CoolDown,
    /// At the end of the paid period.
    PeriodEnd,
    /// At an instant that the command names.
    AtInstant,
}

/// When a number shall be released.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "time", rename_all = "snake_case")]
pub enum ReleaseWhen {
    /// When the command is decided.
    AtOnce,
    /// After a cool-down.
    CoolDown,
    /// At the end of the paid period.
    PeriodEnd,
    /// At this instant, or when the command is decided if that is later.
    AtInstant {
        /// The instant.
        at: Timestamp,
    },
}

/// What a release before the end of the minimum commitment gets. A number that is released because it is not paid owes
/// the rest in both cases.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum EarlyRelease {
    /// It is refused until the commitment ends.
    Refused,
    /// The number leaves, and the agreed fees of the periods that are left are charged.
    Charged,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_at_once(time: &ReleaseTime) -> bool {
    *time == ReleaseTime::AtOnce
}

impl ReleaseTime {
    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AtOnce => "at_once",
            Self::CoolDown => "cool_down",
            Self::PeriodEnd => "period_end",
            Self::AtInstant => "at_instant",
        }
    }
}

impl ReleaseWhen {
    /// The kind of time.
    #[must_use]
    pub const fn time(self) -> ReleaseTime {
        match self {
            Self::AtOnce => ReleaseTime::AtOnce,
            Self::CoolDown => ReleaseTime::CoolDown,
            Self::PeriodEnd => ReleaseTime::PeriodEnd,
            Self::AtInstant { .. } => ReleaseTime::AtInstant,
        }
    }
}

impl ReleaseRules {
    /// The time of a release whose command names none.
    pub(crate) const fn usual(&self) -> ReleaseWhen {
        match self.time {
            // A policy whose usual time needs an instant is refused.
            ReleaseTime::AtOnce | ReleaseTime::AtInstant => ReleaseWhen::AtOnce,
            ReleaseTime::CoolDown => ReleaseWhen::CoolDown,
            ReleaseTime::PeriodEnd => ReleaseWhen::PeriodEnd,
        }
    }

    /// Whether a command may name this time.
    pub(crate) fn may_name(&self, time: ReleaseTime) -> bool {
        time == self.time || self.may_name.contains(&time)
    }

    /// The end of a cool-down that begins at `at`.
    pub(crate) fn cools_until(&self, at: Timestamp) -> Timestamp {
        at.plus_seconds(self.cool_down_s.unwrap_or(0))
    }

    /// The fee in a currency. `None`: nothing.
    pub(crate) fn fee_in(&self, currency: Currency) -> Option<Money> {
        self.fee.iter().find(|fee| fee.currency() == currency).copied().filter(|fee| !fee.is_zero())
    }

    /// Whether nothing is known against releasing a number of which nothing is known.
    pub(crate) fn is_free(&self) -> bool {
        self.time == ReleaseTime::AtOnce && self.fee.is_empty() && self.early.is_none()
    }

    /// The mistakes in the figures. Each points into `/policy/release`.
    pub(crate) fn mistakes(&self, payment: &[PaymentRule], renews: bool) -> Vec<Diagnostic> {
        let mut mistakes = Vec::new();
        if self.time == ReleaseTime::AtInstant {
            let message = "a release whose command names no time has no instant";
            let help = "write `at_once`, `cool_down` or `period_end`, and add `at_instant` to `may_name`";
            mistakes.push(Diagnostic::value("/policy/release/time", message, help));
        }
        match self.cool_down_s {
            None if self.may_name(ReleaseTime::CoolDown) => {
                let message = "a release takes effect after a cool-down, whose length is not known";
                let help = "add `cool_down_s`, such as 86400";
                mistakes.push(Diagnostic::parts("/policy/release/cool_down_s", message, help));
            }
            Some(0) => {
                let message = "a cool-down of 0 seconds is over before it can be cancelled";
                let help = "write 1 or more seconds, such as 86400";
                mistakes.push(Diagnostic::value("/policy/release/cool_down_s", message, help));
            }
            Some(_) if !self.may_name(ReleaseTime::CoolDown) => {
                let message = "no release takes effect after a cool-down";
                let help = "name `cool_down` as the `time` or in `may_name`, or remove `cool_down_s`";
                mistakes.push(Diagnostic::parts("/policy/release/cool_down_s", message, help));
            }
            None | Some(_) => {}
        }
        for (index, fee) in self.fee.iter().enumerate() {
            let path = format!("/policy/release/fee/{index}");
            if fee.minor_units() < 0 {
                let message = format!("a fee must not be negative: {fee}");
                mistakes.push(Diagnostic::value(path, message, "write zero or more"));
            } else if self.fee.iter().take(index).any(|earlier| earlier.currency() == fee.currency()) {
                let message = format!("two fees in {}", fee.currency().code());
                mistakes.push(Diagnostic::value(path, message, "write one fee for each currency"));
            }
        }
        if !self.fee.is_empty() && payment.iter().any(|rule| rule.method != PaymentMethod::Wallet) {
            let message = "the fee of a release is taken from a wallet, and not every number is paid from one";
            let help = "pay by `wallet` only, or remove `fee`";
            mistakes.push(Diagnostic::parts("/policy/release/fee", message, help));
        }
        if self.early == Some(EarlyRelease::Charged) && !renews {
            let message =
                "the rest of a commitment is charged like the periods after the first, and those cost nothing";
            let help = "add `renewals`, or write `refused`";
            mistakes.push(Diagnostic::parts("/policy/release/early", message, help));
        }
        mistakes
    }
}
