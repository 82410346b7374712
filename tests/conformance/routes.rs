//! Every dialect's table of routes: what its README lists is served, by these methods and no others.

use ringup_simulator::dialect::Dialect;
use ringup_simulator::http::{Body, Request, Response};
use ringup_tests::scenario::{each_dialect, file};

use super::simulation;

/// Every method that somebody might try.
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

#[test]
fn the_readme_lists_the_routes() {
    for dialect in each_dialect() {
        let readme = file(dialect.id(), "README.md");
        let section = readme.split("## What it speaks").nth(1).unwrap();
        let rows = section.lines().skip_while(|line| !line.starts_with("|---")).skip(1);
        let rows = rows.take_while(|line| line.starts_with('|'));
        let mut listed: Vec<(&str, &str)> =
            rows.map(|row| row.split('`').nth(1).and_then(|call| call.split_once(' ')).unwrap_or((row, ""))).collect();
        let mut routes = dialect.routes();
        listed.sort_unstable();
        routes.sort_unstable();
        assert_eq!(listed, routes, "{}", dialect.id());
    }
}

#[test]
fn a_path_has_the_methods_of_its_routes() {
    for dialect in each_dialect() {
        for (_, path) in dialect.routes() {
            let served: Vec<&str> = methods(dialect, path);
            for method in METHODS {
                let response = send(dialect, method, path);
                assert_eq!(response.status == 405, !served.contains(&method), "{method} {path}: {}", response.status);
                if response.status == 405 {
                    let mut allowed: Vec<&str> = header(&response, "allow").unwrap().split(", ").collect();
                    allowed.retain(|method| *method != "HEAD");
                    assert_eq!(allowed, served, "{path}");
                }
            }
        }
    }
}

#[test]
fn every_get_has_its_head() {
    for dialect in each_dialect() {
        for (_, path) in dialect.routes().iter().filter(|(method, _)| *method == "GET") {
            let (get, head) = (send(dialect, "GET", path), send(dialect, "HEAD", path));
            assert_eq!((head.status, &head.body), (get.status, &Body::Empty), "{path}");
            let length = match &get.body {
                Body::Empty => None,
                Body::Json(body) => Some(body.to_string().len()),
                Body::Html(page) => Some(page.len()),
            };
            let told = header(&head, "content-length").map(|length| length.parse().unwrap());
            assert_eq!(told, length, "{path}");
        }
    }
}

fn methods(dialect: &Dialect, path: &str) -> Vec<&'static str> {
    dialect.routes().into_iter().filter(|(_, other)| *other == path).map(|(method, _)| method).collect()
}

/// Sends an established customer's request without a body. In the braces stands what stands there in their purchase's path,
/// or else what nobody knows.
fn send(dialect: &Dialect, method: &str, path: &str) -> Response {
    let credentials = dialect.open("ready", "ready").unwrap().credentials[0].fields.clone();
    let Request { path: purchase, headers, .. } = dialect.purchase_request(&credentials, &dialect.form().seed);
    let base = format!("/{}{}", dialect.id(), dialect.base());
    let known: Vec<&str> = purchase[base.len()..].split('/').collect();
    let mut filled: Vec<String> = Vec::new();
    for (place, segment) in path.split('/').enumerate() {
        let is_known = known.get(..place).is_some_and(|known| filled.iter().eq(known));
        let own = known.get(place).filter(|_| segment.starts_with('{') && is_known);
        // What a route spells out is nobody's name.
        let spelt = |own: &&&str| dialect.routes().iter().any(|(_, path)| path.split('/').nth(place) == Some(**own));
        // What follows the braces within the segment stays: `{sid}.json`.
        let rest = segment.split_once('}').map_or("", |(_, rest)| rest);
        filled.push(match own.filter(|own| !spelt(own)) {
            Some(own) => (*own).to_owned() + rest,
            None => segment.replace(['{', '}'], ""),
        });
    }
    let path = base + &filled.join("/");
    simulation().handle(&Request { method: method.into(), path, headers, ..Request::default() })
}

fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    response.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
}
