//! The command line from outside: exit codes, the choice of paths, standard input, configuration, colours.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking, in its helpers too")]

mod program;

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use program::{Folder, Run};

const CONFIG: (&str, &str) = ("_config.yml", "title: Blog\n");
const HOME: (&str, &str) = ("index.md", "---\ntitle: Home\n---\nHello, and welcome.\n");
const POST: (&str, &str) = ("_posts/2024-01-01-a.md", "---\ntitle: A\n---\n[x](/none/)\n");
const FOUND: &str = "_posts/2024-01-01-a.md:4:5: error links/missing-page: the site has no page `/none/`";
const WARNS: (&str, &str) = ("_posts/2024-01-02-b.md", "---\ntitle: B\n---\n[x]()\n");

fn blog() -> Folder {
    Folder::with(&[CONFIG, HOME, POST])
}

fn failed(run: &Run) -> &str {
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
    run.err.trim_end()
}

#[test]
fn clean_is_0_findings_are_1() {
    let clean = Folder::with(&[CONFIG, HOME]).check(&[]);
    assert_eq!((clean.code, clean.err.as_str()), (0, ""));
    assert!(clean.out.starts_with("all is well: 1 file checked"), "{}", clean.out);
    let run = blog().check(&[]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    assert_eq!(run.out, format!("{FOUND}\n1 finding in 1 of 2 files\n"));
}

#[test]
fn a_home_is_not_looked_through_for_a_site_in_it() {
    let (post, config) = ("sites/blog/_posts/2024-01-01-a.md", "sites/blog/_config.yml");
    let home = Folder::with(&[(config, CONFIG.1), (post, POST.1), ("notes/n.md", "[x](y.md)\n")]);
    let check = |as_home: bool, path: &str| {
        let mut command = program::postlint(home.path());
        if as_home {
            command.env("HOME", home.path());
        }
        program::run(command.args(["--format", "concise", path])).out
    };
    let told = |folder: &str| format!("{folder}{FOUND}\n1 finding in 1 file\n");
    assert_eq!(check(true, "sites/blog/_posts"), told(""), "from the site's own folder");
    assert_eq!(check(false, "sites/blog/_posts"), told("sites/blog/"), "from the current folder");
    let note = check(true, "notes/n.md");
    assert!(note.starts_with("n.md:1:5: "), "without a site the folder in the home: {note}");
}

#[test]
fn fail_on_says_from_which_severity() {
    let folder = Folder::with(&[CONFIG, WARNS]);
    for (fail_on, code) in [("error", 0), ("warning", 1), ("hint", 1), ("never", 0)] {
        let run = folder.check(&["--fail-on", fail_on]);
        assert_eq!((run.code, run.findings().len()), (code, 1), "--fail-on {fail_on}");
    }
}

#[test]
fn an_empty_folder_is_2_and_says_why() {
    let folder = Folder::with(&[]);
    let why = failed(&folder.check(&[])).to_owned();
    assert!(why.starts_with("postlint: there is nothing to check in `"), "{why}");
    assert!(why.ends_with("the folder is empty; run postlint in the folder of your site"), "{why}");
    folder.write("notes.txt", "no Markdown");
    assert!(failed(&folder.check(&[])).contains("no Markdown among its"));
}

#[test]
fn pages_that_only_code_chooses_are_read_all_the_same() {
    let folder = Folder::with(&[
        ("astro.config.mjs", "export default {}\n"),
        ("src/pages/blog.astro", "const posts = await Astro.glob('../../posts/*.md')\n"),
        ("posts/a.md", "---\ntitle: A\n---\n[b](/b/) [c](http:/example.net)\n"),
        ("README.md", "# Read me\n"),
    ]);
    let run = folder.check(&[]);
    assert_eq!(run.code, 1, "{} {}", run.out, run.err);
    assert!(run.out.contains("links/malformed-url") && !run.out.contains("missing-page"), "{}", run.out);
    let told = folder.run(&["--color", "never", "--rule", "links/missing-page"]);
    assert!(format!("{}{}", told.out, told.err).contains("is decided by code"), "{} {}", told.out, told.err);
    // A project's own notes make no site.
    std::fs::remove_file(folder.path().join("posts/a.md")).unwrap();
    assert_eq!(folder.check(&[]).code, 2);
}

#[test]
fn a_path_that_does_not_exist_is_2() {
    let why = "postlint: `nope.md` does not exist: name a file or folder of the site";
    assert_eq!(failed(&blog().check(&["nope.md"])), why);
    assert_eq!(failed(&blog().check(&["index.md", "nope.md"])), why);
}

#[test]
fn a_path_without_findings_is_0_and_an_asset_selects_what_it_causes() {
    let folder = blog();
    folder.write("assets/style.css", "body {}");
    folder.write("assets/a.jpg", "<!DOCTYPE html><html></html>");
    folder.write("pictures.md", "---\ntitle: Pictures\n---\n![a](/assets/a.jpg)\n");
    assert_eq!(folder.check(&["assets/style.css"]).code, 0);
    assert_eq!(folder.check(&["index.md"]).code, 0);
    let caused = folder.check(&["assets/a.jpg"]);
    assert_eq!(caused.findings().len(), 1, "{}", caused.out);
    assert!(caused.out.starts_with("pictures.md:4:6: error images/broken-file"), "{}", caused.out);
}

#[test]
fn a_typo_in_the_configuration_is_2_with_its_place() {
    let folder = blog();
    for (text, said) in [
        (
            "rules:\n  links/missing-pag: off\n",
            "postlint.yaml:2:3: unknown rule `links/missing-pag`, did you mean `links/missing-page`?",
        ),
        ("exlude: [a]\n", "postlint.yaml:1:1: unknown key `exlude`, did you mean `exclude`?"),
    ] {
        folder.write("postlint.yaml", text);
        let run = folder.check(&[]);
        assert!(failed(&run).ends_with(said), "{}", run.err);
        assert_eq!(folder.check(&["--isolated"]).findings(), [FOUND]);
    }
    folder.write("postlint.yaml", "rules: {\n");
    assert!(failed(&folder.check(&[])).contains("postlint.yaml:"));
}

#[test]
fn a_typo_in_the_arguments_is_2() {
    let folder = blog();
    assert!(failed(&folder.check(&["--rule", "links/missing-pge"])).contains("did you mean `links/missing-page`?"));
    assert!(failed(&folder.run(&["explain", "links/mising-page"])).contains("did you mean `links/missing-page`?"));
    assert!(failed(&folder.run(&["--format", "pretty"])).contains("choose from full, concise"));
    assert!(failed(&folder.run(&["--colour"])).contains("--colour"));
    assert!(failed(&folder.run(&["--root", "nope"])).contains("nope"));
}

#[test]
fn what_is_excluded_stays_so_when_it_is_named() {
    let folder = blog();
    folder.write("postlint.yaml", "exclude: [\"_posts/**\"]\n");
    let run = folder.check(&[POST.0]);
    assert_eq!((run.code, run.findings().len(), run.err.as_str()), (0, 0, ""));
    assert_eq!(folder.check(&[]).code, 0);
}

#[test]
fn paths_select_what_is_reported_and_the_whole_site_stays_known() {
    let folder = blog();
    folder.write("_posts/2024-01-03-c.md", "---\ntitle: C\n---\n[good](/2024/01/01/a.html) [bad](/nowhere/)\n");
    let found = "_posts/2024-01-03-c.md:4:34: error links/missing-page: the site has no page `/nowhere/`";
    assert_eq!(folder.check(&["_posts/2024-01-03-c.md"]).findings(), [found]);
    assert_eq!(folder.check(&["_posts"]).findings(), [FOUND, found]);
    assert_eq!(folder.check(&["_posts/2024-01-03-c.md", POST.0]).findings(), [FOUND, found]);
    let mut list = folder.path().to_path_buf();
    list.push("_posts/2024-01-03-c.md");
    assert_eq!(folder.check(&[list.to_str().unwrap()]).findings(), [found], "an absolute path");
}

#[test]
fn standard_input_stands_for_a_page() {
    let folder = blog();
    let text = "---\ntitle: B\n---\n[home](/) [y](/nowhere/)\n";
    let run = folder.pipe(&["--format", "concise", "-", "--stdin-filename", "_posts/2024-02-02-b.md"], text);
    let found = "_posts/2024-02-02-b.md:4:15: error links/missing-page: the site has no page `/nowhere/`";
    assert_eq!((run.findings(), run.code), (vec![found], 1), "a page that is not there yet");
    let run = folder.pipe(&["--format", "concise", "-", "--stdin-filename", POST.0], "---\ntitle: A\n---\nNothing.\n");
    assert_eq!((run.findings().len(), run.code), (0, 0), "instead of the one on disk");
    let run = folder.pipe(&["-"], text);
    assert!(failed(&run).contains("--stdin-filename"));
}

#[test]
fn the_excerpt_of_standard_input_is_what_was_sent() {
    let run = blog().pipe(&["-", "--stdin-filename", POST.0], "---\ntitle: A\n---\nonly on stdin [y](/nowhere/)\n");
    assert!(run.out.contains("only on stdin [y](/nowhere/)"), "{}", run.out);
}

#[test]
fn paths_come_from_a_file_or_a_pipe() {
    let folder = blog();
    folder.write("list.txt", format!("{}\n\n", POST.0));
    assert_eq!(folder.check(&["--files-from", "list.txt"]).findings(), [FOUND]);
    assert_eq!(folder.pipe(&["--format", "concise", "--files-from", "-"], "index.md\n").code, 0);
    let nothing = folder.pipe(&["--format", "concise", "--files-from", "-"], "");
    assert_eq!((nothing.code, nothing.findings().len()), (0, 0), "a hook without files has nothing to say");
    assert!(failed(&folder.check(&["--files-from", "nope.txt"])).contains("nope.txt"));
}

#[test]
fn root_names_the_site() {
    let folder =
        Folder::with(&[("blog/_config.yml", CONFIG.1), ("blog/index.md", "---\ntitle: H\n---\n[x](/none/)\n")]);
    let found = "blog/index.md:4:5: error links/missing-page: the site has no page `/none/`";
    for args in [&[][..], &["blog"], &["--root", "blog"]] {
        assert_eq!(folder.check(args).findings(), [found], "{args:?}");
    }
}

#[test]
fn two_sites_in_one_repository_do_not_know_each_other() {
    let page = "---\ntitle: Home\n---\n[there](/other/)\n";
    let folder = Folder::with(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("README.md", "Not part of a site: [x](nowhere.md)\n"),
        ("one/_config.yml", "title: One\nplugins: []\n"),
        ("one/index.md", page),
        ("two/_config.yml", "title: Two\nplugins: []\n"),
        ("two/index.md", page),
        ("two/other.md", "---\ntitle: Other\npermalink: /other/\n---\nHere.\n"),
    ]);
    let found = "one/index.md:4:9: error links/missing-page: the site has no page `/other/`";
    assert_eq!(folder.check(&[]).findings(), [found]);
    assert_eq!(folder.check(&["two"]).code, 0);
    assert_eq!(folder.check(&["README.md"]).findings().len(), 1, "named, it is checked");
    let sites = folder.run(&["--format", "json"]).json();
    let roots: Vec<_> = sites["sites"].as_array().unwrap().iter().map(|site| site["root"].as_str().unwrap()).collect();
    assert_eq!(roots, ["two", "one"], "the one with the most pages first");
}

#[test]
fn colours_follow_the_flag_and_the_environment() {
    let folder = blog();
    let colours = |args: &[&str], env: &[(&str, &str)]| {
        program::run(folder.command(args).envs(env.iter().copied())).out.contains('\u{1b}')
    };
    assert!(!colours(&[], &[]), "a pipe is no terminal");
    assert!(colours(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(colours(&["--color", "always"], &[]));
    assert!(!colours(&[], &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]));
    assert!(!colours(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colours(&["--format", "json"], &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn several_formats_at_once_and_into_files() {
    let folder = blog();
    let run = folder.run(&["--format", "concise", "--format", "json=report.json"]);
    assert_eq!((run.findings(), run.code), (vec![FOUND], 1));
    let report = std::fs::read_to_string(folder.path().join("report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["findings"][0]["rule"], "links/missing-page");
    assert_eq!(report["summary"]["errors"], 1);
    assert!(folder.run(&["--format", "json=nowhere/report.json"]).err.contains("nowhere/report.json"));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = blog();
    let links: String = (0..5000).map(|n| format!("[x](/none-{n}/)\n\n")).collect();
    folder.write("many.md", format!("---\ntitle: Many\n---\n{links}"));
    for format in ["concise", "json", "grouped"] {
        let mut child =
            folder.command(&["--format", format]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(1), ""), "{format}");
    }
}

#[test]
fn a_run_writes_nothing() {
    let folder = Folder::fixture("french-jekyll-blog");
    let before = folder.contents();
    for args in [&[][..], &["--format", "json"], &["site", "links"], &["config"], &["rules"]] {
        assert_ne!(folder.run(args).code, 2, "{args:?}");
    }
    assert_eq!(before, folder.contents());
}

#[test]
fn threads_change_nothing() {
    let folder = Folder::fixture("french-jekyll-blog");
    let one = folder.check(&["--threads", "1"]);
    assert_eq!(one, folder.check(&["--threads", "4"]));
}

#[test]
fn commands_answer() {
    let folder = blog();
    for (args, word) in [
        (&["rules"][..], "links/missing-page"),
        (&["rules", "--format", "markdown"], "| [`links/missing-page`]"),
        (&["explain", "links/missing-page"], "links/missing-page"),
        (&["site", "pages"], "/2024/01/01/a.html"),
        (&["site", "links"], "/none/"),
        (&["config"], "rules"),
        (&["completions", "bash"], "complete"),
        (&["init", "--ci", "pre-commit"], "id: postlint"),
        (&["--help"], "--stdin-filename"),
        (&["--version"], "postlint 0."),
    ] {
        let run = folder.run(args);
        assert!(run.code == 0 && run.out.contains(word), "{args:?}: {run:?}");
    }
}

#[test]
fn site_pages_is_what_the_contract_says() {
    let run = blog().run(&["site", "pages", "--format", "json"]);
    let pages: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let post = pages.as_array().unwrap().iter().find(|page| page["file"] == POST.0).unwrap();
    assert_eq!(
        (&post["url"], &post["title"], &post["draft"]),
        (&"/2024/01/01/a.html".into(), &"A".into(), &false.into())
    );
    for field in ["aliases", "language", "date", "anchors"] {
        assert!(post.get(field).is_some(), "{field}");
    }
}

#[test]
fn init_writes_once() {
    let folder = blog();
    assert_eq!(folder.run(&["init"]).code, 0);
    assert_eq!(folder.check(&[]).findings(), [FOUND], "what it wrote changes nothing");
    assert!(failed(&folder.run(&["init"])).contains("already"));
}

#[test]
fn init_allows_what_the_site_already_does() {
    let post = |n: usize| {
        (
            format!("_posts/2024-01-0{n}-a{n}.md"),
            format!(
                "---\ntitle: The recieve protocol, part {n}\nlang: en\n---\nWhat this part of the story is about.\n"
            ),
        )
    };
    let posts: Vec<(String, String)> = (1..=4).map(post).collect();
    let mut files = vec![("_config.yml", "title: Blog\nlang: en\nurl: https://example.org\n")];
    files.extend(posts.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let folder = Folder::with(&files);
    let said = |folder: &Folder| folder.run(&["--rule", "front-matter/misspelling"]).out;
    assert!(said(&folder).contains("misspelling"), "{}", said(&folder));
    assert_eq!(folder.run(&["init"]).code, 0);
    let written = std::fs::read_to_string(folder.path().join("postlint.yaml")).unwrap();
    assert!(written.contains("words: [recieve]"), "{written}");
    assert!(!said(&folder).contains("misspelling"), "{}", said(&folder));
}

#[test]
fn what_tells_a_code_host_to_build_a_site_is_none() {
    let workflow = "on: [push]\njobs:\n  build:\n    runs-on: x\n";
    let files =
        [("hugo.toml", "title = 'A'\n"), (".github/workflows/hugo.yml", workflow), ("ci/hugo.yml", workflow), HOME];
    let run = Folder::with(&files).run(&["site"]);
    assert_eq!(run.out.matches("Hugo").count(), 1, "{}", run.out);
}

#[test]
fn posts_beside_layouts_are_jekylls_without_a_configuration() {
    let folder =
        Folder::with(&[("_posts/2024-01-02-b.md", "---\ntitle: B\n---\n[x](/none/)\n"), ("_layouts/post.html", "")]);
    let run = folder.run(&["site"]);
    assert!(run.out.contains("Jekyll (`_posts/` and `_layouts/` are there)"), "{}", run.out);
    // Below the top they are another generator's.
    let folder = Folder::with(&[
        ("package.json", "{\"devDependencies\": {\"@11ty/eleventy\": \"^3.0.0\"}}"),
        (".eleventy.js", "module.exports = () => ({ dir: { input: 'src' } });\n"),
        ("src/_posts/2024-01-02-b.md", "---\ntitle: B\n---\nText.\n"),
        ("src/_layouts/post.njk", ""),
    ]);
    let run = folder.run(&["site"]);
    assert!(run.out.contains("Eleventy") && !run.out.contains("Jekyll"), "{}", run.out);
}

#[test]
fn texts_that_belong_to_no_site_are_counted() {
    let page = "# A\n";
    let folder = Folder::with(&[
        ("docs/mkdocs.yml", "site_name: A\n"),
        ("docs/docs/index.md", page),
        ("notes.md", page),
        ("more/notes.md", page),
    ]);
    let run = folder.check(&[]);
    assert!(run.out.contains("not checked: 2 markdown files outside the site"), "{}", run.out);
    let run = folder.check(&["docs"]);
    assert!(!run.out.contains("outside the site"), "{}", run.out);
}
