//! The name of a world, as paths, headers and credentials carry it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::kit::auth::is_secret;

/// A world's name: up to 40 letters a–z, digits and hyphens, the first a letter or digit.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct WorldName(String);

/// The first segment of the paths of named worlds.
const SEGMENT: &str = "/w/";

/// What stands between a credential and the name of its world.
const BEFORE_NAME: char = '~';

impl WorldName {
    const LENGTH_MAX: usize = 40;

    /// The path below which the world is reached.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{SEGMENT}{}", self.0)
    }

    /// The name as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A path that begins with a world: its name as written, and the path within.
    pub(super) fn in_path(path: &str) -> Option<(&str, &str)> {
        let rest = path.strip_prefix(SEGMENT)?;
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        Some(rest.split_at(end))
    }

    /// A credential that ends with the name of a world: the credential alone, and the name.
    pub(super) fn in_credential(credential: &str) -> Option<(&str, Self)> {
        let (alone, name) = credential.rsplit_once(BEFORE_NAME)?;
        Some((alone, name.parse().ok()?))
    }

    /// The field of a credential as a client of this world has it: keys and tokens carry the name, ids do not.
    pub(crate) fn within_credential(&self, field: &str, value: String) -> String {
        match is_secret(field) {
            true => format!("{value}{BEFORE_NAME}{}", self.0),
            false => value,
        }
    }
}

impl FromStr for WorldName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if text.is_empty() || Self::LENGTH_MAX < text.len() || text.starts_with('-') || !text.bytes().all(fits) {
            let most = Self::LENGTH_MAX;
            return Err(format!("`{text}` is not the name of a world: up to {most} of a–z, 0–9 and `-`, no `-` first"));
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for WorldName {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<WorldName> for String {
    fn from(name: WorldName) -> Self {
        name.0
    }
}

impl fmt::Display for WorldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_fits_into_a_path_and_a_credential() {
        for name in ["a", "0", "alice", "test-17", &"x".repeat(40)] {
            let world: WorldName = name.parse().unwrap();
            let path = format!("{}/_sim/clock?a=b", world.path());
            assert_eq!(WorldName::in_path(&path), Some((name, "/_sim/clock?a=b")));
            let key = world.within_credential("api_key", "sk~1".into());
            assert_eq!(WorldName::in_credential(&key), Some(("sk~1", world.clone())));
            assert_eq!(world.within_credential("auth_id", "MA_1".into()), "MA_1");
        }
        for wrong in ["", "-a", "A", "a b", "a/b", "a~b", "ä", "a.b", &"x".repeat(41)] {
            assert!(wrong.parse::<WorldName>().is_err(), "{wrong}");
        }
        assert_eq!(WorldName::in_path("/w/a"), Some(("a", "")));
        assert_eq!([WorldName::in_path("/_sim"), WorldName::in_path("/w")], [None; 2]);
        assert_eq!([WorldName::in_credential("sk"), WorldName::in_credential("sk~")], [const { None }; 2]);
    }
}
