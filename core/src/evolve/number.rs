//! A held number after an event.

use super::draft::Draft;
use crate::base::id::PurchaseId;
use crate::event::{NumberEvent, RenewalEvent};
use crate::history::Contradiction;
use crate::records::{Record, RecordId};

pub(super) fn change(draft: &mut Draft<'_>, id: &PurchaseId, event: &NumberEvent) -> Result<(), Contradiction> {
    let number = draft.number(id)?.ok_or(Contradiction::NumberMissing)?;
    let next = number.after(event)?;
    match event {
        NumberEvent::ReleaseStarted { at, .. } => draft.head.windows.release(*at),
        NumberEvent::NumberReleased { .. } => {
            draft.let_go(&next)?;
            if planted!("key_freed_at_release")
                && let Some(key) = draft.purchase(id)?.and_then(|purchase| purchase.key.clone())
            {
                draft.remove(RecordId::Key(key));
            }
            draft.give_back(next.number, id)?;
            // Another purchase may have bought it by now. One that has to give it back does not have it.
            if !draft.is_kept_by_another(next.number, id)? {
                draft.forget_name(&next.inventory_id);
            }
        }
        NumberEvent::NumberTransferred { .. } => draft.transfer(number, &next)?,
        NumberEvent::ReleaseScheduled { .. }
        | NumberEvent::NumberUsed { .. }
        | NumberEvent::CoolDownStarted { .. }
        | NumberEvent::ReleaseCancelled { .. }
        | NumberEvent::ChargesEnded
        | NumberEvent::ReleaseDelayed { .. }
        | NumberEvent::ReleaseReviewNeeded
        | NumberEvent::ReleaseAskedAgain { .. } => {}
    }
    if number.is_subscribed() && !next.is_subscribed() {
        draft.head.subscribed = draft.head.subscribed.saturating_sub(1);
    }
    draft.count_unpaid(number, &next)?;
    draft.write(Record::Number(next));
    Ok(())
}

/// A number after an event of its renewals. The head counts the fees that were declined, and sums what is due.
pub(super) fn renewal(draft: &mut Draft<'_>, id: &PurchaseId, event: &RenewalEvent) -> Result<(), Contradiction> {
    let number = draft.number(id)?.ok_or(Contradiction::NumberMissing)?;
    let next = number.after_renewal(event)?;
    draft.count_unpaid(number, &next)?;
    draft.write(Record::Number(next));
    Ok(())
}
