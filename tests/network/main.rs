//! The network room from outside, without a network: scripted servers on this machine, names that a table resolves, and
//! a second server that must never be reached.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, clippy::indexing_slicing)]

mod answers;
mod archive;
mod authority;
mod faults;
mod gate;
mod lychee;
mod names;
mod program;
mod python;
mod redirects;
mod secrets;
mod server;
mod tls;
mod world;
