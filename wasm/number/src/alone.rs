//! The allocator and the panic handler of a module without std.
#![expect(unsafe_code, reason = "an allocator hands out memory that nobody else has promised")]

use core::alloc::{GlobalAlloc, Layout};
use core::cell::Cell;

/// Everything after the module's own data, handed out in turn. Nothing is given back before the next call, which starts
/// anew: that is a tenth of an allocator's size and of its time.
struct Arena {
    /// The first address that is free.
    free: Cell<usize>,
}

// SAFETY: an instance of the module has one thread.
unsafe impl Sync for Arena {}

#[global_allocator]
static ARENA: Arena = Arena { free: Cell::new(usize::MAX) };

const PAGE: usize = 65536;

unsafe extern "C" {
    /// The linker puts it where the module's own data end.
    static __heap_base: u8;
}

/// The caller must hold no memory from before.
pub(crate) fn free_everything() {
    ARENA.free.set((&raw const __heap_base).addr());
}

// SAFETY: `alloc` gives out every address once until `free_everything`, aligned, and within the memory there is.
unsafe impl GlobalAlloc for Arena {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let end = self.free.get().checked_next_multiple_of(layout.align()).and_then(|start| {
            let end = start.checked_add(layout.size())?;
            self.free.set(end);
            ensure(end).then_some(start)
        });
        end.map_or(core::ptr::null_mut(), core::ptr::with_exposed_provenance_mut)
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let start = pointer.addr();
        // The last one that was handed out grows where it is.
        if start.checked_add(layout.size()) == Some(self.free.get())
            && let Some(end) = start.checked_add(size)
            && ensure(end)
        {
            self.free.set(end);
            return pointer;
        }
        // SAFETY: the caller promises what `realloc` asks for: an old room and a new size that make a layout.
        unsafe {
            let new = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !new.is_null() {
                core::ptr::copy_nonoverlapping(pointer, new, layout.size().min(size));
            }
            new
        }
    }
}

/// Whether there is memory up to there, which there is after this if the host gives it.
fn ensure(end: usize) -> bool {
    let pages = end.div_ceil(PAGE);
    let there = core::arch::wasm32::memory_size(0);
    pages <= there || core::arch::wasm32::memory_grow(0, pages.wrapping_sub(there)) != usize::MAX
}

/// The code has no panics; JavaScript would see one as a `RuntimeError`.
#[panic_handler]
fn stop(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
