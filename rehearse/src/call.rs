//! Calls: an effect as the world reads it.

use ringup_core::effect::EffectKind;
use ringup_core::{Action, Effect, OfferedNumber};

use crate::history::History;
use crate::moves::Kind;
use crate::shops;
use crate::world::Call;

impl History<'_> {
    /// The effect in the world's words.
    pub(crate) fn read(&self, purchase: u8, effect: &Effect) -> Call {
        let one = |number| self.stage.index_of(number).into_iter().collect();
        let (numbers, amount, expires_at) = match &effect.action {
            Action::OpenCheckout { amount, expires_at } => (Vec::new(), amount.minor_units(), expires_at.as_millis()),
            Action::Reserve { selector, except, .. } => {
                let agreement =
                    self.account.purchase(&effect.id.purchase).and_then(|purchase| purchase.agreement.whole());
                let is_agreed = |offer: &&OfferedNumber| {
                    let is_agreed = agreement.is_none_or(|agreement| agreement.accepts(&self.stage.shop, offer));
                    selector.fits(offer) && is_agreed && !except.contains(&offer.number)
                };
                let fitting = self.stage.numbers.iter().filter(is_agreed);
                (fitting.filter_map(|offer| self.stage.index_of(offer.number)).collect(), 0, 0)
            }
            Action::Charge { amount, .. } | Action::Refund { amount, .. } => (Vec::new(), amount.minor_units(), 0),
            Action::Order { number, .. }
            | Action::QueryOrder { number, .. }
            | Action::Unreserve { number }
            | Action::Release { number } => (one(*number), 0, 0),
            Action::Renew { amount, .. } => (Vec::new(), amount.minor_units(), 0),
            Action::EndCharges { .. } => (Vec::new(), 0, 0),
        };
        let session = match &effect.action {
            Action::Refund { checkout: Some(checkout), .. } => shops::nth_session(checkout),
            Action::Refund { .. }
            | Action::OpenCheckout { .. }
            | Action::Reserve { .. }
            | Action::Charge { .. }
            | Action::Order { .. }
            | Action::QueryOrder { .. }
            | Action::Unreserve { .. }
            | Action::EndCharges { .. }
            | Action::Renew { .. }
            | Action::Release { .. } => None,
        };
        Call {
            purchase,
            kind: kind_of(effect.id.kind),
            key: effect.id.to_string(),
            numbers,
            amount,
            session,
            expires_at,
            period: effect.id.asking,
        }
    }
}

/// Nobody opens a checkout for nothing, and nothing is charged or refunded of nothing.
pub(crate) fn effect_of_nothing(action: &Action) -> Option<&'static str> {
    match action {
        Action::OpenCheckout { amount, .. }
        | Action::Charge { amount, .. }
        | Action::Refund { amount, .. }
        | Action::Renew { amount, .. }
            if amount.is_zero() =>
        {
            Some("an effect for an amount of zero")
        }
        Action::OpenCheckout { .. }
        | Action::Charge { .. }
        | Action::Refund { .. }
        | Action::Reserve { .. }
        | Action::Order { .. }
        | Action::QueryOrder { .. }
        | Action::Unreserve { .. }
        | Action::EndCharges { .. }
        | Action::Renew { .. }
        | Action::Release { .. } => None,
    }
}

pub(crate) const fn kind_of(kind: EffectKind) -> Kind {
    match kind {
        EffectKind::OpenCheckout => Kind::OpenCheckout,
        EffectKind::Reserve => Kind::Reserve,
        EffectKind::Charge => Kind::Charge,
        EffectKind::Order => Kind::Order,
        EffectKind::QueryOrder => Kind::QueryOrder,
        EffectKind::Unreserve => Kind::Unreserve,
        EffectKind::Refund => Kind::Refund,
        EffectKind::EndCharges => Kind::EndCharges,
        EffectKind::Renew => Kind::Renew,
        EffectKind::Release => Kind::Release,
    }
}
