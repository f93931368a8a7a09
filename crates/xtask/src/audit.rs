//! `cargo xtask audit`: tools that take long or are seldom installed.

use crate::coverage;
use crate::mutants;
use crate::steps::Tool;
use crate::workspace::{cargo, succeeds};

/// A tool and what it is asked.
struct Audit {
    tool: Tool,
    what: &'static str,
    run: Run,
}

enum Run {
    /// The tool by itself, under cargo.
    Cargo(&'static [&'static str]),
    /// A command of ours that asks the tool.
    Ours(fn() -> Result<bool, String>),
}

const AUDITS: &[Audit] = &[
    Audit {
        tool: Tool {
            name: "deny",
            probe: &["cargo", "deny", "--version"],
            install: "cargo install --locked cargo-deny",
        },
        what: "licences, banned and doubled crates, sources",
        run: Run::Cargo(&["deny", "check", "licenses", "bans", "sources"]),
    },
    Audit {
        tool: Tool {
            name: "semver-checks",
            probe: &["cargo", "semver-checks", "--version"],
            install: "cargo install --locked cargo-semver-checks",
        },
        what: "the public interface against the last commit on main",
        run: Run::Cargo(&["semver-checks", "--package", "liniment", "--baseline-rev", "main"]),
    },
    Audit {
        tool: coverage::TOOL,
        what: "lines of check, compile and evaluate that the library's tests reach, by file",
        run: Run::Ours(coverage::audit),
    },
    Audit {
        tool: mutants::TOOL,
        what: "changes to check, compile and evaluate that no quick test notices: a sample of 400",
        run: Run::Ours(mutants::audit),
    },
];

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only these: deny, semver-checks, llvm-cov, mutants
    #[arg(value_name = "TOOL")]
    only: Vec<String>,
}

/// Runs what is installed. False when one of them has findings.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    if let Some(name) = arguments
        .only
        .iter()
        .find(|name| AUDITS.iter().all(|audit| audit.tool.name != **name))
    {
        let names: Vec<&str> = AUDITS.iter().map(|audit| audit.tool.name).collect();
        return Err(format!(
            "no audit is called `{name}`; there are {}",
            names.join(", ")
        ));
    }
    let mut fine = true;
    let mut missing = Vec::new();
    for audit in AUDITS {
        let name = audit.tool.name;
        if !arguments.only.is_empty() && !arguments.only.iter().any(|only| only == name) {
            continue;
        }
        if !audit.tool.is_installed() {
            missing.push(&audit.tool);
            continue;
        }
        println!("\n── {name}: {}", audit.what);
        let success = match audit.run {
            Run::Cargo(arguments) => succeeds(cargo(arguments))?,
            Run::Ours(run) => run()?,
        };
        println!("── {name}: {}", if success { "no findings" } else { "findings" });
        fine &= success;
    }
    for tool in missing {
        println!("not installed: {} ({})", tool.name, tool.install);
    }
    Ok(fine)
}
