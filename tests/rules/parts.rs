//! An account of which a part is loaded: a list is asked for again where more of it is needed than was loaded.

use ringup_core::{Account, List, Need};

use crate::kit::{Host, bazaar_request};

#[test]
fn a_list_that_was_loaded_up_to_a_length_is_known_up_to_that_length() {
    let mut host = Host::bazaar("101.00 INR");
    host.buy("p", &bazaar_request()).unwrap();
    let [(_, due)] = host.account.due_first(20).unwrap().try_into().unwrap();
    let first = |most| Need::First { list: List::Due, most };
    let loaded = |most: u32, found: u32| {
        let mut part = Account::part(host.account.head().clone());
        let record = host.account.record(&due).filter(|_| found == 1);
        part.provide(&first(most), record.into_iter().collect());
        part
    };
    assert_eq!(Account::part(host.account.head().clone()).due_first(1), Err(first(1)));
    // As many as were asked for: there may be more.
    assert_eq!(loaded(1, 1).due_first(1).map(|due| due.len()), Ok(1));
    assert_eq!(loaded(1, 1).due_first(2), Err(first(2)));
    // Fewer: there are no more.
    assert_eq!(loaded(2, 1).due_first(3).map(|due| due.len()), Ok(1));
    assert_eq!(loaded(1, 0).due_first(3).map(|due| due.len()), Ok(0));
}
