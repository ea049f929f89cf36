//! The `vademecum` program.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A page is thousands of small strings, made and forgotten on every thread at once.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    vademecum::cli::run()
}
