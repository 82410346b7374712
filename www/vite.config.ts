// The page is one bundle. `npm run dev` serves it with a running `ringup serve` behind it.
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

import { defineConfig, type Plugin } from "vite";

const SIMULATOR = "http://127.0.0.1:8787";

/** Beside each file a compressed one, which the server sends to a browser that takes it. */
const compressed = (): Plugin => ({
  name: "compressed",
  apply: "build",
  async writeBundle({ dir = "dist" }) {
    for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && !path.endsWith(".br")) await writeFile(`${path}.br`, brotliCompressSync(await readFile(path)));
    }
  },
});

export default defineConfig({
  plugins: [compressed()],
  build: { target: "es2022", assetsInlineLimit: 0 },
  server: {
    fs: { allow: [".", "../wasm/pkg"] },
    // The control plane, and every system by the first segment of its base address.
    proxy: { "^/(_sim|[a-z]+/(api|v1|2010-04-01))(/|$)": SIMULATOR },
  },
});
