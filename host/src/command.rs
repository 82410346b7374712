//! Commands as the machine takes them: the core's commands, with replies that a host can pass on.

use ringup_core::{
    AnyAnswer, AnyCommand, ChangeTerms, Command, MakePurchase, Misuse, Noted, PurchaseAnswer, PurchaseId,
    RecordCheckoutDeclined, RecordCheckoutPaid, RecordOutcome, ReleaseNumber, ResolvePurchase, Selector, TopUp, WakeUp,
};

/// A command of the core with its reply. The machine answers the core's requests for facts itself, so no reply asks for one.
pub trait HostedCommand: Command<Error: From<Misuse>> {
    /// The reply to the sender.
    type Reply;

    /// How the core's answer is to be read.
    fn read(answer: Self::Answer) -> Reading<Self::Reply>;
}

/// An answer of the core: a reply, or a fact that it lacks.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Reading<R> {
    /// The decision stands once its events are stored.
    Reply(R),
    /// Search for this and decide again.
    SearchFirst(Selector),
}

/// A purchase that is accepted, now or before.
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
}

impl HostedCommand for MakePurchase {
    type Reply = PurchaseReply;

    fn read(answer: PurchaseAnswer) -> Reading<PurchaseReply> {
        match answer {
            PurchaseAnswer::Accepted { purchase } => Reading::Reply(PurchaseReply { purchase, repeated: false }),
            PurchaseAnswer::Repeated { purchase } => Reading::Reply(PurchaseReply { purchase, repeated: true }),
            PurchaseAnswer::SearchFirst { selector } => Reading::SearchFirst(selector),
        }
    }
}

impl HostedCommand for AnyCommand {
    type Reply = AnyReply;

    fn read(answer: AnyAnswer) -> Reading<AnyReply> {
        let purchase = |purchase, repeated| Reading::Reply(AnyReply::Purchase(PurchaseReply { purchase, repeated }));
        match answer {
            AnyAnswer::Accepted { purchase: id } => purchase(id, false),
            AnyAnswer::Repeated { purchase: id } => purchase(id, true),
            AnyAnswer::SearchFirst { selector } => Reading::SearchFirst(selector),
            AnyAnswer::Noted => Reading::Reply(AnyReply::Noted),
        }
    }
}

macro_rules! noted {
    ($($command:ident),+ $(,)?) => { $(
        impl HostedCommand for $command {
            type Reply = Noted;

            fn read(answer: Noted) -> Reading<Noted> {
                Reading::Reply(answer)
            }
        }
    )+ };
}

noted!(
    ChangeTerms,
    RecordCheckoutDeclined,
    RecordCheckoutPaid,
    RecordOutcome,
    ReleaseNumber,
    ResolvePurchase,
    TopUp,
    WakeUp,
);
