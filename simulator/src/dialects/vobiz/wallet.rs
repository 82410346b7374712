//! The wallet: its balance in each currency.

use ringup_core::ledger::Book;
use ringup_core::{Account, Currency};

use super::Visit;
use super::status;
use super::translate::IN_THE_BEGINNING;
use super::wire::Balance;
use crate::http::Response;
use crate::kit::json::{amount, instant, to_json};
use crate::kit::uuid;
use crate::retailer::Session;

/// The balance of the paying account: for a sub-account, its master.
pub(super) fn balance(currency: &str, visit: &Visit, session: &Session<'_>) -> Response {
    let Ok(currency) = currency.parse::<Currency>() else {
        return status::bad_request("invalid currency");
    };
    let Some(account) = session.account(&visit.caller.account) else { return status::unauthorized() };
    let available = account.ledger().balance(Book::Wallet, currency);
    let reserved = account.ledger().balance(Book::Holds, currency);
    let Ok(all) = available.checked_add(reserved) else { return status::bad_request("invalid currency") };
    let balance = Balance {
        id: balance_id(account, currency),
        account_id: payer(account),
        currency: currency.to_string(),
        balance: amount(all),
        reserved_funds: amount(reserved),
        promotional_balance: 0,
        promotional_reserved_balance: 0,
        available_balance: amount(available),
        credit_limit: 0,
        is_postpaid: false,
        credit_limit_type: "hard",
        low_balance_threshold: 0,
        status: "active",
        created_at: IN_THE_BEGINNING,
        updated_at: instant(session.now()),
    };
    Response::json(200, to_json(balance))
}

/// The master, who pays.
pub(super) fn payer(account: &Account) -> String {
    account.holders().next().map(|holder| holder.id.to_string()).unwrap_or_default()
}

pub(super) fn balance_id(account: &Account, currency: Currency) -> String {
    uuid::of_text(&format!("{} {currency}", account.id()))
}
