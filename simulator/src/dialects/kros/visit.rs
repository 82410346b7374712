//! Who calls, and for which organization.

use ringup_core::{Account, Role, Timestamp};

use super::status::{self, Unsigned};
use super::token;
use crate::http::{Request, Response};
use crate::kit::auth;
use crate::retailer::{Caller, Session};

/// A caller in one of the organizations that its user belongs to.
pub(super) struct Visit {
    pub(super) caller: Caller,
    pub(super) organization: String,
}

impl Visit {
    /// Whether the caller may buy, route and release.
    pub(super) fn may_change(&self) -> bool {
        let buyers = &super::SHOP.policy().buyers;
        buyers.is_empty() || buyers.contains(&self.caller.actor.role)
    }

    /// Whether the caller may see how a telephone signs in.
    pub(super) const fn may_see_credentials(&self) -> bool {
        match self.caller.actor.role {
            Role::Owner | Role::Admin => true,
            Role::Member | Role::Viewer => false,
        }
    }
}

/// Reads who calls: by a key or a session, in the organization that the header names, or else in the user's first one.
pub(super) fn visit(request: &Request, session: &Session<'_>) -> Result<Visit, Response> {
    let who = who(request, session.now()).map_err(status::unauthorized)?;
    let first = session.caller(&lookup(&who, None));
    let first = first.ok_or_else(|| status::unauthorized(Unsigned::Unknown("no such key or user")))?;
    let named = request.header("x-organization-id").map(str::trim).filter(|text| !text.is_empty());
    let caller = match named {
        None => first,
        Some(organization) => session
            .caller(&lookup(&who, Some(&organization.to_ascii_lowercase())))
            .ok_or_else(|| status::foreign_organization(organization))?,
    };
    let organization = session.account(&caller.account).map(organization).unwrap_or_default();
    Ok(Visit { caller, organization })
}

/// An account's organization: the one holder of its numbers.
pub(super) fn organization(account: &Account) -> String {
    account.holders().next().map(|holder| holder.id.to_string()).unwrap_or_default()
}

fn who(request: &Request, now: Timestamp) -> Result<String, Unsigned> {
    let key = |text: &str| is_key(text).then(|| by_key(text));
    if let Some(authorization) = request.header("authorization") {
        let bearer =
            auth::bearer(authorization).ok_or(Unsigned::Unknown("the Authorization header is not `Bearer TOKEN`"))?;
        return match key(bearer) {
            Some(who) => Ok(who),
            None => token::user(bearer, now).map(|user| by_session(&user)).map_err(Unsigned::Unknown),
        };
    }
    let sent = request.header("x-api-key").ok_or(Unsigned::Nothing)?;
    key(sent.trim()).ok_or(Unsigned::Unknown("a key begins with kros_live_ or kros_test_"))
}

/// Whether a text looks like a key. It has no blank, so that no key can be taken for what a lookup is made of.
fn is_key(text: &str) -> bool {
    let name = text.strip_prefix("kros_live_").or_else(|| text.strip_prefix("kros_test_"));
    name.is_some_and(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic()))
}

/// What the bearer of a key is known by.
pub(super) fn by_key(key: &str) -> String {
    format!("key {key}")
}

/// What the user of a session is known by. The user's name is the token's to choose: only one without a blank is looked up.
pub(super) fn by_session(user: &str) -> String {
    format!("user {}", user.replace(char::is_whitespace, "_"))
}

/// What a credential is looked up by.
pub(super) fn lookup(who: &str, organization: Option<&str>) -> String {
    organization.map_or_else(|| who.to_owned(), |organization| format!("{who} {organization}"))
}
