// Instants in words. The simulated world is in UTC.

/** `25 Mar 2026, 10:00:00`. */
export function instant(millis: number): string {
  return new Date(millis).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" });
}

const ISO = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g;

/** A sentence of the core, with its ISO instants in the reader's form: `after 25 Mar 2026, 10:00:00 UTC`. */
export function readable(sentence: string): string {
  return sentence.replaceAll(ISO, (iso) => `${instant(Date.parse(iso))} UTC`);
}
