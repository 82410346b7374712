//! The program itself: what it prints, and the code that it exits with.
#![expect(clippy::unwrap_used, reason = "a test: it may stop where it stands")]

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

const STANDING: &str = r#"{
  "terms": { "plan": "starter", "billing": "prepaid", "holders": ["acme"] },
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
        "  blocked  number limit    at most 2 numbers are allowed, and 2 are held and 0 on their way\n",
        "the window ends at 2026-03-25T10:00:50Z)\n",
        "  1. move to the plan Team at 29.00 USD a month [number limit]\n",
        "  2. confirm that this additional purchase is meant [velocity]\n",
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
        (r#"{"terms": "#, "{}", "the file ends before it is complete; correct the JSON there"),
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
