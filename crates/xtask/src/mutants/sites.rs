//! Where in a file its mutants are, and the file with all of them built in behind switches.

use std::collections::BTreeMap;
use std::ops::Range;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::Mutant;

/// A stretch of the file with what goes before and after it.
struct Site {
    range: Range<usize>,
    before: String,
    after: &'static str,
    /// The mutants here, with the part of `before` that each would put in.
    mutants: Vec<(usize, Range<usize>)>,
}

/// A file in which every mutant waits for its switch.
pub(super) struct Rewritten {
    pub(super) text: String,
    /// Where each mutant stands in that text, from its switch to the end of what it changes.
    pub(super) whole: BTreeMap<usize, Range<usize>>,
    /// Where what it would put in stands.
    pub(super) replacement: BTreeMap<usize, Range<usize>>,
    /// Mutants that no switch can stand for.
    pub(super) left_out: Vec<usize>,
}

/// Builds the mutants of one file into it. They come with their numbers.
pub(super) fn rewrite(text: &str, mutants: &[(usize, &Mutant)]) -> Result<Rewritten, String> {
    let file = syn::parse_file(text).map_err(|error| error.to_string())?;
    let mut found = Syntax::default();
    found.visit_file(&file);
    let lines = line_starts(text);
    let mut sites: BTreeMap<(usize, usize, u8), Site> = BTreeMap::new();
    let mut left_out = Vec::new();
    for (number, mutant) in mutants {
        let span = byte_range(text, &lines, mutant)?;
        let Some((range, layer)) = found.place_of(&mutant.genre, &span) else {
            left_out.push(*number);
            continue;
        };
        let site = sites
            .entry((range.start, usize::MAX - range.end, layer))
            .or_insert_with(|| Site {
                range: range.clone(),
                before: String::new(),
                after: "",
                mutants: Vec::new(),
            });
        add(site, *number, mutant, text, &span, found.guard_of(&span));
    }
    // Outer ones come before inner ones: a site that begins earlier, ends later, or is of a smaller layer.
    Ok(written(text, sites.into_values().collect(), left_out))
}

/// Puts one more mutant on a site.
fn add(site: &mut Site, number: usize, mutant: &Mutant, text: &str, span: &Range<usize>, guarded: bool) {
    let switch = format!("crate::mutants::is({number})");
    let (start, end);
    match mutant.genre.as_str() {
        "FnValue" => {
            site.before += &format!("if {switch} {{ return ");
            start = site.before.len();
            site.before += &mutant.replacement;
            end = site.before.len();
            site.before += "; } ";
        }
        "MatchArm" => {
            start = site.before.len();
            site.before += &if guarded {
                format!("!{switch} && (")
            } else {
                format!(" if !{switch} ")
            };
            site.after = if guarded { ")" } else { "" };
            end = site.before.len();
        }
        _ => {
            // The last branch is the text as it is; the mutants come before it.
            let opened = if site.before.is_empty() {
                "("
            } else {
                site.before.truncate(site.before.len() - "{ ".len());
                ""
            };
            site.before += &format!("{opened}if {switch} {{ ");
            start = site.before.len();
            site.before += text.get(site.range.start..span.start).unwrap_or_default();
            site.before += &mutant.replacement;
            site.before += text.get(span.end..site.range.end).unwrap_or_default();
            end = site.before.len();
            site.before += " } else { ";
            site.after = " })";
        }
    }
    site.mutants.push((number, start..end));
}

fn written(text: &str, sites: Vec<Site>, left_out: Vec<usize>) -> Rewritten {
    let mut out = Rewritten {
        text: String::new(),
        whole: BTreeMap::new(),
        replacement: BTreeMap::new(),
        left_out,
    };
    let mut at = 0;
    // Those that are open, with where they began in the new text.
    let mut open: Vec<(Site, usize)> = Vec::new();
    let close = |out: &mut Rewritten, at: &mut usize, (site, began): (Site, usize)| {
        out.text += text.get(*at..site.range.end).unwrap_or_default();
        *at = (*at).max(site.range.end);
        out.text += site.after;
        for (number, _) in &site.mutants {
            out.whole.insert(*number, began..out.text.len());
        }
    };
    for site in sites {
        while let Some(last) = open.pop_if(|(last, _)| last.range.end <= site.range.start) {
            close(&mut out, &mut at, last);
        }
        out.text += text.get(at..site.range.start).unwrap_or_default();
        at = site.range.start;
        let began = out.text.len();
        out.text += &site.before;
        for (number, part) in &site.mutants {
            out.replacement
                .insert(*number, began + part.start..began + part.end);
        }
        open.push((site, began));
    }
    while let Some(last) = open.pop() {
        close(&mut out, &mut at, last);
    }
    out.text += text.get(at..).unwrap_or_default();
    out
}

fn line_starts(text: &str) -> Vec<usize> {
    let breaks = text.match_indices('\n').map(|(place, _)| place + 1);
    std::iter::once(0).chain(breaks).collect()
}

/// Lines and columns, which count characters from 1, as a range of bytes.
fn byte_range(text: &str, lines: &[usize], mutant: &Mutant) -> Result<Range<usize>, String> {
    let offset = |(line, column): (usize, usize)| {
        let start = *lines.get(line.checked_sub(1)?)?;
        let rest = text.get(start..)?;
        let places = rest.char_indices().map(|(place, _)| place);
        let within = places.chain([rest.len()]).nth(column.checked_sub(1)?)?;
        Some(start + within)
    };
    offset(mutant.start)
        .zip(offset(mutant.end))
        .map(|(start, end)| start..end)
        .ok_or_else(|| format!("{} lies outside its file", mutant.name))
}

/// What can be changed in a file, by where it begins.
#[derive(Default)]
struct Syntax {
    /// The whole expression of each operator and each field.
    expressions: BTreeMap<usize, Range<usize>>,
    /// The end of the pattern and the guard of each arm.
    arms: BTreeMap<usize, (usize, Option<Range<usize>>)>,
    /// Operators beside a `let`, around which no branch can stand.
    chained: Vec<usize>,
}

impl Syntax {
    fn place_of(&self, genre: &str, span: &Range<usize>) -> Option<(Range<usize>, u8)> {
        match genre {
            "FnValue" => Some((span.clone(), 0)),
            "MatchArm" => {
                let (pattern_end, guard) = self.arms.get(&span.start)?;
                Some((guard.clone().unwrap_or(*pattern_end..*pattern_end), 1))
            }
            "MatchArmGuard" => Some((span.clone(), 2)),
            _ if self.chained.contains(&span.start) => None,
            _ => Some((self.expressions.get(&span.start)?.clone(), 3)),
        }
    }

    fn guard_of(&self, span: &Range<usize>) -> bool {
        self.arms
            .get(&span.start)
            .is_some_and(|(_, guard)| guard.is_some())
    }
}

impl<'ast> Visit<'ast> for Syntax {
    fn visit_expr_binary(&mut self, expression: &'ast syn::ExprBinary) {
        let operator = expression.op.span().byte_range().start;
        self.expressions.insert(operator, expression.span().byte_range());
        if [&expression.left, &expression.right]
            .into_iter()
            .any(|side| binds(side))
        {
            self.chained.push(operator);
        }
        visit::visit_expr_binary(self, expression);
    }

    fn visit_expr_unary(&mut self, expression: &'ast syn::ExprUnary) {
        self.expressions.insert(
            expression.op.span().byte_range().start,
            expression.span().byte_range(),
        );
        visit::visit_expr_unary(self, expression);
    }

    fn visit_expr_struct(&mut self, expression: &'ast syn::ExprStruct) {
        for field in &expression.fields {
            self.expressions
                .insert(field.span().byte_range().start, expression.span().byte_range());
        }
        visit::visit_expr_struct(self, expression);
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        let guard = arm.guard.as_ref().map(|(_, guard)| guard.span().byte_range());
        self.arms.insert(
            arm.span().byte_range().start,
            (arm.pat.span().byte_range().end, guard),
        );
        visit::visit_arm(self, arm);
    }
}

/// Whether an operand is a `let`, or a chain of `&&` with one.
fn binds(expression: &syn::Expr) -> bool {
    match expression {
        syn::Expr::Let(_) => true,
        syn::Expr::Binary(both) => binds(&both.left) || binds(&both.right),
        _ => false,
    }
}

#[cfg(test)]
#[expect(clippy::panic, reason = "a test may stop at the first surprise")]
mod tests {
    use super::{Mutant, rewrite};

    const TEXT: &str = "fn f(a: u8, b: u8) -> bool {\n    match a {\n        1 if b == 2 => true,\n        _ => false,\n    }\n}\n";

    fn mutant(genre: &str, replacement: &str, start: (usize, usize), end: (usize, usize)) -> Mutant {
        Mutant {
            name: genre.to_owned(),
            nth: 1,
            file: String::new(),
            genre: genre.to_owned(),
            replacement: replacement.to_owned(),
            start,
            end,
        }
    }

    #[test]
    fn mutants_stand_within_each_other() {
        let mutants = [
            mutant("FnValue", "true", (2, 5), (5, 6)),
            mutant("MatchArm", "", (3, 9), (3, 29)),
            mutant("MatchArmGuard", "false", (3, 14), (3, 20)),
            mutant("BinaryOperator", "!=", (3, 16), (3, 18)),
            mutant("BinaryOperator", "<", (3, 16), (3, 18)),
        ];
        let numbered: Vec<(usize, &Mutant)> = mutants.iter().enumerate().collect();
        let written = rewrite(TEXT, &numbered).unwrap_or_else(|error| panic!("{error}"));
        assert!(written.left_out.is_empty());
        let arm = "1 if !crate::mutants::is(1) && ((if crate::mutants::is(2) { false } else { \
            (if crate::mutants::is(3) { b != 2 } else if crate::mutants::is(4) { b < 2 } else { b == 2 }) })) => true,";
        assert!(written.text.contains(arm), "{}", written.text);
        assert!(
            written
                .text
                .contains("{\n    if crate::mutants::is(0) { return true; } match a {")
        );
        for (number, expected) in [(0, "true"), (2, "false"), (3, "b != 2"), (4, "b < 2")] {
            let range = written.replacement.get(&number).cloned().unwrap_or_default();
            assert_eq!(written.text.get(range), Some(expected));
        }
    }
}
