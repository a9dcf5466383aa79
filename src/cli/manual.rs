//! `recto completions` and `recto man`: made from the same table as the parser.

use clap::Command;

use crate::cli::failure::{Exit, Failure};
use crate::shell::console::Console;

/// Names the shell.
#[derive(Debug, clap::Args)]
pub struct Shell {
    /// The shell that shall complete.
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

/// Prints a completion script.
///
/// # Errors
/// Those of writing to standard output.
pub fn completions(
    options: &Shell,
    mut parser: Command,
    console: &Console,
) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut parser, "recto", &mut script);
    console.result(&script)?;
    Ok(Exit::Done)
}

/// Prints the manual page, as `man -l -` takes it.
///
/// # Errors
/// Those of writing to standard output.
pub fn man(parser: Command, console: &Console) -> Result<Exit, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(parser).render(&mut page)?;
    console.result(&page)?;
    Ok(Exit::Done)
}
