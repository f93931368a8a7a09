//! What a person typed → a value as a case states it.

use super::InterviewQuestion;
use crate::case::read::CaseValue;
use crate::knowledge_base::{FactType, OptionInfo};
use crate::text::number::nearest;
use crate::text::small_letters::small_letters;

/// What stands between the ends of a range.
const TO: [&str; 5] = [" to ", " bis ", "..", "–", " - "];
const YES: [&str; 5] = ["yes", "y", "true", "ja", "j"];
const NO: [&str; 4] = ["no", "n", "false", "nein"];
const NONE: [&str; 6] = ["none", "none of them", "nothing", "keine", "keins", "nichts"];
const NEVER: [&str; 2] = ["never", "nie"];
/// German units of time and the English ones that a case takes.
const UNITS: [(&str, &str); 8] = [
    ("wochen", "weeks"),
    ("woche", "week"),
    ("tage", "days"),
    ("tag", "day"),
    ("stunden", "hours"),
    ("stunde", "hour"),
    ("minuten", "minutes"),
    ("sekunden", "seconds"),
];

/// The value that was meant. What is no answer is handed on as it is, for the case to refuse in its words.
pub(super) fn read(question: &InterviewQuestion, text: &str) -> CaseValue {
    let text = text.trim();
    // An answer with more to it than a word: reports, a part of several, a range with an open end.
    if text.starts_with(['{', '['])
        && let Ok(value) = serde_json::from_str(text)
    {
        return value;
    }
    match question.kind {
        FactType::YesNo => match text {
            yes if is_one(yes, &YES) => CaseValue::Bool(true),
            no if is_one(no, &NO) => CaseValue::Bool(false),
            other => CaseValue::from(other),
        },
        FactType::Choice => option(&question.options, text),
        FactType::Scale => range(text, |end| option(&question.options, end))
            .unwrap_or_else(|| option(&question.options, text)),
        FactType::Several => several(&question.options, text),
        FactType::Integer | FactType::Number => range(text, number).unwrap_or_else(|| number(text)),
        FactType::Clock if is_one(text, &NEVER) => CaseValue::from("never"),
        FactType::Duration | FactType::Clock => range(text, length).unwrap_or_else(|| length(text)),
    }
}

fn is_one(text: &str, words: &[&str]) -> bool {
    let lower = small_letters(text);
    words.contains(&lower.as_str())
}

/// An option by its id, its label, or its number from 1.
fn option(options: &[OptionInfo], text: &str) -> CaseValue {
    let text = text.trim();
    let lower = small_letters(text);
    let by_id = options.iter().find(|option| option.id == text);
    let joined = lower.replace([' ', '-'], "_");
    let by_words = || {
        options
            .iter()
            .find(|option| small_letters(&option.id) == joined || small_letters(&option.label) == lower)
    };
    let by_number = || {
        text.parse::<usize>()
            .ok()
            .and_then(|number| options.get(number.checked_sub(1)?))
    };
    let found = by_id.or_else(by_words).or_else(by_number);
    CaseValue::from(found.map_or(text, |option| option.id.as_str()))
}

fn several(options: &[OptionInfo], text: &str) -> CaseValue {
    let whole = option(options, text);
    let is_option = |value: &CaseValue| {
        options
            .iter()
            .any(|option| *value == CaseValue::Text(option.id.clone()))
    };
    if is_option(&whole) {
        return CaseValue::List(vec![whole]);
    }
    if is_one(text, &NONE) {
        return CaseValue::List(Vec::new());
    }
    let mut chosen: Vec<CaseValue> = Vec::new();
    for part in text.split([',', ';']).map(|part| option(options, part)) {
        if !chosen.contains(&part) {
            chosen.push(part);
        }
    }
    CaseValue::List(chosen)
}

fn number(text: &str) -> CaseValue {
    let text = text.trim();
    let plain = match text.matches(',').count() {
        1 if !text.contains('.') => text.replace(',', "."),
        _ => text.to_owned(),
    };
    if let Ok(whole) = plain.parse::<i64>() {
        return CaseValue::Integer(whole);
    }
    match nearest(&plain) {
        Some(number) => CaseValue::Number(number),
        None => CaseValue::from(plain),
    }
}

fn length(text: &str) -> CaseValue {
    let mut words: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let lower = small_letters(word);
        let unit = UNITS.iter().find(|(german, _)| *german == lower);
        words.push(unit.map_or_else(|| word.to_owned(), |(_, english)| (*english).to_owned()));
    }
    CaseValue::from(words.join(" "))
}

/// A range, when the text is one. Where only the last end has a unit, both have it: `1 to 3 d`.
fn range(text: &str, end: impl Fn(&str) -> CaseValue) -> Option<CaseValue> {
    let (from, to) = TO.iter().find_map(|between| text.split_once(between))?;
    let (from, to) = (from.trim(), to.trim());
    if from.is_empty() || to.is_empty() {
        return None;
    }
    let bare = from
        .chars()
        .all(|letter| letter.is_ascii_digit() || letter == '.');
    let unit = to.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
    let from = if bare && !unit.is_empty() {
        end(&format!("{from}{unit}"))
    } else {
        end(from)
    };
    Some(CaseValue::Object(vec![
        ("from".to_owned(), from),
        ("to".to_owned(), end(to)),
    ]))
}
