//! The body reader, driven from outside: what is found, and that every span means what it says.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed step of a test is a failed test")]

mod candidates;
mod headings;
mod html;
mod links;
mod prose;
mod random;
mod templates;

use postlint::page::links::Link;
use postlint::page::{Body, Dialect};

/// Reads with CommonMark and GitHub's extensions.
fn read(text: &str) -> Body {
    Body::read(text, 0, &Dialect::COMMONMARK)
}

/// Reads as Jekyll does.
fn jekyll(text: &str) -> Body {
    Body::read(text, 0, &Dialect::KRAMDOWN_GFM)
}

/// Reads as Hugo does.
fn hugo(text: &str) -> Body {
    Body::read(text, 0, &Dialect::GOLDMARK)
}

fn destinations(body: &Body) -> Vec<&str> {
    body.links.iter().map(|link| &*link.destination).collect()
}

fn only(body: &Body) -> &Link {
    assert_eq!(body.links.len(), 1, "{:?}", body.links);
    &body.links[0]
}
