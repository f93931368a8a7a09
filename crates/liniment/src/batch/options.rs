//! What a batch reads, and what it gives.

/// What a batch gives for each row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BatchOutput {
    /// A nullable boolean column for each rule, named by its id: true where the rule is live (its scope
    /// and `when` hold), false where it cannot be, null where that is unknown. The fastest.
    Masks,
    /// A column for each advice id, named by it: its verdict (a dictionary of the eleven names), null for
    /// none.
    #[default]
    Verdicts,
    /// One column `recommended`: the list of the advice ids whose verdict is `recommend`, in the order of
    /// the advice.
    Recommended,
    /// One column `advice`: the list of what [`Advice::items`](crate::Advice::items) gives, in order, each
    /// a struct with the fields of the result's JSON; times are durations in microseconds.
    Advice,
    /// Two columns: `next_question`, the fact to ask for first, and `ask`, its question; null when no answer
    /// could change the advice. The dearest: what could still change is searched for.
    NextQuestion,
    /// One column `json`: what [`Advice::to_json`](crate::Advice::to_json) gives, questions included.
    Json,
}

impl BatchOutput {
    /// Every output.
    pub const ALL: [BatchOutput; 6] = [
        BatchOutput::Masks,
        BatchOutput::Verdicts,
        BatchOutput::Recommended,
        BatchOutput::Advice,
        BatchOutput::NextQuestion,
        BatchOutput::Json,
    ];

    /// Its name where outputs are chosen by name.
    pub fn name(self) -> &'static str {
        match self {
            BatchOutput::Masks => "masks",
            BatchOutput::Verdicts => "verdicts",
            BatchOutput::Recommended => "recommended",
            BatchOutput::Advice => "advice",
            BatchOutput::NextQuestion => "next_question",
            BatchOutput::Json => "json",
        }
    }

    /// The output of this name.
    pub fn from_name(name: &str) -> Option<BatchOutput> {
        BatchOutput::ALL.into_iter().find(|output| output.name() == name)
    }
}

/// What becomes of a value that its fact does not take: out of range, an unknown option, a number that is
/// not finite, a moment after now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OnBad {
    /// The run ends with an error that names the row (the first is row 1) and the column.
    #[default]
    Error,
    /// The value counts as unknown; a last column `_bad` is true for the row, and the report counts it.
    Unknown,
}

/// What becomes of a column that is no fact's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OtherColumns {
    /// An error that names the nearest fact: a misspelt fact is not silently unknown.
    #[default]
    Refuse,
    /// It is passed on, before the columns that the batch gives.
    Keep,
    /// It is left out.
    Drop,
}

/// How a batch reads its columns and what it gives; see [`KnowledgeBase::batch`](crate::KnowledgeBase::batch).
#[derive(Clone, Debug, Default)]
pub struct BatchOptions {
    pub(super) columns: Vec<(String, String)>,
    pub(super) kept: Vec<String>,
    pub(super) others: OtherColumns,
    pub(super) output: BatchOutput,
    pub(super) on_bad: OnBad,
    pub(super) now: Option<i64>,
    pub(super) threads: usize,
    pub(super) chunk_rows: usize,
}

/// The rows of a chunk, where nothing else is said.
pub(super) const CHUNK_ROWS: usize = 65_536;
/// The same where every row has all its texts.
pub(super) const CHUNK_ROWS_OF_ADVICE: usize = 4_096;

impl BatchOptions {
    /// Columns named as the facts, to verdicts, on one thread; anything wrong is an error.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a fact from the column of this name; where nothing is said, from the column named as the fact.
    pub fn column(mut self, fact: impl Into<String>, column: impl Into<String>) -> Self {
        self.columns.push((fact.into(), column.into()));
        self
    }

    /// Passes a column on, before the columns that the batch gives.
    pub fn keep(mut self, column: impl Into<String>) -> Self {
        self.kept.push(column.into());
        self
    }

    /// What becomes of the columns that are neither a fact's nor kept.
    pub fn others(mut self, others: OtherColumns) -> Self {
        self.others = others;
        self
    }

    /// What to give for each row.
    pub fn output(mut self, output: BatchOutput) -> Self {
        self.output = output;
        self
    }

    /// What becomes of values that their fact does not take.
    pub fn on_bad(mut self, on_bad: OnBad) -> Self {
        self.on_bad = on_bad;
        self
    }

    /// The present moment, in microseconds since 1970-01-01 UTC: a clock read from a column of moments is
    /// the time from then to now.
    pub fn now(mut self, microseconds: i64) -> Self {
        self.now = Some(microseconds);
        self
    }

    /// How many threads work: 1 where nothing is said, as many as the machine has for 0.
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = if threads == 0 {
            std::thread::available_parallelism().map_or(1, usize::from)
        } else {
            threads
        };
        self
    }

    /// How many rows are worked on at once: memory grows with this times the threads, not with the input.
    /// 65,536 where nothing is said, 4,096 for [`BatchOutput::Advice`].
    pub fn chunk_rows(mut self, rows: usize) -> Self {
        self.chunk_rows = rows;
        self
    }
}
