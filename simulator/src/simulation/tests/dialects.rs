//! What the systems' own wires answer where a story has two numbers, two requests or half an end.

use serde_json::{Value, json};

use super::*;

const VOBIZ: [(&str, &str); 2] = [("x-auth-id", "MA_READY"), ("x-auth-token", "token_ma_ready")];

/// A request to the account `MA_READY`.
fn vobiz(stage: &mut Stage, method: &str, path: &str, body: &Value) -> (u16, Value) {
    stage.send(method, &format!("/vobiz/api/v1/account/MA_READY{path}"), &VOBIZ, body)
}

#[test]
fn a_release_means_the_number_that_was_bought_again() {
    let mut stage = Stage::new();
    let release = |stage: &mut Stage| vobiz(stage, "DELETE", &format!("/numbers/{DOCUMENTED}"), &Value::Null);
    stage.fault("lose_reply", "release", 5);
    assert_eq!(stage.buy_exact("vobiz-ready").0, 200);
    assert_eq!(release(&mut stage).0, 500);
    assert_eq!(stage.buy_exact("vobiz-ready").0, 200);
    stage.send("DELETE", "/_sim/faults", &[], &Value::Null);
    let (status, answer) = release(&mut stage);
    assert_eq!((status, &answer["message"]), (200, &json!("number returned to inventory")));
    assert_eq!(stage.sold(DOCUMENTED), 0);
}
