//! The status of a held number, and the events that can happen in each.

use super::HeldNumber;
use crate::base::money::Money;
use crate::base::timestamp::Timestamp;
use crate::event::NumberEvent;
use crate::history::{Contradiction, Impossible};
use crate::purchase::Attempts;
use crate::terms::payment::PaymentMethod;
use ringup_derive::data;

/// The status of a bought number.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum HeldStatus {
    /// Held.
    Active,
    /// Held until a release that is scheduled.
    Scheduled {
        /// The instant of the release.
        at: Timestamp,
        /// The fee of the release that was taken. Absent: none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        fee: Option<Money>,
    },
    /// In cool-down: it does not work, and nothing is charged for it. It is released at the end unless the release is
    /// cancelled.
    CoolingDown {
        /// The end of the cool-down.
        ends_at: Timestamp,
        /// The fee of the release that was taken. Absent: none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        fee: Option<Money>,
    },
    /// Its recurring charges are being ended.
    EndingCharges {
        /// The attempts at the payment provider.
        attempts: Attempts,
    },
    /// It is being returned to the carrier.
    Releasing {
        /// The attempts at the carrier.
        attempts: Attempts,
    },
    /// The carrier has it again.
    Released {
        /// The instant of the release.
        at: Timestamp,
    },
}

impl HeldStatus {
    /// Whether the release has begun, so that it cannot be cancelled.
    pub(crate) const fn has_left(&self) -> bool {
        match self {
            Self::Active | Self::Scheduled { .. } | Self::CoolingDown { .. } => false,
            Self::EndingCharges { .. } | Self::Releasing { .. } | Self::Released { .. } => true,
        }
    }

    /// Whether the number works, unless it is suspended.
    pub(crate) const fn works(&self) -> bool {
        match self {
            Self::Active | Self::Scheduled { .. } => true,
            Self::CoolingDown { .. } | Self::EndingCharges { .. } | Self::Releasing { .. } | Self::Released { .. } => {
                false
            }
        }
    }

    /// When a release that has not begun is due.
    pub(super) const fn release_due_at(&self) -> Option<Timestamp> {
        match self {
            Self::Scheduled { at, .. } => Some(*at),
            Self::CoolingDown { ends_at, .. } => Some(*ends_at),
            Self::Active | Self::EndingCharges { .. } | Self::Releasing { .. } | Self::Released { .. } => None,
        }
    }

    /// The fee that was taken for a release that has not begun.
    pub(super) const fn release_fee(&self) -> Option<Money> {
        match self {
            Self::Scheduled { fee, .. } | Self::CoolingDown { fee, .. } => *fee,
            Self::Active | Self::EndingCharges { .. } | Self::Releasing { .. } | Self::Released { .. } => None,
        }
    }

    /// The status after an event.
    fn next(&self, event: &NumberEvent, payment: PaymentMethod) -> Result<Self, Impossible> {
        match self {
            Self::Active => match event {
                NumberEvent::ReleaseScheduled { at, fee } => Ok(Self::Scheduled { at: *at, fee: *fee }),
                NumberEvent::CoolDownStarted { at: _, ends_at, fee } => {
                    Ok(Self::CoolingDown { ends_at: *ends_at, fee: *fee })
                }
                NumberEvent::NumberTransferred { .. } | NumberEvent::NumberUsed { .. } => Ok(self.clone()),
                NumberEvent::ReleaseStarted { at, fee: _ } => Ok(Self::leave(payment, *at)),
                NumberEvent::ReleaseCancelled { .. }
                | NumberEvent::ChargesEnded
                | NumberEvent::ReleaseDelayed { .. }
                | NumberEvent::ReleaseReviewNeeded
                | NumberEvent::ReleaseAskedAgain { .. }
                | NumberEvent::NumberReleased { .. } => Err(Impossible),
            },
            Self::Scheduled { fee, .. } => match event {
                NumberEvent::ReleaseScheduled { at, fee: _ } => Ok(Self::Scheduled { at: *at, fee: *fee }),
                NumberEvent::CoolDownStarted { at: _, ends_at, fee: _ } => {
                    Ok(Self::CoolingDown { ends_at: *ends_at, fee: *fee })
                }
                NumberEvent::NumberTransferred { .. } | NumberEvent::NumberUsed { .. } => Ok(self.clone()),
                NumberEvent::ReleaseCancelled { .. } => Ok(Self::Active),
                NumberEvent::ReleaseStarted { at, fee: _ } => Ok(Self::leave(payment, *at)),
                NumberEvent::ChargesEnded
                | NumberEvent::ReleaseDelayed { .. }
                | NumberEvent::ReleaseReviewNeeded
                | NumberEvent::ReleaseAskedAgain { .. }
                | NumberEvent::NumberReleased { .. } => Err(Impossible),
            },
            Self::CoolingDown { .. } => match event {
                NumberEvent::ReleaseCancelled { .. } => Ok(Self::Active),
                NumberEvent::ReleaseStarted { at, fee: _ } => Ok(Self::leave(payment, *at)),
                NumberEvent::ReleaseScheduled { .. }
                | NumberEvent::CoolDownStarted { .. }
                | NumberEvent::NumberTransferred { .. }
                | NumberEvent::NumberUsed { .. }
                | NumberEvent::ChargesEnded
                | NumberEvent::ReleaseDelayed { .. }
                | NumberEvent::ReleaseReviewNeeded
                | NumberEvent::ReleaseAskedAgain { .. }
                | NumberEvent::NumberReleased { .. } => Err(Impossible),
            },
            Self::EndingCharges { attempts } => match event {
                NumberEvent::ChargesEnded => Ok(Self::Releasing { attempts: attempts.answered() }),
                NumberEvent::ReleaseDelayed { not_before } => {
                    Ok(Self::EndingCharges { attempts: attempts.delayed(*not_before)? })
                }
                NumberEvent::ReleaseReviewNeeded => Ok(Self::EndingCharges { attempts: attempts.rest()? }),
                NumberEvent::ReleaseAskedAgain { at } => Ok(Self::EndingCharges { attempts: attempts.again(*at)? }),
                NumberEvent::ReleaseScheduled { .. }
                | NumberEvent::CoolDownStarted { .. }
                | NumberEvent::NumberTransferred { .. }
                | NumberEvent::NumberUsed { .. }
                | NumberEvent::ReleaseCancelled { .. }
                | NumberEvent::ReleaseStarted { .. }
                | NumberEvent::NumberReleased { .. } => Err(Impossible),
            },
            Self::Releasing { attempts } => match event {
                NumberEvent::NumberReleased { at, forfeited: _ } => Ok(Self::Released { at: *at }),
                NumberEvent::ReleaseDelayed { not_before } => {
                    Ok(Self::Releasing { attempts: attempts.delayed(*not_before)? })
                }
                NumberEvent::ReleaseReviewNeeded => Ok(Self::Releasing { attempts: attempts.rest()? }),
                NumberEvent::ReleaseAskedAgain { at } => Ok(Self::Releasing { attempts: attempts.again(*at)? }),
                NumberEvent::ReleaseScheduled { .. }
                | NumberEvent::CoolDownStarted { .. }
                | NumberEvent::NumberTransferred { .. }
                | NumberEvent::NumberUsed { .. }
                | NumberEvent::ReleaseCancelled { .. }
                | NumberEvent::ReleaseStarted { .. }
                | NumberEvent::ChargesEnded => Err(Impossible),
            },
            Self::Released { .. } => match event {
                NumberEvent::ReleaseScheduled { .. }
                | NumberEvent::CoolDownStarted { .. }
                | NumberEvent::NumberTransferred { .. }
                | NumberEvent::NumberUsed { .. }
                | NumberEvent::ReleaseCancelled { .. }
                | NumberEvent::ReleaseStarted { .. }
                | NumberEvent::ChargesEnded
                | NumberEvent::ReleaseDelayed { .. }
                | NumberEvent::ReleaseReviewNeeded
                | NumberEvent::ReleaseAskedAgain { .. }
                | NumberEvent::NumberReleased { .. } => Err(Impossible),
            },
        }
    }

    /// The first step of a release. A number paid from the wallet has no charges to end.
    const fn leave(payment: PaymentMethod, at: Timestamp) -> Self {
        let attempts = Attempts::none(at);
        match payment {
            PaymentMethod::Wallet => Self::Releasing { attempts },
            PaymentMethod::Checkout | PaymentMethod::Subscription | PaymentMethod::UsageInvoice => {
                Self::EndingCharges { attempts }
            }
        }
    }

    /// The name in JSON, and the names of the events that can happen in it.
    const fn expects(&self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::Active => (
                "active",
                &["release_scheduled", "cool_down_started", "number_transferred", "number_used", "release_started"],
            ),
            Self::Scheduled { .. } => (
                "scheduled",
                &[
                    "release_scheduled",
                    "cool_down_started",
                    "release_cancelled",
                    "number_transferred",
                    "number_used",
                    "release_started",
                ],
            ),
            Self::CoolingDown { .. } => ("cooling_down", &["release_cancelled", "release_started"]),
            Self::EndingCharges { attempts } if attempts.in_review => {
                ("ending_charges", &["charges_ended", "release_asked_again"])
            }
            Self::EndingCharges { .. } => {
                ("ending_charges", &["charges_ended", "release_delayed", "release_review_needed"])
            }
            Self::Releasing { attempts } if attempts.in_review => {
                ("releasing", &["number_released", "release_asked_again"])
            }
            Self::Releasing { .. } => ("releasing", &["number_released", "release_delayed", "release_review_needed"]),
            Self::Released { .. } => ("released", &[]),
        }
    }
}

impl HeldNumber {
    /// The number after an event of its release.
    pub(crate) fn after(&self, event: &NumberEvent) -> Result<Self, Contradiction> {
        let (state, expected) = self.status.expects();
        let status = self.status.next(event, self.payment);
        let status = status.map_err(|Impossible| Contradiction::Unexpected { state, expected })?;
        let mut next = Self { status, ..self.clone() };
        let taken = self.status.release_fee();
        match event {
            // A fee is taken once, and given back as it was taken.
            NumberEvent::ReleaseScheduled { fee: Some(_), .. }
            | NumberEvent::CoolDownStarted { fee: Some(_), .. }
            | NumberEvent::ReleaseStarted { fee: Some(_), .. }
                if self.status != HeldStatus::Active =>
            {
                return Err(Contradiction::OtherAmount);
            }
            NumberEvent::ReleaseCancelled { refunded, .. } if *refunded != taken => {
                return Err(Contradiction::OtherAmount);
            }
            NumberEvent::NumberReleased { forfeited, .. }
                if *forfeited != self.rent_to_run && !planted!("forfeit_not_compared") =>
            {
                return Err(Contradiction::OtherAmount);
            }
            NumberEvent::ReleaseScheduled { at, .. } => next.charge_until(Some(*at)),
            NumberEvent::ReleaseCancelled { .. } => next.charge_until(None),
            NumberEvent::CoolDownStarted { at, .. } | NumberEvent::ReleaseStarted { at, .. } => {
                // Nothing is charged for a cool-down, nor for a number that is suspended.
                if !matches!(self.status, HeldStatus::CoolingDown { .. }) || planted!("cool_down_owed") {
                    let suspended_at = self.unpaid().and_then(|unpaid| unpaid.suspended_at);
                    let suspended_at = suspended_at.filter(|_| !planted!("suspension_owed"));
                    next.charge_until(Some(suspended_at.map_or(*at, |suspended_at| suspended_at.min(*at))));
                }
            }
            NumberEvent::NumberTransferred { holder, .. } => next.holder = Some(holder.clone()),
            NumberEvent::NumberUsed { at } => next.last_used_at = Some(*at),
            NumberEvent::NumberReleased { .. } => next.rent_to_run = Money::zero(self.rent_to_run.currency()),
            NumberEvent::ChargesEnded
            | NumberEvent::ReleaseDelayed { .. }
            | NumberEvent::ReleaseReviewNeeded
            | NumberEvent::ReleaseAskedAgain { .. } => {}
        }
        Ok(next)
    }
}

#[cfg(test)]
mod tests {
    use super::super::ImportedNumber;
    use super::*;
    use crate::market::offers::OfferedNumber;
    use crate::purchase::Agreement;

    #[test]
    fn a_status_takes_the_events_that_it_expects_and_no_other() {
        let (at, attempts) = (Timestamp::from_millis(5), Attempts::unscheduled());
        let imported = ImportedNumber::new("p1".parse().unwrap(), OfferedNumber::sample(), Agreement::sample(), at);
        let held = HeldNumber::imported(&imported);
        for status in [
            HeldStatus::Active,
            HeldStatus::Scheduled { at, fee: None },
            HeldStatus::CoolingDown { ends_at: at, fee: None },
            HeldStatus::EndingCharges { attempts },
            HeldStatus::Releasing { attempts },
            HeldStatus::EndingCharges { attempts: attempts.rest().ok().unwrap() },
            HeldStatus::Releasing { attempts: attempts.rest().ok().unwrap() },
            HeldStatus::Released { at },
        ] {
            let (state, expected) = status.expects();
            assert_eq!(serde_json::to_value(&status).unwrap()["status"], state);
            let number = HeldNumber { status, ..held.clone() };
            for event in NumberEvent::samples() {
                let refused = Contradiction::Unexpected { state, expected };
                let told = if expected.contains(&event.name()) { None } else { Some(refused) };
                assert_eq!(number.after(&event).err(), told, "{state}: {}", event.name());
            }
            let known = |expected: &&str| NumberEvent::samples().iter().any(|event| event.name() == *expected);
            assert!(expected.iter().all(known), "{state} expects what there is: {expected:?}");
        }
    }
}
