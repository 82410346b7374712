//! Misspelt names: the one that is probably meant.

/// The name that is probably meant, or else all of them.
#[must_use]
pub fn nearest_or_one_of<N: AsRef<str>>(wrong: &str, known: &[N]) -> String {
    match (nearest(wrong, known), known) {
        (Some(name), _) => format!("did you mean `{name}`?"),
        (None, []) => "remove it".into(),
        (None, _) => {
            let names: Vec<String> = known.iter().map(|name| format!("`{}`", name.as_ref())).collect();
            format!("known: {}", names.join(", "))
        }
    }
}

/// The name that is probably meant: at most every third letter is another one.
#[must_use]
pub fn nearest<'a, N: AsRef<str>>(wrong: &str, known: &'a [N]) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    let known = known.iter().map(AsRef::as_ref);
    let near = known.map(|name: &str| (strsim::damerau_levenshtein(&wrong, &name.to_lowercase()), name)).min();
    let tolerated = wrong.chars().count().checked_div(3).unwrap_or_default().max(1);
    near.filter(|(distance, _)| *distance <= tolerated).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_proposed() {
        let known = ["velocity", "kyc", "payment"];
        for (wrong, told) in [
            ("velocty", "did you mean `velocity`?"),
            ("kyx", "did you mean `kyc`?"),
            ("Velocity", "did you mean `velocity`?"),
            ("colour", "known: `velocity`, `kyc`, `payment`"),
        ] {
            assert_eq!(nearest_or_one_of(wrong, &known), told);
        }
        assert_eq!(nearest_or_one_of::<&str>("x", &[]), "remove it");
    }
}
