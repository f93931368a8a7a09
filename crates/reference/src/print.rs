//! Prints a pack as RON text and a case as JSON, for the engine to read.

use std::fmt::Write as _;

use liniment::Verdict;
use serde_json::{Map, Value as Json, json};

use crate::model::{
    Base, Body, Case, Cause, Condition, Definition, Fact, Kind, Limit, NEVER, Row, Rule, RuleKind, Stages,
    Stated, Subject, Suppresses, Test, Vague, Value, option_name, phase_name,
};
use crate::random::Random;

/// A file of a pack: its name and its text.
pub type File = (String, String);

/// How a length of time is written; all are the same to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeStyle {
    /// `23h59min`
    Mixed,
    /// `1439min`, in the largest unit that divides it.
    OneUnit,
    /// `86340000000us`
    Microseconds,
    /// `PT23H59M`
    Iso,
}

pub const TIME_STYLES: [TimeStyle; 4] = [
    TimeStyle::Mixed,
    TimeStyle::OneUnit,
    TimeStyle::Microseconds,
    TimeStyle::Iso,
];

const UNITS: [(i64, &str); 6] = [
    (86_400_000_000, "d"),
    (3_600_000_000, "h"),
    (60_000_000, "min"),
    (1_000_000, "s"),
    (1_000, "ms"),
    (1, "us"),
];

pub fn time(microseconds: i64, style: TimeStyle) -> String {
    if microseconds == NEVER {
        return "never".to_owned();
    }
    match style {
        TimeStyle::Microseconds => format!("{microseconds}us"),
        TimeStyle::OneUnit => {
            let unit = UNITS.iter().find(|(size, _)| microseconds % size == 0);
            unit.map_or_else(String::new, |(size, name)| {
                format!("{}{name}", microseconds / size)
            })
        }
        TimeStyle::Mixed if microseconds == 0 => "0s".to_owned(),
        TimeStyle::Mixed => {
            let mut rest = microseconds;
            let mut text = String::new();
            for (size, name) in UNITS {
                if rest >= size {
                    let _ = write!(text, "{}{name}", rest / size);
                    rest %= size;
                }
            }
            text
        }
        TimeStyle::Iso => iso(microseconds),
    }
}

/// The canonical form: no zero parts, and `PT0S` for nothing.
pub fn iso(microseconds: i64) -> String {
    let (hours, rest) = (microseconds / 3_600_000_000, microseconds % 3_600_000_000);
    let (minutes, rest) = (rest / 60_000_000, rest % 60_000_000);
    let mut text = "PT".to_owned();
    if hours > 0 {
        let _ = write!(text, "{hours}H");
    }
    if minutes > 0 {
        let _ = write!(text, "{minutes}M");
    }
    if rest > 0 || (hours == 0 && minutes == 0) {
        let fraction = format!("{:06}", rest % 1_000_000);
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        let _ = write!(text, "{}{point}{fraction}S", rest / 1_000_000);
    }
    text
}

/// A whole number of hundredths as a decimal number.
fn hundredths(value: i64) -> String {
    format!(
        "{}{}.{:02}",
        if value < 0 { "-" } else { "" },
        value.abs() / 100,
        value.abs() % 100
    )
}

fn quoted<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("\"{name}\"")).collect();
    format!("[{}]", names.join(", "))
}

fn options(numbers: &[usize]) -> String {
    let names: Vec<String> = numbers.iter().map(|number| option_name(*number)).collect();
    quoted(names.iter().map(String::as_str))
}

/// A value of an ordered fact, as the packs write it.
fn ordered(kind: &Kind, value: i64) -> String {
    match kind {
        Kind::Number { .. } => hundredths(value),
        Kind::Duration { .. } | Kind::Clock { .. } => format!("\"{}\"", time(value, TimeStyle::Mixed)),
        Kind::Scale(_) => format!("\"{}\"", option_name(usize::try_from(value).unwrap_or(0))),
        _ => value.to_string(),
    }
}

impl Base {
    fn limit(&self, kind: &Kind, limit: Limit) -> String {
        match limit {
            Limit::Value(value) => ordered(kind, value),
            Limit::Vague(vague) => format!("Vague(\"{}\")", self.vagues[vague].id),
        }
    }

    fn test(&self, subject: Subject, test: &Test) -> String {
        // A score is compared with plain whole numbers.
        let score = Kind::Integer { from: None, to: None };
        let kind = match subject {
            Subject::Fact(fact) => &self.facts[fact].kind,
            Subject::Definition(_) => &score,
        };
        match test {
            Test::Yes => "Yes".to_owned(),
            Test::No => "No".to_owned(),
            Test::Is(option) => format!("Is(\"{}\")", option_name(*option)),
            Test::OneOf(list) => format!("OneOf({})", options(list)),
            Test::NoneOf(list) => format!("NoneOf({})", options(list)),
            Test::AtLeast(limit) => format!("AtLeast({})", self.limit(kind, *limit)),
            Test::MoreThan(limit) => format!("MoreThan({})", self.limit(kind, *limit)),
            Test::AtMost(limit) => format!("AtMost({})", self.limit(kind, *limit)),
            Test::LessThan(limit) => format!("LessThan({})", self.limit(kind, *limit)),
            Test::Between(from, to) => {
                format!("Between({}, {})", self.limit(kind, *from), self.limit(kind, *to))
            }
            Test::All(tests) => {
                let tests: Vec<String> = tests.iter().map(|test| self.test(subject, test)).collect();
                format!("All([{}])", tests.join(", "))
            }
            Test::Includes(list) => format!("Includes({})", options(list)),
            Test::Only(list) => format!("Only({})", options(list)),
            Test::Exactly(list) => format!("Exactly({})", options(list)),
            Test::AnyOf(list) => format!("AnyOf({})", options(list)),
        }
    }

    fn row(&self, row: &Row) -> String {
        let entries: Vec<String> = row
            .iter()
            .map(|(subject, test)| {
                let name = match subject {
                    Subject::Fact(fact) => &self.facts[*fact].id,
                    Subject::Definition(definition) => &self.definitions[*definition].id,
                };
                format!("\"{name}\": {}", self.test(*subject, test))
            })
            .collect();
        format!("{{{}}}", entries.join(", "))
    }

    fn condition(&self, condition: &Condition) -> String {
        match condition.as_slice() {
            [row] => self.row(row),
            rows => format!(
                "[{}]",
                rows.iter()
                    .map(|row| self.row(row))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        }
    }

    fn kind(&self, kind: &Kind) -> String {
        let range = |name: &str, unit: &str, from: &Option<i64>, to: &Option<i64>| {
            let mut parts = Vec::new();
            if !unit.is_empty() {
                parts.push(format!("unit: \"{unit}\""));
            }
            if let Some(from) = from {
                parts.push(format!("from: {}", ordered(kind, *from)));
            }
            if let Some(to) = to {
                parts.push(format!("to: {}", ordered(kind, *to)));
            }
            if parts.is_empty() {
                name.to_owned()
            } else {
                format!("{name}({})", parts.join(", "))
            }
        };
        let list = |count: usize| options(&(0..count).collect::<Vec<_>>());
        match kind {
            Kind::YesNo => "YesNo".to_owned(),
            Kind::Choice(count) => format!("Choice({})", list(*count)),
            Kind::Scale(count) => format!("Scale({})", list(*count)),
            Kind::Several(count) => format!("Several({})", list(*count)),
            Kind::Integer { from, to } => range("Integer", "", from, to),
            Kind::Number { from, to } => range("Number", "°C", from, to),
            Kind::Duration { from, to } => range("Duration", "", from, to),
            Kind::Clock { runs_while: None } => "Clock".to_owned(),
            Kind::Clock {
                runs_while: Some(condition),
            } => format!("Clock(runs_while: {})", self.condition(condition)),
        }
    }

    fn fact(&self, fact: &Fact) -> String {
        let ask_when = fact.ask_when.as_ref().map_or_else(String::new, |condition| {
            format!(", ask_when: {}", self.condition(condition))
        });
        format!(
            "Fact(id: \"{}\", kind: {}, ask: \"What of {}?\"{ask_when})",
            fact.id,
            self.kind(&fact.kind),
            fact.id
        )
    }

    fn vague(&self, vague: &Vague) -> String {
        let (from, to) = (ordered(&vague.kind, vague.from), ordered(&vague.kind, vague.to));
        format!(
            "Vague(id: \"{}\", words: \"a little of {}\", from: {from}, to: {to})",
            vague.id, vague.id
        )
    }

    fn definition(&self, definition: &Definition) -> String {
        let body = match &definition.body {
            Body::When(condition) => format!("when: {}", self.condition(condition)),
            Body::Count { at_least, of } => {
                let of: Vec<String> = of.iter().map(|condition| self.condition(condition)).collect();
                format!("at_least: {at_least}, of: [{}]", of.join(", "))
            }
            Body::Score(points) => {
                let points: Vec<String> = points
                    .iter()
                    .map(|(points, condition)| format!("Points({points}, {})", self.condition(condition)))
                    .collect();
                format!("score: [{}]", points.join(", "))
            }
        };
        format!("Define(id: \"{}\", {body})", definition.id)
    }

    fn cause(&self, cause: &Cause) -> String {
        let mut text = format!("Cause(id: \"{}\", standing: Primary", cause.id);
        if let Some(phase) = cause.phase {
            let _ = write!(text, ", phase: \"{}\"", phase_name(phase));
        }
        self.push_condition(&mut text, "when", cause.when.as_ref());
        self.push_condition(&mut text, "except", cause.except.as_ref());
        self.push_rules(&mut text, "outside", &cause.outside);
        let _ = write!(
            text,
            ", text: \"The cause {}.\", untreated: \"Nothing acts on it.\", {CITES})",
            cause.id
        );
        text
    }

    fn push_condition(&self, text: &mut String, field: &str, condition: Option<&Condition>) {
        if let Some(condition) = condition {
            let _ = write!(text, ", {field}: {}", self.condition(condition));
        }
    }

    fn push_rules(&self, text: &mut String, field: &str, rules: &[usize]) {
        if !rules.is_empty() {
            let _ = write!(
                text,
                ", {field}: {}",
                quoted(rules.iter().map(|rule| self.rules[*rule].id.as_str()))
            );
        }
    }

    fn push_window(&self, text: &mut String, field: &str, window: Option<(usize, Limit)>) {
        if let Some((fact, limit)) = window {
            let _ = write!(
                text,
                ", {field}: (\"{}\", {})",
                self.facts[fact].id,
                self.limit(&self.facts[fact].kind, limit)
            );
        }
    }

    fn rule(&self, rule: &Rule) -> String {
        let (name, own) = match &rule.kind {
            RuleKind::Fix { optional } => (
                "Fix",
                if *optional {
                    ", verdict: Optional".to_owned()
                } else {
                    String::new()
                },
            ),
            RuleKind::NonFix(verdict) => ("NonFix", format!(", verdict: {}", variant(*verdict))),
            RuleKind::Wait => ("Wait", String::new()),
            RuleKind::RedFlag(level) => ("RedFlag", format!(", level: {}", variant(*level))),
            RuleKind::Scope { closes } if closes.is_empty() => ("Scope", ", closes: Everything".to_owned()),
            RuleKind::Scope { closes } => ("Scope", format!(", closes: {}", phases(closes))),
            RuleKind::Note { refer } => (
                "Note",
                if *refer {
                    ", verdict: Refer".to_owned()
                } else {
                    String::new()
                },
            ),
        };
        let mut text = format!("{name}(id: \"{}\"{own}", rule.id);
        if rule.advice != rule.id {
            let _ = write!(text, ", advice: \"{}\"", rule.advice);
        }
        if let Some(phase) = rule.phase {
            let _ = write!(text, ", phase: \"{}\"", phase_name(phase));
        }
        self.push_condition(&mut text, "when", rule.when.as_ref());
        self.push_condition(&mut text, "except", rule.except.as_ref());
        self.push_condition(&mut text, "shown_unless", rule.shown_unless.as_ref());
        self.push_condition(&mut text, "unless", rule.unless.as_ref());
        if let Some(optional) = rule.then {
            let _ = write!(
                text,
                ", then: {}",
                if optional { "Optional" } else { "Recommend" }
            );
        }
        self.push_window(&mut text, "not_before", rule.not_before);
        self.push_condition(&mut text, "shut_while", rule.shut_while.as_ref());
        self.push_window(&mut text, "until", rule.until);
        self.push_condition(&mut text, "never_when", rule.never_when.as_ref());
        if rule.not_before.is_some() {
            let _ = write!(text, ", not_yet: \"Rule {} waits.\"", rule.id);
        }
        if rule.never_when_unknown_stands {
            text.push_str(", never_when_unknown: Stand");
        }
        if rule.reasons.is_empty() {
            let _ = write!(text, ", because: \"Because of {}.\"", rule.id);
        } else {
            let reasons: Vec<String> = (rule.reasons.iter().enumerate())
                .map(|(number, when)| {
                    format!(
                        "Reason(when: {}, why: \"Reason {number} of {}.\", {CITES})",
                        self.condition(when),
                        rule.id
                    )
                })
                .collect();
            let _ = write!(text, ", reasons: [{}]", reasons.join(", "));
        }
        self.push_rules(&mut text, "overrides", &rule.overrides);
        self.push_rules(&mut text, "yields_to", &rule.yields_to);
        match &rule.suppresses {
            None => {}
            Some(Suppresses::Everything) => text.push_str(", suppresses: Everything"),
            Some(Suppresses::Only(ids)) => {
                let _ = write!(text, ", suppresses: {}", quoted(ids.iter().map(String::as_str)));
            }
            Some(Suppresses::Phases(list)) => {
                let _ = write!(text, ", suppresses: {}", phases(list));
            }
        }
        for (field, ids) in [
            ("limits", &rule.limits),
            ("beside", &rule.beside),
            ("instead", &rule.instead),
        ] {
            if !ids.is_empty() {
                let _ = write!(text, ", {field}: {}", quoted(ids.iter().map(String::as_str)));
            }
        }
        self.push_rules(&mut text, "outside", &rule.outside);
        let _ = write!(text, ", text: \"Rule {} speaks.\", {CITES})", rule.id);
        text
    }

    fn stage_plan(&self, stages: &Stages) -> String {
        let mut text = format!(
            "Stages(id: \"{}\", at: \"{}\", comfortable: \"{}\"",
            stages.id, self.facts[stages.at].id, self.facts[stages.comfortable].id
        );
        if let Some(after) = stages.after {
            let _ = write!(text, ", after: \"{}\"", self.rules[after].id);
        }
        self.push_rules(&mut text, "steps", &stages.steps);
        let _ = write!(text, ", {CITES})");
        text
    }

    fn manifest(&self, pack: usize) -> String {
        let mut text = format!(
            "Pack(id: \"{}\", version: \"1.0.0\", schema: 1, language: \"en\", title: \"Pack {pack}\"",
            self.packs[pack].id
        );
        if pack == 0 {
            let phases: Vec<String> = (0..self.phases)
                .map(|phase| format!("Phase(id: \"{}\", title: \"Phase {phase}\")", phase_name(phase)))
                .collect();
            let _ = write!(text, ", phases: [{}]", phases.join(", "));
            if !self.ranking.is_empty() {
                let _ = write!(
                    text,
                    ", ranking: {}",
                    quoted(self.ranking.iter().map(String::as_str))
                );
            }
            if !self.ask_first.is_empty() {
                let _ = write!(
                    text,
                    ", ask_first: {}",
                    quoted(self.ask_first.iter().map(|fact| self.facts[*fact].id.as_str()))
                );
            }
        } else {
            let _ = write!(text, ", extends: {{\"{}\": \"^1\"}}", self.packs[0].id);
        }
        text.push(')');
        text
    }

    /// The statements of one pack, in the order of the model.
    fn statements(&self, pack: usize) -> Vec<String> {
        let mut statements = Vec::new();
        if pack == 0 {
            statements.push(
                "Source(id: \"book\", kind: Review, title: \"The book\", reviewed: \"2026-11-23\")"
                    .to_owned(),
            );
            statements.extend(self.facts.iter().map(|fact| self.fact(fact)));
            statements.extend(self.vagues.iter().map(|vague| self.vague(vague)));
            statements.extend(
                self.definitions
                    .iter()
                    .map(|definition| self.definition(definition)),
            );
            statements.extend(self.stages.iter().map(|stages| self.stage_plan(stages)));
        }
        statements.extend(
            self.causes
                .iter()
                .filter(|cause| cause.pack == pack)
                .map(|cause| self.cause(cause)),
        );
        statements.extend(
            self.rules
                .iter()
                .filter(|rule| rule.pack == pack)
                .map(|rule| self.rule(rule)),
        );
        statements
    }

    /// The files of every pack; `shuffle` decides the order of statements and the files they are in.
    pub fn files(&self, shuffle: Option<u64>) -> Vec<Vec<File>> {
        (0..self.packs.len())
            .map(|pack| {
                let mut statements = self.statements(pack);
                let mut files = vec![("pack.ron".to_owned(), self.manifest(pack))];
                if let Some(seed) = shuffle {
                    let mut random = Random::new(seed);
                    for last in (1..statements.len()).rev() {
                        statements.swap(last, random.below(last + 1));
                    }
                    let cut = random.below(statements.len() + 1);
                    let rest = statements.split_off(cut);
                    files.push(("zebra.ron".to_owned(), list(&rest)));
                }
                files.push(("rules.ron".to_owned(), list(&statements)));
                files
            })
            .collect()
    }

    fn stated(&self, fact: usize, stated: &Stated, style: TimeStyle) -> Option<Json> {
        let kind = &self.facts[fact].kind;
        let range_end = |value: i64| match kind {
            Kind::Scale(_) => json!(option_name(usize::try_from(value).unwrap_or(0))),
            _ => value_json(kind, Value::Ordered(value), style),
        };
        Some(match stated {
            Stated::Nothing => return None,
            Stated::Null => Json::Null,
            Stated::Declined => json!({ "declined": true }),
            Stated::Value(value) => value_json(kind, *value, style),
            Stated::Range(from, to) => {
                let mut range = Map::new();
                range.extend(from.map(|from| ("from".to_owned(), range_end(from))));
                range.extend(to.map(|to| ("to".to_owned(), range_end(to))));
                Json::Object(range)
            }
            Stated::Partly { includes, excludes } => {
                json!({
                    "includes": value_json(kind, Value::Several(*includes), style),
                    "excludes": value_json(kind, Value::Several(*excludes), style),
                })
            }
            Stated::Reports(reports) => {
                let reports: Vec<Json> =
                    reports.iter().map(|(value, source)| json!({ "value": value_json(kind, *value, style), "source": source })).collect();
                json!({ "reports": reports })
            }
        })
    }

    /// The case as JSON; `backwards` turns the order of its facts round.
    pub fn case_json(&self, case: &Case, style: TimeStyle, backwards: bool) -> String {
        let mut entries: Vec<(usize, Json)> = case
            .iter()
            .enumerate()
            .filter_map(|(fact, stated)| Some((fact, self.stated(fact, stated, style)?)))
            .collect();
        if backwards {
            entries.reverse();
        }
        // Written by hand, because the order of the facts is the point.
        let entries: Vec<String> = entries
            .iter()
            .map(|(fact, value)| format!("\"{}\":{value}", self.facts[*fact].id))
            .collect();
        format!("{{{}}}", entries.join(","))
    }
}

fn value_json(kind: &Kind, value: Value, style: TimeStyle) -> Json {
    match value {
        Value::YesNo(yes) => json!(yes),
        Value::Option(option) => json!(option_name(option)),
        Value::Several(bits) => {
            let options: Vec<String> = (0..kind.options())
                .filter(|option| bits & (1 << option) != 0)
                .map(option_name)
                .collect();
            json!(options)
        }
        Value::Ordered(value) if kind.is_time() => json!(time(value, style)),
        Value::Ordered(value) => match kind {
            Kind::Number { .. } => serde_json::from_str(&hundredths(value)).unwrap_or(Json::Null),
            _ => json!(value),
        },
    }
}

const CITES: &str = "cites: [Cite(source: \"book\", at: \"page 1\")]";

fn list(statements: &[String]) -> String {
    format!("[\n    {},\n]\n", statements.join(",\n    ")).replace("[\n    ,\n]", "[]")
}

fn phases(list: &[usize]) -> String {
    let names: Vec<String> = list.iter().map(|phase| phase_name(*phase)).collect();
    format!("Phases({})", quoted(names.iter().map(String::as_str)))
}

/// The name of a verdict as the packs write it: `Ineffective`.
fn variant(verdict: Verdict) -> String {
    let name = verdict.name();
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_ascii_uppercase().to_string() + letters.as_str()
    })
}
