//! Webpack and Vite hand each page's text to a loader or plugin before Markdown is read; its own code may lie anywhere.

use super::any;

/// True for code that writes the texts of pages anew in this way.
pub(super) fn rewrites_pages(text: &str) -> bool {
    let named = any(text, &["mdx?", "\\.md", ".md'", ".md\"", ".mdx'", ".mdx\""]);
    named && (text.contains("configureWebpack") && text.contains("loader") || transforms_modules(text))
}

/// True for a plugin of Vite that writes modules anew: `transform(code, id) { … code.replace(…) }`. What only adds
/// something leaves the text as it is.
fn transforms_modules(text: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    let replaces = ["replace", ".split(", ".slice(", "substring("].iter().any(|name| text.contains(name));
    const NAMED: [&str; 5] =
        ["transform(", "transform: (", "transform: async (", "transform: function (", "transform: function("];
    // `transform: { order: 'pre', handler(code, id) { … } }`
    const HANDLERS: [&str; 3] = ["handler(", "handler: (", "handler: async ("];
    let handlers = if text.contains("transform: {") { &HANDLERS[..] } else { &[] };
    replaces
        && NAMED.iter().chain(handlers).any(|start| {
            text.match_indices(start).any(|(at, start)| {
                let called = text.get(..at).is_some_and(|before| before.ends_with(|c| word(c) || c == '.'));
                let own = text.get(at + start.len()..).unwrap_or_default();
                let Some((first, rest)) = own.split_once(',').filter(|_| !called) else { return false };
                let name = first.split(':').next().unwrap_or_default().trim();
                let id = rest.trim_start().split(|c| !word(c)).next().unwrap_or_default();
                !name.is_empty() && name.chars().all(word) && matches!(id, "id" | "path" | "file" | "filename" | "_id")
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loaders_and_plugins() {
        let of = rewrites_pages;
        assert!(of("configureWebpack() { return { module: { rules: [{ test: /\\.mdx?$/, use: ['loader'] }] } } }"));
        assert!(!of("configureWebpack() { return { module: { rules: [{ test: /\\.svg$/, loader: 'x' }] } } }"));
        assert!(of("transform(code, id) { if (id.endsWith('.md')) return code.replace(/# ►/g, '##') }"));
        assert!(of("transform(src: string, id: string) { if (/\\.md$/.test(id)) return src.replaceAll('a', 'b') }"));
        assert!(!of("transform(src, id) { if (id.endsWith('.md')) return src + '<See />' }"));
        assert!(!of("x.transform(a, id); y.replace('.md', '')"));
    }
}
