// From the sources in `src` to the package's scripts and types: `node build.mjs FOLDER`, where the folder has the modules,
// `ringup.wasm` and `number.wasm`. `cargo xtask wasm` calls it.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const folder = resolve(process.argv[2]);

/** What a script is made from, and where its module comes from. */
const scripts = [
  ["index", "index", "inline"],
  ["index", "index.workerd", "imported", ""],
  ["index", "index.edge", "imported", "?module"],
  ["number", "number", "inline"],
  ["number", "number.workerd", "imported", ""],
  ["number", "number.edge", "imported", "?module"],
  ["slim", "slim", "given"],
  ["number/slim", "number/slim", "given"],
];

const formats = [["esm", ".mjs"], ["cjs", ".js"]];

for (const module of ["ringup", "number"]) {
  const hex = readFileSync(join(folder, `${module}.wasm`)).toString("hex");
  writeFileSync(join(folder, `${module}.bytes.mjs`), `export const hex = "${hex}";\n`);
  writeFileSync(join(folder, `${module}.bytes.js`), `"use strict";\nexports.hex = "${hex}";\n`);
}

for (const [entry, script, source, query] of scripts) {
  const module = entry.startsWith("number") ? "number" : "ringup";
  for (const [format, ending] of formats) {
    // No runtime that imports a module knows CommonJS.
    if (source === "imported" && format === "cjs") continue;
    const beside = (file) => ({ path: `./${relative(dirname(script), file)}`, external: true });
    await build({
      entryPoints: [join(here, "src", `${entry}.ts`)],
      outfile: join(folder, `${script}${ending}`),
      bundle: true,
      format,
      target: "es2022",
      charset: "utf8",
      logLevel: "warning",
      plugins: [{
        name: "source",
        setup(build) {
          build.onResolve({ filter: /^#source$/ }, () => ({ path: join(here, "src/source", `${source}.ts`) }));
          build.onResolve({ filter: /^#bytes$/ }, () => beside(`${module}.bytes${ending}`));
          build.onResolve({ filter: /^#module$/ }, () => beside(`${module}.wasm${query}`));
        },
      }],
    });
  }
}

// Types: one declaration for each source file that an entry point needs, and one for each entry point as ESM.
execFileSync(process.execPath, [join(here, "node_modules/typescript/bin/tsc"), "--project", here, "--outDir", folder], { stdio: "inherit" });
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "types.d.ts"), readFileSync(join(here, "src/types.d.ts")));

const entries = ["index", "number", "slim", "number/slim"];
const needed = new Set();
entries.forEach((entry) => need(join(folder, `${entry}.d.ts`)));

for (const file of declarations(folder)) if (!needed.has(file)) rmSync(file);
for (const file of ["source", "number/source"].map((name) => join(folder, name))) {
  if (existsSync(file) && readdirSync(file).length === 0) rmSync(file, { recursive: true });
}
for (const entry of entries) {
  const name = entry.split("/").at(-1);
  writeFileSync(join(folder, `${entry}.d.mts`), `export * from "./${name}.js";\n`);
}

function need(file) {
  if (needed.has(file)) return;
  needed.add(file);
  for (const [, named] of readFileSync(file, "utf8").matchAll(/from "(\.[^"]+)\.js"/g)) need(join(dirname(file), `${named}.d.ts`));
}

function declarations(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (name === "node_modules") return [];
    return statSync(path).isDirectory() ? declarations(path) : name.endsWith(".d.ts") ? [path] : [];
  });
}
