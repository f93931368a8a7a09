//! The library's own words around those of the packs, a line for each: English, German.

use serde_json::Value;

use crate::advice::{AdviceItem, Amount, Dose, Elapsed};
use crate::knowledge_base::{FactInfo, FactType};
use crate::verdict::Verdict;

/// Declares the words of every language beside each other.
macro_rules! words {
    ($($name:ident: $english:literal, $german:literal;)+ [verdicts] $english_verdicts:expr, $german_verdicts:expr;) => {
        /// What the library says itself around the words of the packs. `{}` stands for what [`fill`] puts in.
        #[derive(Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct Words {
            $(#[doc = concat!("“", $english, "”")] pub $name: &'static str,)+
            /// The verdicts, in the order of [`Verdict::ALL`](crate::Verdict::ALL).
            pub verdicts: [&'static str; 11],
        }

        const ENGLISH: Words = Words { $($name: $english,)+ verdicts: $english_verdicts };
        const GERMAN: Words = Words { $($name: $german,)+ verdicts: $german_verdicts };
    };
}

words! {
    emergency: "EMERGENCY", "NOTFALL";
    help: "Get help", "Hilfe holen";
    out_of_scope: "Not covered here", "Hier nicht behandelt";
    causes: "Why it happens", "Woher es kommt";
    general: "In general", "Allgemein";
    now: "What to do", "Was zu tun ist";
    wait: "What must wait", "Was noch warten muss";
    leave: "What to leave", "Was zu lassen ist";
    wasted: "What does not help", "Was nichts bringt";
    ask: "Where to ask", "Wo du nachfragen kannst";
    know: "Good to know", "Gut zu wissen";
    primary: "main cause", "Hauptursache";
    contributing: "adds to it", "trägt dazu bei";
    acted_on_by: "What acts on it: {}", "Dagegen wirkt: {}";
    optional: "optional", "wer mag";
    because: "Because: {}", "Denn: {}";
    instead: "Rather: {}", "Besser: {}";
    dose: "How much: {}", "Wie viel: {}";
    lasting: "{} at a time", "{} lang";
    every: "again after {}", "wieder nach {}";
    in_all: "for {}", "über {}";
    opens_in: "Opens in {}.", "Möglich in {}.";
    opens_nearly: "Nearly there: opens in {} at the latest.", "Fast so weit: möglich in spätestens {}.";
    opens_at: "Opens when {} reaches {}.", "Möglich, sobald {} bei {} ist.";
    opens_unknown: "How long depends on: {}", "Wie lange, hängt ab von: {}";
    opens_later: "Not while things are as they are.", "Nicht, solange es so ist wie jetzt.";
    ends_nearly: "Nearly over.", "Fast vorbei.";
    rules: "Rules: {}", "Regeln: {}";
    may_fall: "Holds unless an answer says otherwise.", "Gilt, solange keine Antwort dagegen spricht.";
    subject_to: "Could still be changed by: {}", "Könnte sich noch ändern durch: {}";
    source: "Source: {}", "Quelle: {}";
    may_change: "Answers to the questions could still change some of this.", "Die Antworten auf die Fragen könnten einiges davon noch ändern.";
    questions: "Please tell me", "Bitte sag mir";
    decides: "Decides on: {}", "Entscheidet über: {}";
    and_more: "{} and {} more", "{} und {} weitere";
    more_questions: "After that: {}", "Danach: {}";
    questions_inexact: "Some of these questions may turn out not to matter.", "Manche dieser Fragen spielen vielleicht keine Rolle.";
    answers: "Answer: {}", "Antwort: {}";
    yes_or_no: "true or false", "true oder false";
    any_of: "any of {}", "beliebige von {}";
    whole_number: "a whole number", "eine ganze Zahl";
    number: "a number", "eine Zahl";
    duration: "a length of time such as 36h or 3d", "eine Dauer wie 36h oder 3d";
    clock: "a length of time such as 36h or 3d, or never", "eine Dauer wie 36h oder 3d, oder never";
    conflicts: "Reports that disagree", "Angaben, die sich widersprechen";
    or: "or", "oder";
    suppressed: "Left out", "Weggelassen";
    suppressed_by: "{} ({}): because of {}", "{} ({}): wegen {}";
    nothing: "Nothing known of this case leads to advice.", "Was über diesen Fall bekannt ist, führt zu keinem Rat.";
    notice: "Please note", "Bitte beachten";
    moment_now: "Now", "Jetzt";
    moment_in: "In {}", "In {}";
    moment_clock: "When {} is {}", "Wenn {} bei {} ist";
    just_over: "just over {}", "etwas über {}";
    reaches: "{} reaches {}", "{} erreicht {}";
    ends: "ends", "endet";
    nearly: "nearly", "fast";
    as_time_passes: "As time passes", "Wie es weitergeht";
    next_change: "Nothing changes for {}.", "In den nächsten {} ändert sich nichts.";
    no_change: "Nothing changes within {}.", "Innerhalb von {} ändert sich nichts.";
    relative: "It is not known how long {} has run; times count from when it is 0.", "Wie lange {} schon läuft, ist nicht bekannt; gezählt wird ab 0.";
    stages_now: "Step by step, open now", "Schritt für Schritt, ab jetzt möglich";
    stages_in: "Step by step, from {} on", "Schritt für Schritt, ab {}";
    stages_later: "Step by step, not within this time", "Schritt für Schritt, nicht in dieser Zeit";
    stages_wait: "Each step waits until the one before it is comfortable ({}).", "Jeder Schritt wartet, bis der vorige leichtfällt ({}).";
    stages_here: "here", "hier";
    expired: "{} is unknown again", "{} ist wieder unbekannt";
    expiring: "Answers that expire", "Antworten, die nicht ewig gelten";
    expires_in: "{} is unknown again in {}", "{} ist in {} wieder unbekannt";
    held: "Taken to stay as it is", "Bleibt, so die Annahme, wie es ist";
    held_nothing: "nothing", "nichts";
    advice_title: "Advice", "Rat";
    explain_title: "Why: {}", "Warum: {}";
    why: "Why", "Warum";
    why_not: "Not advised here, and why not", "Was hier nicht geraten wird, und warum nicht";
    known: "What is known", "Was bekannt ist";
    sources: "Sources", "Quellen";
    reviewed: "read on {}", "gelesen am {}";
    is: "{} is {}", "{} ist {}";
    is_one_of: "{} is one of {}", "{} ist eines von {}";
    is_none_of: "{} is none of {}", "{} ist keines von {}";
    is_at_least: "{} is at least {}", "{} ist mindestens {}";
    is_more_than: "{} is more than {}", "{} ist mehr als {}";
    is_at_most: "{} is at most {}", "{} ist höchstens {}";
    is_less_than: "{} is less than {}", "{} ist weniger als {}";
    is_between: "{} is between {} and {}", "{} liegt zwischen {} und {}";
    is_empty: "{} is empty", "{} ist leer";
    is_exactly: "{} is exactly {}", "{} ist genau {}";
    has_all: "{} includes {}", "{} enthält {}";
    has_only: "{} has only {}", "{} hat nur {}";
    has_any: "{} has any of {}", "{} hat eines von {}";
    has_none: "{} has none of {}", "{} hat keines von {}";
    and: "and", "und";
    vague: "{} ({} to {})", "{} ({} bis {})";
    all_of_these: "all of these", "all dies";
    any_of_these: "any of these", "eines davon";
    points_for: "{} for {}", "{} für {}";
    has_come_to: "{} has come to {}; this is {}", "{} steht bei {}; hier geht es um {}";
    role_when: "when", "wenn";
    role_scope: "not covered when", "nicht behandelt, wenn";
    role_gate: "not before", "nicht bevor";
    role_until: "until", "bis";
    role_reasons: "one of the reasons", "einer der Gründe";
    role_except: "except when", "außer wenn";
    role_unless: "unless", "es sei denn";
    role_never_when: "never when", "nie, wenn";
    role_shut_while: "shut while", "zu, solange";
    role_stage: "stage", "Stufe";
    holds: "holds", "trifft zu";
    fails: "does not hold", "trifft nicht zu";
    unknown: "not known", "nicht bekannt";
    it_is: "it is {}", "es ist {}";
    misses_by: "misses by {}", "es fehlen {}";
    says: "says: {}", "sagt: {}";
    says_nothing: "says nothing", "sagt nichts";
    gives_way: "Gives way to: {}", "Weicht zurück vor: {}";
    silenced_by: "Silenced by: {}", "Verstummt wegen: {}";
    dissent: "Sees it otherwise: {}", "Sieht es anders: {}";
    inferred: "inferred by the pack’s author", "vom Autor des Pakets gefolgert";
    given: "It is given.", "Es wird genannt.";
    not_given: "It is not given.", "Es wird nicht genannt.";
    ways: "What would lead to “{}”", "Was zu „{}“ führen würde";
    ways_impossible: "No change of facts can do it.", "Keine Änderung der Angaben führt dahin.";
    ways_undecided: "Not decided within the budget of the search.", "Im Rahmen der Suche nicht entschieden.";
    way_change: "{}: {} instead of {}", "{}: {} statt {}";
    suffices: "What already suffices for it", "Was dafür schon genügt";
    suffices_nothing: "Nothing that is known is needed for it.", "Nichts von dem, was bekannt ist, ist dafür nötig.";
    whatever_else: "These facts alone decide it, whatever else holds or is unknown.", "Diese Angaben allein entscheiden darüber, was auch sonst gilt oder unbekannt ist.";
    and_others: "and {} more", "und {} weitere";
    made_by: "Made by Liniment from: {}", "Erstellt von Liniment aus: {}";
    red_flag: "Warning sign", "Warnzeichen";
    yes: "yes", "ja";
    never: "never", "nie";
    declined: "would rather not say", "möchte es nicht sagen";
    includes: "{}, among others perhaps", "{}, vielleicht noch anderes";
    excludes: "not {}", "nicht {}";
    no: "no", "nein";
    none_of_these: "none of these", "nichts davon";
    range: "{} to {}", "{} bis {}";
    ask_help: "? don’t know  /skip  /back  /advice  /save FILE  /stop", "? weiß nicht  /skip später  /back zurück  /advice Rat  /save DATEI  /stop";
    ask_keys: "Enter answers, Esc: don’t know, skip, back, advice so far, save, stop", "Enter antwortet, Esc: weiß nicht, später, zurück, Rat, speichern, aufhören";
    ask_keys_several:
        "Space marks, Enter answers (nothing marked: none of these), Esc: more",
        "Leertaste wählt, Enter antwortet (nichts gewählt: nichts davon), Esc: mehr";
    ask_answer: "Answer:", "Antwort:";
    ask_else: "What else?", "Was sonst?";
    ask_unknown: "I don’t know, or would rather not say", "Weiß ich nicht, oder sage ich nicht";
    ask_skip: "Skip for now", "Später";
    ask_back: "Back to the question before", "Zurück zur vorigen Frage";
    ask_so_far: "Show the advice so far", "Den bisherigen Rat zeigen";
    ask_save: "Save the case", "Den Fall speichern";
    ask_save_as: "Save as (.json)", "Speichern als (.json)";
    ask_stop: "Stop here", "Hier aufhören";
    ask_go_on: "Go on", "Weiter";
    ask_saved: "Saved in {}", "Gespeichert in {}";
    ask_first: "This is the first question.", "Das ist die erste Frage.";
    ask_progress: "{} answered, {} that could still matter", "{} beantwortet, {} könnten noch etwas ändern";
    ask_finished: "No answer can change the advice any more.", "Keine Antwort kann den Rat noch ändern.";
    ask_number: "(by number or name)", "(mit Nummer oder Namen)";
    ask_several: "(numbers or names with commas between, or none)", "(Nummern oder Namen mit Kommas, oder keine)";
    ask_yes_no: "(yes or no)", "(ja oder nein)";
    what_if: "What would change", "Was sich ändern würde";
    what_if_facts: "With", "Mit";
    what_if_nothing: "No verdict changes.", "Kein Rat ändert sich.";
    was_now: "{}: {} instead of {}", "{}: {} statt {}";
    appears: "{}: {}, where there was nothing", "{}: {}, wo vorher nichts stand";
    vanishes: "{}: no longer ({})", "{}: nicht mehr ({})";
    because_now: "{}: {} now", "{}: {} jetzt";
    [verdicts]
        ["emergency", "urgent", "refer", "out of scope", "avoid", "wait", "recommended", "optional", "works less well", "does not help", "good to know"],
        ["Notfall", "dringend", "nachfragen", "nicht behandelt", "lassen", "warten", "empfohlen", "möglich", "wirkt schlechter", "bringt nichts", "gut zu wissen"];
}

/// The words for a language; English for those that have none here.
pub fn words(language: &str) -> &'static Words {
    match language.split('-').next() {
        Some("de") => &GERMAN,
        _ => &ENGLISH,
    }
}

impl Words {
    /// The word for the part that a condition plays in a rule, as [`Proof::role`](crate::Proof::role) names it.
    pub fn role(&self, role: &'static str) -> &'static str {
        match role {
            "when" => self.role_when,
            "scope" => self.role_scope,
            "gate" => self.role_gate,
            "until" => self.role_until,
            "reasons" => self.role_reasons,
            "except" => self.role_except,
            "unless" => self.role_unless,
            "never_when" => self.role_never_when,
            "shut_while" => self.role_shut_while,
            "stage" => self.role_stage,
            other => other,
        }
    }

    /// The word for a verdict.
    pub fn verdict(&self, verdict: Verdict) -> &'static str {
        let number = Verdict::ALL.iter().position(|other| *other == verdict);
        number
            .and_then(|number| self.verdicts.get(number))
            .copied()
            .unwrap_or_else(|| verdict.name())
    }
}

impl Words {
    /// When something opens, or that it is about to end; none when there is nothing to say of it.
    pub fn opening(&self, item: &AdviceItem) -> Option<String> {
        if item.verdict != Verdict::Defer {
            return item.nearly.then(|| self.ends_nearly.to_owned());
        }
        let mut parts = Vec::new();
        match (&item.opens_in, &item.opens_at) {
            (Some(left), _) => {
                let pattern = if item.nearly {
                    self.opens_nearly
                } else {
                    self.opens_in
                };
                parts.push(fill(pattern, &[&length(*left)]));
            }
            (None, Some(at)) => parts.push(fill(self.opens_at, &[&at.fact, &length(at.limit)])),
            (None, None) if item.needs.is_empty() => parts.push(self.opens_later.to_owned()),
            (None, None) => {}
        }
        if !item.needs.is_empty() {
            parts.push(fill(self.opens_unknown, &[&item.needs.join(", ")]));
        }
        Some(parts.join(" "))
    }

    /// How much, how often, how long.
    pub fn dose(&self, dose: &Dose) -> String {
        let parts = [
            (self.lasting, &dose.lasting),
            (self.every, &dose.every),
            (self.in_all, &dose.in_all),
        ];
        let parts = parts
            .into_iter()
            .filter_map(|(pattern, amount)| Some((pattern, amount.as_ref()?)));
        parts
            .map(|(pattern, amount)| fill(pattern, &[&said(amount)]))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// What a case states of a fact, in words: options by their labels.
    pub fn value(&self, fact: &FactInfo, value: &Value) -> String {
        let list = |values: &Value| {
            let values = values.as_array().into_iter().flatten();
            values
                .map(|value| self.value(fact, value))
                .collect::<Vec<_>>()
                .join(", ")
        };
        match value {
            Value::Bool(true) => self.yes.to_owned(),
            Value::Bool(false) => self.no.to_owned(),
            Value::String(text) => {
                let label = fact.options.iter().find(|option| option.id == *text);
                match (label, fact.kind) {
                    (Some(option), _) => option.label.clone(),
                    (None, FactType::Clock) if text == "never" => self.never.to_owned(),
                    (None, FactType::Clock | FactType::Duration) => {
                        Elapsed::parse(text).map_or_else(|_| text.clone(), length)
                    }
                    _ => text.clone(),
                }
            }
            Value::Number(number) => match &fact.unit {
                Some(unit) => format!("{number}\u{a0}{unit}"),
                None => number.to_string(),
            },
            Value::Array(values) if values.is_empty() => self.none_of_these.to_owned(),
            Value::Array(_) => list(value),
            Value::Object(entries) => {
                if let Some(reports) = entries.get("reports").and_then(Value::as_array) {
                    let said = reports.iter().map(|report| {
                        let value = report.get("value").unwrap_or(&Value::Null);
                        let source = report.get("source").and_then(Value::as_str).unwrap_or_default();
                        format!("{} ({source})", self.value(fact, value))
                    });
                    return said.collect::<Vec<_>>().join(&format!(" {} ", self.or));
                }
                if entries.contains_key("declined") {
                    return self.declined.to_owned();
                }
                let end = |key: &str| {
                    let value = entries.get(key).filter(|value| !value.is_null());
                    value.map_or_else(|| "…".to_owned(), |value| self.value(fact, value))
                };
                if entries.contains_key("from") || entries.contains_key("to") {
                    return fill(self.range, &[&end("from"), &end("to")]);
                }
                let parts = [(self.includes, "includes"), (self.excludes, "excludes")];
                let parts = parts.into_iter().filter_map(|(pattern, key)| {
                    let values = entries.get(key)?;
                    let some = values.as_array().is_some_and(|values| !values.is_empty());
                    some.then(|| fill(pattern, &[&list(values)]))
                });
                parts.collect::<Vec<_>>().join("; ")
            }
            Value::Null => self.unknown.to_owned(),
        }
    }

    /// A moment of a plan in words; one microsecond past a full second is "just over" it.
    pub fn moment(&self, moment: Elapsed) -> String {
        let microseconds = moment.microseconds();
        if microseconds % 1_000_000 == 1 {
            let full = Elapsed::from_microseconds(microseconds - 1);
            fill(self.just_over, &[&length(full)])
        } else {
            length(moment)
        }
    }
}

/// An amount in words; a vague one says what it can mean.
fn said(amount: &Amount) -> String {
    match &amount.words {
        Some(words) => format!(
            "{words} ({}\u{a0}–\u{a0}{})",
            length(amount.from),
            length(amount.to)
        ),
        None => length(amount.from),
    }
}

/// A length of time that no line end tears apart.
pub fn length(elapsed: Elapsed) -> String {
    elapsed.to_string().replace(' ', "\u{a0}")
}

/// Fills the places `{}` in order.
pub fn fill(pattern: &str, values: &[&str]) -> String {
    let mut parts = pattern.split("{}");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for (part, value) in parts.zip(values.iter().chain(std::iter::repeat(&""))) {
        filled.push_str(value);
        filled.push_str(part);
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::{ENGLISH, GERMAN, fill, words};

    #[test]
    fn a_language_is_chosen_by_its_first_part() {
        assert_eq!(words("de-AT"), &GERMAN);
        assert_eq!(words("fr"), &ENGLISH);
    }

    #[test]
    fn places_are_filled_in_order() {
        assert_eq!(
            fill("{} ({}): because of {}", &["a", "b", "c"]),
            "a (b): because of c"
        );
        assert_eq!(fill("none", &["a"]), "none");
    }
}
