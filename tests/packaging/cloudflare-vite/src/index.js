import { answer } from "./answer.js";

export default {
  fetch() {
    return new Response(answer());
  },
};
