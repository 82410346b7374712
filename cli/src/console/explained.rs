//! The explanation as text: the policy field that decides each gate, with its value.

use ringup_core::{Explanation, Shop, ShopData};

use super::quote_page::table;
use super::words::name;

/// The section of a quote's page.
pub(super) fn section(shop: &Shop, explanation: &Explanation) -> String {
    let data =
        ShopData { policy: shop.policy().clone(), rate_card: shop.rate_card().clone(), plans: shop.plans().to_vec() };
    let data = serde_json::to_value(data).unwrap_or_default();
    let row = |rule: &ringup_core::ExplainedRule| {
        let (pointer, says) = match &rule.field {
            None => ("-".to_owned(), "no policy can change it".to_owned()),
            Some(field) if !field.is_set => (field.pointer.clone(), "not set".into()),
            Some(field) => {
                let says = data.pointer(&field.pointer).map(ToString::to_string);
                (field.pointer.clone(), says.unwrap_or_default())
            }
        };
        [name(&rule.gate), pointer, says]
    };
    let rows: Vec<[String; 3]> = explanation.rules.iter().map(row).collect();
    format!("\nwhy: the policy field that decides each gate, with its value\n{}\n", table(&rows).join("\n"))
}
