//! Arguments in, exit code out; nothing else.

use std::process::ExitCode;

/// The allocator of the whole program; why is said in Cargo.toml.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    postlint::cli::main().into()
}
