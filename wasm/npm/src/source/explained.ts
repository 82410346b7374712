/** Why an engine does not compile the module, with what to do where that is known. */
export function explained(error: unknown): unknown {
  if (typeof WebAssembly === "undefined") {
    return new Error("this engine has no WebAssembly, which `ringup` needs");
  }
  if (error instanceof Error && /unsafe-eval|Content Security Policy/i.test(error.message)) {
    const message = "the content security policy of this page forbids WebAssembly: add 'wasm-unsafe-eval' to its `script-src`";
    return Object.assign(new Error(message), { cause: error });
  }
  if (error instanceof RangeError) {
    const message = "this engine compiles no module of this size at once: `await init()` before the first call";
    return Object.assign(new Error(message), { cause: error });
  }
  return error;
}
