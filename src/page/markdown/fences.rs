//! Code in fences is taken out of a page of Hexo before its Markdown is read, also in a block of HTML, where CommonMark sees no
//! fence, and takes the second one for the first.
//!
//! Source: hexo 8.1, `plugins/filter/before_post_render/backtick_code_block.ts`.

use crate::page::html;
use crate::source::Span;

/// The text without the fences that stand in HTML, which has the same length, and where they stood; nothing where there is none.
/// The body begins at byte `start`.
pub(super) fn take_out(text: &str, start: usize) -> Option<(String, Vec<Span>)> {
    let body = text.get(start..)?;
    if !["```", "~~~"].iter().any(|fence| memchr::memmem::find(body.as_bytes(), fence.as_bytes()).is_some()) {
        return None;
    }
    let mut found: Vec<Span> = Vec::new();
    // The sign, length and place of an open fence, and whether it stands in HTML.
    let mut fence: Option<(u8, usize, usize, bool)> = None;
    let (mut at, mut in_html) = (start, false);
    for line in body.split_inclusive('\n') {
        let begin = at;
        at += line.len();
        let bare = line.trim_start_matches([' ', '\t', '>']);
        let sign = bare.bytes().next().unwrap_or_default();
        let count = bare.bytes().take_while(|byte| *byte == sign).count();
        let is_fence = matches!(sign, b'`' | b'~') && count >= 3;
        let rest = bare.get(count..).unwrap_or_default();
        match fence {
            Some((own, long, from, within)) if is_fence && own == sign && count == long && rest.trim().is_empty() => {
                if within {
                    found.push(Span::new(from, begin + line.trim_end().len()));
                }
                fence = None;
            }
            Some(_) => {}
            None if is_fence && !rest.trim_end().ends_with('`') => fence = Some((sign, count, begin, in_html)),
            None if bare.trim().is_empty() => in_html = false,
            None => in_html |= begins_html(line),
        }
    }
    if found.is_empty() {
        return None;
    }
    let mut bytes = text.as_bytes().to_vec();
    for span in &found {
        let inside = bytes.get_mut(span.start as usize..span.end as usize)?;
        inside.iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
    }
    Some((String::from_utf8(bytes).ok()?, found))
}

/// True for a line that begins a block of HTML.
fn begins_html(line: &str) -> bool {
    let Some(tag) = line.trim_start_matches(' ').strip_prefix('<') else { return false };
    let name = tag.strip_prefix('/').unwrap_or(tag);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let name = name.get(..end).unwrap_or_default().to_ascii_lowercase();
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && !html::is_inline(name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::take_out;

    #[test]
    fn fences_in_html() {
        let of = |text: &str| take_out(text, 0).map(|(text, _)| text);
        assert_eq!(of("<body>\n```\n\n```\n<h4>\n").as_deref(), Some("<body>\n   \n\n   \n<h4>\n"));
        assert_eq!(of("<div>\né\n~~~js\ny\n~~~\n</div>\n").as_deref(), Some("<div>\né\n     \n \n   \n</div>\n"));
        for text in
            ["<div>\n\n```\na\n```\n", "```\n<div>\n```\n```\na\n```\n", "<b>x</b>\n```\na\n```\n", "<div>\n```\na\n"]
        {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
