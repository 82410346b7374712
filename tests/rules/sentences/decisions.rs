//! What no quote says.

use ringup_core::shop::{BillingKind, EarlyRelease, KycSubject, Transfers};
use ringup_core::*;

use super::super::kit::NOW;
use super::super::kit::{
    Host, account, bazaar_customer, bazaar_request, bazaar_with, money, orchard_request, orchard_with,
};
use super::said::Said;

/// What only a decision on an account can say.
pub fn decisions(said: &mut Said) {
    let mut refused = |code: &'static str, host: &mut Host, command: AnyCommand| {
        said.about(code);
        match host.tell(&command).unwrap_err() {
            PurchaseError::Refused(rejection) => said.refused(&rejection),
            PurchaseError::Misuse(of) => said.misused(&of),
        }
    };
    let buy = |id: &str, request: PurchaseRequest| {
        AnyCommand::Purchase(MakePurchase { id: id.parse().unwrap(), actor: Actor::default(), request })
    };
    let mut host = Host::orchard(BillingKind::Usage);
    let keyed = PurchaseRequest { idempotency_key: Some("key".into()), ..orchard_request() };
    host.tell(&buy("p", keyed.clone())).unwrap();
    refused("key_reused", &mut host, buy("q", PurchaseRequest { holder: Some("other".into()), ..keyed }));
    refused(
        "purchase_id_taken",
        &mut host,
        buy("p", PurchaseRequest { confirm_additional: true, holder: Some("other".into()), ..orchard_request() }),
    );
    for steps in ["", "reserve ok, order ok"] {
        let mut host = Host::bazaar("500.00 INR");
        host.tell(&buy("p", bazaar_request())).unwrap();
        if !steps.is_empty() {
            crate::lifecycle::run(&mut host, steps);
        }
        let dollars = PurchaseRequest { currency: Some("USD".into()), ..bazaar_request() };
        refused("already_held", &mut host, buy("q", dollars));
    }
    let release = ReleaseNumber { number: "x".parse().unwrap(), actor: Actor::default(), when: None };
    refused("number_not_held", &mut host, AnyCommand::Release(release.clone()));
    host.shop = orchard_with(|shop| shop.policy.releasers = vec![Role::Owner]);
    let actor = Actor { role: Role::Viewer, ..Actor::default() };
    refused("release_not_allowed", &mut host, AnyCommand::Release(ReleaseNumber { actor, ..release }));
    releases(&mut refused);
    transfers(&mut refused);
    let mut host = Host::orchard(BillingKind::Usage);
    crate::lifecycle::run(&mut host, "buy p, reserve ok");
    let told = |effect: &str, confirmation| {
        let outcome = Outcome::Confirmed { confirmation };
        AnyCommand::RecordOutcome(RecordOutcome { effect: effect.parse().unwrap(), outcome })
    };
    refused("effect_unknown", &mut host, told("p/refund", Confirmation::Done));
    refused("confirmation_unfit", &mut host, told("p/charge", Confirmation::OrderFound));
    let resolve = |host: &Host, effect, found| AnyCommand::Resolve(crate::lifecycle::resolve(host, effect, found));
    let command = resolve(&host, "charge", "done");
    refused("not_in_review", &mut host, command.clone());
    host.shop = orchard_with(|shop| shop.policy.reviewers = vec![Role::Admin]);
    refused("review_not_allowed", &mut host, command);
    let mut host = Host::orchard(BillingKind::Usage);
    crate::lifecycle::run(&mut host, "buy p, reserve ok, charge no, late charge lost");
    let again = resolve(&host, "charge", "again");
    refused("finding_impossible", &mut host, again);
    let mut host = Host::bazaar("1.00 INR");
    let nothing =
        AnyCommand::TopUp(TopUp { id: "t".parse().unwrap(), actor: Actor::default(), money: money("0.00 INR") });
    refused("amount_not_positive", &mut host, nothing.clone());
    let shop = bazaar_with(|shop| shop.policy.payers = vec![Role::Owner, Role::Admin]);
    let shop = std::mem::replace(&mut host.shop, shop);
    let viewer = Actor { role: Role::Viewer, ..Actor::default() };
    let by_viewer = TopUp { id: "v".parse().unwrap(), actor: viewer, money: money("1.00 INR") };
    refused("top_up_not_allowed", &mut host, AnyCommand::TopUp(by_viewer));
    host.shop = shop;
    host.tell(&TopUp { id: "t".parse().unwrap(), actor: Actor::default(), money: money("1.00 INR") }).unwrap();
    refused("command_id_taken", &mut host, nothing);
    let all = Money::new((1 << 53) - 1, "INR".parse().unwrap()).unwrap();
    refused(
        "books_full",
        &mut host,
        AnyCommand::TopUp(TopUp { id: "t-2".parse().unwrap(), actor: Actor::default(), money: all }),
    );
    let price = Money::new((1 << 53) - 2, "INR".parse().unwrap()).unwrap();
    let mut host = Host { account: account(bazaar_customer(), &[price]), ..Host::bazaar("1.00 INR") };
    host.offers.searches[0].numbers[0].prices[0].setup_fee = money("0.03 INR");
    host.offers.searches[0].numbers[0].prices[0].monthly_fee = money("0.00 INR");
    refused("books_full", &mut host, buy("p", bazaar_request()));
    let country = Some("IN".parse().unwrap());
    let verification = |country| {
        let finding = KycFinding::Submitted;
        AnyCommand::RecordVerification(RecordVerification { country, number_type: None, finding, papers: None })
    };
    refused("verification_not_needed", &mut host, verification(country));
    refused("verification_not_needed", &mut host, verification(None));
}

/// What stands against a release.
fn releases(refused: &mut impl FnMut(&'static str, &mut Host, AnyCommand)) {
    let shop = bazaar_with(|shop| {
        let release = &mut shop.policy.release;
        (release.early, release.fee) = (Some(EarlyRelease::Refused), vec![money("5.00 INR")]);
    });
    for (balance, months, code) in [("101.00 INR", 3, "committed"), ("101.00 INR", 0, "balance_too_low")] {
        let mut host = Host { shop: shop.clone(), ..Host::bazaar(balance) };
        host.offers.searches[0].numbers[0].minimum_commitment_months = months;
        crate::lifecycle::run(&mut host, "buy p, reserve ok, order ok");
        refused("release_time_not_allowed", &mut host, crate::lifecycle::leave("period_end"));
        refused(code, &mut host, crate::lifecycle::leave("at_once"));
    }
    let mut host = Host::bazaar("101.00 INR");
    crate::lifecycle::run(&mut host, "buy p, reserve ok, order ok, release");
    let cancel = CancelRelease { number: "p".parse().unwrap(), actor: Actor::default() };
    refused("release_begun", &mut host, AnyCommand::CancelRelease(cancel));
}

/// What stands against a transfer.
fn transfers(refused: &mut impl FnMut(&'static str, &mut Host, AnyCommand)) {
    let moved = |to: &str| {
        let holder = to.parse().unwrap();
        AnyCommand::Transfer(TransferNumber {
            number: "p".parse().unwrap(),
            actor: Actor::default(),
            holder,
            force: false,
        })
    };
    let mut host = Host::bazaar("101.00 INR");
    crate::lifecycle::run(&mut host, "buy p, reserve ok, order ok");
    refused("transfer_not_allowed", &mut host, moved("side"));
    host.shop = bazaar_with(|shop| {
        shop.policy.transfers = Some(Transfers { cool_off_s: Some(60), ..Transfers::default() });
    });
    refused("holder_unknown", &mut host, moved("nobody"));
    host.tell(&moved("side")).unwrap();
    host.tell(&RecordUse { number: "p".parse().unwrap(), at: host.now }).unwrap();
    refused("cool_off", &mut host, moved("main"));
    host.shop = bazaar_with(|shop| {
        shop.policy.transfers = Some(Transfers::default());
        shop.policy.limits.each_holder = Some(0);
    });
    refused("limit_reached", &mut host, moved("main"));
}

/// What no quote and no decision says of any shop, but a reader of the types may meet.
pub fn by_hand(said: &mut Said) {
    let approved = Rejection::KycRequired(gates::kyc::Required {
        country: "US".parse().unwrap(),
        subject: KycSubject::Country,
        tier: 1,
        tier_min: 1,
        status: KycStatus::Approved,
        may_submit: true,
        items: vec![],
        mend_by: None,
        expired_at: None,
    });
    said.about("kyc_required");
    said.refused(&approved);
    said.about("currency_not_offered");
    said.refused(&Rejection::CurrencyNotOffered(gates::stock::CurrencyNotOffered {
        currency: "EUR".parse().unwrap(),
        offered: vec![],
    }));
    said.about("numbering_plan_missing");
    said.misused(&Misuse::NumberingPlanMissing);
    said.about("time_zone_unknown");
    let (known_from, known_until) = (NOW, NOW.plus_seconds(1));
    said.misused(&Misuse::TimeZoneUnknown { zone: "Europe/Amsterdam".into(), known_from, known_until });
    said.about("number_taken");
    let (number, purchase) = ("+919876543210".parse().unwrap(), "p".parse().unwrap());
    said.misused(&Misuse::NumberTaken { number, purchase });
    said.about("account_unknown");
    said.misused(&Misuse::AccountUnknown { account: "a".parse().unwrap() });
}
