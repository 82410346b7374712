// What build.mjs puts in, by entry point.
declare module "#source" {
  export function compile(): WebAssembly.Module;
  export function compileAside(): Promise<WebAssembly.Module>;
}

declare module "#bytes" {
  export const hex: string;
}

declare module "#module" {
  const module: WebAssembly.Module;
  export default module;
}
