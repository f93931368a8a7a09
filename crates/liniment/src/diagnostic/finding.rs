//! What a stage finds: a code, a message, and places by their bytes.

use super::Code;
use crate::parse::spanned::Span;

/// A finding of a stage; its first label is the primary one.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) code: &'static Code,
    pub(crate) message: String,
    pub(crate) labels: Vec<(Span, String)>,
    pub(crate) help: Option<String>,
    pub(crate) nearest: Option<String>,
    /// A case that shows it, ready to be pasted into the pack's cases.
    pub(crate) witness: Option<String>,
}

impl Finding {
    pub(crate) fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            labels: Vec::new(),
            help: None,
            nearest: None,
            witness: None,
        }
    }
    pub(crate) fn at(mut self, span: Span, label: impl Into<String>) -> Self {
        self.labels.push((span, label.into()));
        self
    }
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
    pub(crate) fn nearest(mut self, nearest: Option<&str>) -> Self {
        self.nearest = nearest.map(str::to_owned);
        self
    }
    pub(crate) fn witness(mut self, case: impl Into<String>) -> Self {
        self.witness = Some(case.into());
        self
    }
}
