//! The only room of the house with a door to the network, and that stays shut without `--online`.
//!
//! ```text
//!  links of the site ─► scheduler ─► Ask ─► prober ──► Answer ─► judge ─► verdict ─► findings
//!                       (when, to     │     │   ▲                   │
//!                        whom)        gate  │   one request         └► ledger (kept between runs)
//!                                     │     ▼
//!                                     └─ resolver (names to addresses; the gate drops what is not public)
//! ```
//!
//! What decides is pure: scheduler, judge and gate see neither sockets nor clocks. What touches sockets is one small
//! piece, the prober: one [`Ask`](answer::Ask) is one request, redirects are not followed by it, and everything behind
//! it works as well on a prober that is handed its answers.

pub mod answer;
pub mod archive;
pub mod credentials;
mod decode;
mod failure;
pub mod gate;
pub mod headers;
pub mod hosts;
pub mod judge;
pub mod ledger;
pub mod online;
pub mod pace;
pub mod page;
pub mod plan;
pub mod prober;
pub mod redirect;
pub mod resolver;
pub mod robots;
pub mod runner;
pub mod scheduler;
pub mod strikes;
pub mod trust;
pub mod verdict;
pub mod walk;
pub mod walls;
pub mod web;
