//! Twilio's pages: where a list begins and ends, and the addresses of the pages beside it.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::http::{Request, Response, encoded};
use crate::kit::json::to_json;
use crate::kit::paging::{self, Part, Size};

/// The size of a page.
pub(super) const SIZE: Size = Size { default: 50, max: 1000 };

/// The parameters that say which page is meant. All others are filters.
const OF_PAGES: [&str; 3] = ["PageSize", "Page", "PageToken"];

/// The page that a request asks for, counted from 0, and its size.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub(super) page: usize,
    pub(super) size: usize,
}

impl Asked {
    pub(super) fn of(request: &Request) -> Self {
        let page = paging::number(request, "Page").unwrap_or(0);
        Self { page, size: SIZE.moved(paging::number(request, "PageSize")) }
    }

    pub(super) const fn part(self) -> Part {
        Part::page(self.page.saturating_add(1), self.size)
    }

    /// The address of a page: the list's, with the filters that were sent.
    pub(super) fn address(self, page: usize, path: &str, request: &Request) -> String {
        let query = request.path.split_once('?').map(|(_, query)| query).unwrap_or_default();
        let filters = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| !OF_PAGES.contains(&&**name));
        let mut parameters: Vec<(String, String)> =
            filters.map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        parameters.push(("PageSize".into(), self.size.to_string()));
        parameters.push(("Page".into(), page.to_string()));
        format!("{path}?{}", encoded(parameters))
    }
}

/// A page of a list, whose entries stand below `key`. `path` is the list's, from `/2010-04-01` on.
pub(super) fn answer<T: Serialize>(request: &Request, path: &str, key: &str, all: Vec<T>) -> Response {
    let asked = Asked::of(request);
    let total = all.len();
    let part = asked.part();
    let entries = part.of(all);
    let at = |page: usize| asked.address(page, path, request);
    let next = part.has_more(total).then(|| at(asked.page.saturating_add(1)));
    let previous = asked.page.checked_sub(1).map(at);
    // As the document's examples have it: the place of the last entry, and 0 in an empty list.
    let start = if entries.is_empty() { 0 } else { part.skip };
    let end = start.saturating_add(entries.len()).saturating_sub(1);
    let members = [
        ("end", json!(end)),
        ("first_page_uri", json!(at(0))),
        ("next_page_uri", json!(next)),
        ("page", json!(asked.page)),
        ("page_size", json!(asked.size)),
        ("previous_page_uri", json!(previous)),
        ("start", json!(start)),
        ("uri", json!(at(asked.page))),
        (key, to_json(entries)),
    ];
    let members: Map<String, Value> = members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Response::json(200, members.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Body;

    fn page(query: &str, total: usize) -> Value {
        let request = Request::to("GET", format!("/x{query}"));
        let Body::Json(page) = answer(&request, "/2010-04-01/x.json", "xs", (0..total).collect()).body else {
            panic!("no JSON")
        };
        page
    }

    #[test]
    fn pages_follow_each_other_and_keep_the_filters() {
        let first = page("?PhoneNumber=%2B1&PageSize=2&PageToken=x", 5);
        assert_eq!(first["xs"], json!([0, 1]));
        assert_eq!(first["next_page_uri"], json!("/2010-04-01/x.json?PhoneNumber=%2B1&PageSize=2&Page=1"));
        assert_eq!(first["first_page_uri"], first["uri"]);
        assert_eq!((&first["start"], &first["end"], &first["previous_page_uri"]), (&json!(0), &json!(1), &Value::Null));
        let last = page("?PageSize=2&Page=2", 5);
        assert_eq!((&last["xs"], &last["start"], &last["end"]), (&json!([4]), &json!(4), &json!(4)));
        assert_eq!(last["next_page_uri"], Value::Null);
        assert_eq!(last["previous_page_uri"], json!("/2010-04-01/x.json?PageSize=2&Page=1"));
        let empty = page("", 0);
        assert_eq!((&empty["start"], &empty["end"], &empty["page_size"]), (&json!(0), &json!(0), &json!(50)));
    }
}
