//! The page behind a URL, as far as a link needs to know it: whether it has the wanted ids, its title, how much it says.
//!
//! Of the ids only what links ask for is kept: a page may have a hundred thousand, and a run thousands of pages.

mod reader;

use std::collections::{BTreeMap, BTreeSet};

use super::answer::Response;
use crate::hash::Map;
use reader::Reader;

pub use reader::title;

/// What a page holds.
#[derive(Debug, Clone, Default)]
pub struct RemotePage {
    /// Its title, blanks folded, cut where no title is so long.
    pub title: String,
    /// So many bytes of it are text that a reader sees.
    pub visible: usize,
    fragments: BTreeMap<String, (Fragment, Option<String>)>,
}

/// What is known of a fragment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fragment {
    /// The page has it.
    Found,
    /// It has not.
    Missing,
    /// That cannot be known.
    Unknown,
}

impl RemotePage {
    /// Of a response that has a page of HTML; `wanted` are the fragments that links ask for, decoded, without `#`.
    #[must_use]
    pub fn of(response: &Response, wanted: &BTreeSet<String>) -> Option<RemotePage> {
        let kind = response.headers.content_type();
        let html = kind.as_deref().is_none_or(|kind| matches!(kind, "text/html" | "application/xhtml+xml"));
        let body = response.body.as_ref().filter(|_| html)?;
        let reader = Reader::read(&body.text);
        // What was not read whole, or what scripts fill, may have an id that is not here.
        let open = body.truncated || reader.is_filled_by_scripts(body.text.len());
        let fragments = sought(&reader, open, wanted);
        Some(RemotePage { visible: reader.visible, title: reader.title(), fragments })
    }

    /// True for a page that says that it is none.
    #[must_use]
    pub fn says_missing(&self) -> bool {
        let title = self.title.to_lowercase();
        let says = |what: &&str| title.contains(what);
        const WORDS: [&str; 12] = [
            "404",
            "page not found",
            "not found",
            "page introuvable",
            "page non trouvée",
            "seite nicht gefunden",
            "página no encontrada",
            "pagina non trovata",
            "página não encontrada",
            "does not exist",
            "n'existe pas",
            "no longer available",
        ];
        WORDS.iter().any(says)
    }

    /// Whether a fragment that was wanted leads somewhere in the page; what was not wanted is not known.
    #[must_use]
    pub fn fragment(&self, fragment: &str) -> Fragment {
        self.fragments.get(fragment).map_or(Fragment::Unknown, |(state, _)| *state)
    }

    /// The id that was probably meant: the only one that is the same but for case and punctuation.
    #[must_use]
    pub fn near(&self, fragment: &str) -> Option<&str> {
        self.fragments.get(fragment)?.1.as_deref()
    }
}

/// The state of each wanted fragment; one look at all ids, however many are wanted.
fn sought(reader: &Reader, open: bool, wanted: &BTreeSet<String>) -> BTreeMap<String, (Fragment, Option<String>)> {
    let mut alike: Option<Map<String, Option<&str>>> = None;
    let mut state = |fragment: &String| {
        let has = |id: &str| reader.ids.contains(id);
        // GitHub and others give ids from readers' texts a prefix, and a script leads there.
        let prefixed =
            || has(&format!("user-content-{fragment}")) || has(&format!("user-content-{}", fragment.to_lowercase()));
        if fragment.is_empty() || fragment.eq_ignore_ascii_case("top") || has(fragment) || prefixed() {
            return (Fragment::Found, None);
        }
        let made = reader.has_scripts && (is_comment(fragment) || is_line(fragment));
        if open || made || reader.ids.is_empty() {
            return (Fragment::Unknown, None);
        }
        let alike = alike.get_or_insert_with(|| by_letters(reader));
        let key = letters(fragment);
        let near = alike.get(&key).copied().flatten().filter(|_| !key.is_empty());
        (Fragment::Missing, near.map(str::to_owned))
    };
    wanted.iter().map(|fragment| (fragment.clone(), state(fragment))).collect()
}

/// Comments come from services that a script asks.
fn is_comment(fragment: &str) -> bool {
    ["comment", "disqus", "issuecomment-", "note_"].iter().any(|start| fragment.starts_with(start))
}

/// `L12`, `L12-L20`, `l12`, `lines-12:20`, `12`: lines of a file, which a script of the code's host shows.
fn is_line(fragment: &str) -> bool {
    let number =
        ["lines-", "line-", "L", "l", "n"].iter().find_map(|start| fragment.strip_prefix(start)).unwrap_or(fragment);
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && number.get(digits..).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', ':', ',']))
}

/// The ids by their letters and digits; nothing where two have the same.
fn by_letters(reader: &Reader) -> Map<String, Option<&str>> {
    let mut alike = Map::default();
    for id in &reader.ids {
        alike.entry(letters(id)).and_modify(|known| *known = None).or_insert(Some(&**id));
    }
    alike
}

fn letters(id: &str) -> String {
    id.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: [&str; 9] = ["old", "read-me", "", "top-one", "other", "x", "a", "é", "comment-5"];

    fn page(text: &str) -> RemotePage {
        let response = Response::new(200).with("content-type", "text/html; charset=utf-8").text(text);
        RemotePage::of(&response, &WANTED.map(str::to_owned).into()).unwrap()
    }

    #[test]
    fn ids_and_names() {
        let page =
            page("<title> A\n page </title><h1 id=Top-One>x</h1><a name='old'></a><p id=\"user-content-read-me\">");
        assert_eq!(page.title, "A page");
        assert_eq!(page.fragment("old"), Fragment::Found);
        assert_eq!(page.fragment("read-me"), Fragment::Found);
        assert_eq!(page.fragment(""), Fragment::Found);
        assert_eq!(page.fragment("top-one"), Fragment::Missing);
        assert_eq!(page.near("top-one"), Some("Top-One"));
        assert_eq!(page.near("other"), None);
    }

    #[test]
    fn what_scripts_make_is_not_known() {
        assert_eq!(page("<div id=root></div><script src=x></script>").fragment("x"), Fragment::Unknown);
        assert_eq!(page("<p>text</p>").fragment("x"), Fragment::Unknown);
        assert_eq!(page("<a href='#later'>x</a><p id=a></p>").fragment("x"), Fragment::Unknown);
        assert_eq!(page("<a href='#a'>x</a><p id=a></p>").fragment("x"), Fragment::Missing);
    }

    #[test]
    fn headings_without_ids_may_get_them_from_a_script() {
        let script = "<script src=x></script>";
        let of = |text: &str| page(text).fragment("x");
        assert_eq!(of(&format!("<p id=a></p><h2>One</h2><h2>Two</h2>{script}")), Fragment::Unknown);
        assert_eq!(of("<p id=a></p><h2>One</h2><h2>Two</h2>"), Fragment::Missing, "no script");
        for own in [
            "<h2 id=one>One</h2><h3 id=two>Two</h3><h4>Aside</h4>",
            "<section id=one><h2>One</h2></section><a name=two></a>\n<h2>Two</h2>",
            "<h2><a id=one></a>One</h2><h2>Two <b id=two>!</b></h2>",
            "<div><h2>One</h2><a id=user-content-one></a></div>",
        ] {
            assert_eq!(of(&format!("{own}{script}")), Fragment::Missing, "{own}");
        }
        let comments = |text: &str| page(text).fragment("comment-5");
        assert_eq!(comments(&format!("<h2 id=a>x</h2>{script}")), Fragment::Unknown);
        assert_eq!(comments("<h2 id=a>x</h2>"), Fragment::Missing);
        for line in ["L12", "L12-L20", "l7", "lines-12:20", "12"] {
            assert!(is_line(line), "{line}");
        }
        assert!(!is_line("Lists") && !is_line("2020s") && !is_line("l") && !is_line("3d-printing"));
    }

    #[test]
    fn ids_count_as_they_are_and_decoded() {
        assert_eq!(page("<h2 id='%C3%A9'>x</h2>").fragment("é"), Fragment::Found);
        assert_eq!(page("<h2 id='é'>x</h2>").fragment("é"), Fragment::Found);
    }

    #[test]
    fn only_what_a_reader_sees_counts_as_text() {
        let page = page("<title>T</title><style>p {}</style><p>one</p><script>var x = '<p>two</p>';</script> end");
        assert_eq!((page.visible, page.title.as_str()), ("oneend".len(), "T"));
    }

    #[test]
    fn a_page_of_nothing_but_ids_costs_a_look() {
        let text: String = (0..150_000).map(|number| format!("<a id=a{number}>")).collect();
        let wanted = (0..20_000).map(|number| format!("A{number}-")).collect();
        let response = Response::new(200).with("content-type", "text/html").text(&text);
        let began = std::time::Instant::now();
        let page = RemotePage::of(&response, &wanted).unwrap();
        assert_eq!(page.near("A7-"), Some("a7"));
        assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
    }

    #[test]
    fn other_types_are_no_pages() {
        let pdf = Response::new(200).with("content-type", "application/pdf").text("%PDF");
        assert!(RemotePage::of(&pdf, &BTreeSet::new()).is_none());
        assert!(RemotePage::of(&Response::new(200), &BTreeSet::new()).is_none());
    }

    #[test]
    fn a_page_that_says_that_it_is_none() {
        assert!(page("<title>Page introuvable</title>").says_missing());
        assert!(!page("<title>How to bake</title>").says_missing());
    }
}
