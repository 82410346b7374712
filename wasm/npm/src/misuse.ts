// A wrong call throws a `TypeError` that says how to call. Input of a customer and data of the wrong shape get an answer.

/** A value as an error shows it. */
export function shown(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return value instanceof Date ? "a Date" : "an object";
  return typeof value === "string" ? `\`${value}\`` : typeof value === "function" ? "a function" : String(value);
}

/** The instant of a call: the host's clock where it is left out. */
export function instant(now: number | undefined): number {
  if (now === undefined) return Date.now();
  if (typeof now === "number" && Math.abs(now) <= Number.MAX_SAFE_INTEGER) return now;
  throw new TypeError(`\`now\` must be milliseconds since 1970, such as \`Date.now()\`, not ${shown(now)}`);
}

/** A typed text. */
export function typed(name: string, text: unknown): string {
  if (typeof text === "string") return text;
  throw new TypeError(`\`${name}\` must be a string, not ${shown(text)}`);
}

/** An object with these members and no others: a misspelt one would be ignored silently. */
export function members(input: unknown, names: readonly string[]): void {
  const listed = () => `\`${names.join("`, `")}\``;
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw new TypeError(`one object with the members ${listed()} must be given, not ${shown(input)}`);
  }
  for (const name in input) {
    if (!names.includes(name)) throw new TypeError(`unknown member \`${name}\`: the members are ${listed()}`);
  }
}
