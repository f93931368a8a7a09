//! `cargo xtask mutate-packs`: do the packs' own cases and promises notice when a rule is changed?

use crate::steps::pack_folders;
use crate::workspace::{build_released, program, succeeds};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Make so many of the changes; all when left out
    #[arg(long)]
    sample: Option<usize>,
    /// Which changes a sample takes
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// How many in a hundred must be caught
    #[arg(long, default_value_t = 95.0)]
    least: f64,
}

/// Changes the packs under `rules/` and prints what nothing noticed. False when too few are caught.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let binary = build_released()?;
    let mut command = program(&binary, ["test", "--mutate"]);
    command.args(["--least", &arguments.least.to_string()]);
    if let Some(sample) = arguments.sample {
        command.args(["--sample", &sample.to_string()]);
        command.args(["--seed", &arguments.seed.to_string()]);
    }
    command.args(pack_folders()?);
    succeeds(command)
}
