// Instants as people read them. The simulated world lives in UTC.

/** `25 Mar 2026, 10:00:00`. */
export function instant(millis: number): string {
  return new Date(millis).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" });
}

/** `9 min 59 s`, `2 h 5 min`: the two largest units. */
export function duration(millis: number): string {
  let rest = Math.max(0, Math.ceil(millis / 1000));
  const parts: string[] = [];
  for (const [unit, seconds] of [["d", 86_400], ["h", 3600], ["min", 60], ["s", 1]] as const) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (0 < count) parts.push(`${count}\u00a0${unit}`);
  }
  return parts.slice(0, 2).join(" ") || "0\u00a0s";
}
