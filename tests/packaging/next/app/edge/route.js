import { answer } from "../answer";

export const runtime = "edge";

export function GET() {
  return new Response(answer());
}
