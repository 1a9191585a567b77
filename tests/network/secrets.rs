//! A secret from the configuration to the server, and nowhere else: the program itself, with an authority of the test.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use super::authority::{Authority, VALID};
use super::server::{Server, say};

const CANARY: &str = "canary-7f3a";

/// The run of `configuration`, named with `--config`, for a pull request where `pull` says so.
async fn run(site: &Path, authority: &Path, arguments: &[&str], pull: bool) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postlint"));
    command.current_dir(site).args(["check", "--online", "--allow-private", "--skip", "links/local-url"]);
    command.args(["--format", "json", "--format", "full=report.txt"]).args(arguments);
    for variable in ["CI_NODE_INDEX", "CI_NODE_TOTAL", "CI", "GITHUB_ACTIONS", "GITHUB_BASE_REF", "SSL_CERT_DIR"] {
        command.env_remove(variable);
    }
    command
        .env("SSL_CERT_FILE", authority)
        .env("TOKEN", CANARY)
        .env("POSTLINT_CACHE_DIR", authority.with_extension("d"));
    if pull {
        command.env("GITHUB_BASE_REF", "main");
    }
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

fn pem(der: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |three: &[u8]| {
        let bits = three.iter().chain([&0; 2]).take(3).fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte));
        let letter = |at: usize| if at > three.len() { '=' } else { char::from(LETTERS[bits >> (18 - 6 * at) & 63]) };
        (0..4).map(letter).collect::<String>()
    };
    let lines: Vec<String> = der.chunks(48).map(|line| line.chunks(3).map(group).collect()).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(["-c", "user.name=t", "-c", "user.email=t@example.org"]).args(arguments);
    assert!(git.output().unwrap().status.success(), "{arguments:?}");
}

#[tokio::test]
async fn a_secret_of_the_configuration_reaches_its_server_and_nobody_else() {
    let authority = Authority::new();
    let theirs = Server::tls("127.0.0.1", authority.server("localhost", VALID, &[]), |_| say("200 OK", "")).await;
    let away = theirs.address.port();
    let mine = Server::tls("127.0.0.1", authority.server("localhost", VALID, &[]), move |head| {
        match (head.split(' ').nth(1).unwrap(), head.contains(&format!("authorization: Bearer {CANARY}"))) {
            ("/away", _) => say(&format!("302 Found\nLocation: https://localhost:{away}/landed"), ""),
            (_, true) => say("200 OK", ""),
            (_, false) => say("401 Unauthorized\nWWW-Authenticate: Bearer", ""),
        }
    })
    .await;
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (site, trusted) = (folder.path(), elsewhere.path().join("root.pem"));
    fs::write(&trusted, pem(&authority.root())).unwrap();
    let base = format!("https://localhost:{}", mine.address.port());
    fs::write(site.join("index.md"), format!("# A\n\n[a]({base}/a) [b]({base}/away) [c](https://localhost:{away}/)\n"))
        .unwrap();
    let configuration = format!("network: {{ credentials: [{{ origin: \"{base}\", variable: TOKEN }}] }}\n");
    fs::write(site.join("postlint.yaml"), &configuration).unwrap();
    git(site, &["init", "--quiet", "--initial-branch=main"]);
    git(site, &["add", "."]);
    git(site, &["commit", "--quiet", "-m", "x"]);
    git(site, &["update-ref", "refs/remotes/origin/main", "HEAD"]);

    let named = ["--config", "postlint.yaml", "--rule", "links/unverified-url"];
    let told = |output: &Output| {
        let all = [output.stdout.as_slice(), &output.stderr, &fs::read(site.join("report.txt")).unwrap()].concat();
        String::from_utf8(all).unwrap()
    };
    let sent = |from: usize| mine.heard()[from..].concat().contains(CANARY);
    // Found by itself, it may not name secrets: it could be anybody's.
    let found = told(&run(site, &trusted, &named[2..], false).await);
    assert!(!sent(0) && found.contains("only a configuration that `--config` names"), "{found}");
    assert!(found.contains("leads to a login"), "{found}");

    let fine = told(&run(site, &trusted, &named, false).await);
    assert!(sent(0) && !fine.contains("/a`"), "{fine}");
    // The pull request has not touched it.
    let before = mine.heard().len();
    let same = told(&run(site, &trusted, &named, true).await);
    assert!(mine.heard().len() == before || sent(before), "{same}");
    assert!(!same.contains("without its secret"), "{same}");
    // Now it has.
    fs::write(site.join("postlint.yaml"), format!("{configuration}# mine\n")).unwrap();
    fs::remove_dir_all(trusted.with_extension("d")).unwrap();
    let before = mine.heard().len();
    let pull = told(&run(site, &trusted, &named, true).await);
    assert!(!sent(before) && pull.contains("is not as `origin/main` has it"), "{pull}");

    let cache = fs::read_to_string(trusted.with_extension("d").join("links.jsonl")).unwrap();
    for text in [found, fine, same, pull, cache, theirs.heard().concat()] {
        assert!(!text.contains(CANARY), "{text}");
    }
    assert!(theirs.heard().iter().any(|head| head.contains("/landed")), "{:?}", theirs.heard());
}
