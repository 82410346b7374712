//! The standing: the part of an account that a quote reads, made from its head and the records that matter.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::{vec, vec::Vec};

use super::{Account, HeldNumber, HeldStatus, Holder, List, Need, RecordId};
use crate::account::standing::{Actor, HeldCounts, InFlight, PendingCounts, ReleasableNumber, Standing};
use crate::base::id::HolderId;
use crate::base::map::Map;
use crate::base::timestamp::Timestamp;
use crate::ledger::Book;
use crate::purchase::Purchase;
use crate::shop::Shop;

/// How many holders, open checkouts and numbers to release a standing lists beyond what it must.
const LISTED_MAX: u32 = 20;

/// The holders that a standing tells of, besides those that have an open checkout.
pub(crate) enum HoldersSeen<'a> {
    /// These.
    Named(&'a [Option<&'a HolderId>]),
    /// These, and the first that were added, for somebody who chooses.
    AndFirst(&'a [Option<&'a HolderId>]),
}

impl Account {
    /// The part of the account that a quote of this shop reads, as this actor sees it at `now`. It tells of the first
    /// holders; for a request that names another one, see [`Account::standing_with`].
    ///
    /// # Errors
    /// What must be loaded first. An account with all its records needs nothing.
    pub fn standing(&self, shop: &Shop, actor: &Actor, now: Timestamp) -> Result<Standing, Vec<Need>> {
        self.standing_with(shop, actor, None, now)
    }

    /// The same for a request that names this holder.
    ///
    /// # Errors
    /// What must be loaded first. An account with all its records needs nothing.
    pub fn standing_with(
        &self,
        shop: &Shop,
        actor: &Actor,
        holder: Option<&HolderId>,
        now: Timestamp,
    ) -> Result<Standing, Vec<Need>> {
        self.view(shop, actor, &HoldersSeen::AndFirst(&[actor.only_holder.as_ref(), holder]), now)
    }

    pub(crate) fn view(
        &self,
        shop: &Shop,
        actor: &Actor,
        seen: &HoldersSeen<'_>,
        now: Timestamp,
    ) -> Result<Standing, Vec<Need>> {
        let mut needs = Vec::new();
        let open = self.open_checkouts(now, &mut needs);
        let listed: Vec<InFlight> = open.iter().filter_map(|purchase| purchase.in_flight()).collect();
        let holders = self.holders_seen(seen, &listed, &mut needs);
        if !needs.is_empty() {
            return Err(needs);
        }
        let head = &self.head;
        let mut pending = head.pending.clone();
        let mut windows = Cow::Borrowed(&head.windows);
        for purchase in &listed {
            let counted = |holder: &HolderId| holders.get(holder).is_none_or(|holder| holder.counted);
            if purchase.holder.as_ref().is_none_or(counted) {
                pending.remove_pending(purchase);
            }
            if let Some(due) = purchase.due_now {
                windows.to_mut().undo(purchase.accepted_at, due);
            }
        }
        let mut held = HeldCounts {
            total: head.held.total,
            subscribed: head.subscribed,
            by_country: head.held.by_country.clone(),
            by_type: head.held.by_type.clone(),
            by_holder: Map::new(),
        };
        let mut pending = PendingCounts {
            total: pending.total,
            by_country: pending.by_country,
            by_type: pending.by_type,
            untyped: pending.untyped,
            by_holder: Map::new(),
        };
        for (id, holder) in &holders {
            let own = listed.iter().filter(|purchase| purchase.holder.as_ref() == Some(*id)).count();
            let others = holder.pending.total.saturating_sub(u32::try_from(own).unwrap_or(u32::MAX));
            let counts = [(&mut held.by_holder, holder.held.total), (&mut pending.by_holder, others)];
            for (counts, count) in counts.into_iter().filter(|(_, count)| 0 < *count) {
                counts.insert((*id).clone(), count);
            }
        }
        // The head counts no numbers of uncounted holders, whose own limits count them all the same.
        let any_held = 0 < head.held.total || holders.values().any(|holder| 0 < holder.held.total);
        let releasable = match seen {
            HoldersSeen::AndFirst(_) if any_held => self.releasable(shop, actor, &holders, now)?,
            HoldersSeen::AndFirst(_) | HoldersSeen::Named(_) => Vec::new(),
        };
        let mut in_order: Vec<&Holder> = holders.values().copied().collect();
        in_order.sort_by_key(|holder| holder.nth);
        let ids = |is_meant: fn(&Holder) -> bool| {
            in_order.iter().filter(|holder| is_meant(holder)).map(|holder| holder.id.clone()).collect()
        };
        let balances = head.ledger.currencies().map(|currency| head.ledger.balance(Book::Wallet, currency));
        Ok(Standing {
            actor: actor.clone(),
            terms: head.terms.clone(),
            balances: balances.collect(),
            holders: ids(|holder| holder.allowed),
            uncounted_holders: ids(|holder| !holder.counted),
            held,
            releasable,
            in_flight: listed,
            pending,
            recent: shop.windows_begin(now).map(|since| windows.moves(since)).unwrap_or_default(),
            spent: windows.spent(),
            last_accepted_at: windows.last_accepted_at(),
            verifications: head.verifications.clone(),
        })
    }

    /// The first numbers held, as far as the actor may act for their holder or they are leaving. Whether its role may
    /// release is asked with each fix, because another role may be asked.
    fn releasable(
        &self,
        shop: &Shop,
        actor: &Actor,
        holders: &BTreeMap<&HolderId, &Holder>,
        now: Timestamp,
    ) -> Result<Vec<ReleasableNumber>, Vec<Need>> {
        let policy = shop.policy();
        let is_theirs =
            |number: &HeldNumber| actor.only_holder.is_none() || number.holder.as_ref() == actor.only_holder.as_ref();
        let ids = self.first(List::Held, LISTED_MAX).map_err(|need| vec![need])?;
        let first = ids.filter_map(|id| match id {
            RecordId::Number(id) => self.numbers.present(id),
            RecordId::Purchase(_)
            | RecordId::Key(_)
            | RecordId::Holder(_)
            | RecordId::Owner(_)
            | RecordId::Asked(..)
            | RecordId::InventoryNumber(_)
            | RecordId::Command(_) => None,
        });
        // Whether a number counts is known where its holder is.
        let is_known = |number: &&HeldNumber| number.holder.as_ref().is_none_or(|holder| holders.contains_key(holder));
        let listed = first.filter(is_known).filter_map(|number| {
            let leaving = !matches!(number.status, HeldStatus::Active);
            (leaving || is_theirs(number)).then(|| ReleasableNumber {
                purchase: number.purchase.clone(),
                country: number.country,
                number_type: number.number_type,
                holder: number.holder.clone(),
                subscribed: number.is_subscribed(),
                leaving,
                leaves_at: number.leaves_at(policy, now),
                refused_until: number.usually_refused_until(policy, now).filter(|_| !leaving),
                costs: number.release_costs(policy, now).filter(|_| !leaving),
            })
        });
        Ok(listed.collect())
    }

    /// The checkouts that have expired unpaid and are not recorded so.
    pub(crate) fn expired_checkouts(&self, now: Timestamp) -> Result<Vec<&Purchase>, Need> {
        let mut needs = Vec::new();
        let mut open = self.open_checkouts(now, &mut needs);
        if let Some(need) = needs.pop() {
            return Err(need);
        }
        open.retain(|purchase| purchase.checkout_expires_at().is_some_and(|at| at <= now));
        Ok(open)
    }

    /// The open checkouts that expire first: every one that has expired by now, and some more.
    fn open_checkouts(&self, now: Timestamp, needs: &mut Vec<Need>) -> Vec<&Purchase> {
        if self.head.open_checkouts == 0 {
            return Vec::new();
        }
        let mut most = LISTED_MAX;
        loop {
            let open: Vec<&Purchase> = match self.first(List::OpenCheckouts, most) {
                Ok(ids) => ids.filter_map(RecordId::purchase).filter_map(|id| self.purchases.present(id)).collect(),
                Err(need) => {
                    needs.push(need);
                    return Vec::new();
                }
            };
            let is_all = u32::try_from(open.len()).is_ok_and(|count| count < most);
            let last = open.last().and_then(|purchase| purchase.checkout_expires_at());
            if is_all || last.is_none_or(|last| now < last) {
                return open;
            }
            most = most.saturating_mul(2);
        }
    }

    fn holders_seen<'a>(
        &'a self,
        seen: &HoldersSeen<'_>,
        listed: &[InFlight],
        needs: &mut Vec<Need>,
    ) -> BTreeMap<&'a HolderId, &'a Holder> {
        let (named, first) = match seen {
            HoldersSeen::Named(named) => (*named, false),
            HoldersSeen::AndFirst(named) => (*named, true),
        };
        let named = named.iter().copied().flatten();
        let mut found = BTreeMap::new();
        for id in named.chain(listed.iter().filter_map(|purchase| purchase.holder.as_ref())) {
            match self.holders.get(id) {
                Ok(holder) => found.extend(holder.map(|holder| (&holder.id, holder))),
                Err(_) => {
                    let need = RecordId::Holder(id.clone()).into();
                    if !needs.contains(&need) {
                        needs.push(need);
                    }
                }
            }
        }
        if first && 0 < self.head.holders {
            match self.first(List::Holders, LISTED_MAX) {
                Ok(ids) => {
                    let holders = ids.filter_map(RecordId::holder).filter_map(|id| self.holders.present(id));
                    found.extend(holders.map(|holder| (&holder.id, holder)));
                }
                Err(need) => needs.push(need),
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::standing::CustomerTerms;
    use crate::base::billing_kind::BillingKind;

    #[test]
    fn a_holder_who_buys_for_itself_is_needed_once() {
        let terms = CustomerTerms::new(BillingKind::Prepaid);
        let whole = Account::new("account-1".parse().unwrap(), terms);
        let holder: HolderId = "support".parse().unwrap();
        let mut needs = Vec::new();
        let seen = HoldersSeen::Named(&[Some(&holder), Some(&holder)]);
        assert!(whole.extract(&[]).holders_seen(&seen, &[], &mut needs).is_empty());
        assert_eq!(needs, [RecordId::Holder(holder).into()]);
    }
}
