// A server component that is rendered at each request; the one at `/` is rendered once, by `next build`.
import { answer } from "../answer";

export const dynamic = "force-dynamic";

export default function Page() {
  return <p id="answer">{answer()}</p>;
}
