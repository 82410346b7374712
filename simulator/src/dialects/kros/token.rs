//! The sessions of the dashboard: JWTs in the style of Supabase Auth, signed with a published secret.
//!
//! A test signs its own tokens with [`SECRET`]; they expire by the world's clock.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use hmac::{Hmac, KeyInit, Mac};
use ringup_core::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Number;
use sha2::Sha256;

/// What the simulator's tokens are signed with: no secret at all.
pub(super) const SECRET: &str = "kros-simulator-published-test-secret";

/// The header of the simulator's tokens.
const HEADER: &str = r#"{"typ":"JWT","alg":"HS256"}"#;

/// When the tokens of the world's own accounts expire: 2100-01-01T00:00:00Z.
const EXPIRY: u64 = 4_102_444_800;

const NO_TOKEN: &str = "it is neither a key nor a token";
const UNSIGNED: &str = "the token is not signed with HS256 and the published test secret";
const UNREADABLE: &str = "the token's claims cannot be read: it needs sub and exp";

#[derive(Deserialize)]
struct Header {
    alg: String,
}

#[derive(Deserialize, Serialize)]
struct Claims {
    /// The user.
    sub: String,
    /// When the token expires, in seconds.
    exp: Number,
    /// Not valid before, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nbf: Option<Number>,
}

/// A token of this user.
pub(super) fn issue(user: &str) -> Option<String> {
    let claims = Claims { sub: user.to_owned(), exp: EXPIRY.into(), nbf: None };
    let message = format!("{}.{}", BASE64.encode(HEADER), BASE64.encode(serde_json::to_vec(&claims).ok()?));
    let signature = BASE64.encode(mac(&message)?.finalize().into_bytes());
    Some(format!("{message}.{signature}"))
}

/// The user whose token this is. A token never says how it is to be checked, and time is the world's.
///
/// # Errors
/// Why it names nobody.
pub(super) fn user(token: &str, now: Timestamp) -> Result<String, &'static str> {
    let (message, signature) = token.rsplit_once('.').ok_or(NO_TOKEN)?;
    let (header, claims) = message.split_once('.').ok_or(NO_TOKEN)?;
    let decoded = |part| BASE64.decode(part).map_err(|_| NO_TOKEN);
    let (header, claims, signature) = (decoded(header)?, decoded(claims)?, decoded(signature)?);
    let is_hs256 = serde_json::from_slice::<Header>(&header).is_ok_and(|header| header.alg == "HS256");
    if !is_hs256 || mac(message).is_none_or(|mac| mac.verify_slice(&signature).is_err()) {
        return Err(UNSIGNED);
    }
    // Supabase's audience is `authenticated`, and the seed does not name it: `aud` is not looked at.
    let Claims { sub, exp, nbf } = serde_json::from_slice(&claims).map_err(|_| UNREADABLE)?;
    let exp = second(&exp).filter(|exp| 0 <= *exp).ok_or(UNREADABLE)?;
    let now = now.as_millis().div_euclid(1000);
    if exp <= now {
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

/// HMAC with SHA-256 under the secret; none never, for every key is long enough.
fn mac(message: &str) -> Option<Hmac<Sha256>> {
    Some(Hmac::new_from_slice(SECRET.as_bytes()).ok()?.chain_update(message))
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
        for (flaw, token, expected) in [
            ("unsigned", "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJhZGEiLCJleHAiOjQxMDI0NDQ4MDB9.", UNSIGNED),
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
