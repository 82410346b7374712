// Loads the core, then lets the page appear: nothing can be quoted before.
import { init } from "ringup/slim";
import module from "ringup/ringup.wasm?url";

await init(module);
await import("./page.ts");
