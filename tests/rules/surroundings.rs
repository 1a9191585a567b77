//! The minimal site around `bad:` or `good:`, per generator (documented in rules/README.md).

/// What makes a folder a site of a generator, and where a post lies in it.
pub struct Surroundings {
    /// Its configuration file and what is in it; nothing for a plain folder.
    pub configuration: Option<(&'static str, &'static str)>,
    /// Where the one page of an example lies.
    pub page: &'static str,
}

/// Files that say which generator a folder belongs to: an example that has one brings its own site.
pub const MARKERS: [&str; 26] = [
    "cecil.yml",
    "quartz.config.ts",
    "quartz.config.yaml",
    ".obsidian/app.json",
    "_config.yml",
    "_config.yaml",
    "_config.toml",
    "hugo.toml",
    "hugo.yaml",
    "config.toml",
    "zola.toml",
    "astro.config.mjs",
    ".eleventy.js",
    "eleventy.config.js",
    "docusaurus.config.js",
    "docusaurus.config.ts",
    "mkdocs.yml",
    "zensical.toml",
    "pelicanconf.py",
    "settings.py",
    "_quarto.yml",
    "package.json",
    "hugo.json",
    "config.yaml",
    "gatsby-config.js",
    "book.toml",
];

/// The surroundings for a generator's name.
pub fn of(generator: &str) -> Result<Surroundings, String> {
    let (file, text, page) = match generator {
        "jekyll" => ("_config.yml", "title: Example\nurl: https://example.org\n", "_posts/2024-01-01-a.md"),
        "hugo" => ("hugo.toml", "baseURL = 'https://example.org/'\n", "content/posts/a.md"),
        "zola" => ("config.toml", "base_url = 'https://example.org'\n\n[markdown]\n", "content/a.md"),
        "astro" => ("astro.config.mjs", "export default { site: 'https://example.org' };\n", "src/content/blog/a.md"),
        "eleventy" => (".eleventy.js", "module.exports = () => {};\n", "posts/a.md"),
        "hexo" => {
            ("_config.yml", "title: Example\nurl: https://example.org\nsource_dir: source\n", "source/_posts/a.md")
        }
        "docusaurus" => (
            "docusaurus.config.js",
            "export default { url: 'https://example.org', baseUrl: '/', presets: ['classic'] };\n",
            "blog/2024-01-01-a.md",
        ),
        "gatsby" => ("gatsby-config.js", "module.exports = {};\n", "content/blog/a.md"),
        "vitepress" => (".vitepress/config.ts", "export default {};\n", "guide/a.md"),
        "mkdocs" => ("mkdocs.yml", "site_name: Example\nsite_url: https://example.org/\n", "docs/a.md"),
        "cecil" => ("cecil.yml", "baseurl: https://example.org/\n", "pages/a.md"),
        "quartz" => ("quartz.config.ts", "export default { configuration: {} };\n", "content/a.md"),
        "obsidian" => (".obsidian/app.json", "{}\n", "a.md"),
        "pelican" => ("pelicanconf.py", "SITENAME = 'Example'\nPATH = 'content'\n", "content/a.md"),
        "quarto" => ("_quarto.yml", "project: { type: website }\n", "posts/a.qmd"),
        "mdbook" => ("book.toml", "[book]\ntitle = \"Example\"\n", "src/a.md"),
        "plain" => return Ok(Surroundings { configuration: None, page: "a.md" }),
        other => {
            return Err(format!(
                "no minimal site is known for the generator `{other}`: add it to tests/rules/surroundings.rs"
            ));
        }
    };
    Ok(Surroundings { configuration: Some((file, text)), page })
}
