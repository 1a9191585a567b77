//! One look at the HTML of another site: ids, title, how much of it a reader sees, and whether a script makes ids.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use crate::hash::Set;
use crate::site::destination::decode;

/// No title is longer.
const LONGEST_TITLE: usize = 300;
/// The head of a page ends before that.
const HEAD: usize = 64 << 10;

/// What was seen.
#[derive(Debug, Default)]
pub struct Reader {
    /// As they are written; an encoded one decoded as well.
    pub ids: Set<Box<str>>,
    /// Bytes of visible text, without blanks around.
    pub visible: usize,
    /// It has scripts.
    pub has_scripts: bool,
    title: String,
    in_title: bool,
    titled: bool,
    /// Within an element whose text nobody sees.
    hidden: bool,
    /// What links of the page lead to.
    targets: Vec<Box<str>>,
    headings: Headings,
}

/// Headings below the first level, and those that can be linked to.
#[derive(Debug, Default)]
struct Headings {
    all: usize,
    with_id: usize,
    /// The tag before had an id, with nothing between.
    just_named: bool,
    /// Inside a heading, or right behind one, that has no id yet.
    waiting: bool,
    inside: bool,
}

impl Headings {
    fn start(&mut self, heading: bool, named: bool) {
        if heading {
            self.all += 1;
            let has = named || self.just_named;
            self.with_id += usize::from(has);
            (self.inside, self.waiting) = (true, !has);
        } else if self.waiting {
            self.with_id += usize::from(named);
            self.waiting = !named && self.inside;
        }
        self.just_named = named;
    }

    fn words(&mut self) {
        self.just_named = false;
        self.waiting &= self.inside;
    }
}

impl Reader {
    /// Reads a page.
    pub fn read(text: &str) -> Reader {
        let mut page = Reader::default();
        for token in tokens(text) {
            page.take(token);
        }
        page
    }

    fn take(&mut self, token: Token) {
        match token {
            Token::StartTag(tag) => self.start(&tag),
            Token::String(words) => {
                let words = words.trim_ascii();
                if self.in_title {
                    self.add_to_title(words);
                } else if !self.hidden && !words.is_empty() {
                    self.visible += words.len();
                    self.headings.words();
                }
            }
            Token::EndTag(tag) => {
                (self.in_title, self.hidden) = (false, false);
                self.headings.inside &= !is_heading(&tag.name);
                // An empty anchor stands for what follows it.
                self.headings.just_named &= matches!(&**tag.name, b"a" | b"span");
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &StartTag<()>) {
        let name: &[u8] = &tag.name;
        self.in_title = name == b"title" && !self.titled;
        self.titled |= self.in_title;
        self.hidden = matches!(name, b"script" | b"style" | b"title" | b"template");
        self.has_scripts |= name == b"script";
        let mut named = false;
        for (key, value) in &tag.attributes {
            let value = String::from_utf8_lossy(value);
            let key: &[u8] = key;
            if key == b"id" || key == b"name" && name == b"a" {
                named = true;
                if value.contains('%') {
                    self.ids.insert(decode(&value).into());
                }
                self.ids.insert(value.as_ref().into());
            } else if key == b"href" {
                self.targets.extend(value.strip_prefix('#').map(|id| decode(id).into()));
            }
        }
        self.headings.start(is_heading(name), named);
    }

    fn add_to_title(&mut self, words: &[u8]) {
        let room = LONGEST_TITLE.saturating_sub(self.title.len());
        let words = String::from_utf8_lossy(words);
        if !self.title.is_empty() && room > 0 {
            self.title.push(' ');
        }
        self.title.push_str(words.get(..words.floor_char_boundary(room.min(words.len()))).unwrap_or_default());
    }

    /// The title, blanks folded.
    pub fn title(&self) -> String {
        self.title.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// True where an id that is not in the HTML may be there for a reader: the shell of a program, a table of contents that leads
    /// to ids which are not there, headings without ids beside a script. `length` is that of the page.
    pub fn is_filled_by_scripts(&self, length: usize) -> bool {
        let shell = |id: &str| matches!(id, "root" | "app" | "__next" | "__nuxt" | "___gatsby" | "svelte");
        let is_shell = length < 8000 && self.ids.len() <= 3 && self.ids.iter().any(|id| shell(id));
        let leads_nowhere =
            |id: &str| !id.is_empty() && !matches!(id, "top" | "content" | "main") && !self.ids.contains(id);
        is_shell
            || self.targets.iter().any(|id| leads_nowhere(id))
            || self.has_scripts && self.headings.with_id * 2 < self.headings.all
    }
}

/// The title of a page alone.
#[must_use]
pub fn title(text: &str) -> String {
    let mut page = Reader::default();
    for token in tokens(text.get(..text.floor_char_boundary(HEAD.min(text.len()))).unwrap_or_default()) {
        page.take(token);
        if page.titled && !page.in_title {
            break;
        }
    }
    page.title()
}

fn tokens(text: &str) -> impl Iterator<Item = Token> {
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(text, emitter).map_while(Result::ok)
}

fn is_heading(name: &[u8]) -> bool {
    matches!(name, [b'h' | b'H', b'2'..=b'6'])
}
