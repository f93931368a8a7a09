//! Generated files say what their generators say now.

use super::{Step, Tally};
use crate::generate;

pub(super) const STEPS: &[Step] = &[Step {
    name: "generated",
    full: false,
    needs: &[],
    run: check,
}];

fn check() -> Result<Tally, String> {
    let mut tally = Tally::default();
    for file in generate::all() {
        let stale = file.and_then(|file| generate::difference(&file));
        match stale {
            Ok(None) => tally.passed += 1,
            Ok(Some(difference)) => {
                println!("{difference}");
                tally
                    .failed
                    .push(difference.lines().next().unwrap_or_default().to_owned());
            }
            Err(message) => tally.failed.push(message),
        }
    }
    Ok(tally)
}
