// The same as CommonJS, whose types are files of their own.
import { builtinShop } from "ringup";
import { parseNumber } from "ringup/number";

export const line = `${builtinShop("zernio").countries.length > 0} ${parseNumber("(415) 555-2671", "US").e164}`;
