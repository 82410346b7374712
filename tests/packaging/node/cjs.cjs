const { answer } = require("./answer.cjs");

console.log(answer());
