use postlint::page::links::{Form, LinkKind, Origin, Quote};
use postlint::page::templates::{Syntax, UnclosedKind};

use crate::{destinations, hugo, jekyll, only, read};

#[test]
fn a_destination_with_a_tag_is_taken_apart() {
    let text = "[x]({{ site.baseurl }}/y) ![p]({{ '/a b.png' | relative_url }}) [z]({% post_url 2020-01-01-z %}#top)";
    let body = jekyll(text);
    let raw = ["{{ site.baseurl }}/y", "{{ '/a b.png' | relative_url }}", "{% post_url 2020-01-01-z %}#top"];
    assert_eq!(destinations(&body), raw);
    assert!(body.links.iter().all(|link| link.is_dynamic()));
    let calls = &body.calls;
    assert_eq!(calls[0].arguments[0].value.of(text), "site.baseurl");
    assert_eq!((calls[1].arguments[0].value.of(text), calls[1].arguments[0].quote), ("/a b.png", Some('\'')));
    assert_eq!(calls[1].filters[0].name.of(text), "relative_url");
    assert_eq!((calls[2].name.of(text), calls[2].arguments[0].value.of(text)), ("post_url", "2020-01-01-z"));
    assert!(calls.iter().all(|call| call.in_destination));
    assert!(body.links.iter().all(|link| link.form == Form::NotEditable && link.rewrite("x").is_none()));
}

#[test]
fn definitions_and_attributes_with_tags_are_dynamic_too() {
    let text = "[a] <img src=\"{{ \"/i\" | absolute_url }}?x=1\">\n\n[a]: {{ site.url }}/b\n[c]: /d\n";
    let body = jekyll(text);
    assert_eq!(destinations(&body), ["{{ site.url }}/b", "{{ \"/i\" | absolute_url }}?x=1"]);
    assert_eq!(body.definitions.len(), 2);
    assert_eq!(body.definitions[0].destination_span.of(text), "{{ site.url }}/b");
}

#[test]
fn a_lone_tag_does_not_swallow_the_definitions_under_it() {
    for tag in ["{% include refs.md %}", "  {% if x %} {% endif %}"] {
        let text = format!("[a]\n\n{tag}\n[a]: /b\n");
        assert_eq!(destinations(&jekyll(&text)), ["/b"], "{tag}");
    }
}

#[test]
fn a_lone_tag_keeps_a_list_and_an_html_block_together() {
    assert_eq!(destinations(&jekyll("- a\n{% if x %}\n\n    [b](/c)\n")), ["/c"]);
    assert_eq!(destinations(&jekyll("<b>\n{% if x %}\n    <a href=\"d\">e</a>\n{% endif %}\n</b>\n")), ["d"]);
}

#[test]
fn a_tag_in_angle_brackets_is_an_autolink() {
    let text = "<{{ release.url }}>\nand [x](/y)\n";
    let body = jekyll(text);
    assert_eq!(destinations(&body), ["{{ release.url }}", "/y"]);
    assert_eq!(body.links[0].origin, Origin::Autolink);
}

#[test]
fn code_and_comments_of_liquid_are_not_markdown() {
    let text = "{% highlight sh %}\n# no heading\n[no](/n)\n{% endhighlight %}\n\n{% comment %}\n[no](/n)\n{% endcomment %}\n[a]: /b\n\n{% raw %}[yes](/y) {{ x }}{% endraw %} [a]\n";
    let body = jekyll(text);
    assert!(body.headings.is_empty());
    assert_eq!(destinations(&body), ["/y", "/b"]);
    assert!(!body.calls.iter().any(|call| call.syntax == Syntax::Output), "braces in raw are text");
}

#[test]
fn closers_are_found_where_the_template_language_ends_the_tag() {
    let text = "{{ \"{{\" }} {{ '}}' | x }} {% include a.html q0=\"[a](/b)\n\nc\" q1=d %} {{ stray\n\n[e](/f) {% open [g](/h)\n";
    let body = jekyll(text);
    assert_eq!(body.calls.len(), 3, "{:?}", body.calls);
    assert_eq!(body.calls[1].span.of(text), "{{ '}}' | x }}");
    let include = &body.calls[2];
    assert_eq!(include.named(text, "q0").map(|a| a.value.of(text)), Some("[a](/b)\n\nc"));
    assert_eq!(include.named(text, "q1").map(|a| (a.value.of(text), a.quote)), Some(("d", None)));
    assert_eq!(include.positional().map(|a| a.value.of(text)).collect::<Vec<_>>(), ["a.html"]);
    assert_eq!(destinations(&body), ["/f", "/h"]);
    assert_eq!(
        body.unclosed.iter().map(|u| (u.span.of(text), u.kind)).collect::<Vec<_>>(),
        [("{{", UnclosedKind::Delimiter), ("{%", UnclosedKind::Delimiter)]
    );
}

#[test]
fn a_block_without_its_end_is_told() {
    let text = "{% raw %}\n\n[a](/b) {{ x }}\n";
    let body = jekyll(text);
    assert_eq!(destinations(&body), ["/b"]);
    assert_eq!(
        body.unclosed.iter().map(|u| (u.span.of(text), u.kind)).collect::<Vec<_>>(),
        [("{% raw %}", UnclosedKind::EndTag)]
    );
}

#[test]
fn shortcodes_of_hugo() {
    let text = "[a]({{< ref \"p.md#h\" >}}) {{ plain }} {{</* ref \"x\" */>}} {{% note %}}[b](/c){{% /note %}}\n\n{{< figure src=\"i.png\" link=`l` alt=\"é\" >}}\n\n{{< highlight go >}}\n# no\n{{< /highlight >}}\n";
    let body = hugo(text);
    assert_eq!(destinations(&body), ["{{< ref \"p.md#h\" >}}", "/c", "i.png", "l"]);
    assert!(body.headings.is_empty());
    let names: Vec<_> = body.calls.iter().map(|call| (call.name.of(text), call.closing)).collect();
    assert_eq!(
        names,
        [("ref", false), ("note", false), ("note", true), ("figure", false), ("highlight", false), ("highlight", true)]
    );
    assert_eq!(body.links[2].kind, LinkKind::Image);
    assert_eq!(body.links[2].form, Form::Parameter(Some(Quote::Double)));
    assert_eq!(body.links[2].span.of(text), "i.png");
}

#[test]
fn a_tera_call_has_a_name_and_arguments() {
    let text = "{{ figure(src=\"a.png\", width=3) }} {{ page.title | default(value=\"x\") }}";
    let body = jekyll(text);
    assert_eq!(body.calls[0].name.of(text), "figure");
    assert_eq!(body.calls[0].named(text, "src").map(|a| a.value.of(text)), Some("a.png"));
    assert!(body.calls[1].name.is_empty());
    assert_eq!(body.calls[1].filters[0].name.of(text), "default");
}

#[test]
fn mdx_expressions_comments_and_imports_are_hidden() {
    use postlint::page::dialect::Templates;
    use postlint::page::{Body, Dialect};
    let text = "import X from './x'\n\n{/* note */}\n\n<Card href=\"/a\" style={{ b: '[c](/d)' }}>[e](/f)</Card>\n\n```js\nimport {y} from 'z'\n```\n{\n\n[g](/h)\n";
    let mdx = Dialect { templates: Templates::Mdx, ..Dialect::COMMONMARK };
    let body = Body::read(text, 0, &mdx);
    assert_eq!(destinations(&body), ["./x", "/a", "/f", "/h"]);
    assert_eq!(body.comments.iter().map(|span| span.of(text)).collect::<Vec<_>>(), ["{/* note */}"]);
    let shown: String = body.prose.iter().flat_map(|(_, runs)| runs).map(|run| run.of(text)).collect();
    assert!(!shown.contains("import") && !shown.contains("note"), "{shown}");
}

/// The destinations and headings of a page of MDX.
fn mdx(text: &str) -> (Vec<String>, Vec<String>) {
    let body = postlint::page::Body::read(text, 0, &postlint::page::Dialect::MDX);
    let links = body.links.iter().map(|link| link.destination.to_string()).collect();
    (links, body.headings.iter().map(|heading| heading.text.to_string()).collect())
}

#[test]
fn markdown_goes_on_in_jsx() {
    let (links, headings) = mdx(
        "<Tabs>\n<Tab\n  label=\"x\"\n  icon={a > b}\n>\n  ```sh\n  # no\n\n  # no\n  ```\n</Tab>\n## One\n</Tabs>\n<div>[a](/b)</div>\n## Two\n<p>`<a href=\"\">`</p>\n",
    );
    assert_eq!(links, ["/b"]);
    assert_eq!(headings, ["One", "Two"]);
}

#[test]
fn an_indent_is_no_code_in_mdx_and_an_address_in_brackets_no_link() {
    let (links, headings) = mdx(
        "text\n\n    [a](/b)\n\n\t## One\n\n    ```md\n    ## no\n    ```\n\n<https://example.org>\n\n- item\n\n    [c](/d)\n",
    );
    assert_eq!(links, ["/b", "/d"]);
    assert_eq!(headings, ["One"]);
}

#[test]
fn a_module_statement_may_hold_empty_lines() {
    let (links, headings) = mdx(
        "import {\n  a,\n} from '@site/a.md';\nimport b from \"../b.png\";\nimport react from 'react';\n\nexport const f = (x) => {\n\n  return x[0](y);\n\n## no\n};\n\n`{` [c](/d) `}`\n",
    );
    assert_eq!(links, ["@site/a.md", "../b.png", "/d"]);
    assert!(headings.is_empty());
}

#[test]
fn a_template_literal_holds_anything() {
    let (links, headings) = mdx(
        "<Code>\n{`\n  b.on([&]() -> void { f(); });\n\n}\n\n## no ${x ? `}[]()` : '}'}\n```\n[](b)\n`}\n</Code>\n\n[c](/d)\n\nexport const e = `\n\n[f](/g)\n\n`;\n\n## One\n\n{` [h](/i)\n",
    );
    assert_eq!(links, ["/d", "/i"]);
    assert_eq!(headings, ["One"]);
}

#[test]
fn a_fence_of_mdx_ends_at_any_indent() {
    let (links, headings) = mdx("```\n[x](y)\n    ```\n\n## One\n\n- a\n\n  ```\n  [x](y)\n      ```\n\n  [c](/d)\n");
    assert_eq!(links, ["/d"]);
    assert_eq!(headings, ["One"]);
}

#[test]
fn without_templates_braces_are_text() {
    let text = "[a]({{x}}/y)";
    let body = read(text);
    assert_eq!(&*only(&body).destination, "{{x}}/y");
    assert!(!only(&body).is_dynamic() && body.calls.is_empty());
}
