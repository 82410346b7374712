//! Makes a failing history as short as it gets: whole stretches of moves are left out, then single ones.

use crate::moves::Move;

/// The fewest moves, by leaving out, that still fail.
pub(crate) fn shortest(moves: &[Move], fails: &mut dyn FnMut(&[Move]) -> bool) -> Vec<Move> {
    let mut kept = moves.to_vec();
    let mut stretch = kept.len();
    while 0 < stretch {
        let mut at = 0_usize;
        let mut has_shrunk = false;
        while at < kept.len() {
            let end = at.saturating_add(stretch);
            let rest = kept.iter().enumerate().filter(|(index, _)| *index < at || end <= *index);
            let rest: Vec<Move> = rest.map(|(_, step)| *step).collect();
            if fails(&rest) {
                kept = rest;
                has_shrunk = true;
            } else {
                at = end;
            }
        }
        if !has_shrunk || stretch != 1 {
            stretch = stretch.checked_div(2).unwrap_or(0);
        }
    }
    kept
}
