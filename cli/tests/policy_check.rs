//! `ringup policy check` as data: what is changed in the guide's policy, and what is said about it.
#![expect(clippy::unwrap_used, reason = "a test: it may stop where it stands")]

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

/// An edit, and what is told of it: the code, the place, and what the message and the help begin with.
type Row = (&'static str, &'static str, &'static [(&'static str, &'static str, &'static str, &'static str)]);

const FEE: &str = "\"minor_units\": 500, \"currency\": \"EUR\"";
const TAX: &str = "\"percent\": \"21\"";
const WINDOW: &str = "\"window_s\": 120";

const ROWS: &[Row] = &[
    (WINDOW, "\"window_s\": 121", &[]),
    // Names.
    (
        WINDOW,
        "\"windows_s\": 120",
        &[("member_unknown", "/policy/velocity/windows_s", "there is no", "did you mean `window_s`?")],
    ),
    (
        WINDOW,
        "\"windows_s\": -1",
        &[
            (
                "member_unknown",
                "/policy/velocity/windows_s",
                "there is no field `windows_s`",
                "did you mean `window_s`?",
            ),
            (
                "value_invalid",
                "/policy/velocity/windows_s",
                "it is the number `-1`",
                "write a whole number from 0 to 4294967295",
            ),
        ],
    ),
    (
        "\"buyers\": [",
        "\"taxes\": [], \"buyers\": [",
        &[(
            "member_unknown",
            "/policy/taxes",
            "there is no field `taxes`",
            "`/rate_card` has a field of that name; move it there",
        )],
    ),
    (
        WINDOW,
        "\"window_s\": 1, \"window_s\": 2",
        &[("member_repeated", "/policy/velocity/window_s", "the field `window_s` is given twice", "remove one")],
    ),
    // What is missing.
    (
        WINDOW,
        "",
        &[(
            "member_missing",
            "/policy/velocity/window_s",
            "the field `window_s` is",
            "add it, such as `\"window_s\": 1`",
        )],
    ),
    (
        "\"order_evidence\": \"query_by_key\",",
        "",
        &[(
            "member_missing",
            "/policy/order_evidence",
            "the field `order_evidence` is missing",
            "add it with what is true of the system: `list_only` (it lists our numbers and nothing else",
        )],
    ),
    // Types.
    (
        WINDOW,
        "\"window_s\": \"120\"",
        &[("wrong_type", "/policy/velocity/window_s", "it is the text `120`", "write `120`, without quotes")],
    ),
    (
        WINDOW,
        "\"window_s\": 120.0",
        &[("wrong_type", "/policy/velocity/window_s", "it is the number", "write a whole number")],
    ),
    (
        "\"holder_required\": true",
        "\"holder_required\": \"true\"",
        &[("wrong_type", "/policy/holder_required", "it is the text `true`", "write `true`, without quotes")],
    ),
    (
        "\"buyers\": [\"owner\", \"admin\"]",
        "\"buyers\": \"owner\"",
        &[("wrong_type", "/policy/buyers", "it is the text `owner`", "write a list")],
    ),
    // Amounts and shares.
    (
        FEE,
        "\"minor_units\": \"29,00\", \"currency\": \"EUR\"",
        &[(
            "wrong_type",
            "/rate_card/rates/0/setup_fee/minor_units",
            "it is the text `29,00`",
            "write `2900`: amounts are whole",
        )],
    ),
    (
        FEE,
        "\"minor_units\": 29.00, \"currency\": \"EUR\"",
        &[(
            "wrong_type",
            "/rate_card/rates/0/setup_fee/minor_units",
            "it is the number `29.0`",
            "write `2900`: amounts are whole",
        )],
    ),
    (
        FEE,
        "\"minor_units\": \"500\", \"currency\": \"EUR\"",
        &[(
            "wrong_type",
            "/rate_card/rates/0/setup_fee/minor_units",
            "it is the text `500`",
            "write `500`, without quotes",
        )],
    ),
    (
        FEE,
        "\"minor_units\": 29,00, \"currency\": \"EUR\"",
        &[("not_json", "", "the file is not JSON: `29,00`", "write `2900`: amounts are whole")],
    ),
    (
        FEE,
        "\"minor_units\": 500, \"currency\": \"EURO\"",
        &[(
            "value_invalid",
            "/rate_card/rates/0/setup_fee/currency",
            "`EURO` is not a currency",
            "did you mean `EUR`?",
        )],
    ),
    (
        TAX,
        "\"percent\": \"19%\"",
        &[("value_invalid", "/rate_card/taxes/0/percent", "not a percentage", "write `\"19\"`, in quotes")],
    ),
    (
        TAX,
        "\"percent\": \"8,875 %\"",
        &[("value_invalid", "/rate_card/taxes/0/percent", "not a percentage", "write `\"8.875\"`, in quotes")],
    ),
    (
        TAX,
        "\"percent\": 0.19",
        &[(
            "wrong_type",
            "/rate_card/taxes/0/percent",
            "it is the number `0.19`",
            "write `\"19\"` for 19 %, or `\"0.19\"` for 0.19 %",
        )],
    ),
    (
        TAX,
        "\"percent\": 19.5",
        &[("wrong_type", "/rate_card/taxes/0/percent", "it is the number `19.5`", "write `\"19.5\"`, in quotes")],
    ),
    (
        TAX,
        "\"percent\": 19%",
        &[("not_json", "", "the file is not JSON", "write a percentage in quotes, without the sign")],
    ),
    (
        TAX,
        "\"percent\": \"190\"",
        &[("value_invalid", "/rate_card/taxes/0/percent", "a tax is more than 0 % and at most 100 %", "write a perc")],
    ),
    // Countries, wherever one is named.
    (
        "\"country\": \"NL\"",
        "\"country\": \"UK\"",
        &[("value_invalid", "/rate_card/rates/0/country", "`UK` is not a country", "did you mean `GB`?")],
    ),
    (
        "\"country\": \"NL\"",
        "\"country\": \"nl\"",
        &[("value_invalid", "/rate_card/rates/0/country", "`nl` is not a country", "did you mean `NL`?")],
    ),
    (
        "\"country\": \"NL\"",
        "\"country\": \"NLD\"",
        &[("value_invalid", "/rate_card/rates/0/country", "`NLD` is not a", "write its two capital")],
    ),
    (
        "\"default_country\": \"NL\"",
        "\"default_country\": \"EL\"",
        &[("value_invalid", "/policy/default_country", "`EL`", "did you mean `GR`?")],
    ),
    // The shop's own checks, beside those of the schema.
    (
        "\"attempts_max\": 8",
        "\"attempts_max\": 0",
        &[("value_invalid", "/policy/retry/attempts_max", "`attempts_max` must be at", "write 1")],
    ),
    (
        "\"lifetime_s\": 1800",
        "\"lifetime_s\": 0",
        &[("value_invalid", "/policy/checkout/lifetime_s", "a checkout of 0 seconds", "write 1 or more seconds")],
    ),
    (
        "\"checkout\": { \"lifetime_s\": 1800 },",
        "",
        &[("parts_disagree", "/policy/checkout", "`/policy/payment/2` opens a checkout", "add `\"checkout\"")],
    ),
];

fn harbour() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/policies/harbour.json")).unwrap()
}

/// What is said about a text on standard input.
fn told(text: &str) -> Vec<Value> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_ringup"));
    let program = program.args(["policy", "check", "-", "--json"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut ran = program.spawn().unwrap();
    ran.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = ran.wait_with_output().unwrap();
    let told: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(i32::from(!told.is_empty())));
    told
}

#[test]
fn an_edit_is_answered_with_its_mistakes_and_no_others() {
    for (good, bad, expected) in ROWS {
        let text = harbour();
        assert!(text.contains(good), "{good}");
        let text = text.replacen(good, bad, 1).replace("{  }", "{}").replace("{ , ", "{ ");
        let told = told(&text);
        assert_eq!(told.len(), expected.len(), "{bad}: {told:#?}");
        for (mistake, (code, path, message, help)) in told.iter().zip(*expected) {
            let say = |name: &str| mistake[name].as_str().unwrap();
            assert_eq!((say("code"), say("path"), say("file")), (*code, *path, "-"), "{bad}");
            assert!(say("message").starts_with(message) && say("help").starts_with(help), "{bad}: {mistake:#}");
            assert!(mistake["line"].is_u64() && mistake["column"].is_u64(), "{bad}: {mistake:#}");
        }
    }
}

/// The guide says which members must be there, and which say something where they are absent.
#[test]
fn the_guide_lists_what_is_not_off_when_it_is_absent() {
    let read = |file: &str| std::fs::read_to_string(format!("{}/../{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let guide = read("docs/policies/README.md");
    let schema: Value = serde_json::from_str(&read("core/policies/shop.schema.json")).unwrap();
    let required = schema["$defs"]["Policy"]["required"].as_array().unwrap();
    let sentence = guide.lines().find(|line| line.contains("members are required")).unwrap();
    let listed: Vec<&str> = sentence.split_once("unnoticed: ").unwrap().1.split('`').skip(1).step_by(2).collect();
    assert_eq!(listed, required.iter().map(|name| name.as_str().unwrap()).collect::<Vec<_>>());
    for definition in schema["$defs"].as_object().unwrap().values() {
        for (name, member) in definition["properties"].as_object().into_iter().flatten() {
            if member["default"].is_string() {
                let row = guide.lines().find(|line| line.starts_with(&format!("| `{name}`")) && line.contains("` |"));
                assert!(row.is_some_and(|row| row.contains(member["default"].as_str().unwrap())), "{name}");
            }
        }
    }
}
