//! Time and memory that hostile packs and cases take: `cargo xtask hostile` prints the table.
//!
//! Each one is tried in a process of its own, so that its memory is its own.

use std::process::{Command, ExitCode};
use std::time::Instant;

use liniment::{KnowledgeBase, Source};
use liniment_reference::hostile::{CASES, Fate, HostileCase, HostilePack, PACKS};
use liniment_reference::soak::most_resident;

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    match wanted.as_slice() {
        [one, name] if one == "--one" => try_one(name, None),
        [one, name, size] if one == "--one" => try_one(name, size.parse().ok()),
        names => table(names),
    }
}

fn names() -> impl Iterator<Item = &'static str> {
    PACKS
        .iter()
        .map(|pack| pack.name)
        .chain(CASES.iter().map(|case| case.name))
}

fn table(wanted: &[String]) -> ExitCode {
    let Ok(this) = std::env::current_exe() else {
        return ExitCode::FAILURE;
    };
    println!("| text | size | bytes | load | answer | memory | fate |");
    println!("|---|---:|---:|---:|---:|---:|---|");
    let mut fine = true;
    for name in names().filter(|name| wanted.is_empty() || wanted.iter().any(|one| name.contains(one))) {
        match Command::new(&this).args(["--one", name]).status() {
            Ok(status) if status.success() => {}
            ended => {
                println!("| {name} | failed: {ended:?} | | | | | |");
                fine = false;
            }
        }
    }
    if fine {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn try_one(name: &str, size: Option<usize>) -> ExitCode {
    if let Some(pack) = PACKS.iter().find(|pack| pack.name == name) {
        return try_pack(pack, size.unwrap_or(pack.size));
    }
    CASES
        .iter()
        .find(|case| case.name == name)
        .map_or(ExitCode::FAILURE, |case| {
            try_case(case, size.unwrap_or(case.size))
        })
}

fn row(name: &str, size: usize, bytes: usize, load: f64, answer: Option<f64>, fate: &str) {
    let answer = answer.map_or_else(String::new, |seconds| format!("{seconds:.3} s"));
    let memory = most_resident().map_or_else(String::new, |bytes| format!("{} MiB", bytes / (1024 * 1024)));
    println!("| {name} | {size} | {bytes} | {load:.3} s | {answer} | {memory} | {fate} |");
}

fn try_pack(pack: &HostilePack, size: usize) -> ExitCode {
    let files = (pack.files)(size);
    let bytes = files.iter().map(|(_, text)| text.len()).sum();
    let source = Source::files(files);
    let started = Instant::now();
    let built = KnowledgeBase::builder().pack(source).build();
    let load = started.elapsed().as_secs_f64();
    let (answer, fate, fine) = match (&built, pack.fate) {
        (Err(error), Fate::Refused(words)) => {
            let first = error
                .diagnostics()
                .iter()
                .find(|diagnostic| diagnostic.message.contains(words));
            (
                None,
                first.map_or_else(|| error.to_string(), |found| found.code.to_string()),
                first.is_some(),
            )
        }
        (Ok((kb, _)), Fate::Answers) => {
            let started = Instant::now();
            let advice = kb.advise(&kb.case());
            let seconds = started.elapsed().as_secs_f64();
            (Some(seconds), "answers".to_owned(), advice.is_ok())
        }
        (Err(error), Fate::Answers) => {
            let first = error.diagnostics().first();
            (
                None,
                first.map_or_else(String::new, |found| found.message.clone()),
                false,
            )
        }
        (Ok(_), Fate::Refused(_)) => (None, "was not refused".to_owned(), false),
    };
    row(pack.name, size, bytes, load, answer, &fate);
    if fine {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn try_case(case: &HostileCase, size: usize) -> ExitCode {
    let Ok((kb, _)) = KnowledgeBase::builder()
        .pack(liniment_rules::calf_cramps())
        .build()
    else {
        return ExitCode::FAILURE;
    };
    let text = (case.text)(size);
    let started = Instant::now();
    let read = kb.case_from_json(&text);
    let load = started.elapsed().as_secs_f64();
    let (fate, fine) = match read {
        Err(error) if error.to_string().contains(case.refused) => (error.code().to_string(), true),
        Err(error) => (error.to_string().chars().take(200).collect(), false),
        Ok(_) => ("was not refused".to_owned(), false),
    };
    row(case.name, size, text.len(), load, None, &fate);
    if fine {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
