//! Which files of code a configuration takes, and those take in turn.

use crate::discover::extension;
use crate::generators::Folder;

/// The strings of a text that look like paths of files; those that do not begin with a dot only where `bare`
/// (`path.resolve(__dirname, 'plugins/a')`).
pub(super) fn written_paths(text: &str, bare: bool) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split(['"', '\'', '`']).skip(1).step_by(2)).filter(move |path| {
        let dotted = path.starts_with("./") || path.starts_with("../");
        let plain = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/' | b'-' | b'_'));
        plain && path.len() > 2 && (dotted || bare && path.contains('/') && !path.starts_with('/'))
    })
}

/// The file of code that a path means, as Node finds it.
#[must_use]
pub fn code_file(folder: &Folder<'_>, path: &str) -> Option<String> {
    let bare = path.strip_suffix(".js").unwrap_or(path);
    let ends = [".ts", ".js", ".mjs", ".cjs", ".mts", "/index.js", "/index.ts", "/index.mjs", "/src/index.ts"];
    let is_code = |file: &str| matches!(&*extension(file), "js" | "ts" | "mjs" | "mts" | "cjs" | "jsx" | "tsx");
    let mut names = std::iter::once(path.to_owned()).chain(ends.iter().map(|end| format!("{bare}{end}")));
    names.find(|file| is_code(file) && folder.has(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_in_code() {
        let text = "plugins: ['./a', path.resolve(__dirname, 'b/c'), \"@d/e\", 'f']\nimport g from '../g.ts'";
        assert_eq!(written_paths(text, true).collect::<Vec<_>>(), ["./a", "b/c", "../g.ts"]);
        assert_eq!(written_paths(text, false).collect::<Vec<_>>(), ["./a", "../g.ts"]);
    }
}
