//! Where a message may be sent: to this machine, by plain HTTP, and nowhere else.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use ::http::Uri;

/// The port of a URL that names none.
const PORT: u16 = 80;

/// An address on this machine.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Destination {
    /// The sockets to try, in this order.
    pub sockets: Vec<SocketAddr>,
    /// The host and port, as the URL writes them.
    pub host: String,
    /// The path with its query.
    pub path: String,
}

impl Destination {
    /// Reads a URL. A name is never looked up: of names only `localhost` is known to be this machine.
    ///
    /// # Errors
    /// Why nothing is sent there, in a sentence.
    pub fn parse(url: &str) -> Result<Self, String> {
        let uri: Uri = url.parse().map_err(|_| format!("`{url}` is not a URL"))?;
        match uri.scheme_str().map(str::to_ascii_lowercase).as_deref() {
            Some("http") => {}
            Some("https") => return Err("only http is spoken here, not https".into()),
            Some(other) => return Err(format!("only http is spoken here, not {other}")),
            None => return Err(format!("`{url}` is not an absolute URL")),
        }
        let name = uri.host().unwrap_or_default();
        let addresses = addresses(name).ok_or_else(|| {
            format!(
                "`{name}` is not this machine: messages are sent to loopback addresses only (127.0.0.1, ::1, localhost)"
            )
        })?;
        let written = uri.authority().and_then(|authority| authority.as_str().rsplit_once(name)).map_or("", |it| it.1);
        let port = match written.trim_start_matches(':') {
            "" => PORT,
            digits => digits.parse().map_err(|_| format!("`{digits}` is not a port"))?,
        };
        let host = format!("{name}:{port}");
        let path = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        Ok(Self { sockets: addresses.into_iter().map(|ip| SocketAddr::new(ip, port)).collect(), host, path })
    }
}

/// The loopback addresses that a host means; none if it means another machine, or may.
fn addresses(host: &str) -> Option<Vec<IpAddr>> {
    if host.eq_ignore_ascii_case("localhost") {
        return Some(vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]);
    }
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    let address: IpAddr = bare.parse().ok()?;
    address.is_loopback().then(|| vec![address])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_written_to() {
        for (url, socket, path) in [
            ("http://127.0.0.1:9000/hooks?a=b", "127.0.0.1:9000", "/hooks?a=b"),
            ("http://127.1.2.3", "127.1.2.3:80", "/"),
            ("http://localhost:1/", "127.0.0.1:1", "/"),
            ("HTTP://LocalHost:1/", "127.0.0.1:1", "/"),
            ("http://[::1]:8/x", "[::1]:8", "/x"),
            ("http://somebody@127.0.0.1:9/x", "127.0.0.1:9", "/x"),
        ] {
            let read = Destination::parse(url).unwrap();
            assert_eq!((read.sockets[0].to_string().as_str(), read.path.as_str()), (socket, path), "{url}");
        }
        for url in [
            "",
            "/hooks",
            "hooks",
            "http://",
            "http:///x",
            "https://127.0.0.1/",
            "ftp://127.0.0.1/",
            "http://example.com/",
            "http://127.0.0.1@example.com/",
            "http://127.0.0.1.example.com/",
            "http://localhost.example.com/",
            "http://10.0.0.1/",
            "http://0.0.0.0/",
            "http://169.254.169.254/latest",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://[::ffff:10.0.0.1]/",
            "http://[::]/",
            "http://127.0.0.1:99999/",
        ] {
            let refused = Destination::parse(url).unwrap_err();
            assert!(!refused.is_empty(), "{url}");
        }
        let refused = Destination::parse("http://example.com/").unwrap_err();
        assert!(refused.contains("loopback"), "{refused}");
    }
}
