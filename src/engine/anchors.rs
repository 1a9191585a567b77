//! The ids of a page: what its headings, its HTML and its attribute lists give.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::glued;
use crate::generators::Model;
use crate::generators::heading_ids::{self, Algorithm, HeadingText, Kind, Run, Slugger, raw_content};
use crate::generators::note_blocks;
use crate::hash::Set;
use crate::page::body::Body;
use crate::page::headings::{Heading, PieceKind, Within};
use crate::page::links::AnchorSource;
use crate::page::templates::{Syntax, TemplateCall};
use crate::site::anchors::{Anchor, Anchors};
use crate::source::Span;

/// Collects them.
pub fn of(text: &str, body: &Body, model: &dyn Model, is_mdx: bool) -> Anchors {
    let algorithm = model.settings().heading_ids;
    let mut anchors = Anchors { footnotes: !body.footnotes.is_empty(), ..Anchors::default() };
    anchors.open = algorithm == Algorithm::Unknown && !body.headings.is_empty();
    anchors.open |= is_mdx && holds_computed_id(text);
    anchors.bare = model.settings().leaves_out_ids && !body.headings.is_empty();
    let mut known: Vec<Anchor> = Vec::with_capacity(body.headings.len() + body.anchors.len());
    let glued = matches!(algorithm, Algorithm::Redcarpet | Algorithm::Kramdown);
    anchors.open |= glued && has_glued_heading(text, body, algorithm == Algorithm::Redcarpet);
    let mut slugger = slugger(body, algorithm);
    let mut others: Vec<Slugger> =
        algorithm.also_accepted().iter().chain(model.settings().also_ids).map(|other| Slugger::new(*other)).collect();
    let mut whole = model.settings().whole_headings.then(|| Slugger::new(algorithm));
    let mut reused = HeadingText::default();
    for heading in &body.headings {
        if let Some(explicit) = &heading.id {
            slugger.reserve(&explicit.id);
            whole.iter_mut().for_each(|whole| whole.reserve(&explicit.id));
            others.iter_mut().for_each(|other| other.reserve(&explicit.id));
            if algorithm.marks(heading.level) {
                known.push(Anchor { id: explicit.id.clone(), span: explicit.span });
            }
            continue;
        }
        // A code host drops what is no element; elsewhere each plugin makes something else of it.
        let may_be_component = match algorithm {
            Algorithm::GithubSlugger => is_mdx || !model.settings().folders,
            Algorithm::GatsbyAutolink
            | Algorithm::GatsbyAutolinkTypographic
            | Algorithm::GatsbyAutolinkOld
            | Algorithm::GatsbyAutolinkTypographicOld => is_mdx,
            _ => false,
        };
        anchors.open |= heading.dynamic || may_be_component && holds_component(text, heading);
        fill(&mut reused, text, heading);
        if model.settings().headings_by_words {
            // `## [[note|name]]` is asked for by both words, `## Rights [^rights]` and `## <select>` by all that is written.
            let said = heading.span.of(text);
            anchors.accepted.extend(said.contains(['[', '<']).then(|| heading_ids::github_slug(said).into()));
        }
        if model.settings().dialect.emoji {
            reused.runs.iter_mut().for_each(without_emoji);
        }
        if algorithm == Algorithm::GithubSlugger
            && !model.settings().folders
            && reused.runs.iter().any(|run| run.kind == Kind::Html)
        {
            // Plugins of remark count tags in a heading for its text: `<a name="x"></a>Old` is `a-namexaold`.
            let said = reused.runs.iter().map(|run| if run.kind == Kind::Html { run.source } else { &*run.text });
            anchors.accepted.push(heading_ids::github_slug(&said.collect::<String>()).into());
        }
        let id = slugger.id(&reused).filter(|_| algorithm.marks(heading.level));
        for other in &mut others {
            let accepted = other.id(&reused).filter(|accepted| Some(accepted) != id.as_ref());
            anchors.accepted.extend(accepted.map(Into::into));
        }
        if let Some(whole) = &mut whole {
            reused.runs.iter_mut().for_each(|run| run.within = Within::default());
            let accepted = whole.id(&reused).filter(|accepted| Some(accepted) != id.as_ref());
            anchors.accepted.extend(accepted.map(Into::into));
        }
        known.extend(id.map(|id| Anchor { id: id.into(), span: heading.span }));
    }
    if matches!(algorithm, Algorithm::Zola | Algorithm::ZolaUnslugged) {
        // pulldown-cmark's own footnotes have their label as id.
        anchors.accepted.extend(body.footnotes.iter().map(|label| label.of(text).into()));
    }
    // Who links to what the program is told to leave out has another program, or another configuration: old Hugo kept it.
    anchors.accepted.extend(body.dropped_ids.iter().cloned());
    anchors.accepted.extend(glued::ids(text, body, algorithm));
    let on_github = model.settings().folders && algorithm == Algorithm::GithubSlugger;
    if on_github {
        // `Support {#support}`: the text is for another program, whose id this is (Doxygen, Pandoc).
        let ids = body.headings.iter().filter_map(|heading| {
            let line = heading.span.of(text).lines().next()?.trim_end_matches([' ', '#']);
            let (_, id) = line.strip_suffix('}')?.rsplit_once("{#")?;
            (!id.is_empty() && !id.contains(char::is_whitespace)).then(|| id.into())
        });
        anchors.accepted.extend(ids);
    }
    let written = body.anchors.iter().filter(|anchor| on_github || anchor.source != AnchorSource::NameOfOther);
    let (shapes, written): (Vec<_>, Vec<_>) = written.partition(|anchor| anchor.source == AnchorSource::Shape);
    anchors.accepted.extend(shapes.into_iter().map(|anchor| anchor.id.clone()));
    known.extend(written.into_iter().map(|anchor| Anchor { id: anchor.id.clone(), span: anchor.span }));
    if algorithm.is_pandoc() {
        // A note may be written where it belongs: `^[text]`.
        anchors.footnotes |= memchr::memmem::find(text.as_bytes(), b"^[").is_some();
        cells(text, body, &mut anchors, &mut known);
    }
    let settings = model.settings();
    anchors.open |= settings.comments_become_elements && !body.comments.is_empty();
    if settings.more_is_an_id && body.comments.iter().any(|comment| is_more(comment.of(text))) {
        anchors.accepted.push("more".into());
    }
    anchors.open |= settings.dialect.tab_ids && memchr::memmem::find(text.as_bytes(), b"=== \"").is_some();
    // An include or a shortcode of one's own may bring elements with ids.
    let is_snippet = |call: &TemplateCall| call.name.of(text).starts_with('-');
    let brings = |call: &&TemplateCall| !call.in_destination && !model.brings_nothing(call, text);
    anchors.open |= body.calls.iter().filter(brings).any(|call| !is_snippet(call));
    anchors.open |= settings.makes_pages && body.code_blocks.iter().any(|block| is_run(block.of(text)));
    anchors.open |= loop_makes_elements(text, body);
    anchors.open |= prints_markdown(text, body);
    anchors.open |= model.settings().definition_term_ids && text.contains("\n: ");
    anchors.open |= model.settings().components && has_component(text, body);
    if model.settings().dialect.wikilinks {
        let blocks = note_blocks::of(text).map(|name| name.to_lowercase().into());
        anchors.accepted.extend(blocks);
    }
    anchors.views = model.settings().dialect.wikilinks && body.code_blocks.iter().any(|block| is_view(block.of(text)));
    anchors.includes = body
        .comments
        .iter()
        .any(|comment| comment.of(text).trim_start_matches("<!--").trim_start().starts_with("@include"))
        || body.calls.iter().any(is_snippet);
    anchors.known = known;
    anchors
}

/// Source: hexo 8.1, `lib/plugins/filter/after_post_render/excerpt.js`.
fn is_more(comment: &str) -> bool {
    let inside = comment.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")).unwrap_or_default();
    inside.trim_matches(' ').eq_ignore_ascii_case("more")
}

/// True where code in a page of MDX puts an element's id together: `` id={`note-${number}`} ``.
fn holds_computed_id(text: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), b" id={").any(|at| {
        let value = text.get(at + " id={".len()..).unwrap_or_default().trim_start();
        !value.starts_with(['"', '\'']) && !value.starts_with('`')
            || value.split('}').next().is_some_and(|v| v.contains("${"))
    })
}

/// True when a line is a heading for Redcarpet alone, which needs no blank after the `#`, or when underscores in a
/// heading may be emphasis, as they are for Redcarpet unless it is told otherwise.
fn has_glued_heading(text: &str, body: &Body, emphasis_counts: bool) -> bool {
    let lines = memchr::memchr_iter(b'#', text.as_bytes())
        .filter(|at| at.checked_sub(1).is_none_or(|before| text.as_bytes().get(before) == Some(&b'\n')));
    let glued = |at: usize| {
        let rest = text.get(at..).unwrap_or_default().trim_start_matches('#');
        rest.starts_with(|c: char| !c.is_whitespace()) && !body.begins_in_code(Span::new(at, at))
    };
    let emphasis = |heading: &Heading| heading.content.of(text).matches('_').count() > 1;
    lines.into_iter().any(glued) || emphasis_counts && body.headings.iter().any(emphasis)
}

/// True when a component stands in the heading.
fn holds_component(text: &str, heading: &Heading) -> bool {
    let opens =
        |source: &str| source.strip_prefix('<').is_some_and(|name| name.starts_with(|c: char| c.is_ascii_uppercase()));
    heading.pieces.iter().any(|piece| piece.kind == PieceKind::Html && opens(piece.span.of(text)))
}

/// For a new page. Some generators look for ids that headings name themselves before they make any.
fn slugger(body: &Body, algorithm: Algorithm) -> Slugger {
    let mut slugger = Slugger::new(algorithm);
    if algorithm.reserves_first() {
        // Whatever else in the page has an id of an attribute list counts too where ids are taken by name.
        let written = body.anchors.iter().filter(|anchor| anchor.source == AnchorSource::AttributeList);
        let headings = body.headings.iter().filter_map(|heading| heading.id.as_ref());
        headings.chain(written).for_each(|id| slugger.reserve(&id.id));
    }
    slugger
}

/// What an algorithm would make of the headings that name their own id, each with that id.
pub fn ids_by_text(text: &str, body: &Body, algorithm: Algorithm) -> Vec<(String, String)> {
    let named = body.headings.iter().filter_map(|heading| Some((heading, heading.id.as_ref()?)));
    let ids = named.filter_map(|(heading, own)| {
        let mut pieces = HeadingText::default();
        fill(&mut pieces, text, heading);
        Some((Slugger::new(algorithm).id(&pieces)?, own.id.to_string()))
    });
    ids.filter(|(id, _)| !id.is_empty()).collect()
}

/// The id of each heading under an algorithm; a heading that names its own has none here.
pub fn ids(text: &str, body: &Body, algorithm: Algorithm) -> Vec<Option<String>> {
    let mut slugger = slugger(body, algorithm);
    let mut ids = Vec::with_capacity(body.headings.len());
    for heading in &body.headings {
        if let Some(explicit) = &heading.id {
            slugger.reserve(&explicit.id);
            ids.push(None);
            continue;
        }
        let mut pieces = HeadingText::default();
        fill(&mut pieces, text, heading);
        ids.push(slugger.id(&pieces));
    }
    ids
}

/// True when a loop repeats headings, ids or definitions: what it makes of them is not known.
fn loop_makes_elements(text: &str, body: &Body) -> bool {
    let calls = || body.calls.iter().filter(|call| !call.in_destination);
    let Some(first) = calls().find(|call| call.name.of(text) == "for") else { return false };
    let last = calls().rfind(|call| call.name.of(text) == "endfor").unwrap_or(first);
    let looped = Span { start: first.span.end, end: last.span.start.max(first.span.end) };
    let said = looped.of(text);
    body.headings.iter().any(|heading| looped.overlaps(heading.span))
        || ["id=", "]:", "#"].iter().any(|sign| said.contains(sign))
}

/// True where a value is rendered as Markdown and put out: `{{ site.data.guide | markdownify }}`.
fn prints_markdown(text: &str, body: &Body) -> bool {
    body.calls.iter().any(|call| call.syntax == Syntax::Output && !call.in_destination)
        && memchr::memmem::find(text.as_bytes(), b"markdownify").is_some()
}

/// True for code that `markdown-exec` runs, to put what it writes in its place: ```` ```python exec="on" ````.
fn is_run(block: &str) -> bool {
    block.lines().next().is_some_and(|line| line.contains(" exec=\"") || line.contains(" exec='"))
}

/// True for code that a plugin of a vault runs where it stands, to show what it writes.
///
/// Source: the documentation of the plugins Dataview, Datacore and JS Engine.
fn is_view(block: &str) -> bool {
    const RUN: [&str; 6] = ["dataviewjs", "datacorejs", "datacorejsx", "datacorets", "datacoretsx", "js-engine"];
    let first = block.lines().next().unwrap_or_default();
    RUN.contains(&first.trim_start_matches(['`', '~']).trim())
}

/// True where a component stands on a line of its own that the page imports, or that is all it has: a link between pages
/// leads to what it shows.
fn has_component(text: &str, body: &Body) -> bool {
    let imported = OnceCell::new();
    let imports = |name: &str| imported.get_or_init(|| imported_names(text)).contains(name);
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| {
        let rest = text.get(at + 1..).unwrap_or_default();
        if !rest.starts_with(|c: char| c.is_ascii_uppercase()) {
            return false;
        }
        let name = rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let before = text.get(..at).unwrap_or_default().trim_end_matches([' ', '\t']);
        (before.is_empty() || before.ends_with('\n'))
            && (body.headings.is_empty() || imports(name))
            && !body.begins_in_code(Span::new(at, at))
    })
}

/// The names of `import Name from …`.
fn imported_names(text: &str) -> Set<&str> {
    const IMPORT: &str = "import ";
    let imports = memchr::memmem::find_iter(text.as_bytes(), IMPORT);
    imports.filter_map(|at| Some(text.get(at + IMPORT.len()..)?.split_once(' ')?.0)).collect()
}

/// Hands a heading to the id algorithm in the pieces that it knows.
fn fill<'a>(to: &mut HeadingText<'a>, text: &'a str, heading: &'a Heading) {
    // From the first to the last sign, those of a link at its edge included; but for an attribute list behind it.
    let whole = raw_content(heading.span.of(text));
    to.restart(if whole.ends_with('}') { raw_content(heading.content.of(text)) } else { whole });
    to.nested_in_html = heading.nested;
    to.level = heading.level;
    let mut from = 0;
    for piece in &heading.pieces {
        let end = piece.end as usize;
        let said = heading.text.get(from..end).unwrap_or_default();
        from = end;
        let source = piece.span.of(text);
        let within = piece.within;
        let plain = if piece.linked { Kind::LinkText } else { Kind::Text };
        let kind = match piece.kind {
            PieceKind::Text if source.starts_with('&') && source != said => Kind::Reference,
            PieceKind::Text if escaped(text, piece.span.start as usize) && said == source => {
                let first = said.chars().next().map_or(0, char::len_utf8);
                let (one, rest) = said.split_at(first);
                to.runs.push(Run { kind: Kind::Escaped, text: Cow::Borrowed(one), source: one, within });
                to.runs.push(Run { kind: plain, text: Cow::Borrowed(rest), source: rest, within });
                continue;
            }
            PieceKind::Text => plain,
            PieceKind::Code => Kind::Code,
            PieceKind::Alt => Kind::ImageAlt,
            PieceKind::Autolink => Kind::Autolink,
            PieceKind::Break => Kind::Break,
            PieceKind::Html | PieceKind::Template => Kind::Html,
            PieceKind::Footnote => Kind::Footnote,
        };
        let said = if piece.kind == PieceKind::Break { "\n" } else { said };
        to.runs.push(Run { kind, text: Cow::Borrowed(said), source, within });
    }
}

/// Cells of code name their output: `#| label: fig-x`. One that prints Markdown may bring any heading.
fn cells(text: &str, body: &Body, anchors: &mut Anchors, known: &mut Vec<Anchor>) {
    for block in &body.code_blocks {
        let code = block.of(text);
        if !code.starts_with("```{") {
            continue;
        }
        anchors.open |= code.contains("asis");
        let options = code.lines().skip(1).map_while(|line| line.trim_start().split_once("| "));
        let labels = options.filter_map(|(_, option)| option.strip_prefix("label:"));
        known.extend(labels.map(|label| Anchor { id: label.trim().trim_matches('"').into(), span: *block }));
    }
}

/// Takes `:name:` out of a text.
fn without_emoji(run: &mut Run<'_>) {
    if !matches!(run.kind, Kind::Text | Kind::LinkText) || !run.text.contains(':') {
        return;
    }
    let is_name = |name: &str| {
        // `10:30:00` holds none.
        let is_number = name.bytes().all(|b| b.is_ascii_digit()) && !matches!(name, "100" | "1234");
        !is_number && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+'))
    };
    let mut out = String::with_capacity(run.text.len());
    let mut rest = &*run.text;
    while let Some((before, after)) = rest.split_once(':') {
        out.push_str(before);
        match after.split_once(':') {
            // Nor does `std::vector::push`.
            Some((name, tail)) if is_name(name) && !out.ends_with(':') => rest = tail,
            _ => {
                out.push(':');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    run.text = Cow::Owned(out);
}

/// True when a backslash protects the byte at `at`.
fn escaped(text: &str, at: usize) -> bool {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}
