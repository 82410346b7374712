//! How a value becomes the items of a tape.

use core::fmt;

use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple, SerializeTupleStruct,
    SerializeTupleVariant, Serializer,
};

use super::super::dictionary::EMPTY;
use super::{ARRAY, CONSTANT, SHAPED, SHAPED_AND_MORE, TAG_BITS, TEXT, Tape, WORD, item, word};

/// The text as a part of the program, if it is one: in the module those are the texts between its data and its heap.
#[cfg(target_arch = "wasm32")]
fn constant(text: &str) -> Option<&'static str> {
    #[expect(unsafe_code, reason = "the linker says where the data are")]
    unsafe extern "C" {
        static __global_base: u8;
        static __heap_base: u8;
    }
    let data = (&raw const __global_base).addr()..(&raw const __heap_base).addr();
    if !data.contains(&text.as_ptr().addr()) || 64 < text.len() {
        return None;
    }
    #[expect(unsafe_code, reason = "data are never freed, and no static of this module holds text that changes")]
    // SAFETY: the text lies in the module's data, which are there as long as the module.
    Some(unsafe { &*core::ptr::from_ref(text) })
}

/// Elsewhere nobody says; then it is written as any other text.
#[cfg(not(target_arch = "wasm32"))]
const fn constant(_: &str) -> Option<&'static str> {
    None
}

/// A value that a tape cannot hold: no answer has one. Without a text, a result is one bit, and every type's code is smaller.
#[derive(Debug)]
pub(crate) struct Unwritable;

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a tape holds no float, no bytes, no key but text, and no integer of more than 63 bits")
    }
}

impl core::error::Error for Unwritable {}

impl serde::ser::Error for Unwritable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

type Written = Result<(), Unwritable>;

impl<'a> Serializer for &'a mut Tape {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Sequence<'a>;
    type SerializeTuple = Sequence<'a>;
    type SerializeTupleStruct = Sequence<'a>;
    type SerializeTupleVariant = Sequence<'a>;
    type SerializeMap = Members<'a>;
    type SerializeStruct = Members<'a>;
    type SerializeStructVariant = Members<'a>;

    fn serialize_bool(self, value: bool) -> Written {
        self.begin(CONSTANT, if value { 2 } else { 1 });
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Written {
        self.integer(value);
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Written {
        self.serialize_i64(i64::try_from(value).map_err(|_| Unwritable)?)
    }

    fn serialize_f32(self, _: f32) -> Written {
        Err(Unwritable)
    }

    fn serialize_f64(self, _: f64) -> Written {
        Err(Unwritable)
    }

    fn serialize_char(self, value: char) -> Written {
        self.text(value.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Written {
        match constant(value) {
            Some(value) => {
                let number = self.dictionary.word(value);
                self.begin(WORD, number);
            }
            None => self.text(value),
        }
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Written {
        Err(Unwritable)
    }

    fn serialize_none(self) -> Written {
        self.serialize_unit()
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.begin(CONSTANT, 0);
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        let number = self.dictionary.word(variant);
        self.begin(WORD, number);
        Ok(())
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Written {
        self.variant(variant);
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Sequence<'a>, Unwritable> {
        Ok(self.sequence())
    }

    fn serialize_tuple(self, _: usize) -> Result<Sequence<'a>, Unwritable> {
        Ok(self.sequence())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Sequence<'a>, Unwritable> {
        Ok(self.sequence())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Sequence<'a>, Unwritable> {
        self.variant(variant);
        Ok(self.sequence())
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'a>, Unwritable> {
        Ok(self.members())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members<'a>, Unwritable> {
        Ok(self.members())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members<'a>, Unwritable> {
        self.variant(variant);
        Ok(self.members())
    }
}

impl Tape {
    fn members(&mut self) -> Members<'_> {
        let header = self.items.len();
        self.begin(SHAPED, EMPTY);
        Members { tape: self, header, shape: EMPTY, more: None }
    }

    fn sequence(&mut self) -> Sequence<'_> {
        let header = self.items.len();
        self.begin(ARRAY, 0);
        Sequence { tape: self, header, length: 0 }
    }

    /// `{ variant: … }`, whose value follows.
    fn variant(&mut self, variant: &'static str) {
        let shape = self.dictionary.shape(EMPTY, variant);
        self.begin(SHAPED, shape);
    }
}

/// An array that is being written.
pub(crate) struct Sequence<'a> {
    tape: &'a mut Tape,
    header: usize,
    length: usize,
}

impl Sequence<'_> {
    fn add<T: ?Sized + Serialize>(&mut self, value: &T) -> Written {
        self.length = self.length.saturating_add(1);
        value.serialize(&mut *self.tape)
    }

    fn close(self) -> Written {
        self.tape.set(self.header, item(ARRAY, self.length));
        Ok(())
    }
}

/// An object that is being written.
pub(crate) struct Members<'a> {
    tape: &'a mut Tape,
    header: usize,
    shape: usize,
    more: Option<More>,
}

/// Members whose names stand beside their values: from the first one whose name is no word.
struct More {
    /// Where it is written how many they are.
    count_at: usize,
    count: usize,
}

impl Members<'_> {
    fn add<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Written {
        self.name(name)?;
        value.serialize(&mut *self.tape)
    }

    fn name(&mut self, name: &'static str) -> Written {
        match &mut self.more {
            Some(more) => {
                more.count = more.count.saturating_add(1);
                name.serialize(&mut *self.tape)
            }
            None => {
                self.shape = self.tape.dictionary.shape(self.shape, name);
                Ok(())
            }
        }
    }

    /// Makes a map's key the name of what follows.
    fn key<T: ?Sized + Serialize>(&mut self, key: &T) -> Written {
        let at = self.tape.items.len();
        key.serialize(&mut *self.tape)?;
        let Some(first) = self.tape.items.get(at).copied() else { return Ok(()) };
        let number = usize::try_from(first >> TAG_BITS).unwrap_or_default();
        match (first & ((1 << TAG_BITS) - 1), self.tape.dictionary.words().get(number).copied()) {
            (WORD, Some(word)) => {
                self.tape.items.truncate(at);
                self.name(word)
            }
            (TEXT, _) => {
                match &mut self.more {
                    Some(more) => more.count = more.count.saturating_add(1),
                    None => {
                        self.tape.items.insert(at, 0);
                        self.more = Some(More { count_at: at, count: 1 });
                    }
                }
                Ok(())
            }
            _ => Err(Unwritable),
        }
    }

    fn close(self) -> Written {
        let Self { tape, header, shape, more } = self;
        match more {
            Some(More { count_at, count }) => {
                tape.set(header, item(SHAPED_AND_MORE, shape));
                tape.set(count_at, word(count));
            }
            None => tape.set(header, item(SHAPED, shape)),
        }
        Ok(())
    }
}

impl SerializeSeq for Sequence<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Written {
        self.add(value)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl SerializeTuple for Sequence<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Written {
        self.add(value)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl SerializeTupleStruct for Sequence<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, value: &T) -> Written {
        self.add(value)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl SerializeTupleVariant for Sequence<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, value: &T) -> Written {
        self.add(value)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl SerializeStruct for Members<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Written {
        self.add(name, value)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl SerializeStructVariant for Members<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Written {
        self.add(name, value)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl SerializeMap for Members<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Written {
        self.key(key)
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Written {
        value.serialize(&mut *self.tape)
    }

    fn end(self) -> Written {
        self.close()
    }
}
