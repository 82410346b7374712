// One Chromium for the whole run, which reaches loopback only.
import { existsSync } from "node:fs";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

let browser;

/** Starts Chromium with these flags and some of its own; `playwright` is playwright-core, from the kit's folder. */
export async function launch(playwright, flags = []) {
  const executablePath = process.env.RINGUP_CHROMIUM ?? "/usr/bin/chromium";
  if (!existsSync(executablePath)) {
    const remedy = "install Chromium (Debian: `apt-get install chromium`), or name it in RINGUP_CHROMIUM";
    throw new Error(`there is no ${executablePath}: ${remedy}`);
  }
  return playwright.chromium.launch({ executablePath, args: [...FLAGS, ...flags] });
}

/** The text of the page's element `answer`, once there is any. */
export async function textOfPage(playwright, url, { log, limit_s = 30 }) {
  browser ??= launch(playwright);
  const context = await (await browser).newContext();
  try {
    const page = await context.newPage();
    const told = [];
    page.on("console", (message) => told.push(`${message.type()}: ${message.text()}`));
    page.on("requestfailed", (request) => told.push(`${request.url()}: ${request.failure()?.errorText}`));
    const thrown = new Promise((_, reject) => page.on("pageerror", reject));
    const shown = async () => {
      await page.goto(url, { timeout: limit_s * 1000 });
      const text = () => document.getElementById("answer")?.textContent;
      return (await page.waitForFunction(text, null, { timeout: limit_s * 1000 })).jsonValue();
    };
    const text = await Promise.race([shown(), thrown]).catch((error) => {
      throw new Error(`${url} shows no answer: ${error.stack}\n${told.join("\n")}`);
    });
    log(`chromium ${url}\n${text}\n`);
    return text;
  } finally {
    await context.close();
  }
}

export async function close() {
  await (await browser)?.close();
  browser = undefined;
}
