//! Random packs, cases and what the library answers, written for front ends to repeat: `cargo xtask pairs`.
//!
//! The standard output has records: a line with what it is and its length in bytes, the bytes, a line break.
//! `pack` begins a pack of the `name` and `text` records that follow; `load` ends the packs of a knowledge
//! base; then come its `case` records, each followed by its `answer`.

use std::io::{self, BufWriter, Write};

use clap::Parser;
use liniment_reference::compare::{advise, build};
use liniment_reference::generate::Trial;
use liniment_reference::print::TimeStyle;

#[derive(Parser)]
#[command(about = "Writes random packs and cases with their advice")]
struct Arguments {
    /// How many packs to draw
    #[arg(long, default_value_t = 1_000)]
    packs: u64,
    /// How many cases to draw for each
    #[arg(long, default_value_t = 100)]
    cases: usize,
    /// What is drawn; the same seed draws the same
    #[arg(long, default_value_t = 20_261_127)]
    seed: u64,
}

fn record(out: &mut impl Write, kind: &str, text: &str) -> io::Result<()> {
    writeln!(out, "{kind} {}\n{text}", text.len())
}

fn main() -> io::Result<()> {
    let Arguments { packs, cases, seed } = Arguments::parse();
    let mut out = BufWriter::new(io::stdout().lock());
    for number in 0..packs {
        let trial = Trial::of_number(seed, number, cases);
        let Ok(kb) = build(&trial.base, None) else {
            continue;
        };
        for files in trial.base.files(None) {
            record(&mut out, "pack", "")?;
            for (name, text) in files {
                record(&mut out, "name", &name)?;
                record(&mut out, "text", &text)?;
            }
        }
        record(&mut out, "load", "")?;
        for case in &trial.cases {
            record(
                &mut out,
                "case",
                &trial.base.case_json(case, TimeStyle::Mixed, false),
            )?;
            record(&mut out, "answer", &advise(&kb, &trial.base, case).to_json())?;
        }
    }
    out.flush()
}
