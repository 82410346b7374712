// Starts `ringup serve` as a child on a free port, with a clock that only moves when it is told to.
import { spawn } from "node:child_process";
import { once } from "node:events";

export async function serve() {
  const program = process.env.RINGUP_BIN;
  if (!program) throw new Error("name the built program in RINGUP_BIN, for example target/debug/ringup");
  const child = spawn(program, ["serve", "--port", "0", "--clock", "manual"], { stdio: ["ignore", "pipe", "pipe"] });
  const url = await address(child);
  return {
    url,
    // A request to the control plane.
    async sim(method, path, body) {
      const response = await fetch(`${url}/_sim${path}`, {
        method,
        headers: body === undefined ? {} : { "Content-Type": "application/json" },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return response.json();
    },
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

// The program says where it is reached.
function address(child) {
  return new Promise((resolve, reject) => {
    let said = "";
    const listen = (chunk) => {
      said += chunk;
      const found = /http:\/\/[\d.]+:\d+/.exec(said);
      if (found) resolve(found[0]);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.on("error", reject);
    child.on("exit", (status) => reject(new Error(`ringup ended with ${status}: ${said}`)));
  });
}
