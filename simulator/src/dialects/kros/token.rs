//! The sessions of the dashboard: JWTs in the style of Supabase Auth, signed with a secret that everybody may know.
//!
//! Whoever tests a dashboard signs tokens of their own with [`SECRET`]; the world's clock says whether they have expired.

use std::sync::LazyLock;

use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use ringup_core::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Number;

use super::hs256;

/// What the simulator's tokens are signed with: no secret at all.
pub(super) const SECRET: &str = "kros-simulator-published-test-secret";

/// When the tokens of the world's own accounts expire: 2100-01-01T00:00:00Z.
const EXPIRY: u64 = 4_102_444_800;

/// Signed with HS256, and nothing else: a token never says how it is to be checked. Time is the world's, not the crate's.
static VALIDATION: LazyLock<Validation> = LazyLock::new(|| {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_required_spec_claims(&["exp", "sub"]);
    validation.validate_exp = false;
    // Supabase's audience is `authenticated`, and the seed does not name it.
    validation.validate_aud = false;
    validation
});

#[derive(Deserialize, Serialize)]
struct Claims {
    /// The user.
    sub: String,
    /// From when on the token holds no more, in seconds.
    exp: Number,
    /// From when on it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nbf: Option<Number>,
}

/// A token of this user.
pub(super) fn issue(user: &str) -> Option<String> {
    hs256::install();
    let claims = Claims { sub: user.to_owned(), exp: EXPIRY.into(), nbf: None };
    encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(SECRET.as_bytes())).ok()
}

/// The user whose token this is.
///
/// # Errors
/// Why it names nobody.
pub(super) fn user(token: &str, now: Timestamp) -> Result<String, &'static str> {
    hs256::install();
    let key = DecodingKey::from_secret(SECRET.as_bytes());
    let claims = decode::<Claims>(token, &key, &VALIDATION).map_err(|error| flaw(&error))?;
    let Claims { sub, exp, nbf } = claims.claims;
    let now = now.as_millis().div_euclid(1000);
    if second(&exp).is_none_or(|exp| exp <= now) {
        return Err("the token has expired");
    }
    if nbf.is_some_and(|nbf| second(&nbf).is_none_or(|nbf| now < nbf)) {
        return Err("the token does not hold yet");
    }
    Ok(sub)
}

/// RFC 7519 lets an instant have a fraction; the second that it lies in is enough here.
fn second(instant: &Number) -> Option<i64> {
    instant.to_string().split('.').next()?.parse().ok()
}

fn flaw(error: &Error) -> &'static str {
    let kind = error.kind();
    if matches!(kind, ErrorKind::InvalidSignature | ErrorKind::InvalidAlgorithm) {
        "the token is not signed with HS256 and the published test secret"
    } else if matches!(kind, ErrorKind::MissingRequiredClaim(_) | ErrorKind::InvalidClaimFormat(_) | ErrorKind::Json(_))
    {
        "the token's claims cannot be read: it needs sub and exp"
    } else {
        "it is neither a key nor a token"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_774_432_800_000);

    /// Made with Python's `hmac`: `{"alg":"HS256","typ":"JWT"}`, `{"sub":"ada","exp":4102444800}`.
    const BY_PYTHON: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZGEiLCJleHAiOjQxMDI0NDQ4MDB9.SDMiupxFaczzzxQ29MyCLrHYgnDY4XSmiyHQp8-mPp0";

    #[test]
    fn a_token_names_its_user_until_it_expires() {
        assert_eq!(user(BY_PYTHON, NOW), Ok("ada".to_owned()));
        assert_eq!(issue("ada").map(|token| user(&token, NOW)), Some(Ok("ada".to_owned())));
        let expiry = Timestamp::from_millis(4_102_444_800_000);
        assert_eq!(user(BY_PYTHON, expiry.plus_millis(-1)), Ok("ada".to_owned()));
        assert_eq!(user(BY_PYTHON, expiry), Err("the token has expired"));
    }

    #[test]
    fn a_token_that_proves_nothing_names_nobody() {
        const UNSIGNED: &str = "the token is not signed with HS256 and the published test secret";
        const UNREADABLE: &str = "the token's claims cannot be read: it needs sub and exp";
        for (flaw, token, expected) in [
            ("unsigned", "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJhZGEiLCJleHAiOjQxMDI0NDQ4MDB9.", UNREADABLE),
            (
                "another secret",
                "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZGEiLCJleHAiOjQxMDI0NDQ4MDB9.ZuDVxPH2-GwlZ1hzqg5bMCbxiWjtAo_y58YdAJjQ5aU",
                UNSIGNED,
            ),
            (
                "HS512",
                "eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZGEiLCJleHAiOjQxMDI0NDQ4MDB9._TfdMTk9jd5MyVFhTi4s_rxFdPeJt2YZ86E9c0nfPYx-RTp36z-E4AJTX_Z7BX6xVxvbvfZB94STaVGDanmirg",
                UNSIGNED,
            ),
            (
                "no expiry",
                "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZGEifQ.RM7529E1wfxYCNFJWHlsK-WZaV7Rwb_hp2Htg_jXWpM",
                UNREADABLE,
            ),
            (
                "no user",
                "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjQxMDI0NDQ4MDB9.f1bNfjRq9W62LeplS6vrRuCwrjmV0-i0ypAKDgCA9TU",
                UNREADABLE,
            ),
            (
                "an expiry that is none",
                "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZGEiLCJleHAiOiJzb29uIn0.wIwYhbs9NkwLZY3fKVMKGFOEzyEXair_CiIG5SJY848",
                UNREADABLE,
            ),
            (
                "an expiry before 1970",
                "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZGEiLCJleHAiOi01fQ.R_lpqTdD_Gsjpn91otuRulqznHf0a5J6H7FNRwECi3Q",
                UNREADABLE,
            ),
            (
                "no instant at all",
                "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZGEiLCJleHAiOjFlKzMwMH0.pS61OALCatOSytNFoNNUSfEzGUxmPaDk9OdT_MMV5Bg",
                UNREADABLE,
            ),
            (
                "not yet",
                "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZGEiLCJleHAiOjQxMDI0NDQ4MDAsIm5iZiI6MTc3NDQzMjgwMX0.UFXbc2QCCB3iWy40z2oy-24BQ8-KyOS8VCwO7hDYIrE",
                "the token does not hold yet",
            ),
        ] {
            assert_eq!(user(token, NOW), Err(expected), "{flaw}");
        }
        for text in ["", ".", "..", "a.b.c", "kros_test_ready", "user ada"] {
            assert!(user(text, NOW).is_err(), "{text}");
        }
        // An instant may have a fraction.
        assert_eq!(
            user(
                "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZGEiLCJleHAiOjE3NzQ0MzI4MDEuNX0.cG4M-gy5WDi9CjD_zYlNC44wALTNOb2zIiTxtnWIQV8",
                NOW
            ),
            Ok("ada".to_owned())
        );
    }
}
