/** @jest-environment jsdom */
const { answer } = require("./answer.cjs");

test("answers in jsdom, as CommonJS", () => {
  expect(answer()).toBe("+14155552671 fixed_line_or_mobile 200 USD");
});
