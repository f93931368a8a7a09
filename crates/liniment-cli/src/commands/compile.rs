//! `liniment compile`: packs as one file that loads without reading them.

use std::io::{self, Write};
use std::process::ExitCode;

use liniment::Source;

use crate::output::{Done, Failure, Output};
use crate::packs::{LimitOptions, build, sources};
use crate::target::Target;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Built-in packs by name, or folders of packs, checked together
    #[arg(value_name = "PACK", required = true)]
    packs: Vec<String>,
    /// Where the compiled knowledge base goes: a file, or - for the standard output. Liniment of the same version loads
    /// it in every language: as --pack FILE here, with liniment_kb_from_bytes in C
    #[arg(long, value_name = "FILE")]
    out: String,
    /// The language that it speaks at first, such as de; the packs' own when left out
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
    #[command(flatten)]
    limits: LimitOptions,
}

pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> Done {
    let limits = arguments.limits.get();
    let packs = sources(&arguments.packs, &limits)?;
    let packs = packs.into_iter().map(Source::without_cases).collect();
    let base = build(packs, limits, arguments.lang.as_deref(), output)?;
    let fault = |error| Failure::fault("C0302", &arguments.out, error);
    let target = Target::open(&arguments.out).map_err(fault)?;
    write(&target, &base.to_bytes())
        .and_then(|()| target.keep())
        .map_err(fault)?;
    Ok(ExitCode::SUCCESS)
}

fn write(target: &Target, bytes: &[u8]) -> io::Result<()> {
    let mut sink = target.sink()?;
    sink.write_all(bytes)?;
    sink.flush()
}
