//! The body reader, driven from outside: what is found, and that every span means what it says.

use postlint::page::links::{Form, Label, Link, LinkKind, Origin};
use postlint::page::{Body, Dialect};

fn read(text: &str) -> Body {
    Body::read(text, 0, &Dialect::COMMONMARK)
}

fn destinations(body: &Body) -> Vec<&str> {
    body.links.iter().map(|link| &*link.destination).collect()
}

fn only(body: &Body) -> &Link {
    assert_eq!(body.links.len(), 1, "{:?}", body.links);
    &body.links[0]
}

#[test]
fn the_span_is_the_destination_itself() {
    for (text, raw, destination, form) in [
        ("[t](/a)", "/a", "/a", Form::Plain),
        ("[t](<a b>)", "a b", "a b", Form::Angle),
        ("[t](e(f(g))h)", "e(f(g))h", "e(f(g))h", Form::Plain),
        ("[t](a\\_b)", "a\\_b", "a_b", Form::Plain),
        ("[t](a&amp;b&auml;)", "a&amp;b&auml;", "a&bä", Form::Plain),
        ("[t](\n/x\n\"title\")", "/x", "/x", Form::Plain),
        ("> [t](\n> /x)", "/x", "/x", Form::Plain),
        ("> [t](\n> a\\_b)", "a\\_b", "a_b", Form::Plain),
        ("[`]`](c\\_d)", "c\\_d", "c_d", Form::Plain),
        ("[<b a=\"](x)\">](e\\_f)", "e\\_f", "e_f", Form::Plain),
        ("[\\]](g)", "g", "g", Form::Plain),
        ("[t]()", "", "", Form::Plain),
        ("[https://x.example/a](https://x.example/a)", "https://x.example/a", "https://x.example/a", Form::Plain),
        ("<https://x.example/>", "https://x.example/", "https://x.example/", Form::Verbatim),
    ] {
        let body = read(text);
        let link = only(&body);
        assert_eq!((link.span.of(text), &*link.destination, link.form), (raw, destination, form), "{text}");
    }
}

#[test]
fn a_reference_knows_its_definition_and_its_place() {
    let text = "see [text][ref] and [ref]\n\n[ref]: /x&amp;y 'title'\n";
    let body = read(text);
    assert_eq!(destinations(&body), ["/x&y", "/x&y"]);
    assert_eq!(body.links[0].place().of(text), "[text][ref]");
    assert_eq!(body.links[0].span.of(text), "/x&amp;y");
    assert_eq!(body.links[1].origin, Origin::Reference { definition: 0 });
    assert_eq!(body.definitions[0].used, 2);
    assert_eq!(body.definitions[0].label.of(text), "ref");
}

#[test]
fn an_empty_text_is_told_from_an_absent_alternative() {
    let text = "[](a) ![](b) ![x](c) [![](d)](e) <img src=f> <img src=g alt=''> <a href=h></a> <a href=i>*x*</a>";
    let body = read(text);
    let labels: Vec<(&str, LinkKind, Option<&str>)> = body
        .links
        .iter()
        .map(|link| {
            let label = match link.label {
                Label::Absent => None,
                Label::Empty => Some(""),
                Label::Text(span) => Some(span.of(text)),
            };
            (&*link.destination, link.kind, label)
        })
        .collect();
    use LinkKind::{Image, Link};
    assert_eq!(
        labels,
        [
            ("a", Link, Some("")),
            ("b", Image, None),
            ("c", Image, Some("x")),
            ("e", Link, Some("![](d)")),
            ("d", Image, None),
            ("f", Image, None),
            ("g", Image, Some("")),
            ("h", Link, Some("")),
            ("i", Link, Some("*x*")),
        ]
    );
}
