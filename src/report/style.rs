//! How a person wants to see the report: decided once from the flags and the environment, by a pure function.

use std::borrow::Cow;
use std::io::IsTerminal as _;

/// `--color`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Color {
    /// Colours on a terminal that shows them.
    #[default]
    Auto,
    /// Colours in any case.
    Always,
    /// No colours.
    Never,
}

/// How the formats for people look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Paint with ANSI colours.
    pub color: bool,
    /// Draw with lines and signs beyond ASCII.
    pub unicode: bool,
    /// Columns to fill.
    pub width: usize,
    /// How many excerpts fill a screen; a report of up to twice as many findings shows them all the same.
    pub excerpts: usize,
    /// Inside GitHub Actions: a line may be a command to the runner.
    pub in_actions: bool,
    /// A bar that redraws itself is welcome on stderr.
    pub progress: bool,
    /// Findings only: neither the sites nor good news.
    pub quiet: bool,
    /// The table instead of excerpts.
    pub statistics: bool,
}

/// What a pipe or a file gets; nobody is there to resize it.
const PLAIN_WIDTH: usize = 100;
/// More than this is not read from the screen but from a file.
const MOST_EXCERPTS: usize = 20;

impl Default for Style {
    fn default() -> Self {
        Style {
            color: false,
            unicode: true,
            width: PLAIN_WIDTH,
            excerpts: MOST_EXCERPTS,
            in_actions: false,
            progress: false,
            quiet: false,
            statistics: false,
        }
    }
}

impl Style {
    /// Decides from `--color`, the environment (`env` returns a variable's value) and the size (columns, rows) of the
    /// terminal that stdout is, `None` when it is none.
    #[must_use]
    pub fn new(color: Color, env: impl Fn(&str) -> Option<String>, terminal: Option<(usize, usize)>) -> Self {
        let set = |name: &str| env(name).is_some_and(|value| !value.is_empty());
        let forced = |name: &str| env(name).is_some_and(|value| !value.is_empty() && value != "0");
        let dumb = env("TERM").is_some_and(|term| term == "dumb");
        let color = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto if set("NO_COLOR") => false,
            Color::Auto if forced("CLICOLOR_FORCE") || forced("FORCE_COLOR") => true,
            Color::Auto => terminal.is_some() && !dumb && env("CLICOLOR").is_none_or(|value| value != "0"),
        };
        // Bytes that leave through a pipe are UTF-8 whatever the locale; only a terminal can fail to draw them.
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().filter_map(|name| env(name)).find(|value| !value.is_empty());
        let narrow = locale.is_some_and(|value| !value.to_ascii_lowercase().replace('-', "").contains("utf8"));
        let (width, excerpts) = match terminal {
            Some((columns, rows)) => (columns.clamp(40, 120), (rows / 6).clamp(3, MOST_EXCERPTS)),
            None => (PLAIN_WIDTH, MOST_EXCERPTS),
        };
        Style {
            color,
            unicode: !(dumb || terminal.is_some() && narrow),
            width,
            excerpts,
            in_actions: env("GITHUB_ACTIONS").is_some_and(|value| value == "true"),
            progress: terminal.is_some() && !dumb && !forced("CI"),
            quiet: false,
            statistics: false,
        }
    }

    /// The style for standard output of this process.
    #[must_use]
    pub fn detect(color: Color) -> Self {
        let size = terminal_size::terminal_size_of(std::io::stdout());
        let size = size.map(|(columns, rows)| (usize::from(columns.0), usize::from(rows.0)));
        // A terminal that does not tell its size is one all the same.
        let terminal = size.or_else(|| std::io::stdout().is_terminal().then_some((80, 40)));
        Style::new(color, |name| std::env::var(name).ok(), terminal)
    }

    /// The same for a report that goes into a file (`--format full=FILE`): plain, and with every excerpt.
    #[must_use]
    pub fn for_file(self) -> Self {
        let plain = Style { quiet: self.quiet, statistics: self.statistics, ..Style::default() };
        Style { excerpts: usize::MAX, ..plain }
    }

    /// The text in this ink, where colours are on.
    #[must_use]
    pub fn paint<'a>(&self, ink: Ink, text: &'a str) -> Cow<'a, str> {
        if !self.color || text.is_empty() {
            return Cow::Borrowed(text);
        }
        let code = match ink {
            Ink::Error => "31",
            Ink::Warning => "33",
            Ink::Hint => "36",
            Ink::Good => "32",
            Ink::Strong => "1",
            Ink::Dim => "2",
        };
        Cow::Owned(format!("\u{1b}[{code}m{text}\u{1b}[0m"))
    }
}

/// The few inks of the reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// An error.
    Error,
    /// A warning.
    Warning,
    /// A hint, and help.
    Hint,
    /// Good news.
    Good,
    /// What the eye looks for first.
    Strong,
    /// What can be skipped.
    Dim,
}

impl From<crate::finding::Severity> for Ink {
    fn from(severity: crate::finding::Severity) -> Self {
        match severity {
            crate::finding::Severity::Error => Ink::Error,
            crate::finding::Severity::Warning => Ink::Warning,
            crate::finding::Severity::Hint => Ink::Hint,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(color: Color, env: &[(&str, &str)], terminal: bool) -> Style {
        let env = |name: &str| env.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_string());
        Style::new(color, env, terminal.then_some((90, 50)))
    }

    #[test]
    fn colours_follow_the_flag_then_the_environment_then_the_terminal() {
        assert!(style(Color::Auto, &[], true).color);
        assert!(!style(Color::Auto, &[], false).color);
        assert!(!style(Color::Auto, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], true).color);
        assert!(style(Color::Auto, &[("NO_COLOR", "")], true).color, "an empty NO_COLOR says nothing");
        assert!(style(Color::Auto, &[("CLICOLOR_FORCE", "1")], false).color);
        assert!(!style(Color::Auto, &[("CLICOLOR_FORCE", "0")], false).color);
        assert!(!style(Color::Auto, &[("TERM", "dumb")], true).color);
        assert!(style(Color::Always, &[("NO_COLOR", "1")], false).color);
        assert!(!style(Color::Never, &[("CLICOLOR_FORCE", "1")], true).color);
    }

    #[test]
    fn a_terminal_that_cannot_draw_gets_ascii() {
        assert!(!style(Color::Auto, &[("TERM", "dumb")], true).unicode);
        assert!(!style(Color::Auto, &[("LANG", "C")], true).unicode);
        assert!(style(Color::Auto, &[("LANG", "C")], false).unicode);
        assert!(style(Color::Auto, &[("LC_ALL", "fr_FR.UTF-8"), ("LANG", "C")], true).unicode);
    }

    #[test]
    fn a_bar_only_where_someone_looks() {
        assert!(style(Color::Auto, &[], true).progress);
        assert!(!style(Color::Auto, &[("CI", "true")], true).progress);
        assert!(!style(Color::Auto, &[], false).progress);
        assert!(style(Color::Auto, &[("GITHUB_ACTIONS", "true")], false).in_actions);
    }
}
