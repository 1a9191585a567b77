//! Verdicts beside those of lychee, URL by URL, on the same servers: every difference is in the table, with its reason.
//!
//! `POSTLINT_LYCHEE=path/to/lychee cargo test --test network lychee`; skipped without.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use super::server::{Server, Step, say};

/// What we say and what lychee says about each, and why that is not the same.
const TABLE: &[(&str, &str, &str, &str)] = &[
    // path, our rule, lychee, why they differ
    ("/ok", "", "", ""),
    ("/none", "", "", ""),
    ("/moved", "redirected-url", "", "fine for both; we offer the repair"),
    ("/temporary", "", "", ""),
    ("/401", "unverified-url", "bad", "a login is no dead link: not judged, and never fine"),
    ("/403", "unverified-url", "bad", "a server that refuses a program says nothing about readers"),
    ("/wall", "unverified-url", "bad", "a bot wall, known by its mark"),
    ("/404", "dead-url", "bad", ""),
    ("/410", "dead-url", "bad", ""),
    ("/418", "unverified-url", "bad", "no status that says gone"),
    ("/451", "unverified-url", "bad", "no status that says gone"),
    ("/500", "unverified-url", "bad", "out of order today: dead after three days of it"),
    ("/999", "unverified-url", "bad", "LinkedIn's way of refusing programs"),
    ("/loop", "unverified-url", "bad", "a circle may be made for programs without cookies"),
    ("/metadata", "unverified-url", "bad", "we do not follow it; lychee does, and finds nobody there"),
    ("/file", "unverified-url", "bad", "leads to a file, which neither follows"),
    ("/parked", "hijacked-url", "", "200, and the domain is for sale"),
    ("/closed", "unverified-url", "bad", "no answer: dead after three days of it"),
];

fn answer(head: &str) -> Vec<Step> {
    let to = |status: &str, location: &str| say(&format!("{status}\nLocation: {location}"), "");
    let html = |title: &str| say("200 OK\nContent-Type: text/html", format!("<title>{title}</title><p>{title}"));
    match head.split(' ').nth(1).unwrap() {
        "/ok" | "/ok/" => html("A page"),
        "/none" => vec![Step::Say(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()), Step::Again],
        "/moved" => to("301 Moved", "/moved/"),
        "/moved/" => html("Another page"),
        "/temporary" => to("302 Found", "/ok/"),
        "/wall" => say("403 Forbidden\nServer: cloudflare\nCf-Mitigated: challenge", ""),
        "/loop" => to("302 Found", "/loop"),
        "/metadata" => to("302 Found", "http://169.254.169.254:9/latest/meta-data/"),
        "/file" => to("302 Found", "file:///etc/passwd"),
        "/parked" => html("This domain is for sale"),
        "/closed" => vec![Step::Reset],
        path => match path.trim_start_matches('/').parse::<u16>() {
            Ok(status) => say(&format!("{status} Whatever"), ""),
            Err(_) => say("404 Not Found", ""),
        },
    }
}

#[tokio::test]
async fn each_verdict_that_differs_from_lychees_has_its_reason() {
    let Ok(lychee) = std::env::var("POSTLINT_LYCHEE") else {
        eprintln!("skipped: POSTLINT_LYCHEE names no lychee");
        return;
    };
    let server = Server::start("127.0.0.1", answer).await;
    let base = format!("http://127.0.0.1:{}", server.address.port());
    let (site, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let links: String = TABLE.iter().map(|(path, ..)| format!("[x]({base}{path})\n\n")).collect();
    std::fs::write(site.path().join("index.md"), format!("# A\n\n{links}")).unwrap();
    let path_of = |url: &str| url.strip_prefix(&base).map(str::to_owned);
    let run = |mut command: Command| {
        command.current_dir(site.path()).env("XDG_CACHE_HOME", cache.path()).env_remove("CI_NODE_INDEX");
        tokio::task::spawn_blocking(move || command.output().unwrap())
    };

    let mut command = Command::new(env!("CARGO_BIN_EXE_postlint"));
    command.args(["check", "--isolated", "--online", "--allow-private", "--level", "strict", "--format", "json"]);
    command.args(["--skip", "links/local-url", "."]);
    let said = run(command).await.unwrap();
    let report: Value = serde_json::from_slice(&said.stdout).unwrap();
    let mut ours: BTreeMap<String, String> = BTreeMap::new();
    for finding in report["findings"].as_array().unwrap() {
        let url = finding["message"].as_str().unwrap().split('`').nth(1).unwrap_or_default();
        let rule = finding["rule"].as_str().unwrap().trim_start_matches("links/");
        ours.extend(path_of(url).map(|path| (path, rule.to_owned())));
    }

    let mut command = Command::new(lychee);
    command.args(["--no-progress", "--format", "json", "--max-retries", "1", "--retry-wait-time", "1", "index.md"]);
    let said = run(command).await.unwrap();
    let report: Value = serde_json::from_slice(&said.stdout).unwrap();
    let bad: BTreeSet<String> = ["error_map", "timeout_map"]
        .iter()
        .flat_map(|key| report[key].as_object().into_iter().flatten())
        .flat_map(|(_, list)| list.as_array().into_iter().flatten())
        .filter_map(|error| path_of(error["url"].as_str()?))
        .collect();

    let mut wrong = Vec::new();
    for (path, our, their, why) in TABLE {
        let said = ours.get(*path).map_or("", String::as_str);
        let theirs = if bad.contains(*path) { "bad" } else { "" };
        if said != *our || theirs != *their {
            wrong.push(format!("{path}: ours `{said}`, lychee `{theirs}`"));
        }
        let agree = (said == "dead-url") == (theirs == "bad") && (said.is_empty() || said == "dead-url");
        assert_eq!(agree, why.is_empty(), "{path}: a difference without a reason, or a reason without a difference");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
