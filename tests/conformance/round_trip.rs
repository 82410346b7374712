//! Every dialect reads back what it writes: a client's request, the answer, and what that means to the client.

use super::client::{buy, clients, said};
use super::simulation;

#[test]
fn the_first_purchase_of_each_situation_is_understood_by_its_client() {
    for (dialect, client) in clients() {
        let known: Vec<&str> = dialect.situations().iter().map(|situation| situation.name).collect();
        let expected: Vec<&str> = client.first_purchases.iter().map(|(situation, _)| situation.as_str()).collect();
        assert_eq!(known, expected, "{}", dialect.id());
        for (situation, expected) in &client.first_purchases {
            let reply = buy(&mut simulation(), dialect, (situation, situation), &dialect.form().seed);
            assert_eq!(said(&reply), *expected, "{} {situation}", dialect.id());
        }
    }
}

#[test]
fn a_request_is_read_as_it_was_written() {
    for (dialect, client) in clients() {
        for purchase in &client.others {
            let request = purchase.request(dialect);
            let reply = buy(&mut simulation(), dialect, (&purchase.situation, &purchase.situation), &request);
            assert_eq!(said(&reply), purchase.answer, "{} {request:?}", dialect.id());
        }
    }
}

#[test]
fn fresh_accounts_stand_like_the_first_one() {
    for (dialect, client) in clients() {
        for (situation, expected) in &client.first_purchases {
            let mut simulation = simulation();
            for count in 1..=5 {
                simulation.open(dialect, situation).unwrap();
                // Each buys in a world of its own: the documented number is sold once.
                let mut world = simulation.clone();
                let tag = format!("{situation}-{count}");
                let reply = buy(&mut world, dialect, (situation, &tag), &dialect.form().seed);
                assert_eq!(said(&reply), *expected, "{} {tag}", dialect.id());
            }
        }
    }
}
