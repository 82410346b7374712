//! KYC: what must be submitted, what an approval opens and until when, and the purchases that wait for one.

use ringup_core::shop::{BillingKind, KycRules};
use ringup_core::{
    Action, Actor, Confirmation, Country, Decision, EndKycWait, GateStatus, KycFinding, MakePurchase, Misuse,
    NumberType, Outcome, PurchaseAnswer, PurchaseRequest, RecordId, RecordOutcome, RecordVerification, Shop, Standing,
    Timestamp, Verification, WakeUp,
};
use serde_json::{Value, json};

use super::api::{quote, standing};
use super::kit::{Host, NOW, orchard_request, orchard_with};
use super::lifecycle::{effects, id, show};

const DAY_MS: i64 = 86_400_000;
const DAY_S: u32 = 86_400;

/// Germany asks for papers by type: an approval for mobile numbers opens national ones too, and holds for a year. People
/// must show an identity for every type.
fn rules(subject: &str) -> KycRules {
    let item = |name: &str, kind: &str| json!({ "name": name, "kind": kind });
    serde_json::from_value(json!({
        "tier_min": 3,
        "subject": subject,
        "keyed_purchases_wait": true,
        "requirements": [
            { "country": "DE", "holder_kind": "person", "items": [item("passport", "document")] },
            {
                "country": "DE", "number_type": "mobile", "opens": ["national"], "valid_s": 365 * DAY_S, "deadline_s": 10 * DAY_S,
                "items": [item("company", "text"), { "name": "seat", "kind": "address", "within": "country" }]
            },
            { "country": "DE", "deadline_s": 10 * DAY_S, "items": [item("company", "text"), item("extract", "document")] },
            { "tier_min": 4, "items": [item("identity", "action"), item("company", "text")] },
        ],
    }))
    .unwrap()
}

fn shop(subject: &str) -> Shop {
    let rules = rules(subject);
    orchard_with(|data| data.policy.kyc = Some(rules))
}

fn host() -> Host {
    Host { shop: shop("country"), ..Host::orchard(BillingKind::Usage) }
}

fn request(country: &str, number_type: Option<&str>) -> PurchaseRequest {
    PurchaseRequest {
        country: Some(country.into()),
        number_type: number_type.map(Into::into),
        confirm_additional: true,
        ..orchard_request()
    }
}

fn keyed(key: &str) -> PurchaseRequest {
    PurchaseRequest { idempotency_key: Some(key.into()), ..request("DE", None) }
}

fn found(country: Option<&str>, number_type: Option<NumberType>, finding: KycFinding) -> RecordVerification {
    let country = country.map(|country| country.parse().unwrap());
    RecordVerification { country, number_type, finding, papers: Some("papers-1".parse().unwrap()) }
}

const fn approved() -> KycFinding {
    KycFinding::Approved { until: None }
}

/// What the gate says: `passed` with its evidence, or the refusal's sentence and the fix.
fn said(shop: &Shop, standing: &Standing, request: &PurchaseRequest, now: Timestamp) -> String {
    let quote = quote(shop, standing, &ringup_core::Offers::default(), request, now);
    let report = quote.gates.into_iter().find(|report| report.gate == ringup_core::Gate::Kyc).unwrap();
    match report.status {
        GateStatus::Passed { evidence } => format!("passed {}", evidence.sentence(shop.decimals())),
        GateStatus::Waiting { fact } => format!("waiting {fact:?}"),
        GateStatus::Blocked { rejection, fixes, .. } => {
            let fixes: Vec<String> = fixes.iter().map(|fix| fix.sentence(shop.decimals()).to_string()).collect();
            format!("{} > {}", rejection.sentence(shop.decimals()), fixes.join(" | "))
        }
    }
}

impl Host {
    #[track_caller]
    fn found(&mut self, country: &str, number_type: Option<NumberType>, finding: KycFinding) {
        self.tell(&found(Some(country), number_type, finding)).unwrap();
    }

    fn says(&self, request: &PurchaseRequest) -> String {
        let standing = standing(&self.account, &self.shop, &Actor::default(), self.now);
        said(&self.shop, &standing, request, self.now)
    }

    /// Whether a number of Germany of this type may be bought.
    fn opens(&self, number_type: &str) -> bool {
        self.says(&request("DE", Some(number_type))).starts_with("passed")
    }

    fn after(&mut self, millis: i64) -> &mut Self {
        self.now = NOW.plus_millis(millis);
        self
    }

    fn told(&mut self, id: &str, request: &PurchaseRequest) -> Decision<PurchaseAnswer> {
        let (id, request) = (id.parse().unwrap(), request.clone());
        self.tell(&MakePurchase { id, actor: Actor::default(), request }).unwrap()
    }

    /// What a purchase does, and what is owed after it.
    fn bought(&mut self, id: &str, request: &PurchaseRequest) -> String {
        let decision = self.told(id, request);
        show(&decision.events, self)
    }

    fn wakes(&mut self) -> String {
        let decision = self.tell(&super::api::wake_up(&self.account.clone(), self.now)).unwrap();
        show(&decision.events, self)
    }

    /// Runs the effects until there are none: the inventory reserves a number of Germany.
    fn finishes(&mut self) {
        while let Some(effect) = self.account.owed().into_iter().next() {
            let mut offer = self.offer();
            (offer.country, offer.number) = ("DE".parse().unwrap(), "+4930901820".parse().unwrap());
            let confirmation = match effect.action {
                Action::Reserve { .. } => Confirmation::Reserved { offer },
                _ => Confirmation::Done,
            };
            let outcome = Outcome::Confirmed { confirmation };
            self.tell(&RecordOutcome { effect: effect.id, outcome }).unwrap();
        }
    }

    fn ends(&mut self, purchase: &str, declined: bool) -> String {
        let decision = self.tell(&EndKycWait { purchase: id(purchase), declined }).unwrap();
        show(&decision.events, self)
    }

    fn state(&self, purchase: &str) -> String {
        let state = serde_json::to_value(&self.account.purchase(&id(purchase)).unwrap().state).unwrap();
        state["state"].as_str().unwrap().into()
    }
}

const NEEDED: &str = "DE numbers need your identity verified for that country first; ";

#[test]
fn what_is_asked_for_follows_from_country_type_tier_and_holder() {
    let mut host = host();
    for (country, number_type, asked) in [
        ("DE", Some("mobile"), "`company` and `seat`"),
        ("DE", Some("local"), "`company` and `extract`"),
        ("DE", None, "`company` and `extract`"),
    ] {
        let expected = format!("{NEEDED}nothing is submitted yet: submit {asked} > submit {asked} for DE numbers");
        assert_eq!(host.says(&request(country, number_type)), expected);
    }
    assert!(host.says(&request("AU", None)).ends_with("submit `identity` and `company` for AU numbers"));
    host.account = super::kit::account(
        ringup_core::CustomerTerms {
            holder_kind: ringup_core::shop::HolderKind::Person,
            ..host.account.terms().clone()
        },
        &[],
    );
    assert!(host.says(&request("DE", Some("mobile"))).ends_with("submit `passport` for DE numbers"));
}

#[test]
fn an_approval_opens_its_own_type_and_what_the_policy_adds() {
    let all = ["local", "mobile", "national", "toll_free"];
    for (approved_for, opened) in [
        (Some(NumberType::Mobile), vec!["mobile", "national"]),
        (Some(NumberType::Local), vec!["local"]),
        (Some(NumberType::National), vec!["national"]),
        (None, all.to_vec()),
    ] {
        let mut host = host();
        host.found("DE", approved_for, approved());
        let open: Vec<&str> = all.into_iter().filter(|number_type| host.opens(number_type)).collect();
        assert_eq!(open, opened, "{approved_for:?}");
        assert!(host.says(&request("AU", None)).contains("nothing is submitted"), "of another country");
        // Of which type it will be is not known.
        assert_eq!(host.says(&request("DE", None)).starts_with("passed"), approved_for.is_none());
    }
}

#[test]
fn of_two_verifications_the_one_nearer_to_an_approval_counts() {
    let mut host = host();
    host.found("DE", None, KycFinding::Declined { mend: Vec::new() });
    assert!(host.says(&request("DE", Some("mobile"))).contains("was declined"));
    host.found("DE", Some(NumberType::Mobile), KycFinding::UnderReview);
    assert!(host.says(&request("DE", Some("mobile"))).contains("under review"));
    assert!(host.says(&request("DE", Some("national"))).contains("under review"), "it would be opened as well");
    assert!(host.says(&request("DE", Some("local"))).contains("was declined"));
    host.found("DE", None, approved());
    assert!(host.opens("mobile") && host.opens("local"));
    // There is one for each type, whatever was recorded before.
    assert_eq!(host.standing().verifications.len(), 2);
    host.found("DE", None, KycFinding::Withdrawn);
    assert_eq!(host.standing().verifications.len(), 1);
    assert!(!host.opens("local"));
}

#[test]
fn an_approval_holds_before_its_expiry_and_no_longer() {
    let year = 365 * DAY_MS;
    let mut host = host();
    host.found("DE", Some(NumberType::Mobile), approved());
    let mobile = request("DE", Some("mobile"));
    let open = [-1, 0, 1].map(|unit| host.after(year + unit).opens("mobile"));
    assert_eq!(open, [true, false, false]);
    let until = "2027-03-25T10:00:00Z";
    let again = "submit `company` and `seat`";
    let expected = format!("{NEEDED}the approval expired at {until}: {again} again > {again} for DE numbers");
    assert_eq!(host.says(&mobile), expected);
    assert_eq!(
        host.after(0).says(&mobile),
        format!("passed tier 3; verified from tier 3 on; it is approved until {until}")
    );
    // An instant that the regulator names counts before the policy's.
    let named = KycFinding::Approved { until: Some(NOW.plus_millis(5)) };
    host.found("DE", Some(NumberType::Mobile), named);
    assert_eq!([4, 5].map(|millis| host.after(millis).opens("mobile")), [true, false]);
    // A quote holds no longer than the approval.
    let standing = host.after(0).standing();
    let expires_at = quote(&host.shop, &standing, &host.offers, &mobile, NOW).expires_at;
    assert_eq!(expires_at, NOW.plus_millis(5));
}

#[test]
fn a_decline_names_what_must_be_mended_and_until_when() {
    let mut host = host();
    host.found("DE", None, KycFinding::Declined { mend: vec!["extract".into()] });
    let until = "2026-04-04T10:00:00Z";
    let mend = format!("{NEEDED}the verification was declined: submit `extract` again, before {until}");
    let any = request("DE", None);
    assert_eq!(host.says(&any), format!("{mend} > submit `extract` for DE numbers, before {until}"));
    let told = [-1, 0, 1].map(|unit| host.after(10 * DAY_MS + unit).says(&any).contains("submit `extract` again"));
    assert_eq!(told, [true, false, false]);
    assert!(host.says(&any).contains("declined: submit `company` and `extract` again >"), "{}", host.says(&any));
    // Everything: there is nothing to mend in time.
    host.found("DE", None, KycFinding::Declined { mend: Vec::new() });
    assert!(host.after(0).says(&any).contains("declined: submit `company` and `extract` again >"));
}

#[test]
fn an_account_has_the_verifications_that_its_policy_asks_for() {
    let refused = |shop: &Shop, country: Option<&str>| {
        let mut host = Host { shop: shop.clone(), ..Host::orchard(BillingKind::Usage) };
        let told = host.tell(&found(country, None, approved()));
        match told {
            Ok(_) => "recorded",
            Err(Misuse::VerificationNotNeeded { .. }) => "not needed",
            Err(other) => panic!("{other}"),
        }
    };
    let (country, account, none) = (shop("country"), shop("account"), orchard_with(|data| data.policy.kyc = None));
    assert_eq!(
        [Some("DE"), Some("FR"), None].map(|of| refused(&country, of)),
        ["recorded", "not needed", "not needed"]
    );
    assert_eq!([Some("DE"), None].map(|of| refused(&account, of)), ["not needed", "recorded"]);
    assert_eq!([Some("DE"), None].map(|of| refused(&none, of)), ["not needed"; 2]);
    let mut of_account = Host { shop: account, ..Host::orchard(BillingKind::Usage) };
    of_account.tell(&found(None, None, approved())).unwrap();
    assert!(of_account.opens("local") && of_account.says(&request("AU", None)).starts_with("passed"));
}

#[test]
fn what_is_stored_of_papers_is_a_reference() {
    let mut host = host();
    let decision = host.tell(&found(Some("DE"), None, KycFinding::Submitted)).unwrap();
    let expected = json!([{
        "event": "verification_recorded",
        "verification": { "country": "DE", "status": "initiated", "papers": "papers-1" },
    }]);
    assert_eq!(serde_json::to_value(&decision.events).unwrap(), expected);
    // A repeat changes nothing, and neither does taking back what was never submitted.
    assert!(host.tell(&found(Some("DE"), None, KycFinding::Submitted)).unwrap().events.is_empty());
    assert!(host.tell(&found(Some("AU"), None, KycFinding::Withdrawn)).unwrap().events.is_empty());
    let known: Vec<Verification> = host.standing().verifications;
    assert_eq!(serde_json::to_value(&known).unwrap(), json!([expected[0]["verification"]]));
}

#[test]
fn without_a_key_nothing_waits_and_with_one_a_single_purchase_does() {
    let mut host = host();
    let version = host.account.version();
    for nth in 0..50 {
        let refused = host.buy(&format!("keyless-{nth}"), &request("DE", None)).unwrap_err();
        assert!(matches!(refused, ringup_core::PurchaseError::Refused(ringup_core::Rejection::KycRequired(_))));
    }
    assert_eq!((host.account.version(), host.account.purchases().count()), (version, 0));
    assert_eq!(host.bought("p", &keyed("k1")), "purchase_awaits_kyc ->");
    assert_eq!(host.buy("q", &keyed("k1")), Ok(PurchaseAnswer::Repeated { purchase: id("p") }));
    assert_eq!(host.buy("p", &keyed("k1")), Ok(PurchaseAnswer::Repeated { purchase: id("p") }));
    let other = PurchaseRequest { idempotency_key: Some("k1".into()), ..request("AU", None) };
    let reused = host.buy("q", &other).unwrap_err();
    assert_eq!(reused, ringup_core::PurchaseError::Refused(ringup_core::Rejection::KeyReused));
    // It counts for no limit and no window, and no money is held.
    let standing = host.standing();
    assert_eq!((standing.pending.total, standing.in_flight.len(), standing.recent.len()), (0, 0, 0));
    assert_eq!(standing.last_accepted_at, None);
    assert!(host.account.ledger().currencies().next().is_none());
}

#[test]
fn a_purchase_that_waited_goes_on_as_itself_once_it_is_approved() {
    let mut host = host();
    host.bought("p", &keyed("k1"));
    host.found("DE", None, KycFinding::UnderReview);
    assert_eq!(host.buy("q", &keyed("k1")), Ok(PurchaseAnswer::Repeated { purchase: id("p") }));
    host.found("DE", None, approved());
    assert_eq!(host.state("p"), "awaiting_kyc", "nothing is bought by itself");
    assert_eq!(host.bought("q", &keyed("k1")), "purchase_accepted -> p/reserve");
    assert_eq!(host.buy("r", &keyed("k1")), Ok(PurchaseAnswer::Repeated { purchase: id("p") }));
    host.finishes();
    assert_eq!((host.state("p"), effects(&host)), ("active".into(), Vec::new()));
    assert_eq!(host.buy("r", &keyed("k1")), Ok(PurchaseAnswer::Repeated { purchase: id("p") }));
    // Its own id is a key as well.
    host.bought("s", &keyed("k2"));
    assert_eq!(host.account.purchases().count(), 2);
}

#[test]
fn a_gate_that_is_closed_meanwhile_refuses_and_the_purchase_waits_on() {
    let mut host = host();
    host.bought("p", &keyed("k1"));
    host.found("DE", None, approved());
    let paid = host.account.terms().clone();
    let unpaid = ringup_core::CustomerTerms { payment_method_on_file: false, ..paid.clone() };
    host.tell(&ringup_core::ChangeTerms { terms: unpaid }).unwrap();
    assert!(host.buy("q", &keyed("k1")).is_err());
    assert_eq!(host.state("p"), "awaiting_kyc");
    host.tell(&ringup_core::ChangeTerms { terms: paid }).unwrap();
    assert_eq!(host.bought("q", &keyed("k1")), "purchase_accepted -> p/reserve");
}

#[test]
fn a_decline_or_a_withdrawal_frees_the_key() {
    for (declined, failure) in [(true, "kyc_declined"), (false, "kyc_withdrawn")] {
        let mut host = host();
        host.bought("p", &keyed("k1"));
        assert_eq!(host.ends("p", declined), "kyc_wait_ended ->");
        assert_eq!(host.ends("p", declined), "->", "it waits no more");
        let state = serde_json::to_value(&host.account.purchase(&id("p")).unwrap().state).unwrap();
        assert_eq!((&state["state"], &state["failure"]["failure"]), (&json!("failed"), &json!(failure)));
        assert!(host.account.record(&RecordId::Key(key("k1"))).is_none());
        // The same key may ask for something else now.
        let other = PurchaseRequest { idempotency_key: Some("k1".into()), ..request("AU", None) };
        assert_eq!(host.bought("q", &other), "purchase_awaits_kyc ->");
    }
}

fn key(text: &str) -> ringup_core::IdempotencyKey {
    serde_json::from_value(Value::from(text)).unwrap()
}

#[test]
fn without_papers_a_purchase_waits_until_its_deadline() {
    let deadline = 10 * DAY_MS;
    let mut host = host();
    host.bought("p", &keyed("k1"));
    assert_eq!(host.account.due(), Some(NOW.plus_millis(deadline)));
    assert_eq!(host.after(deadline - 1).wakes(), "->");
    assert_eq!(host.buy("q", &keyed("k1")), Ok(PurchaseAnswer::Repeated { purchase: id("p") }));
    // From its deadline on the key is free, whether or not anybody has looked at the clock.
    for late in [0, 1] {
        let mut late_host = Host { shop: host.shop.clone(), account: host.account.clone(), ..self::host() };
        assert_eq!(late_host.after(deadline + late).bought("q", &keyed("k1")), "kyc_wait_ended purchase_awaits_kyc ->");
        assert_eq!(late_host.state("p"), "failed");
    }
    assert_eq!(host.after(deadline).wakes(), "kyc_wait_ended ->");
    assert_eq!(host.account.due(), None);
}

#[test]
fn papers_that_are_with_the_regulator_at_the_deadline_have_another_one() {
    let deadline = 10 * DAY_MS;
    let mut host = host();
    host.bought("p", &keyed("k1"));
    host.found("DE", None, KycFinding::UnderReview);
    assert_eq!(host.after(deadline).wakes(), "kyc_wait_extended ->");
    assert_eq!(host.buy("q", &keyed("k1")), Ok(PurchaseAnswer::Repeated { purchase: id("p") }));
    assert_eq!(host.account.due(), Some(NOW.plus_millis(2 * deadline)));
    host.found("DE", None, KycFinding::Declined { mend: Vec::new() });
    assert_eq!(host.after(2 * deadline).wakes(), "kyc_wait_ended ->");
}

#[test]
fn the_named_key_is_served_and_else_the_one_that_has_waited_longest() {
    let mut host = host();
    for (nth, purchase) in ["c", "a", "b"].into_iter().enumerate() {
        host.after(i64::try_from(nth).unwrap()).bought(purchase, &keyed(purchase));
    }
    let served = |host: &Host, country: &str, named: Option<&str>| {
        let country: Country = country.parse().unwrap();
        let served = host.account.awaiting_kyc(named, |purchase| purchase.agreement.country() == country).unwrap();
        served.map(|purchase| purchase.id.to_string())
    };
    assert_eq!(served(&host, "DE", None).as_deref(), Some("c"));
    assert_eq!(served(&host, "DE", Some("b")).as_deref(), Some("b"));
    assert_eq!(served(&host, "DE", Some("unknown")).as_deref(), Some("c"));
    assert_eq!(served(&host, "AU", Some("b")), None, "it waits for another country");
    host.ends("c", true);
    assert_eq!(served(&host, "DE", None).as_deref(), Some("a"));
    // A wake-up of nothing due changes nothing.
    assert!(host.tell(&WakeUp { records: vec![RecordId::Purchase(id("a"))] }).unwrap().events.is_empty());
}

#[test]
fn fifty_keyless_and_five_keyed_requests_and_one_approval_are_one_number() {
    let mut host = host();
    for nth in 0..50 {
        host.buy(&format!("keyless-{nth}"), &request("DE", None)).unwrap_err();
    }
    for key in ["k1", "k2", "k3", "k4", "k5"] {
        host.bought(key, &keyed(key));
    }
    host.found("DE", None, approved());
    // One submission makes one number: the host asks for the purchase that is served.
    let served = host.account.awaiting_kyc(None, |_| true).unwrap().unwrap().clone();
    let key = served.key.unwrap();
    assert_eq!(host.bought("fresh", &keyed(key.as_str())), "purchase_accepted -> k1/reserve");
    host.finishes();
    assert_eq!(host.account.numbers().count(), 1);
    assert_eq!(host.standing().held.total, 1);
}
