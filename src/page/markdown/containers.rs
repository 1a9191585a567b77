//! `:::tip` … `:::`: a box of Docusaurus, Starlight, VitePress. Its end is looked for on every line, in code as well, so that a
//! fence which nobody closed ends with the box.
//!
//! Source: micromark-extension-directive 3, `directive-container.js`; markdown-it-container 4, `index.mjs`.

use std::ops::Range;

/// Deeper boxes nobody writes, and each end is compared with all that are open.
const DEPTH: usize = 64;

/// The text with the end of such a box written as the fence's end, which has the same length; nothing where there is none.
/// The body begins at byte `start`.
pub(super) fn mend(text: &str, start: usize) -> Option<String> {
    let body = text.get(start..)?;
    memchr::memmem::find(body.as_bytes(), b":::")?;
    let mut ends: Vec<(Range<usize>, u8)> = Vec::new();
    // The colons of each open box; sign and length of an open fence, and whether it stands in a box.
    let mut boxes: Vec<usize> = Vec::new();
    let mut fence: Option<(u8, usize)> = None;
    let mut at = start;
    for line in body.split_inclusive('\n') {
        let bare = line.trim_start_matches([' ', '\t', '>']);
        let begin = at + line.len() - bare.len();
        at += line.len();
        let Some(sign @ (b'`' | b'~' | b':')) = bare.bytes().next() else { continue };
        let count = bare.bytes().take_while(|byte| *byte == sign).count();
        let rest = bare.get(count..).unwrap_or_default().trim();
        if count < 3 {
            continue;
        }
        match (fence, sign) {
            (None, b':') if rest.is_empty() => {
                let open = boxes.iter().rposition(|colons| *colons <= count);
                boxes.truncate(open.unwrap_or(boxes.len()));
            }
            (None, b':') if boxes.len() < DEPTH && rest.starts_with(|c: char| c.is_alphabetic()) => boxes.push(count),
            (None, b'`') if rest.contains('`') => {}
            (None, b'`' | b'~') => fence = Some((sign, count)),
            (Some((own, long)), b':') if rest.is_empty() => {
                let Some(open) = boxes.iter().position(|colons| *colons <= count) else { continue };
                if count >= long {
                    ends.push((begin..begin + count, own));
                    boxes.truncate(open);
                    fence = None;
                }
            }
            (Some((own, long)), _) if own == sign && count >= long && rest.is_empty() => fence = None,
            _ => {}
        }
    }
    if ends.is_empty() {
        return None;
    }
    let mut mended = text.to_owned();
    for (range, sign) in ends {
        let fence = char::from(sign).to_string().repeat(range.len());
        mended.replace_range(range, &fence);
    }
    Some(mended)
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[test]
    fn an_open_fence_ends_with_its_box() {
        let mended = |text: &str| mend(text, 0);
        assert_eq!(mended(":::tip\n```sh\na\n:::\n# B\n").as_deref(), Some(":::tip\n```sh\na\n```\n# B\n"));
        assert_eq!(mended(":::tip\n```sh\na\n```\n:::\n# B\n"), None);
        assert_eq!(mended("```\n:::tip\na\n:::\n```\n"), None);
        assert_eq!(mended("::::tip\n```md\n:::note\n:::\n```\n::::\n"), None);
        assert_eq!(mended("text ::: text\n"), None);
    }
}
