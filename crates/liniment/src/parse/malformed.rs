//! What is said of a statement that is not well formed.

/// Why a statement is not well formed; the first label is the main one.
pub(super) struct Malformed {
    pub(super) message: String,
    pub(super) labels: Vec<(usize, usize, String)>,
    pub(super) help: Option<String>,
}

impl Malformed {
    pub(super) fn at(message: impl Into<String>, start: usize, end: usize, label: &str) -> Self {
        Self {
            message: message.into(),
            labels: vec![(start, end, label.to_owned())],
            help: None,
        }
    }

    pub(super) fn and(mut self, start: usize, end: usize, label: &str) -> Self {
        self.labels.push((start, end, label.to_owned()));
        self
    }
}
