//! The module without imports, in wasmtime: bytes go in, bytes come out.

use wasmtime::{Engine, Instance, Memory, Module, Store, TypedFunc};

/// The module, started.
pub(crate) struct BareModule {
    module: Module,
    store: Store<()>,
    instance: Instance,
    memory: Memory,
    alloc: TypedFunc<u32, u32>,
    free: TypedFunc<(u32, u32), ()>,
}

impl BareModule {
    pub(crate) fn load() -> Self {
        let path = std::env::var_os("RINGUP_BARE_WASM").map_or_else(
            || concat!(env!("CARGO_MANIFEST_DIR"), "/../../wasm/pkg-bare/ringup.wasm").into(),
            std::path::PathBuf::from,
        );
        let bytes = std::fs::read(&path)
            .unwrap_or_else(|error| panic!("{}: {error}; `cargo xtask wasm` builds it", path.display()));
        let engine = Engine::default();
        let module = Module::new(&engine, bytes).unwrap();
        let mut store = Store::new(&engine, ());
        let instance = Instance::new(&mut store, &module, &[]).unwrap();
        let memory = instance.get_memory(&mut store, "memory").unwrap();
        let alloc = instance.get_typed_func(&mut store, "alloc").unwrap();
        let free = instance.get_typed_func(&mut store, "free").unwrap();
        Self { module, store, instance, memory, alloc, free }
    }

    pub(crate) fn imports(&self) -> Vec<String> {
        self.module.imports().map(|import| format!("{}.{}", import.module(), import.name())).collect()
    }

    pub(crate) fn call(&mut self, function: &str, input: &[u8]) -> Vec<u8> {
        let store = &mut self.store;
        let function: TypedFunc<(u32, u32), u64> = self.instance.get_typed_func(&mut *store, function).unwrap();
        let length = u32::try_from(input.len()).unwrap();
        let pointer = self.alloc.call(&mut *store, length).unwrap();
        self.memory.write(&mut *store, pointer as usize, input).unwrap();
        let answer = function.call(&mut *store, (pointer, length)).unwrap();
        self.free.call(&mut *store, (pointer, length)).unwrap();
        let (at, size) = ((answer >> 32) as u32, answer as u32);
        let bytes = self.memory.data(&*store)[at as usize..][..size as usize].to_vec();
        self.free.call(&mut *store, (at, size)).unwrap();
        bytes
    }
}
