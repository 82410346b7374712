//! Random histories: moves, and the commands that they are on an account.
//!
//! The inventory is careless: it may give a number to two purchases. Outcomes come late, twice, and for effects that are
//! not pending.

use std::fmt;

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any};
use proptest::prop_oneof;
use ringup_core::effect::EffectKind;
use ringup_core::shop::BillingKind;
use ringup_core::{
    Account, Action, Actor, AnyCommand, ChangeTerms, Confirmation, CustomerTerms, Effect, EffectId, Finding,
    MakePurchase, Money, OfferedNumber, Opening, Outcome, PurchaseId, PurchaseRequest, RecordCheckoutDeclined,
    RecordCheckoutPaid, RecordOutcome, ReleaseNumber, ResolvePurchase, Selector, SetHolder, Shop, Timestamp, TopUp,
    WakeUp,
};

use crate::pretend;

/// The numbers for sale.
const STOCK: [&str; 4] = ["+14045550100", "+14045550101", "+14045550102", "+14045550103"];

/// The holders; the last is added by a command.
const HOLDERS: [&str; 3] = ["support", "sales", "later"];

/// A history: a shop, and what happens in it.
#[derive(Clone)]
pub(crate) struct History {
    pub(crate) shop: Shop,
    pub(crate) moves: Vec<Move>,
}

impl fmt::Debug for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let policy = self.shop.policy();
        write!(f, "{:?} {:?} {:?} {:?}", policy.payment, policy.order_evidence, policy.release, self.moves)
    }
}

/// Something that happens.
#[derive(Clone, Debug)]
pub(crate) enum Move {
    Buy { id: u8, key: Option<u8>, number: Option<usize>, holder: usize, by: Option<usize> },
    Outcome { which: usize, outcome: Told },
    LateOutcome { id: u8, kind: usize, outcome: Told },
    CheckoutPaid { id: u8 },
    CheckoutDeclined { id: u8 },
    Release { id: u8, by: Option<usize> },
    TopUp { nth: u8, minor_units: i64 },
    Terms { billing: BillingKind, on_file: bool },
    Holder { holder: usize, allowed: bool, counted: bool },
    WakeUp,
    Resolve { id: u8, kind: usize, finding: Finding },
    Later { ms: i64 },
}

/// What is told of an effect.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Told {
    Done,
    Absent,
    Declined,
    Unknown,
}

pub(crate) fn any_history() -> impl Strategy<Value = History> {
    let method = prop_oneof![Just("checkout"), Just("subscription"), Just("usage_invoice"), Just("wallet")];
    let charged = prop_oneof![Just("before_order"), Just("at_provisioning")];
    let evidence = prop_oneof![Just("query_by_key"), Just("keyed_repeat"), Just("list_only")];
    let shop = (method, charged, evidence, any::<bool>()).prop_filter_map(
        "the method cannot be charged then",
        |(method, charged, evidence, at_period_end)| {
            let release = if at_period_end { "period_end" } else { "at_once" };
            pretend::shop_with(method, charged, evidence, release)
        },
    );
    (shop, vec(any_move(), 1..60)).prop_map(|(shop, moves)| History { shop, moves })
}

fn any_move() -> impl Strategy<Value = Move> {
    let id = || 0..6_u8;
    let by = || prop_oneof![4 => Just(None), 1 => (0..HOLDERS.len()).prop_map(Some)];
    let told = || prop_oneof![6 => Just(Told::Done), 1 => Just(Told::Absent), 1 => Just(Told::Declined), 1 => Just(Told::Unknown)];
    let number = prop_oneof![3 => (0..STOCK.len()).prop_map(Some), 1 => Just(None)];
    let key = prop_oneof![1 => Just(None), 2 => (0..4_u8).prop_map(Some)];
    let billing = prop_oneof![Just(BillingKind::Prepaid), Just(BillingKind::Usage)];
    let ms = prop_oneof![Just(1_000), Just(60_000), Just(3_600_000), Just(40 * 86_400_000_i64)];
    let done = Finding::Done { confirmation: Confirmation::Done };
    let finding = prop_oneof![Just(done), Just(Finding::NotDone), Just(Finding::AskAgain)];
    prop_oneof![
        6 => (id(), key, number, 0..HOLDERS.len(), by())
            .prop_map(|(id, key, number, holder, by)| Move::Buy { id, key, number, holder, by }),
        16 => (0..6_usize, told()).prop_map(|(which, outcome)| Move::Outcome { which, outcome }),
        1 => (id(), 0..EffectKind::ALL.len(), told())
            .prop_map(|(id, kind, outcome)| Move::LateOutcome { id, kind, outcome }),
        2 => id().prop_map(|id| Move::CheckoutPaid { id }),
        1 => id().prop_map(|id| Move::CheckoutDeclined { id }),
        2 => (id(), by()).prop_map(|(id, by)| Move::Release { id, by }),
        1 => (0..20_u8, -1..10_000_i64).prop_map(|(nth, minor_units)| Move::TopUp { nth, minor_units }),
        1 => (billing, any::<bool>()).prop_map(|(billing, on_file)| Move::Terms { billing, on_file }),
        1 => (0..HOLDERS.len(), any::<bool>(), any::<bool>())
            .prop_map(|(holder, allowed, counted)| Move::Holder { holder, allowed, counted }),
        3 => Just(Move::WakeUp),
        1 => (id(), 0..EffectKind::ALL.len(), finding).prop_map(|(id, kind, finding)| Move::Resolve { id, kind, finding }),
        3 => ms.prop_map(|ms| Move::Later { ms }),
    ]
}

/// What the account of a history opens with.
pub(crate) fn opening() -> Opening {
    let terms = CustomerTerms { payment_method_on_file: true, ..pretend::opening().terms };
    Opening {
        terms,
        holders: HOLDERS.iter().take(2).map(|holder| holder.parse().unwrap()).collect(),
        uncounted_holders: vec!["sales".parse().unwrap()],
        ..pretend::opening()
    }
}

impl Move {
    /// The command that the move is on this account. None: only time passes.
    pub(crate) fn command(&self, account: &Account, now: &mut Timestamp) -> Option<AnyCommand> {
        let actor = |by: &Option<usize>| Actor {
            only_holder: by.map(|holder| HOLDERS[holder].parse().unwrap()),
            ..Actor::default()
        };
        let checkout = |id| format!("checkout-{}", purchase(id)).parse().unwrap();
        Some(match self {
            Self::Buy { id, key, number, holder, by } => AnyCommand::Purchase(MakePurchase {
                id: purchase(*id),
                actor: actor(by),
                request: PurchaseRequest {
                    holder: Some(HOLDERS[*holder].into()),
                    country: number.is_none().then(|| "US".into()),
                    number: number.map(|number| STOCK[number].into()),
                    idempotency_key: key.map(|key| format!("key-{key}")),
                    confirm_additional: true,
                    ..PurchaseRequest::default()
                },
            }),
            Self::Outcome { which, outcome } => {
                let owed = account.owed();
                let Effect { id, action, .. } = owed.get(which.checked_rem(owed.len())?)?;
                AnyCommand::RecordOutcome(RecordOutcome { effect: id.clone(), outcome: told(*outcome, id, action) })
            }
            Self::LateOutcome { id, kind, outcome } => {
                let kind = EffectKind::ALL[*kind];
                let effect: EffectId = format!("{}/{}", purchase(*id), kind.name()).parse().ok()?;
                let outcome = told(*outcome, &effect, &Action::Release { number: STOCK[0].parse().unwrap() });
                AnyCommand::RecordOutcome(RecordOutcome { effect, outcome })
            }
            Self::CheckoutPaid { id } => {
                let due = account.purchase(&purchase(*id)).map(|purchase| purchase.agreement.due_now());
                AnyCommand::RecordCheckoutPaid(RecordCheckoutPaid {
                    purchase: purchase(*id),
                    checkout: checkout(*id),
                    amount: due.unwrap_or(Money::new(1, "USD".parse().unwrap()).unwrap()),
                    paid_at: *now,
                })
            }
            Self::CheckoutDeclined { id } => AnyCommand::RecordCheckoutDeclined(RecordCheckoutDeclined {
                purchase: purchase(*id),
                checkout: checkout(*id),
            }),
            Self::Release { id, by } => {
                AnyCommand::Release(ReleaseNumber { number: purchase(*id), actor: actor(by), when: None })
            }
            Self::TopUp { nth, minor_units } => AnyCommand::TopUp(TopUp {
                id: format!("top-up-{nth}").parse().unwrap(),
                actor: Actor::default(),
                money: Money::new(*minor_units, "USD".parse().unwrap()).unwrap(),
            }),
            Self::Terms { billing, on_file } => AnyCommand::ChangeTerms(ChangeTerms {
                terms: CustomerTerms { billing: *billing, payment_method_on_file: *on_file, ..account.terms().clone() },
            }),
            Self::Holder { holder, allowed, counted } => AnyCommand::SetHolder(SetHolder {
                holder: HOLDERS[*holder].parse().unwrap(),
                allowed: *allowed,
                counted: *counted,
            }),
            Self::WakeUp => AnyCommand::WakeUp(WakeUp { records: Vec::new() }),
            Self::Resolve { id, kind, finding } => AnyCommand::Resolve(ResolvePurchase {
                purchase: purchase(*id),
                actor: Actor::default(),
                effect: EffectKind::ALL[*kind],
                finding: finding.clone(),
            }),
            Self::Later { ms } => {
                *now = now.plus_millis(*ms);
                return None;
            }
        })
    }
}

fn told(told: Told, id: &EffectId, action: &Action) -> Outcome {
    let confirmation = match (action, told) {
        (_, Told::Unknown) => return Outcome::Unknown,
        (_, Told::Declined) => return Outcome::Declined { reason: "no".into() },
        (Action::OpenCheckout { .. }, _) => Confirmation::CheckoutOpen {
            checkout: format!("checkout-{}", id.purchase).parse().unwrap(),
            url: "https://pay.example/1".into(),
        },
        (Action::Reserve { selector, .. }, _) => Confirmation::Reserved { offer: search(selector).swap_remove(0) },
        (Action::QueryOrder { .. }, Told::Absent) => Confirmation::OrderAbsent,
        (Action::QueryOrder { .. }, _) => Confirmation::OrderFound,
        _ => Confirmation::Done,
    };
    Outcome::Confirmed { confirmation }
}

/// What a search finds. Nothing is ever gone.
pub(crate) fn search(selector: &Selector) -> Vec<OfferedNumber> {
    let asked = if let Selector::Exact { number } = selector { Some(*number) } else { None };
    let stock = STOCK.into_iter().map(pretend::offer);
    stock.filter(|offer| asked.is_none_or(|asked| asked == offer.number)).collect()
}

fn purchase(id: u8) -> PurchaseId {
    format!("p{id}").parse().unwrap()
}
