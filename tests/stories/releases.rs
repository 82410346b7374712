//! A number between its holders, and on its way back to the stock: at Vobiz, which has a fee, a cool-down and a cool-off.

use serde_json::{Value, json};

use super::stage::Stage;

const DAY_S: u64 = 86_400;
const NUMBER: &str = "%2B919876543210";

impl Stage {
    /// A request at Vobiz, as the account that the path names.
    fn vobiz(&mut self, method: &str, account: &str, path: &str, body: &Value) -> (u16, Value) {
        let token = format!("token_{}", account.to_ascii_lowercase());
        let headers = [("x-auth-id", account.to_owned()), ("x-auth-token", token)];
        self.send_as(method, &format!("/vobiz/api/v1/account/{account}{path}"), &headers, body)
    }

    fn rupees(&mut self) -> Value {
        self.vobiz("GET", "MA_NEW", "/balance/INR", &Value::Null).1["available_balance"].clone()
    }

    /// How many numbers the account has, and whether the number is in the inventory.
    fn seen(&mut self, account: &str) -> (Value, Value) {
        let held = self.vobiz("GET", account, "/numbers?include_subaccounts=false", &Value::Null).1["total"].clone();
        let free = self.vobiz("GET", account, "/inventory/numbers?search=9876543210", &Value::Null).1["total"].clone();
        (held, free)
    }
}

#[test]
fn a_number_is_assigned_used_moved_back_released_and_sold_again() {
    let mut stage = Stage::new();
    let buy = json!({ "e164": "+919876543210" });
    assert_eq!(stage.vobiz("POST", "MA_NEW", "/numbers/purchase-from-inventory", &buy).0, 200);
    assert_eq!(stage.rupees(), 4899);
    let assign = format!("/numbers/{NUMBER}/assign-subaccount");
    let to = json!({ "sub_account_id": "SA_NEW" });
    assert_eq!(stage.vobiz("POST", "MA_NEW", &assign, &to).0, 204);
    assert_eq!(stage.seen("SA_NEW"), (json!(1), json!(0)));
    assert_eq!(stage.seen("MA_NEW"), (json!(0), json!(0)));
    let purchase = stage.ok("GET", "/_sim/purchases?account=vobiz-new", Value::Null)[0]["purchase"].clone();
    stage.ok("POST", &format!("/_sim/numbers/{}/use", purchase.as_str().unwrap()), Value::Null);
    // Its master pays a month at its begin, on the 25th of April, whoever has the number.
    stage.advance(15 * DAY_S - 1);
    assert_eq!(stage.vobiz("DELETE", "MA_NEW", &assign, &Value::Null).0, 409);
    stage.advance(1);
    assert_eq!(stage.vobiz("DELETE", "MA_NEW", &assign, &Value::Null).0, 204);
    assert_eq!(stage.seen("MA_NEW"), (json!(1), json!(0)));
    let listed = stage.vobiz("GET", "MA_NEW", "/numbers", &Value::Null).1["items"][0].clone();
    assert_eq!(listed["last_billing_date"], "2026-03-25T10:00:00Z");
    assert_eq!(listed["next_billing_date"], "2026-04-25T10:00:00Z");
    stage.advance(16 * DAY_S);
    assert_eq!(stage.rupees(), 4898);
    let listed = stage.vobiz("GET", "MA_NEW", "/numbers", &Value::Null).1["items"][0].clone();
    assert_eq!(listed["last_billing_date"], "2026-04-25T10:00:00Z");
    // Released, taken back in the last second, released for good.
    let number = format!("/numbers/{NUMBER}");
    assert_eq!(stage.vobiz("DELETE", "MA_NEW", &number, &Value::Null).1["status"], "pending_release");
    assert_eq!(stage.rupees(), 4888);
    stage.advance(DAY_S - 1);
    assert_eq!(stage.vobiz("POST", "MA_NEW", &format!("{number}/cancel-release"), &Value::Null).0, 200);
    assert_eq!(stage.rupees(), 4898);
    stage.advance(10 * DAY_S);
    assert_eq!(stage.seen("MA_NEW"), (json!(1), json!(0)));
    assert_eq!(stage.vobiz("DELETE", "MA_NEW", &number, &Value::Null).1["release_fee"], 10);
    stage.advance(DAY_S - 1);
    assert_eq!(stage.seen("MA_NEW"), (json!(1), json!(0)));
    stage.advance(1);
    assert_eq!(stage.seen("MA_NEW"), (json!(0), json!(1)));
    // Nothing is debited any more, and somebody else may buy it.
    stage.advance(365 * DAY_S);
    assert_eq!(stage.rupees(), 4888);
    assert_eq!(stage.vobiz("POST", "MA_READY", "/numbers/purchase-from-inventory", &buy).0, 200);
    let history = stage.vobiz("GET", "MA_NEW", "/transactions?currency=INR", &Value::Null).1;
    let kinds = history["summary"]["by_reference_type"].as_array().unwrap().clone();
    let of = |kind: &str| kinds.iter().find(|one| one["reference_type"] == kind).unwrap().clone();
    assert_eq!((&of("did_rental")["total_debit"], &of("did_rental")["count"]), (&json!(102), &json!(2)));
    let release = of("did_release");
    assert_eq!((&release["total_debit"], &release["total_credit"]), (&json!(20), &json!(10)));
}
