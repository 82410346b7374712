// Nothing of the package is called, so nothing of it may be left in the bundle.
import { quote } from "ringup";
import { parseNumber } from "ringup/number";

console.log("ready");
