//! Why a front matter cannot be read, told so that its author can repair it.

use crate::source::Span;

/// What is really wrong; the parser's own message often names another line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Cause {
    /// `title: Rust: a tour`
    ColonInValue,
    /// A value that starts with `@`, a backtick, `%`, `*`, `&`, `!`, `|` or `>` and is no such YAML thing.
    ReservedStart,
    /// A quote that is never closed.
    UnclosedQuote,
    /// Text after the closing quote: `'it's'`.
    TextAfterQuote,
    /// Text after the closing bracket: `[Bug] it fails`
    TextAfterBracket,
    /// A backslash in double quotes that escapes nothing.
    BadEscape,
    /// `key:value`
    NoSpaceAfterColon,
    /// `key value`
    NoColon,
    /// A tab where YAML wants blanks.
    TabIndentation,
    /// A no-break space (or its like) where YAML wants a blank.
    OddSpace,
    /// Typographic quotes used as quotes.
    SmartQuotes,
    /// `{{ … }}` or `{% … %}` outside quotes.
    Template,
    /// A line that is indented more or less than its neighbours.
    Indentation,
    /// `-item`
    NoSpaceAfterDash,
    /// A `[` or `{` that is never closed, or closed by the wrong bracket.
    UnclosedBracket,
    /// A `]` or `}` too many.
    ExtraBracket,
    /// Text that is neither key nor list nor continuation: the closing fence is probably missing.
    Prose,
    /// The whole is a text or a list, not keys with values.
    NotAMapping,
    /// `: value`: nothing before the colon.
    NoKey,
    /// The same key twice where the format forbids it (TOML).
    DuplicateKey,
    /// A comment or trailing comma in JSON.
    NotStrictJson,
    /// A NUL or another character that may not stand in the file.
    ForbiddenCharacter,
    /// More levels than [`MAX_DEPTH`](super::MAX_DEPTH).
    TooDeep,
    /// More values than [`MAX_NODES`](super::MAX_NODES).
    TooMany,
    /// Anything else; the message is the parser's.
    Other,
}

/// A change that makes the front matter readable and leaves every other key as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// What it does, as an order.
    pub title: String,
    /// Bytes of the file to replace.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// One reason why the front matter cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxIssue {
    /// The characters at fault, in bytes of the file.
    pub span: Span,
    /// What is wrong.
    pub cause: Cause,
    /// The same in words.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Repairs, the best first; each was tried: the result parses and every other key keeps its value.
    pub repairs: Vec<Repair>,
}

impl SyntaxIssue {
    pub(super) fn new(span: Span, cause: Cause, message: impl Into<String>) -> Self {
        SyntaxIssue { span, cause, message: message.into(), help: None, repairs: Vec::new() }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
