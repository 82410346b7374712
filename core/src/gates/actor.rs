//! Actor: the role may buy, and the credential may act for the holder.

use alloc::{vec, vec::Vec};
use core::fmt;

use super::choices::choose_holder;
use super::field::{DecidingField, field};
use super::fix::RoleTask;
use super::wording::roles;
use super::{Evidence, Family, Input, Judgement, Refusal, Rejection, Remedy, Verdict};
use crate::base::id::HolderId;
use crate::base::role::Role;
use ringup_derive::data;

/// The actor's role may not buy.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct RoleNotAllowed {
    /// The role of the actor.
    pub role: Role,
    /// The roles that may buy.
    pub allowed: Vec<Role>,
}

/// The account has no such holder.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct HolderUnknown {
    /// The holder in the request.
    pub holder: HolderId,
}

/// The credential may not act for this holder.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct ActorNotAllowed {
    /// The one holder that the credential may act for.
    pub only_holder: HolderId,
}

pub(super) fn judge(input: &Input<'_>) -> Judgement {
    let standing = input.standing;
    let (role, buyers) = (standing.actor.role, &input.policy.buyers);
    if !buyers.is_empty() && !buyers.contains(&role) {
        return Judgement::Blocked(RoleNotAllowed { role, allowed: buyers.clone() }.into());
    }
    // A credential for one holder requires a request that names the holder.
    if let Some(only) = &standing.actor.only_holder
        && input.request.holder.as_ref() != Some(only)
    {
        return Judgement::Blocked(ActorNotAllowed { only_holder: only.clone() }.into());
    }
    match &input.request.holder {
        Some(holder) if !standing.holders.contains(holder) => {
            Judgement::Blocked(HolderUnknown { holder: holder.clone() }.into())
        }
        None if buyers.is_empty() => Judgement::NotApplicable,
        Some(_) | None => Judgement::Passed(Evidence::MayAct),
    }
}

pub(super) fn deciding_field(input: &Input<'_>, judged: &Verdict) -> Option<DecidingField> {
    match judged {
        Verdict::Blocked { rejection: Rejection::HolderUnknown(_) | Rejection::ActorNotAllowed(_) } => None,
        Verdict::Blocked { .. } | Verdict::Passed { .. } | Verdict::Waiting { .. } => {
            Some(field("/policy/buyers", !input.policy.buyers.is_empty()))
        }
    }
}

impl Refusal for RoleNotAllowed {
    fn family(&self) -> Family {
        Family::Forbidden
    }

    fn is_transient(&self) -> bool {
        false
    }

    fn fixes(&self, _: &Input<'_>, fixes: &mut Vec<Remedy>) {
        fixes.push(Remedy::AskRole { roles: self.allowed.clone(), task: RoleTask::Buy });
    }
}

impl Refusal for HolderUnknown {
    fn family(&self) -> Family {
        Family::NotFound
    }

    fn is_transient(&self) -> bool {
        false
    }

    fn fixes(&self, input: &Input<'_>, fixes: &mut Vec<Remedy>) {
        fixes.extend(choose_holder(input));
    }
}

impl Refusal for ActorNotAllowed {
    fn family(&self) -> Family {
        Family::Forbidden
    }

    fn is_transient(&self) -> bool {
        false
    }

    fn fixes(&self, _: &Input<'_>, fixes: &mut Vec<Remedy>) {
        fixes.push(Remedy::ChooseHolder { holders: vec![self.only_holder.clone()], more: 0 });
    }
}

impl fmt::Display for RoleNotAllowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} may not buy numbers; {} may", self.role.title(), roles(&self.allowed))
    }
}

impl fmt::Display for HolderUnknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "this account has no holder `{}`", self.holder)
    }
}

impl fmt::Display for ActorNotAllowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "this credential acts for `{}` only", self.only_holder)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::scene::{Scene, check};
    use crate::gates::Gate;

    #[test]
    fn the_role_is_asked_before_the_holder() {
        let scene = Scene::of(Gate::Actor);
        check(&scene, "passed not_applicable");
        let named = scene.request(json!({ "holder": "h" }));
        check(&named, "this account has no holder `h`");
        let only = named.clone().standing(json!({ "actor": { "only_holder": "g" } }));
        check(&only, "this credential acts for `g` only > choose a holder that you may act for: `g`");
        let viewer = named.policy(json!({ "buyers": ["admin"] }));
        check(&viewer, "an owner may not buy numbers; an administrator may > ask an administrator to buy it");
    }
}
