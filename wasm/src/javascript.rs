//! Between JavaScript's values and Rust's.

use js_sys::JSON;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};

use crate::failure::{InputError, InputFailure};
use crate::read;

/// The text of a plain object. It goes in as JSON, and not by serde-wasm-bindgen, because that passes over unknown fields:
/// a misspelt rule of a policy would be switched off without a word.
pub(crate) fn text(name: &str, value: &JsValue) -> Result<String, InputError> {
    let malformed = |why: &str| read::malformed(name, String::new(), &why);
    let text = JSON::stringify(value).map_err(|error| {
        let error = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
        malformed(error.as_deref().unwrap_or("the value cannot be written as JSON"))
    })?;
    // It is undefined for undefined and for functions.
    JsValue::from(text).as_string().ok_or_else(|| malformed("a plain object is expected"))
}

/// Reads a plain object.
pub(crate) fn from_object<T: DeserializeOwned>(name: &str, value: &JsValue) -> Result<T, InputError> {
    read::read(name, text(name, value)?.as_bytes())
}

/// A plain object. By way of JSON, for that is a third faster here than member by member, and smaller.
pub(crate) fn to_object(value: &impl Serialize) -> JsValue {
    JSON::parse(&serde_json::to_string(value).unwrap_or_default()).unwrap_or(JsValue::UNDEFINED)
}

/// `{ type: "failure", errors }`.
pub(crate) fn failure(error: InputError) -> JsValue {
    to_object(&InputFailure::from(error))
}

/// `{ type: "success", value }` or `{ type: "failure", errors }`.
pub(crate) fn result(result: Result<impl Into<JsValue>, InputError>) -> JsValue {
    match result {
        Ok(value) => {
            let object = js_sys::Object::new();
            // Setting a property of a fresh object cannot fail.
            let _ = js_sys::Reflect::set(&object, &"type".into(), &"success".into());
            let _ = js_sys::Reflect::set(&object, &"value".into(), &value.into());
            object.into()
        }
        Err(error) => failure(error),
    }
}
