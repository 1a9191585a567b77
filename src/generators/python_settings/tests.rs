//! What is read of settings in Python, and that anything else ends.

use super::*;

#[test]
fn literals_and_what_is_made_of_them() {
    let text = r#"
#!/usr/bin/env python
from os import path
SITEURL = 'https://a.example'  # here
PATH = "con" 't\x65nt'
PATHS = ['a', "b", # two
         u'\u0063',]
ONE = ('x')
PAIR = (('a', 1), ("b", -2.5))
MAP = {
    'k': {'n': True}, 'e': None,
}
RE = r'(?P<date>\d{4})\.x'
BOTH = SITEURL + '/b'
MORE = PATHS + ['d']
CALL = path.listdir('a')
HERE = os.path.dirname(os.path.abspath(__file__))
JOIN = os.path.join(HERE, 'a', "b/")
PART = {'a': PATHS[:-1] + [('x', '}')], "b": f("it's", {}),  # }'
    'c': 1}
F = f"{x}"
D = dict(a={'b': dict(c=True)}, d = [dict()],
    )
N = dict([('a', 1)])
LATE = """two
lines"""
ONE_OF = TWO_OF = (
    THREE_OF
) = FOUR_OF = "x"
SAME = (PATH) == 'x'
PATHS += ['d']
ONE += PAIR
if True:
    PATH = 'no'
x == 1
"#;
    let found = read(text);
    let value = |name: &str| found[name].clone();
    assert_eq!(value("PATH"), "content");
    assert_eq!(value("PATHS"), serde_json::json!(["a", "b", "c", "d"]));
    assert_eq!(value("ONE"), Value::Null);
    assert_eq!(value("PAIR"), serde_json::json!([["a", 1], ["b", -2.5]]));
    assert_eq!(value("MAP"), serde_json::json!({"k": {"n": true}, "e": null}));
    assert_eq!(value("RE"), r"(?P<date>\d{4})\.x");
    assert_eq!(value("BOTH"), "https://a.example/b");
    assert_eq!(value("MORE"), serde_json::json!(["a", "b", "c", "d"]));
    assert_eq!((value("CALL"), value("F"), value("N")), (Value::Null, Value::Null, Value::Null));
    assert_eq!(value("HERE"), "");
    assert_eq!(value("JOIN"), "a/b/");
    assert_eq!(value("PART"), serde_json::json!({"a": null, "b": null, "c": 1}));
    assert_eq!(value("D"), serde_json::json!({"a": {"b": {"c": true}}, "d": [{}]}));
    assert_eq!(value("LATE"), "two\nlines");
    for name in ["ONE_OF", "TWO_OF", "THREE_OF", "FOUR_OF"] {
        assert_eq!(value(name), "x", "{name}");
    }
    assert_eq!(value("SAME"), Value::Null);
    assert!(!found.contains_key("x"));
}

#[test]
fn texts_made_of_others() {
    let text = r"
URL = '{date:%Y}/{slug}/'; BARE: str = 'a/'
FORMAT = '{}index.html'.format(URL)
NAMED = '{u}{{x}}'.format(u=URL)
PERCENT = '%sindex.html' % URL
PAIR = '%s-%s' % (BARE, 'b')
F = f'{URL}index.html'
STRIPPED = URL.rstrip('/') + '/index.html'
JOINED = '/'.join(['a', BARE])
MAP = {'k': URL}
KEY = MAP['k']
A, B = 'a', 'b'
if x:
    ONCE = 'a'
    URL = 'b'
NO = '%d' % 1
NONE = '{date:%Y}'.format(1)
CALL = idx(URL)
WHEN = URL if x else BARE
";
    let found = read(text);
    for name in ["FORMAT", "PERCENT", "F", "STRIPPED"] {
        assert_eq!(found[name], "{date:%Y}/{slug}/index.html", "{name}");
    }
    assert_eq!((&found["NAMED"], &found["PAIR"]), (&"{date:%Y}/{slug}/{x}".into(), &"a/-b".into()));
    assert_eq!((&found["JOINED"], &found["KEY"]), (&"a/a/".into(), &found["URL"]));
    for name in ["A", "B", "ONCE", "NO", "NONE", "CALL", "WHEN"] {
        assert_eq!(found[name], Value::Null, "{name}");
    }
}

#[test]
fn broken_text_ends() {
    for text in [
        "A = {'a': f(",
        "A = {'a': f('",
        "A = {'a': )",
        "A = [",
        "A = {'a'",
        "A = '",
        "A = (((((",
        "A = 1 +",
        "A = \\",
        "A = [\n'a' 'b' c]",
        "A = [1 2]",
        "A = '{'.format(",
        "A = '%' % 1",
        "A = '%s' %",
        "A = f'{",
    ] {
        assert_eq!(read(text).get("A"), Some(&Value::Null), "{text}");
    }
    assert_eq!(read(&format!("A = {}", "[".repeat(100_000)))["A"], Value::Null);
}
