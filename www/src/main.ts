// Loads the WebAssembly module before the page, which quotes at once.
import { init } from "ringup/slim";
import module from "ringup/ringup.wasm?url";

await init(module);
await import("./page.ts");
