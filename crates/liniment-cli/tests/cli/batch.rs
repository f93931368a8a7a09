//! `liniment batch`: tables in, tables out, and everything that can be wrong with them.
#![cfg(feature = "batch")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use insta::assert_snapshot;
use serde_json::Value;

use crate::common::{self, Run, command, run, run_with, write};

const PACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/feet");

const CASES: &str = "\
case,sore,numb,place,since,wears,age,cream
1,true,false,foot,20h,tight;old,3.5,considering
2,true,false,foot,3d,;,6,no
3,,,,,,,
";

fn folder(name: &str) -> PathBuf {
    common::folder(&format!("batch-{name}"))
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().unwrap().to_owned()
}

fn batch(input: &str, out: &str, more: &[&str]) -> Run {
    run(&[&["batch", "--pack", PACK, "--in", input, "--out", out], more].concat())
}

fn batch_of(stdin: &str, out: &str, more: &[&str]) -> Run {
    let arguments = [
        "batch", "--pack", PACK, "--in", "-", "--out", out, "--format", "csv",
    ];
    run_with(&[&arguments, more].concat(), stdin.as_bytes())
}

#[track_caller]
fn done(run: Run) -> String {
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(run.out, "");
    run.err
}

/// What stands in the folder, by name.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_csv_file_becomes_a_csv_file() {
    let folder = folder("csv");
    let (cases, out) = (write(&folder, "cases.csv", CASES), path(&folder, "advice.csv"));
    let report = done(batch(
        &cases,
        &out,
        &["--keep", "case", "--output", "recommended"],
    ));
    assert_snapshot!("report", report);
    assert_snapshot!("recommended", fs::read_to_string(&out).unwrap());
    assert_eq!(names(&folder), ["advice.csv", "cases.csv"]);
}

#[test]
fn rows_are_advised_on_as_cases_are() {
    let folder = folder("json");
    let lines = [
        r#"{"sore":true,"place":"foot","numb":false,"since":"20h","wears":["tight"],"age":3}"#,
        r#"{"sore":true,"place":"foot","numb":false,"since":"21h","wears":["tight"],"age":4.5}"#,
        r#"{"numb":true,"water":"warm"}"#,
    ];
    let cases = write(&folder, "cases.jsonl", lines.join("\n"));
    let out = path(&folder, "advice.jsonl");
    done(batch(&cases, &out, &["--output", "json"]));
    let given = fs::read_to_string(&out).unwrap();
    assert_eq!(given.lines().count(), lines.len());
    for (given, case) in given.lines().zip(lines) {
        let given: Value = serde_json::from_str(given).unwrap();
        let alone = run_with(
            &["advise", "-", "--pack", PACK, "--format", "json"],
            case.as_bytes(),
        )
        .fine();
        assert_eq!(given["json"].as_str().unwrap(), alone.trim_end());
    }
}

/// Each form holds each output, and what one run passed on the next one reads.
#[test]
fn every_form_can_be_read_and_written() {
    let folder = folder("forms");
    let cases = write(&folder, "cases.csv", CASES);
    let forms: &[&str] = if cfg!(feature = "parquet") {
        &["arrow", "parquet", "jsonl"]
    } else {
        &["arrow", "jsonl"]
    };
    for what in [
        "verdicts",
        "masks",
        "recommended",
        "next-question",
        "json",
        "advice",
    ] {
        let expected = path(&folder, "expected.jsonl");
        done(batch(&cases, &expected, &["--output", what, "--others", "drop"]));
        for form in forms {
            let copy = path(&folder, &format!("{what}.{form}"));
            done(batch(&cases, &copy, &["--output", what, "--others", "keep"]));
            // All columns but `case` are facts: nothing of them is passed on.
            let keep_all: Vec<&str> = ["sore", "numb", "place", "since", "wears", "age", "cream"]
                .iter()
                .flat_map(|fact| ["--keep", fact])
                .collect();
            let facts = path(&folder, &format!("{what}-facts.{form}"));
            let named = [
                "--output",
                "next-question",
                "--columns",
                "water=case",
                "--on-bad",
                "unknown",
            ];
            done(batch(&cases, &facts, &[&named[..], &keep_all].concat()));
            let again = path(&folder, &format!("{what}-{form}.jsonl"));
            done(batch(&facts, &again, &["--output", what, "--others", "drop"]));
            assert_eq!(
                fs::read_to_string(&again).unwrap(),
                fs::read_to_string(&expected).unwrap(),
                "{what} by way of {form}"
            );
        }
    }
}

#[test]
fn streams_go_through() {
    let run = batch_of(CASES, "-", &["--keep", "case", "--output", "next-question"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_snapshot!("next_question", run.out);
}

#[test]
fn columns_are_named_and_kept() {
    let folder = folder("columns");
    let cases = write(&folder, "cases.csv", "id,Sore,crem\n7,true,no\n");
    let out = path(&folder, "advice.csv");
    let refused = |more: &[&str]| batch(&cases, &out, more).fault().replace(&cases, "cases.csv");
    assert_snapshot!("column_of_no_fact", refused(&[]));
    assert_snapshot!(
        "misspelt_column",
        refused(&["--keep", "id", "--columns", "sore=Sore"])
    );
    assert_snapshot!("no_such_column", refused(&["--columns", "sore=sore"]));
    assert_snapshot!("no_such_fact", refused(&["--columns", "soar=Sore"]));
    let named = [
        "--keep",
        "id",
        "--columns",
        "sore=Sore",
        "--columns",
        "cream=crem",
    ];
    done(batch(&cases, &out, &named));
    assert!(fs::read_to_string(&out).unwrap().starts_with("id,"));
}

#[test]
fn bad_values_name_their_row_or_are_flagged() {
    let folder = folder("bad");
    let cases = write(
        &folder,
        "cases.csv",
        "cream,since,age\nno,1h,\nnon,2h,1\nno,soon,\nno,-1h,25\n",
    );
    let out = path(&folder, "advice.jsonl");
    assert_snapshot!(
        "bad_value",
        batch(&cases, &out, &[]).fault().replace(&cases, "cases.csv")
    );
    assert_eq!(names(&folder), ["cases.csv"]);
    let report = done(batch(
        &cases,
        &out,
        &["--on-bad", "unknown", "--output", "next-question"],
    ));
    assert_snapshot!("report_of_bad_values", report);
    let flags: Vec<bool> = fs::read_to_string(&out)
        .unwrap()
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).unwrap()["_bad"]
                .as_bool()
                .unwrap()
        })
        .collect();
    assert_eq!(flags, [false, true, true, true]);
}

#[test]
fn wrong_types_are_refused_before_any_row() {
    let folder = folder("types");
    let arrow = path(&folder, "moments.arrow");
    moments(&arrow);
    let out = path(&folder, "advice.jsonl");
    let message = batch(
        &arrow,
        &out,
        &["--columns", "age=sore", "--columns", "sore=since"],
    )
    .fault();
    assert_snapshot!("wrong_type", message.replace(&arrow, "moments.arrow"));
}

#[test]
fn moments_are_clocks_when_now_is_given() {
    let folder = folder("moments");
    let arrow = path(&folder, "moments.arrow");
    moments(&arrow);
    let out = path(&folder, "advice.jsonl");
    assert_snapshot!(
        "moments_without_now",
        batch(&arrow, &out, &[]).fault().replace(&arrow, "moments.arrow")
    );
    done(batch(
        &arrow,
        &out,
        &["--now", "2026-11-27T20:00:00Z", "--output", "advice"],
    ));
    let line: Value = serde_json::from_str(fs::read_to_string(&out).unwrap().trim_end()).unwrap();
    let items = line["advice"].as_array().unwrap();
    let walk = items.iter().find(|item| item["id"] == "walk").unwrap();
    assert_eq!(walk["verdict"], "defer");
    assert_eq!(walk["opens_in"], "PT14400S");
}

/// A table with a column of moments.
fn moments(out: &str) {
    use std::sync::Arc;

    use arrow_array::{ArrayRef, BooleanArray, RecordBatch, StringArray, TimestampSecondArray};

    // 2026-11-27T00:00:00Z
    let moments = TimestampSecondArray::from(vec![1_795_737_600]).with_timezone("UTC");
    let columns: [(&str, ArrayRef); 3] = [
        ("since", Arc::new(moments)),
        ("place", Arc::new(StringArray::from(vec!["foot"]))),
        ("sore", Arc::new(BooleanArray::from(vec![true]))),
    ];
    let rows = RecordBatch::try_from_iter(columns).unwrap();
    let mut writer =
        arrow_ipc::writer::FileWriter::try_new(fs::File::create(out).unwrap(), rows.schema_ref()).unwrap();
    writer.write(&rows).unwrap();
    writer.finish().unwrap();
}

#[test]
fn tables_that_are_none_are_faults() {
    let folder = folder("broken");
    let out = path(&folder, "out.csv");
    for (name, content) in [
        ("empty.csv", ""),
        ("cut.jsonl", "{\"cream\":\"no\"\n"),
        ("uneven.csv", "cream,sore\nno\n"),
        ("none.arrow", "ARROW1\0\0"),
        ("stream.arrow", "no arrow"),
        ("type.jsonl", "{\"sore\":\"perhaps\"}\n"),
    ] {
        let input = write(&folder, name, content);
        let message = batch(&input, &out, &[]).fault();
        assert!(message.contains(name), "{message}");
        drop(fs::remove_file(&input));
    }
    assert_eq!(names(&folder), [""; 0]);
    let absent = path(&folder, "absent.csv");
    assert!(batch(&absent, &out, &[]).fault().contains("absent.csv"));
}

#[test]
fn a_table_without_rows_has_its_columns() {
    let folder = folder("none");
    let cases = write(&folder, "cases.csv", "cream\n");
    let out = path(&folder, "advice.csv");
    let report = done(batch(&cases, &out, &["--output", "next-question"]));
    assert_snapshot!("report_of_no_rows", report);
    assert_eq!(fs::read_to_string(&out).unwrap(), "next_question,ask\n");
}

#[test]
fn what_was_there_stays_when_the_run_fails() {
    let folder = folder("stays");
    let cases = write(&folder, "cases.csv", "cream\nno\nnonsense\n");
    let out = write(&folder, "advice.csv", "before\n");
    batch(&cases, &out, &[]).fault();
    assert_eq!(fs::read_to_string(&out).unwrap(), "before\n");
    assert_eq!(names(&folder), ["advice.csv", "cases.csv"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_fault_and_a_closed_pipe_is_none() {
    let folder = folder("full");
    let mut content = "cream\n".to_owned();
    content.push_str(&"no\n".repeat(50_000));
    let cases = write(&folder, "cases.csv", &content);
    let message = batch(&cases, "/dev/full", &["--format", "csv"]).fault();
    assert!(message.contains("No space left"), "{message}");

    let mut child = command(&[
        "batch", "--pack", PACK, "--in", &cases, "--out", "-", "--format", "csv",
    ])
    .stdout(Stdio::piped())
    .stderr(Stdio::piped())
    .spawn()
    .unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(ended.stderr).unwrap(), "");
    assert_eq!(ended.status.code(), Some(0));
}

/// A run that waits for more rows of its standard input.
#[cfg(unix)]
fn begun(out: &str) -> (std::process::Child, std::process::ChildStdin) {
    let mut child = command(&[
        "batch",
        "--pack",
        PACK,
        "--in",
        "-",
        "--out",
        out,
        "--format",
        "csv",
        "--chunk-rows",
        "10",
    ])
    .stdin(Stdio::piped())
    .stderr(Stdio::piped())
    .spawn()
    .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(b"cream\n").unwrap();
    // Enough for the command to have begun: it reads a mebibyte before anything else.
    input.write_all("no\n".repeat(400_000).as_bytes()).unwrap();
    (child, input)
}

#[cfg(unix)]
fn send(signal: &str, child: &std::process::Child) {
    let status = std::process::Command::new("kill")
        .args([signal, &child.id().to_string()])
        .status()
        .unwrap();
    assert!(status.success());
}

/// An interrupt while rows still come: nothing is left, and the exit code says so.
#[cfg(unix)]
#[test]
fn an_interrupt_leaves_nothing() {
    for signal in ["-INT", "-TERM"] {
        let folder = folder(&format!("interrupt{signal}"));
        let (child, mut input) = begun(&path(&folder, "advice.csv"));
        send(signal, &child);
        // More rows, so that it comes to hear of it.
        drop(input.write_all("no\n".repeat(400_000).as_bytes()));
        drop(input);
        let ended = child.wait_with_output().unwrap();
        let message = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(130), "{message}");
        assert_eq!(names(&folder), [""; 0]);
    }
}

/// Who is killed cannot clear up; what stood there stands there still.
#[cfg(unix)]
#[test]
fn a_killed_run_leaves_what_was_there() {
    let folder = folder("killed");
    let out = write(&folder, "advice.csv", "before\n");
    let (child, input) = begun(&out);
    send("-KILL", &child);
    drop(input);
    assert_eq!(child.wait_with_output().unwrap().status.code(), None);
    assert_eq!(fs::read_to_string(&out).unwrap(), "before\n");
    let others: Vec<String> = names(&folder)
        .into_iter()
        .filter(|name| name != "advice.csv")
        .collect();
    assert!(
        others
            .iter()
            .all(|name| name.starts_with(".liniment-") && name.ends_with(".part")),
        "{others:?}"
    );
}

/// A file that may not grow any more, as on a disk that is full.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_without_room_is_a_fault() {
    let folder = folder("no-room");
    let cases = write(&folder, "cases.csv", format!("cream\n{}", "no\n".repeat(50_000)));
    let binary = env!("CARGO_BIN_EXE_liniment");
    for form in ["csv", "jsonl", "arrow"] {
        let out = path(&folder, &format!("advice.{form}"));
        let script =
            format!("trap '' XFSZ; ulimit -f 16; exec {binary} batch --pack {PACK} --in {cases} --out {out}");
        let ended = std::process::Command::new("sh")
            .args(["-c", &script])
            .output()
            .unwrap();
        let message = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(1), "{message}");
        assert!(
            message.starts_with("error") && message.contains("File too large"),
            "{message}"
        );
        assert_eq!(names(&folder), ["cases.csv"]);
    }
}

/// A folder in which nobody can make a file.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_takes_no_file_is_a_fault() {
    let folder = folder("closed");
    let cases = write(&folder, "cases.csv", CASES);
    let message = batch(&cases, "/proc/advice.csv", &["--keep", "case"]).fault();
    assert!(message.contains("/proc/advice.csv"), "{message}");
    let message = batch(&cases, &path(&folder, "none/advice.csv"), &["--keep", "case"]).fault();
    assert!(message.contains("none/advice.csv"), "{message}");
}

#[test]
fn threads_do_not_change_what_is_said() {
    let folder = folder("threads");
    let lines = CASES.lines().skip(1).collect::<Vec<_>>().join("\n") + "\n";
    let table = format!("{}\n{}", CASES.lines().next().unwrap(), lines.repeat(500));
    let cases = write(&folder, "cases.csv", table);
    let with = |threads: &str| {
        let out = path(&folder, &format!("advice-{threads}.jsonl"));
        let more = [
            "--keep",
            "case",
            "--output",
            "recommended",
            "--chunk-rows",
            "64",
            "--threads",
            threads,
        ];
        let report = done(batch(&cases, &out, &more));
        (report, fs::read_to_string(&out).unwrap())
    };
    let one = with("1");
    assert_eq!(one.1.lines().count(), 1_500);
    assert_eq!(one, with("2"));
    assert_eq!(one, with("5"));
}

/// Tables that end too early, and tables in which a byte is wrong: one error or an answer, and no rest.
#[test]
fn damaged_tables_are_faults() {
    let folder = folder("damaged");
    let lines = CASES.lines().skip(1).collect::<Vec<_>>().join("\n") + "\n";
    let table = format!("{}\n{}", CASES.lines().next().unwrap(), lines.repeat(60));
    let cases = write(&folder, "cases.csv", table);
    let facts = ["sore", "numb", "place", "since", "wears", "age", "cream"];
    let kept: Vec<&str> = facts.iter().flat_map(|fact| ["--keep", fact]).collect();
    let named = [
        "--columns",
        "water=case",
        "--on-bad",
        "unknown",
        "--output",
        "next-question",
    ];
    let forms: &[&str] = if cfg!(feature = "parquet") {
        &["csv", "jsonl", "arrow", "arrows", "parquet"]
    } else {
        &["csv", "jsonl", "arrow", "arrows"]
    };
    for form in forms {
        let whole = path(&folder, &format!("whole.{form}"));
        if *form == "arrows" {
            let arguments = [
                "batch", "--pack", PACK, "--in", &cases, "--out", "-", "--format", "arrow",
            ];
            let run = command(&[&arguments[..], &named, &kept].concat())
                .output()
                .unwrap();
            assert!(run.status.success());
            fs::write(&whole, run.stdout).unwrap();
        } else {
            done(batch(&cases, &whole, &[&named[..], &kept].concat()));
        }
        let whole = fs::read(&whole).unwrap();
        let out = path(&folder, "out.jsonl");
        let mut refused = 0;
        let mut look = |bytes: &[u8], what: &str| {
            let damaged = write(&folder, &format!("damaged.{form}"), bytes);
            let run = batch(&damaged, &out, &["--others", "drop", "--output", "next-question"]);
            if run.code == Some(0) {
                fs::remove_file(&out).unwrap();
            } else {
                let message = run.fault();
                let errors = message.lines().filter(|line| line.starts_with("error")).count();
                assert_eq!(errors, 1, "{form} {what}: {message}");
                refused += 1;
            }
            assert!(!Path::new(&out).exists(), "{form} {what}");
            assert!(
                names(&folder).iter().all(|name| !name.ends_with(".part")),
                "{form} {what}"
            );
        };
        // Within the last row, or the end that names where everything is.
        for missing in [2, 7, 20] {
            look(whole.get(..whole.len() - missing).unwrap(), "cut short");
        }
        for part in 1..12 {
            let mut bytes = whole.clone();
            let place = whole.len() * part / 12 + part;
            bytes[place] ^= 0xA5;
            look(&bytes, &format!("byte {place}"));
        }
        assert!(refused >= 3, "{form}: {refused}");
    }
}

/// Memory grows with the chunk, not with the table.
#[cfg(target_os = "linux")]
#[test]
fn a_table_larger_than_memory_passes() {
    let folder = folder("large");
    let cases = path(&folder, "cases.csv");
    let mut file = std::io::BufWriter::new(fs::File::create(&cases).unwrap());
    file.write_all(b"note,cream\n").unwrap();
    let filler = "x".repeat(1_000);
    for _ in 0..100_000 {
        writeln!(file, "{filler},no").unwrap();
    }
    drop(file);
    // A hundred megabytes of rows in an address space that has no room for them.
    let binary = env!("CARGO_BIN_EXE_liniment");
    let script = format!(
        "ulimit -v 98304; exec {binary} batch --pack {PACK} --in {cases} --out /dev/null --format csv --others keep \
         --chunk-rows 4096 --threads 1 --output recommended"
    );
    let ended = std::process::Command::new("sh")
        .args(["-c", &script])
        .output()
        .unwrap();
    let message = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(0), "{message}");
    assert!(message.contains("100,000"), "{message}");
    drop(fs::remove_file(&cases));
}

#[test]
fn calls_that_make_no_sense_are_usage_errors() {
    let folder = folder("usage");
    let cases = write(&folder, "cases.csv", CASES);
    for arguments in [
        &["--in", &cases, "--out", "advice"][..],
        &["--in", &cases, "--out", "advice.csv", "--output", "advice"],
        &["--in", &cases, "--out", "advice.csv", "--columns", "cream"],
        &["--in", &cases, "--out", "advice.csv", "--now", "yesterday"],
        &["--in", &cases, "--out", "advice.csv", "--chunk-rows", "0"],
        &["--in", &cases],
    ] {
        run(&[&["batch", "--pack", PACK], arguments].concat()).usage();
    }
}
