//! The wallet's history: what was paid in, and what each number has cost.

use ringup_core::ledger::{Book, Posting};
use ringup_core::{Account, AccountEvent, Currency, Event, Money, NumberEvent, PurchaseEvent, RenewalEvent, Timestamp};
use ringup_host::StoredEvent;

use super::Visit;
use super::status;
use super::wallet::{balance_id, payer};
use super::wire::{ReferenceSummary, Summary, Transaction, Transactions};
use crate::http::{Request, Response};
use crate::kit::json::{amount, instant, to_json};
use crate::kit::paging::{self, Part, Size};
use crate::kit::uuid;
use crate::retailer::Session;

const LIMIT: Size = Size { default: 50, max: 100 };

const CREDIT: &str = "credit";
const DEBIT: &str = "debit";
const TOP_UP: &str = "topup";
const RENTAL: &str = "did_rental";
const RELEASE: &str = "did_release";

/// Something that moved money into the wallet or out of it.
struct Movement {
    at: Timestamp,
    direction: &'static str,
    money: Money,
    kind: &'static str,
    /// The number that was paid, or how the money came in.
    reference: String,
    description: &'static str,
}

pub(super) fn list(request: &Request, visit: &Visit, session: &Session<'_>) -> Response {
    let Some(account) = session.account(&visit.caller.account) else { return status::unauthorized() };
    let mut movements = movements(account, session);
    movements.reverse();
    let asked = request.query("currency").filter(|text| !text.is_empty()).map(|text| text.parse::<Currency>());
    let Ok(asked) = asked.transpose() else { return status::bad_request("invalid currency") };
    if let Some(asked) = asked {
        movements.retain(|movement| movement.money.currency() == asked);
    }
    let limit = LIMIT.moved(paging::number(request, "limit"));
    let offset = paging::number(request, "offset").unwrap_or(0);
    let total = movements.len();
    let render_at = |(index, movement)| render(movement, account, total.saturating_sub(index));
    let all = movements.iter().enumerate().map(render_at);
    let answer = Transactions {
        summary: summary(&movements),
        total,
        page: offset.checked_div(limit).unwrap_or(0).saturating_add(1),
        per_page: limit,
        total_pages: total.div_ceil(limit),
        transactions: Part { skip: offset, take: limit }.of(all),
    };
    Response::json(200, to_json(answer))
}

/// The wallet's movements, the oldest first.
fn movements(account: &Account, session: &Session<'_>) -> Vec<Movement> {
    let credit = |at, money, reference: &str| Movement {
        at,
        direction: CREDIT,
        money,
        kind: TOP_UP,
        reference: reference.into(),
        description: "Balance added",
    };
    let (opened_at, opening) = session.opening(account.id()).unwrap_or((Timestamp::from_millis(0), &[]));
    let opening = opening.iter().filter(|posting| posting.to == Book::Wallet);
    let mut movements: Vec<Movement> = opening.map(|posting| credit(opened_at, posting.money, "opening")).collect();
    for stored in session.events(account.id()) {
        if let Event::Account(AccountEvent::WalletToppedUp { money, .. }) = &stored.event {
            movements.push(credit(stored.at, *money, "top-up"));
        }
        if let Some(movement) = of_number(account, stored) {
            movements.push(movement);
        }
    }
    movements
}

/// What an event of a number has cost, or given back.
fn of_number(account: &Account, stored: &StoredEvent) -> Option<Movement> {
    let event = &stored.event;
    let (id, kind, description) = match event {
        Event::Purchase { purchase, event: PurchaseEvent::NumberActivated { .. } } => {
            (purchase, RENTAL, "Setup fee and first month of")
        }
        Event::Renewal { event: RenewalEvent::NumberRenewed { .. }, number } => (number, RENTAL, "Monthly fee of"),
        Event::Number { event: NumberEvent::ReleaseCancelled { .. }, number } => {
            (number, RELEASE, "Release fee back for")
        }
        Event::Number { number, .. } => (number, RELEASE, "Release fee of"),
        Event::Purchase { .. }
        | Event::Evidence { .. }
        | Event::Payment { .. }
        | Event::Renewal { .. }
        | Event::Account(_) => return None,
    };
    let postings = event.postings();
    let is_back = postings.iter().any(|posting| posting.to == Book::Wallet);
    let of_wallet = |posting: &&Posting| is_back || posting.from == Book::Wallet || posting.from == Book::Holds;
    let mut amounts = postings.iter().filter(of_wallet).map(|posting| posting.money);
    let first = amounts.next()?;
    let money = amounts.try_fold(first, |sum, amount| sum.checked_add(amount).ok())?;
    let reference = account.number(id).map(|held| held.number.to_string()).unwrap_or_default();
    let direction = if is_back { CREDIT } else { DEBIT };
    Some(Movement { at: stored.at, direction, money, kind, reference, description })
}

fn render(movement: &Movement, account: &Account, place: usize) -> Transaction {
    let at = instant(movement.at);
    let currency = movement.money.currency();
    let description = match movement.kind {
        TOP_UP => movement.description.into(),
        _ => format!("{} {}", movement.description, movement.reference),
    };
    Transaction {
        id: uuid::of_text(&format!("{} transaction {place}", account.id())),
        account_id: payer(account),
        balance_id: balance_id(account, currency),
        direction: movement.direction,
        amount: amount(movement.money),
        currency: currency.to_string(),
        description,
        reference: movement.reference.clone(),
        reference_type: movement.kind,
        status: "completed",
        processed_at: at.clone(),
        created_at: at.clone(),
        updated_at: at,
    }
}

/// The sums of one currency: the newest movement's, since nothing is converted.
fn summary(movements: &[Movement]) -> Summary {
    let currency = movements.first().map(|movement| movement.money.currency());
    let same = movements.iter().filter(|movement| Some(movement.money.currency()) == currency);
    let same: Vec<&Movement> = same.collect();
    let kinds = [RENTAL, RELEASE, TOP_UP].into_iter().filter(|kind| same.iter().any(|movement| movement.kind == *kind));
    let (debit, credit) = (sum(&same, DEBIT, None), sum(&same, CREDIT, None));
    Summary {
        total_transactions: same.len(),
        total_debit: render_sum(debit),
        total_credit: render_sum(credit),
        net_amount: render_sum(credit.zip(debit).and_then(|(credit, debit)| credit.checked_sub(debit).ok())),
        by_reference_type: kinds
            .map(|kind| ReferenceSummary {
                reference_type: kind,
                total_debit: render_sum(sum(&same, DEBIT, Some(kind))),
                total_credit: render_sum(sum(&same, CREDIT, Some(kind))),
                count: same.iter().filter(|movement| movement.kind == kind).count(),
            })
            .collect(),
    }
}

fn sum(movements: &[&Movement], direction: &str, kind: Option<&str>) -> Option<Money> {
    let zero = Money::zero(movements.first()?.money.currency());
    let wanted = movements.iter().filter(|movement| movement.direction == direction);
    let wanted = wanted.filter(|movement| kind.is_none_or(|kind| movement.kind == kind));
    wanted.map(|movement| movement.money).try_fold(zero, |sum, money| sum.checked_add(money).ok())
}

fn render_sum(sum: Option<Money>) -> serde_json::Number {
    sum.map_or_else(|| serde_json::Number::from(0), amount)
}
