//! Packs read and checked, for tests.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::base::CheckedBase;
use super::check;
use crate::diagnostic::Finding;
use crate::limits::Limits;
use crate::parse::{Source, parse};

pub(super) fn check_folders(folders: &[&str]) -> (Option<CheckedBase>, Vec<Finding>, Vec<(String, String)>) {
    let mut findings = Vec::new();
    let mut packs = Vec::new();
    let mut files = Vec::new();
    for folder in folders {
        let source = Source::folder(folder).unwrap();
        let pack = parse(&source, &Limits::default(), files.len() as u32, &mut findings);
        if let Some(pack) = &pack {
            files.extend(pack.files.iter().map(|file| (file.name.to_string(), file.text.to_string())));
        }
        packs.extend(pack);
    }
    let base = check(packs, &Limits::default(), &mut findings);
    (base, findings, files)
}

pub(super) fn show(findings: &[Finding], files: &[(String, String)]) -> String {
    let mut out = String::new();
    for finding in findings {
        out += &format!("{:?} {} {}\n", finding.code.severity, finding.code.code, finding.message);
        for (span, label) in &finding.labels {
            let (name, text) = files.get(span.file.0 as usize).cloned().unwrap_or_default();
            let line = text.get(..span.start as usize).unwrap_or("").matches('\n').count() + 1;
            let piece: String = text.get(span.start as usize..span.end as usize).unwrap_or("?").chars().take(60).collect();
            out += &format!("    {name}:{line} `{}` {label}\n", piece.replace('\n', " "));
        }
        for (what, text) in [("help", &finding.help), ("nearest", &finding.nearest), ("witness", &finding.witness)] {
            if let Some(text) = text {
                out += &format!("    {what}: {text}\n");
            }
        }
    }
    out
}

#[test]
fn folders_from_outside() {
    let Ok(folders) = std::env::var("CHECK_PACKS") else { return };
    let folders: Vec<&str> = folders.split(':').collect();
    let start = std::time::Instant::now();
    let (base, findings, files) = check_folders(&folders);
    println!("{}", show(&findings, &files));
    println!("base: {} findings: {} in {:?}", base.is_some(), findings.len(), start.elapsed());
}
