//! markup/unclosed-template: template tags that do not end, and those of another generator.

use std::cell::OnceCell;

use serde_json::Value;

use crate::page::dialect::Templates;
use crate::page::templates::{Syntax, TemplateCall, Unclosed, UnclosedKind};
use crate::rules::page::Page;
use crate::rules::rule::{Code, PageRule, Reporter};
use crate::site::facts::{Kind, Value as Written};
use crate::source::{Span, in_code_span, line_after};

/// Liquid's blocks whose inside is part of the page; `{% endNAME %}` closes each.
const BLOCKS: [&str; 8] = ["if", "unless", "case", "for", "tablerow", "capture", "ifchanged", "form"];
/// Keys with which a page says that nothing in it is a template.
const SWITCHES: [&str; 3] = ["render_with_liquid", "disableNunjucks", "templateEngineOverride"];
/// Tags of Liquid and of generators that have it, which stand in a page and not in running text.
const LIQUID: [&str; 19] = [
    "raw",
    "endraw",
    "highlight",
    "endhighlight",
    "include",
    "include_relative",
    "include_cached",
    "post_url",
    "link",
    "assign",
    "capture",
    "endcapture",
    "endif",
    "endfor",
    "gist",
    "asset_img",
    "post_link",
    "codeblock",
    "endcodeblock",
];

struct UnclosedTemplate;

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::page(UnclosedTemplate))
}

impl PageRule for UnclosedTemplate {
    fn check(&self, page: &Page<'_>, report: &mut Reporter<'_>) {
        let templates = page.model.dialect(&page.facts.path).templates;
        let nothing = page.body.unclosed.is_empty() && page.body.calls.is_empty();
        // Where no braces stand, or nothing builds the page, there are no templates.
        if page.facts.kind == Kind::Loose
            || (nothing && memchr::memmem::find(page.text.as_bytes(), b"{{").is_none() && templates != Templates::Hugo)
            || SWITCHES.iter().any(|key| page.facts.key(key).is_some_and(|key| !matches!(key.value, Written::Null)))
        {
            return;
        }
        let is_text = |one: &Unclosed| page.model.settings().open_tags_are_text && one.kind == UnclosedKind::Delimiter;
        let shown = page.body.unclosed.iter().filter(|one| is_shown(page, one.span) && !is_text(one));
        let last_close = OnceCell::new();
        for unclosed in shown.filter(|_| !matches!(templates, Templates::Mdx | Templates::Markdoc)) {
            // Liquid looks further than we do.
            let last = || *last_close.get_or_init(|| memchr::memmem::rfind(page.text.as_bytes(), b"}}"));
            let closes_later = || last().is_some_and(|at| at >= unclosed.span.end as usize);
            let is_output = templates == Templates::Liquid && unclosed.span.of(page.text) == "{{";
            if !(unclosed.kind == UnclosedKind::Delimiter && is_output && closes_later()) {
                self::unclosed(page, unclosed, templates, report);
            }
        }
        match templates {
            Templates::Liquid => {
                if page.body.unclosed.is_empty() {
                    blocks(page, report);
                }
                shortcodes_among_calls(page, report);
            }
            Templates::Hugo => {
                closers(page, report);
                foreign(page, b"{%", liquid_tag, report);
            }
            Templates::None | Templates::Zola => {
                foreign(page, b"{{", shortcode, report);
                foreign(page, b"{%", liquid_tag, report);
            }
            Templates::Mdx | Templates::Markdoc => {}
        }
    }
}

/// A tag that has no end.
fn unclosed(page: &Page<'_>, unclosed: &Unclosed, templates: Templates, report: &mut Reporter<'_>) {
    let tag = unclosed.span.of(page.text);
    let message = match unclosed.kind {
        UnclosedKind::EndTag => {
            if templates == Templates::Zola {
                return without_end(page, unclosed.span, report);
            }
            let name = word(tag.get(2..).unwrap_or_default());
            format!("`{}` has no `{{% end{name} %}}`: the site cannot be built with it", short(tag))
        }
        UnclosedKind::Delimiter => {
            let closer = match (templates, tag) {
                (Templates::Liquid, "{{") => "}}",
                (Templates::Liquid, _) => "%}",
                (_, tag) if tag.ends_with('<') => ">}}",
                _ => "%}}",
            };
            let line = line_after(page.text, unclosed.span.end as usize);
            format!(
                "`{}` is not closed: `{closer}` is missing, and the site cannot be built without it",
                short(&format!("{tag}{line}"))
            )
        }
    };
    report.at(page.file(), unclosed.span, message).help("close it; or, if it is text, show it as code").done();
}

/// Zola takes a shortcode without its end for text, or the next end for its own.
/// Source: the `shortcode_with_body` and `text` of its content.pest, where nothing is nested.
fn without_end(page: &Page<'_>, span: Span, report: &mut Reporter<'_>) {
    let tag = span.of(page.text);
    let rest = page.text.get(span.end as usize..).unwrap_or_default();
    let is_end = |rest: &str| rest.trim_start_matches('-').trim_start().starts_with("end");
    let effect = match rest.split("{%").skip(1).any(is_end) {
        true => "what follows is taken for its body, up to the next `{% end %}`",
        false => "readers see it as it stands",
    };
    let call = tag.trim_start_matches("{%").trim_end_matches("%}").trim();
    report
        .at(page.file(), span, format!("`{}` has no `{{% end %}}`: {effect}", short(tag)))
        .help(format!("close it, or write `{{{{ {} }}}}` if it has no body", short(call)))
        .done();
}

/// Liquid's blocks: each needs its end, and no end stands alone.
fn blocks(page: &Page<'_>, report: &mut Reporter<'_>) {
    let mut open: Vec<(&str, &TemplateCall)> = Vec::new();
    // Tags in code count too: Liquid does not know what code is.
    for call in page.body.calls.iter().filter(|call| call.syntax == Syntax::Tag) {
        let name = call.name.of(page.text);
        if BLOCKS.contains(&name) {
            open.push((name, call));
        } else if let Some(block) = name.strip_prefix("end").filter(|block| BLOCKS.contains(block)) {
            match open.last() {
                Some((last, _)) if *last == block => drop(open.pop()),
                // What is open was closed by another name, or nothing is open.
                Some(_) => {}
                None if !is_shown(page, call.span) => return,
                None => {
                    let tag = short(call.span.of(page.text));
                    let message = format!("`{tag}` closes nothing: the site cannot be built with it");
                    report
                        .at(page.file(), call.span, message)
                        .help(format!("remove it, or open the block with `{{% {block} … %}}`"))
                        .done();
                    return;
                }
            }
        }
    }
    for (name, call) in open.into_iter().filter(|(_, call)| is_shown(page, call.span)) {
        let tag = short(call.span.of(page.text));
        let message = format!("`{tag}` has no `{{% end{name} %}}`: the site cannot be built with it");
        report.at(page.file(), call.span, message).help(format!("add `{{% end{name} %}}` where the block ends")).done();
    }
}

/// Closing shortcodes that nothing opened.
fn closers(page: &Page<'_>, report: &mut Reporter<'_>) {
    let calls = &page.body.calls;
    for (at, call) in calls.iter().enumerate().filter(|(_, call)| call.closing && is_shown(page, call.span)) {
        let name = call.name.of(page.text);
        let opened = calls.iter().take(at).any(|other| !other.closing && other.name.of(page.text) == name);
        if !opened {
            let tag = short(call.span.of(page.text));
            let message = format!("`{tag}` closes a shortcode that is not open: the site cannot be built with it");
            report.at(page.file(), call.span, message).help("remove it, or open the shortcode before").done();
        }
    }
}

/// Hugo's shortcodes, which Liquid takes for its own output and drops.
fn shortcodes_among_calls(page: &Page<'_>, report: &mut Reporter<'_>) {
    for call in page.body.calls.iter().filter(|call| call.syntax == Syntax::Output) {
        if let Some(name) = shortcode(call.span.of(page.text)).filter(|_| is_shown(page, call.span)) {
            other_generator(page, call.span, name, report);
        }
    }
}

/// Tags of another generator in what readers see and in addresses.
fn foreign(page: &Page<'_>, opener: &[u8], name: fn(&str) -> Option<&str>, report: &mut Reporter<'_>) {
    if memchr::memmem::find(page.text.as_bytes(), opener).is_none() {
        return;
    }
    let runs = page.body.prose.iter().flat_map(|(_, runs)| runs).copied();
    let destinations = page.facts.links.iter().map(|link| link.span);
    for span in runs.chain(destinations) {
        let text = span.of(page.text);
        for at in memchr::memmem::find_iter(text.as_bytes(), opener) {
            // The tag may go on beyond the run, behind an emphasis mark of its own.
            let start = span.start as usize + at;
            let tag = page.text.get(start..).unwrap_or_default();
            if let Some(found) = name(tag).filter(|_| !in_code_span(page.text, start)) {
                let end = tag.find('}').map_or(2, |end| {
                    end + tag.get(end..).unwrap_or_default().bytes().take_while(|b| *b == b'}').count()
                });
                let whole = Span::new(start, start + end);
                if !page.model.reads_tag(whole.of(page.text), page.text.get(..start).unwrap_or_default()) {
                    other_generator(page, whole, found, report);
                }
            }
        }
    }
}

fn other_generator(page: &Page<'_>, span: Span, name: &str, report: &mut Reporter<'_>) {
    let tag = short(span.of(page.text));
    let message = format!(
        "`{tag}` is a tag of another generator: here `{name}` means nothing, and readers do not see what it stands for"
    );
    report.at(page.file(), span, message).help("write Markdown for it, or this generator's own tag").done();
}

/// The name in `{{< name … >}}` or `{{% name … %}}` at the start of the text.
fn shortcode(text: &str) -> Option<&str> {
    let (inside, closer) = match text.strip_prefix("{{<") {
        Some(inside) => (inside, ">}}"),
        None => (text.strip_prefix("{{%")?, "%}}"),
    };
    let line = inside.get(..inside.find(closer)?)?;
    let name = word(line.trim_start().trim_start_matches('/'));
    (!name.is_empty() && !line.contains('\n')).then_some(name)
}

/// The name in `{% name … %}` at the start of the text, where it is one that pages have.
fn liquid_tag(text: &str) -> Option<&str> {
    let inside = text.strip_prefix("{%")?;
    let line = inside.get(..inside.find("%}")?)?;
    let name = word(line.trim_start_matches('-').trim_start());
    (LIQUID.contains(&name) && !line.contains('\n')).then_some(name)
}

/// The letters, digits, `_` and `-` at the start.
fn word(text: &str) -> &str {
    let text = text.trim_start_matches(['-', ' ']);
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// At most so many characters of a tag, on one line.
fn short(tag: &str) -> String {
    let line = tag.lines().next().unwrap_or_default().trim_end();
    match line.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line.to_owned(),
    }
}

/// Not in a code block, a code span or a comment.
fn is_shown(page: &Page<'_>, span: Span) -> bool {
    !page.body.begins_in_code(span)
        && !page.body.begins_in_comment(span)
        && !in_code_span(page.text, span.start as usize)
}
