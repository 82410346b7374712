//! Clients, core and world together, under lost and doubled replies and a crash after any step.
//!
//! The workload (`workload.rs`) sends what clients send and remembers what they were told. The auditor (`auditor.rs`) knows
//! neither the core nor the workload: it reads the world's records and the ledger, as JSON, and finds no number sold twice,
//! one effect for each key, and balanced books.
//!
//! `PROPTEST_CASES=100000 cargo test -p ringup-tests property --release` runs as many as you like; a failure prints the
//! shortest story that shows it.

mod auditor;
mod workload;

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any};
use proptest::sample::select;
use proptest::{option, prop_oneof, proptest};
use workload::{Action, Workload};

proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: cases(), failure_persistence: None, ..Default::default() })]

    #[test]
    fn nothing_is_bought_twice_and_the_books_balance(seed in any::<u64>(), actions in vec(action(), 1..40)) {
        let mut workload = Workload::new(seed);
        for action in &actions {
            workload.perform(action);
            auditor::audit(&workload.records());
        }
        workload.come_to_rest();
        auditor::audit(&workload.records());
        auditor::audit_at_rest(&workload.records());
        workload.compare_with_what_clients_were_told();
    }
}

/// What twenty thousand stories once found.
#[test]
fn a_payment_that_was_told_of_during_a_crash_is_told_of_again() {
    let mut workload = Workload::new(0);
    let buy = Action::Buy { client: 0, number: 0, key: None, confirm: false };
    for action in [buy, Action::LosePower { steps: 0 }, Action::Pay { checkout: 0 }] {
        workload.perform(&action);
    }
    assert_eq!(workload.records().world["checkouts"][0]["status"], "paid", "the first client pays at a checkout");
    workload.come_to_rest();
    auditor::audit(&workload.records());
    auditor::audit_at_rest(&workload.records());
}

/// Fewer than usual: each is a story of up to forty requests.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(200)
}

fn action() -> impl Strategy<Value = Action> {
    let faults = select(&["lose_reply", "lose_request", "duplicate", "refuse"][..]);
    let actions = select(
        &[
            "*",
            "open_checkout",
            "reserve",
            "charge",
            "order",
            "query_order",
            "unreserve",
            "refund",
            "end_charges",
            "release",
        ][..],
    );
    prop_oneof![
        8 => (any::<usize>(), any::<usize>(), option::weighted(0.5, 0..3_usize), any::<bool>())
            .prop_map(|(client, number, key, confirm)| Action::Buy { client, number, key, confirm }),
        2 => Just(Action::Repeat),
        2 => any::<usize>().prop_map(|checkout| Action::Pay { checkout }),
        1 => any::<usize>().prop_map(|checkout| Action::Decline { checkout }),
        2 => (any::<usize>(), any::<usize>()).prop_map(|(client, number)| Action::Release { client, number }),
        4 => (faults, actions, 1..12_u32).prop_map(|(fault, action, count)| Action::Fault { fault, action, count }),
        1 => Just(Action::ClearFaults),
        3 => select(&[1_u32, 30, 599, 600, 3_600, 86_400, 2_678_400][..]).prop_map(|seconds| Action::Advance { seconds }),
        3 => (0..8_u32).prop_map(|steps| Action::LosePower { steps }),
    ]
}
