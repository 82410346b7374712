import { answer } from "./answer.js";

const line = document.getElementById("answer");
try {
  line.textContent = answer();
} catch (error) {
  line.textContent = error.message; // Without `wasm-unsafe-eval` in the page's CSP it says so.
}
