//! One file per command.

pub mod common;
pub mod completions;
pub mod config;
pub mod explain;
pub mod init;
pub mod rules;
