use postlint::page::prose::BlockKind;

use crate::{jekyll, read};

fn shown(text: &str) -> Vec<(BlockKind, String)> {
    let body = read(text);
    body.prose.iter().map(|(block, runs)| (block.kind, runs.iter().map(|run| run.of(text)).collect())).collect()
}

#[test]
fn prose_is_what_a_reader_reads() {
    use BlockKind::{Alt, Heading, Html, ListItem, Paragraph, TableCell};
    let text = "# A `b` c\n\nSee [the *text*](/url \"title\") and <https://x.example> or https://y.example now\nnext\\_line<br>\n\n- one\n- two\n\n  three\n\n| h |\n|---|\n| c |\n\n```\ncode\n```\n\n<div>\n<p>html <b>bold</b></p><script>x</script><p>two</p>\n</div>\n\n![alt](i.png)\n\n[d]: /e \"f\"\n";
    let expected = [
        (Heading, "A  c"),
        (Paragraph, "See the text and  or  now\nnext_line"),
        (ListItem, "one"),
        (ListItem, "two"),
        (ListItem, "three"),
        (TableCell, "h"),
        (TableCell, "c"),
        (Html, "html bold"),
        (Html, "two"),
        (Alt, "alt"),
    ];
    let expected: Vec<_> = expected.iter().map(|(kind, text)| (*kind, (*text).to_owned())).collect();
    assert_eq!(shown(text), expected);
}

#[test]
fn runs_are_long_and_blocks_know_where_they_stand() {
    let text = "a_b_c * d & e: one\ntwo\n\n> quoted\n\nx[^1]\n\n[^1]: foot note\n";
    let body = read(text);
    let blocks: Vec<_> = body
        .prose
        .iter()
        .map(|(b, runs)| (runs.iter().map(|r| r.of(text)).collect::<Vec<_>>(), b.quoted, b.footnote))
        .collect();
    assert_eq!(blocks[0], (vec!["a_b_c * d & e: one\ntwo"], false, false));
    assert_eq!(blocks[1], (vec!["quoted"], true, false));
    assert_eq!(blocks[3], (vec!["foot note"], false, true));
    assert_eq!(body.footnotes.iter().map(|span| span.of(text)).collect::<Vec<_>>(), ["1"]);
}

#[test]
fn template_tags_are_no_prose() {
    let text = "Hello {{ page.name }}, {% if x %}you{% endif %}!\n\n{% include a.md %}\n\n{% comment %}secret{% endcomment %}\n";
    let body = jekyll(text);
    let blocks: Vec<String> = body.prose.iter().map(|(_, runs)| runs.iter().map(|r| r.of(text)).collect()).collect();
    assert_eq!(blocks, ["Hello , you!"]);
}

#[test]
fn the_top_level_is_listed_block_by_block() {
    let text = "# H\n\npara\ntwo\n\n- a\n- b\n\n> q\n\n```\nc\n```\n***\n<p>x\n";
    let blocks: Vec<_> = read(text).blocks.iter().map(|span| span.of(text)).collect();
    assert_eq!(blocks, ["# H", "para\ntwo", "- a\n- b", "> q", "```\nc\n```", "***", "<p>x"]);
}
