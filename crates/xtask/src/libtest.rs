//! Counts single tests in what `cargo test` prints.

/// What the test programs said, added up.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Tests that passed.
    pub(crate) passed: usize,
    /// Names of those that failed.
    pub(crate) failed: Vec<String>,
    /// Names of those that did not run, each with its reason where it gives one.
    pub(crate) ignored: Vec<String>,
    /// A program started its tests and has not summed them up: it is running, or it was killed.
    unfinished: bool,
    /// The tests counted by name since the program started, and the passed ones among them.
    since_start: (usize, usize),
}

impl Count {
    /// Takes one line of output.
    pub(crate) fn line(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["running", _, "test" | "tests"] => {
                self.unfinished = true;
                self.since_start = (0, 0);
            }
            ["test", "result:", ..] => {
                self.unfinished = false;
                self.settle(line);
            }
            ["test", ..] => self.single(line),
            _ => {}
        }
    }

    /// True when a program stopped between its first test and its sum.
    pub(crate) fn cut_short(&self) -> bool {
        self.unfinished
    }

    fn single(&mut self, line: &str) {
        // A test that prints without capture can put its words between the dots and the result, so a
        // line may fail to match; the sum at the end makes up for passed tests missed here.
        let Some((name, result)) = line
            .strip_prefix("test ")
            .and_then(|rest| rest.rsplit_once(" ... "))
        else {
            return;
        };
        if result == "ok" {
            self.passed += 1;
            self.since_start.1 += 1;
        } else if result == "FAILED" {
            self.failed.push(name.to_owned());
        } else if let Some(reason) = result.strip_prefix("ignored") {
            self.ignored
                .push(format!("{name}{}", reason.replacen(", ", ": ", 1)));
        } else {
            return;
        }
        self.since_start.0 += 1;
    }

    fn settle(&mut self, line: &str) {
        let number = |word: &str| -> usize {
            let before = line.split(';').find_map(|part| part.trim().strip_suffix(word));
            before
                .and_then(|text| text.split_whitespace().last()?.parse().ok())
                .unwrap_or(0)
        };
        self.passed += number(" passed").saturating_sub(self.since_start.1);
        let named = self.since_start.0 - self.since_start.1;
        for _ in named..number(" failed") + number(" ignored") {
            self.failed
                .push("a test whose name was not printed on a line of its own".to_owned());
        }
        self.since_start = (0, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::Count;

    fn counted(text: &str) -> Count {
        let mut count = Count::default();
        text.lines().for_each(|line| count.line(line));
        count
    }

    #[test]
    fn counts_single_tests_by_name() {
        let count = counted(
            "\nrunning 4 tests\ntest a::b ... ok\ntest a::c ... FAILED\ntest d - should panic ... ok\n\
             test e ... ignored, needs a terminal\n\nfailures:\n\n---- a::c stdout ----\ntest of words\n\n\
             test result: FAILED. 2 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n",
        );
        assert_eq!(count.passed, 2);
        assert_eq!(count.failed, ["a::c"]);
        assert_eq!(count.ignored, ["e: needs a terminal"]);
        assert!(!count.cut_short());
    }

    #[test]
    fn adds_up_several_programs() {
        let one =
            "running 1 test\ntest a ... ok\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured\n";
        assert_eq!(counted(&one.repeat(3)).passed, 3);
    }

    #[test]
    fn the_sum_makes_up_for_names_that_were_not_seen() {
        let count = counted(
            "running 2 tests\ntest a ... some words\nok\ntest b ... ok\n\
             test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured\n",
        );
        assert_eq!((count.passed, count.failed.len()), (2, 0));
    }

    #[test]
    fn a_program_that_dies_is_cut_short() {
        assert!(counted("running 2 tests\ntest a ... ok\n").cut_short());
    }
}
