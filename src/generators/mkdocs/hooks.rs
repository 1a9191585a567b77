//! Hooks that read pages and give them back as they are, and those that make none.

/// What MkDocs calls for the text of a page or of a file: each gives back what it was given first, changed or not.
const EVENTS: [&str; 5] =
    ["on_page_markdown", "on_page_content", "on_post_page", "on_page_read_source", "on_post_template"];

/// True for code that is called for the texts of pages, gives back its own argument from each call, and writes no pages
/// afterwards.
#[must_use]
pub fn only_reads(code: &str) -> bool {
    let lines: Vec<&str> = code.lines().collect();
    let mut events = 0;
    for (at, line) in lines.iter().enumerate() {
        let Some((name, rest)) = definition(line) else { continue };
        let body = lines.get(at + 1..).unwrap_or_default().iter().take_while(|line| is_inside(line));
        match name {
            _ if EVENTS.contains(&name) => {
                let argument = rest.split([',', ':', ')', '=']).next().unwrap_or_default().trim();
                if argument.is_empty() || body.into_iter().any(|line| changes(line, argument)) {
                    return false;
                }
                events += 1;
            }
            // It may write the finished pages anew.
            "on_post_build" if body.into_iter().any(|line| line.contains(".html") || line.contains("glob")) => {
                return false;
            }
            _ => {}
        }
    }
    let sets = [".markdown =", ".content =", ".markdown=", ".content="].iter().any(|member| code.contains(member));
    events > 0 && !sets
}

/// True for code that makes no pages either: it is not asked for files or settings, and writes nothing before the build.
#[must_use]
pub fn makes_nothing(code: &str) -> bool {
    const MAKERS: [&str; 9] =
        ["on_files", "on_nav", "on_config", "on_startup", "on_env", "File(", ".generated(", "subprocess", "shutil"];
    let lines: Vec<&str> = code.lines().collect();
    let writes = |line: &&str| ["open(", "write", "run("].iter().any(|call| line.contains(call));
    let before = lines.iter().position(|line| definition(line).is_some_and(|(name, _)| name == "on_pre_build"));
    let before = before.map(|at| lines.get(at + 1..).unwrap_or_default()).unwrap_or_default();
    only_reads(code)
        && !MAKERS.iter().any(|name| code.contains(name))
        && !before.iter().take_while(|line| is_inside(line)).any(writes)
}

/// True for code that gives pages other addresses: relative ones in raw HTML then begin elsewhere.
#[must_use]
pub fn moves_pages(code: &str) -> bool {
    const MEMBERS: [&str; 4] = [".url", ".dest_path", ".dest_uri", ".abs_dest_path"];
    let sets = |line: &str| {
        MEMBERS.iter().any(|member| {
            let after = line.split_once(member).map(|(_, after)| after.trim_start());
            after.and_then(|after| after.strip_prefix('=')).is_some_and(|rest| !rest.starts_with('='))
        })
    };
    code.contains("def on_files") && code.lines().any(sets)
}

/// The name of a function and what stands behind its bracket.
fn definition(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix("async ").unwrap_or(line).strip_prefix("def ")?.split_once('(')
}

/// True for a line that belongs to the function above it: it is indented or empty, or closes the list of its arguments.
fn is_inside(line: &str) -> bool {
    line.is_empty() || line.starts_with([' ', '\t', ')', '#', '\r'])
}

/// True where a line gives back something else than the argument, or gives it another value.
fn changes(line: &str, argument: &str) -> bool {
    let line = line.split('#').next().unwrap_or(line).trim();
    let returns = line.match_indices("return").any(|(at, word)| {
        let apart = line.get(..at).is_none_or(|before| before.is_empty() || before.ends_with([' ', ':', ';']));
        let value = line.get(at + word.len()..).unwrap_or_default();
        let value = value.split(';').next().unwrap_or(value);
        apart
            && (value.is_empty() || value.starts_with([' ', '(']))
            && !matches!(value.trim(), "" | "None")
            && value.trim() != argument
    });
    let assigned = line.match_indices(argument).any(|(at, name)| {
        let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
        let after = line.get(at + name.len()..).unwrap_or_default();
        let before = line.get(..at).unwrap_or_default();
        let bare = after.trim_start();
        let sets = bare.starts_with(',') && before.is_empty()
            || bare
                .strip_prefix(['+', ':'])
                .unwrap_or(bare)
                .strip_prefix('=')
                .is_some_and(|rest| !rest.starts_with('='));
        !before.ends_with(word) && !after.starts_with(word) && !before.contains('(') && sets
    });
    returns || assigned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_back() {
        let hook = |body: &str| {
            only_reads(&format!("import re\n\ndef on_page_markdown(markdown, *, page, **kwargs):\n{body}"))
        };
        assert!(hook("    for m in LINK.finditer(markdown):\n        seen.add(m)\n    return markdown\n"));
        assert!(hook(
            "    if x == markdown:\n        return\n    return markdown  # as it is\n\ndef helper(x):\n    return re.sub(a, b, x)\n"
        ));
        assert!(!hook("    return LINK.sub(fix, markdown)\n"));
        assert!(!hook("    markdown = LINK.sub(fix, markdown)\n    return markdown\n"));
        assert!(!hook("    markdown += text\n    return markdown\n"));
        assert!(!hook("    return (\n        fixed\n    )\n"));
        assert!(!hook(
            "    return markdown\n\ndef on_post_build(config):\n    for f in glob('*.html'):\n        pass\n"
        ));
        assert!(!hook("    page.content = LINK.sub(fix, markdown)\n    return markdown\n"));
        assert!(makes_nothing(
            "def on_pre_build(config):\n    seen.clear()\n\ndef on_page_markdown(markdown, **kwargs):\n    return markdown\n"
        ));
        assert!(!makes_nothing(
            "def on_page_markdown(markdown, **kwargs):\n    return markdown\n\ndef on_files(files, config):\n    return files\n"
        ));
        assert!(moves_pages(
            "def on_files(files, config):\n    for f in files:\n        f.dest_path = f.dest_path.replace('a/', '')\n"
        ));
        assert!(!moves_pages("def on_files(files, config):\n    return [f for f in files if f.url == 'x']\n"));
        assert!(!only_reads("def helper(markdown):\n    return markdown\n"));
    }
}
