// Answers of the module as plain objects. wasm/src/package/tape.rs says what a tape is.
import { instance } from "./instance.js";
import { makers, type Maker } from "./shapes.js";
import { readUtf8 } from "./text.js";

/** What tapes name by number; the module tells what is new. */
const words: string[] = [];
const shapes: Maker[] = [];

/** The module's memory, and the place that is read. */
let items = new Uint32Array(0);
let bytes = new Uint8Array(0);
let at = 0;

/** Builds the answer whose tape begins at that address. */
export function answer(address: number): unknown {
  turnTo(address);
  if (items[at] !== words.length || items[at + 1] !== shapes.length) {
    learn();
    turnTo(address);
  }
  at += 2;
  return value();
}

/** The dictionary has a place of its own, so the answer is still there afterwards. */
function learn(): void {
  turnTo(instance().dictionary(words.length, shapes.length));
  words.push(...(value() as string[]));
  shapes.push(...(value() as string[][]).map(maker));
}

/** When the memory has grown, the old view of it has no length any more. */
function turnTo(address: number): void {
  if (items.length === 0) {
    const { buffer } = instance().memory;
    items = new Uint32Array(buffer);
    bytes = new Uint8Array(buffer);
  }
  at = address >>> 2;
}

/** Objects of a shape that is written out in the code are made ten times as fast. */
function maker(names: string[]): Maker {
  const known = makers[names.join()];
  if (known !== undefined) return known;
  return (next) => {
    const object = {};
    for (const name of names) set(object, name, next());
    return object;
  };
}

function value(): unknown {
  const item = items[at++]!, number = item >>> 3;
  switch (item & 7) {
    case 0:
      return number === 0 ? null : number === 2;
    case 1:
      return number;
    case 2: {
      const low = items[at++]!;
      return low + (items[at++]! | 0) * 0x1_0000_0000;
    }
    case 3:
      return words[number];
    case 4: {
      const start = at << 2;
      at += (number + 3) >>> 2;
      return readUtf8(bytes, start, start + number);
    }
    case 5:
      return shapes[number]!(value);
    case 6: {
      const array = new Array<unknown>(number);
      for (let place = 0; place < number; place += 1) array[place] = value();
      return array;
    }
    default: {
      const object = shapes[number]!(value);
      for (let left = items[at++]!; left > 0; left -= 1) set(object, value() as string, value());
      return object;
    }
  }
}

/** As a member of its own, also under the name that would otherwise be the prototype's. */
function set(object: object, name: string, value: unknown): void {
  if (name === "__proto__") Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
  else (object as Record<string, unknown>)[name] = value;
}
