//! Roles: which of a customer's users may send which command, as the policy says. No list: every role may.

use ringup_core::{
    Actor, AnyCommand, CancelRelease, MakePurchase, Misuse, PurchaseError, Rejection, ReleaseNumber, Role, TopUp,
};

use crate::kit::{Host, bazaar_request, bazaar_with, money};
use crate::lifecycle::{id, resolve, run};

const ROLES: [Role; 4] = [Role::Owner, Role::Admin, Role::Member, Role::Viewer];

/// Whether the command is taken from this role, by a policy that names roles for it or none.
fn is_taken(command: &str, role: Role, named: &[Role]) -> bool {
    let mut host = Host::bazaar("500.00 INR");
    if ["release", "cancel"].contains(&command) {
        run(&mut host, "buy p, reserve ok, order ok");
    }
    host.shop = bazaar_with(|shop| {
        let policy = &mut shop.policy;
        let list = match command {
            "buy" => &mut policy.buyers,
            "release" | "cancel" => &mut policy.releasers,
            "top up" => &mut policy.payers,
            "resolve" => &mut policy.reviewers,
            other => panic!("{other}"),
        };
        *list = named.to_vec();
    });
    let actor = Actor { role, ..Actor::default() };
    let sent = match command {
        "buy" => AnyCommand::Purchase(MakePurchase { id: id("q"), actor, request: bazaar_request() }),
        "release" => AnyCommand::Release(ReleaseNumber { number: id("p"), actor, when: None }),
        "cancel" => AnyCommand::CancelRelease(CancelRelease { number: id("p"), actor }),
        "top up" => AnyCommand::TopUp(TopUp { id: "t".parse().unwrap(), actor, money: money("1.00 INR") }),
        _ => AnyCommand::Resolve(ringup_core::ResolvePurchase { actor, ..resolve(&host, "charge", "again") }),
    };
    match host.tell(&sent) {
        // Nothing is in review: the role was asked first.
        Ok(_) | Err(PurchaseError::Misuse(Misuse::NotInReview { .. })) => true,
        Err(PurchaseError::Refused(Rejection::RoleNotAllowed(_))) if command == "buy" => false,
        Err(PurchaseError::Misuse(Misuse::ReleaseNotAllowed { role: told }))
            if command == "release" || command == "cancel" =>
        {
            told != role
        }
        Err(PurchaseError::Misuse(Misuse::TopUpNotAllowed { role: told })) if command == "top up" => told != role,
        Err(PurchaseError::Misuse(Misuse::ReviewNotAllowed { role: told })) if command == "resolve" => told != role,
        Err(other) => panic!("{command} by {role:?}: {other:?}"),
    }
}

#[test]
fn each_command_is_taken_from_the_roles_that_the_policy_names() {
    for command in ["buy", "release", "cancel", "top up", "resolve"] {
        for role in ROLES {
            for named in ROLES {
                assert_eq!(is_taken(command, role, &[named]), role == named, "{command} by {role:?}, named {named:?}");
            }
            assert!(is_taken(command, role, &[]), "{command} by {role:?}, nobody named");
        }
    }
}

#[test]
fn who_may_not_add_money_is_told_whom_to_ask() {
    let mut host = Host::bazaar("1.00 INR");
    host.shop = bazaar_with(|shop| shop.policy.payers = vec![Role::Owner]);
    let quoted = |role| {
        let standing = ringup_core::Standing { actor: Actor { role, ..Actor::default() }, ..host.standing() };
        let quote = crate::api::quote(&host.shop, &standing, &host.offers, &bazaar_request(), host.now);
        let fixes = quote.fixes.iter().map(|fix| fix.fix.sentence(host.shop.decimals()).to_string());
        (fixes.collect::<Vec<_>>().join(", "), quote.fixes_suffice)
    };
    assert_eq!(quoted(Role::Owner), ("add 100.00 INR to your balance".into(), true));
    assert_eq!(
        quoted(Role::Member),
        ("ask an owner to add money to the wallet, add 100.00 INR to your balance".into(), true)
    );
}
