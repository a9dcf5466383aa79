//! `recto head`: how long a log is and its last hash, to be written down; and giving an anchor up.

use std::path::PathBuf;

use crate::cli::failure::{Exit, Failure};
use crate::cli::sources;
use crate::log::audit::{Finding, Plan};
use crate::log::record::Head;
use crate::shell::anchors;
use crate::shell::clock;
use crate::shell::config::Config;
use crate::shell::console::Console;
use crate::shell::log_reader;
use crate::shell::who::Reviewer;
use crate::text::visible;

/// Names a log.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The log, or the OCR text that it lies beside.
    #[arg(value_name = "BASE|LOG", value_parser = sources::log())]
    log: PathBuf,
    /// Forget that the log was longer, or another: an older copy was put back on purpose.
    #[arg(long)]
    accept_shorter: bool,
    /// Who gives the anchor up.
    #[arg(long, value_name = "NAME", requires = "accept_shorter")]
    reviewer: Option<String>,
}

/// Prints a log's size and head, or makes them its anchor although it was longer once.
///
/// # Errors
/// A log that cannot be read or whose chain is broken; nothing to give up.
pub fn run(options: &Options, console: &Console) -> Result<Exit, Failure> {
    let log = options.log.display();
    let id = log_reader::id(&options.log).map_err(Failure::cannot)?;
    let kept = match &id {
        Some(id) => anchors::load(id).map_err(Failure::cannot)?,
        None => None,
    };
    let heads = kept.iter().map(|kept| kept.size).collect();
    let plan = Plan { heads, ..Plan::default() };
    let audit = log_reader::read(&options.log, &plan).map_err(Failure::cannot)?;
    let complaint = audit.complaint().unwrap_or_default();
    let header = match (&audit.header, audit.finding()) {
        (_, Finding::Damaged) | (None, _) => {
            return Err(Failure::damaged(format_args!("{log}: {complaint}")));
        }
        (Some(header), _) => header,
    };
    let now = Head { log: header.log.clone(), size: audit.size, head: audit.head };
    if !options.accept_shorter {
        let text = format!(
            "log      {}  {}  {}\nsize     {}\nhead     {}\nanchor   {}:{}\n",
            visible::escape(&header.document),
            visible::escape(&header.reviewer),
            now.log,
            now.size,
            now.head.short(),
            now.size,
            now.head
        );
        console.result(text.as_bytes())?;
        return Ok(Exit::Done);
    }
    let unlike = kept.as_ref().filter(|kept| kept.anchor().complaint(&audit).is_some());
    let Some(kept) = unlike else {
        return Err(Failure::no(format_args!("{log} has all that is remembered of it"))
            .hint("there is nothing to give up"));
    };
    let by = Reviewer::find(options.reviewer.as_deref(), &Config::load()?)?;
    anchors::give_up(kept, &now, by.as_str(), &clock::now()).map_err(Failure::cannot)?;
    console.say(&format!(
        "given up by {by}: record {} with head {}; {log} is anchored at {} with head {}",
        kept.size,
        kept.head.short(),
        now.size,
        now.head.short()
    ));
    Ok(Exit::Done)
}
