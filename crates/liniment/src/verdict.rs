//! Verdicts: what a knowledge base says of one advice id.

use serde::{Deserialize, Serialize};

/// What the knowledge base says of one advice id for one case.
///
/// The numbers are stable: the C binding and the batch output use them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[repr(u8)]
pub enum Verdict {
    /// Call for help now.
    Emergency = 1,
    /// Get help the same day.
    Urgent = 2,
    /// Ask someone qualified, or read this.
    Refer = 3,
    /// The pack does not cover this.
    OutOfScope = 4,
    /// It does harm.
    Avoid = 5,
    /// Not yet.
    Defer = 6,
    /// Do it.
    Recommend = 7,
    /// It can help; the choice is free.
    Optional = 8,
    /// It works less well than something else.
    Inferior = 9,
    /// It does not work.
    Ineffective = 10,
    /// Good to know.
    Inform = 11,
}

impl Verdict {
    /// Every verdict, by number.
    pub const ALL: [Verdict; 11] = [
        Verdict::Emergency,
        Verdict::Urgent,
        Verdict::Refer,
        Verdict::OutOfScope,
        Verdict::Avoid,
        Verdict::Defer,
        Verdict::Recommend,
        Verdict::Optional,
        Verdict::Inferior,
        Verdict::Ineffective,
        Verdict::Inform,
    ];

    /// Its name, as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Emergency => "emergency",
            Verdict::Urgent => "urgent",
            Verdict::Refer => "refer",
            Verdict::OutOfScope => "out_of_scope",
            Verdict::Avoid => "avoid",
            Verdict::Defer => "defer",
            Verdict::Recommend => "recommend",
            Verdict::Optional => "optional",
            Verdict::Inferior => "inferior",
            Verdict::Ineffective => "ineffective",
            Verdict::Inform => "inform",
        }
    }

    /// Its number, 1 to 11; 0 stands for no verdict where verdicts are numbers.
    pub fn code(self) -> u8 {
        self as u8
    }

    /// The verdict of this number.
    pub fn from_code(code: u8) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|verdict| verdict.code() == code)
    }

    /// The verdict of this name.
    pub fn from_name(name: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|verdict| verdict.name() == name)
    }

    /// Which of two verdicts stands when nothing says so: the one with the smaller caution number.
    pub(crate) fn caution(self) -> u8 {
        match self {
            Verdict::Emergency => 0,
            Verdict::Urgent => 1,
            Verdict::Refer => 2,
            Verdict::OutOfScope => 3,
            Verdict::Avoid => 4,
            Verdict::Defer => 5,
            Verdict::Ineffective => 6,
            Verdict::Inferior => 7,
            Verdict::Optional => 8,
            Verdict::Recommend => 9,
            Verdict::Inform => 10,
        }
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name())
    }
}
