//! Each way in which a rule file can be wrong is refused, at its line.

use super::*;

const GOOD: &str = "id: links/loud
summary: The link shouts
severity: warning
confidence: high
level: standard
scope: page
fix: none
rationale: Readers dislike it.
options:
  most: { type: integer, default: 20, help: Longest link in characters. }
check:
  length: { in: body.links, max: $most }
  message: too long
examples:
  - name: loud
    bad: \"[a](AAAAAAAAAAAAAAAAAAAAAAAAAAA)\"
    reports: [\"1:1 too long\"]
  - name: quiet
    good: \"[a](b)\"
";

fn refused(from: &str, to: &str) -> String {
    let text = GOOD.replacen(from, to, 1);
    assert_ne!(text, GOOD, "the test must change something");
    parse("links/loud", &text).unwrap_err().to_string()
}

#[test]
fn a_sound_rule_is_read() {
    let rule = parse("links/loud", GOOD).unwrap();
    assert_eq!((rule.area(), rule.level, rule.examples.len()), ("links", Level::Standard, 2));
    let options = [("most".to_owned(), 7.into())].into();
    let statements = rule.check.statements(&options).unwrap();
    assert!(matches!(&statements[0].kind, Kind::Length(length) if length.max == Some(7)));
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    for (from, to, line, words) in [
        ("id: links/loud", "id: links/load", "1:", "the path says `links/loud`"),
        ("summary:", "sumary:", "2:", "unknown field `sumary`"),
        ("warning", "fatal", "3:", "unknown variant `fatal`"),
        ("The link shouts", "It shouts.", "2:", "without a full stop"),
        ("type: integer", "type: int", "10:", "unknown option type \"int\""),
        ("default: 20", "default: many", "10:", "`many` is not an integer"),
        ("help: Longest link in characters.", "hlp: x", "10:", "unknown field `hlp`"),
        ("$most", "$least", "11:", "`$least`, which is no option"),
        ("length:", "long:", "11:", "unknown field `long`"),
        ("body.links", "body.limbs", "11:", "unknown selector `body.limbs`"),
        ("  message: too long\n", "", "11:", "missing field `message`"),
        (
            "check:\n  length: { in: body.links, max: $most }\n  message: too long\n",
            "check: codes\n",
            "11:",
            "`check` is `code`",
        ),
        ("    reports: [\"1:1 too long\"]\n", "", "15:", "needs `reports`"),
        ("1:1 too long", "too long", "15:", "is not `path:line:column message`"),
        ("  - name: quiet\n    good: \"[a](b)\"\n", "", "14:", "no good example"),
        ("name: quiet", "name: loud", "18:", "two examples are named `loud`"),
        ("good: \"[a](b)\"", "good: x\n    fixed: y", "18:", "`fix: none`"),
        ("good: \"[a](b)\"", "good: x\n    options: { least: 1 }", "18:", "`least` is no option"),
        ("good: \"[a](b)\"", "files: { a.md: { image: bmp } }", "19:", "unknown variant `bmp`"),
    ] {
        let said = refused(from, to);
        assert!(said.starts_with(line) && said.contains(words), "{from} -> {to}: {said}");
    }
}

#[test]
fn sizes_and_durations_read_as_people_write_them() {
    assert_eq!(parse_size("500KB"), Some(500_000));
    assert_eq!(parse_size("1.5 MB"), Some(1_500_000));
    assert_eq!(parse_size("64KiB"), Some(65_536));
    assert_eq!(parse_size("99999999999999999999GB"), None);
    assert_eq!(parse_size("ten"), None);
    assert_eq!(parse_duration("7d"), Some(std::time::Duration::from_secs(604_800)));
    assert_eq!(parse_duration("250ms"), Some(std::time::Duration::from_millis(250)));
    assert_eq!(parse_duration("7 years"), None);
}

#[test]
fn options_refuse_what_does_not_fit() {
    let spec = |kind: &str| -> OptionSpec {
        from_yaml(&format!("{{ type: {kind}, default: null, help: x, values: [] }}")).unwrap()
    };
    assert!(spec("[string]").accepts(&serde_json::json!(["a"])).is_ok());
    assert!(spec("[string]").accepts(&serde_json::json!([1])).is_err());
    assert!(spec("{string: integer}").accepts(&serde_json::json!({ "a": 1 })).is_ok());
    assert!(spec("date").accepts(&serde_json::json!("2024-13-01")).is_err());
    let mut words = spec("string");
    words.values = vec!["first".to_owned(), "last".to_owned()];
    assert_eq!(words.accepts(&"middle".into()), Err("`middle` is not one of `first`, `last`".to_owned()));
}
