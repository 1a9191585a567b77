use postlint::page::dialect::RawHtml;
use postlint::page::links::{AnchorSource, Form, HtmlPlace, Label, LinkKind, Origin, Quote};
use postlint::page::{Body, Dialect};

use crate::{destinations, jekyll, only, read};

#[test]
fn attributes_are_found_with_their_place() {
    let text = "<p>\n<a href=\"x?a&amp;b\">t</a> <IMG SRC='y z' ALT=\"é\"> <video poster=p src=v></video>\n</p>\n\nin <a\nhref=\"q\">w</a>\n";
    let body = read(text);
    let found: Vec<_> = body.links.iter().map(|l| (l.span.of(text), &*l.destination, l.kind, l.form)).collect();
    use LinkKind::{Image, Link};
    let (double, single) = (Form::Attribute(Some(Quote::Double)), Form::Attribute(Some(Quote::Single)));
    assert_eq!(found[0], ("x?a&amp;b", "x?a&b", Link, double));
    assert_eq!(found[1], ("y z", "y z", Image, single));
    assert_eq!(found[2], ("p", "p", Image, Form::Attribute(None)));
    assert_eq!(found[3], ("v", "v", Link, Form::Attribute(None)));
    assert_eq!(found[4], ("q", "q", Link, double));
    assert_eq!(body.links[1].origin, Origin::Html(Box::new(HtmlPlace { tag: "img", attribute: "src" })));
    assert!(matches!(body.links[1].label, Label::Text(span) if span.of(text) == "é"));
    assert!(matches!(body.links[0].label, Label::Text(span) if span.of(text) == "t"));
}

#[test]
fn an_empty_value_has_a_place_between_its_quotes() {
    let text = "<p><img src=\"\" alt='x'> <a href=>y</a></p>";
    let body = read(text);
    assert_eq!(destinations(&body), ["", ""]);
    assert_eq!((body.links[0].span.start, body.links[0].form), (13, Form::Attribute(Some(Quote::Double))));
    assert_eq!(body.links[1].form, Form::NotEditable);
}

#[test]
fn containers_do_not_shift_spans() {
    let text =
        "> <div>\n> <img src=\"a\"\n>   alt=\"b\">\n> </div>\n\n- <div>\r\n  <a href=\"c\">d</a>\r\n  </div>\r\n";
    let body = read(text);
    assert_eq!(body.links.iter().map(|l| l.span.of(text)).collect::<Vec<_>>(), ["a", "c"]);
    let crossing = "> <img src=\"a\n> b\">\n";
    let body = read(crossing);
    assert_eq!(only(&body).form, Form::NotEditable, "the slice would hold the marker");
}

#[test]
fn comments_scripts_and_code_hold_no_links() {
    let text = "<!-- <a href=\"a\"> -->\n\n<script>'<a href=\"b\">'</script>\n\n`<a href=\"c\">`\n\n    <a href=\"d\">\n\n<a href=\"e\">f</a>\n";
    let body = read(text);
    assert_eq!(destinations(&body), ["e"]);
    assert_eq!(body.comments.iter().map(|span| span.of(text)).collect::<Vec<_>>(), ["<!-- <a href=\"a\"> -->"]);
}

#[test]
fn a_comment_that_outlives_its_block_hides_markdown() {
    let body = read("<div>\n<!-- open\n\n[a](hidden)\n\n<p>-->\n\n[b](seen)\n");
    assert_eq!(destinations(&body), ["seen"]);
    assert_eq!(
        destinations(&read("<div>\n<!-- never closed\n\n[a](seen)\n")),
        ["seen"],
        "a stray opener hides no page"
    );
}

#[test]
fn candidates_of_srcset_and_style_are_single_places() {
    let text = "<img srcset=\"a.png 1x, b&amp;c.png 2x\" src=d> <p style=\"background: url('e.png')\">";
    let body = read(text);
    let found: Vec<_> = body.links.iter().map(|l| (l.span.of(text), &*l.destination)).collect();
    assert_eq!(found, [("a.png", "a.png"), ("b&amp;c.png", "b&c.png"), ("d", "d"), ("e.png", "e.png")]);
    assert_eq!(body.links[3].form, Form::StyleUrl(Some(Quote::Double)));
}

#[test]
fn ids_names_languages_and_base() {
    let text = "<base href=\"/b/\">\n\n<div id=\"x&amp;y\" lang=\"en\">\n\nInside\n\n</div>\n\nOutside <a name=n></a> <p id=\"\">";
    let body = read(text);
    let anchors: Vec<_> = body.anchors.iter().map(|a| (&*a.id, a.span.of(text), a.source)).collect();
    assert_eq!(anchors, [("x&y", "x&amp;y", AnchorSource::Id), ("n", "n", AnchorSource::Name)]);
    assert_eq!(body.base.as_deref(), Some("/b/"));
    assert_eq!(body.languages[0].value.of(text), "en");
    assert!(body.languages[0].element.of(text).ends_with("Inside\n\n"));
    let blocks: Vec<_> = body.prose.iter().map(|(b, runs)| (runs[0].of(text).trim(), b.other_language)).collect();
    assert_eq!(blocks, [("Inside", true), ("Outside", false)]);
    assert!(body.links.is_empty());
}

#[test]
fn dropped_html_is_counted_and_gives_nothing() {
    let drop = Dialect { raw_html: RawHtml::Drop, ..Dialect::GOLDMARK };
    let text = "<img src=a> <!-- c --> [b](b)\n\n<div id=x>\n<a href=y>t</a>\n</div>\n";
    let body = Body::read(text, 0, &drop);
    assert_eq!(destinations(&body), ["b"]);
    assert!(body.anchors.is_empty());
    assert_eq!(body.dropped_html.map(|(span, count)| (span.of(text), count)), Some(("<img src=a>", 3)));
    assert_eq!(body.comments.len(), 1);
}

#[test]
fn kramdown_reads_no_markdown_in_block_elements() {
    let text = "<div>\n\n[m](/b)\n\n    <a href=\"c\">d</a>\n\n## No\n\n</div>\n\n## Yes\n\n<span>[x](/x)</span>\n";
    let body = jekyll(text);
    assert_eq!(destinations(&body), ["c", "/x"]);
    assert_eq!(body.headings.len(), 1);
    assert_eq!(destinations(&read(text)), ["/b", "/x"], "CommonMark goes on after the blank line");
    assert_eq!(destinations(&jekyll("<div>\n\n[m](/b)\n")), ["/b"], "an element without an end is given the benefit");
}

/// What kramdown 2.4 makes of each.
#[test]
fn an_element_of_kramdown_ends_with_its_end_tag() {
    let fence = "[y](#b)\n\n<h3>W</h3>\nUsing:\n```\nfoo\n\nbar\n```\n\n<a name=\"b\"></a>\n## T\n";
    let body = jekyll(fence);
    assert_eq!(body.anchors.iter().map(|anchor| anchor.id.as_ref()).collect::<Vec<_>>(), ["b"]);
    assert_eq!(body.headings.iter().map(|heading| &*heading.text).collect::<Vec<_>>(), ["T"]);
    assert_eq!(body.code_blocks.len(), 1);
    for (text, links) in [
        ("<div id=\"a\">a</div> [x](y)\n", ["y"].as_slice()),
        ("<p><a href=\"k\">k</a>\n</p>\n[b](c)\n", &["k", "c"]),
        ("<table>\n<tr><td><p>a</p>\nb <a href=\"c\">d</a> [e](f)</td></tr>\n</table>\n[g](h)\n", &["c", "h"]),
        ("<img src=\"a.png\">\n[d](e)\n", &["a.png", "e"]),
        ("<!--\n\n<img src=\"a.png\">\n[d](e)\n-->\n", &[]),
        ("> <div>a</div>\n> [q](r)\n", &["r"]),
        ("- <p>x</p>\n  [l](m)\n", &["m"]),
        ("<section>\n<div markdown=\"1\">\n[a](b)\n</div>\n</section>\n[e](f)\n", &["b", "f"]),
    ] {
        let body = jekyll(text);
        assert_eq!(destinations(&body), links, "{text}");
        assert!(body.prose.iter().flat_map(|(_, runs)| runs).all(|run| !run.of(text).contains('<')), "{text}");
    }
    let body = jekyll("<hr>\n## H\n\n<a name=\"x\" />\n## B\n");
    assert_eq!(body.headings.len(), 2);
    assert_eq!(body.anchors.len(), 1);
}

#[test]
fn what_follows_a_raw_element_on_its_lines_is_read() {
    let text = "<blockquote><p>x</p></blockquote>\n<script src=\"s\"></script>\n<img src=i>\n\n[a](/a)\n";
    assert_eq!(destinations(&jekyll(text)), ["s", "i", "/a"]);
}

#[test]
fn an_element_with_markdown_is_read_as_markdown() {
    let text = "<details markdown=\"1\" id=\"d\">\n## In\n[m](/b)\n</details>\n[n](/c)\n\n## Out\n\n<p markdown='1'>x [o](/d)</p>\n";
    let body = jekyll(text);
    assert_eq!(destinations(&body), ["/b", "/c", "/d"]);
    assert_eq!(body.headings.iter().map(|h| (&*h.text, h.nested)).collect::<Vec<_>>(), [("In", true), ("Out", false)]);
    assert_eq!(body.anchors.len(), 1);
    let shown: Vec<_> = body.prose.iter().flat_map(|(_, runs)| runs).map(|run| run.of(text)).collect();
    assert!(!shown.concat().contains('<'), "{shown:?}");
    assert!(jekyll("```\n<div markdown=\"1\" id=\"x\">\n```\n").anchors.is_empty());
}
