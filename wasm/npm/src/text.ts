// Texts as UTF-8, both ways. TextEncoder is not everywhere (jsdom has none), and is slower for short texts.

/** How many bytes a text has as UTF-8. Half a surrogate pair counts as the replacement character that it is written as. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x80) continue;
    if (code < 0x800) length += 1;
    else if (isPair(text, at)) (length += 2), (at += 1);
    else length += 2;
  }
  return length;
}

/** Writes a text between two places, as many whole characters as there is room for. Gives where it ends. */
export function writeUtf8(text: string, bytes: Uint8Array, start: number, end: number): number {
  let to = start;
  for (let at = 0; at < text.length; at += 1) {
    let code = text.charCodeAt(at);
    if (code < 0x80) {
      if (to === end) return to;
      bytes[to++] = code;
      continue;
    }
    if (isPair(text, at)) {
      code = text.codePointAt(at)!;
      at += 1;
    } else if (isSurrogate(code)) {
      code = 0xfffd;
    }
    const more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    if (end < to + 1 + more) return to;
    // The first byte tells by its leading ones how many follow.
    bytes[to++] = (0xff00 >> (more + 1)) & 0xff | code >> (6 * more);
    for (let left = more - 1; left >= 0; left -= 1) bytes[to++] = 0x80 | (code >> (6 * left) & 0x3f);
  }
  return to;
}

/** Reads a text that the module wrote, which is always well formed. */
export function readUtf8(bytes: Uint8Array, start: number, end: number): string {
  let text = "", at = start;
  // Nearly every text is short and ASCII. Eight at a time: a text that grows by single characters is a chain of as many parts.
  for (; at + 8 <= end && end - start <= 64; at += 8) {
    const a = bytes[at]!, b = bytes[at + 1]!, c = bytes[at + 2]!, d = bytes[at + 3]!;
    const e = bytes[at + 4]!, f = bytes[at + 5]!, g = bytes[at + 6]!, h = bytes[at + 7]!;
    if ((a | b | c | d | e | f | g | h) >= 0x80) break;
    text += String.fromCharCode(a, b, c, d, e, f, g, h);
  }
  let length = 0;
  while (at < end) {
    let code = bytes[at++]!;
    if (code >= 0x80) {
      const more = code < 0xe0 ? 1 : code < 0xf0 ? 2 : 3;
      code &= 0x3f >> more;
      for (let left = more; left > 0; left -= 1) code = code << 6 | (bytes[at++]! & 0x3f);
      if (code >= 0x10000) {
        units[length++] = 0xd7c0 + (code >> 10);
        code = 0xdc00 | (code & 0x3ff);
      }
    }
    units[length++] = code;
    // The next one may be a pair.
    if (length >= UNITS - 1) {
      text += flat(length);
      length = 0;
    }
  }
  return text + flat(length);
}

const UNITS = 1024;
const units = /* @__PURE__ */ new Uint16Array(UNITS);

function flat(length: number): string {
  if (length > 8) return String.fromCharCode.apply(null, units.subarray(0, length) as unknown as number[]);
  let text = "";
  for (let at = 0; at < length; at += 1) text += String.fromCharCode(units[at]!);
  return text;
}

/** Reads lines that end in a line feed each, and the last one in a zero. */
export function readLines(bytes: Uint8Array): string[] {
  const lines: string[] = [];
  for (let start = 0, at = 0; ; at += 1) {
    const byte = bytes[at]!;
    if (byte !== 0x0a && byte !== 0) continue;
    lines.push(readUtf8(bytes, start, at));
    if (byte === 0) return lines;
    start = at + 1;
  }
}

const isSurrogate = (code: number) => (code & 0xf800) === 0xd800;

function isPair(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}
