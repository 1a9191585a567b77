use postlint::page::links::{Form, Label, LinkKind, Origin, Quote};
use postlint::page::{Body, Dialect};

use crate::{destinations, jekyll, only, read};

#[test]
fn the_span_is_the_destination_itself() {
    for (text, raw, destination, form) in [
        ("[t](/a)", "/a", "/a", Form::Plain),
        ("[t](<a b>)", "a b", "a b", Form::Angle),
        ("[t](e(f(g))h)", "e(f(g))h", "e(f(g))h", Form::Plain),
        ("[t](a\\_b)", "a\\_b", "a_b", Form::Plain),
        ("[t](a&amp;b&auml;)", "a&amp;b&auml;", "a&bä", Form::Plain),
        ("[t](\n/x\n\"title\")", "/x", "/x", Form::Plain),
        ("> [t](\n> a\\_b)", "a\\_b", "a_b", Form::Plain),
        ("- [t](a\\_b)\r\n", "a\\_b", "a_b", Form::Plain),
        ("[<b a=\"](x)\">](e\\_f)", "e\\_f", "e_f", Form::Plain),
        ("[t]()", "", "", Form::Plain),
        ("[https://x.example/a](https://x.example/a)", "https://x.example/a", "https://x.example/a", Form::Plain),
        ("<https://x.example/>", "https://x.example/", "https://x.example/", Form::Verbatim),
        ("<me@x.example>", "me@x.example", "me@x.example", Form::Verbatim),
    ] {
        let body = read(text);
        let link = only(&body);
        assert_eq!((link.span.of(text), &*link.destination, link.form), (raw, destination, form), "{text}");
    }
}

#[test]
fn offsets_count_from_the_start_of_the_file() {
    let text = "\u{feff}---\ntitle: é\n---\n[é](/x)\n";
    let body = Body::read(text, text.find('[').unwrap(), &Dialect::COMMONMARK);
    assert_eq!(only(&body).span.of(text), "/x");
    assert_eq!(only(&body).whole.of(text), "[é](/x)");
    assert_eq!(Body::read(text, 2, &Dialect::COMMONMARK), Body::default(), "inside the mark");
    assert_eq!(Body::read(text, 999, &Dialect::COMMONMARK), Body::default());
}

#[test]
fn a_rule_in_the_body_hides_no_link() {
    let body = read("a\n\n---\n[x](/l)\n\n---\n[y](/m)\n");
    assert_eq!(destinations(&body), ["/l", "/m"]);
}

#[test]
fn a_reference_knows_its_definition_and_its_place() {
    let text = "see [text][ref] and ![Ref]\n\n[ref]: /x&amp;y 'title'\n[unused]: /u\n";
    let body = read(text);
    assert_eq!(destinations(&body), ["/x&y", "/x&y"]);
    assert_eq!(body.links[0].place().of(text), "/x&amp;y");
    assert_eq!(body.links[0].whole.of(text), "[text][ref]");
    assert_eq!(body.links[0].span.of(text), "/x&amp;y");
    assert_eq!(body.links[1].origin, Origin::Reference { definition: 0 });
    assert_eq!(body.links[1].kind, LinkKind::Image);
    assert_eq!(body.definitions[0].used, 2);
    assert_eq!(body.definitions[0].label.of(text), "ref");
    assert_eq!(body.definitions[0].span.of(text), "[ref]: /x&amp;y 'title'");
    assert_eq!(body.definitions[1].used, 0);
}

#[test]
fn of_two_definitions_the_dialect_chooses() {
    let text = "[a]\n\n> [a]: /first\n\n```\n[a]: /code\n```\n\n[A]: /second\n";
    let first = read(text);
    assert_eq!(destinations(&first), ["/first"]);
    assert_eq!(first.definitions.iter().map(|d| d.repeats).collect::<Vec<_>>(), [None, Some(0)]);
    let last = jekyll(text);
    assert_eq!(destinations(&last), ["/second"]);
    assert_eq!(last.links[0].origin, Origin::Reference { definition: 1 });
    assert_eq!((last.definitions[0].used, last.definitions[1].used), (0, 1));
}

#[test]
fn text_that_looks_like_a_definition_is_none() {
    for text in ["para\n[a]: /x\n", "    [a]: /x\n", "`[a]: /x`\n", "[^a]: /x\n", "# [a]: /x\n"] {
        assert!(read(text).definitions.is_empty(), "{text}");
    }
    assert_eq!(read("[a]: /x\n[a]: /y\n[a]: /z\n").definitions.len(), 3);
}

#[test]
fn an_empty_text_is_told_from_an_absent_alternative() {
    let text = "[](a) ![](b) ![x](c) [![](d)](e) <img src=f> <img src=g alt=''> <a href=h></a> <a href=i>*x*</a>";
    let body = read(text);
    let label = |label| match label {
        Label::Absent => None,
        Label::Empty => Some(""),
        Label::Text(span) => Some(span.of(text)),
    };
    let labels: Vec<_> = body.links.iter().map(|link| (&*link.destination, label(link.label))).collect();
    let e = ("e", Some("![](d)"));
    let rest = [("d", None), ("f", None), ("g", Some("")), ("h", Some("")), ("i", Some("*x*"))];
    assert_eq!(labels[..4], [("a", Some("")), ("b", None), ("c", Some("x")), e]);
    assert_eq!(labels[4..], rest);
}

#[test]
fn nothing_is_a_link_inside_an_alternative_text() {
    assert_eq!(destinations(&read("![a [b](c) ![d](e) <https://f.example>](g)")), ["g"]);
}

#[test]
fn bare_urls_are_links_where_the_dialect_says_so() {
    let text = "See https://e.example/a_b_(c). (www.e.example/x) `https://no.example` [https://t.example](u) _https://em.example_";
    let urls = ["https://e.example/a_b_(c)", "www.e.example/x", "u", "https://em.example"];
    assert_eq!(destinations(&read(text)), urls);
    let body = jekyll(text);
    assert_eq!(destinations(&body), ["u"]);
    assert_eq!(body.candidates.iter().map(|c| c.span.of(text)).collect::<Vec<_>>(), [urls[0], urls[1], urls[3]]);
}

#[test]
fn a_bare_url_goes_on_through_what_looks_like_emphasis() {
    let text = "x https://e.example/*a*/__b__/c y\n";
    assert_eq!(destinations(&read(text)), ["https://e.example/*a*/__b__/c"]);
    let escaped = read("https://e.example/a\\_b");
    assert_eq!(destinations(&escaped), ["https://e.example/a_b"]);
}

#[test]
fn wiki_links_only_where_declared() {
    let text = "[[a b|text]] ![[c.png]]";
    assert!(read(text).links.is_empty());
    let wiki = Dialect { wikilinks: true, ..Dialect::COMMONMARK };
    let body = Body::read(text, 0, &wiki);
    assert_eq!(body.links.iter().map(|link| link.span.of(text)).collect::<Vec<_>>(), ["a b", "c.png"]);
}

#[test]
fn spaces_in_a_destination_are_kramdowns() {
    let text = "[t](a b.png) ![u](c d 'title') [v](e)";
    let body = jekyll(text);
    assert_eq!(destinations(&body), ["a b.png", "c d", "e"]);
    assert_eq!(body.links[0].whole.of(text), "[t](a b.png)");
    assert_eq!(destinations(&read(text)), ["e"]);
}

#[test]
fn a_replacement_reads_back_as_the_new_destination() {
    let news =
        ["/x", "a b", "", "a(b", "a)b(", "a\\*b", "a\\", "<a>", "a&amp;b", "a&b", "é", "a|b", "x#y?z=1&w=\"2\"", "'"];
    let texts =
        ["[t](OLD)", "[t](<OLD> 'title')", "[t]\n\n[t]: OLD\n", "| a |\n|---|\n| [t](OLD) |\n", "> - ![t](OLD)\n"];
    let html =
        ["<a href=\"OLD\">", "x <a href='OLD' id=b>", "<img src=OLD alt>", "| a |\n|---|\n| <a href=\"OLD\"> |\n"];
    for text in texts.iter().chain(&html) {
        for new in news {
            let body = read(text);
            let link = &body.links[0];
            let Some(written) = link.rewrite(new) else { continue };
            let mut changed = (*text).to_owned();
            changed.replace_range(link.span.range(), &written);
            let again = read(&changed);
            assert_eq!(again.links.first().map(|link| &*link.destination), Some(new), "{changed:?}");
            assert_eq!(again.links.len(), body.links.len());
        }
    }
}

#[test]
fn what_cannot_be_written_is_not() {
    assert_eq!(Form::Plain.write("a\nb", false), None);
    assert_eq!(Form::Verbatim.write("a b", false), None);
    assert_eq!(Form::NotEditable.write("a", false), None);
    assert_eq!(Form::Parameter(Some(Quote::Double)).write("a\"b", false), None);
    assert_eq!(Form::Parameter(None).write("a b", false), None);
    assert_eq!(Form::SourceSet(Some(Quote::Double)).write("a b,", false).as_deref(), Some("a%20b%2C"));
    assert_eq!(Form::StyleUrl(Some(Quote::Double)).write("a (b)", false).as_deref(), Some("a%20%28b%29"));
}
