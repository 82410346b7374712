//! Transfers, one row a story: a number of the bazaar moves between its holders `main`, the first one, and `side`.

use ringup_core::shop::Transfers;
use ringup_core::{
    Actor, AnyCommand, Event, HolderId, Misuse, NumberEvent, PurchaseError, RecordUse, Role, SetHolder, Timestamp,
    TransferNumber, evolve,
};

use super::kit::{Host, NOW, bazaar_with};
use super::lifecycle::{id, run};

const DAY_S: u32 = 86_400;
const COOL_OFF_MS: i64 = 15 * 86_400_000;
const BOUGHT: &str = "buy p, reserve ok, order ok";

/// A used number stays 15 days with its holder; admins may move it all the same. Viewers move nothing.
fn rules() -> Transfers {
    Transfers {
        roles: vec![Role::Owner, Role::Admin, Role::Member],
        cool_off_s: Some(15 * DAY_S),
        overriders: vec![Role::Admin],
    }
}

fn bought(limit: Option<u32>) -> Host {
    let shop = bazaar_with(|shop| {
        shop.policy.transfers = Some(rules());
        shop.policy.limits.each_holder = limit;
    });
    let mut host = Host { shop, ..Host::bazaar("500.00 INR") };
    run(&mut host, BOUGHT);
    host
}

fn holder(id: &str) -> HolderId {
    id.parse().unwrap()
}

fn actor(role: Role) -> Actor {
    Actor { role, ..Actor::default() }
}

/// Moves the number; the names of the events, or the code of the misuse.
fn transfer(host: &mut Host, to: &str, actor: Actor, force: bool) -> String {
    let command = TransferNumber { number: id("p"), actor, holder: holder(to), force };
    match host.tell(&AnyCommand::Transfer(command)) {
        Ok(decision) => decision.events.iter().map(Event::name).collect::<Vec<_>>().join(" "),
        Err(PurchaseError::Misuse(misuse)) => misuse.code().to_owned(),
        Err(refused) => panic!("{refused}"),
    }
}

fn by_owner(host: &mut Host, to: &str) -> String {
    transfer(host, to, actor(Role::Owner), false)
}

fn used(host: &mut Host, at: Timestamp) -> usize {
    host.tell(&RecordUse { number: id("p"), at }).unwrap().events.len()
}

/// How many numbers each of the two holds, and all.
fn held(host: &Host) -> (u32, u32, u32) {
    let held = host.standing().held;
    let of = |name: &str| held.by_holder.get(&holder(name)).copied().unwrap_or(0);
    (of("main"), of("side"), held.total)
}

#[test]
fn a_number_moves_and_is_counted_with_its_new_holder() {
    let mut host = bought(None);
    assert_eq!(held(&host), (1, 0, 1));
    assert_eq!(by_owner(&mut host, "side"), "number_transferred");
    assert_eq!(held(&host), (0, 1, 1));
    // Once more it is there already.
    assert_eq!(by_owner(&mut host, "side"), "");
    assert_eq!(by_owner(&mut host, "main"), "number_transferred");
    assert_eq!(held(&host), (1, 0, 1));
    // It is released from where it is.
    assert_eq!(by_owner(&mut host, "side"), "number_transferred");
    run(&mut host, "release, release ok");
    assert_eq!(held(&host), (0, 0, 0));
    assert_eq!(by_owner(&mut host, "main"), "number_not_held");
}

#[test]
fn a_holder_that_does_not_count_takes_the_number_out_of_the_count() {
    let mut host = bought(None);
    let set = |counted| SetHolder { holder: holder("side"), allowed: true, counted };
    host.tell(&set(false)).unwrap();
    assert_eq!(by_owner(&mut host, "side"), "number_transferred");
    assert_eq!(held(&host), (0, 1, 0));
    host.shop = bazaar_with(|shop| {
        shop.policy.transfers = Some(rules());
        shop.policy.limits.numbers = Some(0);
    });
    // It would be one more of those that count.
    assert_eq!(by_owner(&mut host, "main"), "limit_reached");
    // Among those that count it is no more than before.
    host.tell(&set(true)).unwrap();
    assert_eq!(held(&host), (0, 1, 1));
    assert_eq!(by_owner(&mut host, "main"), "number_transferred");
}

#[test]
fn the_limits_of_holders_are_obeyed() {
    for (limit, answer) in [(0, "limit_reached"), (1, "number_transferred")] {
        let mut host = bought(None);
        host.shop = bought(Some(limit.max(1))).shop;
        if limit == 0 {
            host.shop = bazaar_with(|shop| {
                shop.policy.transfers = Some(rules());
                shop.policy.limits.each_holder = Some(0);
            });
        }
        assert_eq!(by_owner(&mut host, "side"), answer, "a limit of {limit}");
    }
    let mut host = bought(Some(1));
    assert_eq!(by_owner(&mut host, "side"), "number_transferred");
    host.shop = bazaar_with(|shop| {
        shop.policy.transfers = Some(rules());
        shop.policy.limits.each_holder = Some(0);
    });
    let command = TransferNumber { number: id("p"), actor: actor(Role::Owner), holder: holder("main"), force: false };
    let Err(Misuse::LimitReached { reached }) = host.tell(&command) else { panic!("the limit allows it") };
    assert_eq!((reached.held, reached.in_flight, reached.limit), (0, 0, 0));
}

#[test]
fn a_number_that_was_used_stays_for_its_cool_off() {
    let mut host = bought(None);
    // The first holder gives it away at any time.
    assert_eq!(used(&mut host, NOW), 1);
    assert_eq!(by_owner(&mut host, "side"), "number_transferred");
    let last = NOW.plus_millis(1000);
    assert_eq!(used(&mut host, last), 1);
    // An earlier use, told late, changes nothing.
    assert_eq!(used(&mut host, NOW), 0);
    assert_eq!(used(&mut host, last), 0);
    for (after, answer) in [(COOL_OFF_MS - 1, "cool_off"), (COOL_OFF_MS, "number_transferred")] {
        let mut host = Host { account: host.account.clone(), shop: host.shop.clone(), ..bought(None) };
        host.now = last.plus_millis(after);
        assert_eq!(by_owner(&mut host, "main"), answer, "{after}");
    }
    let command = TransferNumber { number: id("p"), actor: actor(Role::Owner), holder: holder("main"), force: false };
    let until = last.plus_millis(COOL_OFF_MS);
    assert_eq!(host.tell(&command).unwrap_err(), Misuse::CoolOff { number: id("p"), until });
    // A number that was never used moves at once.
    let mut unused = bought(None);
    assert_eq!(by_owner(&mut unused, "side"), "number_transferred");
    assert_eq!(by_owner(&mut unused, "main"), "number_transferred");
    // What is gone is not used.
    run(&mut unused, "release");
    assert_eq!(used(&mut unused, NOW), 0);
}

#[test]
fn who_may_move_it_and_who_may_force_it() {
    let mut host = bought(None);
    assert_eq!(transfer(&mut host, "side", actor(Role::Viewer), false), "transfer_not_allowed");
    assert_eq!(transfer(&mut host, "side", actor(Role::Owner), true), "transfer_not_allowed");
    assert_eq!(transfer(&mut host, "nobody", actor(Role::Owner), false), "holder_unknown");
    let only = |of: &str| Actor { only_holder: Some(holder(of)), ..actor(Role::Owner) };
    assert_eq!(transfer(&mut host, "side", only("side"), false), "number_not_held");
    assert_eq!(transfer(&mut host, "side", only("main"), false), "holder_unknown");
    assert_eq!(by_owner(&mut host, "side"), "number_transferred");
    used(&mut host, NOW);
    assert_eq!(by_owner(&mut host, "main"), "cool_off");
    let command = TransferNumber { number: id("p"), actor: actor(Role::Admin), holder: holder("main"), force: true };
    let events = host.tell(&command).unwrap().events;
    let forced = NumberEvent::NumberTransferred { at: NOW, holder: holder("main"), forced: true };
    assert_eq!(events, [Event::Number { event: forced, number: id("p") }]);
    let mut host = Host { shop: bazaar_with(|_| {}), ..bought(None) };
    assert_eq!(by_owner(&mut host, "side"), "transfer_not_allowed");
}

#[test]
fn what_leaves_does_not_move() {
    let mut host = bought(None);
    run(&mut host, "release");
    assert_eq!(by_owner(&mut host, "side"), "number_not_held");
    let event = NumberEvent::NumberTransferred { at: NOW, holder: holder("side"), forced: false };
    assert!(evolve(&mut host.account, &Event::Number { event, number: id("p") }).is_err());
}

#[test]
fn a_policy_of_transfers_is_told_its_mistakes() {
    for (rules, path) in [
        (Transfers { cool_off_s: Some(0), ..rules() }, "/policy/transfers/cool_off_s"),
        (Transfers { cool_off_s: None, ..rules() }, "/policy/transfers/overriders"),
    ] {
        let mut data: ringup_core::ShopData = serde_json::from_str(super::kit::BAZAAR).unwrap();
        data.policy.transfers = Some(rules);
        let paths: Vec<_> = ringup_core::Shop::mistakes(&data).into_iter().map(|mistake| mistake.path).collect();
        assert_eq!(paths, [path]);
    }
}
