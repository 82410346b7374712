// Commands with a time limit, and servers that are stopped: each has its own process group, and a group is killed whole.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** The process groups that still run, by the id of their leader. */
const groups = new Set();

process.on("exit", () => groups.forEach(kill));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));

/** Runs a command to its end and gives what it printed on stdout. */
export async function run(command, args, { cwd, env, log, limit_s = 120 }) {
  const child = launch(command, args, { cwd, env, log });
  const told = [command.split("/").at(-1), ...args].join(" ");
  const end = await Promise.race([child.ended, sleep(limit_s * 1000, "late", { ref: false })]);
  kill(child.pid); // Also what it left behind.
  if (end === "late") throw new Error(`\`${told}\` did not end within ${limit_s} s`);
  if (end !== 0) throw new Error(`\`${told}\` ended with ${end}`);
  return child.stdout();
}

/** Starts a server and waits until `url` answers; `stop()` ends it with all its children. */
export async function start(command, args, { cwd, env, log, url, limit_s = 60 }) {
  const child = launch(command, args, { cwd, env, log });
  const told = [command.split("/").at(-1), ...args].join(" ");
  let ended;
  child.ended.then((end) => { ended = end; });
  for (const deadline = Date.now() + limit_s * 1000; ; await sleep(100)) {
    if (ended !== undefined) throw new Error(`\`${told}\` ended with ${ended} before it answered`);
    if (Date.now() > deadline) {
      kill(child.pid);
      throw new Error(`\`${told}\` did not answer at ${url} within ${limit_s} s`);
    }
    if (await fetch(url, { signal: AbortSignal.timeout(30_000) }).then((response) => response.text(), () => null) !== null) break;
  }
  return { stop: () => kill(child.pid) };
}

/** A port that nobody listens at. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject).listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function launch(command, args, { cwd, env, log }) {
  log(`$ ${command} ${args.join(" ")}\n`);
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  if (child.pid !== undefined) groups.add(child.pid);
  const printed = [];
  child.stdout.on("data", (bytes) => { printed.push(bytes); log(bytes); });
  child.stderr.on("data", log);
  // `exit` and not `close`: a child of the command may keep its pipes open.
  const ended = new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => setTimeout(resolve, 20, code ?? signal));
  });
  return { pid: child.pid, ended, stdout: () => Buffer.concat(printed).toString() };
}

function kill(pid) {
  groups.delete(pid);
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The group has ended by itself.
  }
}
