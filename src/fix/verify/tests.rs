//! What a repair may and may not change, in small pages.

use super::*;
use crate::discover::Tree;
use crate::generators::folder::Folder;
use crate::generators::{pelican, plain};

/// Replaces one text of a page by another and asks whether the rest is as it was.
fn judge(old: &str, from: &str, to: &str) -> Result<Sound, &'static str> {
    judge_as(&plain::Plain, &*plain::model(false), "a.md", (old, from, to))
}

fn judge_as(
    generator: &dyn Generator,
    model: &dyn Model,
    path: &str,
    (old, from, to): (&str, &str, &str),
) -> Result<Sound, &'static str> {
    let at = old.find(from).unwrap();
    let patch = Patch::new(vec![(Span::new(at, at + from.len()), to.to_owned())]).unwrap();
    let new = patch.apply(old).unwrap();
    page(old, &new, &patch, Reading { generator, model, body: Some(model.dialect(path)) })
}

#[test]
fn a_value_may_change_and_nothing_beside_it() {
    let page = "---\ntitle: A\nlang: fr_FR\n---\n# One\n\nText.\n";
    assert!(judge(page, "fr_FR", "fr-FR").is_ok());
    assert!(judge(page, "fr_FR", "[fr").is_err());
    assert!(judge(page, "fr_FR", "fr\nlayout: post").is_ok());
    assert_eq!(judge(page, "fr_FR", "fr\n---\n"), Err("move the end of the front matter"));
    assert!(judge(page, "title: A\nlang", "title:\n  lang").is_err());
}

#[test]
fn a_destination_may_change_and_no_heading() {
    let page = "Some [text](/a b) here.\n\n# A heading\n\n- one\n- two\n";
    assert!(judge(page, "/a b", "/a%20b").is_ok());
    assert_eq!(judge(page, "here.\n\n#", "here.\n#"), Ok(Sound { readable_now: false }));
    assert_eq!(judge(page, "\n\n- one", "\n\n    - one"), Err(BODY));
    assert_eq!(judge(page, "here.", "here. `"), Ok(Sound { readable_now: false }));
    assert_eq!(judge(page, "# A", "A"), Err(BODY));
}

#[test]
fn what_looks_like_nothing_may_hold_paragraphs_apart() {
    assert!(judge("One.\n\u{a0}\nTwo.\n", "\u{a0}", "").is_ok());
    assert!(judge("One.\n\n\u{a0}\n\nTwo.\n", "\u{a0}", "").is_ok());
    assert!(judge("One.\nTwo.\n", "One.\n", "One.\n\n").is_err());
}

#[test]
fn lines_that_look_empty_may_be_empty() {
    for page in [
        "- a\n\n\u{a0}\n\n## B\n",
        "- a\n- b\n  \u{200b}\n\nText.\n",
        "- a\n\n   \u{200b}\n   $$\n   x\n   $$\n",
        "> One.\n> \u{200b}\n> Two.\n",
        "- a\n  - b\n\t\u{200b}\n---\nText.\n",
        "### A\n\u{200b}\nText,\nand more.\n",
        "Text.\n\n\u{feff}\u{feff}\nURL: [\nhttp://a.example/](http://a.example/)\n",
    ] {
        let hidden: String = page.chars().filter(|c| "\u{a0}\u{200b}\u{feff}".contains(*c)).collect();
        assert!(judge(page, &hidden, "").is_ok(), "{page:?}");
    }
    for page in [
        "\u{200b}# A\n",
        "One.\n\n\u{200b}    Two.\n",
        "- a\n\n\u{200b}\n\n- b\n",
        "One.\n\u{200b}- two\n",
        "One.\n\n\u{200b}> two\n",
    ] {
        assert_eq!(judge(page, "\u{200b}", ""), Err(BODY), "{page:?}");
    }
}

#[test]
fn a_value_beside_what_cannot_be_read_may_change() {
    let page = "---\ntags: [a, b]\nrelated: [[x]], [[y]]\n---\nText.\n";
    assert_eq!(judge(page, "a, b", "c, b"), Ok(Sound { readable_now: false }));
    assert!(judge(page, "a, b]", "[a, b]").is_err());
}

#[test]
fn a_front_matter_that_becomes_readable_keeps_its_keys() {
    let page = "---\ntitle: A: b\nlang: fr\n---\n";
    assert_eq!(judge(page, "A: b", "\"A: b\""), Ok(Sound { readable_now: true }));
    assert!(judge(page, "A: b\nlang: fr", "\"A: b lang: fr\"").is_err());
}

#[test]
fn a_head_without_fences_is_one_for_pelican() {
    let site = tempfile::tempdir().unwrap();
    std::fs::write(site.path().join("pelicanconf.py"), "SITENAME = 'A'\n").unwrap();
    let tree = Tree::walk(site.path(), 1);
    let folder = Folder { tree: &tree, root: "" };
    let model = pelican::Pelican.load(&folder, jiff::civil::date(2024, 1, 1).at(0, 0, 0, 0)).model;
    let page = "Title: A\nTags: b, b\nLang: fr\n\nText.\n";
    let judge = |from, to| judge_as(&pelican::Pelican, &*model, "a.md", (page, from, to));
    assert!(judge("b, b", "b").is_ok());
    assert_eq!(judge("b, b\n", "b\n\n"), Err("move the end of the front matter"));
    // As one paragraph of text it would be the same.
    assert!(judge("Lang: fr", "fr").is_err());
}

#[test]
fn a_page_in_mdx_is_read_as_one() {
    let model = plain::model(false);
    let page = "One.\n\n    - two\n";
    let judge = |path| judge_as(&plain::Plain, &*model, path, (page, "    -", "-"));
    assert_eq!(judge("a.md"), Err(BODY), "code becomes a list");
    assert!(judge("a.mdx").is_ok(), "it was a list: MDX knows no indented code");
}

#[test]
fn what_stands_behind_a_front_matter_that_cannot_be_read_may_change() {
    let page = "---\ntitle: A: a tour\n---\nOne\u{200b}two.\n";
    assert_eq!(judge(page, "\u{200b}", ""), Ok(Sound { readable_now: false }));
    assert!(judge(page, "title", "name").is_err());
}
