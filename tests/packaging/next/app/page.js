// A server component.
import { answer } from "./answer";

export default function Page() {
  return <p id="answer">{answer()}</p>;
}
