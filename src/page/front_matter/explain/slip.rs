//! A slip that was recognised, and what might repair it.

use crate::page::front_matter::issue::Cause;
use crate::source::Span;

/// One replacement that might repair the text.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub title: String,
    pub span: Span,
    pub text: String,
}

/// A recognised slip.
#[derive(Debug, Clone)]
pub(super) struct Slip {
    pub span: Span,
    pub cause: Cause,
    pub message: String,
    pub help: Option<String>,
    pub candidates: Vec<Candidate>,
}

impl Slip {
    pub(super) fn new(span: Span, cause: Cause, message: impl Into<String>) -> Self {
        Slip { span, cause, message: message.into(), help: None, candidates: Vec::new() }
    }

    pub(super) fn help(mut self, help: &str) -> Self {
        self.help = Some(help.to_owned());
        self
    }

    pub(super) fn try_with(mut self, title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        self.candidates.push(Candidate { title: title.into(), span, text: text.into() });
        self
    }
}
