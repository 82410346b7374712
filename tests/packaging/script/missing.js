// A module that is not there: the error names the status, the address and what to do.
import { init } from "./node_modules/ringup/number/slim.mjs";

const line = document.getElementById("answer");
try {
  await init("./no-such-module.wasm");
  line.textContent = "loaded";
} catch (error) {
  line.textContent = error.message;
}
