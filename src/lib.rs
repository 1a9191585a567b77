//! postlint: a content linter for Markdown sites that knows the site.
//!
//! ```text
//! discover ─► parse once ─► page rules ─► site index ─► site rules ─► probes (--online) ─► suppress ─► fix │ report
//! ```

#![warn(clippy::disallowed_types)]

pub mod alike;
pub mod cli;
pub mod code_host;
pub mod config;
pub mod data;
mod did_you_mean;
pub mod discover;
pub mod engine;
pub mod exit;
pub mod finding;
pub mod fingerprint;
pub mod fix;
pub mod generators;
pub mod git;
pub mod hash;
mod invisible;
pub mod language;
pub mod network;
pub mod outcome;
pub mod page;
pub mod report;
pub mod rules;
pub mod secrets;
pub mod severity;
pub mod site;
pub mod source;
pub mod suppress;
