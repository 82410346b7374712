// Workers and other edge runtimes compile the module when the program is deployed, and hand it over by import.
import module from "#module";

/** The module, at once. */
export const compile = (): WebAssembly.Module => module;

/** The same. */
export const compileAside = async (): Promise<WebAssembly.Module> => module;
