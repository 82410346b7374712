import { expect, test } from "vitest";
import { answer } from "./answer.js";

test("answers", () => {
  expect(answer()).toBe("+14155552671 fixed_line_or_mobile 200 USD");
});
