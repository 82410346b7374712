// The program says where the module is.
import type { BytesLike, ModuleSource, ResponseLike } from "../module-source.js";
import { explained } from "./explained.js";

/** There is none until it is given. */
export function compile(): never {
  throw new Error("the module is not loaded yet: `await init(source)`, or call `initSync(bytes)`, before anything else");
}

/** Compiles what is at hand. */
export function compileGiven(source: ModuleSource): WebAssembly.Module {
  if (source instanceof WebAssembly.Module) return source;
  if (!isBytes(source)) throw new TypeError("`initSync` takes the module's bytes or a `WebAssembly.Module`");
  return checked(() => new WebAssembly.Module(wasm(source, "the bytes that were given")));
}

/** Fetches the module where needed, and compiles it. */
export async function compileFrom(source: ModuleSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (isBytes(source)) return compiled(wasm(source, "the bytes that were given"));
  if (typeof source === "string" || (isObject(source) && "href" in source)) {
    const address = typeof source === "string" ? source : String(source.href);
    return compiled(await body(await fetched(address), address));
  }
  if (isObject(source) && "arrayBuffer" in source) return compiled(await body(source as ResponseLike, ""));
  throw new TypeError("`init` takes an address, a `Response`, the module's bytes or a `WebAssembly.Module`");
}

async function fetched(address: string): Promise<ResponseLike> {
  if (address.startsWith("file:")) {
    throw new Error(`the module at ${address} is a file: give its bytes, \`init(readFileSync(…))\``);
  }
  try {
    return await fetch(address);
  } catch (error) {
    const message = `the module at ${address} could not be fetched: see that the address is right and can be reached`;
    throw Object.assign(new Error(message), { cause: error });
  }
}

async function body(response: ResponseLike, asked: string): Promise<BufferSource> {
  const address = response.url || asked || "the address that was given";
  if (!response.ok) {
    throw new Error(`the module is not at ${address}: the server answered ${response.status}; copy it there from the package`);
  }
  return wasm(await response.arrayBuffer(), `what ${address} answered`);
}

/** Many servers answer a missing file with a page. */
function wasm(source: BytesLike, what: string): BufferSource {
  const view = "byteOffset" in source ? new Uint8Array(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength) : new Uint8Array(source);
  if (view[0] === 0 && view[1] === 0x61 && view[2] === 0x73 && view[3] === 0x6d) return view;
  const begins = view[0] === 0x3c ? "a page of HTML" : "no WebAssembly";
  throw new Error(`${what} is ${begins}: give the address or the bytes of the package's own .wasm file`);
}

function checked<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw explained(error);
  }
}

async function compiled(bytes: BufferSource): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    throw explained(error);
  }
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** By what they have: bytes of another realm are bytes, too. */
const isBytes = (value: unknown): value is BytesLike => isObject(value) && "byteLength" in value;
