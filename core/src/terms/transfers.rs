//! Transfers: how a number moves from one holder to another.

use alloc::vec::Vec;

use crate::base::diagnostic::Diagnostic;
use crate::base::role::Role;
use ringup_derive::data;

/// How numbers move between the holders of an account. The limits of holders are those of a purchase.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data]
#[serde(default, deny_unknown_fields)]
pub struct Transfers {
    /// The roles that may transfer numbers. Empty: every role.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub roles: Vec<Role>,
    /// For how many seconds after its last use a number stays with its holder. The account's first holder gives numbers
    /// away at any time. Absent: every holder does.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub cool_off_s: Option<u32>,
    /// The roles that may transfer a number that was used within `cool_off_s`. Empty: none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub overriders: Vec<Role>,
}

impl Transfers {
    /// Whether this role may transfer numbers.
    pub(crate) fn may_transfer(&self, role: Role) -> bool {
        self.roles.is_empty() || self.roles.contains(&role)
    }

    /// The mistakes in the figures. Each points into `/policy/transfers`.
    pub(crate) fn mistakes(&self) -> Vec<Diagnostic> {
        let mut mistakes = Vec::new();
        if self.cool_off_s == Some(0) {
            let message = "a cool-off of 0 seconds holds no number back";
            let help = "write 1 or more seconds, such as 1296000, or remove `cool_off_s`";
            mistakes.push(Diagnostic::value("/policy/transfers/cool_off_s", message, help));
        }
        if self.cool_off_s.is_none() && !self.overriders.is_empty() {
            let message = "roles may transfer numbers in their cool-off, and there is none";
            let help = "add `cool_off_s`, or remove `overriders`";
            mistakes.push(Diagnostic::parts("/policy/transfers/overriders", message, help));
        }
        mistakes
    }
}
