//! The OpenAPI 3.1 document, made of the table of routes and the types that serve them.
//!
//! `RINGUP_UPDATE=1 cargo test -p ringup-simulator --features describe openapi` writes `openapi.json` anew.

use schemars::JsonSchema;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};

use super::routes::{Operation, ROUTES};
use super::wire::{
    AccountAnswer, AvailableNumber, NumberAnswer, NumberStatus, Page, Problem, PurchaseAnswer, QuoteAnswer,
    RequestBody, SettingsBody,
};

#[test]
fn the_document_is_fresh() {
    let text = format!("{}\n", serde_json::to_string_pretty(&document()).unwrap());
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/dialects/ringup/openapi.json");
    if std::env::var_os("RINGUP_UPDATE").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == text, "openapi.json is stale; write it anew by the command in openapi.rs");
}

/// What one call takes and gives.
#[derive(Default)]
struct Call {
    id: &'static str,
    summary: &'static str,
    /// Name, place, whether it is required, schema, what it is.
    parameters: Vec<Value>,
    body: Option<Value>,
    /// By status.
    answers: Vec<(u16, Value)>,
    /// The problems that are its own, by status.
    problems: Vec<(u16, &'static str)>,
    public: bool,
}

fn document() -> Value {
    let settings = |settings: SchemaSettings| {
        settings.with(|settings| {
            settings.definitions_path = "/components/schemas".into();
            settings.meta_schema = None;
        })
    };
    let mut types = settings(SchemaSettings::draft2020_12().for_serialize()).into_generator();
    let problem = types.subschema_for::<Problem>();
    let mut paths: Map<String, Value> = Map::new();
    for (method, path, operation) in ROUTES.rows() {
        let call = describe(*operation, &mut types);
        let methods = paths.entry(*path).or_insert_with(|| json!({}));
        methods[method.to_lowercase()] = call.to_json(path, &json!(problem));
    }
    json!({
        "openapi": "3.1.1",
        "info": {
            "title": "Ringup",
            "version": super::SHOP.policy().version,
            "summary": "Buys phone numbers: a key for every purchase, quotes by name, every gate in one answer.",
            "description": "Instants are milliseconds since 1970-01-01T00:00:00Z. Money is whole minor units with their \
                currency. Errors are RFC 9457 problem details; their `code` is stable.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" }
        },
        "servers": [{ "url": "/ringup/v1" }],
        "security": [{ "key": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "key": { "type": "http", "scheme": "bearer", "description": "A key of the account." } },
            "schemas": types.take_definitions(true)
        }
    })
}

impl Call {
    fn to_json(self, path: &str, problem: &Value) -> Value {
        let mut parameters = self.parameters;
        if path.contains('{') {
            parameters
                .insert(0, parameter("path", "id", true, &json!({ "type": "string" }), "The name of what is meant."));
        }
        let mut answers: Map<String, Value> = Map::new();
        for (status, answer) in self.answers {
            answers.insert(status.to_string(), answer);
        }
        let signed = [(401, "The key is missing or not known."), (413, "The body is too large.")];
        let signed = signed.into_iter().filter(|(status, _)| !self.public && (*status != 413 || self.body.is_some()));
        for (status, what) in self.problems.into_iter().chain(signed) {
            let content = json!({ "application/problem+json": { "schema": problem } });
            answers.insert(status.to_string(), json!({ "description": what, "content": content }));
        }
        answers.sort_keys();
        let mut written = json!({ "operationId": self.id, "summary": self.summary, "responses": answers });
        if !parameters.is_empty() {
            written["parameters"] = parameters.into();
        }
        if let Some(schema) = self.body {
            written["requestBody"] =
                json!({ "required": true, "content": { "application/json": { "schema": schema } } });
        }
        if self.public {
            written["security"] = json!([]);
        }
        written
    }
}

fn describe(operation: Operation, types: &mut SchemaGenerator) -> Call {
    let text = || json!({ "type": "string" });
    let missing = |what| (404, what);
    let bad_query = (400, "A parameter cannot be read.");
    let bad_body = (400, "The body cannot be read.");
    match operation {
        Operation::ListAvailableNumbers => Call {
            id: "listAvailableNumbers",
            summary: "Lists numbers that can be bought, in the order of their digits.",
            parameters: [
                parameter("query", "country", false, &text(), "The country, by its two letters."),
                parameter(
                    "query",
                    "number_type",
                    false,
                    &schema::<ringup_core::NumberType>(types),
                    "The type of number.",
                ),
                parameter("query", "capabilities", false, &text(), "Capabilities with commas between: `voice,sms`."),
                parameter("query", "region", false, &text(), "The region, as the numbers name it."),
                parameter("query", "area_code", false, &text(), "An area code of the country, digits only."),
                parameter("query", "pattern", false, &text(), "A pattern such as `+1617555****`."),
                parameter("query", "number", false, &text(), "An exact number, in E.164."),
            ]
            .into_iter()
            .chain(paging())
            .collect(),
            answers: vec![(200, answer::<Page<AvailableNumber>>(types, "Numbers.", &[]))],
            problems: vec![bad_query],
            ..Call::default()
        },
        Operation::CreateQuote => Call {
            id: "createQuote",
            summary: "Says what a request would cost, and how every gate stands. Nothing is bought.",
            body: Some(schema::<RequestBody>(types)),
            answers: vec![(201, answer::<QuoteAnswer>(types, "The quote, kept under its id.", &[LOCATION]))],
            problems: vec![bad_body],
            ..Call::default()
        },
        Operation::GetQuote => Call {
            id: "getQuote",
            summary: "Gets a quote that was made.",
            answers: vec![(200, answer::<QuoteAnswer>(types, "The quote, as it was made.", &[]))],
            problems: vec![missing("The account has no such quote.")],
            ..Call::default()
        },
        Operation::CreatePurchase => purchase(types),
        Operation::ListPurchases => Call {
            id: "listPurchases",
            summary: "Lists the account's purchases, the newest first.",
            parameters: paging().into(),
            answers: vec![(200, answer::<Page<PurchaseAnswer>>(types, "Purchases.", &[]))],
            problems: vec![bad_query],
            ..Call::default()
        },
        Operation::GetPurchase => Call {
            id: "getPurchase",
            summary: "Gets a purchase in its current state.",
            answers: vec![(200, answer::<PurchaseAnswer>(types, "The purchase.", &[]))],
            problems: vec![missing("The account has no such purchase.")],
            ..Call::default()
        },
        Operation::ListNumbers => Call {
            id: "listNumbers",
            summary: "Lists the account's numbers, the newest first; released ones only where `status` asks for them.",
            parameters: [parameter("query", "status", false, &schema::<NumberStatus>(types), "How they stand.")]
                .into_iter()
                .chain(paging())
                .collect(),
            answers: vec![(200, answer::<Page<NumberAnswer>>(types, "Numbers.", &[]))],
            problems: vec![bad_query],
            ..Call::default()
        },
        Operation::GetNumber => Call {
            id: "getNumber",
            summary: "Gets a number.",
            answers: vec![(200, answer::<NumberAnswer>(types, "The number.", &[]))],
            problems: vec![missing("The account holds no such number.")],
            ..Call::default()
        },
        Operation::UpdateNumber => Call {
            id: "updateNumber",
            summary: "Changes what is set about a number.",
            body: Some(taken::<SettingsBody>()),
            answers: vec![(200, answer::<NumberAnswer>(types, "The number.", &[]))],
            problems: vec![
                bad_body,
                (403, "The key's role may only look."),
                missing("The account holds no such number."),
                (422, "The settings cannot be taken."),
            ],
            ..Call::default()
        },
        Operation::ReleaseNumber => Call {
            id: "releaseNumber",
            summary: "Releases a number. A repeat while it goes on joins it.",
            answers: vec![
                (202, answer::<NumberAnswer>(types, "It goes on: the carrier has not answered yet.", &[LOCATION])),
                (204, json!({ "description": "It is released." })),
            ],
            problems: vec![(403, "The key's role may only look."), missing("The account holds no such number.")],
            ..Call::default()
        },
        Operation::GetAccount => Call {
            id: "getAccount",
            summary: "Says how the account stands.",
            answers: vec![(200, answer::<AccountAnswer>(types, "The account.", &[]))],
            ..Call::default()
        },
        Operation::GetDocument => Call {
            id: "getDocument",
            summary: "Gets this document.",
            answers: vec![(
                200,
                json!({
                    "description": "The document.",
                    "content": { "application/json": { "schema": { "type": "object" } } }
                }),
            )],
            public: true,
            ..Call::default()
        },
    }
}

fn purchase(types: &mut SchemaGenerator) -> Call {
    let key = json!({ "type": "string", "minLength": 1, "maxLength": 255 });
    let what = "A fresh key for each purchase that is meant, and the same one with every repeat of it.";
    Call {
        id: "createPurchase",
        summary: "Buys a number. A repeat with the same key gets the first purchase in its current state.",
        parameters: vec![parameter("header", "Idempotency-Key", true, &key, what)],
        body: Some(schema::<RequestBody>(types)),
        answers: vec![
            (201, answer::<PurchaseAnswer>(types, "The number is bought.", &[LOCATION, REPLAYED])),
            (202, answer::<PurchaseAnswer>(types, "It goes on: poll the purchase.", &[LOCATION, RETRY, REPLAYED])),
        ],
        problems: vec![
            (400, "The body cannot be read, or the key is missing."),
            (402, "The payment was declined."),
            (403, "The key may not do that."),
            (
                409,
                "The key was used for another body; or the price or the quote is not what was seen: with the differences.",
            ),
            (422, "A gate refuses: with every gate and its fixes."),
            (502, "The carrier has declined the order."),
        ],
        ..Call::default()
    }
}

const LOCATION: (&str, &str) = ("Location", "Where it is.");
const RETRY: (&str, &str) = ("Retry-After", "When to ask again, in seconds.");
const REPLAYED: (&str, &str) = ("Idempotency-Replayed", "`true` where the key was used before.");

fn parameter(place: &str, name: &str, required: bool, schema: &Value, what: &str) -> Value {
    json!({ "in": place, "name": name, "required": required, "description": what, "schema": schema })
}

fn paging() -> [Value; 2] {
    let limit = json!({ "type": "integer", "minimum": 1, "maximum": 100, "default": 20 });
    [
        parameter("query", "limit", false, &limit, "How many to list."),
        parameter("query", "cursor", false, &json!({ "type": "string" }), "`next_cursor` of the page before."),
    ]
}

fn answer<T: JsonSchema>(types: &mut SchemaGenerator, what: &str, headers: &[(&str, &str)]) -> Value {
    let mut answer =
        json!({ "description": what, "content": { "application/json": { "schema": schema::<T>(types) } } });
    for (name, what) in headers {
        answer["headers"][name] = json!({ "description": what, "schema": { "type": "string" } });
    }
    answer
}

fn schema<T: JsonSchema>(types: &mut SchemaGenerator) -> Value {
    json!(types.subschema_for::<T>())
}

/// The schema of what is only ever taken: what is absent there need not be sent.
fn taken<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.meta_schema = None;
        settings.inline_subschemas = true;
    });
    let mut schema = json!(settings.into_generator().into_root_schema_for::<T>());
    // The schema says `null` for "absent", which is another thing here.
    for member in schema["properties"].as_object_mut().unwrap().values_mut() {
        member.as_object_mut().unwrap().remove("default");
    }
    schema
}
