/** @jest-environment jsdom */
import { answer } from "./answer.mjs";

test("answers in jsdom, as an ES module", () => {
  expect(answer()).toBe("+14155552671 fixed_line_or_mobile 200 USD");
});
