// Loads the core, then lets the page appear: nothing can be quoted before.
import init from "ringup";

await init();
await import("./page.ts");
