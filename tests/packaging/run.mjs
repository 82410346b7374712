// Installs the packed npm package in every project of this folder and runs it there: see README.md.
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { close } from "./kit/chromium.mjs";
import { run } from "./kit/processes.mjs";
import { CACHE, digest, install, source } from "./kit/project.mjs";
import { suites } from "./suites.mjs";

const STORE = join(CACHE, "results.json");
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

const { again, fast, scale, names } = options(process.argv.slice(2));

mkdirSync(CACHE, { recursive: true });
const tarball = await pack(resolve(process.env.RINGUP_NPM_PACKAGE ?? here("../../wasm/pkg")));
const stored = existsSync(STORE) ? JSON.parse(readFileSync(STORE, "utf8")) : {};
const rows = await resultsOf(suites.filter((suite) => (names.length > 0 ? names.includes(suite.name) : !fast || suite.fast)));
await close();

const passed = rows.filter(({ outcome }) => outcome === "passed").length;
console.log(`\n${table(rows)}\n\n# tests ${rows.length}\n# pass ${passed}\n# fail ${rows.length - passed}\n# skipped 0`);
process.exit(passed === rows.length ? 0 : 1);

function options(args) {
  try {
    const { values, positionals: names } = parseArgs({
      args,
      allowPositionals: true,
      options: { again: { type: "boolean" }, fast: { type: "boolean" }, scale: { type: "string", default: "1" } },
    });
    const strange = names.find((name) => !suites.some((suite) => suite.name === name));
    if (strange !== undefined) throw new Error(`there is no suite \`${strange}\``);
    if (!(values.scale > 0)) throw new Error(`\`--scale\` must be a number over zero, not \`${values.scale}\``);
    return { ...values, scale: Number(values.scale), names };
  } catch ({ message }) {
    const known = suites.map(({ name }) => name).join(" ");
    console.error(`${message}\n\nusage: node run.mjs [--fast] [--again] [--scale=SHARE] [SUITE …]\nsuites: ${known}`);
    process.exit(2);
  }
}

/** Two suites run at once. */
async function resultsOf(suites) {
  const queue = [...suites], results = new Map();
  await Promise.all(["one", "two"].map(async () => {
    for (let suite; (suite = queue.shift()) !== undefined;) results.set(suite, await resultOf(suite));
  }));
  return suites.map((suite) => results.get(suite));
}

/** What passed for the same tarball, files and Node.js is not run again. */
async function resultOf(suite) {
  const place = scale === 1 ? suite.name : `${suite.name} at ${scale}`;
  const key = `${process.version} ${digest(tarball, source(suite.project), here("kit"), here("suites.mjs"))}`;
  const known = stored[place];
  if (!again && known?.key === key && known.outcome === "passed") {
    console.log(`ok - ${suite.name} # stored: ${known.seconds} s`);
    return { ...known, name: suite.name, stored: true };
  }
  const file = join(CACHE, `${suite.name}.log`);
  rmSync(file, { force: true });
  const log = (printed) => appendFileSync(file, printed);
  const began = performance.now();
  let outcome = "passed", figures;
  try {
    figures = await suite.run({ ...(await install(suite, { tarball, log })), scale });
  } catch (error) {
    outcome = "failed";
    log(`\n${error.stack}\n`);
    console.log(lastOf(file).replace(/^/gm, "  | "));
  }
  const seconds = Number(((performance.now() - began) / 1000).toFixed(1));
  console.log(`${outcome === "passed" ? "ok" : "not ok"} - ${suite.name} # ${seconds} s`);
  if (figures) console.log(figures.replace(/^/gm, "  | "));
  stored[place] = { outcome, seconds, key, figures };
  writeFileSync(`${STORE}.new`, `${JSON.stringify(stored, null, 2)}\n`);
  renameSync(`${STORE}.new`, STORE);
  return { name: suite.name, outcome, seconds };
}

/** Packs the folder as `npm publish` would. */
async function pack(folder) {
  if (!existsSync(join(folder, "package.json"))) {
    console.error(`no package in ${folder}: build it with \`cargo xtask wasm\`, or name its folder in RINGUP_NPM_PACKAGE`);
    process.exit(2);
  }
  const args = ["pack", "--ignore-scripts", "--json", "--pack-destination", CACHE];
  const [{ filename }] = JSON.parse(await run("npm", args, { cwd: folder, env: process.env, log: () => {} }));
  return join(CACHE, filename);
}

function lastOf(file) {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-40).join("\n");
}

function table(rows) {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const line = ({ name, outcome, seconds, stored }) =>
    `${name.padEnd(width)}  ${seconds.toFixed(1).padStart(7)} s  ${outcome}${stored ? " (stored)" : ""}`;
  return rows.map(line).join("\n");
}
