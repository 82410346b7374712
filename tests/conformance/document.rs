//! Does a dialect's OpenAPI document say what is served? For every dialect that has one.
//!
//! The schemas are read by `jsonschema`, which knows nothing of ours; the schema of OpenAPI documents themselves is the one
//! that the OpenAPI Initiative publishes (`golden/openapi/`).

use std::borrow::Cow;

use jsonschema::Validator;
use ringup_simulator::dialect::{Dialect, ScenarioRequest};
use ringup_simulator::http::{Body, Request};
use ringup_tests::scenario::{self, as_request, each_dialect, folder};
use serde_json::{Value, json};

use super::simulation;

/// Every dialect that has a document, and the document as it is served.
fn documented() -> Vec<(&'static Dialect, Value)> {
    let with_document = each_dialect().filter(|dialect| folder().join(dialect.id()).join("openapi.json").is_file());
    let documented: Vec<_> = with_document.map(|dialect| (dialect, served(dialect))).collect();
    assert!(!documented.is_empty());
    documented
}

fn served(dialect: &Dialect) -> Value {
    let path = format!("/{}{}/openapi.json", dialect.id(), dialect.base());
    let response = simulation().handle(&Request { method: "GET".into(), path, ..Request::default() });
    let Body::Json(document) = response.body else { panic!("no document") };
    document
}

#[test]
fn a_document_is_as_openapi_wants_it() {
    let read = |text| serde_json::from_str::<Value>(text).unwrap();
    let official = read(include_str!("../golden/openapi/schema.json"));
    let validator = jsonschema::draft202012::new(&official).unwrap();
    for (dialect, document) in documented() {
        let mistakes: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(mistakes.is_empty(), "{}: {mistakes:?}", dialect.id());
        assert!(!validator.is_valid(&json!({ "openapi": "3.1.1", "info": {} })));
    }
}

#[test]
fn every_path_and_method_of_a_document_is_served_and_no_other() {
    for (dialect, document) in documented() {
        for (path, methods) in document["paths"].as_object().unwrap() {
            for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
                let listed = methods.get(method.to_lowercase()).is_some();
                let path = format!("/{}{}{}", dialect.id(), dialect.base(), path.replace("{id}", "none"));
                let request = Request { method: method.into(), path: path.clone(), ..Request::default() };
                let status = simulation().handle(&request).status;
                // Without a key: what is served asks for one, or is for everybody.
                assert_eq!(status != 405, listed, "{method} {path}: {status}");
                assert_ne!(status, 404, "{method} {path}");
            }
        }
        let ids: Vec<&str> = operations(&document).map(|(_, _, operation)| text(&operation["operationId"])).collect();
        let once: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(once.len(), ids.len(), "{ids:?}");
    }
}

#[test]
fn every_scenario_s_bodies_are_as_the_document_says() {
    for (dialect, document) in documented() {
        let mut reached = std::collections::BTreeSet::new();
        let mut simulation = simulation();
        for scenario in dialect.scenarios() {
            scenario::run(&scenario, |request| {
                let response = simulation.handle(&as_request(request));
                let body = match &response.body {
                    Body::Json(body) => body.clone(),
                    Body::Html(_) | Body::Empty => Value::Null,
                };
                let own = request.path.strip_prefix(&format!("/{}{}", dialect.id(), dialect.base()));
                if let Some(path) = own
                    && let Some((template, operation)) = operation(&document, request, path)
                {
                    let answer = &operation["responses"][response.status.to_string()];
                    let shown = format!("{} {} {path}: {} {body}", scenario.id, request.method, response.status);
                    assert!(answer.is_object(), "{shown}");
                    check_body(&document, answer, &response, &shown);
                    check_headers(answer, &response.headers, &shown);
                    if response.status < 300 && !request.body.is_null() {
                        let body = &operation["requestBody"]["content"]["application/json"]["schema"];
                        assert!(validator(&document, body).is_valid(&request.body), "{shown}: {}", request.body);
                    }
                    reached.insert((request.method.to_lowercase(), template, response.status.to_string()));
                }
                (response.status, body)
            });
        }
        for (path, method, operation) in operations(&document) {
            for status in operation["responses"].as_object().unwrap().keys().filter(|status| *status != "413") {
                // Every call asks for a key in the same way, so one scenario of that is enough.
                let found = reached.contains(&(method.into(), path.into(), status.clone())) || status == "401";
                assert!(found, "no scenario has {method} {path} answer {status}");
            }
        }
    }
}

fn check_body(document: &Value, answer: &Value, response: &ringup_simulator::http::Response, shown: &str) {
    let Body::Json(body) = &response.body else {
        assert!(answer.get("content").is_none(), "{shown}");
        return;
    };
    let named = response.headers.iter().find(|(name, _)| *name == "content-type");
    let content_type = named.map_or("application/json", |(_, value)| value);
    let schema = &answer["content"][content_type]["schema"];
    assert!(schema.is_object(), "{shown}: no {content_type}");
    let validator = validator(document, schema);
    let mistakes: Vec<String> =
        validator.iter_errors(body).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(mistakes.is_empty(), "{shown}: {mistakes:?}");
}

fn check_headers(answer: &Value, headers: &[(Cow<'static, str>, String)], shown: &str) {
    let none = serde_json::Map::new();
    let listed = answer["headers"].as_object().unwrap_or(&none);
    let listed: Vec<String> = listed.keys().map(|name| name.to_lowercase()).collect();
    for (name, _) in
        headers.iter().filter(|(name, _)| !["content-type", "www-authenticate", "allow"].contains(&name.as_ref()))
    {
        // What is said of a failed purchase says where it is, too.
        assert!(
            listed.contains(&name.to_string()) || answer["content"]["application/problem+json"].is_object(),
            "{shown}: {name}"
        );
    }
}

/// A schema of the document, its references into the document resolved.
fn validator(document: &Value, schema: &Value) -> Validator {
    let mut schema = schema.clone();
    // References begin at the document's root, and so this has its components there.
    schema["components"] = document["components"].clone();
    jsonschema::draft202012::new(&schema).unwrap()
}

fn operations(document: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    document["paths"].as_object().unwrap().iter().flat_map(|(path, methods)| {
        methods.as_object().unwrap().iter().map(|(method, operation)| (path.as_str(), method.as_str(), operation))
    })
}

/// The call that a request is, and its path in the document; a path that is named as it is outranks one with braces.
fn operation<'a>(document: &'a Value, request: &ScenarioRequest, path: &str) -> Option<(String, &'a Value)> {
    let path = path.split('?').next().unwrap();
    let segments: Vec<&str> = path.split('/').collect();
    let fits = |template: &str| {
        let wanted: Vec<&str> = template.split('/').collect();
        wanted.len() == segments.len()
            && wanted.iter().zip(&segments).all(|(wanted, found)| wanted == found || wanted.starts_with('{'))
    };
    let paths = document["paths"].as_object().unwrap();
    let template = paths.keys().find(|template| *template == path).or(paths.keys().find(|template| fits(template)))?;
    Some((template.clone(), paths[template].get(request.method.to_lowercase())?))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}
