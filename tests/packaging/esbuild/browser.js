import { answer } from "./answer.js";

document.getElementById("answer").textContent = answer();
