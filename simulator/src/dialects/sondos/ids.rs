//! The integers by which numbers go on the wire: an account's purchases, counted in the order in which they were accepted.

use std::collections::BTreeSet;

use ringup_core::{Account, AccountEvent, AccountId, Event, HeldNumber, PurchaseId};

use crate::kit::blocks::{mix, named};
use crate::retailer::Session;

/// The account whose first purchase is the documents' number 123.
const DOCUMENTED: (&str, u64) = ("sondos-documented", 122);

/// How many ids lie between two accounts, and how many places there are: every id fits into 31 bits.
const APART: u64 = 1000;
const PLACES: u64 = 2_000_000;

/// The ids of an account's numbers.
pub(super) struct Ids {
    before: u64,
    order: Vec<PurchaseId>,
}

impl Ids {
    /// Numbers that the account began with come first. A purchase that failed has used up its id.
    pub(super) fn of(account: &Account, session: &Session<'_>) -> Self {
        let accepted = session.events(account.id()).iter().filter_map(|stored| {
            let Event::Account(AccountEvent::PurchaseAccepted { purchase, .. }) = &stored.event else { return None };
            Some(purchase.clone())
        });
        let accepted: Vec<PurchaseId> = accepted.collect();
        let bought_here: BTreeSet<&PurchaseId> = accepted.iter().collect();
        let mut begun_with: Vec<&HeldNumber> =
            account.numbers().filter(|held| !bought_here.contains(&held.purchase)).collect();
        begun_with.sort_by_key(|held| (held.activated_at, held.number));
        let order = begun_with.into_iter().map(|held| held.purchase.clone()).chain(accepted.iter().cloned()).collect();
        Self { before: before(account.id()), order }
    }

    /// The id of the number that this purchase bought.
    pub(super) fn id(&self, purchase: &PurchaseId) -> Option<u64> {
        let place = self.order.iter().position(|known| known == purchase)?;
        self.before.checked_add(u64::try_from(place).ok()?)?.checked_add(1)
    }

    /// The purchase that bought the number of this id.
    pub(super) fn purchase(&self, id: u64) -> Option<&PurchaseId> {
        let place = id.checked_sub(self.before)?.checked_sub(1)?;
        self.order.get(usize::try_from(place).ok()?)
    }
}

/// The id before the account's first.
fn before(account: &AccountId) -> u64 {
    let (documented, before) = DOCUMENTED;
    if account.as_str() == documented {
        return before;
    }
    let place = mix(named(account.as_str())).checked_rem(PLACES).unwrap_or_default();
    place.saturating_add(1).saturating_mul(APART)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_s_ids_are_small_and_its_own() {
        let before = |account: &str| before(&account.parse().unwrap());
        assert_eq!(before("sondos-documented"), 122);
        let others: BTreeSet<u64> = (0..100).map(|n| before(&format!("sondos-ready-{n}"))).collect();
        assert_eq!(others.len(), 100);
        assert!(others.iter().all(|before| (1000..2_147_483_647 - 1000).contains(before)));
    }
}
