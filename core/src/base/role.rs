//! Roles: what an actor is in an account.

use ringup_derive::data;

/// What an actor is in an account. The policy says which roles may buy.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The account is theirs.
    #[default]
    Owner,
    /// Manages the account for the owner.
    Admin,
    /// Works in the account.
    Member,
    /// Reads and changes nothing.
    Viewer,
}

impl Role {
    /// The name in a sentence: `an owner`.
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
