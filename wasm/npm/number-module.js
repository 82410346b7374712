// The other side of wasm/number/src/abi.rs: one buffer for texts, one integer for everything short.

/** The module's exports, and its buffer as bytes: empty until there is a module, and again when its memory has grown. */
let wasm = {}, bytes = new Uint8Array(0);

/** The words that integers stand for; the first of each is nought. */
export const types = ["unknown"], reasons = [null], countries = [];

/** The version of the plan. */
export let version;

/** Takes a module with the exports. They all hold the same, so the first will do. */
export function attach(exports) {
  if (wasm.memory) return;
  wasm = exports;
  const facts = read(wasm.number_facts()).split("\n");
  types.push(...facts[0].split(" "));
  reasons.push(...facts[1].split(" "));
  version = facts[2];
  countries.push(...facts[3].match(/../g));
}

export const answer = (text, country) => wasm.number_answer(write(text), letters(country));
export const written = (text, country) => read(wasm.number_written(write(text), letters(country)));
export const example = (country, type) => buffer() && read(wasm.number_example(letters(country), types.indexOf(type)));
export const canMatch = (pattern, country) => wasm.number_can_match(write(pattern), letters(country)) !== 0;

/** What is shown after this was typed. */
export function shown(text, country) {
  const length = wasm.number_shown(write(text), letters(country));
  return length < 0 ? text : read(length);
}

const BUFFER = 2048;
const encoder = new TextEncoder(), decoder = new TextDecoder();

function buffer() {
  if (bytes.length === 0) {
    if (!wasm.memory) throw new Error("the module is not loaded yet: `await init()` first");
    bytes = new Uint8Array(wasm.memory.buffer, wasm.number_buffer(), BUFFER);
  }
  return bytes;
}

/** Nearly every text is short and ASCII; byte by byte that is faster than an encoder. */
function write(text) {
  const to = buffer(), { length } = text;
  if (length < 40) {
    let at = 0;
    for (let code; at < length && (code = text.charCodeAt(at)) < 128; at += 1) to[at] = code;
    if (at === length) return length;
  }
  // Whatever is cut off would not have been looked at.
  return encoder.encodeInto(text, to.subarray(0, BUFFER / 2)).written;
}

function read(length) {
  return decoder.decode(buffer().subarray(0, length));
}

/** Two letters as two bytes, nought for none. What is no country gets a number that is none either. */
function letters(country) {
  if (country === undefined || country === null) return 0;
  if (country.length !== 2) return 1;
  const first = country.charCodeAt(0), second = country.charCodeAt(1);
  return first < 128 && second < 128 ? first << 8 | second : 1;
}
