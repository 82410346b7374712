//! The figures of docs/policies/README.md are those of the core.

use serde_json::json;

use super::scene::{Scene, add, at, rate, usd};

#[test]
fn the_table_of_prorations_is_what_is_charged() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/policies/README.md");
    let document = std::fs::read_to_string(path).unwrap();
    for basis in ["none", "second", "day", "30_360", "anniversary"] {
        let mut monthly = Scene::new(json!([rate(0, 3100, json!({}))]), json!({ "proration": { "basis": basis } }));
        monthly.anchor = Some(at("2026-01-01"));
        let mut yearly = monthly.clone();
        add(&mut yearly.card["rates"][0], json!({ "monthly_fee": usd(0), "yearly_fee": usd(37_200) }));
        let figure = |scene: Scene| scene.on("2026-03-25T10:00:00Z").price().due_now.to_string().replace(" USD", "");
        let (month, year) = (figure(monthly), figure(yearly));
        let row = document.lines().find(|line| line.starts_with(&format!("| `{basis}` |"))).unwrap();
        assert!(row.ends_with(&format!("| {month} | {year} |")), "{row}: {month}, {year}");
    }
}
