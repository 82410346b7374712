//! Who asks, how, and for which number.

use ringup_core::shop::{SelectorKind, ShopData};
use ringup_core::*;

use super::said::Said;

pub fn keys_and_fields(said: &mut Said) {
    said.about("key_malformed");
    let mut key = |key: &str| said.orchard(|_, request| request.idempotency_key = Some(key.into()));
    key("");
    key(&"ä".repeat(11));
    key("a\nb");
    key(&format!("{}é", "a".repeat(9)));
    said.orchard_by(
        |data| data.policy.idempotency.as_mut().unwrap().length_max = 1,
        |_, request| request.idempotency_key = Some("ab".into()),
    );
    said.about("request_malformed");
    said.orchard(|_, request| request.holder = None);
    said.orchard(|_, request| request.country = Some("Germany".into()));
    for (country, number) in [
        ("", "+9"),
        ("US", "+91 98765 43210"),
        ("IN", "098765 43210 ext. 9"),
        ("", "98765 43210"),
        ("US", "(404) 410-16"),
        ("US", "410-1672"),
        ("DE", "+49 30 1234567890123"),
        ("IN", "9€8765"),
        ("", "+999 1234567"),
    ] {
        said.bazaar(|_, request, _| {
            (request.country, request.number) = (Some(country.into()), Some(number.into()));
        });
    }
    said.bazaar(|_, request, _| request.holder = Some("a/b".into()));
    said.bazaar(|_, request, _| request.holder = Some("a".repeat(129)));
    said.bazaar(|_, request, _| request.area_code = Some("12345678".into()));
    said.bazaar(|_, request, _| request.pattern = Some("+1".into()));
    said.bazaar(|_, request, _| request.currency = Some("rupees".into()));
    said.orchard(|_, request| request.number_type = Some("freephone".into()));
    said.orchard(|_, request| request.region = Some("r".repeat(101)));
    said.orchard(|_, request| request.price_seen = Some(PriceSeen::default()));
}

pub fn who_asks(said: &mut Said) {
    said.about("role_not_allowed");
    let mut buyers = |buyers: &[Role]| {
        said.orchard_by(|data| data.policy.buyers = buyers.to_vec(), |standing, _| standing.actor.role = Role::Member);
    };
    buyers(&[Role::Owner]);
    buyers(&[Role::Owner, Role::Admin]);
    said.about("holder_unknown");
    said.orchard(|_, request| request.holder = Some("stranger".into()));
    said.orchard(|standing, request| {
        standing.holders = (0..6).map(|index| format!("p{index}").parse().unwrap()).collect();
        request.holder = Some("stranger".into());
    });
    said.about("actor_not_allowed");
    let only = "side";
    said.bazaar(|standing, _, _| standing.actor.only_holder = Some(only.parse().unwrap()));
    said.bazaar_by(
        |data| data.policy.holder_required = false,
        |standing, request, _| {
            standing.actor.only_holder = Some(only.parse().unwrap());
            request.holder = None;
        },
    );
}

pub fn which_number(said: &mut Said) {
    said.about("selector_missing");
    let nothing = |_: &mut Standing, request: &mut PurchaseRequest, _: &mut Offers| request.number = None;
    said.bazaar(nothing);
    use SelectorKind::{Any, AreaCode, Exact, Inventory, Pattern};
    let by = |kinds: &'static [SelectorKind]| move |data: &mut ShopData| data.policy.selectors = kinds.to_vec();
    said.bazaar_by(by(&[Exact, Inventory]), nothing);
    said.about("selector_ambiguous");
    said.bazaar_by(by(&[Any, Exact, AreaCode, Pattern]), |_, request, _| request.area_code = Some("415".into()));
    let area_code = |request: &mut PurchaseRequest| {
        (request.number, request.area_code) = (None, Some("415".into()));
    };
    said.about("selector_missing");
    said.bazaar_by(by(&[AreaCode]), |_, request, _| area_code(request));
    said.bazaar_by(by(&[Pattern]), |_, request, _| {
        (request.number, request.pattern) = (None, Some("+1415*******".into()))
    });
    said.about("selector_not_offered");
    said.bazaar(|_, request, _| area_code(request));
}

pub fn plans(said: &mut Said) {
    said.about("plan_not_paid");
    said.orchard(|standing, _| standing.terms.plan = Some("free".parse().unwrap()));
    said.orchard(|standing, _| standing.terms.plan = None);
    said.orchard(|standing, _| standing.terms.plan = Some("gold".parse().unwrap()));
    said.orchard_by(
        |data| {
            data.policy.paid_plan_required = false;
            data.plans[0].number_limit = 1;
        },
        |standing, _| standing.terms.plan = None,
    );
}
