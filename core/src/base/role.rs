//! Roles: what somebody is in an account.

use ringup_derive::data;

/// What somebody is in an account. The policy says who may do what.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Whose account it is.
    #[default]
    Owner,
    /// Runs the account for the owner.
    Admin,
    /// Works with it.
    Member,
    /// Looks only.
    Viewer,
}

impl Role {
    /// What a person calls it: `an owner`.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Owner => "an owner",
            Self::Admin => "an administrator",
            Self::Member => "a member",
            Self::Viewer => "a viewer",
        }
    }
}
