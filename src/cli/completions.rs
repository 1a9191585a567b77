//! `postlint completions SHELL`: what the shell needs to complete our arguments.

use clap::Args as ClapArgs;
use clap_complete::Shell;

use super::common::{Common, Error, print};
use crate::exit::Exit;

/// Arguments of `completions`.
#[derive(Debug, Clone, ClapArgs)]
pub struct Args {
    /// The shell
    pub shell: Shell,
}

/// Prints the script for `command`, the whole command line.
///
/// # Errors
/// When it cannot be written.
pub fn run(args: &Args, _: &Common, command: &mut clap::Command) -> Result<Exit, Error> {
    let mut script = Vec::new();
    let name = command.get_name().to_owned();
    clap_complete::generate(args.shell, command, name, &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Clean)
}
