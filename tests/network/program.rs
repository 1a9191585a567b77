//! The program itself, with and without a network.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;

use super::server::{Server, Step, say};

const PROGRAM: &str = env!("CARGO_BIN_EXE_postlint");

fn site(text: &str) -> tempfile::TempDir {
    let site = tempfile::tempdir().unwrap();
    std::fs::write(site.path().join("index.md"), text).unwrap();
    site
}

fn program(site: &Path, cache: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .current_dir(site)
        .args(["check", "--isolated", "--format", "json", "--skip", "links/local-url"])
        .args(arguments)
        .arg(".");
    for variable in ["CI_NODE_INDEX", "CI_NODE_TOTAL", "CI", "GITHUB_ACTIONS", "RUNNER_TEMP"] {
        command.env_remove(variable);
    }
    command.env("XDG_CACHE_HOME", cache).env("HOME", cache);
    command
}

/// Lets the servers of this thread answer meanwhile.
async fn output(mut command: Command) -> Output {
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

/// `rule URL` of each finding about external links.
fn findings(output: &Output) -> Vec<String> {
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| {
        panic!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
    });
    let line = |finding: &Value| {
        let message = finding["message"].as_str().unwrap();
        format!("{} {}", finding["rule"].as_str().unwrap(), message.split('`').nth(1).unwrap_or_default())
    };
    let mut all: Vec<_> = report["findings"].as_array().unwrap().iter().map(line).collect();
    all.retain(|line| line.contains("http"));
    all.sort();
    all
}

/// Every kind of external link, so that nothing tempts the program.
const TEMPTING: &str = "# A\n\n[a](https://example.org/) ![b](http://example.com/x.png) <https://example.net>\n\n\
    [c]: //example.org/x\n\n<iframe src=\"https://example.org/\"></iframe> [m](mailto:a@example.org) [c]\n";

#[test]
fn without_online_no_socket_is_opened() {
    let (site, cache) = (site(TEMPTING), tempfile::tempdir().unwrap());
    let log = cache.path().join("log");
    for arguments in [
        &["check", "."][..],
        &["check", "--fix", "."],
        &["site", "links"],
        &["explain", "links/dead-url"],
        &["rules"],
        &["config"],
    ] {
        let traced = Command::new("strace")
            .args(["-f", "-qq", "-e", "trace=network,openat", "-o"])
            .arg(&log)
            .arg(PROGRAM)
            .args(arguments)
            .current_dir(site.path())
            .env("HOME", cache.path())
            .output();
        let Ok(output) = traced else {
            eprintln!("skipped: no strace");
            return;
        };
        if String::from_utf8_lossy(&output.stderr).contains("ptrace") {
            eprintln!("skipped: strace may not trace here");
            return;
        }
        let calls = std::fs::read_to_string(&log).unwrap();
        assert!(calls.contains("openat("), "nothing was traced: {calls}");
        let network: Vec<_> = ["socket(", "socketpair(", "connect(", "bind(", "sendto(", "getsockname("]
            .iter()
            .flat_map(|call| calls.lines().filter(move |line| line.contains(call)))
            .collect();
        assert!(network.is_empty(), "{arguments:?}: {network:#?}");
        let certificates: Vec<_> = calls
            .lines()
            .filter(|line| ["/ssl/", ".pem", "resolv.conf"].iter().any(|file| line.contains(file)))
            .collect();
        assert!(certificates.is_empty(), "{arguments:?}: {certificates:#?}");
    }
}

#[tokio::test]
async fn what_servers_say_is_reported() {
    let server = Server::start("127.0.0.1", |head| match head.split(' ').nth(1).unwrap() {
        "/fine" => say("200 OK\nContent-Type: text/html", "<title>A</title><p id=there>"),
        "/wall" => say("403 Forbidden\nServer: cloudflare\nCf-Mitigated: challenge", ""),
        "/moved" => say("301 Moved\nLocation: /moved/", ""),
        "/moved/" => say("200 OK\nContent-Type: text/html", "<title>B</title>"),
        _ => say("404 Not Found", ""),
    })
    .await;
    let base = format!("http://127.0.0.1:{}", server.address.port());
    let site = site(&format!(
        "# A\n\n[a]({base}/fine) [b]({base}/gone) [c]({base}/wall) [d]({base}/fine#there) [e]({base}/fine#nowhere) [f]({base}/moved)\n"
    ));
    let cache = tempfile::tempdir().unwrap();
    // Literal addresses of private networks are refused by default, and nothing is sent.
    let shut = output(program(site.path(), cache.path(), &["--online"])).await;
    assert_eq!(server.connections(), 0, "{shut:?}");
    assert!(!findings(&shut).iter().any(|line| line.starts_with("links/dead-url")), "{:?}", findings(&shut));

    let cache = tempfile::tempdir().unwrap();
    let open = output(program(site.path(), cache.path(), &["--online", "--allow-private"])).await;
    let expected = [("dead-url", "/gone"), ("missing-anchor", "/fine"), ("redirected-url", "/moved")];
    assert_eq!(findings(&open), expected.map(|(rule, path)| format!("links/{rule} {base}{path}")));
    assert_eq!(open.status.code(), Some(1));
}

#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_reports_and_keeps_what_is_known() {
    let server = Server::start("127.0.0.1", |head| match head.split(' ').nth(1).unwrap() {
        path if path.starts_with("/fast") => say("200 OK", ""),
        _ => vec![Step::Hang],
    })
    .await;
    let other = Server::start("127.0.0.1", |_| say("404 Not Found", "")).await;
    let base = format!("http://127.0.0.1:{}", server.address.port());
    let gone = format!("http://127.0.0.1:{}/gone", other.address.port());
    let mut page: String = ["fast/1", "fast/2", "never/1", "never/2", "never/3"]
        .iter()
        .map(|path| format!("[x]({base}/{path})\n\n"))
        .collect();
    page.push_str(&format!("[x]({gone})\n"));
    let (site, cache) = (site(&page), tempfile::tempdir().unwrap());
    let mut command = program(site.path(), cache.path(), &["--online", "--allow-private"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let heard = |path: &str| server.heard().iter().filter(|head| head.contains(path)).count();
    // Both of the host's slots are taken by what never answers, and the other host has said its word twice.
    while heard("/never") < 2 || other.heard().len() < 2 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    let process = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &process]).status().unwrap().success());
    let output = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap()).await.unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(errors.contains("the run was interrupted: "), "{errors}");
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert_eq!(findings(&output), [format!("links/dead-url {gone}")]);
    let ledger = std::fs::read_to_string(cache.path().join("postlint/links.jsonl")).unwrap();
    assert!(ledger.contains("/fast/2") && !ledger.contains("/never"), "{ledger}");
}

#[tokio::test]
async fn a_corrupt_ledger_and_two_runs_at_once() {
    let server = Server::start("127.0.0.1", |head| {
        let path = head.split(' ').nth(1).unwrap();
        if path.starts_with("/gone") { say("404 Not Found", "") } else { say("200 OK", "") }
    })
    .await;
    let base = format!("http://127.0.0.1:{}", server.address.port());
    let page = |kind: &str| (0..30).map(|n| format!("[x]({base}/{kind}/{n})\n\n")).collect::<String>();
    let (one, two) = (site(&(page("fine") + &page("gone/both"))), site(&(page("good") + &page("gone/both"))));
    let cache = tempfile::tempdir().unwrap();
    let ledger = cache.path().join("postlint/links.jsonl");
    std::fs::create_dir_all(ledger.parent().unwrap()).unwrap();
    std::fs::write(&ledger, b"\x00\xff{\"url\": no ledger").unwrap();
    let flags = ["--online", "--allow-private"];
    let both = tokio::join!(
        output(program(one.path(), cache.path(), &flags)),
        output(program(two.path(), cache.path(), &flags))
    );
    let told = |output: &Output| {
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        findings(output)
    };
    assert_eq!(told(&both.0).len(), 30);
    assert_eq!(told(&both.0), told(&both.1));
    let errors = String::from_utf8_lossy(&both.0.stderr).into_owned() + &String::from_utf8_lossy(&both.1.stderr);
    assert!(errors.contains("the ledger of earlier probes is not used"), "{errors}");
    let kept = std::fs::read_to_string(&ledger).unwrap();
    for kind in ["fine", "good", "gone/both"] {
        assert_eq!(kept.matches(&format!("/{kind}/")).count(), 30, "{kind}");
    }
    // What both wrote is read: only what was gone is asked again.
    let before = server.heard().len();
    let again = output(program(one.path(), cache.path(), &flags)).await;
    assert!(again.stderr.is_empty() && told(&again) == told(&both.0), "{}", String::from_utf8_lossy(&again.stderr));
    assert_eq!(server.heard().len() - before, 60, "thirty, twice each");
}

#[tokio::test]
async fn mean_servers_cost_little_memory() {
    let bomb = {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::copy(&mut std::io::Read::take(std::io::repeat(b' '), 300 << 20), &mut packer).unwrap();
        packer.finish().unwrap()
    };
    let everywhere = if cfg!(target_os = "linux") { "0.0.0.0" } else { "127.0.0.1" };
    let server = Server::start(everywhere, move |head| {
        let start = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
        let path = head.split(' ').nth(1).unwrap();
        match path.split('/').nth(1).unwrap() {
            "endless" => vec![Step::Say(format!("{start}\r\n").into_bytes()), Step::Endless(vec![b'x'; 1 << 16])],
            "bomb" => vec![
                Step::Say(
                    format!("{start}Content-Encoding: gzip\r\nContent-Length: {}\r\n\r\n", bomb.len()).into_bytes(),
                ),
                Step::Say(bomb.clone()),
            ],
            "headers" => vec![Step::Say(start.into()), Step::Endless(b"X-More: and more\r\n".repeat(1000))],
            "self" => say(&format!("302 Found\nLocation: {path}?{}x", path.split('?').nth(1).unwrap_or_default()), ""),
            other => panic!("{other}"),
        }
    })
    .await;
    let port = server.address.port();
    // All of 127.0.0.0/8 is this machine, on Linux: as many hosts as one likes.
    let host = |number: u32| if cfg!(target_os = "linux") { number % 30 + 1 } else { 1 };
    let links = |kind: &str| {
        let link = |number| format!("[x](http://127.0.0.{}:{port}/{kind}/{number}#id)\n\n", host(number));
        (0..30).map(link).collect::<String>()
    };
    let site = site(&["endless", "bomb", "headers", "self"].map(links).concat());
    let cache = tempfile::tempdir().unwrap();
    let mut command = program(site.path(), cache.path(), &["--online", "--allow-private", "--budget", "60s"]);
    let run = tokio::task::spawn_blocking(move || {
        let (stdout, path) = tempfile::NamedTempFile::new().unwrap().into_parts();
        let mut child = command.stdout(stdout).stderr(Stdio::null()).spawn().unwrap();
        let mut most = None;
        while child.try_wait().unwrap().is_none() {
            most = most_memory(child.id()).or(most);
            std::thread::sleep(Duration::from_millis(10));
        }
        (most, std::fs::read_to_string(path).unwrap())
    });
    let (most, said) = run.await.unwrap();
    let report: Value = serde_json::from_str(&said).unwrap();
    assert!(report["findings"].as_array().unwrap().iter().all(|finding| finding["rule"] != "links/dead-url"), "{said}");
    match most {
        Some(megabytes) => assert!(megabytes < 150.0, "{megabytes} MB"),
        None => eprintln!("memory is not measured: no /proc"),
    }
}

fn most_memory(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
}
