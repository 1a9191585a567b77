use super::DateReader::{Go, JavaScript, Rfc3339, Ruby};
use super::*;

fn ok(text: &str, reader: DateReader) -> bool {
    read_date(text, reader).is_ok()
}

#[test]
fn who_reads_what() {
    for (text, ruby, go, js, rfc) in [
        ("2024-01-05", true, true, true, true),
        ("2024-01-05T10:00:00Z", true, true, true, true),
        ("2024-01-05T10:00:00.123Z", true, true, true, true),
        ("2024-01-05T10:00:00+01:00", true, true, true, true),
        ("2024-01-05T10:00:00+0100", true, true, true, false),
        ("2024-01-05 10:00:00 +0100", true, true, true, false),
        ("2024-01-05 10:00:00", true, true, true, true),
        ("2024-01-05 10:00", true, false, true, false),
        ("2024-1-5", true, false, false, false),
        ("2024-01-05T0:00:00+03:00", true, true, true, true),
        ("2024-1-5", true, false, false, false),
        ("2024/01/05", true, false, true, false),
        ("15 Oct 2023", true, true, true, false),
        ("Oct 15, 2023", true, false, true, false),
        ("Sun, 15 Oct 2023 10:00:00 GMT", true, true, true, false),
        ("2022-08-02:00:00.000Z", false, false, false, false),
        ("2024.01.05", true, false, false, false),
        ("31/12/2023", true, false, false, false),
        ("12/31/2023", false, false, true, false),
        ("12-31-2023", false, false, false, false),
        ("2024-01-05 (updated)", true, false, false, false),
    ] {
        assert_eq!(
            [ok(text, Ruby), ok(text, Go), ok(text, JavaScript), ok(text, Rfc3339)],
            [ruby, go, js, rfc],
            "{text}"
        );
    }
}

#[test]
fn why_not() {
    for (text, why) in [
        ("", NotADate::Empty),
        ("TBD", NotADate::Placeholder),
        ("YYYY-MM-DD (optional)", NotADate::Placeholder),
        ("2015-06-XX XX:XX:XX", NotADate::Placeholder),
        ("0000-01-01", NotADate::Placeholder),
        ("2024-02-30", NotADate::Impossible),
        ("2024-13-01", NotADate::Impossible),
        ("2024-01-01 25:00:00", NotADate::Impossible),
        ("12/31/2024", NotADate::OtherSpelling(When { date: Date::constant(2024, 12, 31), time: None, offset: None })),
        ("soon", NotADate::Unreadable),
        ("99999999999999", NotADate::Unreadable),
    ] {
        assert_eq!(read_date(text, Ruby), Err(why), "{text}");
    }
}

#[test]
fn only_ruby_takes_the_day_first() {
    assert_eq!(read_date("03/04/2024", Go), Err(NotADate::Ambiguous));
    assert_eq!(read_date("03/04/2024", Ruby).map(|when| when.date), Ok(Date::constant(2024, 4, 3)));
}

#[test]
fn proposals_have_one_meaning() {
    for (text, proposal) in [
        ("2022-08-02:00:00.000Z", Some("2022-08-02T00:00:00.000Z")),
        ("2022-08-02:10:30:00Z", Some("2022-08-02T10:30:00Z")),
        ("2022-08-02:10:30Z", None),
        ("2024-1-5", Some("2024-01-05")),
        ("2024/01/05", Some("2024-01-05")),
        ("2024/1/5 9:30", Some("2024-01-05 09:30:00")),
        ("2024-01-05 9:30 pm", Some("2024-01-05 21:30:00")),
        ("2024-01-05T10:00", Some("2024-01-05T10:00:00")),
        ("2024-01-05 10:00:00 +01:00", Some("2024-01-05 10:00:00 +0100")),
        ("31/12/2023", Some("2023-12-31")),
        ("12/31/2023", Some("2023-12-31")),
        ("03/04/2023", None),
        ("15 Oct 2023", Some("2023-10-15")),
        ("October 15th, 2023", Some("2023-10-15")),
        ("2024\u{2013}01\u{2013}05", Some("2024-01-05")),
        ("2024-01-05", None),
        ("2024-02-30", None),
        ("TBD", None),
        ("2024-01-05 10:00 CEST", None),
    ] {
        assert_eq!(date_proposal(text).as_deref(), proposal, "{text}");
        if let Some(text) = proposal {
            assert!([Ruby, Go, JavaScript].into_iter().all(|reader| ok(text, reader)), "{text}");
        }
    }
}

#[test]
fn the_parts_of_a_date() {
    let when = read_date("2024-01-05 10:20:30 -0330", Ruby).unwrap();
    assert_eq!(when.date, Date::constant(2024, 1, 5));
    assert_eq!(when.time, Some(Time::constant(10, 20, 30, 0)));
    assert_eq!(when.offset.map(Offset::seconds), Some(-12_600));
}

#[test]
fn ruby_finds_the_month_by_its_name() {
    for (text, day) in [
        ("September 2014", "2014-09-01"),
        ("April, 08 2014", "2014-04-08"),
        ("Apr 8, 2014 5pm", "2014-04-08"),
        ("2014 April 5", "2014-04-05"),
        ("Mars 2014", "2014-03-01"),
        ("2026-06-20-T14:47:-00-03:00", "2026-06-20"),
    ] {
        assert_eq!(read_date(text, Ruby).map(|when| when.date.to_string()).as_deref(), Ok(day), "{text}");
    }
    for text in ["next Tuesday", "Spring 2014", "2014 sometime", "octopus 20145", "Q3 2019"] {
        assert_eq!(read_date(text, Ruby), Err(NotADate::Unreadable), "{text}");
    }
}

#[test]
fn node_reads_numbers_in_nearly_any_order() {
    for (text, day) in [
        ("Tue May 17 12:17:38 EDT 2016", "2016-05-17 -04"),
        ("2018 01 30 12:26:17", "2018-01-30"),
        ("2020-09-06 22:010:17", "2020-09-06"),
        ("2022-08-02:00:00:00", "2022-08-02"),
        ("12-31-2023", "2023-12-31"),
        ("2017-9-4", "2017-09-04"),
        ("September 2014", "2014-09-01"),
        ("posted 5 Oct 2014 9:30 pm (late) +0200", "2014-10-05 +02"),
    ] {
        let read = read_by_new_date(text).unwrap();
        let zone = read.offset.map(|zone| format!(" {zone}")).unwrap_or_default();
        assert_eq!(format!("{}{zone}", read.date), day, "{text}");
    }
    for text in ["next Tuesday", "2024-13-45", "31/12/2023", "5 août 2024", "2024年1月5日", "1 2 3 4"] {
        assert!(read_by_new_date(text).is_err(), "{text}");
    }
}
