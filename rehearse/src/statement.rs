//! What is told of a purchase and of the books, in the accountant's words.

use ringup_core::HeldStatus;
use ringup_core::ledger::Book;
use ringup_core::purchase::State;

use crate::accountant::{Books, Statement, Status};
use crate::call::kind_of;
use crate::history::History;
use crate::shops::{self, usd};

impl History<'_> {
    pub(crate) fn statement(&self, id: &ringup_core::PurchaseId) -> Option<Statement> {
        let number = self.account.number(id);
        let Some(purchase) = self.account.purchase(id) else { return Some(self.statement_of_past(number?)) };
        let status = match number.map(|number| &number.status) {
            Some(HeldStatus::Active | HeldStatus::Scheduled { .. } | HeldStatus::CoolingDown { .. }) => Status::Held,
            Some(HeldStatus::EndingCharges { .. } | HeldStatus::Releasing { .. }) => Status::Leaving,
            Some(HeldStatus::Released { .. }) => Status::Released,
            None if purchase.needs_review() => match purchase.state {
                State::Compensating(_) | State::Undone(_) | State::Failed(_) => Status::GivenUp,
                State::AwaitingKyc(_)
                | State::OpeningCheckout(_)
                | State::AwaitingPayment(_)
                | State::Securing(_)
                | State::Returning(_)
                | State::Charging(_)
                | State::Ordering(_)
                | State::Unconfirmed(_)
                | State::Billing(_)
                | State::Active(_) => Status::InReview,
            },
            None if purchase.is_compensating() => Status::Undoing,
            None if purchase.is_settled() => Status::Failed,
            None => Status::Pending,
        };
        let agreement = &purchase.agreement;
        Some(Statement {
            status,
            number: purchase.number().and_then(|number| self.stage.index_of(number)),
            price: agreement.due_now().minor_units(),
            by_wallet: agreement.payment() == ringup_core::shop::PaymentMethod::Wallet,
            in_review: self.unmatched(purchase),
            reviews: shops::index(id)
                .map(|index| self.in_review(index))
                .unwrap_or_default()
                .into_iter()
                .map(kind_of)
                .collect(),
        })
    }

    pub(crate) fn books(&self) -> Books {
        let Some(currency) = usd(0).map(|money| money.currency()) else { return Books::default() };
        let balance = |book| self.account.ledger().balance(book, currency).minor_units();
        let earned = [Book::SetupFees, Book::RentToRun, Book::RentUsed, Book::Tax, Book::OtherFees];
        Books {
            taken: balance(Book::Taken).saturating_neg(),
            wallet: balance(Book::Wallet),
            holds: balance(Book::Holds),
            earned: earned.into_iter().map(balance).fold(0, i64::saturating_add),
            refunds: balance(Book::Refunds),
            to_run: balance(Book::RentToRun),
        }
    }
}
