//! The `vademecum` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    set_size_of_index_pieces();
    vademecum::cli::run()
}

/// Keeps the pieces of the search index small that a reader's browser loads: of ten thousand pages the first search would
/// otherwise weigh over 200 kB, for many words. The library takes the size from the environment only; so it is also set that nobody
/// else's environment changes what is published.
fn set_size_of_index_pieces() {
    #[expect(unsafe_code, reason = "the one way to tell the library")]
    // SAFETY: nothing has run before this, so no other thread reads or writes the environment.
    unsafe {
        std::env::set_var("PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE", "4000");
    }
}
