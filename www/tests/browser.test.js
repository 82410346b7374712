// The page in a browser, against the program that serves it.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";

import { browse, missing, serve } from "./serve.js";

const skip = missing.length === 0 ? false : `${missing.join(" and ")} must be set; \`cargo xtask test\` does it`;

let server;
let browser;
before(async () => {
  if (skip) return;
  [server, browser] = await Promise.all([serve(), browse()]);
});
// No test finds numbers sold by another.
beforeEach(async () => {
  if (!skip) await fetch(`${server.url}/_sim/reset`, { method: "POST" });
});
after(async () => {
  await browser?.close();
  server?.stop();
});

/** A page that acts as a fresh account which stands so. */
async function visit(dialect, situation, options = {}) {
  const opened = await fetch(`${server.url}/_sim/accounts`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ dialect, situation }),
  });
  const { account } = await opened.json();
  const page = await browser.newPage(options);
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`${server.url}/#${account}`);
  await page.locator("ringup-quote").waitFor();
  const look = async (path) => (await fetch(`${server.url}${path}?account=${account}`)).json();
  return { page, account, errors, look };
}

/** Waits until the figure reads so. */
const due = async (page, figure) => {
  await page.waitForFunction(
    (wanted) => document.querySelector("ringup-quote").shadowRoot.querySelector("#due-now").textContent.trim().replace(/\s+/g, " ") === wanted,
    figure,
    { timeout: 5000 },
  );
};
const gate = (page, name) => page.locator(`ringup-quote [data-gate=${name}]`);
const buy = (page) => page.getByRole("button", { name: /^Buy/ });

test("typing changes the price and asks nobody", { skip }, async () => {
  const { page, errors } = await visit("zernio", "ready");
  await due(page, "2.00 USD");
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const country = page.getByLabel("Country");
  await country.fill("");
  await country.pressSequentially("A");
  await gate(page, "request").getByText("cannot be read").waitFor();
  await country.pressSequentially("U");
  await due(page, "6.00 USD");
  await gate(page, "kyc").getByText("identity verified").waitFor();
  await country.fill("XX");
  await gate(page, "country").getByText("are not sold here").waitFor();
  await gate(page, "country").getByRole("button", { name: "CA" }).click();
  await due(page, "2.00 USD");
  assert.equal(await country.inputValue(), "CA");
  // Longer than the pause after which a search would be made.
  await page.waitForTimeout(700);
  assert.deepEqual(asked, []);
  assert.deepEqual(errors, []);
});

test("a wallet pays what was shown, to the minor unit", { skip }, async () => {
  const { page, errors, look } = await visit("vobiz", "ready");
  await due(page, "101.00 INR");
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const currency = page.getByLabel("Currency");
  await currency.pressSequentially("USD");
  await due(page, "1.00 USD");
  await currency.fill("JPY");
  await gate(page, "stock").getByRole("button", { name: "INR" }).click();
  await due(page, "101.00 INR");
  assert.deepEqual(asked, [], "the number was searched for before; nothing more is asked");

  await buy(page).click();
  await page.locator("#reply").getByText("200").waitFor();
  await page.locator(".purchase[data-state=active]").getByText("+919876543210").first().waitFor();
  const [purchase] = await look("/_sim/purchases");
  const { entries } = await look("/_sim/ledger");
  const held = entries.filter(({ purchase: of, from }) => of === purchase.purchase && from === "wallet");
  assert.deepEqual(held.map(({ money }) => money), [{ minor_units: 10100, currency: "INR" }]);
  const kept = entries.filter(({ purchase: of, from }) => of === purchase.purchase && from === "holds");
  assert.equal(kept.reduce((sum, { money }) => sum + money.minor_units, 0), 10100);
  await page.locator("#entries").getByText("101.00 INR").waitFor();
  assert.deepEqual(errors, []);
});

/** What the page says is due, as the minor units that its digits are. */
async function shown(page) {
  const text = await page.locator("ringup-quote #due-now").innerText();
  const [, figure, currency] = /^([\d.\s]+?)\s*([A-Z]{3})$/.exec(text.trim());
  return { minor_units: Number(figure.replaceAll(/\D/g, "")), currency };
}

/** Accounts that something stands in the way of, and the buttons that clear it, in order. */
const BLOCKED = [
  ["kros", "kyc_not_submitted", ["Submit and approve"]],
  ["sondos", "no_card", ["Search for it", "Put a card on file"]],
  ["ringup", "free_plan", ["Move to the plan"]],
  ["ringup", "no_balance", ["Add 1.65 USD"]],
];

test("every system takes what the page has shown", { skip }, async (t) => {
  const dialects = await (await fetch(`${server.url}/_sim/dialects`)).json();
  const ready = dialects.map(({ id, shop }) => [id, "ready", shop.policy.search_required ? ["Search for it"] : []]);
  for (const [dialect, situation, buttons] of [...ready, ...BLOCKED]) {
    await t.test(`${dialect} ${situation}`, async () => {
      const { page, errors, look } = await visit(dialect, situation);
      const todo = page.locator("ringup-quote .todo");
      for (const name of buttons) await todo.getByRole("button", { name }).click();
      await buy(page).waitFor();
      const price = await shown(page);
      await buy(page).click();
      const active = page.locator(".purchase[data-state=active]");
      await active.waitFor();
      const [{ purchase, state }] = await look("/_sim/purchases");
      const { entries } = await look("/_sim/ledger");
      const taken = entries.filter(({ purchase: of, from }) => of === purchase && ["wallet", "taken"].includes(from));
      const sum = taken.reduce((sum, { money }) => sum + money.minor_units, 0);
      assert.ok(0 < sum);
      assert.deepEqual({ minor_units: sum, currency: taken[0].money.currency }, price);
      await active.locator(".number").getByText(state.number).waitFor();
      await page.locator("#reply figcaption.good").waitFor();
      assert.deepEqual(errors, []);
      await page.close();
    });
  }
});

test("a blocked purchase can be sent anyway, and its fix opens it", { skip }, async () => {
  const { page, look } = await visit("vobiz", "no_balance");
  const [free] = (await (await fetch(`${server.url}/_sim/inventory?dialect=vobiz&free=true&limit=1`)).json()).numbers;
  await page.getByLabel("Number").fill(free.number);
  const add = gate(page, "balance").getByRole("button", { name: /^Add/ });
  await add.waitFor();
  await page.getByRole("button", { name: "Send it anyway" }).click();
  await page.locator("#reply").getByText("402").waitFor();
  assert.deepEqual(await look("/_sim/purchases"), []);
  await add.click();
  await buy(page).click();
  await page.locator(".purchase[data-state=active]").waitFor();
  const { balances } = await look("/_sim/ledger");
  const { currency } = free.prices[0].monthly_fee;
  assert.equal(balances.find((balance) => balance.currency === currency).books.wallet, 0, "the fix is exact");
});

test("what to do is one list, and a gate that opens by it says so", { skip }, async () => {
  const { page, errors } = await visit("ringup", "free_plan");
  await page.getByLabel("Country").fill("FR");
  const todo = page.locator("ringup-quote .todo");
  await todo.locator("li").nth(1).waitFor();
  const gates = await todo.locator("li").evaluateAll((items) => items.map((item) => item.dataset.gate));
  assert.deepEqual(gates, ["paid_plan", "kyc"]);
  await gate(page, "number_limit").getByText("An earlier fix opens this gate").waitFor();
  await todo.getByRole("button", { name: "Move to the plan" }).click();
  await todo.getByRole("button", { name: "Submit and approve" }).click();
  await buy(page).waitFor();
  assert.deepEqual([await todo.count(), errors], [0, []]);
});

test("a checkout is opened, paid elsewhere, and the number appears", { skip }, async () => {
  const { page } = await visit("zernio", "new");
  await buy(page).click();
  const link = page.getByRole("link", { name: "Open the checkout" });
  const [checkout] = await Promise.all([page.context().waitForEvent("page"), link.click()]);
  await checkout.getByRole("button", { name: /pay/i }).click();
  await checkout.waitForLoadState();
  await checkout.close();
  await page.bringToFront();
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await page.locator(".purchase[data-state=active]").waitFor();

  await gate(page, "velocity").getByRole("button", { name: /^Turn the clock/ }).click();
  await buy(page).waitFor();
});

test("neither the page nor the checkout breaks its content security policy", { skip }, async () => {
  const { page, account } = await visit("zernio", "new");
  const refused = [];
  const listen = (opened) => opened.on("console", (line) => line.type() === "error" && refused.push(line.text()));
  listen(page);
  const loaded = await page.reload();
  assert.match(loaded.headers()["content-security-policy"], /^default-src 'none'/);
  assert.equal((await loaded.request().response()).headers()["content-encoding"], "br");
  await buy(page).click();
  const link = page.getByRole("link", { name: "Open the checkout" });
  const [checkout] = await Promise.all([page.context().waitForEvent("page"), link.click()]);
  listen(checkout);
  const shown = await checkout.reload();
  assert.match(shown.headers()["content-security-policy"], /style-src 'sha256-/);
  const look = await checkout.getByRole("button", { name: /pay/i }).evaluate((button) => getComputedStyle(button));
  assert.notEqual(look.borderRadius, "0px", "the style sheet applies");
  await checkout.getByRole("button", { name: /pay/i }).click();
  await checkout.getByText("It is paid").waitFor();
  assert.deepEqual(refused, []);
  await checkout.evaluate(() => document.body.insertAdjacentHTML("beforeend", "<i style='color:red'>x</i>"));
  await checkout.waitForTimeout(50);
  assert.equal(refused.length, 1, `the policy is in force for ${account}: ${refused}`);
});

test("an additional purchase is confirmed by its fix", { skip }, async () => {
  const { page } = await visit("zernio", "ready");
  await buy(page).click();
  await page.locator(".purchase[data-state=active]").waitFor();
  await gate(page, "velocity").getByRole("button", { name: /^Confirm/ }).click();
  assert.ok(await page.getByLabel("Confirm an additional purchase").isChecked());
  await buy(page).click();
  await page.locator(".purchase[data-state=active]").nth(1).waitFor();
});

test("nothing is wider than a narrow screen, and every field has a name", { skip }, async () => {
  const { page } = await visit("vobiz", "ready", { viewport: { width: 360, height: 800 } });
  await page.locator("#entries").waitFor();
  const [width, nameless] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    [...document.querySelectorAll("input, select")].filter((input) => input.labels.length === 0).length,
  ]);
  assert.deepEqual([width, nameless], [360, 0]);
});

test("a number is renewed, suspended, paid, released and kept", { skip }, async () => {
  const { page, account, errors } = await visit("zernio", "ready");
  await buy(page).click();
  const bought = page.locator(".purchase[data-state=active]").first();
  await bought.waitFor();
  const purchase = await bought.locator("header code").innerText();
  const one = async () => {
    const { numbers } = await (await fetch(`${server.url}/_sim/accounts/${account}`)).json();
    return numbers.find((number) => number.purchase === purchase);
  };
  const { number } = await one();
  const held = (state) => page.locator(`.held[data-state=${state}]`).filter({ hasText: number });
  await held("active").getByText("are due at").waitFor();
  await page.getByRole("button", { name: "Break the card" }).click();
  await page.getByRole("button", { name: "+30 days" }).click();
  await page.getByRole("button", { name: "+1 day" }).click();
  await page.getByRole("button", { name: "+1 day" }).click();
  await held("past_due").getByText("if it is not paid, the number is suspended at").waitFor();
  await page.getByRole("button", { name: "+30 days" }).waitFor();
  for (let day = 0; day < 5 && (await held("suspended").count()) === 0; day += 1) await page.getByRole("button", { name: "+1 day" }).click();
  await held("suspended").getByText("released at").waitFor();
  await page.getByRole("button", { name: "Replace the card" }).click();
  await held("active").getByText("are due at").waitFor();
  await held("active").getByRole("button", { name: "Release" }).click();
  await held("active").waitFor({ state: "detached" });
  assert.deepEqual(errors, []);
});

test("a release that has not begun can be cancelled", { skip }, async () => {
  const { page, errors } = await visit("sondos", "ready");
  await page.locator("ringup-quote .todo").getByRole("button", { name: "Search for it" }).click();
  await buy(page).click();
  const held = (state) => page.locator(`.held[data-state=${state}]`);
  await held("active").first().getByRole("button", { name: "Release" }).click();
  await held("scheduled").getByText("It is released at").waitFor();
  await held("scheduled").getByRole("button", { name: "Keep it" }).click();
  await held("active").first().getByText("are due at").waitFor();
  assert.deepEqual(errors, []);
});
