//! The marks of walls against robots: a refusal that says nothing about the page behind it.

use super::answer::Response;
use super::hosts::Hosts;
use super::page::title;
use super::verdict::Wall;

/// The wall that a response is, if it is one.
#[must_use]
pub fn of(response: &Response, hosts: &Hosts) -> Option<Wall> {
    by_headers(response).or_else(|| by_text(response, hosts))
}

fn by_headers(response: &Response) -> Option<Wall> {
    let header = |name: &str| response.headers.get(name);
    let status = response.status;
    if status == 999 {
        return Some(Wall::Status(999));
    }
    // Both are only there when a puzzle stands for the page; with 202, too.
    for (name, who) in [("cf-mitigated", "Cloudflare"), ("x-amzn-waf-action", "AWS WAF")] {
        if header(name).is_some() {
            return Some(Wall::Robots(who.to_owned()));
        }
    }
    if matches!(status, 200..=299 | 301..=308) {
        return None;
    }
    let named = [("x-datadome", "DataDome"), ("x-px-block", "HUMAN"), ("x-iinfo", "Imperva")];
    if let Some((_, who)) =
        named.iter().find(|(name, _)| header(name).is_some()).filter(|_| matches!(status, 403 | 405 | 429 | 503))
    {
        return Some(Wall::Robots((*who).to_owned()));
    }
    let server = header("server").unwrap_or_default().to_ascii_lowercase();
    if matches!(status, 403 | 503) {
        for (mark, who) in [
            ("cloudflare", "Cloudflare"),
            ("akamaighost", "Akamai"),
            ("ddos-guard", "DDoS-Guard"),
            ("sucuri", "Sucuri"),
        ] {
            if server.contains(mark)
                && (status == 403 || header("retry-after").is_none())
                && !(status == 503 && mark == "akamaighost")
            {
                return Some(Wall::Robots(who.to_owned()));
            }
        }
    }
    None
}

/// Some show their puzzle with a status that says something else: 200, 404, 503. A page that is found may speak of such
/// marks, so there only its title counts.
fn by_text(response: &Response, hosts: &Hosts) -> Option<Wall> {
    let text = &response.body.as_ref()?.text;
    let known = match response.status {
        200..=299 => hosts.walled_by_title(&title(text)),
        _ => hosts.walled(text).or_else(|| hosts.walled_by_title(&title(text))),
    };
    known.map(|known| Wall::Robots(known.why.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wall(response: &Response) -> Option<Wall> {
        of(response, Hosts::built_in())
    }

    #[test]
    fn walls_are_known_by_their_marks() {
        let wall = |status, name: &str, value: &str| wall(&Response::new(status).with(name, value));
        assert_eq!(wall(403, "cf-mitigated", "challenge"), Some(Wall::Robots("Cloudflare".to_owned())));
        assert_eq!(wall(202, "x-amzn-waf-action", "challenge"), Some(Wall::Robots("AWS WAF".to_owned())));
        assert_eq!(wall(403, "Server", "AkamaiGHost"), Some(Wall::Robots("Akamai".to_owned())));
        assert_eq!(wall(999, "x", "y"), Some(Wall::Status(999)));
        assert_eq!(wall(404, "server", "cloudflare"), None);
        assert_eq!(wall(200, "x-datadome", "protected"), None);
    }

    #[test]
    fn a_puzzle_is_none_of_what_its_status_says() {
        let puzzle = "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>";
        let article = "<title>Reading _cf_chl_opt</title><p>Cloudflare sets _cf_chl_opt";
        let at = |status, text: &str| wall(&Response::new(status).text(text)).is_some();
        assert!(at(200, puzzle) && at(404, puzzle) && at(503, puzzle));
        assert!(!at(200, article));
        assert!(at(503, "<p>To discuss automated access contact api-services-support@amazon.com."));
        assert!(!at(404, "<title>Not found</title>"));
    }
}
