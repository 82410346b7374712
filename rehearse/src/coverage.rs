//! The matrix of what was reached: what a purchase waited for, what was told, and what had gone wrong.

use std::collections::BTreeMap;
use std::fmt;

use crate::damage::Damages;
use crate::moves::{Fate, How, Kind};
use crate::tamper::Tampers;
use crate::world::Reply;

/// How often each cell was reached.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    cells: BTreeMap<(&'static str, &'static str, usize), u64>,
    /// The damaged histories.
    pub damages: Damages,
    /// The tampered records.
    pub tampers: Tampers,
    /// How often a request of each shape was refused.
    refused: Refused,
    /// The refused requests that were quoted, to see whether the advice is true.
    pub quoted: u64,
}

/// Counts of refused requests: by refusal and how it was asked, then by shop.
type Refused = BTreeMap<(&'static str, (u8, How)), BTreeMap<String, u64>>;

/// A refused request, but for its number and its place in the history.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape<'a> {
    pub(crate) shop: &'a str,
    pub(crate) code: &'static str,
    pub(crate) asked: (u8, How),
}

/// The first refused requests of a shape are all quoted, and then one in this number.
const QUOTED: u64 = 8;

/// The columns: how an outcome came to be told.
const COLUMNS: [&str; 8] =
    ["done", "declined", "request lost", "reply lost", "no call", "late: done", "late: declined", "late: unknown"];

/// Cells that a long run must reach: what the purchase waits for, the effect that is told of, the column.
const RARE: [(&str, Kind, usize); 10] = [
    ("query_order", Kind::Order, 5),
    ("query_order", Kind::QueryOrder, 1),
    ("bought", Kind::Order, 5),
    ("failed", Kind::Order, 5),
    ("failed", Kind::Charge, 5),
    ("failed", Kind::Reserve, 5),
    ("in review", Kind::QueryOrder, 7),
    ("refund", Kind::Refund, 3),
    ("end_charges", Kind::EndCharges, 3),
    ("unreserve", Kind::Order, 5),
];

impl Coverage {
    pub(crate) fn note(
        &mut self,
        label: &'static str,
        kind: Kind,
        reply: Option<Reply>,
        fate: Option<Fate>,
        late: bool,
    ) {
        let column = match (reply, fate, late) {
            (Some(Reply::Silence), Some(Fate::RequestLost), false) => 2,
            (Some(Reply::Silence), _, false) => 3,
            (None, _, false) => 4,
            (Some(Reply::Declined), _, late) => {
                if late {
                    6
                } else {
                    1
                }
            }
            (None | Some(Reply::Silence), _, true) => 7,
            (
                Some(Reply::SessionOpen(_) | Reply::Reserved(_) | Reply::Found | Reply::Absent | Reply::Done),
                _,
                late,
            ) => {
                if late {
                    5
                } else {
                    0
                }
            }
        };
        let count = self.cells.entry((label, kind.name(), column)).or_default();
        *count = count.saturating_add(1);
    }

    /// Whether a refused request is to be quoted: the first of each shape are, and then some.
    pub(crate) fn is_to_be_quoted(&mut self, shape: Shape<'_>) -> bool {
        let Shape { shop, code, asked } = shape;
        let shops = self.refused.entry((code, asked)).or_default();
        let Some(count) = shops.get_mut(shop) else {
            shops.insert(shop.to_owned(), 1);
            self.quoted = self.quoted.saturating_add(1);
            return true;
        };
        *count = count.saturating_add(1);
        let is_drawn = *count <= QUOTED || count.checked_rem(QUOTED) == Some(0);
        self.quoted = self.quoted.saturating_add(u64::from(is_drawn));
        is_drawn
    }

    /// The rare cells that were never reached, as lines.
    #[must_use]
    pub fn missing(&self) -> Vec<String> {
        let missing =
            RARE.iter().filter(|(label, kind, column)| !self.cells.contains_key(&(*label, kind.name(), *column)));
        let column = |column: &usize| COLUMNS.get(*column).copied().unwrap_or_default();
        missing.map(|(label, kind, at)| format!("{label}: {} {}", kind.name(), column(at))).collect()
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:13} {:13}", "waits for", "is told of")?;
        for column in COLUMNS {
            write!(f, " {column:>14}")?;
        }
        let mut rows: BTreeMap<(&str, &str), [u64; COLUMNS.len()]> = BTreeMap::new();
        for ((label, kind, column), count) in &self.cells {
            if let Some(cell) = rows.entry((label, kind)).or_default().get_mut(*column) {
                *cell = *count;
            }
        }
        for ((label, kind), counts) in rows {
            write!(f, "\n{label:13} {kind:13}")?;
            for count in counts {
                write!(f, " {count:>14}")?;
            }
        }
        Ok(())
    }
}
