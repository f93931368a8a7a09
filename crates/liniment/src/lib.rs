//! Liniment: a rule engine and knowledge base for advice.
//!
//! Declarative rule packs map what is known of a case to causes, fixes and *non-fixes* (what does not
//! work, helps less, does harm, or must wait), and those to advice: ordered, dated, cited, explained. What
//! a case leaves open stays unknown; it is never taken for false, and never guessed.
//!
//! ```
//! use liniment::{KnowledgeBase, Verdict};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let (kb, warnings) = KnowledgeBase::builder()
//!     .pack(liniment_rules::calf_cramps())
//!     .pack(liniment_rules::leg_red_flags())
//!     .build()?;
//! assert!(warnings.is_empty());
//!
//! let case = kb.case_from_json(r#"{"onset_setting": "during_exercise", "muscles_affected": "calf_only",
//!     "cramp_state": "released", "in_session": false, "time_since_release": "20h"}"#)?;
//! let advice = kb.advise(&case)?;
//! let massage = advice.get("massage_rolling").ok_or("no word of massage")?;
//! assert_eq!(massage.verdict, Verdict::Defer);
//! assert_eq!(massage.opens_in.map(|time| time.to_string()).as_deref(), Some("4 h"));
//! # Ok(()) }
//! ```
//!
//! # A tour of the types
//!
//! | type | what it is |
//! |---|---|
//! | [`Source`] | a pack as text: a folder, or files in memory |
//! | [`KnowledgeBase`] | packs checked together and compiled; immutable, shared between threads, cheap to clone |
//! | [`Case`] | what is known of one person or thing at one moment; belongs to one knowledge base |
//! | [`Advice`] | the ordered verdicts for a case, with [causes](CauseItem), [questions](Question), [conflicts](Conflict) and what was [suppressed](Suppressed) |
//! | [`AdviceItem`] | one [`Verdict`] with its text, reasons, window, dose, steps and citations |
//! | [`Explanation`] | the proof of a verdict, or of silence, down to facts, values, sources and lines |
//! | [`Interview`] | one question after the other, until no answer can change the advice any more |
//! | [`Plan`] | the advice as all clocks move forward together |
//! | `batch::Batch` | columns of facts to columns of advice, with the feature `arrow` |
//! | [`KnowledgeBase::to_bytes`] | a compiled knowledge base, which [`KnowledgeBase::from_bytes`] loads without its packs |
//! | [`Error`] | what is wrong with a case or a call: place, what was found, what is allowed, the nearest name |
//! | [`Diagnostic`](diagnostic::Diagnostic), [`PackError`](diagnostic::PackError) | what is wrong with a pack, where, and how to mend it |
//! | [`Truth`] | True, False or Unknown |
//! | [`Masks`], [`RawValue`] | which rules are live and which can be, as bits, without texts; facts as plain numbers |
//!
//! # Cookbook
//!
//! **State what is known, in every form it comes.**
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let (kb, _) = liniment::KnowledgeBase::builder().pack(liniment_rules::calf_cramps()).build()?;
//! let mut case = kb.case();
//! case.set("cramp_state", "released")?
//!     .set("calf_clothing", ["thick", "compression"])?
//!     .set_range("time_since_release", "1d", "3d")?
//!     .report("onset_setting", "during_exercise", "runner")?
//!     .report("onset_setting", "at_night", "watch log")?
//!     .decline("post_cramp_pain")?;
//! # Ok(()) }
//! ```
//!
//! **From your own type**, choices as unit variants:
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let (kb, _) = liniment::KnowledgeBase::builder().pack(liniment_rules::calf_cramps()).build()?;
//! #[derive(serde::Serialize)]
//! #[serde(rename_all = "snake_case")]
//! enum CrampState { Active }
//! #[derive(serde::Serialize)]
//! struct Runner { cramp_state: CrampState, in_session: Option<bool> }
//! let case = kb.case_from(&Runner { cramp_state: CrampState::Active, in_session: None })?;
//! # let _ = case; Ok(()) }
//! ```
//!
//! **Only the verdicts**, without texts, into a buffer of your own:
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let (kb, _) = liniment::KnowledgeBase::builder().pack(liniment_rules::calf_cramps()).build()?;
//! let ice = kb.advice_id("ice")?;
//! let mut buffer = Vec::new();
//! let verdicts = kb.verdicts(&kb.case(), &mut buffer)?;
//! assert!(!verdicts.iter().any(|(id, _)| *id == ice));
//! # Ok(()) }
//! ```
//!
//! **A table of cases**, a row each, with the feature `arrow`: see the module `batch`.
//!
//! **Why, and why not:**
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let (kb, _) = liniment::KnowledgeBase::builder().pack(liniment_rules::calf_cramps()).build()?;
//! let case = kb.case_from_json(r#"{"cramp_state": "active"}"#)?;
//! println!("{}", kb.explain(&case, "stretch")?.to_text());
//! # Ok(()) }
//! ```
//!
//! **Write a pack, and see what is wrong with it.** Every error of every file is reported at once:
//! ```
//! use liniment::{KnowledgeBase, Source};
//! let pack = Source::files([
//!     ("pack.ron", r#"Pack(id: "tea", version: "1.0.0", schema: 1, language: "en", title: "Tea")"#),
//!     ("rules.ron", r#"[Fact(id: "cold", kind: YesNoo, ask: "Is it cold?")]"#),
//! ]);
//! let error = KnowledgeBase::builder().pack(pack).build().unwrap_err();
//! assert!(error.render(80, false).contains("YesNo"));
//! ```
//!
//! **Compile on the desk, load anywhere.** What was compiled loads without its packs, in the same version:
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # use liniment::KnowledgeBase;
//! # let (kb, _) = KnowledgeBase::builder().pack(liniment_rules::calf_cramps()).build()?;
//! let bytes = kb.to_bytes();
//! let loaded = KnowledgeBase::from_bytes(&bytes)?;
//! assert_eq!(loaded.advise(&loaded.case())?.to_json(), kb.advise(&kb.case())?.to_json());
//! # Ok(()) }
//! ```
//!
//! # What is not supported
//!
//! Calendar arithmetic (a day is 24 hours, and "now" is not read from any clock), comparing one fact with
//! another, arithmetic on facts beyond scores, probabilities, and rules that learn. There is no priority
//! number: precedence is declared between rules, and what is not declared is an error.
//!
//! The library reads no file but those named, no environment variable, and opens no connection.

mod advice;
#[cfg(feature = "arrow")]
pub mod batch;
mod builder;
pub mod case;
mod cells;
mod check;
mod citation;
#[cfg(feature = "tools")]
mod codegen;
mod compact_sort;
mod compile;
mod compiled;
mod counterfactual;
pub mod diagnostic;
mod error;
mod evaluate;
mod explain;
#[cfg(feature = "tools")]
mod graph;
mod interview;
mod knowledge_base;
mod limits;
#[cfg(feature = "prove")]
pub mod mutate;
mod numbers;
#[cfg(feature = "tools")]
pub mod pack_tests;
#[cfg(feature = "tools")]
mod page;
pub mod parse;
mod plan;
mod progress;
#[cfg(feature = "prove")]
pub mod prove;
mod questions;
pub mod schema;
mod screen;
pub(crate) mod text;
mod verdict;
pub mod words;

pub use advice::{
    Advice, AdviceItem, Amount, CauseItem, Conflict, ConflictingVerdict, Dose, Elapsed, OpensAt, PackVersion,
    Question, Report, Suppressed,
};
pub use builder::Builder;
pub use case::{Case, FactKey};
pub use citation::Citation;
#[cfg(feature = "tools")]
pub use codegen::Language;
pub use counterfactual::{FactChange, Suffices, TruthChange, VerdictChange, Way, Ways, WaysAnswer, WhatIf};
pub use error::Error;
pub use evaluate::Truth;
pub use explain::{Explained, Explanation, Place, Proof, RuleProof, SourceCitation};
#[cfg(feature = "tools")]
pub use graph::{Graph, GraphEdge, GraphNode, GraphNodeKind, GraphRelation};
pub use interview::{Interview, InterviewQuestion, Stake};
pub use knowledge_base::{
    AdviceId, FactId, FactInfo, FactType, KnowledgeBase, OptionId, OptionInfo, PackInfo, PhaseInfo,
    SourceInfo,
};
pub use limits::Limits;
#[cfg(feature = "tools")]
pub use page::PageFormat;
pub use parse::Source;
pub use plan::{Change, Expiry, Interval, Plan, PlannedItem, StagePlan, Step};
pub use progress::{Progress, Stage};
pub use screen::{Instructions, Masks, RawValue};
pub use verdict::Verdict;

/// What fuzzing asks of the inside: built with `--cfg fuzzing` alone.
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing {
    /// Whether the locator and RON agree about a text.
    pub fn locator_agrees(text: &str) -> Result<(), String> {
        crate::parse::agreement::agrees(text)
    }
}

/// The examples of the README are tests.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
