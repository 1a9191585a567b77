//! The head of a page, found and read as its generator does. Some take tabs for blanks where YAML allows none: what they
//! read is no mistake of the writer's.

use crate::generators::{Generator, Heads, Model};
use crate::page::dialect::Templates;
use crate::page::front_matter::{self, Format, FrontMatter};

/// The head of a page, in the way in which its generator looks for one.
pub fn head(text: &str, generator: &dyn Generator, model: &dyn Model) -> Option<FrontMatter> {
    let data = generator.data();
    if model.settings().heads == Heads::Lines {
        let dialect = &model.settings().dialect;
        let runs_templates = dialect.templates == Templates::Liquid && !dialect.outputs_are_text;
        let start = if runs_templates { tags_above(text) } else { 0 };
        return front_matter::find_lines(text, start, |key| data.is_list(key));
    }
    let find = |text: &str| match data.loose_fences {
        true => front_matter::find_loosely(text, |key| data.keys.contains_key(key)),
        false if data.fences_take_text => front_matter::find_at_signs(text, data.blanks_before_front_matter),
        false if data.fence_may_go_on => front_matter::find_until_hyphens(text, data.blanks_before_front_matter),
        false => front_matter::find(text, data.blanks_before_front_matter),
    };
    // Without its first line a head is known by what can be read of it.
    let by_blanks = || {
        let tabs = data.loose_fences && data.tabs_indent_front_matter && text.contains("\n\t");
        tabs.then(|| find(&front_matter::without_tabs(text)).filter(|front| front.errors.is_empty())).flatten()
    };
    let found = find(text).or_else(by_blanks)?;
    let is_empty = |inner: &str| inner.lines().next().is_some_and(|line| line.trim().is_empty());
    let prose = |inner: &str| {
        let first = inner.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        !first
            .split_once(':')
            .is_some_and(|(key, _)| key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')))
    };
    let unread = data.unread_head_is_text && !found.errors.is_empty();
    let makes_a_rule = data.empty_line_makes_a_rule || unread && prose(found.inner.of(text));
    if makes_a_rule && found.format == Format::Yaml && is_empty(found.inner.of(text)) {
        return None;
    }
    // A copy of the same length, with blanks for the tabs that this generator takes for blanks.
    let items = || data.tabs_before_items && front_matter::has_tabs_only_before_items(found.inner.of(text));
    let tabs = !found.errors.is_empty() && (data.tabs_indent_front_matter || items());
    if !tabs || !text.contains("\n\t") {
        return Some(found);
    }
    let narrow = find(&front_matter::without_tabs(text));
    let read = narrow.as_ref().is_some_and(|front| front.errors.is_empty());
    let wide = if read { None } else { front_matter::with_wide_tabs(text, &found) };
    wide.or(narrow)
}

/// Where the first line begins that is neither empty nor made of template tags alone: what a template engine reads first
/// leaves nothing of those.
fn tags_above(text: &str) -> usize {
    let is_tag = |line: &str| {
        let line = line.trim();
        let ends = [("{%", "%}"), ("{#", "#}")];
        line.is_empty() || ends.iter().any(|(open, close)| line.starts_with(open) && line.ends_with(close))
    };
    let start = front_matter::bom_len(text);
    let lines = text.get(start..).unwrap_or_default().split_inclusive('\n');
    let above: usize = lines.take_while(|line| is_tag(line)).map(str::len).sum();
    if above == 0 { 0 } else { start + above }
}
