//! The command line: one file per command.

mod base;
pub mod check;
pub mod common;
pub mod completions;
pub mod config;
mod credentials;
pub mod explain;
pub mod init;
mod interrupt;
pub mod learn;
pub mod merge;
pub mod online;
pub mod output;
mod place;
pub mod repair;
pub mod rules;
pub mod site;

use clap::{CommandFactory, Parser, Subcommand};

use crate::exit::Exit;
use common::{Common, note};

/// Find what breaks in blogs and Markdown sites: front matter, links, images, language.
///
/// Run it in the folder of your site, without any configuration.
#[derive(Debug, Parser)]
#[command(name = "postlint", version, subcommand_precedence_over_arg = true, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    check: check::Args,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check the site (the default command)
    Check(check::Args),
    /// Explain a rule: what, why, examples, options, how to silence it
    Explain(explain::Args),
    /// List the rules
    Rules(rules::Args),
    /// Show what postlint believes about the site
    Site(site::Args),
    /// Write a configuration, or print what a CI service needs
    Init(init::Args),
    /// Show the configuration and where each value comes from
    Config(config::Args),
    /// Make one report of several: of the shards of one run, or of several sites
    Merge(merge::Args),
    /// Print the completions for a shell
    Completions(completions::Args),
}

/// Runs the program.
#[must_use]
pub fn main() -> Exit {
    quiet_panics();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // `--help` and `--version` are no failures.
            let exit = if error.use_stderr() { Exit::Failed } else { Exit::Clean };
            return if error.print().is_ok() { exit } else { Exit::Failed };
        }
    };
    let common = &cli.common;
    let result = match &cli.command {
        None => check::run(&cli.check, common),
        Some(Command::Check(args)) => check::run(args, common),
        Some(Command::Explain(args)) => explain::run(args, common),
        Some(Command::Rules(args)) => rules::run(args, common),
        Some(Command::Site(args)) => site::run(args, common),
        Some(Command::Init(args)) => init::run(args, common),
        Some(Command::Config(args)) => config::run(args, common),
        Some(Command::Merge(args)) => merge::run(args, common),
        Some(Command::Completions(args)) => completions::run(args, common, &mut Cli::command()),
    };
    result.unwrap_or_else(|error| {
        // Nobody can be told when stderr is gone too.
        let _ = note(&format!("postlint: {error}\n"));
        Exit::Failed
    })
}

/// A panic in a page or a rule becomes a finding; a backtrace on the terminal would only hide the report.
fn quiet_panics() {
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
}
