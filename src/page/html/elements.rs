//! Which HTML elements are open: across pieces, because `<a>` and its `</a>` are two inline tags.

use super::tags::Tag;
use crate::page::collector::Collector;
use crate::page::links::Label;
use crate::source::Span;

/// How many open elements are looked through for the one that an end tag closes.
const REACH: usize = 16;

/// Open elements that matter.
#[derive(Debug, Default)]
pub(in crate::page) struct Elements {
    /// The `<a href>` whose text is being read.
    anchor: Option<OpenAnchor>,
    /// Elements with a language, with how often the same tag is open inside.
    languages: Vec<(Vec<u8>, usize, usize)>,
    /// The element whose text is no prose, and how often it is open.
    silent: Option<(Vec<u8>, usize)>,
    /// Code in a `<pre>`: what is shown there stands for itself.
    sample: bool,
    quotes: usize,
    /// Room for the tag that is being read.
    pub(super) tag: Tag,
    /// The next text of an HTML block begins a new block of prose.
    new_block: bool,
}

#[derive(Debug)]
struct OpenAnchor {
    /// Index of its link.
    link: usize,
    /// Where its text starts in the file.
    text: usize,
    visible: bool,
}

impl Elements {
    /// Something visible stands here.
    pub(in crate::page) fn see(&mut self) {
        if let Some(anchor) = &mut self.anchor {
            anchor.visible = true;
        }
    }

    /// The start of an HTML block, or of an element that ends a block of prose.
    pub(in crate::page) fn new_block(&mut self) {
        self.new_block = true;
    }

    pub(super) fn take_new_block(&mut self) -> bool {
        std::mem::take(&mut self.new_block)
    }

    pub(in crate::page) fn is_silent(&self) -> bool {
        self.silent.is_some()
    }

    /// Inside `<pre><code>`.
    pub(super) fn is_sample(&self) -> bool {
        self.sample
    }

    /// Inside `<a href>`, where a URL is the link's text.
    pub(in crate::page) fn in_anchor(&self) -> bool {
        self.anchor.is_some()
    }

    pub(in crate::page) fn has_language(&self) -> bool {
        !self.languages.is_empty()
    }

    pub(in crate::page) fn is_quoted(&self) -> bool {
        self.quotes > 0
    }

    /// `<a href>`: the link with this index; its text starts at `text` of the file.
    pub(super) fn open_anchor(&mut self, link: usize, text: usize, visible: bool) {
        self.anchor = Some(OpenAnchor { link, text, visible });
    }

    /// `lang="…"` on an element that can have content.
    pub(super) fn open_language(&mut self, name: &[u8], index: usize) {
        self.languages.push((name.to_vec(), index, 1));
    }

    /// Any start tag of an element that can have content; `counted` when [`Self::open_language`] already knows of it.
    pub(super) fn start(&mut self, name: &[u8], silent: bool, counted: bool) {
        if !counted
            && let Some((_, _, depth)) = self.languages.iter_mut().rev().take(REACH).find(|(open, _, _)| open == name)
        {
            *depth += 1;
        }
        self.sample |= name == b"code" && self.silent.as_ref().is_some_and(|(open, _)| open == b"pre");
        match &mut self.silent {
            Some((open, depth)) if open == name => *depth += 1,
            None if silent => self.silent = Some((name.to_vec(), 1)),
            _ => {}
        }
        self.quotes += usize::from(name == b"blockquote");
    }

    /// Any end tag, which starts at `at` of the file.
    pub(super) fn end(&mut self, name: &[u8], at: usize, out: &mut Collector<'_>) {
        if name == b"a"
            && let Some(anchor) = self.anchor.take()
            && let Some(link) = out.body.links.get_mut(anchor.link)
        {
            let inside = Span::new(anchor.text, at.max(anchor.text));
            link.label = if anchor.visible { Label::Text(inside) } else { Label::Empty };
        }
        let open = self.languages.iter().rev().take(REACH).position(|(open, _, _)| open == name);
        if let Some(open) = open.map(|from_top| self.languages.len() - 1 - from_top)
            && let Some((_, index, depth)) = self.languages.get_mut(open)
        {
            *depth -= 1;
            if *depth == 0 {
                if let Some(element) = out.body.languages.get_mut(*index) {
                    element.element.end = Span::new(at, at).start;
                }
                self.languages.truncate(open);
            }
        }
        if let Some((open, depth)) = &mut self.silent
            && open == name
        {
            *depth -= 1;
            if *depth == 0 {
                self.silent = None;
                self.sample = false;
            }
        }
        self.quotes = self.quotes.saturating_sub(usize::from(name == b"blockquote"));
    }
}
