// A project, copied to `.cache/packaging` and installed there: its tools, then the packed tarball, as `npm install ringup` does.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import * as chromium from "./chromium.mjs";
import { freePort, run, start } from "./processes.mjs";
import { serve } from "./serve.mjs";

const SOURCES = fileURLToPath(new URL("..", import.meta.url));
export const CACHE = fileURLToPath(new URL("../../../.cache/packaging/", import.meta.url));

/** Other versions of Node.js than this one: a package of npm's whose `bin/node` runs as it is. */
const NODES = { 20: "20.20.2", 22: "22.23.5", 24: "24.22.3" };

const NPM_QUIET = ["--prefer-offline", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];

/** No tool sends anything anywhere. */
const SILENT = {
  DO_NOT_TRACK: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  NEXT_IGNORE_INCORRECT_LOCKFILE: "1",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_HIDE_BANNER: "true",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  DENO_NO_UPDATE_CHECK: "1",
  NO_UPDATE_NOTIFIER: "1",
  NO_COLOR: "1",
  BROWSER: "none",
};

/** What is installed in this run, by folder: suites share it. */
const installed = new Map();

const once = (folder, work) => {
  if (!installed.has(folder)) installed.set(folder, work());
  return installed.get(folder);
};

/** A project that can be run: `suite` names its folder, what is laid over it, and the Node.js that runs it. */
export async function install(suite, { tarball, log }) {
  const folder = join(CACHE, [suite.project, suite.version].filter(Boolean).join("-"));
  const manifest = JSON.parse(readFileSync(join(SOURCES, suite.project, "package.json")));
  const node = await nodeFor(suite.node, manifest.engines?.node, log);
  const env = { ...process.env, ...SILENT, PATH: [dirname(node), process.env.PATH].join(delimiter) };
  delete env.NODE_OPTIONS;
  await once(folder, async () => {
    copy(suite, folder);
    await npm(folder, { env, log, tarball });
  });
  const at = (command) => (command === "node" ? node : resolve(folder, "node_modules/.bin", command));
  const options = { cwd: folder, env, log };

  return {
    folder,
    tarball,
    log,
    /** Runs one of the project's tools, or `node`, and gives what it printed. */
    run: (command, args = [], more = {}) => run(at(command), args, { ...options, ...more }),
    /** Runs one of the scripts of its package.json, and gives what it printed. */
    script: (name, ...args) => run("npm", ["run", "--silent", name, "--", ...args], { ...options, limit_s: 300 }),
    /** Starts one of its servers, gives its address to `use`, and stops it. `args` are made from a free port. */
    async serving(command, args, use) {
      const port = await freePort();
      const url = `http://127.0.0.1:${port}/`;
      const server = await start(at(command), args(port), { ...options, url });
      try {
        return await use(url);
      } finally {
        server.stop();
      }
    },
    /** Serves its folder, or one inside it, as plain files; gives the address to `use`, and stops. */
    async served(inside, use, headers) {
      const server = await serve(join(folder, inside), headers);
      try {
        return await use(server.url);
      } finally {
        server.close();
      }
    },
    /** What a page shows in Chromium. */
    open: async (url) => chromium.textOfPage(await playwright(log), url, { log }),
    playwright: () => playwright(log),
  };
}

async function playwright(log) {
  const { folder } = await install({ project: "kit" }, { log });
  return createRequire(join(folder, "package.json"))("playwright-core");
}

/** The folder's files, and over them those of `versions/<version>`; what was installed there stays. */
function copy({ project, version }, folder) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (name !== "node_modules") rmSync(join(folder, name), { recursive: true });
  const source = join(SOURCES, project);
  for (const name of readdirSync(source)) {
    if (name !== "versions") cpSync(join(source, name), join(folder, name), { recursive: true });
  }
  if (version) cpSync(join(source, "versions", version), folder, { recursive: true });
}

/** Installs what is not installed yet: the tools by the lock file, then the tarball. */
async function npm(folder, { env, log, tarball }) {
  const modules = join(folder, "node_modules"), stamp = join(modules, ".installed.json");
  const wanted = {
    tools: digest(join(folder, "package.json"), join(folder, "package-lock.json")),
    tarball: tarball && digest(tarball),
  };
  const found = existsSync(stamp) ? JSON.parse(readFileSync(stamp)) : {};
  const options = { cwd: folder, env, log, limit_s: 300 };
  if (found.tools !== wanted.tools) {
    rmSync(modules, { recursive: true, force: true });
    if (existsSync(join(folder, "package-lock.json"))) await run("npm", ["ci", ...NPM_QUIET], options);
    found.tarball = undefined;
  }
  if (tarball && found.tarball !== wanted.tarball) await run("npm", ["install", "--no-save", ...NPM_QUIET, tarball], options);
  mkdirSync(modules, { recursive: true });
  writeFileSync(stamp, JSON.stringify(wanted));
}

/** This Node.js, unless the suite or the project's `engines` wants another one. */
async function nodeFor(wanted, engines = "0", log) {
  const here = Number(process.versions.node.split(".")[0]);
  const least = Number(/\d+/.exec(engines)[0]);
  if (wanted === here || (wanted === undefined && here >= least)) return process.execPath;
  const major = wanted ?? least;
  const folder = join(CACHE, `node-${major}`);
  const name = `node-${process.platform}-${process.arch}`, file = join(folder, "node_modules", name, "bin/node");
  await once(folder, async () => {
    if (existsSync(file)) return;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), `${JSON.stringify({ private: true })}\n`);
    const args = ["install", "--no-save", ...NPM_QUIET, `${name}@${NODES[major]}`];
    await run("npm", args, { cwd: folder, env: process.env, log, limit_s: 300 });
  });
  return file;
}

/** A digest of files and folders: of what lies where, and nothing else. */
export function digest(...paths) {
  const hash = createHash("sha256");
  const add = (path, name) => {
    if (!existsSync(path)) return;
    const names = directory(path);
    if (names === undefined) hash.update(`${name}\0`).update(readFileSync(path));
    else for (const each of names.sort()) if (each !== "node_modules") add(join(path, each), `${name}/${each}`);
  };
  paths.forEach((path, place) => add(path, String(place)));
  return hash.digest("hex");
}

function directory(path) {
  try {
    return readdirSync(path);
  } catch {
    return undefined;
  }
}

export const source = (project) => join(SOURCES, project);
