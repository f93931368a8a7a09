//! The tables.

/// One engine.
pub(crate) struct Line {
    pub(crate) name: &'static str,
    /// Seconds from rules to ready.
    load: f64,
    /// Seconds per case, turn by turn.
    pub(crate) prepared: Vec<f64>,
    pub(crate) from_rows: Vec<f64>,
}

impl Line {
    pub(crate) fn new(name: &'static str, load: f64) -> Self {
        Self {
            name,
            load,
            prepared: Vec::new(),
            from_rows: Vec::new(),
        }
    }
}

pub(crate) struct Table {
    pub(crate) title: String,
    pub(crate) lines: Vec<Line>,
    /// What a time is of: a case, a row.
    pub(crate) of: &'static str,
}

impl Table {
    pub(crate) fn print(&self) {
        println!("### {}\n", self.title);
        println!(
            "| engine | ready after | per {0}, inputs made before | to Liniment | per {0}, from plain values | to Liniment |",
            self.of
        );
        println!("|---|---:|---:|---:|---:|---:|");
        let own = self.lines.iter().find(|line| line.name.starts_with("Liniment"));
        let own = |times: fn(&Line) -> &Vec<f64>| own.and_then(|line| median(times(line)));
        for line in &self.lines {
            print!("| {} | {} |", line.name, shown(Some(line.load)));
            let columns: [fn(&Line) -> &Vec<f64>; 2] = [|line| &line.prepared, |line| &line.from_rows];
            for times in columns {
                let time = median(times(line));
                let ratio = time.zip(own(times)).map(|(time, own)| time / own);
                let ratio = ratio.map_or("".to_owned(), |ratio| format!("{ratio:.2} ×"));
                print!(" {} | {ratio} |", shown(time));
            }
            println!();
        }
        println!();
    }
}

fn median(times: &[f64]) -> Option<f64> {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
}

/// A time of seconds in the unit that fits.
fn shown(seconds: Option<f64>) -> String {
    match seconds {
        None => String::new(),
        Some(time) if time < 1e-6 => format!("{:.1} ns", time * 1e9),
        Some(time) if time < 1e-3 => format!("{:.2} µs", time * 1e6),
        Some(time) if time < 1.0 => format!("{:.2} ms", time * 1e3),
        Some(time) => format!("{time:.1} s"),
    }
}
