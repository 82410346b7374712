import { answer } from "./answer";

declare const console: { log(line: string): void }; // `lib` is ES2022 alone, which has no console.

console.log(answer());
