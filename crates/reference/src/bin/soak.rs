//! Mixed work for a long time, with flat memory and no difference: `cargo xtask soak --minutes 60`.

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use liniment_reference::soak::{THREADS, soak};

#[derive(Parser)]
#[command(about = "Loads, evaluates, explains, plans and proves for a long time")]
struct Arguments {
    /// How long, in minutes
    #[arg(long, default_value_t = 1.0)]
    minutes: f64,
    /// What is drawn
    #[arg(long, default_value_t = 20_261_127)]
    seed: u64,
}

fn main() -> ExitCode {
    let Arguments { minutes, seed } = Arguments::parse();
    println!("seed {seed}: {minutes} minutes, {THREADS} threads");
    match soak(Duration::from_secs_f64(minutes * 60.0), seed) {
        Ok(report) => {
            for difference in report.differences.iter().take(3) {
                println!("{difference}");
            }
            println!("{report}");
            if report.differences.is_empty() && report.is_flat() && report.cases > 0 {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}
