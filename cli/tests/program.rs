//! The program itself: what it prints, and the code that it exits with.
#![expect(clippy::unwrap_used, reason = "a test: it may stop where it stands")]

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

const STANDING: &str = r#"{
  "terms": { "plan": "starter", "billing": "prepaid" }, "holders": ["acme"],
  "balances": [{ "minor_units": 100, "currency": "USD" }],
  "held": { "total": 2 },
  "last_accepted_at": 1774432790000
}"#;
const REQUEST: &str = r#"{ "holder": "acme", "country": "US", "idempotency_key": "key-1" }"#;
const NOW: &str = "2026-03-25T10:00:00Z";

/// What the program has printed, to both streams, and its exit code.
struct Ran {
    out: String,
    err: String,
    code: i32,
}

fn ringup(words: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_ringup")).args(words).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { out: text(output.stdout), err: text(output.stderr), code: output.status.code().unwrap() }
}

/// A file with this text; its path.
fn file(name: &str, text: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().into()
}

fn quote(test: &str, standing: &str, request: &str, more: &[&str]) -> Ran {
    let (standing, request) =
        (file(&format!("{test}-standing.json"), standing), file(&format!("{test}-request.json"), request));
    let words = ["quote", "--policy", "ringup", "--standing", &standing, "--request", &request, "--now", NOW];
    ringup(&[&words, more].concat())
}

#[test]
fn a_quote_says_every_gate_and_what_to_do() {
    let ran = quote("gates", STANDING, REQUEST, &[]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    for line in [
        "Ringup: not acceptable\n",
        "  holds until  2026-03-25T10:15:00Z\n",
        "  setup fee          1.00 USD\n",
        "  due now            2.15 USD\n",
        "  every month after  1.15 USD\n",
        "  passed   key form        5 of at most 255 characters\n",
        "  blocked  number limit    limit reached: 2 held + 0 pending of 2\n",
        " or wait until 2026-03-25T10:00:50Z\n",
        "  1. release 1 of your numbers [number limit]\n",
        "  2. confirm this additional purchase [velocity]\n",
        "  3. add 1.15 USD to your balance [balance]\n",
    ] {
        assert!(ran.out.contains(line), "{line} is not in {}", ran.out);
    }
}

#[test]
fn a_quote_as_json_is_the_cores_with_its_id() {
    let free = STANDING.replace("\"total\": 2", "\"total\": 1").replace("\"minor_units\": 100", "\"minor_units\": 215");
    let request = REQUEST.replace(" }", r#", "confirm_additional": true }"#);
    let ran = quote("json", &free, &request, &["--json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let mut quote: Value = serde_json::from_str(&ran.out).unwrap();
    let id = quote.as_object_mut().unwrap().shift_remove("id").unwrap();
    let read: ringup_core::Quote = serde_json::from_value(quote).unwrap();
    assert!(read.acceptable);
    assert_eq!(id, read.id().to_string());
}

#[test]
fn a_file_that_cannot_be_read_is_told_with_field_place_and_remedy() {
    for (standing, request, expected) in [
        (
            STANDING,
            "{ \"holder\": \"acme\",\n  \"contry\": \"US\" }",
            "2:13: `/contry`: there is no field `contry`; did you mean `country`?",
        ),
        (
            STANDING,
            "{ \"confirm_additional\": \"yes\" }",
            "1:25: `/confirm_additional`: it is the text `yes`; write `true` or `false`",
        ),
        (
            r#"{"terms": {"billing": "prepayd"}}"#,
            "{}",
            "1:23: `/terms/billing`: `prepayd` is none of the possible values; did you mean `prepaid`?",
        ),
        (r#"{"terms": {}}"#, "{}", "1:11: `/terms/billing`: the field `billing` is missing; add it"),
        (r#"{"terms": "#, "{}", "the file ends before it is complete; close every `{`, `[` and `\"` that is open"),
    ] {
        let ran = quote("unreadable", standing, request, &[]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{expected}");
        assert!(ran.err.contains(expected), "{expected}: {}", ran.err);
    }
    let ran = ringup(&["quote", "--policy", "ringupp", "--standing", "x", "--request", "x"]);
    assert!(ran.code == 2 && ran.err.contains("no policy of this name; did you mean `ringup`?"), "{}", ran.err);
    let ran = ringup(&["quote", "--policy", "ringup", "--standing", "nowhere.json", "--request", "x"]);
    assert!(ran.code == 2 && ran.err.contains("nowhere.json: "), "{}", ran.err);
}

#[test]
fn a_quote_explained_names_the_field_that_decided() {
    let ran = quote("explain", STANDING, REQUEST, &["--explain"]);
    for line in [
        "  number limit    /plans/1/number_limit               2\n",
        "  velocity        /policy/velocity/window_s           60\n",
        "  churn           /policy/churn                       not set\n",
        "  stock           -                                   no policy can change it\n",
    ] {
        assert!(ran.out.contains(line), "{line} is not in {}", ran.out);
    }
    let ran = quote("explain-json", STANDING, REQUEST, &["--explain", "--json"]);
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["explanation"]["refused_by"], "number_limit");
    assert_eq!(json["explanation"]["rules"][7]["field"]["pointer"], "/plans/1/number_limit");
}

fn harbour() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/policies/harbour.json")).unwrap()
}

#[test]
fn every_mistake_of_a_policy_is_told() {
    let ran = ringup(&["policy", "check", &file("good.json", &harbour())]);
    assert!(ran.code == 0 && ran.out.ends_with("good.json: no mistakes\n"), "{}", ran.out);
    let euro = |units: i64| format!("\"minor_units\": {units}, \"currency\": \"EUR\"");
    let wrong = [
        ("\"holder_required\": true,", "\"holder_requird\": \"yes\","),
        ("\"window_s\": 120", "\"window_s\": \"two minutes\""),
        ("\"first_delay_ms\": 1000", "\"first_delay_ms\": 0"),
        ("\"attempts_max\": 8", "\"attempts_max\": 0"),
        ("\"method\": \"wallet\"", "\"method\": \"walet\""),
        ("\"buyers\": [", "\"taxes\": [], \"buyers\": ["),
        ("\"default_currency\": \"EUR\"", "\"default_currency\": \"EURO\""),
        (&euro(2500), "\"minor_units\": -25, \"currency\": \"USD\""),
        (&euro(1000), &euro(-10)),
        ("\"number_type\": \"toll_free\",", "\"number_type\": \"toll_free\", \"prefix\": \"31800\","),
        ("\"voice\": true, \"sms\": true", "\"voice\": true, \"voice\": true"),
        ("\"plans\": [\"fleet\"]", "\"plans\": [\"fleed\"], \"periods\": 0"),
        ("{ \"percent\": \"50\" }", "50"),
        ("\"kind\": \"exclusive\"", "\"kind\": \"exclusive\", \"effective_from\": \"2026-01-01\""),
        ("\"id\": \"skiff\"", "\"id\": \"fleet\""),
    ];
    let text = wrong.iter().fold(harbour(), |text, (good, bad)| {
        assert!(text.contains(good), "{good}");
        text.replacen(good, bad, 1)
    });
    let ran = ringup(&["policy", "check", &file("wrong.json", &text)]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    let told = [
        ("/policy/holder_requird", "there is no field `holder_requird`; did you mean `holder_required`?"),
        ("/policy/holder_requird", "it is the text `yes`; write `true` or `false`"),
        ("/policy/taxes", "there is no field `taxes`; `/rate_card` has a field of that name; move it there"),
        ("/policy/default_currency", "`EURO` is not a currency of ISO 4217; did you mean `EUR`?"),
        ("/policy/velocity/window_s", "it is the text `two minutes`; write a whole number from 0 to 4294967295"),
        ("/policy/payment/0/method", "`walet` is none of the possible values; did you mean `wallet`?"),
        ("/policy/retry/first_delay_ms", "`first_delay_ms` must be at least 1; write 1 or more"),
        ("/policy/retry/attempts_max", "`attempts_max` must be at least 1; write 1 or more"),
        ("/rate_card/rates/0/capabilities/voice", "the field `voice` is given twice; remove one"),
        ("/rate_card/rates/1/prefix", "no number begins with `31800`; write `+`, the country calling code and digits"),
        ("/rate_card/rates/1/setup_fee", "a fee must not be negative: -0.25 USD; write 0 or more"),
        ("/rate_card/rates/1/setup_fee", "-0.25 USD is not in EUR, the currency of the entry's monthly fee; write"),
        ("/rate_card/rates/1/monthly_fee", "a fee must not be negative: -0.10 EUR"),
        ("/rate_card/discounts/0/off", "it is the number `50`; write an object, such as `{\"percent\":\"19\"}`"),
        ("/rate_card/discounts/0/plans", "there is no plan `fleed`; name one of `fleet`"),
        ("/rate_card/discounts/0/periods", "a discount covers 1 to 1200 periods: 0"),
        (
            "/rate_card/taxes/0/effective_from",
            "it is the text `2026-01-01`; write milliseconds since 1970: 1767225600000",
        ),
        ("/plans/1/id", "the plan `fleet` is listed twice, first at `/plans/0`; remove one"),
    ];
    for (field, told) in told {
        let line = ran.out.lines().find(|line| line.contains(&format!("`{field}`: {told}")));
        let line = line.unwrap_or_else(|| panic!("{field}: {told} is not in {}", ran.out));
        let place = line.split("wrong.json:").nth(1).unwrap();
        assert!(place.split(':').take(2).all(|figure| figure.parse::<usize>().is_ok()), "{line}");
    }
    assert_eq!(ran.out.lines().count(), told.len(), "{}", ran.out);
    let ran = ringup(&["policy", "check", &file("syntax.json", "{\n  \"policy\": {,\n")]);
    assert!(ran.code == 1 && ran.out.contains("syntax.json:2:14: the file is not JSON"), "{}", ran.out);
    for (text, told) in [
        ("{\n  \"policy\": {},\n}", "3:1: the file is not JSON: a comma too many; remove the comma before the `}`"),
        ("{\n  // mine\n}", "2:3: the file is not JSON: a comment stands there; remove it: JSON has none"),
        (
            "{ \"é\": 1, 'a': 2 }",
            "1:11: the file is not JSON: a name is not in double quotes; write names and texts in",
        ),
        ("[]", "1:1: it is a list; write an object"),
        ("", "1:1: the file is empty; write a JSON object"),
    ] {
        let ran = ringup(&["policy", "check", &file("syntax.json", text)]);
        assert!(ran.code == 1 && ran.out.contains(&format!("syntax.json:{told}")), "{told}: {}", ran.out);
    }
}

#[test]
fn what_cannot_be_read_or_written_is_told_beside_the_answer() {
    let good = file("readable.json", &harbour());
    let folder = env!("CARGO_TARGET_TMPDIR");
    for (words, code, out, err) in [
        (vec!["policy", "check", "nowhere.json"], 2, "", "ringup: nowhere.json: there is no such file"),
        (vec!["policy", "check", folder], 2, "", "name a file that can be read"),
        (vec!["policy", "check", &good, "vobiz"], 0, "vobiz: no mistakes\n", ""),
        (vec!["policy", "check", "nowhere.json", &good], 2, "readable.json: no mistakes\n", "nowhere.json"),
        (vec!["policy", "check", "--json", "vobiz"], 0, "[]\n", ""),
    ] {
        let ran = ringup(&words);
        assert!(
            ran.code == code && ran.out.ends_with(out) && ran.err.contains(err),
            "{words:?}: {}{}",
            ran.out,
            ran.err
        );
        assert_eq!((ran.out.is_empty(), ran.err.is_empty()), (out.is_empty(), err.is_empty()), "{words:?}");
    }
    // A disk without room, where there is one.
    if let Ok(full) = std::fs::File::options().write(true).open("/dev/full") {
        let ran = Command::new(env!("CARGO_BIN_EXE_ringup")).args(["policy", "check", "vobiz"]).stdout(full).output();
        let ran = ran.unwrap();
        let told = String::from_utf8(ran.stderr).unwrap();
        assert!(ran.status.code() == Some(2) && told.contains("could not be written"), "{told}");
    }
}

#[test]
fn what_stands_in_place_of_a_mistake_is_none_of_the_authors() {
    // Without its monthly fee nobody knows the entry's currency; that its setup fee is negative is known.
    let fee = "\"monthly_fee\": { \"minor_units\": 200, \"currency\": \"EUR\" },";
    for (units, mistakes) in [("500", 1), ("-500", 2)] {
        let fees = format!("\"setup_fee\": {{ \"minor_units\": {units}, \"currency\": \"USD\" }}");
        let text = harbour().replacen(fee, "", 1).replacen(
            "\"setup_fee\": { \"minor_units\": 500, \"currency\": \"EUR\" }",
            &fees,
            1,
        );
        let ran = ringup(&["policy", "check", &file("fees.json", &text)]);
        assert!(
            ran.out.contains("`/rate_card/rates/0/monthly_fee`: the field `monthly_fee` is missing; add it"),
            "{}",
            ran.out
        );
        assert_eq!(ran.out.lines().count(), mistakes, "{}", ran.out);
    }
}

#[test]
fn the_classes_of_requests_that_change_have_witnesses() {
    let same = ringup(&["policy", "diff", "ringup", "ringup", "--now", NOW]);
    assert!(same.code == 0 && same.out.starts_with("no difference in "), "{}", same.out);
    let before = file("before.json", &harbour());
    let changed = [
        ("\"window_s\": 120", "\"window_s\": 180"),
        ("\"number_limit\": 3", "\"number_limit\": 4"),
        ("\"setup_fee\": { \"minor_units\": 1000", "\"setup_fee\": { \"minor_units\": 1100"),
        ("\"tier_min\": 2", "\"tier_min\": 3"),
        ("\"buyers\": [\"owner\", \"admin\"]", "\"buyers\": [\"owner\"]"),
    ];
    let text = changed.iter().fold(harbour(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    });
    let after = file("after.json", &text);
    let ran = ringup(&["policy", "diff", &before, &after, "--now", NOW]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    for line in [
        "\nnow refused by actor (",
        "\nnow refused by velocity (",
        "  witness   bought 120 s ago\n",
        "\nnow accepted, was refused by number limit (",
        "  witness   3 numbers held\n",
        "\nnow accepted, was refused by kyc (",
        "\nsetup fee changes (",
    ] {
        assert!(ran.out.contains(line), "{line} is not in {}", ran.out);
    }
    assert!(!ran.out.contains("by stock (") && !ran.out.contains(", was by actor"), "{}", ran.out);
    assert_eq!(ringup(&["policy", "diff", &before, &after, "--now", NOW]).out, ran.out);
    // Each witness is one: asked by itself, it gets both answers.
    let json = ringup(&["policy", "diff", &before, &after, "--now", NOW, "--json"]).out;
    let classes: Vec<Value> = serde_json::from_str(&json).unwrap();
    for class in classes {
        let part = |name: &str| file(&format!("witness-{name}.json"), &class["witness"][name].to_string());
        let (standing, request, offers) = (part("standing"), part("request"), part("offers"));
        let now = jiff::Timestamp::from_millisecond(class["witness"]["now"].as_i64().unwrap()).unwrap().to_string();
        let words = ["--standing", &standing, "--request", &request, "--offers", &offers, "--now", &now];
        let ask = |policy: &str| ringup(&[&["quote", "--policy", policy], words.as_slice()].concat()).code;
        let expected = match class["change"].as_str().unwrap() {
            "now_refused" => (0, 1),
            "now_accepted" => (1, 0),
            "price" => (0, 0),
            _ => (1, 1),
        };
        assert_eq!((ask(&before), ask(&after)), expected, "{class}");
    }
    // So is what is printed for a person.
    let (_, witness) = ran.out.split_once("\n  standing  ").unwrap();
    let mut lines = witness.lines();
    let standing = file("printed-standing.json", lines.next().unwrap());
    let request = file("printed-request.json", lines.next().unwrap().strip_prefix("  request   ").unwrap());
    let words = ["quote", "--policy", &after, "--standing", &standing, "--request", &request, "--now", NOW];
    let asked = ringup(&words);
    assert!(asked.code == 1 && asked.out.contains("blocked  actor"), "{}{}", asked.out, asked.err);
}

/// `RINGUP_UPDATE=1 cargo test -p ringup-cli --test program guide` writes the printed quote and mistake anew.
#[test]
fn the_guide_to_policies_prints_what_the_program_prints() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/policies/");
    let place = format!("{folder}README.md");
    let guide = std::fs::read_to_string(&place).unwrap();
    let command = |words: &str| {
        assert!(guide.contains(&format!("\nringup {words}\n")), "the guide does not say `ringup {words}`");
        let words: Vec<&str> = words.split(' ').collect();
        Command::new(env!("CARGO_BIN_EXE_ringup")).args(words).current_dir(folder).output().unwrap()
    };
    let checked = command("policy check harbour.json");
    assert_eq!(String::from_utf8(checked.stdout).unwrap(), "harbour.json: no mistakes\n");
    let words =
        "quote --policy harbour.json --standing standing.json --request request.json --now 2026-03-25T10:00:00Z";
    let printed = String::from_utf8(command(words).stdout).unwrap();
    let (_, after) = guide.split_once(&format!("\nringup {words}\n")).unwrap();
    let before = after.split("```text\n").nth(1).and_then(|block| block.split("```\n").next()).unwrap();
    let misspelt = harbour().replace("\"window_s\": 120", "\"windows_s\": 120");
    let ran = ringup(&["policy", "check", &file("harbour.json", &misspelt)]).out;
    let told = ran.lines().find_map(|line| line.split_once("harbour.json:").filter(|_| line.contains("windows_s")));
    let told = format!("\nharbour.json:{}\n", told.unwrap().1);
    if std::env::var_os("RINGUP_UPDATE").is_some() {
        let mistake = guide.lines().find(|line| line.contains("windows_s")).unwrap();
        let updated = guide.replace(before, &printed).replace(&format!("\n{mistake}\n"), &told);
        std::fs::write(&place, updated).unwrap();
        return;
    }
    assert!(guide.contains(&format!("```text\n{printed}```\n")), "the guide should print:\n{printed}");
    assert!(guide.contains(&told), "the guide should print: {told}");
}

#[test]
fn it_is_called_ringup() {
    let ran = ringup(&["--version"]);
    assert_eq!((ran.out.as_str(), ran.code), ("ringup 0.1.0\n", 0));
}

#[test]
fn a_rehearsal_prints_what_was_reached_and_a_replay_what_is_broken() {
    let searched = ringup(&["rehearse", "--seed", "1", "--histories", "40"]);
    assert_eq!(searched.code, 0, "{}", searched.out);
    assert!(searched.out.starts_with("waits for"), "{}", searched.out);
    assert!(searched.err.contains("40 histories, "), "{}", searched.err);
    let sound = ringup(&["rehearse", "--replay", "shop wallet/list_only; buy p0 h0 n0 -; do p0 reserve"]);
    assert_eq!((sound.out.as_str(), sound.code), ("no promise is broken\n", 0));
    for known in ringup_rehearse::KNOWN {
        let broken = ringup(&["rehearse", "--replay", known.history]);
        assert_eq!(broken.code, 1);
        assert!(broken.out.contains(known.history), "{}", broken.out);
    }
    let unread = ringup(&["rehearse", "--replay", "shop nowhere"]);
    assert_eq!(unread.code, 2);
    assert!(unread.err.contains("no shop `nowhere`"), "{}", unread.err);
}

#[test]
fn a_shell_gets_its_completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = ringup(&["completions", shell]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{shell}");
        assert!(ran.out.contains("torture") && ran.out.contains("host-name"), "{shell}: {}", ran.out);
    }
}

#[test]
fn the_environment_is_read_like_flags_and_the_log_can_be_json() {
    let run = |name: &str, value: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_ringup")).arg("serve").env(name, value).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    for (name, value, told) in [
        ("RINGUP_PORT", "many", "--port"),
        ("RINGUP_CLOCK", "sundial", "[possible values: wall, manual]"),
        ("RINGUP_CORS", "http://localhost:3000,everybody", "`everybody` is not an origin"),
        ("RINGUP_TOKEN", "short", "a token has at least 16"),
        ("RINGUP_LOG_FORMAT", "verse", "[possible values: text, json]"),
        ("RINGUP_HOST", "no such host", "cannot be opened"),
    ] {
        let (code, err) = run(name, value);
        assert!(code == Some(2) && err.contains(told), "{name}: {err}");
    }
}
