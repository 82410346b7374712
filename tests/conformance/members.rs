//! Are the answers' members those of the carrier's own document? For every dialect with a `golden/members.json`.
//!
//! That file says for each call what its success is: one resource, or a list of them and the members about its page; and for
//! each resource its members, with the schema that the carrier publishes for each.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::Validator;
use ringup_simulator::dialect::{Dialect, ScenarioRequest};
use ringup_tests::scenario::{self, each_dialect, file, folder};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{send, simulation};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Members {
    /// By method and path.
    answers: BTreeMap<String, Success>,
    /// Each resource's members, with their schemas.
    resources: BTreeMap<String, Map<String, Value>>,
}

#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Success {
    One {
        is: String,
    },
    Many {
        list: String,
        of: String,
        /// What the list says about its page; `meta` stands in a member of that name.
        page: Option<String>,
    },
}

impl Members {
    fn of(dialect: &Dialect) -> Option<Self> {
        let has_them = folder().join(dialect.id()).join("golden/members.json").is_file();
        has_them.then(|| serde_json::from_str(&file(dialect.id(), "golden/members.json")).unwrap())
    }

    /// Every member, and no other.
    fn schema(&self, resource: &str) -> Value {
        let members = &self.resources[resource];
        let required: Vec<&String> = members.keys().collect();
        json!({ "type": "object", "properties": members, "required": required, "additionalProperties": false })
    }

    fn schema_of(&self, success: &Success) -> Value {
        match success {
            Success::One { is } => self.schema(is),
            Success::Many { list, of, page } => {
                let entries = json!({ "type": "array", "items": self.schema(of) });
                let mut members = match page.as_deref() {
                    Some("meta") => Map::from_iter([("meta".to_owned(), self.schema("meta"))]),
                    Some(page) => self.resources[page].clone(),
                    None => Map::from_iter([("uri".to_owned(), json!({ "type": "string" }))]),
                };
                members.insert(list.clone(), entries);
                let required: Vec<&String> = members.keys().collect();
                json!({ "type": "object", "properties": members, "required": required, "additionalProperties": false })
            }
        }
    }
}

#[test]
fn every_successful_answer_has_the_members_of_the_carrier_s_document() {
    let mut checked = 0;
    for dialect in each_dialect() {
        let Some(members) = Members::of(dialect) else { continue };
        let validators: BTreeMap<&str, Validator> = members
            .answers
            .iter()
            .map(|(call, success)| (call.as_str(), jsonschema::draft202012::new(&members.schema_of(success)).unwrap()))
            .collect();
        let mut reached = BTreeSet::new();
        let mut simulation = simulation();
        for scenario in dialect.scenarios() {
            scenario::run(&scenario, |request| {
                let (status, body) = send(&mut simulation, request);
                if let Some(call) = call(dialect, request)
                    && status < 300
                    && !body.is_null()
                {
                    let validator = validators.get(call.as_str()).unwrap_or_else(|| panic!("what answers {call}?"));
                    let mistakes: Vec<String> = validator
                        .iter_errors(&body)
                        .map(|error| format!("{}: {error}", error.instance_path()))
                        .collect();
                    assert!(mistakes.is_empty(), "{}: {call}: {mistakes:?}", scenario.id);
                    reached.insert(call);
                }
                (status, body)
            });
        }
        let known: BTreeSet<String> = validators.keys().map(|call| (*call).to_owned()).collect();
        let missed: Vec<&String> = known.difference(&reached).collect();
        assert!(missed.is_empty(), "{}: no scenario has {missed:?}", dialect.id());
        checked += reached.len();
    }
    assert_ne!(checked, 0);
}

/// The route of a request: method and path, as the dialect's table has them.
fn call(dialect: &Dialect, request: &ScenarioRequest) -> Option<String> {
    let path = request.path.strip_prefix(&format!("/{}{}", dialect.id(), dialect.base()))?;
    let segments: Vec<&str> = path.split('?').next()?.split('/').collect();
    let fits = |template: &str| {
        let wanted: Vec<&str> = template.split('/').collect();
        let same = |(wanted, found): (&&str, &&str)| match wanted.split_once('{') {
            Some((before, rest)) => {
                let after = rest.split_once('}').map_or("", |(_, after)| after);
                found.starts_with(before) && found.ends_with(after)
            }
            None => wanted == found,
        };
        wanted.len() == segments.len() && wanted.iter().zip(&segments).all(same)
    };
    let routes = dialect.routes().into_iter().filter(|(method, path)| *method == request.method && fits(path));
    // A path that is named as it is outranks one with braces.
    let (method, path) = routes.min_by_key(|(_, path)| path.matches('{').count())?;
    Some(format!("{method} {path}"))
}
