//! MkDocs itself with Material's plugins, through a small Python program that asks it for its pages.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::archive::{Pages, Published};

/// The Python that has MkDocs: what `POSTLINT_PYTHON` names, else `python3`.
pub fn python() -> PathBuf {
    std::env::var_os("POSTLINT_PYTHON").map_or_else(|| "python3".into(), PathBuf::from)
}

/// Its version, if MkDocs, Material and the plugins are installed.
pub fn version() -> Option<String> {
    let program = "import mkdocs, material, mkdocs_static_i18n, importlib.metadata as m; \
                   print('mkdocs', mkdocs.__version__, 'with mkdocs-material', m.version('mkdocs-material'))";
    said(&["-c", program])
}

/// What a short Python program prints, if it succeeds.
pub fn said(arguments: &[&str]) -> Option<String> {
    let output = Command::new(python()).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Builds the site in a folder.
pub fn build(folder: &Path) -> Pages {
    let config = folder.join("mkdocs.yml");
    let written = std::fs::read_to_string(&config).unwrap();
    // A name is needed to build, and says nothing about addresses.
    if !written.contains("site_name:") && !written.contains("INHERIT:") {
        std::fs::write(&config, format!("site_name: Test\n{written}")).unwrap();
    }
    let pages = run("mkdocs_site.py", folder);
    let _ = std::fs::remove_dir_all(folder.join("site"));
    pages
}

/// Runs one of the Python programs beside this file on a site.
pub fn run(program: &str, folder: &Path) -> Pages {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracles").join(program);
    let output =
        Command::new(python()).arg("-X").arg("utf8").arg(script).arg(folder).env("TZ", "UTC").output().unwrap();
    assert!(output.status.success(), "{program} fails: {}", String::from_utf8_lossy(&output.stderr));
    let mut pages = Pages::new();
    for line in String::from_utf8(output.stdout).unwrap().lines().filter(|line| line.starts_with('{')) {
        let page: serde_json::Value = serde_json::from_str(line).unwrap();
        let texts = |key: &str| -> Vec<String> {
            page[key].as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
        };
        let mut ids = texts("ids");
        ids.extend(texts("aliases").into_iter().map(|alias| format!("@{alias}")));
        let text = |key: &str| page[key].as_str().unwrap().to_owned();
        pages.insert(text("file"), Published { url: text("url"), ids });
    }
    pages
}
