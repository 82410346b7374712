//! The events of the periods after the first, and the fees of releases.

use ringup_core::ledger::Book;
use ringup_core::{Money, RenewalEvent};

use super::{Read, Reading};

impl Reading {
    pub(super) fn of_renewal(&mut self, id: &str, event: &RenewalEvent) -> Read {
        let mut held = self.numbers.get(id).cloned().ok_or("there is no such number")?;
        let is_due = held.unpaid.is_some();
        match event {
            RenewalEvent::RenewalDue { used, rent, tax, .. } => {
                if is_due || *used != held.rent {
                    return Err(format!("{used} is not the rent to run, or a fee is due already"));
                }
                self.post(Book::RentToRun, Book::RentUsed, *used)?;
                held.rent = Money::zero(used.currency());
                held.unpaid = Some((*rent, *tax, false));
            }
            RenewalEvent::CommitmentDue { rent, tax, .. } => {
                if is_due || !held.is_leaving {
                    return Err("a commitment is due of what has not left".into());
                }
                held.unpaid = Some((*rent, *tax, true));
            }
            RenewalEvent::NumberRenewed { rent, tax, .. } => {
                let Some((due, due_tax, is_rest)) = held.unpaid.take() else { return Err("nothing is due".into()) };
                if (due, due_tax) != (*rent, *tax) {
                    return Err(format!("{rent} is not what is due"));
                }
                let from = if held.by_wallet { Book::Wallet } else { Book::Taken };
                let to = if is_rest || held.is_released { Book::RentUsed } else { Book::RentToRun };
                self.post(from, to, *rent)?;
                if let Some(tax) = tax {
                    self.post(from, Book::Tax, *tax)?;
                }
                if to == Book::RentToRun {
                    let sum = held.rent.checked_add(*rent);
                    held.rent = sum.map_err(|error| format!("{error:?}"))?;
                }
            }
            RenewalEvent::NumberReactivated { .. } if is_due => return Err("reactivated unpaid".into()),
            RenewalEvent::NumberReactivated { .. } => {}
            RenewalEvent::RenewalDeclined { .. }
            | RenewalEvent::RenewalDelayed { .. }
            | RenewalEvent::RenewalReviewNeeded
            | RenewalEvent::RenewalAskedAgain { .. }
            | RenewalEvent::NumberSuspended { .. } => {
                if !is_due {
                    return Err(format!("{} without a fee", event.name()));
                }
            }
        }
        self.numbers.insert(id.to_owned(), held);
        Ok(())
    }

    pub(super) fn post_fee(&mut self, fee: Option<Money>) -> Read {
        fee.map_or(Ok(()), |fee| self.post(Book::Wallet, Book::OtherFees, fee))
    }
}
