/** @jest-environment node */
import { answer } from "./answer.mjs";

test("answers in node, as an ES module", () => {
  expect(answer()).toBe("+14155552671 fixed_line_or_mobile 200 USD");
});
