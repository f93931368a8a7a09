//! What went wrong when a case was read, or when the library was asked for something it does not have.

use std::fmt;
use std::sync::OnceLock;

use serde::Serialize;

use crate::check::base::CheckedBase;
use crate::parse::SourceError;
use crate::text::json;
use crate::text::nearest::nearest;

/// Declares every code once: what it says in general, and which kinds bear it.
macro_rules! codes {
    ($($code:literal, $title:literal: $kind:pat,)+) => {
        const CODES: &[(&str, &str)] = &[$(($code, $title)),+];

        impl Kind {
            fn code(&self) -> &'static str {
                match self {
                    $($kind => $code,)+
                }
            }
        }
    };
}

codes! {
    "C0001", "the text of a case breaks the rules of its format": Kind::Syntax(_),
    "C0002", "the text of a case ends too early, or is empty": Kind::Empty(_) | Kind::EndsEarly,
    "C0003", "the text of a case is too large": Kind::TooLarge { .. },
    "C0004", "the text of a case is not UTF-8": Kind::NotUtf8,
    "C0005", "a case is nested too deeply": Kind::TooDeep(_),
    "C0006", "a case is not an object": Kind::NotAnObject(_),
    "C0007", "a name is given twice": Kind::Twice(_),
    "C0008", "a number is not finite": Kind::NotFinite(_),
    "C0009", "a whole number is too large": Kind::WholeTooLarge(_),
    "C0010", "something is written that no case can hold": Kind::NoValue { .. },
    "C0011", "a value could not be turned into a case": Kind::Serialize(_),
    "C0101", "unknown fact": Kind::UnknownFact(_),
    "C0102", "a definition is stated": Kind::Derived { .. },
    "C0103", "unknown option": Kind::UnknownOption(_),
    "C0104", "unknown key in an object": Kind::UnknownKey(_),
    "C0105", "unknown advice or cause": Kind::UnknownAdvice(_),
    "C0106", "unknown language": Kind::UnknownLanguage(_),
    "C0107", "unknown pack": Kind::UnknownPack { .. },
    "C0108", "unknown limit": Kind::UnknownLimit(_),
    "C0201", "a value of the wrong type": Kind::WrongType { .. },
    "C0202", "a value outside its range": Kind::OutOfRange { .. },
    "C0203", "a text that is no duration": Kind::NotADuration(_),
    "C0204", "a negative duration": Kind::Negative(_),
    "C0205", "a text that is no number in the fact's unit": Kind::NotInUnit { .. },
    "C0206", "a range where values have no order": Kind::NoOrder(_),
    "C0207", "an end of a range is missing": Kind::EndMissing(_),
    "C0208", "a range is upside down": Kind::UpsideDown { .. },
    "C0209", "two ways to state a value are mixed": Kind::Mixed { .. },
    "C0210", "an empty list of reports": Kind::NoReports,
    "C0211", "reports inside a report": Kind::NestedReports,
    "C0212", "a report without a value or a source": Kind::BadReport(_),
    "C0213", "an option is named twice": Kind::OptionTwice(_),
    "C0214", "an option is both included and excluded": Kind::Overlap(_),
    "C0215", "`declined` is not `true`": Kind::Declined(_),
    "C0301", "a case of another knowledge base": Kind::OtherBase,
    "C0302", "a folder that cannot be read": Kind::Unreadable(_),
    "C0303", "an answer where nothing is asked": Kind::NoQuestion,
    "C0304", "a buffer of the wrong length": Kind::Length { .. },
    "C0305", "a number that stands for nothing": Kind::NoNumber { .. },
    "C0306", "a word that no name can begin with": Kind::NoPrefix(_),
    "C0307", "the building of a knowledge base was stopped": Kind::BuildingStopped,
    "C0401", "a column that is no fact's": Kind::UnknownColumn(_),
    "C0402", "a column that is not there": Kind::NoColumn(_),
    "C0403", "a column of the wrong type": Kind::ColumnType { .. },
    "C0404", "a column of moments, and no present moment": Kind::NeedsNow,
    "C0405", "two columns where there can be one": Kind::ColumnTwice(_) | Kind::FactTwice(_),
    "C0406", "no column of a fact": Kind::NoFactColumn,
    "C0407", "rows with other columns": Kind::OtherColumns,
    "C0408", "a moment after the present one": Kind::AfterNow(_),
    "C0409", "rows that cannot be read or given": Kind::Rows(_),
    "C0410", "a batch was stopped": Kind::Stopped,
    "C0501", "bytes that are no compiled knowledge base": Kind::NotCompiled,
    "C0502", "a knowledge base compiled by another version": Kind::OtherVersion(_),
    "C0503", "a damaged compiled knowledge base": Kind::Damaged,
}

/// How many allowed names a message lists.
const LISTED: usize = 8;
/// How many characters of a found value a message shows.
const SHOWN: usize = 60;

/// What went wrong.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[cfg_attr(
    not(all(feature = "arrow", feature = "tools")),
    expect(dead_code, reason = "only batches and tools meet some of them")
)]
pub(crate) enum Kind {
    #[error("{0}")]
    Syntax(String),
    #[error("the text is empty; {0}")]
    Empty(&'static str),
    #[error("the text ends before the case is complete")]
    EndsEarly,
    #[error("the text has {bytes} bytes; {limit} are allowed")]
    TooLarge { bytes: usize, limit: usize },
    #[error("the text is not UTF-8")]
    NotUtf8,
    #[error("nested deeper than {0} levels")]
    TooDeep(usize),
    #[error("expected an object of facts such as `{{\"fact\": value}}`, found {0}")]
    NotAnObject(String),
    #[error("{0} is given twice")]
    Twice(String),
    #[error("{0} is not a finite number")]
    NotFinite(String),
    #[error("{0} is beyond the whole numbers of 64 bits")]
    WholeTooLarge(String),
    #[error("{what} cannot stand in a case; {instead}")]
    NoValue { what: String, instead: &'static str },
    #[error("the value cannot be turned into a case: {0}")]
    Serialize(String),

    #[error("unknown fact {0}")]
    UnknownFact(String),
    #[error("{name} cannot be stated: it follows from {from}")]
    Derived { name: String, from: String },
    #[error("no option {0}")]
    UnknownOption(String),
    #[error("unknown key {0}")]
    UnknownKey(String),
    #[error("no advice or cause {0}")]
    UnknownAdvice(String),
    #[error("no language {0}")]
    UnknownLanguage(String),
    #[error("no pack {name} is built in{folder}")]
    UnknownPack { name: String, folder: &'static str },
    #[error("no limit {0}")]
    UnknownLimit(String),

    #[error("expected {expected}, found {found}")]
    WrongType { expected: String, found: String },
    #[error("{found} is outside its range, {range}")]
    OutOfRange { found: String, range: String },
    #[error("{0}")]
    NotADuration(String),
    #[error("{0} is negative; a length of time cannot be")]
    Negative(String),
    #[error("expected {expected}, but {why}")]
    NotInUnit { expected: String, why: String },
    #[error("a range cannot be given: {0} has no order")]
    NoOrder(&'static str),
    #[error("the range lacks {0}")]
    EndMissing(&'static str),
    #[error("the range is upside down: {from} comes after {to}")]
    UpsideDown { from: String, to: String },
    #[error("{first} and {second} cannot stand in one object")]
    Mixed { first: String, second: String },
    #[error("the list of reports is empty; leave the fact out, or write `null`")]
    NoReports,
    #[error("a report cannot hold reports itself")]
    NestedReports,
    #[error("{0}")]
    BadReport(&'static str),
    #[error("option {0} is named twice")]
    OptionTwice(String),
    #[error("option {0} is both included and excluded")]
    Overlap(String),
    #[error("`declined` can only be `true`, found {0}")]
    Declined(String),

    #[error("the case belongs to another knowledge base")]
    OtherBase,
    #[error("the building of the knowledge base was stopped")]
    BuildingStopped,
    #[error("the buffer has {found} places; there are {expected} advice ids")]
    Length { expected: usize, found: usize },
    #[error("{0}")]
    Unreadable(String),
    #[error("{0} cannot begin a name; expected lower-case letters, digits and `_`, a letter first")]
    NoPrefix(String),
    #[error("no {what} has the number {found}; there are {count}, counted from 0")]
    NoNumber {
        what: &'static str,
        found: usize,
        count: usize,
    },

    #[error("no fact has this name, and the column is not one to pass on")]
    UnknownColumn(String),
    #[error("there is no column {0}")]
    NoColumn(String),
    #[error("the fact {fact} needs {expected}, found the type {found}")]
    ColumnType {
        fact: String,
        expected: &'static str,
        found: String,
    },
    #[error("a column of moments states a clock only when the present moment is given")]
    NeedsNow,
    #[error("there are two columns {0}")]
    ColumnTwice(String),
    #[error("two columns are given for the fact {0}")]
    FactTwice(String),
    #[error("no column is a fact's")]
    NoFactColumn,
    #[error("the rows have other columns than those that were checked")]
    OtherColumns,
    #[error("{0}")]
    AfterNow(String),
    #[error("{0}")]
    Rows(String),
    #[error("the batch was stopped")]
    Stopped,
    #[error("these bytes are no compiled knowledge base; expected what `liniment compile` wrote")]
    NotCompiled,
    #[error("the knowledge base was compiled by another version than this, {0}; compile its packs again")]
    OtherVersion(&'static str),
    #[error("the compiled knowledge base is damaged; compile its packs again")]
    Damaged,
    #[error("no question is open; the interview is finished, or only skipped questions are left")]
    NoQuestion,
}

impl Kind {
    /// Whether its words name the place already.
    fn names_its_place(&self) -> bool {
        matches!(self, Kind::UnknownFact(_) | Kind::Derived { .. })
    }

    /// Whether the message lists what is allowed; others say it in their own words.
    fn lists_allowed(&self) -> bool {
        matches!(
            self,
            Kind::UnknownOption(_)
                | Kind::UnknownKey(_)
                | Kind::UnknownLanguage(_)
                | Kind::UnknownPack { .. }
                | Kind::UnknownLimit(_)
                | Kind::WrongType { .. }
        )
    }
}

/// Why a case was refused, or why what was asked for is not there.
///
/// Its text (`to_string`) is one line that says where, what was found, what is allowed and which
/// name comes nearest; the parts are there one by one for programs.
#[derive(Clone, Debug)]
pub struct Error(Box<Parts>);

#[derive(Clone, Debug)]
struct Parts {
    kind: Kind,
    place: Option<Place>,
    /// The path inside the case, beside a place in its text.
    inside: Option<String>,
    found: Option<String>,
    allowed: Vec<String>,
    nearest: Option<String>,
    message: OnceLock<String>,
}

#[derive(Clone, Debug)]
struct Place {
    text: String,
    /// Line and column, from 1.
    position: Option<(usize, usize)>,
    /// A name or path, shown in backticks; otherwise words such as `line 3, column 5`.
    quoted: bool,
}

impl Error {
    pub(crate) fn new(kind: Kind) -> Self {
        Self(Box::new(Parts {
            kind,
            place: None,
            inside: None,
            found: None,
            allowed: Vec::new(),
            nearest: None,
            message: OnceLock::new(),
        }))
    }

    /// At a fact or a path inside it: `onset_setting.reports[1].value`.
    pub(crate) fn at(mut self, path: impl Into<String>) -> Self {
        self.0.place = Some(Place {
            text: path.into(),
            position: None,
            quoted: true,
        });
        self
    }

    /// At a place in the text, lines and columns counted from 1.
    pub(crate) fn at_line(mut self, line: usize, column: usize) -> Self {
        self.0.place = Some(Place {
            text: format!("line {line}, column {column}"),
            position: Some((line, column)),
            quoted: false,
        });
        self
    }

    /// The path inside the case, where the place is one in its text.
    pub(crate) fn inside(mut self, path: String) -> Self {
        self.0.inside = Some(path).filter(|path| !path.is_empty());
        self
    }

    /// In a row of a batch, counted from 1. The place inside the value stays where it says more than the
    /// fact.
    #[cfg(feature = "arrow")]
    pub(crate) fn in_row(mut self, row: u64, column: &str) -> Self {
        let path = self.0.place.take().map(|place| place.text);
        self.0.inside = path.filter(|path| path.contains(['.', '[']));
        self.0.place = Some(Place {
            text: format!("row {row}, column {}", quoted(column)),
            position: None,
            quoted: false,
        });
        self
    }

    /// At a byte, counted from 0.
    pub(crate) fn at_byte(mut self, byte: usize) -> Self {
        self.0.place = Some(Place {
            text: format!("byte {byte}"),
            position: None,
            quoted: false,
        });
        self
    }

    /// What was found instead, as it was written.
    pub(crate) fn found_text(mut self, found: &str) -> Self {
        self.0.found = Some(shortened(found));
        self
    }

    /// What could stand there.
    pub(crate) fn allow<S: Into<String>>(mut self, allowed: impl IntoIterator<Item = S>) -> Self {
        self.0.allowed = allowed.into_iter().map(Into::into).collect();
        self
    }

    /// The name that comes nearest to what was found.
    pub(crate) fn near(mut self, nearest: Option<&str>) -> Self {
        self.0.nearest = nearest.map(str::to_owned);
        self
    }

    /// A case, fact or option of another knowledge base.
    pub(crate) fn foreign() -> Self {
        Self::new(Kind::OtherBase)
    }

    /// The callback of the builder did not want to go on.
    pub(crate) fn building_stopped() -> Self {
        Self::new(Kind::BuildingStopped)
    }

    pub(crate) fn is_building_stopped(&self) -> bool {
        self.0.kind == Kind::BuildingStopped
    }

    /// A buffer that does not have one place for each advice id.
    pub(crate) fn length(expected: usize, found: usize) -> Self {
        Self::new(Kind::Length { expected, found })
    }

    /// An answer where nothing is asked.
    pub(crate) fn no_question() -> Self {
        Self::new(Kind::NoQuestion)
    }

    /// No fact of this name; it may be the name of a definition.
    pub(crate) fn unknown_fact(base: &CheckedBase, name: &str) -> Self {
        crate::case::names::unknown_fact(base, name)
    }

    pub(crate) fn unknown_option(fact: &str, name: &str, options: &[String]) -> Self {
        let near = nearest(name, options.iter().map(String::as_str));
        Self::new(Kind::UnknownOption(quoted(name)))
            .at(fact)
            .found_text(name)
            .allow(options)
            .near(near)
    }

    pub(crate) fn unknown_advice(name: &str, nearest: Option<&str>) -> Self {
        Self::new(Kind::UnknownAdvice(quoted(name)))
            .found_text(name)
            .near(nearest)
    }

    pub(crate) fn unknown_language(name: &str, languages: &[String]) -> Self {
        Self::new(Kind::UnknownLanguage(quoted(name)))
            .found_text(name)
            .allow(languages)
    }

    pub(crate) fn unknown_limit(name: &str, limits: &[&'static str]) -> Self {
        Self::new(Kind::UnknownLimit(quoted(name)))
            .found_text(name)
            .allow(limits.iter().copied())
            .near(nearest(name, limits.iter().copied()))
    }

    /// A word that cannot begin the names of generated source text.
    #[cfg(feature = "tools")]
    pub(crate) fn no_prefix(prefix: &str) -> Self {
        Self::new(Kind::NoPrefix(quoted(prefix))).found_text(prefix)
    }

    /// A number that is past the end of a list.
    pub(crate) fn no_number(what: &'static str, found: usize, count: usize) -> Self {
        Self::new(Kind::NoNumber { what, found, count }).found_text(&found.to_string())
    }

    /// For front ends that find packs by name: none of this name is among those that are built in.
    ///
    /// # Example
    /// ```
    /// let error = liniment::Error::unknown_pack("calf-camps", &["calf-cramps", "leg-red-flags"]);
    /// assert_eq!(error.code(), "C0107");
    /// assert_eq!(error.nearest(), Some("calf-cramps"));
    /// ```
    pub fn unknown_pack(name: &str, built_in: &[&str]) -> Self {
        Self::no_pack(name, built_in, "")
    }

    /// As [`Error::unknown_pack`], where a folder could have been named too.
    pub fn neither_pack_nor_folder(name: &str, built_in: &[&str]) -> Self {
        Self::no_pack(name, built_in, ", and no folder is there by that name")
    }

    fn no_pack(name: &str, built_in: &[&str], folder: &'static str) -> Self {
        let kind = Kind::UnknownPack {
            name: quoted(name),
            folder,
        };
        Self::new(kind)
            .found_text(name)
            .allow(built_in.iter().copied())
            .near(nearest(name, built_in.iter().copied()))
    }

    /// Every code with what it says in general, by number.
    pub fn codes() -> &'static [(&'static str, &'static str)] {
        CODES
    }

    /// Its stable code, `C0101`.
    pub fn code(&self) -> &'static str {
        self.0.kind.code()
    }

    /// Where: a fact or a path inside it (`onset_setting.reports[1].value`), or a place in the text
    /// (`line 3, column 5`).
    pub fn place(&self) -> Option<&str> {
        self.0.place.as_ref().map(|place| place.text.as_str())
    }

    /// The line and the column in the text, from 1, where the place is one in a text.
    pub fn position(&self) -> Option<(usize, usize)> {
        self.0.place.as_ref().and_then(|place| place.position)
    }

    /// What was found there, shortened to 60 characters.
    pub fn found(&self) -> Option<&str> {
        self.0.found.as_deref()
    }

    /// What is allowed there; empty when it cannot be listed.
    pub fn allowed(&self) -> &[String] {
        &self.0.allowed
    }

    /// The name that comes nearest to what was found.
    pub fn nearest(&self) -> Option<&str> {
        self.0.nearest.as_deref()
    }

    /// All of it as one line.
    pub fn message(&self) -> &str {
        self.0.message.get_or_init(|| self.0.compose())
    }

    /// The error as JSON: `{"format":1,"error":{"code":…,"place":…,"found":…,"allowed":[…],"nearest":…,"message":…}}`.
    pub fn to_json(&self) -> String {
        #[derive(Serialize)]
        struct Body<'a> {
            code: &'a str,
            place: Option<&'a str>,
            found: Option<&'a str>,
            allowed: &'a [String],
            nearest: Option<&'a str>,
            message: &'a str,
        }
        #[derive(Serialize)]
        struct Whole<'a> {
            format: u8,
            error: Body<'a>,
        }
        let whole = Whole {
            format: 1,
            error: Body {
                code: self.code(),
                place: self.place(),
                found: self.found(),
                allowed: self.allowed(),
                nearest: self.nearest(),
                message: self.message(),
            },
        };
        json::to_json(&whole)
    }
}

impl From<SourceError> for Error {
    fn from(error: SourceError) -> Self {
        Self::new(Kind::Unreadable(error.to_string())).found_text(&error.path().display().to_string())
    }
}

impl Parts {
    fn compose(&self) -> String {
        let mut message = match &self.place {
            Some(_) if self.kind.names_its_place() => String::new(),
            Some(place) if place.quoted => format!("`{}`: ", place.text),
            Some(place) => match &self.inside {
                Some(path) => format!("{}, in {}: ", place.text, quoted(path)),
                None => format!("{}: ", place.text),
            },
            None => String::new(),
        };
        let words = self.kind.to_string();
        message.push_str(&words);
        let said = self.allowed.iter().all(|allowed| words.contains(allowed));
        if self.kind.lists_allowed() && !said {
            message.push_str("; allowed: ");
            message.push_str(&listed(&self.allowed));
        }
        if let Some(nearest) = &self.nearest {
            message.push_str(&format!("; did you mean `{nearest}`?"));
        }
        message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.message())
    }
}

impl std::error::Error for Error {}

/// Names in backticks, joined by commas; the first few of many.
pub(crate) fn listed<S: AsRef<str>>(names: &[S]) -> String {
    let mut text = names
        .iter()
        .take(LISTED)
        .map(|name| quoted(name.as_ref()))
        .collect::<Vec<_>>()
        .join(", ");
    if let Some(more) = names.len().checked_sub(LISTED).filter(|more| *more > 0) {
        text.push_str(&format!(" and {more} more"));
    }
    text
}

/// What someone wrote, fit for a message: in backticks, on one line, not too long.
pub(crate) fn quoted(text: &str) -> String {
    format!("`{}`", shortened(text))
}

/// What someone wrote, escaped and not too long.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => escaped(text.get(..end).unwrap_or_default()) + "…",
        None => escaped(text),
    }
}

/// Text on one line, with what would not show, or would turn the line around, escaped.
pub(crate) fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if hidden(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Control characters, line and paragraph separators, and marks that set the direction of text.
fn hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{61c}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_and_unlike() {
        assert!(
            CODES
                .windows(2)
                .all(|pair| matches!(pair, [(first, _), (second, _)] if first < second))
        );
    }

    #[test]
    fn json_has_every_key_in_order() {
        let error = Error::new(Kind::UnknownFact(quoted("hot")))
            .at("hot")
            .found_text("hot")
            .near(Some("hot_conditions"));
        assert_eq!(
            error.to_json(),
            r#"{"format":1,"error":{"code":"C0101","place":"hot","found":"hot","allowed":[],"nearest":"hot_conditions","message":"unknown fact `hot`; did you mean `hot_conditions`?"}}"#
        );
        assert_eq!(
            Error::new(Kind::OtherBase).to_json(),
            r#"{"format":1,"error":{"code":"C0301","place":null,"found":null,"allowed":[],"nearest":null,"message":"the case belongs to another knowledge base"}}"#
        );
    }

    #[test]
    fn what_was_written_is_shortened_and_escaped() {
        assert_eq!(quoted("a\nb\u{202e}c"), "`a\\u{a}b\\u{202e}c`");
        assert_eq!(shortened(&"x".repeat(60)), "x".repeat(60));
        assert_eq!(shortened(&"ä".repeat(61)), format!("{}…", "ä".repeat(60)));
        assert_eq!(listed(&["a", "b"]), "`a`, `b`");
        assert_eq!(
            listed(&["o"; 10]),
            format!("{} and 2 more", ["`o`"; 8].join(", "))
        );
    }
}
