//! No leak and no wrong access: valgrind, the address sanitizer, helgrind.

use super::programs::{compile, library, start, test_source};
use crate::steps::Tally;
use crate::workspace::{program, succeeds};

/// How often valgrind and the sanitizer create, evaluate and free.
const ROUNDS: &str = "10000";
/// How many sequences of random calls valgrind and the sanitizer see.
const SEQUENCES_IN_VALGRIND: &str = "60";
const SEQUENCES_SANITIZED: &str = "2000";

pub(super) fn check() -> Result<Tally, String> {
    library()?;
    let mut tally = Tally::default();
    let rounds = compile(&test_source("rounds.c"), "rounds", &[])?;
    let interface = compile(
        &test_source("interface.c"),
        "interface_valgrind",
        &["-DNO_GIBIBYTE"],
    )?;
    let threads = compile(&test_source("threads.c"), "threads_helgrind", &["-pthread"])?;
    let handles = compile(&test_source("handles.c"), "handles_valgrind", &[])?;
    let arrow = compile(&test_source("arrow.c"), "arrow_valgrind", &[])?;
    let calls = compile(&test_source("random_calls.c"), "random_calls_valgrind", &[])?;
    let leaks = [
        "--quiet",
        "--error-exitcode=9",
        "--leak-check=full",
        // What std keeps of a thread until the end counts as possibly lost.
        "--show-leak-kinds=definite,indirect",
        "--errors-for-leak-kinds=definite,indirect",
    ];
    for (built, arguments) in [
        (&rounds, &[ROUNDS][..]),
        (&interface, &[]),
        (&handles, &[]),
        (&arrow, &[]),
        (&calls, &[SEQUENCES_IN_VALGRIND]),
    ] {
        let mut command = program("valgrind", leaks);
        command.arg(built).args(arguments);
        let fine = succeeds(command)?;
        tally.count(fine, || format!("valgrind has findings in {}", built.display()));
    }
    let mut command = program(
        "valgrind",
        [
            "--tool=helgrind",
            "--quiet",
            "--error-exitcode=9",
            "--suppressions=bindings/c/tests/helgrind.supp",
        ],
    );
    command.arg(&threads);
    let fine = succeeds(command)?;
    tally.count(fine, || "helgrind has findings".to_owned());

    let sanitized = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"];
    for (name, arguments) in [
        ("rounds.c", &[ROUNDS][..]),
        // With its text of a gibibyte.
        ("interface.c", &[]),
        ("handles.c", &[]),
        ("arrow.c", &[]),
        ("random_calls.c", &[SEQUENCES_SANITIZED]),
    ] {
        let built = compile(
            &test_source(name),
            &format!("{}_sanitized", name.trim_end_matches(".c")),
            &sanitized,
        )?;
        let fine = succeeds(start(&built, arguments))?;
        tally.count(fine, || format!("the address sanitizer has findings in {name}"));
    }
    Ok(tally)
}
