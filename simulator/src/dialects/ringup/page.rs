//! Lists in pages: how much is wanted, and where it goes on.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use ringup_core::Timestamp;
use serde::Serialize;

use super::status;
use super::wire::Page;
use crate::http::{Request, Response};
use crate::kit::json::to_json;
use crate::kit::paging::Size;

const LIMIT: Size = Size { default: 20, max: 100 };

/// What a client asks of a list.
pub(super) struct Asked<P> {
    limit: usize,
    /// The place of the last thing that the client has; none: it has nothing yet.
    after: Option<P>,
}

/// The place of something in a list that begins with the newest.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Newest {
    pub(super) at: Timestamp,
    pub(super) id: String,
}

impl<P: FromStr> Asked<P> {
    pub(super) fn read(request: &Request) -> Result<Self, Response> {
        let limit = request.query("limit").map(|text| text.parse::<usize>()).transpose();
        let limit = limit.ok().and_then(|asked| LIMIT.within(asked));
        let limit =
            limit.ok_or_else(|| status::bad_query("limit", format!("a page has 1 to {} entries", LIMIT.max)))?;
        let after = request.query("cursor").map(|text| text.parse::<P>());
        let after = after.transpose().map_err(|_| status::bad_query("cursor", "it is none that was given here"))?;
        Ok(Self { limit, after })
    }
}

impl<P: Ord + ToString> Asked<P> {
    /// The page of what was asked for, of things that stand in the order of their places.
    pub(super) fn of<T: Serialize>(self, things: impl IntoIterator<Item = (P, T)>) -> Response {
        let mut rest = things.into_iter().filter(|(place, _)| self.after.as_ref().is_none_or(|after| after < place));
        let page: Vec<(P, T)> = rest.by_ref().take(self.limit).collect();
        let last = page.last().map(|(place, _)| place.to_string());
        let next_cursor = last.filter(|_| rest.next().is_some());
        Response::json(200, to_json(Page { data: page.into_iter().map(|(_, thing)| thing).collect(), next_cursor }))
    }
}

impl Ord for Newest {
    fn cmp(&self, other: &Self) -> Ordering {
        (other.at, &other.id).cmp(&(self.at, &self.id))
    }
}

impl PartialOrd for Newest {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Newest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.at.as_millis(), self.id)
    }
}

impl FromStr for Newest {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (at, id) = text.split_once('.').ok_or(())?;
        Ok(Self { at: Timestamp::from_millis(at.parse().map_err(drop)?), id: id.into() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(at: i64, id: &str) -> Newest {
        Newest { at: Timestamp::from_millis(at), id: id.into() }
    }

    #[test]
    fn the_newest_comes_first_and_a_cursor_is_read_as_it_was_written() {
        let mut places = [place(1, "a"), place(2, "a"), place(2, "b")];
        places.sort();
        assert_eq!(places, [place(2, "b"), place(2, "a"), place(1, "a")]);
        for place in places {
            assert_eq!(place.to_string().parse(), Ok(place));
        }
        for wrong in ["", ".", "x.a", "1"] {
            assert_eq!(wrong.parse::<Newest>(), Err(()), "{wrong}");
        }
    }
}
