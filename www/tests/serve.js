// The program and the browser that a test drives; the test that starts them ends them.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

import { chromium } from "playwright-core";

/** Why the browser's tests cannot run here, if so. `cargo xtask test` names both. */
export const missing = ["RINGUP_BIN", "RINGUP_CHROMIUM"].filter((name) => !process.env[name]);

/** A server with a clock that only the test turns, on a free port. */
export async function serve() {
  const server = spawn(process.env.RINGUP_BIN, ["serve", "--port", "0", "--clock", "manual"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface(server.stdout)) {
    const [, url] = /^listening on (\S+)/.exec(line) ?? [];
    if (url !== undefined) return { url, stop: () => server.kill() };
  }
  throw new Error("the server has ended without saying where it listens");
}

export const browse = () =>
  chromium.launch({
    executablePath: process.env.RINGUP_CHROMIUM,
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ],
  });
