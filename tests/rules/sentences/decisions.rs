//! What no quote says.

use ringup_core::shop::{BillingKind, KycSubject};
use ringup_core::*;

use super::super::kit::{Host, account, money, vobiz_customer, vobiz_request, zernio_request};
use super::misuse;
use super::said::Said;

/// What only a decision on an account can say.
pub fn decisions(said: &mut Said) {
    let mut refused = |host: &mut Host, command: AnyCommand, sentence: &str| {
        let error = host.tell(&command).unwrap_err();
        assert_eq!(error.to_string(), sentence);
        said.lines.push(error.to_string());
        match error {
            PurchaseError::Refused(rejection) => {
                said.note(&rejection);
                said.record("rejection", "code", &rejection, sentence);
            }
            PurchaseError::Misuse(of) => _ = said.misuses.insert(misuse(&of)),
        }
    };
    let buy = |id: &str, request: PurchaseRequest| {
        AnyCommand::Purchase(MakePurchase { id: id.parse().unwrap(), actor: Actor::default(), request })
    };
    let mut host = Host::zernio(BillingKind::Usage);
    let keyed = PurchaseRequest { idempotency_key: Some("key".into()), ..zernio_request() };
    host.tell(&buy("p", keyed.clone())).unwrap();
    refused(
        &mut host,
        buy("q", PurchaseRequest { holder: Some("profile_other".into()), ..keyed }),
        "this idempotency key belongs to another request; send that one unchanged, or use a fresh key",
    );
    refused(
        &mut host,
        buy("p", PurchaseRequest { confirm_additional: true, ..zernio_request() }),
        "there is a purchase `p` already; draw another name",
    );
    let release = ReleaseNumber { number: "x".parse().unwrap(), actor: Actor::default() };
    refused(&mut host, AnyCommand::Release(release), "this account holds no such number");
    let mut host = Host::vobiz("1.00 INR");
    let nothing = AnyCommand::TopUp(TopUp { money: money("0.00 INR") });
    refused(&mut host, nothing, "`0.00 INR` cannot be added; the amount must be above zero");
    let all = Money::new((1 << 53) - 1, "INR".parse().unwrap()).unwrap();
    refused(
        &mut host,
        AnyCommand::TopUp(TopUp { money: all }),
        "the account's books cannot hold 90071992547409.91 INR more",
    );
    let price = Money::new((1 << 53) - 2, "INR".parse().unwrap()).unwrap();
    let mut host = Host { account: account(vobiz_customer(), &[price]), ..Host::vobiz("1.00 INR") };
    host.offers.searches[0].numbers[0].prices[0].setup_fee = money("0.03 INR");
    host.offers.searches[0].numbers[0].prices[0].monthly_fee = money("0.00 INR");
    refused(&mut host, buy("p", vobiz_request()), "the account's books cannot hold 0.03 INR more");
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
    });
    let sentence =
        "numbers of US need your identity to be verified for that country first; the verification is approved";
    assert_eq!(approved.to_string(), sentence);
    said.note(&approved);
    said.record("rejection", "code", &approved, sentence);
    let no_price = Rejection::CurrencyNotOffered(gates::stock::CurrencyNotOffered {
        currency: "EUR".parse().unwrap(),
        offered: vec![],
    });
    assert_eq!(no_price.to_string(), "this number has no price in `EUR`");
    said.record("rejection", "code", &no_price, "this number has no price in `EUR`");
    for (error, sentence) in [
        (Misuse::AccountUnknown { account: "a".parse().unwrap() }, "there is no account `a`"),
        (Misuse::NumberingPlanMissing, "there is no numbering plan to read the number with; hand one over"),
    ] {
        assert_eq!(error.to_string(), sentence);
        said.misuses.insert(misuse(&error));
    }
}
