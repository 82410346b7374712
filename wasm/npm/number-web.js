// Browsers and bundlers: the module is fetched from beside this file; await `init()` before anything else.
import { attach } from "./number-module.js";

export * from "./number.js";

let loading;

export default function init(options) {
  return (loading ??= load(options?.module_or_path ?? new URL("./number.wasm", import.meta.url)));
}

async function load(given) {
  try {
    let source = await given;
    if (typeof source === "string" || source instanceof URL) source = await fetch(source);
    // A compiled module gives an instance; bytes give both.
    const made = await WebAssembly.instantiate(typeof source.arrayBuffer === "function" ? await source.arrayBuffer() : source);
    attach((made.instance ?? made).exports);
  } catch (error) {
    // Whoever asks again may have better luck.
    loading = undefined;
    throw error;
  }
}
