//! The `vademecum` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    vademecum::cli::run()
}
