import type { InputFailure } from "./types.js";

/** The result, or a failure: check `answer.type === "failure"`. */
export type Answer<T> = (T & { readonly type?: undefined }) | InputFailure;

export const isFailure = (answer: unknown): answer is InputFailure => (answer as InputFailure | null)?.type === "failure";

/** The same failure, in data that is part of something larger. */
export const within = (part: string, { errors }: InputFailure): InputFailure => ({
  type: "failure",
  errors: errors.map((error) => ({ ...error, path: part + error.path })),
});

/** The value as JSON, or why it has none. */
export function json(type: string, value: unknown): string | InputFailure {
  let why = "a plain object is expected";
  try {
    const text = JSON.stringify(value);
    if (text?.includes("\\ud")) return JSON.stringify(value, (_, part) => (typeof part === "string" ? wellFormed(part) : part));
    if (text !== undefined) return text;
  } catch (error) {
    why = error instanceof Error ? error.message : String(error);
  }
  return { type: "failure", errors: [{ code: "wrong_type", path: "", message: why, help: `give a value of the type \`${type}\`` }] };
}

/** Half a surrogate pair is not a character; encoding a text as UTF-8 loses it. */
const wellFormed = (text: string): string => text.replace(/[\ud800-\udfff]/gu, "\ufffd");
