//! One table of routes: what is served, and where. Which methods a path has, and so what a 405 allows, follows from it.

use std::sync::OnceLock;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use crate::http::{Request, Response};

/// Characters that must be encoded within a segment.
const IN_A_SEGMENT: &AsciiSet = &CONTROLS.add(b'/').add(b'%');

/// Method, path and handler. A segment in braces matches any: `/numbers/{id}`.
pub type Route<T> = (&'static str, &'static str, T);

/// A table of routes. A literal path outranks one with braces.
pub struct Routes<T: 'static> {
    rows: &'static [Route<T>],
    /// Aliases of path prefixes: the alias, the prefix in the table.
    spellings: &'static [(&'static str, &'static str)],
    /// The rows of each path, by their places in the table.
    paths: OnceLock<matchit::Router<Vec<usize>>>,
}

/// The route of a request.
pub enum Found<'a, T> {
    /// The handler.
    Here(&'a T, Call<'a>),
    /// The path exists with other methods.
    OtherMethods(Allow),
    /// The path does not exist.
    Nowhere,
}

/// A request to a route, with the values of its named segments.
pub struct Call<'a> {
    /// The request.
    pub request: &'a Request,
    named: Vec<(String, String)>,
}

/// The methods that a path has: `GET, HEAD, POST`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Allow(String);

impl<T> Routes<T> {
    /// A table.
    pub const fn new(rows: &'static [Route<T>]) -> Self {
        Self::spelt(&[], rows)
    }

    /// A table with aliases of path prefixes.
    pub const fn spelt(spellings: &'static [(&'static str, &'static str)], rows: &'static [Route<T>]) -> Self {
        Self { rows, spellings, paths: OnceLock::new() }
    }

    /// The rows, in the order of the table.
    pub const fn rows(&self) -> &'static [Route<T>] {
        self.rows
    }

    /// Method and path of each row.
    pub fn listed(&self) -> Vec<(&'static str, &'static str)> {
        self.rows.iter().map(|(method, path, _)| (*method, *path)).collect()
    }

    /// Finds the route of a request.
    pub fn find<'a>(&'a self, request: &'a Request) -> Found<'a, T> {
        let path = self.canonical(request);
        let Ok(found) = self.paths().at(&path) else { return Found::Nowhere };
        let here = || found.value.iter().filter_map(|place| self.rows.get(*place));
        match here().find(|(method, ..)| *method == request.method) {
            Some((_, _, to)) => {
                let decoded = |text| percent_decode_str(text).decode_utf8_lossy().into_owned();
                let named = found.params.iter().map(|(name, text)| (name.to_owned(), decoded(text)));
                Found::Here(to, Call { request, named: named.collect() })
            }
            None => Found::OtherMethods(Allow::of(here().map(|(method, ..)| *method))),
        }
    }

    /// The path in the table's spelling: each segment decoded, empty ones left out.
    fn canonical(&self, request: &Request) -> String {
        let mut path = String::new();
        for segment in request.segments() {
            path.push('/');
            path.extend(utf8_percent_encode(&segment, IN_A_SEGMENT));
        }
        let spelt = self.spellings.iter().find_map(|(other, own)| {
            let rest = path.strip_prefix(other)?;
            (rest.is_empty() || rest.starts_with('/')).then(|| format!("{own}{rest}"))
        });
        spelt.unwrap_or(path)
    }

    fn paths(&self) -> &matchit::Router<Vec<usize>> {
        self.paths.get_or_init(|| {
            let mut paths = matchit::Router::new();
            for (place, (_, path, _)) in self.rows.iter().enumerate() {
                if self.rows.iter().take(place).any(|(_, earlier, _)| earlier == path) {
                    continue;
                }
                let same = self.rows.iter().enumerate().filter(|(_, (_, other, _))| other == path);
                if let Err(problem) = paths.insert(*path, same.map(|(place, _)| place).collect()) {
                    tracing::error!(path, %problem, "a route cannot be reached");
                }
            }
            paths
        })
    }
}

impl Call<'_> {
    /// The value of the named segment.
    pub fn named(&self, name: &str) -> &str {
        self.named.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text)
    }
}

impl Allow {
    /// A path with GET has HEAD, too.
    fn of(methods: impl Iterator<Item = &'static str>) -> Self {
        let with_head = methods.flat_map(|method| [Some(method), (method == "GET").then_some("HEAD")]);
        Self(with_head.flatten().collect::<Vec<_>>().join(", "))
    }

    /// The value of the header.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A 405 with the methods that are allowed: RFC 9110, 15.5.6.
    pub fn told_by(self, response: Response) -> Response {
        response.with("allow", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static ROUTES: Routes<u8> = Routes::spelt(
        &[("/Numbers", "/numbers")],
        &[
            ("GET", "/numbers", 0),
            ("POST", "/numbers", 1),
            ("GET", "/numbers/free", 2),
            ("GET", "/numbers/{id}", 3),
            ("DELETE", "/numbers/{id}", 4),
            ("POST", "/numbers/{number}/owners/{owner}", 5),
            ("GET", "/numbers/{id}.txt", 6),
        ],
    );

    fn found(method: &str, path: &str) -> String {
        let request = Request { method: method.into(), path: path.into(), ..Request::default() };
        match ROUTES.find(&request) {
            Found::Here(to, call) => call.named.iter().fold(to.to_string(), |shown, (_, text)| shown + " " + text),
            Found::OtherMethods(allow) => allow.0,
            Found::Nowhere => "nowhere".into(),
        }
    }

    #[test]
    fn a_route_is_found_by_its_method_and_its_segments() {
        for (method, path, expected) in [
            ("GET", "/numbers?a=b", "0"),
            ("GET", "//numbers/", "0"),
            ("GET", "/Numbers", "0"),
            ("GET", "/Numbersx", "nowhere"),
            ("GET", "/numbers/free", "2"),
            ("GET", "/numbers/%66ree", "2"),
            ("GET", "/numbers/a%2Fb%25", "3 a/b%"),
            ("GET", "/numbers/+1", "3 +1"),
            ("POST", "/Numbers/1/owners/2", "5 1 2"),
            ("PUT", "/numbers", "GET, HEAD, POST"),
            ("DELETE", "/numbers/free", "GET, HEAD"),
            ("get", "/numbers/x", "GET, HEAD, DELETE"),
            ("GET", "/numbers/x/owners", "nowhere"),
            ("GET", "/numbers/x.txt", "6 x"),
            ("GET", "", "nowhere"),
        ] {
            assert_eq!(found(method, path), expected, "{method} {path}");
        }
    }
}
