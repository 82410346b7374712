//! Opening an account in one of its system's situations, with the numbers that it holds already.

use std::collections::BTreeMap;
use std::fmt;

use ringup_core::effect::EffectKind;
use ringup_core::ledger::Posting;
use ringup_core::purchase::Agreement;
use ringup_core::{
    Account, AccountId, Actor, ImportedNumber, Offers, PurchaseId, PurchaseRequest, Quote, Search, Timestamp, quote,
};
use ringup_host::{opening_events, replay};
use ringup_numbering::WorldPlan;

use super::{Customer, Holding, Opened, Opening, Retailer, SideRecords, Situation, System};
use crate::world::chance::draw;
use crate::world::effect;

const DAY_MS: i64 = 86_400_000;

/// Why an account cannot be opened.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum CannotOpen {
    /// The dialect has no such situation.
    UnknownSituation,
    /// A number that the account should hold is not available, or the account is invalid.
    NotPossible(String),
}

impl Retailer {
    /// Opens an account. `tag` makes it distinct within its system.
    ///
    /// # Errors
    /// The inventory has no number left for the account. Nothing has changed.
    pub fn open(
        &mut self,
        system: System,
        situation: &Situation,
        opening: Opening,
        tag: &str,
    ) -> Result<AccountId, CannotOpen> {
        // Taking numbers is the one step that can fail after another has written.
        let before = (!opening.held.is_empty()).then(|| self.world.clone());
        let opened = self.open_by_steps(system, situation, opening, tag);
        if let (Err(_), Some(before)) = (&opened, before) {
            self.world = before;
        }
        opened
    }

    fn open_by_steps(
        &mut self,
        system: System,
        situation: &Situation,
        opening: Opening,
        tag: &str,
    ) -> Result<AccountId, CannotOpen> {
        let account: AccountId = format!("{}-{tag}", system.id).parse().map_err(not_possible)?;
        let mut held = Vec::new();
        for holding in &opening.held {
            let number = self.take(system, &account, (&opening, &held), holding)?;
            held.push(number);
        }
        let at = self.world.now();
        let events = opening_events(&begin(&account, &opening, held), at);
        let opened = replay(&events).map_err(not_possible)?;
        let postings: Vec<Posting> = events.iter().flat_map(|stored| stored.event.postings()).collect();
        if opening.card_declined {
            self.world.decline_card(&account);
        }
        for (count, posting) in (1_u64..).zip(&postings) {
            self.world.deposit(&account, format!("{account}/opening/{count}"), posting.money);
        }
        self.customers.add(Customer {
            system,
            situation: *situation,
            credentials: opening.credentials,
            opened: Opened { at, events: events.len(), postings },
            account: opened,
            events,
            accepted: BTreeMap::new(),
            side: SideRecords::default(),
        });
        Ok(account)
    }

    /// Takes a number out of the inventory as bought before the world began, at today's price.
    fn take(
        &mut self,
        system: System,
        account: &AccountId,
        (opening, held): (&Opening, &[ImportedNumber]),
        holding: &Holding,
    ) -> Result<ImportedNumber, CannotOpen> {
        let at = self.world.now().plus_millis(i64::from(holding.days_ago).saturating_mul(DAY_MS).saturating_neg());
        let count = u64::try_from(held.len()).unwrap_or(u64::MAX);
        let purchase = (system.purchase_id)(draw(self.world.seed(), &format!("holding/{account}"), count));
        let so_far = Account::open(&begin(account, opening, held.to_vec())).map_err(not_possible)?;
        let standing = so_far.standing(system.shop, &Actor::default(), at);
        let standing = standing.map_err(|_| not_possible("its account is not loaded"))?;
        // It was paid and meant: advice, which takes most of the time of a quote, is made for what is blocked.
        let request = PurchaseRequest { confirm_additional: true, ..holding.request.clone() };
        let asked = |offers: &Offers| -> Quote { quote(system.shop, &WorldPlan, &standing, offers, &request, at) };
        let selector = asked(&Offers::default()).selector.ok_or_else(|| not_possible("it names no number"))?;
        let reserve = effect(&purchase, EffectKind::Reserve);
        let offer = self.world.reserve_fixture(system.id, account, &reserve, &selector).map_err(not_possible)?;
        let found = Search { selector, seen_at: at, expires_at: Timestamp::MAX, numbers: vec![offer.clone()] };
        let quote = asked(&Offers { searches: vec![found] });
        let agreement = Agreement::of_quote(system.shop, &WorldPlan, &holding.request, &quote, at);
        let agreement = agreement.ok_or_else(|| not_possible("its number has no price"))?;
        self.own(account, &purchase, &offer.number, &agreement).map_err(not_possible)?;
        let imported = ImportedNumber::new(purchase, offer, agreement, at).paid_until(system.shop, self.world.now());
        imported.ok_or_else(|| not_possible("the table of its time zone does not cover its periods"))
    }

    fn own(
        &mut self,
        account: &AccountId,
        purchase: &PurchaseId,
        number: &ringup_core::E164,
        agreement: &Agreement,
    ) -> Result<(), String> {
        let key = effect(purchase, EffectKind::Order);
        self.world.order(account, &key, *number, agreement.holder.as_ref(), true)?;
        self.world.enlist(account, purchase, agreement.payment);
        Ok(())
    }
}

impl fmt::Display for CannotOpen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownSituation => f.write_str("there is no such situation"),
            Self::NotPossible(why) => f.write_str(why),
        }
    }
}

/// What the core begins with.
fn begin(account: &AccountId, opening: &Opening, numbers: Vec<ImportedNumber>) -> ringup_core::Opening {
    ringup_core::Opening {
        holders: opening.holders.clone(),
        wallet: opening.wallet.clone(),
        numbers,
        ..ringup_core::Opening::new(account.clone(), opening.terms.clone())
    }
}

fn not_possible(why: impl ToString) -> CannotOpen {
    CannotOpen::NotPossible(why.to_string())
}
