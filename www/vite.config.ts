// The page is one bundle. `npm run dev` serves it with a running `ringup serve` behind it.
import { defineConfig } from "vite";

const SIMULATOR = "http://127.0.0.1:8787";

export default defineConfig({
  build: { target: "es2022", assetsInlineLimit: 0 },
  server: {
    fs: { allow: [".", "../wasm/pkg"] },
    // The control plane, and every system by the first segment of its base address.
    proxy: { "^/(_sim|[a-z]+/(api|v1))(/|$)": SIMULATOR },
  },
});
