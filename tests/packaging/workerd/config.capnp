using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [ (name = "main", worker = .worker) ],
  sockets = [ (name = "http", address = "127.0.0.1:8080", http = (), service = "main") ],
);

const worker :Workerd.Worker = (
  compatibilityDate = "2026-07-01",
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "ringup/index.workerd.mjs", esModule = embed "node_modules/ringup/index.workerd.mjs"),
    (name = "ringup/ringup.wasm", wasm = embed "node_modules/ringup/ringup.wasm"),
    (name = "ringup/number.workerd.mjs", esModule = embed "node_modules/ringup/number.workerd.mjs"),
    (name = "ringup/number.wasm", wasm = embed "node_modules/ringup/number.wasm"),
  ],
);
