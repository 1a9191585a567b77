//! From events to nodes, without recursion, so that no input can exhaust the stack.

use std::ops::Range;

use super::events::{Event, EventSource, Placed, Problem, Stop};
use super::node::{Entry, Node, NodeKind, Scalar, Style};
use super::shadow::Offsets;
use super::{MAX_DEPTH, MAX_NODES};
use crate::source::Span;

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// The root of the first document.
    pub root: Option<Node>,
    pub comments: Vec<Span>,
    pub documents: u32,
    /// `*name` without a `&name` before it.
    pub unresolved: Vec<Span>,
}

/// A list or mapping that is still open.
enum Frame {
    Seq(Node, Vec<Node>),
    Map(Node, Vec<Entry>, Option<Node>),
}

/// Builds the tree of the text `parsed`; `file` is the whole file, to which all spans refer.
pub(super) struct Builder<'t> {
    pub parsed: &'t str,
    pub file: &'t str,
    pub offsets: &'t Offsets,
}

impl<'t> Builder<'t> {
    /// Reads all events.
    pub(super) fn read(&self, source: &mut impl EventSource<'t>) -> Result<Tree, Stop> {
        let mut tree = Tree::default();
        let mut stack: Vec<Frame> = Vec::new();
        let mut nodes = 0_usize;
        while let Some(placed) = source.next_event() {
            let Placed { event, range, tag } = placed?;
            nodes += 1;
            if nodes > 2 * MAX_NODES || stack.len() > MAX_DEPTH {
                let problem = if stack.len() > MAX_DEPTH { Problem::TooDeep } else { Problem::TooMany };
                return Err(Stop { at: range.start, problem });
            }
            let tag = tag.map(|tag| self.span(tag));
            match event {
                Event::Document => tree.documents += 1,
                Event::Comment => tree.comments.push(self.span(range)),
                Event::Anchor(id) => {
                    if let Some(node) = latest(&mut stack, &mut tree.root, tree.documents) {
                        node.anchor = id;
                    }
                }
                Event::SeqStart | Event::MapStart => {
                    let mut node = Node::new(self.span(range.clone()), NodeKind::Null);
                    node.tag = tag;
                    stack.push(if matches!(event, Event::SeqStart) {
                        node.span.start = self.span(self.dash(range)).start;
                        Frame::Seq(node, Vec::new())
                    } else {
                        Frame::Map(node, Vec::new(), None)
                    });
                }
                Event::End => {
                    if let Some(frame) = stack.pop() {
                        let closing = if range.is_empty() { None } else { Some(self.span(range).end) };
                        attach(&mut stack, &mut tree, close(frame, closing));
                    }
                }
                Event::Alias(id) => {
                    let span = self.span(range);
                    if id.is_none() {
                        tree.unresolved.push(span);
                    }
                    attach(&mut stack, &mut tree, Node::new(span, NodeKind::Alias(id)));
                }
                Event::Scalar(text, style) => {
                    let mut node = match text {
                        None => Node::new(self.span(self.nothing(range.start)), NodeKind::Null),
                        Some(text) => self.scalar(&text, style, range),
                    };
                    node.tag = tag;
                    attach(&mut stack, &mut tree, node);
                }
            }
        }
        Ok(tree)
    }

    fn span(&self, range: Range<usize>) -> Span {
        let start = self.offsets.file(range.start);
        Span::new(start, self.offsets.file(range.end.max(range.start)).max(start))
    }

    fn scalar(&self, text: &str, style: Style, range: Range<usize>) -> Node {
        let (written, content) = match style {
            Style::Single | Style::Double => {
                let inside = range.start + 1..range.end.saturating_sub(1).max(range.start + 1);
                (range, inside)
            }
            Style::Literal | Style::Folded => {
                let body = self.parsed.get(range.clone()).unwrap_or_default().trim_end();
                let content = range.start..range.start + body.len();
                (self.header(range.start)..content.end, content)
            }
            Style::Plain => (range.clone(), range),
        };
        let content = self.span(content);
        let decoded = (content.of(self.file) != text).then(|| Box::from(text));
        Node::new(self.span(written), NodeKind::Scalar(Scalar { style, content, decoded }))
    }

    /// Start of the header (`|`, `>-`) of the block scalar whose text starts at `at`.
    fn header(&self, at: usize) -> usize {
        let before = self.parsed.get(..at).unwrap_or_default().trim_end();
        let line = memchr::memrchr(b'\n', before.as_bytes()).map_or(0, |n| n + 1);
        let bytes = before.as_bytes();
        let mut candidates = (line..bytes.len()).filter(|&i| matches!(bytes.get(i), Some(b'|' | b'>')));
        let fits = |i: &usize| {
            let rest = before[*i + 1..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '+' || c == '-');
            rest.is_empty() || rest.trim_start().starts_with('#')
        };
        candidates.find(fits).unwrap_or(at)
    }

    /// The place of a value that is not written: after the colon, not before it.
    fn nothing(&self, at: usize) -> Range<usize> {
        let rest = self.parsed.get(at..).unwrap_or_default();
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let at = if rest[blanks..].starts_with(':') { at + blanks + 1 } else { at };
        at..at
    }

    /// A list's start: its first dash, which the parser skips for lists that are not indented.
    fn dash(&self, range: Range<usize>) -> Range<usize> {
        let first = self.parsed.as_bytes().get(range.start);
        if !range.is_empty() || first == Some(&b'-') && self.parsed.as_bytes().get(range.start + 1) != Some(&b'-') {
            return range;
        }
        let before = self.parsed.get(..range.start).unwrap_or_default();
        let trimmed = before.trim_end_matches([' ', '\t', '\r', '\n']);
        if trimmed.ends_with('-') { trimmed.len() - 1..trimmed.len() - 1 } else { range }
    }
}

/// The node that was announced last, for its anchor.
fn latest<'n>(stack: &'n mut [Frame], root: &'n mut Option<Node>, documents: u32) -> Option<&'n mut Node> {
    match stack.last_mut() {
        None => root.as_mut().filter(|_| documents == 1),
        Some(Frame::Seq(node, items)) => Some(items.last_mut().unwrap_or(node)),
        Some(Frame::Map(node, entries, key)) => match (key, entries.last_mut()) {
            (Some(key), _) => Some(key),
            (None, Some(entry)) => Some(&mut entry.value),
            (None, None) => Some(node),
        },
    }
}

/// The finished node of a frame. Block collections end with their last value, not at the next token.
fn close(frame: Frame, closing: Option<u32>) -> Node {
    let (mut node, kind, last) = match frame {
        Frame::Seq(node, items) => {
            let last = items.last().map(|item| item.span.end);
            (node, NodeKind::Seq(items), last)
        }
        Frame::Map(node, entries, _) => {
            let last = entries.last().map(|entry| entry.span().end);
            (node, NodeKind::Map(entries), last)
        }
    };
    node.span.end = closing.or(last).unwrap_or(node.span.end).max(node.span.start);
    node.kind = kind;
    node
}

fn attach(stack: &mut [Frame], tree: &mut Tree, node: Node) {
    match stack.last_mut() {
        Some(Frame::Seq(_, items)) => items.push(node),
        Some(Frame::Map(_, entries, key)) => match key.take() {
            Some(key) => entries.push(Entry { key, value: node }),
            None => *key = Some(node),
        },
        None if tree.documents <= 1 => tree.root = Some(node),
        None => {}
    }
}
