//! What nobody has answered: leases of workers that have died, and manual review.

use ringup_core::effect::EffectKind;
use ringup_core::{
    Actor, CheckoutId, Confirmation, Finding, Misuse, Outcome, PurchaseId, RecordOutcome, ResolvePurchase,
};

use crate::accountant::violation;
use crate::call::kind_of;
use crate::history::{Done, History};
use crate::moves::Kind;
use crate::shops;

impl History<'_> {
    /// The leases of dead workers end.
    pub(crate) fn end_leases(&mut self) -> Done {
        for (purchase, effect) in std::mem::take(&mut self.leases) {
            let is_late = self.owed(purchase).is_none_or(|owed| owed.id != effect.id);
            self.coverage.note(self.label(purchase), kind_of(effect.id.kind), None, None, is_late);
            let (kind, asking) = (kind_of(effect.id.kind), effect.id.asking);
            self.note(&RecordOutcome { effect: effect.id, outcome: Outcome::Unknown })?;
            if kind == Kind::Renew {
                self.look_at_doubt(purchase, asking)?;
            }
        }
        Ok(())
    }

    /// What is in review of a purchase and of its number.
    pub(crate) fn in_review(&self, purchase: u8) -> Vec<EffectKind> {
        let Some(id) = self.stage.purchase(purchase) else { return Vec::new() };
        let of_purchase = self.account.purchase(id).map(ringup_core::Purchase::in_review).unwrap_or_default();
        let of_number = self.account.number(id).and_then(ringup_core::HeldNumber::in_review);
        of_purchase.into_iter().chain(of_number).collect()
    }

    pub(crate) fn resolve(&mut self, purchase: u8, again: bool) -> Done {
        if !again {
            self.name_sessions(purchase)?;
        }
        for effect in self.in_review(purchase) {
            let Some(id) = self.stage.purchase(purchase).cloned() else { return Ok(()) };
            let finding = if again {
                Finding::AskAgain
            } else {
                let found = self.world.look_into(purchase, kind_of(effect), self.period(purchase));
                let confirmation = found.and_then(|reply| self.confirmation(purchase, reply));
                confirmation.map_or(Finding::NotDone, |confirmation| Finding::Done { confirmation })
            };
            let command = ResolvePurchase { purchase: id, actor: Actor::default(), effect, finding };
            match self.decide(&command)? {
                Ok(_) => {}
                // Some effects must not be asked for again.
                Err(Misuse::FindingImpossible { .. }) if again => {}
                // Another purchase has the number by now, and keeps it.
                Err(Misuse::FindingImpossible { .. }) if effect == EffectKind::Release => {
                    let finding = Finding::Done { confirmation: Confirmation::Done };
                    self.note(&ResolvePurchase { finding, ..command })?;
                }
                Err(misuse) => return Err(violation("misuse", Some(purchase), format!("{misuse:?}"))),
            }
        }
        Ok(())
    }

    /// What was truly paid and is told to be in review, in minor units.
    pub(crate) fn unmatched(&self, purchase: &ringup_core::Purchase) -> i64 {
        let own = shops::index(&purchase.id).and_then(|index| self.world.dealings.get(&index));
        let amounts = purchase.payments_in_review().iter().map(|payment| {
            let session = shops::nth_session(&payment.checkout).zip(own);
            let session = session.and_then(|(nth, own)| own.sessions.get(usize::from(nth)));
            session.map_or(0, |session| if session.paid == payment.amount.minor_units() { session.paid } else { 0 })
        });
        amounts.fold(0, i64::saturating_add)
    }

    /// The provider is asked for each session of a payment in review: it is the purchase's, or there is none.
    fn name_sessions(&mut self, purchase: u8) -> Done {
        let Some(id) = self.stage.purchase(purchase).cloned() else { return Ok(()) };
        let Some(record) = self.account.purchase(&id) else { return Ok(()) };
        let opened = self.world.dealings.get(&purchase).map_or(0, |own| own.sessions.len());
        let is_open = |checkout: &CheckoutId| shops::nth_session(checkout).is_some_and(|nth| usize::from(nth) < opened);
        let is_known = |checkout: &CheckoutId| record.payments.sessions.iter().any(|it| it.checkout == *checkout);
        let told = record.payments_in_review().iter().map(|payment| payment.checkout.clone());
        let mut found: Vec<CheckoutId> = told.filter(|checkout| is_open(checkout) && !is_known(checkout)).collect();
        found.dedup();
        for checkout in found {
            let finding = Finding::Done { confirmation: Confirmation::CheckoutOpen { checkout, url: String::new() } };
            self.resolve_payments(&id, finding)?;
        }
        let is_left = |record: &ringup_core::Purchase| !record.payments_in_review().is_empty();
        if self.account.purchase(&id).is_some_and(is_left) {
            self.resolve_payments(&id, Finding::NotDone)
        } else {
            Ok(())
        }
    }

    fn resolve_payments(&mut self, id: &PurchaseId, finding: Finding) -> Done {
        let (purchase, effect) = (id.clone(), EffectKind::OpenCheckout);
        self.note(&ResolvePurchase { purchase, actor: Actor::default(), effect, finding })
    }

    /// Whether a refund is no mistake although the number is sold: nobody has told of the order yet, or a person is to find
    /// out or to return the number.
    pub(crate) fn may_refund_what_is_sold(&self, purchase: u8) -> bool {
        let of_number = |kind: &EffectKind| matches!(kind, EffectKind::Order | EffectKind::Release);
        let is_order =
            |(of, effect): &(u8, ringup_core::Effect)| *of == purchase && effect.id.kind == EffectKind::Order;
        let mut hands = self.hands.keys().map(|(_, of, kind)| (*of, *kind));
        self.in_review(purchase).iter().any(of_number)
            || self.leases.iter().any(is_order)
            || hands.any(|hand| hand == (purchase, Kind::Order))
    }
}
