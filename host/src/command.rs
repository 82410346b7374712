//! Commands as the machine takes them: the core's commands, with replies that a host can pass on.

use ringup_core::{
    Account, AnyAnswer, AnyCommand, CancelRelease, ChangeTerms, Command, EndKycWait, MakePurchase, Misuse, NamedAnswer,
    Need, Noted, PurchaseAnswer, PurchaseId, RecordCheckoutDeclined, RecordCheckoutPaid, RecordId, RecordOutcome,
    RecordUse, RecordVerification, ReleaseNumber, ResolvePurchase, SetHolder, Timestamp, TopUp, TransferNumber, WakeUp,
};

/// How many due records a wake-up looks at first: most wake-ups find fewer.
const DUE_MIN: u32 = 10;

/// The most due records of one wake-up; further ones are due at once.
const DUE_MAX: u32 = 100;

/// A command of the core with its reply. The machine answers the core's requests for facts itself, so no reply asks for one.
pub trait HostedCommand: Command<Error: From<Misuse>> {
    /// The reply to the sender.
    type Reply;

    /// The core's answer, as a reply.
    fn reply(answer: Self::Answer) -> Self::Reply;

    /// What the command still needs of the account before it can be decided.
    ///
    /// # Errors
    /// What must be loaded first.
    fn prepare(&mut self, account: &Account, now: Timestamp) -> Result<(), Need> {
        let _ = (account, now);
        Ok(())
    }
}

/// A purchase that is accepted, now or before, or that waits for KYC.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PurchaseReply {
    /// The purchase; its state says how far it is.
    pub purchase: PurchaseId,
    /// Whether the request repeats or joins an earlier one, whose purchase this is.
    pub repeated: bool,
}

/// The reply to an [`AnyCommand`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum AnyReply {
    /// A purchase is accepted, now or before.
    Purchase(PurchaseReply),
    /// Any other command is noted.
    Noted,
    /// A command of this id was noted before, and changes nothing.
    NotedBefore,
}

impl HostedCommand for MakePurchase {
    type Reply = PurchaseReply;

    fn reply(answer: PurchaseAnswer) -> PurchaseReply {
        match answer {
            PurchaseAnswer::Accepted { purchase } | PurchaseAnswer::AwaitsKyc { purchase } => {
                PurchaseReply { purchase, repeated: false }
            }
            PurchaseAnswer::Repeated { purchase } => PurchaseReply { purchase, repeated: true },
        }
    }
}

impl HostedCommand for AnyCommand {
    type Reply = AnyReply;

    fn reply(answer: AnyAnswer) -> AnyReply {
        match answer {
            AnyAnswer::Accepted { purchase } | AnyAnswer::AwaitsKyc { purchase } => {
                AnyReply::Purchase(PurchaseReply { purchase, repeated: false })
            }
            AnyAnswer::Repeated { purchase } => AnyReply::Purchase(PurchaseReply { purchase, repeated: true }),
            AnyAnswer::Noted => AnyReply::Noted,
            AnyAnswer::NotedBefore => AnyReply::NotedBefore,
        }
    }

    fn prepare(&mut self, account: &Account, now: Timestamp) -> Result<(), Need> {
        match self {
            Self::WakeUp(command) => command.prepare(account, now),
            Self::Purchase(_)
            | Self::RecordOutcome(_)
            | Self::RecordCheckoutPaid(_)
            | Self::RecordCheckoutDeclined(_)
            | Self::Release(_)
            | Self::CancelRelease(_)
            | Self::Transfer(_)
            | Self::RecordUse(_)
            | Self::TopUp(_)
            | Self::ChangeTerms(_)
            | Self::Resolve(_)
            | Self::RecordVerification(_)
            | Self::EndKycWait(_)
            | Self::SetHolder(_) => Ok(()),
        }
    }
}

impl HostedCommand for WakeUp {
    type Reply = Noted;

    fn reply(answer: Noted) -> Noted {
        answer
    }

    /// A wake-up that names no record is about those that are due.
    fn prepare(&mut self, account: &Account, now: Timestamp) -> Result<(), Need> {
        if self.records.is_empty() {
            let is_due = |(at, _): &(Timestamp, RecordId)| *at <= now;
            let mut most = DUE_MIN;
            let mut first = account.due_first(most)?;
            // If as many as were asked for are due, there may be more.
            while most < DUE_MAX && u32::try_from(first.len()) == Ok(most) && first.last().is_some_and(is_due) {
                most = most.saturating_mul(2).min(DUE_MAX);
                first = account.due_first(most)?;
            }
            self.records = first.into_iter().take_while(is_due).map(|(_, record)| record).collect();
        }
        Ok(())
    }
}

macro_rules! noted {
    ($($command:ident),+ $(,)?) => { $(
        impl HostedCommand for $command {
            type Reply = Noted;

            fn reply(answer: Noted) -> Noted {
                answer
            }
        }
    )+ };
}

noted!(
    CancelRelease,
    ChangeTerms,
    EndKycWait,
    RecordCheckoutDeclined,
    RecordCheckoutPaid,
    RecordOutcome,
    RecordVerification,
    RecordUse,
    ReleaseNumber,
    TransferNumber,
    ResolvePurchase,
    SetHolder,
);

impl HostedCommand for TopUp {
    type Reply = NamedAnswer;

    fn reply(answer: NamedAnswer) -> NamedAnswer {
        answer
    }
}
