//! From the start of the command to printed advice.

use std::process::Stdio;
use std::time::{Duration, Instant};

use super::Arguments;
use crate::workspace::{build_released, program};

/// Measures. False when the median is above the limit.
pub(super) fn run(arguments: &Arguments) -> Result<bool, String> {
    let binary = build_released()?;
    let mut times = Vec::new();
    // The first two runs fill the caches and do not count.
    for run in 0..arguments.runs + 2 {
        let mut command = program(&binary, ["advise", &arguments.case]);
        command.stdout(Stdio::null());
        let started = Instant::now();
        let status = command
            .status()
            .map_err(|error| format!("{}: {error}", binary.display()))?;
        let took = started.elapsed();
        if !status.success() {
            return Err(format!("liniment advise {} did not succeed", arguments.case));
        }
        if run >= 2 {
            times.push(took);
        }
    }
    times.sort();
    let at = |share: usize| {
        times
            .get((times.len() - 1) * share / 100)
            .copied()
            .unwrap_or_default()
    };
    let median = at(50);
    println!(
        "liniment advise {}, {} runs, release build",
        arguments.case,
        times.len()
    );
    for (name, time) in [
        ("fastest", at(0)),
        ("median", median),
        ("90th", at(90)),
        ("slowest", at(100)),
    ] {
        println!("{name:>8} {:8.2} ms", time.as_secs_f64() * 1000.0);
    }
    Ok(arguments
        .limit
        .is_none_or(|limit| median <= Duration::from_millis(limit)))
}
