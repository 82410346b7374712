//! Who calls, and in which account's name: basic authentication with a SID and its token, and the SID in the path.

use ringup_core::{Actor, HolderId};

use super::{sids, status};
use crate::http::{Request, Response};
use crate::kit::auth;
use crate::retailer::{Caller, Session};

/// A caller at an account.
pub(super) struct Visit {
    pub(super) caller: Caller,
    /// The SID of the account that pays.
    pub(super) parent: String,
    /// The SID in the path: the parent's, or that of one of its subaccounts.
    pub(super) account: String,
    /// Whether the credentials are the parent's.
    pub(super) by_parent: bool,
    /// Whether the credentials are for tests: they buy nothing.
    pub(super) is_test: bool,
}

/// What a credential is looked up by.
pub(super) fn lookup(sid: &str, token: &str) -> String {
    format!("{sid} {token}")
}

/// Who calls: by the SID of the credentials.
pub(super) fn of(request: &Request, session: &Session<'_>) -> Result<Visit, Response> {
    let signed = request.header("authorization").and_then(auth::basic);
    let caller = signed.and_then(|(sid, token)| session.caller(&lookup(&sid, &token)));
    let caller = caller.ok_or_else(status::authenticate)?;
    let parent = sids::account(&caller.account);
    let own = caller.actor.only_holder.as_ref().map_or_else(|| parent.clone(), HolderId::to_string);
    let is_test = own == sids::test(&parent);
    let visit = Visit { by_parent: own == parent, account: own.clone(), parent, caller, is_test };
    // A subaccount that was suspended or closed may do nothing.
    if is_test || is_active(&own, &visit.caller, session) { Ok(visit) } else { Err(status::authenticate()) }
}

impl Visit {
    /// The same at the account that a path names, if these credentials give access to it.
    pub(super) fn at(self, account: &str, session: &Session<'_>) -> Result<Self, Response> {
        let is_own = account == self.account;
        if is_own || self.by_parent && is_known(account, &self.caller, session) {
            Ok(Self { account: account.to_owned(), ..self })
        } else {
            Err(status::authenticate())
        }
    }

    /// Who acts: the parent's credentials act for all of its accounts.
    pub(super) const fn actor(&self) -> &Actor {
        &self.caller.actor
    }
}

/// Whether the SID is that of the caller's account or of one of its subaccounts.
pub(super) fn is_known(sid: &str, caller: &Caller, session: &Session<'_>) -> bool {
    let account = session.account(&caller.account);
    sid.parse().is_ok_and(|holder: HolderId| account.is_some_and(|account| account.holder(&holder).is_some()))
}

/// Whether it may get numbers.
pub(super) fn is_active(sid: &str, caller: &Caller, session: &Session<'_>) -> bool {
    let account = session.account(&caller.account);
    let holder = sid.parse().ok().and_then(|holder: HolderId| account?.holder(&holder));
    holder.is_some_and(|holder| holder.allowed)
}
