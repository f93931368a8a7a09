//! `unsafe` code, file by file: every file that has any stands in docs/UNSAFE.md with its count and reason.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::Tally;
use crate::workspace::{output, program, root};

const LIST: &str = "docs/UNSAFE.md";

/// Compares what is there with what is listed.
pub(super) fn check() -> Result<Tally, String> {
    let listed = listed(&fs::read_to_string(root().join(LIST)).map_err(|error| format!("{LIST}: {error}"))?);
    let found = found()?;
    let mut tally = Tally::default();
    for (file, count) in &found {
        let most = listed.get(file).copied().unwrap_or(0);
        tally.count(*count <= most, || {
            format!("{file} has `unsafe` {count} times, {LIST} gives reasons for {most}")
        });
    }
    for file in listed.keys() {
        tally.count(found.contains_key(file), || {
            format!("{LIST} lists {file}, which has no `unsafe`")
        });
    }
    let total: usize = found.values().sum();
    println!("{total} times in {} files", found.len());
    // That there is none is a check, too.
    tally.count(true, String::new);
    Ok(tally)
}

/// By file: the number in the second column of the table.
fn listed(text: &str) -> BTreeMap<String, usize> {
    text.lines()
        .filter_map(|line| {
            let mut cells = line.split('|').map(str::trim).skip(1);
            let file = cells.next()?.strip_prefix('`')?.strip_suffix('`')?;
            Some((file.to_owned(), cells.next()?.parse().ok()?))
        })
        .collect()
}

/// By file that is under version control: how often the word stands in its code.
fn found() -> Result<BTreeMap<String, usize>, String> {
    let files = output(program(
        "git",
        ["ls-files", "--cached", "--others", "--exclude-standard", "*.rs"],
    ))?;
    let mut found = BTreeMap::new();
    for file in files.lines() {
        let path = root().join(file);
        if !Path::exists(&path) {
            continue;
        }
        let text = fs::read_to_string(&path).map_err(|error| format!("{file}: {error}"))?;
        let count = text.lines().map(in_line).sum();
        if count > 0 {
            found.insert(file.to_owned(), count);
        }
    }
    Ok(found)
}

/// The keyword, not as part of another word such as `unsafe_code`, and not in a comment or string. That a
/// function is handed out to C says nothing yet of what it does: its name and signature are not counted.
fn in_line(line: &str) -> usize {
    if line.contains("unsafe(no_mangle)") || line.contains("unsafe extern") {
        return 0;
    }
    let code = line.split("//").next().unwrap_or_default();
    let mut outside = true;
    let mut words = String::new();
    for letter in code.chars() {
        if letter == '"' {
            outside = !outside;
        }
        words.push(if outside && (letter.is_alphanumeric() || letter == '_') {
            letter
        } else {
            ' '
        });
    }
    words.split(' ').filter(|word| *word == "unsafe").count()
}

#[cfg(test)]
mod tests {
    use super::{in_line, listed};

    #[test]
    fn only_the_keyword_counts() {
        let keyword = ["un", "safe"].concat();
        assert_eq!(in_line(&format!("{keyword} {{ f() }} // {keyword}")), 1);
        assert_eq!(in_line(&format!("#[{keyword}(no_mangle)]")), 0);
        assert_eq!(in_line(&format!("pub {keyword} extern \"C\" fn f();")), 0);
        assert_eq!(in_line(&format!("{keyword}_code = \"{keyword}\"")), 0);
    }

    #[test]
    fn the_table_is_read() {
        let table = "| file | times | why |\n|---|---|---|\n| `a/b.rs` | 3 | because |\n";
        assert_eq!(
            listed(table).into_iter().collect::<Vec<_>>(),
            [("a/b.rs".to_owned(), 3)]
        );
    }
}
