//! What is served, and where: the router reads this table, and the OpenAPI document is made of it.

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

/// Method, path and call. A segment in braces stands for any.
pub(super) const TABLE: &[(&str, &str, Operation)] = &[
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
];

/// What a request asks for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Route {
    /// This call, with what stands in the braces.
    To(Operation, String),
    /// The path is served, by other methods: these.
    OtherMethods(String),
    /// Nothing is there.
    Nowhere,
}

/// Finds the call. A path that is named as it is outranks one with braces.
pub(super) fn find(method: &str, segments: &[&str]) -> Route {
    let Some((_, path, _)) = TABLE.iter().find(|(_, path, _)| fits(path, segments)) else { return Route::Nowhere };
    let here = || TABLE.iter().filter(|(_, other, _)| other == path);
    match here().find(|(known, _, _)| *known == method) {
        Some((_, _, operation)) => {
            let named = path.ends_with('}').then(|| segments.last()).flatten();
            Route::To(*operation, named.map(|id| (*id).to_owned()).unwrap_or_default())
        }
        None => Route::OtherMethods(here().map(|(known, _, _)| *known).collect::<Vec<_>>().join(", ")),
    }
}

fn fits(path: &str, segments: &[&str]) -> bool {
    let wanted: Vec<&str> = path.split('/').skip(1).collect();
    wanted.len() == segments.len()
        && wanted.iter().zip(segments).all(|(wanted, found)| wanted.starts_with('{') || wanted == found)
}

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
        assert_eq!(TABLE.iter().map(|(method, path, _)| (*method, *path)).collect::<Vec<_>>(), listed);
    }

    #[test]
    fn a_named_path_outranks_braces() {
        assert_eq!(find("GET", &["numbers", "available"]), Route::To(Operation::ListAvailableNumbers, String::new()));
        assert_eq!(find("GET", &["numbers", "num_1"]), Route::To(Operation::GetNumber, "num_1".into()));
        assert_eq!(find("PUT", &["numbers", "num_1"]), Route::OtherMethods("GET, PATCH, DELETE".into()));
        assert_eq!(find("DELETE", &["numbers", "available"]), Route::OtherMethods("GET".into()));
        assert_eq!(find("GET", &[]), Route::Nowhere);
        assert_eq!(find("GET", &["numbers", "num_1", "x"]), Route::Nowhere);
    }
}
