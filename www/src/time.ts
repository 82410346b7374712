// Instants as people read them. The simulated world lives in UTC.

/** `25 Mar 2026, 10:00:00`. */
export function instant(millis: number): string {
  return new Date(millis).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" });
}
