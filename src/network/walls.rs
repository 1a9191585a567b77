//! The marks of walls against robots: a refusal that says nothing about the page behind it.

use super::answer::Response;
use super::verdict::Wall;

/// The wall that a response is, if it is one.
#[must_use]
pub fn of(response: &Response) -> Option<Wall> {
    let header = |name: &str| response.headers.get(name);
    let status = response.status;
    if status == 999 {
        return Some(Wall::Status(999));
    }
    if header("cf-mitigated").is_some() {
        return Some(Wall::Robots("Cloudflare".to_owned()));
    }
    if matches!(status, 200..=299 | 301..=308) {
        return None;
    }
    let named =
        [("x-datadome", "DataDome"), ("x-amzn-waf-action", "AWS WAF"), ("x-px-block", "HUMAN"), ("x-iinfo", "Imperva")];
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walls_are_known_by_their_marks() {
        let wall = |status, name: &str, value: &str| of(&Response::new(status).with(name, value));
        assert_eq!(wall(403, "cf-mitigated", "challenge"), Some(Wall::Robots("Cloudflare".to_owned())));
        assert_eq!(wall(403, "Server", "AkamaiGHost"), Some(Wall::Robots("Akamai".to_owned())));
        assert_eq!(wall(999, "x", "y"), Some(Wall::Status(999)));
        assert_eq!(wall(404, "server", "cloudflare"), None);
        assert_eq!(wall(200, "x-datadome", "protected"), None);
    }
}
