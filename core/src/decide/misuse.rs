//! Misuse: a mistake of the calling code. The customer cannot act on it and does not see it.

use alloc::string::String;
use core::fmt;

use crate::base::id::{AccountId, CommandId, HolderId, PurchaseId};
use crate::base::money::Money;
use crate::base::role::Role;
use crate::base::timestamp::Timestamp;
use crate::effect::{EffectId, EffectKind};
use crate::gates::limits::Reached;
use crate::shop::Shop;
use crate::terms::release::ReleaseTime;
use ringup_numbering::{Country, E164};

/// A mistake of the host in a command. Nothing has changed.
///
/// The host's developer or operator acts. What a customer can act on is a [`Rejection`](crate::Rejection).
#[derive(Clone, Debug, Eq, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Misuse {
    /// The host has no account of this id. The host answers this itself, before it can call [`decide`](crate::decide).
    /// Its developer opens the account, or stops routing requests to it.
    AccountUnknown {
        /// The id that was given.
        account: AccountId,
    },
    /// The request has a number as people write it, and [`decide`](crate::decide) got no numbering plan to read it. The
    /// host's developer passes one; the request itself may be good.
    NumberingPlanMissing,
    /// The policy's time zone has a table that does not cover the time that a price, a limit or a period is about. Its
    /// operator gives the shop a table that does, and the host decides again.
    TimeZoneUnknown {
        /// The name of the zone.
        zone: String,
        /// The first instant of the table.
        known_from: Timestamp,
        /// The end of the table.
        known_until: Timestamp,
    },
    /// The account has another purchase with this id. The host draws a fresh id and decides again. If it happens twice,
    /// its source of ids repeats itself and must be repaired.
    PurchaseIdTaken {
        /// The id that was drawn.
        purchase: PurchaseId,
    },
    /// Another command was carried out under this id. The host draws a fresh id for each command, and sends a repeat
    /// unchanged.
    CommandIdTaken {
        /// The id that came again.
        command: CommandId,
    },
    /// The outcome of a reservation has a number that another purchase of the account has reserved or bought. The host's
    /// inventory must give each number to one purchase at a time; its developer repairs that.
    NumberTaken {
        /// The number.
        number: E164,
        /// The purchase that has it.
        purchase: PurchaseId,
    },
    /// The account's books cannot hold this amount. The operator checks where the amount comes from: no real account
    /// reaches this.
    BooksFull {
        /// The amount to add.
        money: Money,
    },
    /// The amount to add must be more than zero. The host's developer checks amounts at the boundary.
    AmountNotPositive {
        /// The amount to add.
        money: Money,
    },
    /// The actor's role may not release numbers. The host tells the client, and offers no release to such actors.
    ReleaseNotAllowed {
        /// The role of the actor.
        role: Role,
    },
    /// The policy allows no release at such a time, or the number is in cool-down and can only leave at once. The host offers
    /// the times that the policy names.
    ReleaseTimeNotAllowed {
        /// The kind of time that was asked for.
        time: ReleaseTime,
    },
    /// The number may not leave before its commitment ends. The host tells the client until when.
    Committed {
        /// The purchase that bought the number.
        number: PurchaseId,
        /// The first instant at which it may leave.
        until: Timestamp,
    },
    /// The wallet does not have the fee of the release. The host asks the client to add money first.
    BalanceTooLow {
        /// The fee.
        needed: Money,
        /// The balance of the wallet.
        balance: Money,
    },
    /// The release cannot be cancelled any more: it has begun. The host tells the client.
    ReleaseBegun {
        /// The purchase that bought the number.
        number: PurchaseId,
    },
    /// The actor's role may not transfer numbers, or not against the cool-off; or the policy knows no transfers. The host
    /// tells the client.
    TransferNotAllowed {
        /// The role of the actor.
        role: Role,
    },
    /// The account has no such holder that may get numbers, as far as this actor may know. The host lists the holders.
    HolderUnknown {
        /// The holder that was named.
        holder: HolderId,
    },
    /// The number was used a short time ago, and stays with its holder. The host tells the client until when.
    CoolOff {
        /// The purchase that bought the number.
        number: PurchaseId,
        /// The first instant at which it may move.
        until: Timestamp,
    },
    /// A limit allows the other holder no more numbers. The host tells the client.
    LimitReached {
        /// The limit, with its figures.
        reached: Reached,
    },
    /// The actor's role may not add money to the wallet. The host tells the client, and offers no top-up to such actors.
    TopUpNotAllowed {
        /// The role of the actor.
        role: Role,
    },
    /// The purchase or number never had this effect. The host's developer reports the outcomes of pending effects only.
    EffectUnknown {
        /// The effect that was told of.
        effect: EffectId,
    },
    /// An effect of this kind is not confirmed so. The host's developer repairs what reads the reply.
    ConfirmationUnfit {
        /// The effect that was told of.
        effect: EffectId,
    },
    /// The actor's role may not close manual reviews. The host tells the client, and offers none to such actors.
    ReviewNotAllowed {
        /// The role of the actor.
        role: Role,
    },
    /// No effect of this kind is in manual review for this actor. The host shows what is; another answer may have closed the
    /// review.
    NotInReview {
        /// The purchase that was named.
        purchase: PurchaseId,
        /// The kind that was named.
        effect: EffectKind,
    },
    /// The review cannot have found this: the confirmation is of another kind of effect, or asking once more could do what
    /// was taken for declined, or return the number of another purchase to the carrier. The reviewer finds out whether it is
    /// done; a number that another purchase keeps is.
    FindingImpossible {
        /// The purchase in review.
        purchase: PurchaseId,
        /// The kind of the effect in review.
        effect: EffectKind,
    },
    /// The policy asks for no such verification: it is of the account, or of a country that is sold. The host's developer
    /// records what `kyc_required` asks for.
    VerificationNotNeeded {
        /// The country that was named.
        country: Option<Country>,
    },
    /// The account does not hold this number for this actor. The host lists the numbers held and releases one of those;
    /// if a client named the number, the host answers that there is none.
    NumberNotHeld {
        /// The purchase that was said to have bought the number.
        number: PurchaseId,
    },
}

impl Misuse {
    /// The stable code in Rust and JSON: `number_not_held`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::AccountUnknown { .. } => "account_unknown",
            Self::NumberingPlanMissing => "numbering_plan_missing",
            Self::TimeZoneUnknown { .. } => "time_zone_unknown",
            Self::PurchaseIdTaken { .. } => "purchase_id_taken",
            Self::CommandIdTaken { .. } => "command_id_taken",
            Self::NumberTaken { .. } => "number_taken",
            Self::BooksFull { .. } => "books_full",
            Self::AmountNotPositive { .. } => "amount_not_positive",
            Self::ReleaseNotAllowed { .. } => "release_not_allowed",
            Self::ReleaseTimeNotAllowed { .. } => "release_time_not_allowed",
            Self::Committed { .. } => "committed",
            Self::BalanceTooLow { .. } => "balance_too_low",
            Self::ReleaseBegun { .. } => "release_begun",
            Self::TransferNotAllowed { .. } => "transfer_not_allowed",
            Self::HolderUnknown { .. } => "holder_unknown",
            Self::CoolOff { .. } => "cool_off",
            Self::LimitReached { .. } => "limit_reached",
            Self::TopUpNotAllowed { .. } => "top_up_not_allowed",
            Self::EffectUnknown { .. } => "effect_unknown",
            Self::ConfirmationUnfit { .. } => "confirmation_unfit",
            Self::ReviewNotAllowed { .. } => "review_not_allowed",
            Self::NotInReview { .. } => "not_in_review",
            Self::FindingImpossible { .. } => "finding_impossible",
            Self::VerificationNotNeeded { .. } => "verification_not_needed",
            Self::NumberNotHeld { .. } => "number_not_held",
        }
    }
}

/// The table of the shop's time zone is too short.
pub(super) fn beyond_table(shop: &Shop) -> Misuse {
    // UTC has no table that could be.
    let (zone, known_from, known_until) = shop.policy().time_zone.as_ref().map_or_else(
        || (String::new(), Timestamp::MAX, Timestamp::MAX),
        |zone| (zone.name.clone(), zone.known_from, zone.known_until),
    );
    Misuse::TimeZoneUnknown { zone, known_from, known_until }
}

impl fmt::Display for Misuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AccountUnknown { account } => write!(f, "there is no account `{account}`"),
            Self::NumberingPlanMissing => {
                f.write_str("there is no numbering plan to read the number with; hand one over")
            }
            Self::TimeZoneUnknown { zone, known_from, known_until } => {
                write!(
                    f,
                    "the table of the time zone `{zone}` covers {known_from} to {known_until}; hand over a longer one"
                )
            }
            Self::PurchaseIdTaken { purchase } => {
                write!(f, "there is a purchase `{purchase}` already; draw another name")
            }
            Self::CommandIdTaken { command } => {
                write!(f, "the id `{command}` is that of another command; draw a fresh one")
            }
            Self::NumberTaken { number, purchase } => {
                write!(f, "the purchase `{purchase}` has the number {number}; reserve another one")
            }
            Self::BooksFull { money } => write!(f, "the account's books cannot hold {money} more"),
            Self::AmountNotPositive { money } => write!(f, "`{money}` cannot be added; the amount must be above zero"),
            Self::ReleaseNotAllowed { role } => write!(f, "{} may not release numbers", role.title()),
            Self::ReleaseTimeNotAllowed { time } => write!(f, "a release `{}` is not possible", time.name()),
            Self::Committed { until, .. } => write!(f, "the number is committed to, and may leave at {until}"),
            Self::BalanceTooLow { needed, balance } => {
                write!(f, "the release costs {needed}, and the balance is {balance}; add money first")
            }
            Self::ReleaseBegun { .. } => f.write_str("the release has begun, and cannot be cancelled"),
            Self::TransferNotAllowed { role } => write!(f, "{} may not transfer numbers so", role.title()),
            Self::HolderUnknown { holder } => write!(f, "there is no holder `{holder}` that may get numbers"),
            Self::CoolOff { until, .. } => write!(f, "the number was used a short time ago, and may move at {until}"),
            Self::LimitReached { reached } => reached.fmt(f),
            Self::TopUpNotAllowed { role } => write!(f, "{} may not add money to the wallet", role.title()),
            Self::EffectUnknown { effect } => write!(f, "there was no effect `{effect}`"),
            Self::ConfirmationUnfit { effect } => write!(f, "`{effect}` cannot be confirmed so"),
            Self::ReviewNotAllowed { role } => write!(f, "{} may not close manual reviews", role.title()),
            Self::NotInReview { purchase, effect } => {
                write!(f, "`{}` of `{purchase}` is not in manual review", effect.name())
            }
            Self::FindingImpossible { purchase, effect } => {
                write!(
                    f,
                    "a review of `{}` of `{purchase}` cannot find this; find out whether it is done",
                    effect.name()
                )
            }
            Self::VerificationNotNeeded { country: Some(country) } => {
                write!(f, "no verification is asked for {country} numbers")
            }
            Self::VerificationNotNeeded { country: None } => f.write_str("no verification of the account is asked for"),
            Self::NumberNotHeld { .. } => f.write_str("this account holds no such number"),
        }
    }
}

impl core::error::Error for Misuse {}
