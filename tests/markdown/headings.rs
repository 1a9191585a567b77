use postlint::page::dialect::ExplicitIds;
use postlint::page::headings::PieceKind;
use postlint::page::links::AnchorSource;
use postlint::page::{Body, Dialect};

use crate::{jekyll, read};

#[test]
fn text_and_pieces() {
    let text = "## A `b` ![c](d) *e* &#8211; <i>f</i> [g](h) \\#\n\nTwo\nlines\n===\n";
    let body = read(text);
    let heading = &body.headings[0];
    assert_eq!((heading.level, &*heading.text), (2, "A b c e – f g #"));
    assert_eq!(heading.text_of(|kind| kind != PieceKind::Alt), "A b  e – f g #");
    assert_eq!(heading.content.of(text), text[3..].lines().next().unwrap());
    assert!(heading.pieces.iter().any(|piece| piece.span.of(text) == "&#8211;"), "{:?}", heading.pieces);
    assert_eq!((body.headings[1].level, &*body.headings[1].text), (1, "Two lines"));
    assert_eq!(body.headings[1].span.of(text), "Two\nlines\n===");
}

#[test]
fn explicit_ids_are_the_dialects() {
    let with = |ids| Dialect { explicit_ids: ids, ..Dialect::COMMONMARK };
    for (text, ids, expected, id) in [
        ("## T {#x}", ExplicitIds::Kramdown, "T", Some("x")),
        ("## T ## {#x}", ExplicitIds::Kramdown, "T", Some("x")),
        ("## T {#x}", ExplicitIds::None, "T {#x}", None),
        ("## GET /users/{id}", ExplicitIds::Goldmark, "GET /users/{id}", None),
        ("## getset(key) {block}", ExplicitIds::Kramdown, "getset(key) {block}", None),
        ("## T {#x .y}", ExplicitIds::Goldmark, "T", Some("x")),
        ("## `a` é {#x}", ExplicitIds::Goldmark, "a é", Some("x")),
        ("## T {.y}", ExplicitIds::Goldmark, "T", None),
        ("## T {#a b}", ExplicitIds::Docusaurus, "T", Some("a b")),
        ("## {#x}", ExplicitIds::Kramdown, "", Some("x")),
    ] {
        let body = Body::read(text, 0, &with(ids));
        let heading = &body.headings[0];
        assert_eq!((&*heading.text, heading.id.as_ref().map(|id| &*id.id)), (expected, id), "{text}");
        if let Some(id) = &heading.id {
            assert_eq!(id.span.of(text), &*id.id);
        }
    }
}

#[test]
fn an_attribute_list_before_or_after_names_its_heading() {
    let text = "## A\n{: #after .c}\n\n{: #before}\n## B\n\n## C\n\n{: #none}\n\ntext *x*{: #span .d} end\n{:toc}\n";
    let body = jekyll(text);
    let ids: Vec<_> = body.headings.iter().map(|h| h.id.as_ref().map(|id| &*id.id)).collect();
    assert_eq!(ids, [Some("after"), Some("before"), None]);
    let anchors: Vec<_> = body.anchors.iter().map(|a| (&*a.id, a.source)).collect();
    assert_eq!(anchors, [("none", AnchorSource::AttributeList), ("span", AnchorSource::AttributeList)]);
    let shown: String = body.prose.iter().flat_map(|(_, runs)| runs).map(|run| run.of(text)).collect();
    assert!(!shown.contains('{'), "{shown}");
    assert!(read(text).anchors.is_empty());
}

#[test]
fn a_template_tag_makes_a_heading_dynamic() {
    let text = "## About {{ site.title }} now {#x}\n";
    let heading = &jekyll(text).headings[0];
    assert!(heading.dynamic);
    assert_eq!(&*heading.text, "About  now");
    assert!(heading.pieces.iter().any(|piece| piece.kind == PieceKind::Template));
    assert_eq!(heading.id.as_ref().map(|id| &*id.id), Some("x"));
}
