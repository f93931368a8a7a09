//! How far packs are on the way to a knowledge base, on the standard error of a terminal, when it lasts.

use std::io::{IsTerminal, Write};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use liniment::{Builder, Progress, Stage};

/// What is done sooner needs no line.
const PATIENCE: Duration = Duration::from_millis(500);
/// The time between two lines.
const PAUSE: Duration = Duration::from_millis(100);

/// The same builder, which shows how far it is.
pub(crate) fn shown(builder: Builder) -> Builder {
    if !std::io::stderr().is_terminal() {
        return builder;
    }
    let mut line = Line {
        next: Instant::now() + PATIENCE,
        written: false,
    };
    builder.progress(move |progress| {
        line.show(progress);
        ControlFlow::Continue(())
    })
}

/// The line, which goes away at the end.
struct Line {
    /// When it is written next.
    next: Instant,
    written: bool,
}

impl Line {
    fn show(&mut self, progress: Progress) {
        let now = Instant::now();
        if now >= self.next {
            self.next = now + PAUSE;
            self.written = true;
            write(&format!(
                "\r\x1b[2K{}",
                words(progress.stage, progress.done, progress.total)
            ));
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if self.written {
            write("\r\x1b[2K");
        }
    }
}

fn words(stage: Stage, done: u64, total: u64) -> String {
    let what = match stage {
        Stage::Parse => "reading packs",
        Stage::Check => "checking rules",
        Stage::Search => "searching for rules that collide or are never said",
        Stage::Compile => "compiling rules",
        _ => "loading packs",
    };
    let percent = done.saturating_mul(100) / total.max(1);
    format!("{what}: {percent} %")
}

/// Where the standard error is closed, there is nobody to tell.
fn write(text: &str) {
    let mut stderr = std::io::stderr().lock();
    drop(stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush()));
}

#[cfg(test)]
mod tests {
    use super::words;
    use liniment::Stage;

    #[test]
    fn the_line_says_what_is_done_and_how_much_of_it() {
        assert_eq!(words(Stage::Parse, 30, 120), "reading packs: 25 %");
        assert_eq!(words(Stage::Compile, 0, 0), "compiling rules: 0 %");
        let all: Vec<String> = Stage::ALL.map(|stage| words(stage, 1, 1)).to_vec();
        assert!(
            all.iter()
                .all(|line| line.ends_with(": 100 %") && line.len() < 70),
            "{all:?}"
        );
    }
}
