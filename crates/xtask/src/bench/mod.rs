//! `cargo xtask bench`: how fast it is. A suite is one line in [`SUITES`].

mod c;
pub(crate) mod instructions;
mod peers;
mod start;

use crate::workspace::{cargo, succeeds};

/// Every suite, in the order in which they run.
const SUITES: &[Suite] = &[
    Suite {
        name: "start",
        what: "from the start of the command to printed advice",
        run: start::run,
    },
    Suite {
        name: "load",
        what: "from the text of packs to a knowledge base, stage by stage",
        run: |_| cargo_bench("load"),
    },
    Suite {
        name: "stages",
        what: "each stage by itself, packs of 68 to 100,000 rules, and what is asked of the calf packs: why not, the plan",
        run: |_| cargo_bench("stages"),
    },
    Suite {
        name: "one-case",
        what: "one case: verdicts, masks and advice",
        run: |_| cargo_bench("one_case"),
    },
    Suite {
        name: "many-rules",
        what: "one case against up to 100,000 rules",
        run: |_| cargo_bench("many_rules"),
    },
    Suite {
        name: "proofs",
        what: "proofs of the built-in packs and of 1,000 rules, contradictions among 10,000",
        run: |_| cargo_bench("proofs"),
    },
    Suite {
        name: "questions",
        what: "advice of the built-in packs with its next questions, for emptier and fuller cases",
        run: |_| cargo_bench("questions"),
    },
    Suite {
        name: "batch",
        what: "columns of cases in, columns of advice out",
        run: |_| cargo_bench("batch"),
    },
    Suite {
        name: "c",
        what: "one call from C: facts by number in, a verdict code per advice id out",
        run: |_| c::run(),
    },
    Suite {
        name: "instructions",
        what: "instructions of the fast paths, which do not depend on what else the machine does",
        run: |arguments| instructions::run(arguments.keep),
    },
];

/// Something that is measured.
struct Suite {
    name: &'static str,
    what: &'static str,
    /// False when it took longer than it may.
    run: fn(&Arguments) -> Result<bool, String>,
}

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What to measure: start, load, stages, …; everything when left out
    #[arg(value_name = "SUITE")]
    suites: Vec<String>,
    /// The case that the suite `start` advises on
    #[arg(long, default_value = "examples/mid-run-cramp.json")]
    case: String,
    /// How often the suite `start` runs
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
    /// Fail when the median of the suite `start` is more than this many milliseconds
    #[arg(long)]
    limit: Option<u64>,
    /// Keep what the suite `instructions` counts, for later runs to be compared with
    #[arg(long)]
    keep: bool,
    /// Measure other engines beside Liniment instead, and write the tables into docs/PERFORMANCE.md
    #[arg(long, conflicts_with_all = ["suites", "limit", "keep"])]
    peers: bool,
    /// With --peers: options of its program, such as `--peer-options="--turns 3 --rules 100,1000"`
    #[arg(long, requires = "peers", default_value = "", value_name = "OPTIONS")]
    peer_options: String,
}

/// Measures. False when something took longer than it may.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    if arguments.peers {
        return peers::run(&arguments.peer_options);
    }
    if let Some(unknown) = arguments
        .suites
        .iter()
        .find(|name| SUITES.iter().all(|suite| suite.name != **name))
    {
        let names: Vec<&str> = SUITES.iter().map(|suite| suite.name).collect();
        return Err(format!(
            "there is no suite `{unknown}`; there are {}",
            names.join(", ")
        ));
    }
    let mut fine = true;
    for suite in SUITES {
        if arguments.suites.is_empty() || arguments.suites.iter().any(|name| name == suite.name) {
            println!("== {}: {}", suite.name, suite.what);
            fine &= (suite.run)(arguments)?;
            println!();
        }
    }
    Ok(fine)
}

/// A benchmark of the library, `crates/liniment/benches/NAME.rs`.
fn cargo_bench(name: &str) -> Result<bool, String> {
    match succeeds(cargo([
        "bench",
        "--quiet",
        "--package",
        "liniment",
        "--features",
        "arrow",
        "--bench",
        name,
    ]))? {
        true => Ok(true),
        false => Err(format!("the benchmark `{name}` did not succeed")),
    }
}
