//! The module of the npm package: texts in JSON come in, and a [`tape`] with the answer goes out.
//!
//! JavaScript keeps shops, standings and offers as plain data. The module holds those that it has parsed, each in a slot
//! that JavaScript names; what is in no slot is loaded again, so there is nothing to free.

#[cfg(target_arch = "wasm32")]
pub mod exports;

mod dictionary;
mod tape;

use crate::read::{self, Answer, within};
use ringup_core::write::Write;
use ringup_core::{
    Currency, Decimals, Diagnostic, DiagnosticCode, Evidence, Fact, InputFailure, NumberingPlan, Offers,
    PurchaseRequest, QuoteId, Rejection, Remedy, Shop, ShopVersion, Standing, Timestamp, policies,
};
use ringup_derive::{Read, Write};
use ringup_numbering::WorldPlan;
use tape::Tape;

/// Reads what came in.
#[cfg(not(feature = "without-reader"))]
use ringup_core::read::read;

/// Answers anything, as far as the compiler knows.
#[cfg(feature = "without-reader")]
fn read<T: ringup_core::read::Read>(json: &[u8]) -> Answer<T> {
    core::hint::black_box(json);
    core::hint::black_box(Err(Vec::new()))
}

/// What was parsed, by slot.
struct Slots<T>(Vec<Option<T>>);

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Slots<T> {
    fn get(&self, slot: usize) -> Option<&T> {
        self.0.get(slot)?.as_ref()
    }

    /// Fills the slot, or empties it where there is nothing to fill it with.
    fn set(&mut self, slot: usize, value: Option<T>) {
        if self.0.len() <= slot {
            self.0.resize_with(slot.saturating_add(1), || None);
        }
        if let Some(place) = self.0.get_mut(slot) {
            *place = value;
        }
    }
}

/// The state of the module between two calls.
#[derive(Default)]
pub struct Module {
    shops: Slots<Shop>,
    standings: Slots<Standing>,
    offers: Slots<Offers>,
    tape: Tape,
}

/// The slots that a request is quoted against. An empty slot of offers means none.
pub struct Against {
    /// The shop's.
    pub shop: usize,
    /// The standing's.
    pub standing: usize,
    /// The offers'.
    pub offers: usize,
}

/// What is said of a shop that was loaded.
#[derive(Write)]
struct ShopFacts {
    version: ShopVersion,
    countries: Vec<String>,
}

/// A code and its parts, whose sentence is asked for.
#[derive(Read)]
#[serde(rename_all = "snake_case")]
enum Message {
    Rejection(Rejection),
    Evidence(Evidence),
    Fact(Fact),
    Fix(Remedy),
}

impl Module {
    /// Fills a slot with a shop; answers its version and countries, or a failure.
    pub fn load_shop(&mut self, slot: usize, json: &[u8]) -> &[u32] {
        let loaded = read(json).and_then(read::checked).map(|shop| {
            let countries = shop.countries().into_iter().map(String::from).collect();
            (ShopFacts { version: shop.version(), countries }, shop)
        });
        let (answer, shop) = split(loaded);
        self.shops.set(slot, shop);
        write(&mut self.tape, answer)
    }

    /// Fills a slot with a standing; answers `null`, or a failure.
    pub fn load_standing(&mut self, slot: usize, json: &[u8]) -> &[u32] {
        let (answer, standing) = split(read(json).map(|standing| ((), standing)));
        self.standings.set(slot, standing);
        write(&mut self.tape, answer)
    }

    /// Fills a slot with offers; answers `null`, or a failure.
    pub fn load_offers(&mut self, slot: usize, json: &[u8]) -> &[u32] {
        let (answer, offers) = split(read(json).map(|offers| ((), offers)));
        self.offers.set(slot, offers);
        write(&mut self.tape, answer)
    }

    /// Answers the quote, or a failure.
    pub fn quote(&mut self, against: &Against, request: &[u8], now: i64) -> &[u32] {
        self.asked(against, request, now, ringup_core::quote)
    }

    /// Answers the explanation, or a failure.
    pub fn explain(&mut self, against: &Against, request: &[u8], now: i64) -> &[u32] {
        self.asked(against, request, now, ringup_core::explain)
    }

    /// Whether the request would be accepted: [`Quote::acceptable`](ringup_core::Quote), or a failure.
    ///
    /// # Errors
    /// The tape of the failure.
    pub fn is_acceptable(&mut self, against: &Against, request: &[u8], now: i64) -> Result<bool, &[u32]> {
        let quote = self.judge(against, request, now, ringup_core::quote);
        quote.map(|quote| quote.acceptable).map_err(|errors| self.tape.write(&InputFailure::Failure { errors }))
    }

    fn asked<T: Write>(
        &mut self,
        against: &Against,
        request: &[u8],
        now: i64,
        ask: impl FnOnce(&Shop, &dyn NumberingPlan, &Standing, &Offers, &PurchaseRequest, Timestamp) -> T,
    ) -> &[u32] {
        let answer = self.judge(against, request, now, ask);
        write(&mut self.tape, answer)
    }

    fn judge<T>(
        &self,
        against: &Against,
        request: &[u8],
        now: i64,
        ask: impl FnOnce(&Shop, &dyn NumberingPlan, &Standing, &Offers, &PurchaseRequest, Timestamp) -> T,
    ) -> Answer<T> {
        let request = within("/request", read(request))?;
        let shop = self.shops.get(against.shop).ok_or_else(|| not_loaded("/shop"))?;
        let standing = self.standings.get(against.standing).ok_or_else(|| not_loaded("/standing"))?;
        let (offers, nothing) = (self.offers.get(against.offers), Offers::default());
        Ok(ask(shop, &WorldPlan, standing, offers.unwrap_or(&nothing), &request, Timestamp::from_millis(now)))
    }

    /// Answers what a purchase that follows the quote names, or a failure.
    pub fn verify_quote(&mut self, quote: &[u8], id: &str, now: i64) -> &[u32] {
        let id = id.parse::<QuoteId>().map_err(|error| invalid("/id", error.to_string()));
        let verified = id.and_then(|id| {
            within("/quote", read(quote).and_then(|quote| read::verified(quote, &id, Timestamp::from_millis(now))))
        });
        write(&mut self.tape, verified)
    }

    /// Answers the id of a quote that RFC 8785 writes like this.
    pub fn quote_id(&mut self, canonical: &[u8]) -> &[u32] {
        self.tape.write(&QuoteId::of_canonical(canonical))
    }

    /// Answers the sentence in English of a message, with the decimals of a shop; those of ISO 4217 where its slot is empty.
    pub fn sentence(&mut self, shop: usize, message: &[u8]) -> &[u32] {
        let decimals = self.shops.get(shop).map_or(Decimals::ISO_4217, Shop::decimals);
        let sentence = read(message).map(|message| match message {
            Message::Rejection(rejection) => rejection.sentence(decimals),
            Message::Evidence(evidence) => evidence.sentence(decimals),
            Message::Fact(fact) => fact.to_string(),
            Message::Fix(fix) => fix.sentence(decimals),
        });
        write(&mut self.tape, sentence)
    }

    /// Answers the ids of the shipped policies.
    pub fn policy_ids(&mut self) -> &[u32] {
        let ids = policies::ALL.map(|(id, _)| id);
        self.tape.write(&ids.as_slice())
    }

    /// Answers the document of the policy in that place of [`Module::policy_ids`], as a text in JSON; or `null`.
    pub fn policy(&mut self, place: usize) -> &[u32] {
        self.tape.write(&policies::ALL.get(place).map(|(_, json)| *json))
    }

    /// Answers the words and shapes of earlier tapes after the first `known_words` and `known_shapes`.
    pub fn dictionary(&mut self, known_words: usize, known_shapes: usize) -> &[u32] {
        self.tape.dictionary(known_words, known_shapes)
    }
}

/// How many decimals the minor unit of a currency has, by ISO 4217.
#[must_use]
pub fn currency_exponent(code: &str) -> Option<u8> {
    code.parse().ok().map(Currency::exponent)
}

fn write<T: Write>(tape: &mut Tape, answer: Answer<T>) -> &[u32] {
    match answer {
        Ok(answer) => tape.write(&answer),
        Err(errors) => tape.write(&InputFailure::Failure { errors }),
    }
}

fn split<T, V>(loaded: Answer<(T, V)>) -> (Answer<T>, Option<V>) {
    match loaded {
        Ok((answer, value)) => (Ok(answer), Some(value)),
        Err(error) => (Err(error), None),
    }
}

/// The package loads before it asks; another caller may not.
fn not_loaded(part: &str) -> Vec<Diagnostic> {
    invalid(part, "nothing is loaded in this slot".into())
}

fn invalid(path: &str, message: String) -> Vec<Diagnostic> {
    vec![Diagnostic::new(DiagnosticCode::ValueInvalid, path, message, "give a value that can be used")]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use ringup_core::write::Writer;
    use serde_json::{Value, json};

    /// The other side of a tape: what `npm/src/tape.ts` does.
    struct Reader<'a> {
        items: core::slice::Iter<'a, u32>,
        words: Vec<Value>,
        shapes: Vec<Vec<Value>>,
    }

    impl Reader<'_> {
        fn next(&mut self) -> (u32, usize) {
            let item = *self.items.next().unwrap();
            (item & 7, usize::try_from(item >> 3).unwrap())
        }

        fn value(&mut self) -> Value {
            match self.next() {
                (0, constant) => [Value::Null, json!(false), json!(true)][constant].clone(),
                (1, integer) => json!(integer),
                (2, _) => {
                    let [low, high] = [(); 2].map(|()| *self.items.next().unwrap());
                    json!(i64::from(low) | i64::from(high) << 32)
                }
                (3, word) => self.words[word].clone(),
                (4, length) => {
                    let words = self.items.by_ref().take(length.div_ceil(4));
                    let bytes: Vec<u8> = words.flat_map(|word| word.to_le_bytes()).take(length).collect();
                    json!(String::from_utf8(bytes).unwrap())
                }
                (5, shape) => {
                    let names = self.shapes[shape].clone();
                    names.into_iter().map(|name| (name.as_str().unwrap().to_owned(), self.value())).collect()
                }
                (6, length) => (0..length).map(|_| self.value()).collect(),
                (_, shape) => {
                    let names = self.shapes[shape].clone().into_iter();
                    let mut members: serde_json::Map<_, _> =
                        names.map(|name| (name.as_str().unwrap().to_owned(), self.value())).collect();
                    let more = *self.items.next().unwrap();
                    members.extend((0..more).map(|_| (self.value().as_str().unwrap().to_owned(), self.value())));
                    members.into()
                }
            }
        }
    }

    fn read_tape(module: &mut Module, tape: &[u32]) -> Value {
        let dictionary = module.dictionary(0, 0).to_vec();
        let mut reader = Reader { items: dictionary.iter(), words: Vec::new(), shapes: Vec::new() };
        let [words, shapes] = [(); 2].map(|()| reader.value());
        assert_eq!(reader.items.len(), 0);
        let words = words.as_array().unwrap().clone();
        let shapes: Vec<_> = shapes.as_array().unwrap().iter().map(|shape| shape.as_array().unwrap().clone()).collect();
        let [own_words, own_shapes, items @ ..] = tape else { panic!("a tape begins with two sizes") };
        assert_eq!([words.len(), shapes.len()].map(|size| u32::try_from(size).unwrap()), [*own_words, *own_shapes]);
        let mut reader = Reader { items: items.iter(), words, shapes };
        let value = reader.value();
        assert_eq!(reader.items.len(), 0, "all of it is read");
        value
    }

    /// Any JSON: its members' names are data.
    struct Json<'a>(&'a Value);

    impl Write for Json<'_> {
        fn write<W: Writer>(&self, writer: &mut W) {
            match self.0 {
                Value::Null => writer.null(),
                Value::Bool(value) => writer.bool(*value),
                Value::Number(number) => writer.integer(number.as_i64().unwrap()),
                Value::String(text) => writer.text(text),
                Value::Array(items) => items.iter().map(Json).collect::<Vec<_>>().write(writer),
                Value::Object(members) => {
                    writer.map(members.len());
                    for (name, value) in members {
                        writer.text(name);
                        Json(value).write(writer);
                    }
                }
            }
        }
    }

    #[track_caller]
    fn check(value: &impl Write, expected: &Value) {
        let mut module = Module::default();
        let tape = module.tape.write(value).to_vec();
        assert_eq!(read_tape(&mut module, &tape), *expected);
    }

    const ZERNIO: Against = Against { shop: 3, standing: 0, offers: 16 };

    fn loaded() -> Module {
        let mut module = Module::default();
        let tape = module.load_shop(3, policies::ZERNIO.as_bytes()).to_vec();
        assert_eq!(read_tape(&mut module, &tape)["version"]["policy"], json!("zernio"));
        let standing = json!({ "terms": { "plan": "build", "billing": "subscription" }, "holders": ["me"] });
        let tape = module.load_standing(0, standing.to_string().as_bytes()).to_vec();
        assert_eq!(read_tape(&mut module, &tape), Value::Null);
        module
    }

    #[test]
    fn every_value_comes_back() {
        for value in [
            json!([null, true, false, 0, 1, -1, 536_870_911, 536_870_912, 4_294_967_296_i64, i64::MAX, i64::MIN]),
            json!({ "": "", "a": "abc", "b": "abcd", "ü": "naïve ☎ 𝄞\n", "__proto__": {}, "nested": { "x": [[]] } }),
        ] {
            check(&Json(&value), &value);
        }
        for (_, json) in policies::ALL {
            let value = serde_json::from_str::<ringup_core::ShopData>(json).unwrap();
            check(&value, &serde_json::to_value(&value).unwrap());
        }
    }

    #[test]
    fn members_of_another_type_stand_among_the_others() {
        #[derive(Write)]
        struct Inner {
            c: Option<u8>,
            d: Deepest,
            f: Option<u8>,
        }
        #[derive(Write)]
        #[serde(tag = "kind", rename_all = "snake_case")]
        enum Deepest {
            One { e: u8 },
            Two,
        }
        #[derive(Write)]
        struct Outer {
            a: u8,
            #[serde(skip_serializing_if = "Option::is_none")]
            b: Option<u8>,
            #[serde(flatten)]
            inner: Inner,
            g: BTreeMap<Word, u8>,
        }
        #[derive(Write, PartialEq, Eq, PartialOrd, Ord)]
        enum Word {
            First,
            #[serde(rename = "2nd")]
            Second,
        }
        let outer = |b, d| Outer {
            a: 1,
            b,
            inner: Inner { c: None, d, f: Some(5) },
            g: [(Word::First, 6), (Word::Second, 7)].into(),
        };
        let one = json!({
            "a": 1, "b": 2, "c": null, "d": { "kind": "one", "e": 4 }, "f": 5, "g": { "First": 6, "2nd": 7 }
        });
        check(&outer(Some(2), Deepest::One { e: 4 }), &one);
        let two = json!({ "a": 1, "c": null, "d": { "kind": "two" }, "f": 5, "g": { "First": 6, "2nd": 7 } });
        check(&outer(None, Deepest::Two), &two);
    }

    #[test]
    fn a_quote_and_an_explanation_are_those_of_the_core() {
        let mut module = loaded();
        let shop = Shop::new(serde_json::from_str(policies::ZERNIO).unwrap()).unwrap();
        let standing = json!({ "terms": { "plan": "build", "billing": "subscription" }, "holders": ["me"] });
        let standing = serde_json::from_value(standing).unwrap();
        for request in [json!({ "holder": "me", "country": "US" }), json!({ "holder": "ü", "country": "DE" })] {
            let read = serde_json::from_value(request.clone()).unwrap();
            let (offers, now) = (Offers::default(), Timestamp::from_millis(-5));
            let tape = module.quote(&ZERNIO, request.to_string().as_bytes(), -5).to_vec();
            let quote = ringup_core::quote(&shop, &WorldPlan, &standing, &offers, &read, now);
            assert_eq!(read_tape(&mut module, &tape), serde_json::to_value(&quote).unwrap());
            let tape = module.explain(&ZERNIO, request.to_string().as_bytes(), -5).to_vec();
            let explanation = ringup_core::explain(&shop, &WorldPlan, &standing, &offers, &read, now);
            assert_eq!(read_tape(&mut module, &tape), serde_json::to_value(&explanation).unwrap());
            let json = serde_json::to_string(&quote).unwrap();
            let canonical = canonical(&serde_json::to_value(&quote).unwrap());
            let tape = module.quote_id(canonical.as_bytes()).to_vec();
            assert_eq!(read_tape(&mut module, &tape), json!(quote.id()));
            let tape = module.verify_quote(json.as_bytes(), quote.id().as_str(), -5).to_vec();
            assert_eq!(read_tape(&mut module, &tape), serde_json::to_value(quote.seen()).unwrap());
        }
    }

    /// As RFC 8785 writes a value whose members' names are ASCII.
    fn canonical(value: &Value) -> String {
        match value {
            Value::Object(members) => {
                let sorted: BTreeMap<_, _> = members.iter().collect();
                let members = sorted.into_iter().map(|(name, value)| format!("{}:{}", json!(name), canonical(value)));
                format!("{{{}}}", members.collect::<Vec<_>>().join(","))
            }
            Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
            _ => value.to_string(),
        }
    }

    #[test]
    fn a_mistake_is_told_with_its_place() {
        #[track_caller]
        fn check(path: &str, ask: impl FnOnce(&mut Module) -> &[u32]) {
            let mut module = loaded();
            let tape = ask(&mut module).to_vec();
            assert_eq!(read_tape(&mut module, &tape)["errors"][0]["path"], json!(path));
        }
        check("/request/country", |module| module.quote(&ZERNIO, b"{\"country\":5}", 0));
        check("/shop", |module| module.quote(&Against { shop: 0, ..ZERNIO }, b"{}", 0));
        check("/standing", |module| module.explain(&Against { standing: 9, ..ZERNIO }, b"{}", 0));
        check("/id", |module| module.verify_quote(b"{}", "", 0));
        check("/searches", |module| module.load_offers(0, b"{\"searches\":1}"));
    }

    #[test]
    fn a_message_has_a_sentence_with_the_decimals_of_the_shop() {
        let mut module = loaded();
        let mut check = |message: Value, sentence: &str| {
            let tape = module.sentence(3, message.to_string().as_bytes()).to_vec();
            assert_eq!(read_tape(&mut module, &tape), json!(sentence));
        };
        let reused = "this idempotency key belongs to another request; send that one unchanged, or use a fresh key";
        check(json!({ "rejection": { "code": "key_reused" } }), reused);
        check(json!({ "evidence": { "compared": "sold", "country": "US" } }), "US numbers are sold");
        check(json!({ "fact": { "fact": "earlier_gate", "gate": "paid_plan" } }), "after the gate `paid plan`");
        let money = json!({ "minor_units": 1, "currency": "USD" });
        check(json!({ "fix": { "remedy": "add_money", "money": money } }), "add 0.01 USD to your balance");
    }

    #[test]
    fn what_cannot_be_loaded_empties_its_slot() {
        let mut module = loaded();
        let tape = module.load_shop(3, b"{}").to_vec();
        assert_eq!(read_tape(&mut module, &tape)["type"], json!("failure"));
        assert!(module.shops.get(3).is_none());
    }
}
