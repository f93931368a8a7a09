//! Diagnostics: what is wrong with a pack, where, and what to do about it.
//!
//! The stages push a [`Finding`] with byte spans; a [`Diagnostic`] is the finished, self-contained form.

pub(crate) mod codes;

use crate::parse::spanned::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The pack cannot be used.
    Error,
    /// The pack can be used, but probably does not do what its author meant.
    Warning,
    /// Good to know.
    Note,
}

/// One declared code: `L0102`.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Its number, `L0102`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What it says in general.
    pub title: &'static str,
    /// The page of `liniment explain-code`: what it means, why it matters, how to mend it.
    pub page: &'static str,
}

/// Every code, by number.
pub fn codes() -> Vec<&'static Code> {
    codes::all()
}

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
