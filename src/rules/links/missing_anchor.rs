//! links/missing-anchor: the linked page has no heading or element with that id.

use serde_json::Value;

use super::anchor_places::Places;
use super::contributors::is_of_contributors;
use super::near_ids::{NearIds, is_other_form, is_same_id, lacks_selectors, without_slips};
use crate::finding::{Fix, Safety};
use crate::generators::heading_ids;
use crate::invisible;
use crate::network::web::Web;
use crate::page::links::{Form, Label, Link, LinkKind, Origin};
use crate::rules::rule::{Code, NetworkRule, Reporter, SiteRule};
use crate::severity::Severity;
use crate::site::Site;
use crate::site::anchors::Anchor;
use crate::site::destination::decode;
use crate::site::facts::PageFacts;
use crate::site::follow::resolve_text;
use crate::site::fragments::Elsewhere;
use crate::site::index::url_of;
use crate::site::shown::Shown;
use crate::site::target::Target;
use crate::site::translation::counterpart;
use crate::source::Span;

/// The title of a folder whose generator is not known.
const PLAIN: &str = "plain folder";
/// So many links that ask for ids of another form: code of the site may make them.
const HABIT: usize = 3;

#[derive(Clone, Copy)]
struct MissingAnchor;

/// A link whose fragment is nowhere.
struct Lost<'s> {
    page: &'s PageFacts,
    link: &'s Link,
    other: &'s PageFacts,
    fragment: &'s str,
    /// The id that was probably meant, and whether nothing else can be.
    near: Option<(String, bool)>,
    elsewhere: Option<&'s Elsewhere>,
    /// On the code host, where the page is read too, it is somewhere.
    works_there: bool,
}

impl Lost<'_> {
    fn is_sure_of_another_form(&self) -> bool {
        let is_one = |(id, sure): &(String, bool)| *sure && is_of_another_program(&decode(self.fragment), id);
        self.id_here().is_none() && self.near.as_ref().is_some_and(is_one)
    }

    /// The id that the heading has here which would have the wanted one elsewhere: of this the rules of both are known.
    fn id_here(&self) -> Option<&str> {
        self.elsewhere?.here.as_deref()
    }
}

/// True for an id that another program gives to the heading; no program drops but the signs of emoji that nobody sees.
fn is_of_another_program(wanted: &str, id: &str) -> bool {
    is_other_form(wanted, id) && !lacks_selectors(wanted, id)
}

/// True for an id that not every program would give.
fn is_odd(id: &str) -> bool {
    id.contains("--")
        || id.starts_with(['-', '_'])
        || id.ends_with('-')
        || !id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// True when a link of the site asks for an odd id, and it is there, or will be meant when this run has repaired the link:
/// the next run must not know more.
fn uses_odd_ids(site: &Site, lost: &[Lost<'_>]) -> bool {
    let is_repaired = |one: &Lost<'_>| match one.id_here() {
        Some(id) => is_odd(id),
        None => !one.is_sure_of_another_form() && one.near.as_ref().is_some_and(|(id, sure)| *sure && is_odd(id)),
    };
    lost.iter().any(is_repaired)
        || site.links().any(|(_, _, target)| match target {
            Target::Page { page, fragment: Some(fragment) } => {
                is_odd(&decode(fragment)) && !site.lacks(*page, fragment)
            }
            _ => false,
        })
}

/// True for `#Melee` on a page with a heading whose id is `melee`.
fn is_heading_in_other_letters(site: &Site, page: u32, fragment: &str) -> bool {
    let decoded = decode(fragment);
    let slug = heading_ids::github_slug(&decoded);
    let is = |id: &str| site.page(page).is_some_and(|page| page.anchors.known.iter().any(|anchor| &*anchor.id == id));
    slug != *decoded && !decoded.starts_with('^') && is(&slug) && !is(&decoded)
}

/// `section`, `section-2`, `_2`: what kramdown and Python-Markdown call headings in whose text they find no letter for an id.
fn is_counted(id: &str) -> bool {
    let rest = id.strip_prefix("section").map(|rest| rest.strip_prefix('-').unwrap_or(rest));
    let rest = rest.or_else(|| id.strip_prefix('_').filter(|rest| !rest.is_empty()));
    rest.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Makes the rule.
pub fn make(_: &Value) -> Result<Code, serde_json::Error> {
    Ok(Code::site_and_network(MissingAnchor))
}

impl SiteRule for MissingAnchor {
    fn check(&self, site: &Site, report: &mut Reporter<'_>) {
        super::menus::without_anchor(site, report);
        let mut ids = NearIds::new();
        let plain = site.generator.data().title == PLAIN;
        let mut lost: Vec<Lost<'_>> = Vec::new();
        for (page, link, target) in site.links() {
            let Target::Page { page: number, fragment: Some(fragment) } = target else { continue };
            let Some(other) = site.page(*number) else { continue };
            // `filter: url(#grey)` names a drawing, which layouts may bring, and no place.
            if matches!(link.form, Form::StyleUrl(_)) {
                continue;
            }
            // Nobody can follow `[](#part)`: that it has no text is what is wrong with it.
            if link.kind == LinkKind::Link && link.label == Label::Empty && !link.is_dynamic() {
                continue;
            }
            if other.anchors.views && matches!(link.origin, Origin::Html(_)) {
                continue;
            }
            let stays = site.model.settings().own_fragments_stay && link.destination.starts_with('#');
            let lacks = site.lacks(*number, fragment) || stays && is_heading_in_other_letters(site, *number, fragment);
            if lacks && !is_of_contributors(page, link, fragment) {
                let elsewhere = site.elsewhere.get(&(*number, decode(fragment).into()));
                if elsewhere.is_some_and(|elsewhere| elsewhere.who == Some("GitHub")) && page.is_for_code_host() {
                    continue;
                }
                // The site that shows the page has ids of its own making.
                if elsewhere.is_some() && other.front.is_some() && site.model.settings().front_matter_is_for_elsewhere {
                    continue;
                }
                let wanted = decode(fragment);
                let mut near = match without_slips(&other.anchors, &wanted) {
                    Some(id) if other.anchors.known.iter().any(|anchor| &*anchor.id == id) => {
                        Some((id.to_owned(), true))
                    }
                    Some(bare) => ids.nearest(*number, &other.anchors, bare),
                    None => ids.nearest(*number, &other.anchors, &wanted),
                };
                // There a link needs the heading's words, and another slug is as dead.
                if site.model.settings().headings_by_words
                    && link.origin != Origin::WikiLink
                    && let Some((_, sure)) = &mut near
                {
                    *sure = false;
                }
                near = near.filter(|(id, _)| page.file != other.file || !stands_at(page, link, id));
                if plain && let Some((id, sure)) = &mut near {
                    *sure &= !is_of_another_program(&decode(fragment), id);
                }
                // Who reads the page where the code is gets there by the old id.
                let read_there = site.model.settings().bare_pages_are_read && other.front.is_none();
                let works_there = read_there && elsewhere.is_some_and(|elsewhere| elsewhere.who == Some("GitHub"));
                let near = near
                    .or_else(|| by_its_text(page, link))
                    .or_else(|| in_translation(site, other, &decode(fragment)))
                    .filter(|_| !site.model.settings().ids_respelt);
                lost.push(Lost { page, link, other, fragment, near, elsewhere, works_there });
            }
        }
        let copied;
        (copied, lost) =
            lost.into_iter().partition(|one| one.page.file == one.other.file && one.page.copied_from().is_some());
        left_at_the_source(&copied, report);
        if lost.iter().filter(|one| one.is_sure_of_another_form()).count() >= HABIT && !uses_odd_ids(site, &lost) {
            let others = lost.iter_mut().filter(|one| one.is_sure_of_another_form());
            others.filter_map(|one| one.near.as_mut()).for_each(|(_, sure)| *sure = false);
        }
        let places = Places::new(site, || lost.iter().filter(|one| one.near.is_none()).map(|one| one.fragment));
        for one in lost {
            if one.near.is_none() && is_path(site, one.page, one.link) {
                stray_hash(one.page, one.link, report);
                continue;
            }
            say(site, one, &places, report);
        }
    }
}

/// Places of pages that were clipped from elsewhere, to which only the original has a way: one cause, and told once.
fn left_at_the_source(lost: &[Lost<'_>], report: &mut Reporter<'_>) {
    let Some(Lost { page, link, fragment, .. }) = lost.first() else { return };
    let source = page.copied_from().unwrap_or_default().split('#').next().unwrap_or_default();
    let message = match lost.len() {
        1 => format!("`#{fragment}` is a place of the page that this one was clipped from, and not of the copy"),
        2 => format!(
            "`#{fragment}` is a place of the page that this one was clipped from, and not of the copy: so is another in such a page"
        ),
        count => format!(
            "`#{fragment}` is a place of the page that this one was clipped from, and not of the copy: so are {} others in such pages",
            count - 1
        ),
    };
    let help = format!("write `{source}#{fragment}`");
    report.at(&page.file, link.place(), message).help(help).at_most(Severity::Hint).done();
}

/// True for the id of the heading that the link is in, or of an `<a id="…">` right behind it: nobody links a place to itself.
fn stands_at(page: &PageFacts, link: &Link, id: &str) -> bool {
    const TAG: std::ops::RangeInclusive<u32> = 6..=12;
    let known = page.anchors.known.iter().filter(|anchor| &*anchor.id == id);
    let mut spans = known.map(|anchor| anchor.span);
    let is_behind = |start: u32| start.checked_sub(link.whole.end).is_some_and(|between| TAG.contains(&between));
    spans.any(|at| at.overlaps(link.whole) || at.len() == id.len() && is_behind(at.start))
}

/// The heading whose words a link into its own page shows.
fn by_its_text(page: &PageFacts, link: &Link) -> Option<(String, bool)> {
    let text = Shown::of(&page.named, link)?;
    let anchor = page.anchors.with_words(text).filter(|anchor| !anchor.span.overlaps(link.whole))?;
    Some((anchor.id.to_string(), true))
}

/// The heading of a translated page that stands where the original has the wanted one.
fn in_translation(site: &Site, page: &PageFacts, wanted: &str) -> Option<(String, bool)> {
    let originals = site.model.settings().languages.iter().filter_map(|tag| counterpart(site, page, tag));
    let others = originals.filter(|other| other.file != page.file);
    let mut same = others.filter(|other| other.anchors.known.len() == page.anchors.known.len());
    let at = same.find_map(|other| other.anchors.known.iter().position(|anchor| is_same_id(&anchor.id, wanted)))?;
    page.anchors.known.get(at).map(|anchor| (anchor.id.to_string(), false))
}

/// `#guides/setup.md#part`: what follows the sign is the path of a page.
fn is_path(site: &Site, page: &PageFacts, link: &Link) -> bool {
    let behind = link.destination.strip_prefix('#').filter(|rest| rest.contains('.'));
    behind.is_some_and(|rest| match resolve_text(site, page, rest) {
        Target::Page { page, fragment } => fragment.is_none_or(|id| !site.lacks(page, &id)),
        _ => false,
    })
}

fn stray_hash(page: &PageFacts, link: &Link, report: &mut Reporter<'_>) {
    let right = link.destination.trim_start_matches('#');
    let fix = link
        .rewrite(right)
        .map(|text| Fix::replace(format!("write `{right}`"), Safety::Unsafe, &page.file, link.span, text));
    report
        .at(
            &page.file,
            link.place(),
            format!("`{}` is a place in this page, and a page of that name was meant", link.destination),
        )
        .help(format!("write `{right}`"))
        .maybe_fix(fix)
        .done();
}

impl NetworkRule for MissingAnchor {
    fn reads_pages(&self) -> bool {
        true
    }

    fn check(&self, web: &Web<'_>, report: &mut Reporter<'_>) {
        super::remote_anchor::check(web, report);
    }
}

/// What to do about a heading whose level gets no id here.
fn without_id(site: &Site, lost: &Lost<'_>) -> Option<String> {
    let settings = site.model.settings();
    if settings.heading_ids.marks(1) || lost.elsewhere?.here.is_some() {
        return None;
    }
    let own = &site.generator.data().title;
    let is_title = |heading: &str| heading_ids::github_slug(heading) == decode(lost.fragment);
    Some(match lost.other.heading.as_deref().is_some_and(is_title) {
        true => format!("{own} gives a page's title no id: leave the fragment away"),
        false => format!("{own} gives a heading with one `#` no id: write it with `##`"),
    })
}

fn say(site: &Site, lost: Lost<'_>, places: &Places<'_>, report: &mut Reporter<'_>) {
    let own: &str = &site.generator.data().title;
    let without_id = without_id(site, &lost);
    let Lost { page, link, other, fragment, mut near, elsewhere, works_there } = lost;
    let wanted = decode(fragment);
    // Of a counted id only the digit is like what was wanted.
    near = near.filter(|(id, _)| !is_counted(id) || is_counted(&wanted));
    let here = page.file == other.file;
    let place = match (here, &other.place.url, &other.place.output) {
        (true, ..) => "this page".to_owned(),
        (_, Some(url), _) => format!("`{url}`"),
        (_, None, Some(output)) => format!("`{}`", url_of(output)),
        _ => format!("`{}`", other.path),
    };
    // Wiki links name headings by their text, not by an id.
    let by_text = link.destination.rsplit_once('#').filter(|_| link.origin == Origin::WikiLink);
    // `[[#<font color="#ff0">Name</font>]]`: the second sign ends the name of the heading.
    let torn = by_text.filter(|(before, _)| before.contains("#<")).and_then(|_| link.destination.split_once('#'));
    let mut message = match torn.or(by_text) {
        Some((_, block)) if block.starts_with('^') => {
            format!("{place} has no block `{}`", block.trim_end_matches('\\').trim())
        }
        Some((_, heading)) => format!("{place} has no heading `{}`", heading.trim_end_matches('\\').trim()),
        None => format!("{place} has no heading or element with the id `{wanted}`"),
    };
    if let Some(Elsewhere { who, here }) = elsewhere.filter(|_| by_text.is_none()) {
        // Whatever publishes a plain folder makes ids of its own, perhaps just these.
        let plain = own == PLAIN;
        // Of the programs that would give it, people who read at a code host need not hear.
        let would = match who {
            Some(who) if !plain => format!("{who} would give it, "),
            _ => String::new(),
        };
        let own = if plain { "GitHub" } else { own };
        let own = if Some(own) == *who { "this configuration" } else { own };
        match here {
            Some(id) if who.is_none() => {
                message.push_str(&format!(": the heading of these words has the id `{id}`"));
                near = Some((id.to_string(), true));
            }
            // Some themes give the title no id, though its text would have one.
            Some(id) if **id != *wanted => {
                message.push_str(&format!(": {would}{own} gives `#{id}`"));
                // `_2` is the id of another heading as soon as one is put in front.
                let counted = !id.contains(char::is_alphabetic);
                // Of `404-page` and `500-page` that program makes `page` and `page-1`.
                let ends_so = |anchor: &&Anchor| {
                    anchor.id.strip_suffix(&*wanted).is_some_and(|before| before.ends_with(['-', '_']))
                };
                let several = other.anchors.known.iter().filter(ends_so).count() > 1;
                let by_rule = !plain && !counted && !several && !loses_letters(id, &wanted);
                let sure = (by_rule || lacks_selectors(&wanted, id)) && !works_there;
                near = Some((id.to_string(), sure));
            }
            _ => message.push_str(&format!(": {would}{own} gives that heading none")),
        }
    }
    let unnamed = near.as_ref().is_some_and(|(id, _)| is_counted(id));
    let near = near.filter(|_| !unnamed).map(|(id, sure)| (visible(&id), sure));
    let help = match &near {
        _ if torn.is_some() => {
            "leave the `#` inside the heading's name out of the link: Obsidian does not mind".to_owned()
        }
        _ if unnamed => format!("give that heading an id of its own, `{{#{wanted}}}`: this one is only a number"),
        Some((id, _)) if by_text.is_some() => format!("did you mean the heading whose id is `{id}`?"),
        Some((id, _)) if id.contains(char::is_whitespace) => {
            format!("no id may hold a blank: write `{wanted}` in place of `{id}` where the element is")
        }
        Some((id, _)) => format!("did you mean `#{id}`?"),
        None => without_id.unwrap_or_else(|| places.help(other, &wanted)),
    };
    let fix = near.as_ref().filter(|_| by_text.is_none()).and_then(|(id, sure)| {
        let (before, _) = link.destination.split_once('#')?;
        let text = rewritten(link, before, id)?;
        // `id="#part"` is itself the mistake.
        let safety = if *sure && !id.starts_with('#') && !id.contains(char::is_whitespace) {
            Safety::Safe
        } else {
            Safety::Manual
        };
        Some(Fix::replace(format!("write `#{id}`"), safety, &page.file, link.span, text))
    });
    let draft = report.at(&page.file, link.place(), message).at_most(page.severity_of_dead_links());
    let draft = if here { draft } else { draft.related(&other.file, Span::FILE, "the page that is linked to") };
    draft.help(help).maybe_fix(fix).done();
}

/// The destination with another fragment; of one that a template tag begins, what stands before the fragment stays.
fn rewritten(link: &Link, before: &str, id: &str) -> Option<String> {
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    let as_written = link.span.len() == link.destination.len();
    if link.is_dynamic() {
        return (as_written && plain(id)).then(|| format!("{before}#{id}"));
    }
    link.rewrite(&format!("{before}#{id}"))
}

/// True when the id has letters of another script where the one that is asked for has none: what an algorithm makes of a
/// translated heading by dropping most of it is as likely the id that the original's heading has.
fn loses_letters(id: &str, wanted: &str) -> bool {
    let foreign = |text: &str| text.chars().any(|c| !c.is_ascii() && c.is_alphabetic());
    foreign(id) && !foreign(wanted)
}

/// The id as it is written in an address: what nobody sees is written in numbers.
fn visible(id: &str) -> String {
    let mut text = String::with_capacity(id.len());
    for c in id.chars() {
        if invisible::name(c).is_some() || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{a0}') {
            c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| text.push_str(&format!("%{byte:02X}")));
        } else {
            text.push(c);
        }
    }
    text
}
