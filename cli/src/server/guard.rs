//! Who may speak to the server: requests to its own names, from its own pages, and with the token where there is one.
//!
//! A page of another origin cannot read what the server answers, but its browser would send a form or a plain text. And a name
//! that leads to this machine for a moment ("DNS rebinding") makes a foreign page the server's own.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use axum::http::header::{AUTHORIZATION, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, Method, Request, Uri};
use ringup_simulator::http::Response;
use ringup_simulator::router;
use serde_json::json;
use subtle::ConstantTimeEq as _;

/// The cookie that holds the token of a browser.
const COOKIE_NAME: &str = "ringup_token";

/// What the server asks of a request before anything of it is done.
#[derive(Clone, Debug)]
pub struct Guard {
    listens_at: IpAddr,
    names: Vec<String>,
    own_origins: Vec<Origin>,
    allowed_origins: Vec<Origin>,
    token: Option<Token>,
}

/// A page's origin: `http://localhost:3000`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Origin {
    text: String,
    place: Place,
}

/// The secret that opens the control plane.
#[derive(Clone, Eq, PartialEq)]
pub struct Token(String);

/// A host, and a port where it is not the usual one.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Place {
    host: String,
    port: Option<u16>,
}

impl Guard {
    /// The guard of a server that listens at this address: it answers to that address, `localhost` and loopback addresses.
    #[must_use]
    pub const fn of(address: SocketAddr) -> Self {
        Self {
            listens_at: address.ip(),
            names: Vec::new(),
            own_origins: Vec::new(),
            allowed_origins: Vec::new(),
            token: None,
        }
    }

    /// The same with one more name of the server: `simulator.test`.
    #[must_use]
    pub fn named(mut self, host: &str) -> Self {
        self.names.push(host.to_ascii_lowercase());
        self
    }

    /// The same for a server that is reached at this URL, too.
    #[must_use]
    pub fn reached_at(mut self, url: &str) -> Self {
        if let Ok(uri) = url.parse::<Uri>()
            && let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority())
            && let Ok(origin) = format!("{scheme}://{authority}").parse::<Origin>()
        {
            self.names.push(origin.place.host.clone());
            self.own_origins.push(origin);
        }
        self
    }

    /// The same with an origin whose pages may use the server.
    #[must_use]
    pub fn allowing(mut self, origin: Origin) -> Self {
        self.allowed_origins.push(origin);
        self
    }

    /// The same with a control plane that asks for this token.
    #[must_use]
    pub fn behind(mut self, token: Token) -> Self {
        self.token = Some(token);
        self
    }

    /// The origins whose pages may use the server, as headers.
    #[must_use]
    pub(super) fn allowed_origins(&self) -> Vec<HeaderValue> {
        self.allowed_origins.iter().filter_map(|origin| HeaderValue::from_str(&origin.text).ok()).collect()
    }

    /// The answer to a request that is not for this server, or not from who may send it; none, if it may go on.
    pub(super) fn refusal<B>(&self, request: &Request<B>) -> Option<Response> {
        let place = place_of(request);
        let Some(place) = place.filter(|place| self.is_own(&place.host)) else {
            return Some(foreign_host(request.headers()));
        };
        if let Some(origin) = request.headers().get(ORIGIN)
            && !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS)
            && !self.may_send(origin, &place)
        {
            return Some(foreign_origin(origin));
        }
        let token = self.token.as_ref()?;
        if !router::is_control_plane(request.uri().path()) || token.is_in(request.headers()) {
            return None;
        }
        Some(no_token())
    }

    /// The answer to a browser that brings the token in the address of the page: it keeps it as a cookie.
    pub(super) fn welcome<B>(&self, request: &Request<B>) -> Option<Response> {
        let token = self.token.as_ref()?;
        let query = request.uri().query().filter(|_| request.uri().path() == "/")?;
        let brought = query.split('&').find_map(|pair| pair.strip_prefix("token="))?;
        token.is(brought).then(|| {
            let cookie = format!("{COOKIE_NAME}={}; Path=/; HttpOnly; SameSite=Strict", token.0);
            Response::empty(303).with(LOCATION.as_str(), "/").with(SET_COOKIE.as_str(), cookie)
        })
    }

    fn is_own(&self, host: &str) -> bool {
        let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
        match bare.parse::<IpAddr>() {
            // An address needs no lookup, so that nobody can bend it.
            Ok(address) => address.is_loopback() || self.listens_at.is_unspecified() || address == self.listens_at,
            Err(_) => bare == "localhost" || bare.ends_with(".localhost") || self.names.iter().any(|name| name == bare),
        }
    }

    fn may_send(&self, origin: &HeaderValue, place: &Place) -> bool {
        let Some(origin) = origin.to_str().ok().and_then(|text| text.parse::<Origin>().ok()) else { return false };
        origin.place == *place || self.own_origins.contains(&origin) || self.allowed_origins.contains(&origin)
    }
}

impl FromStr for Origin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let help = "write scheme, host and port as a browser sends them: `http://localhost:3000`";
        let wrong = || format!("`{text}` is not an origin; {help}");
        let (scheme, rest) = text.split_once("://").ok_or_else(wrong)?;
        let usual = match scheme {
            "http" => 80,
            "https" => 443,
            _ => return Err(wrong()),
        };
        let authority: Authority = rest.parse().map_err(|_| wrong())?;
        if rest.contains('@') {
            return Err(wrong());
        }
        let port = authority.port_u16().filter(|port| *port != usual);
        let place = Place { host: authority.host().to_ascii_lowercase(), port };
        Ok(Self { text: text.to_ascii_lowercase(), place })
    }
}

impl Token {
    /// The length below which a token can be guessed.
    const LENGTH_MIN: usize = 16;

    /// A new one that nobody can guess.
    ///
    /// # Errors
    /// The machine has no random numbers.
    pub fn random() -> Result<Self, String> {
        let mut bytes = [0; 24];
        getrandom::fill(&mut bytes).map_err(|error| format!("this machine gave no random token: {error}"))?;
        Ok(Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// The token as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn is(&self, other: &str) -> bool {
        self.0.as_bytes().ct_eq(other.as_bytes()).into()
    }

    fn is_in(&self, headers: &HeaderMap) -> bool {
        let text = |value: &HeaderValue| value.to_str().ok().map(str::to_owned);
        let bearer = headers.get(AUTHORIZATION).and_then(text);
        let bearer = bearer.as_deref().and_then(ringup_simulator::kit::auth::bearer);
        let cookies: Vec<String> = headers.get_all(COOKIE).iter().filter_map(text).collect();
        let mut cookies =
            cookies.iter().flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        bearer.is_some_and(|bearer| self.is(bearer))
            || cookies.any(|(name, value)| name == COOKIE_NAME && self.is(value))
    }
}

impl FromStr for Token {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        if text.len() < Self::LENGTH_MIN || !text.bytes().all(fits) {
            return Err(format!("a token has at least {} letters, digits, `-`, `_` or `.`", Self::LENGTH_MIN));
        }
        Ok(Self(text.to_owned()))
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Where a request is sent: the address line's host, else the header's.
fn place_of<B>(request: &Request<B>) -> Option<Place> {
    let authority = match request.uri().authority() {
        Some(authority) => authority.clone(),
        None => request.headers().get(HOST)?.to_str().ok()?.parse().ok()?,
    };
    let port = authority.port_u16().filter(|port| !matches!(port, 80 | 443));
    Some(Place { host: authority.host().to_ascii_lowercase(), port })
}

fn foreign_host(headers: &HeaderMap) -> Response {
    let host = headers.get(HOST).map_or_else(String::new, |host| String::from_utf8_lossy(host.as_bytes()).into_owned());
    let message = format!("the server does not answer to the host `{host}`");
    refused(421, "foreign_host", &message, "use its address, or start it with `--host-name NAME`")
}

fn foreign_origin(origin: &HeaderValue) -> Response {
    let origin = String::from_utf8_lossy(origin.as_bytes());
    let message = format!("a page of `{origin}` may not change anything here");
    refused(403, "foreign_origin", &message, "to let that page do so, start the server with `--cors ORIGIN`")
}

fn no_token() -> Response {
    let help = "send `Authorization: Bearer TOKEN`; the server printed the token when it started";
    refused(401, "no_token", "the control plane asks for a token", help).with("www-authenticate", "Bearer")
}

fn refused(status: u16, code: &str, message: &str, help: &str) -> Response {
    Response::json(status, json!({ "error": { "code": code, "message": message, "help": help } }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard() -> Guard {
        Guard::of("127.0.0.1:8787".parse().unwrap())
    }

    fn status(guard: &Guard, method: &str, path: &str, headers: &[(&str, &str)]) -> Option<u16> {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        guard.refusal(&request.body(()).unwrap()).map(|refused| refused.status)
    }

    #[test]
    fn only_its_own_names_are_answered() {
        let own = guard().named("Simulator.Test").reached_at("https://sim.example/ringup");
        let on_all = Guard::of("0.0.0.0:8787".parse().unwrap());
        let on_one = Guard::of("192.0.2.1:8787".parse().unwrap());
        for (guard, host, expected) in [
            (&own, "127.0.0.1:8787", None),
            (&own, "127.0.0.1", None),
            (&own, "localhost:1", None),
            (&own, "LOCALHOST:8787", None),
            (&own, "tests.localhost:8787", None),
            (&own, "[::1]:8787", None),
            (&own, "simulator.test:8787", None),
            (&own, "sim.example", None),
            (&own, "evil.example:8787", Some(421)),
            (&own, "127.0.0.1.evil.example", Some(421)),
            (&own, "localhost.evil.example", Some(421)),
            (&own, "192.0.2.1", Some(421)),
            (&own, "", Some(421)),
            (&on_all, "192.0.2.1:8787", None),
            (&on_all, "evil.example", Some(421)),
            (&on_one, "192.0.2.1:8787", None),
            (&on_one, "192.0.2.2:8787", Some(421)),
        ] {
            assert_eq!(status(guard, "GET", "/_sim/accounts", &[("host", host)]), expected, "{host}");
        }
        assert_eq!(status(&own, "GET", "/", &[]), Some(421));
    }

    #[test]
    fn a_page_of_another_origin_changes_nothing_unless_it_is_named() {
        let here = ("host", "localhost:8787");
        let allowing = guard().allowing("http://localhost:3000".parse().unwrap());
        for (origin, is_own) in [
            ("http://localhost:8787", true),
            ("http://LOCALHOST:8787", true),
            ("http://localhost:3000", false),
            ("http://127.0.0.1:8787", false),
            ("http://localhost", false),
            ("http://evil.example", false),
            ("http://localhost:8787@evil.example", false),
            ("null", false),
            ("", false),
        ] {
            for method in ["POST", "PUT", "PATCH", "DELETE"] {
                let expected = (!is_own).then_some(403);
                assert_eq!(status(&guard(), method, "/_sim/reset", &[here, ("origin", origin)]), expected, "{origin}");
                let path = "/zernio/api/v1/phone-numbers/purchase";
                assert_eq!(status(&guard(), method, path, &[here, ("origin", origin)]), expected, "{origin}");
            }
            assert_eq!(status(&guard(), "GET", "/_sim/clock", &[here, ("origin", origin)]), None);
        }
        assert_eq!(status(&allowing, "POST", "/_sim/reset", &[here, ("origin", "http://localhost:3000")]), None);
        assert_eq!(status(&allowing, "POST", "/_sim/reset", &[here, ("origin", "http://localhost:3001")]), Some(403));
        // Behind a proxy that speaks TLS, the page's own origin is the public one.
        let public = guard().reached_at("https://sim.example");
        let sent = [("host", "sim.example"), ("origin", "https://sim.example")];
        assert_eq!(status(&public, "POST", "/_sim/reset", &sent), None);
    }

    #[test]
    fn the_token_opens_the_control_plane() {
        let guard = guard().behind("0123456789abcdef".parse().unwrap());
        let here = ("host", "localhost:8787");
        let status = |path, header| status(&guard, "GET", path, &[here, header]);
        assert_eq!(status("/_sim/accounts", ("x-none", "")), Some(401));
        assert_eq!(status("/_sim/accounts", ("authorization", "Bearer 0123456789abcde")), Some(401));
        assert_eq!(status("/_sim/accounts", ("authorization", "Bearer 0123456789abcdef")), None);
        assert_eq!(status("/_sim/accounts", ("cookie", "a=b; ringup_token=0123456789abcdef")), None);
        assert_eq!(status("/_sim/accounts", ("cookie", "ringup_token=")), Some(401));
        // The systems have their own credentials, and the payer has none.
        for open in ["/", "/zernio/api/v1/phone-numbers", "/_sim/checkout/cs_1"] {
            assert_eq!(status(open, ("x-none", "")), None, "{open}");
        }
        let come = |uri: &str| guard.welcome(&Request::get(uri).body(()).unwrap()).map(|answer| answer.status);
        assert_eq!(come("/?token=0123456789abcdef"), Some(303));
        assert_eq!([come("/?token=wrong"), come("/"), come("/x?token=0123456789abcdef")], [None; 3]);
    }

    #[test]
    fn what_is_no_origin_and_no_token_is_told() {
        for wrong in ["", "*", "null", "localhost:3000", "ftp://localhost", "http://", "http://a/b", "http://a@b"] {
            assert!(wrong.parse::<Origin>().is_err_and(|told| told.contains("http://localhost:3000")), "{wrong}");
        }
        for wrong in ["", "short", "0123456789 abcdef", "0123456789abcde;"] {
            assert!(wrong.parse::<Token>().is_err(), "{wrong}");
        }
        let (one, two) = (Token::random().unwrap(), Token::random().unwrap());
        assert!(one != two && one.as_str().parse::<Token>() == Ok(one.clone()));
        assert_eq!(format!("{one:?}"), "Token(…)");
    }
}
