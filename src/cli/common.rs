//! What every command shares: the common arguments, the configuration they lead to, and how to speak.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::config::{self, Config, ConfigError, Sources};
use crate::report::{Color, Style};

/// Arguments that belong to every command.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Common options")]
pub struct Common {
    /// Read this configuration instead of looking for postlint.yaml
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// Read no configuration of postlint at all
    #[arg(long, global = true, conflicts_with = "config")]
    pub isolated: bool,
    /// The folder of the site, where it is not detected
    #[arg(long, value_name = "DIR", global = true)]
    pub root: Option<PathBuf>,
    /// Threads to work with [default: one per core]
    #[arg(long, value_name = "N", global = true)]
    pub threads: Option<usize>,
    /// Colours
    #[arg(long, value_name = "WHEN", value_enum, default_value_t, global = true)]
    pub color: Color,
    /// Say no more than needed
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

/// Why a command did not do what it was asked for; exit code 2.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The engine could not run.
    #[error("{0}")]
    Failed(String),
    /// The output could not be written.
    #[error("cannot write: {0}")]
    Output(#[from] io::Error),
}

impl Common {
    /// The folder that the run starts in: `--root`, else the current one.
    #[must_use]
    pub fn start(&self) -> PathBuf {
        let current = std::env::current_dir().unwrap_or_default();
        self.root.as_ref().map_or_else(|| current.clone(), |root| current.join(root))
    }

    /// The top of the repository around the start, or the current folder outside one; every reported path is relative to it.
    #[must_use]
    pub fn repository(&self) -> PathBuf {
        let start = self.start();
        let top = start.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned);
        top.unwrap_or_else(|| if self.root.is_some() { start } else { std::env::current_dir().unwrap_or_default() })
    }

    /// The configuration of this run.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn configuration(&self) -> Result<Config, Error> {
        let (start, repository) = (self.start(), self.repository());
        if !start.is_dir() {
            return Err(Error::Failed(format!("--root: there is no folder `{}`", start.display())));
        }
        let explicit = self.config.as_deref();
        let mut config =
            config::load(Sources { start: &start, repository: &repository, explicit, isolated: self.isolated })?;
        if self.root.is_some() {
            let below = start.canonicalize()?.strip_prefix(repository.canonicalize()?).map(Path::to_owned);
            config.set_root(&below.unwrap_or_default().to_string_lossy().replace('\\', "/"));
        }
        Ok(config)
    }

    /// How people want to see it.
    #[must_use]
    pub fn style(&self) -> Style {
        let terminal = io::stdout().is_terminal().then_some((100, 40));
        Style { quiet: self.quiet, ..Style::new(self.color, |name| std::env::var(name).ok(), terminal) }
    }
}

/// Writes to stdout; a reader that has gone away (`| head`) is no failure.
///
/// # Errors
/// Any other failure to write.
pub fn print(text: &str) -> Result<(), Error> {
    write_to(&mut io::stdout().lock(), text)
}

/// Writes a note to stderr.
///
/// # Errors
/// As [`print`].
pub fn note(text: &str) -> Result<(), Error> {
    write_to(&mut io::stderr().lock(), text)
}

fn write_to(out: &mut dyn Write, text: &str) -> Result<(), Error> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}
