//! Roles: what somebody is in an account.

/// What somebody is in an account. The policy says who may do what.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
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
