//! Links: where they lead, and how they are written.

mod anchor_places;
mod brackets;
pub mod broken_syntax;
pub mod credentials;
pub mod dead_url;
pub mod deceptive;
pub mod empty;
pub mod hijacked_url;
pub mod insecure_url;
pub mod local_url;
pub mod malformed_url;
pub mod missing_anchor;
pub mod missing_page;
mod near_ids;
mod no_definition;
pub mod outside_site;
pub mod own_domain;
pub mod redirected_url;
mod remote_anchor;
mod spaced_destination;
mod unclosed;
pub mod undefined_reference;
pub mod unpublished_target;
pub mod unused_definition;
pub mod unverified_url;
pub mod wrong_case;
pub mod wrong_language;
