"use client";

import { useEffect, useState } from "react";
import { answer } from "../answer";

export default function Page() {
  const [line, setLine] = useState("");
  useEffect(() => setLine(answer()), []); // In the browser, not while the server renders.
  return <p id="answer">{line}</p>;
}
