// Compiled, never run: what is known of a number follows from whether it is valid, and a switch over a union is exhaustive.
import {
  AsYouType, exampleNumber, isValidNumber, numberType, parseNumber, patternCanMatch, planCountries, planVersion,
  type NumberKind, type NumberReason, type PhoneNumber, type PlanCountry,
} from "ringup/number";
import { parseNumber as fromTheWhole, type PhoneNumber as OfTheWhole } from "ringup";

const never = (value: never): never => value;

function advice(reason: NumberReason): string {
  switch (reason) {
    case "empty": case "not_a_number": case "invalid_character": case "invalid_context": return "type a number";
    case "unknown_country": case "missing_calling_code": return "choose a country";
    case "unknown_calling_code": case "invalid_for_country": return "look again";
    case "too_short": case "too_short_after_prefix": case "local_only": return "go on";
    case "too_long": case "invalid_length": return "take some away";
    default: return never(reason);
  }
}

function rings(type: NumberKind): boolean {
  switch (type) {
    case "mobile": case "fixed_line": case "fixed_line_or_mobile": case "voip": case "personal_number": return true;
    case "toll_free": case "premium_rate": case "shared_cost": case "uan": return true;
    case "pager": case "voicemail": return false;
    default: return never(type);
  }
}

export function label(number: PhoneNumber): string {
  if (number.valid) {
    const country: PlanCountry | null = number.country;
    return `${number.international} ${country ?? ""} ${String(rings(number.type))}`;
  }
  if (number.type === "unknown") return `${number.e164} ${advice(number.reason)}`;
  // @ts-expect-error What could not be read has no E.164.
  number.e164.length;
  return `${advice(number.reason)} ${String(number.at ?? 0)}`;
}

export function all(typed: string, chosen: string): string {
  const typing = new AsYouType("US");
  const same: OfTheWhole = fromTheWhole(typed, chosen);
  const example: string = exampleNumber("CH", "mobile")?.national ?? "";
  // @ts-expect-error There is no such type.
  exampleNumber("CH", "landline");
  const plain: { readonly input: string; readonly uri: string | null } = same;
  const kind: NumberKind | "unknown" | null = numberType(typed, chosen);
  if (!isValidNumber(typed)) return String(kind);
  return label(parseNumber(typed, null)) + typing.push(example) + planVersion() + planCountries().join()
    + plain.input + String(patternCanMatch("+1415555****", "US"));
}
