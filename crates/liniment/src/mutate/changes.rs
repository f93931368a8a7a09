//! Small changes of a pack's rules, each at its place in the text.

use crate::parse::locate::{Kind, NONE, Node, locate};
use crate::text::duration;

/// One change: a piece of a file, and what is put there. Where the first text does not fit the fact that is
/// tested, the next may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// What is done, in words.
    pub(super) what: &'static str,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) by: Vec<String>,
}

/// Statements whose conditions and relations decide what is advised.
const RULES: &[&str] = &[
    "Cause", "Define", "Fix", "NonFix", "Wait", "Stages", "RedFlag", "Scope", "Note", "Group", "Vague",
];

/// Fields that can be left out, with what that is called.
const DROPPED: &[(&str, &str)] = &[
    ("except", "an exception left out"),
    ("unless", "an exception left out"),
    ("shown_unless", "an exception left out"),
    ("never_when", "a contraindication left out"),
    ("never_when_unknown", "a contraindication left out"),
    ("shut_while", "a gate left out"),
    ("not_before", "a gate left out"),
    ("until", "an end left out"),
    ("overrides", "a precedence left out"),
    ("yields_to", "a precedence left out"),
    ("suppresses", "a suppression left out"),
    ("closes", "a closing left out"),
    ("outside", "a scope widened"),
    ("beside", "a companion left out"),
    ("after", "a gate of a plan left out"),
    ("when", "a condition left out"),
    ("reasons", "the reasons left out"),
];

/// Lists of which a single element can be left out.
const LISTS: &[(&str, &str)] = &[
    ("overrides", "a precedence left out"),
    ("yields_to", "a precedence left out"),
    ("suppresses", "a suppression left out"),
    ("outside", "a scope widened"),
    ("beside", "a companion left out"),
    ("steps", "a stage left out"),
    ("of", "a part of a count left out"),
    ("score", "points left out"),
    ("reasons", "a reason left out"),
];

const CONDITIONS: &[&str] = &[
    "when",
    "except",
    "unless",
    "shown_unless",
    "never_when",
    "shut_while",
];

/// Every change of the rules in one file.
pub(super) fn changes(text: &str, depth: usize) -> Vec<Change> {
    let mut nodes = Vec::new();
    if locate(text, 0, depth, &mut nodes).is_err() {
        return Vec::new();
    }
    let mut finder = Finder {
        text,
        nodes: &nodes,
        found: Vec::new(),
    };
    for statement in finder.children(0) {
        if RULES.contains(&finder.name(statement)) {
            finder.statement(statement);
        }
    }
    finder.found
}

struct Finder<'a> {
    text: &'a str,
    nodes: &'a [Node],
    found: Vec<Change>,
}

impl Finder<'_> {
    fn node(&self, number: u32) -> Option<Node> {
        self.nodes.get(number as usize).copied()
    }

    fn children(&self, number: u32) -> Vec<u32> {
        let mut children = Vec::new();
        let mut next = self.node(number).map_or(NONE, |node| node.first);
        while let Some(child) = self.node(next) {
            children.push(next);
            next = child.next;
        }
        children
    }

    /// Names or keys, each with its value.
    fn pairs(&self, number: u32) -> Vec<(u32, u32)> {
        self.children(number)
            .chunks_exact(2)
            .filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)))
            .collect()
    }

    fn source(&self, number: u32) -> &str {
        self.node(number)
            .and_then(|node| self.text.get(node.start as usize..node.end as usize))
            .unwrap_or("")
    }

    /// `Fix` of `Fix(…)`, or the whole bare word.
    fn name(&self, number: u32) -> &str {
        let Some(node) = self.node(number) else { return "" };
        let end = if node.kind == Kind::Word {
            node.end
        } else {
            node.name_end
        };
        self.text.get(node.start as usize..end as usize).unwrap_or("")
    }

    fn replace(&mut self, what: &'static str, number: u32, by: Vec<String>) {
        if let Some(node) = self.node(number) {
            self.found.push(Change {
                what,
                start: node.start as usize,
                end: node.end as usize,
                by,
            });
        }
    }

    /// Leaves out what stands from one place to another, with the comma behind it.
    fn leave_out(&mut self, what: &'static str, from: u32, to: u32) {
        let (Some(first), Some(last)) = (self.node(from), self.node(to)) else {
            return;
        };
        let end = last.end as usize;
        let rest = self.text.get(end..).unwrap_or("");
        let comma = rest.trim_start().starts_with(',');
        let space = rest.len() - rest.trim_start().len();
        self.found.push(Change {
            what,
            start: first.start as usize,
            end: if comma { end + space + 1 } else { end },
            by: vec![String::new()],
        });
    }

    fn statement(&mut self, statement: u32) {
        self.leave_out("a rule left out", statement, statement);
        for (name, value) in self.pairs(statement) {
            let field = self.source(name).to_owned();
            for (dropped, what) in DROPPED {
                if *dropped == field {
                    self.leave_out(what, name, value);
                }
            }
            // The steps of a fix are words.
            let is_list = |list: &str| list == field && (list != "steps" || self.name(statement) == "Stages");
            if let Some((_, what)) = LISTS.iter().find(|(list, _)| is_list(list)) {
                self.elements(what, value);
            }
            match field.as_str() {
                field if CONDITIONS.contains(&field) => self.condition(value),
                "not_before" | "until" => {
                    if let Some(limit) = self.children(value).last() {
                        self.limit(*limit);
                    }
                }
                "from" | "to" => self.limit(value),
                "at_least" => self.limit(value),
                "level" | "verdict" => self.verdict(value),
                "of" => {
                    for condition in self.children(value) {
                        self.condition(condition);
                    }
                }
                "score" => {
                    for points in self.children(value) {
                        if let [number, condition] = self.children(points).as_slice() {
                            let (number, condition) = (*number, *condition);
                            self.limit(number);
                            self.condition(condition);
                        }
                    }
                }
                "reasons" => {
                    for reason in self.children(value) {
                        let when = self.pairs(reason).into_iter();
                        let when: Vec<u32> = when
                            .filter(|(name, _)| self.source(*name) == "when")
                            .map(|(_, when)| when)
                            .collect();
                        for when in when {
                            self.condition(when);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Each element of a list left out, as long as another stays.
    fn elements(&mut self, what: &'static str, list: u32) {
        // `Only(["a", "b"])` is a list with a name.
        let list = match self.node(list) {
            Some(node) if node.kind == Kind::Tuple => self.children(list).first().copied().unwrap_or(list),
            _ => list,
        };
        if !self.node(list).is_some_and(|node| node.kind == Kind::List) {
            return;
        }
        let elements = self.children(list);
        if elements.len() > 1 {
            for element in elements {
                self.leave_out(what, element, element);
            }
        }
    }

    fn condition(&mut self, condition: u32) {
        match self.node(condition).map(|node| node.kind) {
            Some(Kind::List) => {
                self.elements("a row left out", condition);
                for row in self.children(condition) {
                    self.row(row);
                }
            }
            Some(Kind::Map) => self.row(condition),
            _ => {}
        }
    }

    fn row(&mut self, row: u32) {
        let entries = self.pairs(row);
        for (fact, test) in &entries {
            if entries.len() > 1 {
                self.leave_out("an entry of a row left out", *fact, *test);
            }
            self.test(*test);
        }
    }

    fn test(&mut self, test: u32) {
        const FLIPPED: &str = "a test turned round";
        let name = self.name(test).to_owned();
        let parts = self.children(test);
        let inner = match (self.node(test), parts.as_slice()) {
            (Some(node), [first, ..]) => self
                .node(*first)
                .zip(self.node(parts.last().copied().unwrap_or(*first)))
                .and_then(|(first, last)| self.text.get(first.start as usize..last.end as usize))
                .filter(|_| node.kind == Kind::Tuple)
                .unwrap_or("")
                .to_owned(),
            _ => String::new(),
        };
        let with = |name: &str| format!("{name}({inner})");
        match name.as_str() {
            "Yes" => self.replace(FLIPPED, test, vec!["No".to_owned()]),
            "No" => self.replace(FLIPPED, test, vec!["Yes".to_owned()]),
            "Is" => self.replace(FLIPPED, test, vec![format!("NoneOf([{inner}])")]),
            "OneOf" | "AnyOf" => self.replace(FLIPPED, test, vec![with("NoneOf")]),
            "NoneOf" => self.replace(FLIPPED, test, vec![with("OneOf"), with("AnyOf")]),
            "Includes" => self.replace(FLIPPED, test, vec![with("NoneOf")]),
            "Only" | "Exactly" => self.replace("a test widened", test, vec![with("Includes")]),
            "AtLeast" => {
                self.replace(FLIPPED, test, vec![with("LessThan")]);
                self.replace("a limit left out of its test", test, vec![with("MoreThan")]);
            }
            "MoreThan" => {
                self.replace(FLIPPED, test, vec![with("AtMost")]);
                self.replace("a limit taken into its test", test, vec![with("AtLeast")]);
            }
            "AtMost" => {
                self.replace(FLIPPED, test, vec![with("MoreThan")]);
                self.replace("a limit left out of its test", test, vec![with("LessThan")]);
            }
            "LessThan" => {
                self.replace(FLIPPED, test, vec![with("AtLeast")]);
                self.replace("a limit taken into its test", test, vec![with("AtMost")]);
            }
            _ => {}
        }
        match name.as_str() {
            "AtLeast" | "MoreThan" | "AtMost" | "LessThan" | "Between" => {
                for limit in parts {
                    self.limit(limit);
                }
            }
            "All" => {
                for list in parts {
                    self.elements("a test left out", list);
                    for test in self.children(list) {
                        self.test(test);
                    }
                }
            }
            _ => {
                for list in parts {
                    self.elements("an option left out", list);
                }
            }
        }
    }

    /// A minute, or one, more and less.
    fn limit(&mut self, limit: u32) {
        const MINUTE: i64 = 60_000_000;
        let Some(node) = self.node(limit) else { return };
        let written = self.source(limit).to_owned();
        let around: Vec<String> = match node.kind {
            Kind::Text => {
                let text = written.trim_matches('"');
                match (duration::parse(text), text.split_once(' ')) {
                    (Ok(length), _) => [length - MINUTE, length + MINUTE]
                        .into_iter()
                        .filter(|length| *length >= 0)
                        .map(|length| format!("\"{}\"", duration::iso(length)))
                        .collect(),
                    // A number with its unit.
                    (Err(_), Some((number, unit))) => stepped(number)
                        .into_iter()
                        .map(|number| format!("\"{number} {unit}\""))
                        .collect(),
                    _ => Vec::new(),
                }
            }
            Kind::Number => stepped(&written),
            _ => Vec::new(),
        };
        for limit_text in around {
            self.replace("a limit moved", limit, vec![limit_text]);
        }
    }

    fn verdict(&mut self, verdict: u32) {
        let other = match self.source(verdict) {
            "Recommend" => "Optional",
            "Optional" => "Recommend",
            "Avoid" => "Ineffective",
            "Ineffective" => "Avoid",
            "Inferior" => "Ineffective",
            "Emergency" => "Urgent",
            "Urgent" => "Refer",
            "Refer" if self.source(verdict) == "Refer" => "Inform",
            "Inform" => "Refer",
            _ => return,
        };
        // A red flag cannot inform: it is urgent instead.
        self.replace(
            "another verdict",
            verdict,
            vec![other.to_owned(), "Urgent".to_owned()],
        );
    }
}

/// A number less and more by one of its last digit.
fn stepped(number: &str) -> Vec<String> {
    let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let Ok(value) = number.parse::<f64>() else {
        return Vec::new();
    };
    let step = 10f64.powi(-i32::try_from(decimals).unwrap_or(0));
    [value - step, value + step]
        .into_iter()
        .map(|value| format!("{value:.decimals$}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::changes;

    #[test]
    fn every_piece_of_a_rule_is_changed() {
        let text = r#"[
    Source(id: "s"),
    // A comment with a Fix(id: "no").
    Fix(id: "a", when: [{"x": Yes, "y": AtLeast("24h")}, {"z": OneOf(["p", "q"])}], overrides: ["b"], suppresses: Only(["c", "d"])),
]"#;
        let shown: Vec<String> = changes(text, 64)
            .iter()
            .map(|change| {
                let was = text.get(change.start..change.end).unwrap_or("");
                format!("{}: {was} → {}", change.what, change.by.join(" or "))
            })
            .collect();
        insta::assert_snapshot!(shown.join("\n"));
    }
}
