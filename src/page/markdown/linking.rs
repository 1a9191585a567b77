//! Links and images: from their start to their end.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, LinkType};

use super::destination;
use super::open::OpenLink;
use super::reader::Reader;
use crate::discover::is_image;
use crate::page::collector::Found;
use crate::page::dialect::AttributeLists;
use crate::page::formula;
use crate::page::links::{Form, Label, LinkKind, Origin};

impl<'t> Reader<'t, '_> {
    pub(super) fn expand(&mut self, link_type: LinkType, destination: &str, title: &str) {
        if matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut) {
            self.expanded += destination.len() + title.len();
        }
    }

    pub(super) fn open_link(
        &mut self,
        kind: LinkKind,
        link_type: LinkType,
        destination: CowStr<'t>,
        id: CowStr<'t>,
        range: Range<usize>,
    ) {
        self.flush();
        self.uncovered.cover(&range);
        self.open.push(OpenLink {
            kind,
            link_type,
            destination,
            id,
            start: range.start,
            inside: 0..0,
            visible: false,
            ignored: self.images > 0,
        });
        match kind {
            LinkKind::Image => self.images += 1,
            LinkKind::Link => self.links += 1,
        }
    }

    pub(super) fn close_link(&mut self, range: Range<usize>) {
        self.flush();
        let Some(link) = self.open.pop() else { return };
        match link.kind {
            LinkKind::Image => self.images = self.images.saturating_sub(1),
            LinkKind::Link => self.links = self.links.saturating_sub(1),
        }
        if let Some(outer) = self.open.last_mut() {
            outer.touch(&range);
            outer.visible |= link.visible || link.kind == LinkKind::Image;
        }
        // No program reads `[[` and `]]` on two lines as a link: it is a list of lists.
        let wiki = matches!(link.link_type, LinkType::WikiLink { .. });
        if link.ignored || wiki && self.text.get(range.clone()).is_some_and(|written| written.contains('\n')) {
            return;
        }
        // `$R[[x]]$` is a ring of power series.
        if wiki && !self.out.dialect.math && formula::encloses(self.text, &range) {
            return;
        }
        if self.dollars && !wiki && formula::is_shown_around(self.text, &range) {
            return;
        }
        if self.pairs && !wiki && formula::is_in_block(self.text, &range) {
            return;
        }
        self.elements.see();
        // `![[note]]` shows another note: only a picture's file is an image.
        let embedded =
            wiki && link.kind == LinkKind::Image && !is_image(link.destination.split('#').next().unwrap_or_default());
        let kind = if embedded { LinkKind::Link } else { link.kind };
        let inside = self.out.span(link.inside.clone());
        let label = match (link.kind, link.visible) {
            (_, true) => Label::Text(inside),
            (LinkKind::Image, false) => Label::Absent,
            (LinkKind::Link, false) => Label::Empty,
        };
        if link.kind == LinkKind::Image && link.visible {
            self.alternatives.push(inside);
        }
        let (origin, form) = match link.link_type {
            LinkType::Inline => (Origin::Inline, Form::Plain),
            LinkType::Autolink => (Origin::Autolink, Form::Verbatim),
            LinkType::Email => (Origin::Email, Form::Verbatim),
            LinkType::WikiLink { .. } => (Origin::WikiLink, Form::Verbatim),
            _ => (Origin::Reference { definition: u32::MAX }, Form::Plain),
        };
        if !self.out.dialect.angle_autolinks && matches!(origin, Origin::Autolink | Origin::Email) {
            return;
        }
        let at = destination::pointer(self.text, &link.destination).or_else(|| match link.link_type {
            LinkType::Inline => {
                let brackets = link.start + if link.kind == LinkKind::Image { 2 } else { 1 };
                let last = link.inside.end.max(brackets);
                destination::inline(self.text, last, range.end, &link.destination, self.in_cell)
            }
            LinkType::Autolink | LinkType::Email => Some(link.start + 1..range.end.saturating_sub(1)),
            _ => None,
        });
        let at = match (at, &origin) {
            (Some(at), _) => at,
            (None, Origin::Reference { .. }) => {
                self.late.push((self.out.body.links.len(), link.id));
                range.start..range.start
            }
            // Not seen in 30,000 files; the link is still reported, at its whole.
            (None, _) => range.clone(),
        };
        let form = if form == Form::Plain { destination::form(self.text, at.start) } else { form };
        let end = range.end;
        self.out.link(Found {
            kind,
            origin,
            at,
            whole: range,
            destination: Cow::Borrowed(&link.destination),
            label,
            form,
            in_table: self.in_cell,
        });
        if self.out.dialect.attribute_lists == AttributeLists::Braces {
            self.described(end);
        }
    }
}
