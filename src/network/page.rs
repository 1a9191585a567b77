//! The page behind a URL, as far as a link needs to know it: its ids, its title.

use html5gum::{DefaultEmitter, Token, Tokenizer};

use super::answer::Response;
use crate::hash::Set;

/// What a page holds.
#[derive(Debug, Clone, Default)]
pub struct RemotePage {
    /// Its title, blanks folded.
    pub title: String,
    ids: Set<Box<str>>,
    /// It was not read whole, or scripts fill it: an id that is not here may be there.
    open: bool,
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
    /// Of a response that has a page of HTML.
    #[must_use]
    pub fn of(response: &Response) -> Option<RemotePage> {
        let kind = response.headers.content_type();
        let html = kind.as_deref().is_none_or(|kind| matches!(kind, "text/html" | "application/xhtml+xml"));
        let body = response.body.as_ref().filter(|_| html)?;
        let mut page = read(&body.text);
        page.open |= body.truncated;
        Some(page)
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

    /// Whether a fragment (decoded, without `#`) leads somewhere in the page.
    #[must_use]
    pub fn fragment(&self, fragment: &str) -> Fragment {
        let has = |id: &str| self.ids.contains(id);
        // GitHub and others give ids from readers' texts a prefix, and a script leads there.
        let prefixed =
            || has(&format!("user-content-{fragment}")) || has(&format!("user-content-{}", fragment.to_lowercase()));
        if fragment.is_empty() || fragment.eq_ignore_ascii_case("top") || has(fragment) || prefixed() {
            Fragment::Found
        } else if self.open || self.ids.is_empty() {
            Fragment::Unknown
        } else {
            Fragment::Missing
        }
    }

    /// The id that was probably meant: the only one that is the same but for case and punctuation.
    #[must_use]
    pub fn near(&self, fragment: &str) -> Option<&str> {
        let key =
            |id: &str| id.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        let wanted = key(fragment);
        let mut same = self.ids.iter().filter(|id| !wanted.is_empty() && key(id) == wanted);
        same.next().filter(|_| same.next().is_none()).map(|id| &**id)
    }
}

fn read(text: &str) -> RemotePage {
    let mut page = RemotePage::default();
    let mut in_title = false;
    let mut targets: Vec<Box<str>> = Vec::new();
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    for Ok(token) in Tokenizer::new_with_emitter(text, emitter) {
        match token {
            Token::StartTag(tag) => {
                in_title = &**tag.name == b"title" && page.title.is_empty();
                for (name, value) in &tag.attributes {
                    let value = String::from_utf8_lossy(value);
                    match &***name {
                        b"id" => drop(page.ids.insert(value.as_ref().into())),
                        b"name" if &**tag.name == b"a" => drop(page.ids.insert(value.as_ref().into())),
                        b"href" => targets.extend(value.strip_prefix('#').map(Into::into)),
                        _ => {}
                    }
                }
                // The shell of a program, which fills itself in.
                let shell = |id: &str| matches!(id, "root" | "app" | "__next" | "__nuxt" | "___gatsby" | "svelte");
                page.open |= text.len() < 8000 && page.ids.len() <= 3 && page.ids.iter().any(|id| shell(id));
            }
            Token::String(words) if in_title => page.title.push_str(&String::from_utf8_lossy(&words)),
            Token::EndTag(_) => in_title = false,
            _ => {}
        }
    }
    page.title = page.title.split_whitespace().collect::<Vec<_>>().join(" ");
    // A table of contents that leads to ids which are not there: a script makes them.
    page.open |= targets
        .iter()
        .any(|id| !id.is_empty() && !matches!(&**id, "top" | "content" | "main") && !page.ids.contains(id));
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> RemotePage {
        RemotePage::of(&Response::new(200).with("content-type", "text/html; charset=utf-8").text(text)).unwrap()
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
    fn other_types_are_no_pages() {
        let pdf = Response::new(200).with("content-type", "application/pdf").text("%PDF");
        assert!(RemotePage::of(&pdf).is_none());
        assert!(RemotePage::of(&Response::new(200)).is_none());
    }

    #[test]
    fn a_page_that_says_that_it_is_none() {
        assert!(page("<title>Page introuvable</title>").says_missing());
        assert!(!page("<title>How to bake</title>").says_missing());
    }
}
