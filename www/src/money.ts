// Amounts in major units, with as many decimals as the core writes.
import { currencyExponent, type Currency, type Money } from "ringup/slim";

/** `1234567` with 2 decimals is `12 345.67`: groups of three, set apart by a narrow space. */
export function decimal(minorUnits: number, exponent: number): string {
  const digits = String(Math.abs(minorUnits)).padStart(exponent + 1, "0");
  const major = digits.slice(0, digits.length - exponent).replace(/\B(?=(\d{3})+$)/g, "\u202f");
  const minor = exponent === 0 ? "" : `.${digits.slice(-exponent)}`;
  return `${minorUnits < 0 ? "\u2212" : ""}${major}${minor}`;
}

/** The amount without its currency. */
export function figure({ minor_units, currency }: Money): string {
  return decimal(minor_units, exponent(currency));
}

/** The amount with its currency: `2.00 USD`. */
export function amount(money: Money): string {
  return `${figure(money)}\u00a0${money.currency}`;
}

/** Of an unknown currency the minor units are shown. */
function exponent(currency: Currency): number {
  return currencyExponent(currency) ?? 0;
}
