//! Who calls: what an `Authorization` header says.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::http::Request;
use crate::retailer::{Caller, Session};

/// Whose key the request carries: `Authorization: Bearer KEY`.
pub fn caller(request: &Request, session: &Session<'_>) -> Option<Caller> {
    session.caller(bearer(request.header("authorization")?)?)
}

/// The token of `Bearer TOKEN`.
pub fn bearer(authorization: &str) -> Option<&str> {
    of_scheme("bearer", authorization)
}

/// Name and password of `Basic BASE64`: RFC 7617.
pub fn basic(authorization: &str) -> Option<(String, String)> {
    let decoded = STANDARD.decode(of_scheme("basic", authorization)?).ok()?;
    let decoded = String::from_utf8(decoded).ok()?;
    decoded.split_once(':').map(|(name, password)| (name.to_owned(), password.to_owned()))
}

/// The header that `basic` reads.
pub fn basic_header(name: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{name}:{password}")))
}

/// Whether a header carries credentials. A customer's own key for repeats does not.
pub fn is_credential(header: &str) -> bool {
    ["authorization", "key", "token"].iter().any(|word| header.contains(word)) && header != "idempotency-key"
}

/// Whether a field of a credential is a secret; ids are not.
pub fn is_secret(field: &str) -> bool {
    field.ends_with("_key") || field.ends_with("_token")
}

fn of_scheme<'a>(scheme: &str, authorization: &'a str) -> Option<&'a str> {
    let (found, credentials) = authorization.trim().split_once(' ')?;
    found.eq_ignore_ascii_case(scheme).then_some(credentials.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read_as_its_scheme_says() {
        assert_eq!(bearer(" bearer  a b "), Some("a b"));
        assert_eq!([bearer("Basic a"), bearer("Bearer"), bearer("")], [None; 3]);
        // RFC 7617, section 2.
        let known = ("Aladdin".to_owned(), "open sesame".to_owned());
        assert_eq!(basic("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), Some(known));
        assert_eq!(basic(&basic_header("a", "b:c")), Some(("a".into(), "b:c".into())));
        assert_eq!(["Basic", "Basic c2s6=", "Basic c2s", "Bearer YTpi"].map(basic), [const { None }; 4]);
    }
}
