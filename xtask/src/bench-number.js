// Prints a table: the same texts, read by Ringup and by libphonenumber-js in turns, and how many times faster Ringup is.
import { join } from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [, packed, sources] = process.argv;
const { isValidNumber, numberType, parseNumber } = await import(pathToFileURL(join(packed, "number.mjs")).href);
const { default: parsePhoneNumber } = createRequire(join(sources, "package.json"))("libphonenumber-js/max");

// As they come from forms and address books: from many countries, with and without the calling code, right and wrong.
const TEXTS = [
  ["+14155552671"], ["(415) 555-2671", "US"], ["1-800-356-9377", "US"], ["+1 868 291 1234"], ["555 2671", "US"],
  ["+442071838750"], ["020 7183 8750", "GB"], ["07400 123456", "GB"], ["+44 1481 960194"], ["020 7183 875", "GB"],
  ["+4930123456"], ["0151 23456789", "DE"], ["+33 6 12 34 56 78"], ["01 23 45 67 89", "FR"], ["+33 6 12 34 56 7"],
  ["+390669812345"], ["+61 412 345 678"], ["0412 345 678", "AU"], ["+919876543210"], ["98765-43210", "IN"],
  ["+81 90-1234-5678"], ["090-1234-5678", "JP"], ["+55 11 96123-4567"], ["(11) 96123-4567", "BR"], ["+7 912 345-67-89"],
  ["+5491123456789"], ["+86 131 2345 6789"], ["+80012345678"], ["+999 1234567"], ["+1 299 555 2671"],
  ["00 41 44 668 18 00", "CH"], ["+65 9123 4567"], ["0821234567", "ZA"], ["+201001234567"], ["hello", "US"], ["", "US"],
];

compare("validity", isValidNumber, (text, country) => parsePhoneNumber(text, country)?.isValid());
compare(
  "validity and type",
  numberType,
  (text, country) => { const number = parsePhoneNumber(text, country); return number?.isValid() && number.getType(); },
);
compare("full parse with all formats", parseNumber, (text, country) => {
  const number = parsePhoneNumber(text, country);
  return number && number.number + number.formatNational() + number.formatInternational() + number.getURI();
});

function compare(name, ringup, libphonenumber) {
  const contenders = [["ringup", ringup, 400], ["libphonenumber-js/max", libphonenumber, 40]];
  const times = contenders.map(() => []);
  // In turns, so that both see the same weather; the first rounds warm up.
  for (let round = 0; round < 30; round += 1) {
    contenders.forEach(([, read, repeats], at) => {
      const start = process.hrtime.bigint();
      for (let repeat = 0; repeat < repeats; repeat += 1) for (const [text, country] of TEXTS) read(text, country);
      if (round >= 9) times[at].push(Number(process.hrtime.bigint() - start) / (repeats * TEXTS.length));
    });
  }
  const medians = times.map((some) => some.sort((one, other) => one - other)[10]);
  contenders.forEach(([who], at) => {
    const ratio = (medians[at] / medians[0]).toFixed(1).padStart(7);
    console.log(`node  ${name.padEnd(30)} ${Math.round(medians[at]).toString().padStart(8)} ns ${ratio} x  ${who}`);
  });
}
