//! The command's own words, a column for each language.

/// What the command says itself around the words of the packs. `{}` stands for what is filled in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) emergency: &'static str,
    pub(crate) help: &'static str,
    pub(crate) out_of_scope: &'static str,
    pub(crate) causes: &'static str,
    pub(crate) general: &'static str,

    pub(crate) now: &'static str,
    pub(crate) wait: &'static str,
    pub(crate) leave: &'static str,
    pub(crate) wasted: &'static str,
    pub(crate) ask: &'static str,
    pub(crate) know: &'static str,

    pub(crate) primary: &'static str,
    pub(crate) contributing: &'static str,
    pub(crate) acted_on_by: &'static str,

    pub(crate) optional: &'static str,
    pub(crate) because: &'static str,
    pub(crate) instead: &'static str,
    pub(crate) dose: &'static str,
    pub(crate) lasting: &'static str,
    pub(crate) every: &'static str,
    pub(crate) in_all: &'static str,

    pub(crate) opens_in: &'static str,
    pub(crate) opens_nearly: &'static str,
    pub(crate) opens_at: &'static str,
    pub(crate) opens_unknown: &'static str,
    pub(crate) opens_later: &'static str,
    pub(crate) ends_nearly: &'static str,

    pub(crate) rules: &'static str,
    pub(crate) may_fall: &'static str,
    pub(crate) subject_to: &'static str,
    pub(crate) source: &'static str,
    pub(crate) may_change: &'static str,

    pub(crate) questions: &'static str,
    pub(crate) decides: &'static str,
    pub(crate) and_more: &'static str,
    pub(crate) more_questions: &'static str,
    pub(crate) questions_inexact: &'static str,
    pub(crate) answers: &'static str,
    pub(crate) yes_or_no: &'static str,
    pub(crate) any_of: &'static str,
    pub(crate) whole_number: &'static str,
    pub(crate) number: &'static str,
    pub(crate) duration: &'static str,
    pub(crate) clock: &'static str,

    pub(crate) conflicts: &'static str,
    pub(crate) or: &'static str,
    pub(crate) suppressed: &'static str,
    pub(crate) suppressed_by: &'static str,
    pub(crate) nothing: &'static str,
    pub(crate) notice: &'static str,

    pub(crate) verdicts: [&'static str; 11],
}

/// The words for a language; English for those that have none here.
pub(crate) fn words(language: &str) -> &'static Words {
    match language.split('-').next() {
        Some("de") => &GERMAN,
        _ => &ENGLISH,
    }
}

const ENGLISH: Words = Words {
    emergency: "EMERGENCY",
    help: "Get help",
    out_of_scope: "Not covered here",
    causes: "Why it happens",
    general: "In general",

    now: "What to do",
    wait: "What must wait",
    leave: "What to leave",
    wasted: "What does not help",
    ask: "Where to ask",
    know: "Good to know",

    primary: "main cause",
    contributing: "adds to it",
    acted_on_by: "What acts on it: {}",

    optional: "optional",
    because: "Because: {}",
    instead: "Rather: {}",
    dose: "How much: {}",
    lasting: "{} at a time",
    every: "again after {}",
    in_all: "for {}",

    opens_in: "Opens in {}.",
    opens_nearly: "Nearly there: opens in {} at the latest.",
    opens_at: "Opens when {} reaches {}.",
    opens_unknown: "How long depends on: {}",
    opens_later: "Not while things are as they are.",
    ends_nearly: "Nearly over.",

    rules: "Rules: {}",
    may_fall: "Holds unless an answer says otherwise.",
    subject_to: "Could still be changed by: {}",
    source: "Source: {}",
    may_change: "Answers to the questions could still change some of this.",

    questions: "Please tell me",
    decides: "Decides on: {}",
    and_more: "{} and {} more",
    more_questions: "After that: {}",
    questions_inexact: "Some of these questions may turn out not to matter.",
    answers: "Answer: {}",
    yes_or_no: "true or false",
    any_of: "any of {}",
    whole_number: "a whole number",
    number: "a number",
    duration: "a length of time such as 36h or 3d",
    clock: "a length of time such as 36h or 3d, or never",

    conflicts: "Reports that disagree",
    or: "or",
    suppressed: "Left out",
    suppressed_by: "{} ({}): because of {}",
    nothing: "Nothing known of this case leads to advice.",
    notice: "Please note",

    verdicts: [
        "emergency",
        "urgent",
        "refer",
        "out of scope",
        "avoid",
        "wait",
        "recommended",
        "optional",
        "works less well",
        "does not help",
        "good to know",
    ],
};

const GERMAN: Words = Words {
    emergency: "NOTFALL",
    help: "Hilfe holen",
    out_of_scope: "Hier nicht behandelt",
    causes: "Woher es kommt",
    general: "Allgemein",

    now: "Was zu tun ist",
    wait: "Was noch warten muss",
    leave: "Was zu lassen ist",
    wasted: "Was nichts bringt",
    ask: "Wo du nachfragen kannst",
    know: "Gut zu wissen",

    primary: "Hauptursache",
    contributing: "trägt dazu bei",
    acted_on_by: "Dagegen wirkt: {}",

    optional: "wer mag",
    because: "Denn: {}",
    instead: "Besser: {}",
    dose: "Wie viel: {}",
    lasting: "{} lang",
    every: "wieder nach {}",
    in_all: "über {}",

    opens_in: "Möglich in {}.",
    opens_nearly: "Fast so weit: möglich in spätestens {}.",
    opens_at: "Möglich, sobald {} bei {} ist.",
    opens_unknown: "Wie lange, hängt ab von: {}",
    opens_later: "Nicht, solange es so ist wie jetzt.",
    ends_nearly: "Fast vorbei.",

    rules: "Regeln: {}",
    may_fall: "Gilt, solange keine Antwort dagegen spricht.",
    subject_to: "Könnte sich noch ändern durch: {}",
    source: "Quelle: {}",
    may_change: "Die Antworten auf die Fragen könnten einiges davon noch ändern.",

    questions: "Bitte sag mir",
    decides: "Entscheidet über: {}",
    and_more: "{} und {} weitere",
    more_questions: "Danach: {}",
    questions_inexact: "Manche dieser Fragen spielen vielleicht keine Rolle.",
    answers: "Antwort: {}",
    yes_or_no: "true oder false",
    any_of: "beliebige von {}",
    whole_number: "eine ganze Zahl",
    number: "eine Zahl",
    duration: "eine Dauer wie 36h oder 3d",
    clock: "eine Dauer wie 36h oder 3d, oder never",

    conflicts: "Angaben, die sich widersprechen",
    or: "oder",
    suppressed: "Weggelassen",
    suppressed_by: "{} ({}): wegen {}",
    nothing: "Was über diesen Fall bekannt ist, führt zu keinem Rat.",
    notice: "Bitte beachten",

    verdicts: [
        "Notfall",
        "dringend",
        "nachfragen",
        "nicht behandelt",
        "lassen",
        "warten",
        "empfohlen",
        "möglich",
        "wirkt schlechter",
        "bringt nichts",
        "gut zu wissen",
    ],
};

/// Fills the places `{}` in order.
pub(crate) fn fill(pattern: &str, values: &[&str]) -> String {
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
