// What `ringup/slim` is given, described by what it has, so that no types of a browser are needed.

/** Where the module comes from: its address, a `Response`, its bytes, or a `WebAssembly.Module`. */
export type ModuleSource = string | { readonly href: string } | ResponseLike | BytesLike | object;

/** A `Response`. */
export interface ResponseLike {
  readonly ok: boolean;
  readonly status: number;
  readonly url: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** An `ArrayBuffer`, or a view of one such as a `Uint8Array`. */
export type BytesLike = ArrayBuffer | { readonly buffer: ArrayBufferLike; readonly byteLength: number; readonly byteOffset: number };
