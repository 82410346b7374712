//! Key form: an idempotency key has 1 to `length_max` characters of printable ASCII.

use alloc::vec::Vec;
use core::fmt;

use super::field::{DecidingField, set, within};
use super::{Family, Input, Judgement, Refusal, Rejection, Remedy, Verdict};
use crate::account::key::{self, IdempotencyKey};
use crate::base::words::counted;
use ringup_derive::data;

/// The key is empty, too long, or has characters other than printable ASCII.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct Malformed {
    /// The length of the key, in characters.
    pub length: u32,
    /// The longest key, in characters.
    pub length_max: u32,
}

/// The length of the key and the longest length.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct Fits {
    /// The length of the key, in characters.
    pub length: u32,
    /// The longest key, in characters.
    pub length_max: u32,
}

pub(super) fn judge(input: &Input<'_>) -> Judgement<Fits, Malformed> {
    let (Some(rules), Some(text)) = (&input.policy.idempotency, &input.request.typed.idempotency_key) else {
        return Judgement::NotApplicable;
    };
    let (length, length_max) = (key::length(text), rules.length_max);
    match IdempotencyKey::read(text, length_max) {
        Some(_) => Judgement::Passed(Fits { length, length_max }),
        None => Judgement::Blocked(Malformed { length, length_max }),
    }
}

pub(super) fn deciding_field(input: &Input<'_>, judged: &Verdict) -> Option<DecidingField> {
    input.request.typed.idempotency_key.as_ref()?;
    Some(match judged {
        // The key is malformed for a reason other than its length.
        Verdict::Blocked { rejection: Rejection::KeyMalformed(Malformed { length, length_max }) }
            if length <= length_max =>
        {
            set("/policy/idempotency")
        }
        Verdict::Blocked { .. } | Verdict::Passed { .. } | Verdict::Waiting { .. } => {
            within(input.policy.idempotency.is_some(), "/policy/idempotency", "length_max")
        }
    })
}

impl Refusal for Malformed {
    fn family(&self) -> Family {
        Family::Malformed
    }

    fn is_transient(&self) -> bool {
        false
    }

    fn fixes(&self, _: &Input<'_>, fixes: &mut Vec<Remedy>) {
        fixes.push(Remedy::UseFreshKey { length_max: self.length_max });
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { length, length_max } = *self;
        if length == 0 {
            write!(f, "the idempotency key is empty: write 1 to {length_max} characters")
        } else if length_max < length {
            write!(f, "the idempotency key is too long: {} of at most {length_max}", counted(length, "character"))
        } else {
            f.write_str(
                "the idempotency key has a character other than the letters, digits and signs of ASCII: remove it",
            )
        }
    }
}

impl fmt::Display for Fits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of at most {} characters", self.length, self.length_max)
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use serde_json::json;

    use super::super::scene::{Scene, check};
    use crate::gates::Gate;

    #[test]
    fn a_key_has_one_character_at_least_and_no_more_than_the_most() {
        let scene = Scene::of(Gate::KeyForm).policy(json!({ "idempotency": { "length_max": 3, "fingerprint": [] } }));
        let of = |key: &str| scene.clone().request(json!({ "idempotency_key": key }));
        check(&scene, "passed not_applicable");
        check(&of("abc"), "passed key_length");
        let fix = "use a fresh key of at most 3 characters of ASCII";
        let empty = "the idempotency key is empty: write 1 to 3 characters";
        check(&of(""), &format!("{empty} > {fix}"));
        check(&of("abcd"), &format!("the idempotency key is too long: 4 characters of at most 3 > {fix}"));
        let other = "the idempotency key has a character other than the letters, digits and signs of ASCII: remove it";
        for key in ["a\nb", "\u{e9}", "e\u{301}", "a\u{a0}b"] {
            check(&of(key), &format!("{other} > {fix}"));
        }
        // Blanks around a key are not part of it.
        check(&of(" abc\t"), "passed key_length");
        check(&of("   "), &format!("{empty} > {fix}"));
    }
}
