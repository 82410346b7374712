//! What is served, and where: the router reads this table, and the OpenAPI document is made of it.

use crate::kit::routes::Routes;

/// One call.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Operation {
    ListAvailableNumbers,
    CreateQuote,
    GetQuote,
    CreatePurchase,
    ListPurchases,
    GetPurchase,
    ListNumbers,
    GetNumber,
    UpdateNumber,
    ReleaseNumber,
    GetAccount,
    GetDocument,
}

pub(super) static ROUTES: Routes<Operation> = Routes::new(&[
    ("GET", "/numbers/available", Operation::ListAvailableNumbers),
    ("POST", "/quotes", Operation::CreateQuote),
    ("GET", "/quotes/{id}", Operation::GetQuote),
    ("POST", "/purchases", Operation::CreatePurchase),
    ("GET", "/purchases", Operation::ListPurchases),
    ("GET", "/purchases/{id}", Operation::GetPurchase),
    ("GET", "/numbers", Operation::ListNumbers),
    ("GET", "/numbers/{id}", Operation::GetNumber),
    ("PATCH", "/numbers/{id}", Operation::UpdateNumber),
    ("DELETE", "/numbers/{id}", Operation::ReleaseNumber),
    ("GET", "/account", Operation::GetAccount),
    ("GET", "/openapi.json", Operation::GetDocument),
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_the_contract_s() {
        let source = include_str!("golden/source.txt");
        let listed: Vec<(&str, &str)> = source
            .lines()
            .filter_map(|line| {
                let mut words = line.split_whitespace();
                let method = words.next().filter(|word| ["GET", "POST", "PATCH", "DELETE"].contains(word))?;
                Some((method, words.next()?))
            })
            .collect();
        assert_eq!(ROUTES.listed(), listed);
    }
}
