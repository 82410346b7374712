//! How our own accounts may stand.

use std::collections::BTreeMap;

use ringup_core::KycStatus::{self, Approved, Declined, NotSubmitted, Pending};
use ringup_core::shop::BillingKind::{self, Prepaid, Subscription, Usage};
use ringup_core::{Actor, CustomerTerms, Kyc, Map, Money, PurchaseRequest, Role};

use crate::dialect::{Credential, Holding, Opening, Situation};

pub(super) const ALL: &[Situation] = &[
    Situation {
        name: "new",
        note: "The smallest paid plan, billed by subscription: the first purchase opens a checkout.",
    },
    Situation {
        name: "ready",
        note: "A wallet in dollars and euros, verified for Germany, and a number held for a month.",
    },
    Situation {
        name: "subscribed",
        note: "A subscription that pays for one number: the next one goes through at once.",
    },
    Situation { name: "card", note: "Billed by usage, with a card on file." },
    Situation { name: "no_card", note: "Billed by usage, without a card on file." },
    Situation { name: "card_declined", note: "Billed by usage, with a card that the payment provider declines." },
    Situation { name: "free_plan", note: "The free plan, which sells no numbers." },
    Situation { name: "plan_full", note: "As many numbers as the plan allows." },
    Situation { name: "no_balance", note: "A wallet that holds less than any number costs." },
    Situation {
        name: "kyc_needed",
        note: "Like `ready`, but nobody has been verified: Germany, France and Singapore need that.",
    },
    Situation { name: "kyc_pending", note: "Like `ready`, with Germany's verification under way." },
    Situation { name: "kyc_declined", note: "Like `ready`, with Germany's verification declined." },
    Situation { name: "viewer", note: "Like `ready`, with a key that may look but not buy." },
    Situation { name: "member", note: "Like `kyc_needed`, with a key that may buy but not submit a verification." },
    Situation { name: "restricted", note: "Like `ready`, with a key that acts for the holder `support` only." },
];

/// Who may hold numbers, in every account.
const HOLDERS: [&str; 2] = ["default", "support"];

/// What sets one situation apart from another.
struct Standing {
    plan: &'static str,
    billing: BillingKind,
    card: bool,
    card_declined: bool,
    /// The wallet: cents of a dollar, cents of a euro.
    wallet: (i64, i64),
    germany: KycStatus,
    role: Role,
    only_holder: Option<&'static str>,
    held: u32,
}

fn standing(situation: &str) -> Option<Standing> {
    let ready = Standing {
        plan: "team",
        billing: Prepaid,
        card: false,
        card_declined: false,
        wallet: (500_000, 500_000),
        germany: Approved,
        role: Role::Owner,
        only_holder: None,
        held: 1,
    };
    let card = Standing { billing: Usage, card: true, wallet: (0, 0), germany: NotSubmitted, held: 0, ..ready };
    Some(match situation {
        "new" => Standing { plan: "starter", billing: Subscription, card: false, ..card },
        "ready" => ready,
        "subscribed" => Standing { billing: Subscription, held: 1, ..card },
        "card" => card,
        "no_card" => Standing { card: false, ..card },
        "card_declined" => Standing { card_declined: true, ..card },
        "free_plan" => Standing { plan: "free", held: 0, ..ready },
        "plan_full" => Standing { plan: "starter", held: 2, ..ready },
        "no_balance" => Standing { wallet: (50, 50), held: 0, ..ready },
        "kyc_needed" => Standing { germany: NotSubmitted, ..ready },
        "kyc_pending" => Standing { germany: Pending, ..ready },
        "kyc_declined" => Standing { germany: Declined, ..ready },
        "viewer" => Standing { role: Role::Viewer, ..ready },
        "member" => Standing { role: Role::Member, germany: NotSubmitted, ..ready },
        "restricted" => Standing { only_holder: Some("support"), ..ready },
        _ => return None,
    })
}

pub(super) fn open(situation: &str, tag: &str) -> Option<Opening> {
    let standing = standing(situation)?;
    let holders: Result<Vec<_>, _> = HOLDERS.iter().map(|holder| holder.parse()).collect();
    let countries = Map::from([("DE".parse().ok()?, standing.germany)]);
    let terms = CustomerTerms {
        plan: Some(standing.plan.parse().ok()?),
        payment_method_on_file: standing.card,
        kyc: Kyc { countries, ..Kyc::default() },
        ..CustomerTerms::new(standing.billing)
    };
    let key = format!("rk_sim_{tag}");
    let only_holder = standing.only_holder.and_then(|holder| holder.parse().ok());
    let actor = Actor { only_holder, role: standing.role };
    let fields = BTreeMap::from([("api_key".to_owned(), key.clone())]);
    let (dollars, euros) = standing.wallet;
    let wallet = [(dollars, "USD"), (euros, "EUR")].into_iter().filter(|(cents, _)| 0 < *cents);
    Some(Opening {
        terms,
        holders: holders.ok()?,
        wallet: wallet.filter_map(|(cents, currency)| money(cents, currency)).collect(),
        card_declined: standing.card_declined,
        credentials: vec![Credential { lookup: key, fields, actor }],
        held: (0..standing.held).map(|_| Holding { request: held(), days_ago: 30 }).collect(),
    })
}

/// The request by which the numbers that an account begins with were bought.
fn held() -> PurchaseRequest {
    let holder = HOLDERS.first().map(|holder| (*holder).to_owned());
    PurchaseRequest { holder, country: Some("US".into()), ..PurchaseRequest::default() }
}

fn money(minor_units: i64, currency: &str) -> Option<Money> {
    Money::new(minor_units, currency.parse().ok()?).ok()
}
