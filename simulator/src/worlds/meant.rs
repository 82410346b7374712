//! Which world a request means, and the request as that world gets it.

use super::WorldName;
use crate::http::Request;
use crate::kit::auth::{basic, basic_header, is_credential};

/// The header that names a world, for clients whose base address is fixed.
const HEADER: &str = "x-ringup-world";

/// The world that a request means.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Meant {
    /// Its name as the request writes it; none is the main world.
    pub name: Option<String>,
    /// How it was named.
    pub by: By,
    /// The request without the name.
    pub request: Request,
}

/// How a request names its world.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum By {
    /// Not at all, by its header, or by its credentials.
    Other,
    /// By its path, so that links in the answer's headers are below it.
    Path,
}

/// The world that a request means: its path says it, else the header `x-ringup-world`, else its credentials.
pub(super) fn meant(request: &Request) -> Meant {
    let mut inner = request.clone();
    let named = inner.headers.remove(HEADER);
    let signed = without_name(&mut inner);
    if let Some((name, rest)) = WorldName::in_path(&request.path) {
        inner.path = if rest.starts_with('/') { rest.to_owned() } else { format!("/{rest}") };
        return Meant { name: Some(name.to_owned()), by: By::Path, request: inner };
    }
    let name = named.or_else(|| signed.map(String::from));
    Meant { name, by: By::Other, request: inner }
}

/// Takes the world's name off the credentials.
fn without_name(request: &mut Request) -> Option<WorldName> {
    let mut found = None;
    for (name, value) in &mut request.headers {
        if !is_credential(name) {
            continue;
        }
        if let Some((user, password)) = basic(value) {
            if let Some((alone, world)) = WorldName::in_credential(&password) {
                (*value, found) = (basic_header(&user, alone), Some(world));
            }
        } else if let Some((alone, world)) = WorldName::in_credential(value.trim_end()) {
            (*value, found) = (alone.to_owned(), Some(world));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_world_is_named_by_path_header_or_credentials() {
        let named = |request: Request| {
            let Meant { name, request, .. } = meant(&request);
            (name, request)
        };
        let alice = Some("alice".to_owned());
        let within = Request::to("GET", "/_sim/clock?a=b");
        assert_eq!(named(Request::to("GET", "/w/alice/_sim/clock?a=b")), (alice.clone(), within.clone()));
        assert_eq!(named(Request::to("GET", "/w/alice")), (alice.clone(), Request::to("GET", "/")));
        assert_eq!(named(within.clone().with(HEADER, "alice")), (alice.clone(), within.clone()));
        assert_eq!(named(within.clone()), (None, within.clone()));
        for (name, sent, alone) in [
            ("authorization", "Bearer sk~alice".to_owned(), "Bearer sk".to_owned()),
            ("authorization", basic_header("AC1", "token~alice"), basic_header("AC1", "token")),
            ("x-api-key", "key~alice".into(), "key".into()),
            ("x-auth-token", "token~alice".into(), "token".into()),
        ] {
            let (world, request) = named(within.clone().with(name, sent));
            assert_eq!((world, request.header(name)), (alice.clone(), Some(alone.as_str())), "{name}");
        }
        // The path outranks the others; a customer's own key for repeats is no credential.
        let both = Request::to("GET", "/w/bob/").with(HEADER, "alice").with("authorization", "Bearer sk~alice");
        assert_eq!(named(both), (Some("bob".into()), Request::to("GET", "/").with("authorization", "Bearer sk")));
        let keyed = within.with("idempotency-key", "mine~alice");
        assert_eq!(named(keyed.clone()), (None, keyed));
    }
}
