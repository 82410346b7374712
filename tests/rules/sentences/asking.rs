//! Who asks, how, and for which number.

use ringup_core::shop::{SelectorKind, ShopData};
use ringup_core::*;

use super::said::Said;

pub fn keys_and_fields(said: &mut Said) {
    let fresh = "use a fresh key of at most 100 characters, none of them a control character";
    let mut key =
        |key: &str, sentence| said.zernio(|_, request| request.idempotency_key = Some(key.into()), &[sentence, fresh]);
    key("", "the idempotency key is empty; it needs at least 1 character and at most 100");
    key(&"ä".repeat(101), "the idempotency key has 101 characters; at most 100 are taken");
    let control = "the idempotency key has a control character in it, such as a line break; leave it out";
    key("a\nb", control);
    key(&format!("{}\n", "a".repeat(99)), control);
    said.zernio_by(
        |data| data.policy.idempotency.as_mut().unwrap().length_max = 1,
        |_, request| request.idempotency_key = Some("ab".into()),
        &[
            "the idempotency key has 2 characters; at most 1 is taken",
            "use a fresh key of at most 1 character, none of them a control character",
        ],
    );
    said.zernio(
        |_, request| request.holder = None,
        &["`holder`: name who is to hold the number", "name who is to hold the number"],
    );
    said.zernio(
        |_, request| request.country = Some("Germany".into()),
        &[
            "`country`: `Germany` cannot be read: a country is two letters of ISO 3166-1, such as `US`",
            "correct `country`",
        ],
    );
    said.vobiz(
        |_, request, _| request.number = Some("+9".into()),
        &["`number`: `+9` cannot be read: the number is too short", "correct `number`"],
    );
    let mut number = |country: &str, number: &str, then: &[&str]| {
        said.vobiz(
            |_, request, _| (request.country, request.number) = (Some(country.into()), Some(number.into())),
            then,
        );
    };
    let retype = "correct `number`";
    number(
        "US",
        "+91 98765 43210",
        &[
            "`number`: `+91 98765 43210` is a number of IN, not of US; correct one of the two",
            retype,
            "choose the country of the number: IN",
        ],
    );
    number(
        "IN",
        "098765 43210 ext. 9",
        &["`number`: `098765 43210 ext. 9` has an extension, and only whole numbers are sold: leave it out", retype],
    );
    for (country, typed, why) in [
        ("", "98765 43210", "the number must begin with `+` and the country calling code, or a country must be given"),
        ("US", "(404) 410-16", "the number is too short"),
        ("US", "410-1672", "the area code is missing"),
        ("DE", "+49 30 1234567890123", "the number is too long"),
        ("IN", "9€8765", "character 1 has no meaning in a number"),
        ("", "+999 1234567", "no country calling code begins like this"),
    ] {
        number(country, typed, &[&format!("`number`: `{typed}` cannot be read: {why}"), retype]);
    }
    let identifier = "an identifier has visible ASCII characters other than `/`; character 2 is another";
    said.vobiz(
        |_, request, _| request.holder = Some("a/b".into()),
        &[&format!("`holder`: `a/b` cannot be read: {identifier}"), "correct `holder`"],
    );
    said.vobiz(
        |_, request, _| request.holder = Some("a".repeat(129)),
        &[
            &format!("`holder`: `{}…` cannot be read: an identifier has at most 128 characters", "a".repeat(40)),
            "correct `holder`",
        ],
    );
    said.vobiz(
        |_, request, _| request.area_code = Some("12345678".into()),
        &[
            "`area_code`: `12345678` cannot be read: an area code is 1 to 7 digits, such as `415`",
            "correct `area_code`",
        ],
    );
    said.vobiz(
        |_, request, _| request.pattern = Some("+1".into()),
        &[
            "`pattern`: `+1` cannot be read: a pattern is `+` and 7 to 15 digits, with `*` for each that is open, such as \
             `+1415555****`",
            "correct `pattern`",
        ],
    );
    said.vobiz(
        |_, request, _| request.currency = Some("rupees".into()),
        &[
            "`currency`: `rupees` cannot be read: no such currency code in ISO 4217; three capital letters such as `USD` are \
             expected",
            "correct `currency`",
        ],
    );
    said.zernio(
        |_, request| request.number_type = Some("freephone".into()),
        &[
            "`number_type`: `freephone` cannot be read: a type of number is `local`, `mobile`, `national` or `toll_free`",
            "correct `number_type`",
        ],
    );
}

pub fn who_asks(said: &mut Said) {
    let mut buyers = |buyers: &[Role], sentence, fix| {
        said.zernio_by(
            |data| data.policy.buyers = buyers.to_vec(),
            |standing, _| standing.actor.role = Role::Member,
            &[sentence, fix],
        );
    };
    buyers(&[Role::Owner], "a member may not buy numbers; an owner may", "ask an owner to buy it");
    buyers(
        &[Role::Owner, Role::Admin],
        "a member may not buy numbers; an owner or an administrator may",
        "ask an owner or an administrator to buy it",
    );
    said.zernio(
        |_, request| request.holder = Some("profile_x".into()),
        &[
            "this account has no holder `profile_x`",
            "choose a holder that you may act for: `profile_abc123` or `profile_other`",
        ],
    );
    said.zernio(
        |standing, request| {
            standing.terms.holders = (0..6).map(|index| format!("p{index}").parse().unwrap()).collect();
            request.holder = Some("profile_x".into());
        },
        &["this account has no holder `profile_x`", "choose a holder that you may act for"],
    );
    let only = "SA_1";
    let sentences = ["this credential acts for `SA_1` only", "choose a holder that you may act for: `SA_1`"];
    said.vobiz(|standing, _, _| standing.actor.only_holder = Some(only.parse().unwrap()), &sentences);
    said.vobiz_by(
        |data| data.policy.holder_required = false,
        |standing, request, _| {
            standing.actor.only_holder = Some(only.parse().unwrap());
            request.holder = None;
        },
        &sentences,
    );
}

pub fn which_number(said: &mut Said) {
    let nothing = |_: &mut Standing, request: &mut PurchaseRequest, _: &mut Offers| request.number = None;
    said.vobiz(
        nothing,
        &["nothing says which number is wanted: say it by exact number", "say which number you want, by exact number"],
    );
    use SelectorKind::{Any, AreaCode, Exact, Inventory, Pattern};
    let by = |kinds: &'static [SelectorKind]| move |data: &mut ShopData| data.policy.selectors = kinds.to_vec();
    said.vobiz_by(
        by(&[Exact, Inventory]),
        nothing,
        &[
            "nothing says which number is wanted: say it by exact number or by inventory id",
            "say which number you want, by exact number or by inventory id",
        ],
    );
    said.vobiz_by(
        by(&[Any, Exact, AreaCode, Pattern]),
        |_, request, _| request.area_code = Some("415".into()),
        &[
            "several fields say which number is wanted; say it in one way: by country, by exact number, by country and area \
             code or by country and pattern",
            "say which number you want, by country, by exact number, by country and area code or by country and pattern",
        ],
    );
    let area_code = |request: &mut PurchaseRequest| {
        (request.number, request.area_code) = (None, Some("415".into()));
    };
    said.vobiz_by(
        by(&[AreaCode]),
        |_, request, _| area_code(request),
        &["an area code needs its country: name it", "name its country"],
    );
    said.vobiz_by(
        by(&[Pattern]),
        |_, request, _| (request.number, request.pattern) = (None, Some("+1415*******".into())),
        &["a pattern needs its country: name it", "name its country"],
    );
    said.vobiz(
        |_, request, _| area_code(request),
        &[
            "numbers cannot be asked for by country and area code here, only by exact number",
            "say which number you want, by exact number",
        ],
    );
}

pub fn plans(said: &mut Said) {
    let build = "move to the plan Build at 19.00 USD a month";
    said.zernio(
        |standing, _| standing.terms.plan = Some("free".parse().unwrap()),
        &["your plan Free is not a paid one; numbers need a paid plan", build],
    );
    said.zernio(|standing, _| standing.terms.plan = None, &["you have no plan; numbers need a paid plan", build]);
    said.zernio(
        |standing, _| standing.terms.plan = Some("gold".parse().unwrap()),
        &["there is no plan `gold`; numbers need a paid plan", build],
    );
    said.zernio_by(
        |data| {
            data.policy.paid_plan_required = false;
            data.plans[0].number_limit = 1;
        },
        |standing, _| standing.terms.plan = None,
        &["you have no plan; numbers need a plan", "move to the plan Free at 0.00 USD a month"],
    );
}
