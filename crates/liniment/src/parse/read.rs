//! Files → statements.

use super::ParsedPack;
use super::context::{Context, MOST_FINDINGS, Memory, is_hidden, limit};
use super::deserialize::{Content, Reader, Stop};
use super::fill::{Fill, filled};
use super::inspect::{Counts, Inspect};
use super::lexical::skip_space;
use super::locate::{Located, Unlocated, Why, locate};
use super::malformed::Malformed;
use super::recover;
use super::source::{Source, SourceFile};
use super::spanned::{FileId, Span, Spanned};
#[cfg(feature = "tools")]
use super::syntax::TestCase;
use super::syntax::{Manifest, Statement};
use super::well_formed;
use crate::diagnostic::codes::syntax;
use crate::diagnostic::{Finding, Severity};
use crate::limits::Limits;
use crate::progress::Reporter;

/// Brackets are never read deeper than this: RON is asked whether a text is well formed, and it recurses.
pub(crate) const DEEPEST: usize = 128;

/// The name of the file of the manifest.
const MANIFEST: &str = "pack.ron";

/// Reads a pack. Its files are numbered from `first_file` on, in the order of [`Source::file_texts`].
///
/// Answers no pack when an error was found, or nobody wants to go on. The counts are of all packs together.
pub(crate) fn parse(
    source: &Source,
    limits: &Limits,
    first_file: u32,
    counts: &mut Counts,
    progress: &Reporter,
    findings: &mut Vec<Finding>,
) -> Option<ParsedPack> {
    let before = findings.len();
    counts.next_pack();
    let pack = Pack::new(limits, counts, progress, findings).read(source, first_file);
    let broken = findings
        .iter()
        .skip(before)
        .any(|finding| finding.code.severity == Severity::Error);
    pack.filter(|_| !broken)
}

struct Pack<'f> {
    limits: Limits,
    findings: &'f mut Vec<Finding>,
    memory: Memory,
    kept: Kept,
    counts: &'f mut Counts,
    progress: &'f Reporter,
}

impl<'f> Pack<'f> {
    fn new(
        limits: &Limits,
        counts: &'f mut Counts,
        progress: &'f Reporter,
        findings: &'f mut Vec<Finding>,
    ) -> Self {
        let mut limits = limits.clone();
        limits.depth = limits.depth.min(DEEPEST);
        Self {
            limits,
            findings,
            memory: Memory::default(),
            kept: Kept::default(),
            counts,
            progress,
        }
    }

    fn read(mut self, source: &Source, first_file: u32) -> Option<ParsedPack> {
        let bytes = source.bytes();
        if bytes > self.limits.bytes
            || source
                .files
                .iter()
                .any(|file| file.text.len() >= u32::MAX as usize)
        {
            let most = self.limits.bytes;
            self.findings.push(limit(
                format!("the pack has {bytes} bytes; the limit `bytes` is {most}"),
                "bytes",
            ));
            return None;
        }
        let mut manifest_file = None;
        for (number, file) in (first_file..).zip(&source.files) {
            let id = FileId(number);
            let name = &*file.name;
            if self.counts.stop || self.progress.is_stopped() {
                break;
            }
            if name == MANIFEST {
                if let Some(first) = manifest_file.replace(id) {
                    let finding = Finding::new(&syntax::MANIFEST_SHAPE, "the pack has two files `pack.ron`");
                    self.findings.push(
                        finding
                            .at(span(id, 0, 0), "again")
                            .at(span(first, 0, 0), "the first"),
                    );
                }
                self.file::<Manifest>(file, id);
            } else if name.starts_with("cases/") {
                // Only what the feature brings runs them.
                #[cfg(feature = "tools")]
                self.file::<TestCase>(file, id);
            } else {
                self.file::<Statement>(file, id);
            }
        }
        if manifest_file.is_none() && !self.counts.stop && !self.progress.is_stopped() {
            let span = Span {
                file: FileId(first_file),
                start: 0,
                end: 0,
            };
            let mut finding = Finding::new(&syntax::NO_MANIFEST, "the pack has no file `pack.ron`");
            if !source.files.is_empty() {
                finding = finding.at(span, "");
            }
            self.findings.push(finding.help("write a file `pack.ron` with one `Pack(id: \"…\", version: \"1.0.0\", schema: 1, language: \"en\", title: \"…\")`"));
        }
        Some(ParsedPack {
            manifest: self.kept.manifest?.value,
            statements: self.kept.statements,
            #[cfg(feature = "tools")]
            cases: self.kept.cases,
        })
    }

    /// Reads a file whose values are of one type.
    fn file<T: Item>(&mut self, file: &SourceFile, id: FileId) {
        let text: &str = &file.text;
        let at = |start: usize, end: usize| span(id, start, end);
        if let Some(place) = file.not_utf8 {
            let finding = Finding::new(&syntax::NOT_UTF8, "the file is not UTF-8 text").at(
                at(place, place + '\u{fffd}'.len_utf8()),
                "the first byte that is not",
            );
            self.findings.push(finding.help("save the file as UTF-8"));
            return;
        }
        if text.starts_with('\u{feff}') {
            let finding = Finding::new(
                &syntax::BYTE_ORDER_MARK,
                "the file starts with a byte-order mark, which cannot be seen",
            )
            .at(at(0, 3), "here");
            self.findings
                .push(finding.help("save the file as UTF-8 without a byte-order mark"));
            return;
        }
        let hidden = hidden_places(text);
        let context = Context {
            text,
            file: id,
            limits: &self.limits,
            nodes: Vec::new(),
            findings: Vec::new().into(),
            memory: std::mem::take(&mut self.memory).into(),
            suspicious: !hidden.is_empty(),
            hidden: hidden.into(),
            full: false.into(),
        };
        let mut reader = FileReader {
            context,
            at: 0,
            found: Vec::new(),
            counts: self.counts,
            progress: self.progress,
        };
        if T::LISTED {
            reader.list()
        } else {
            reader.single()
        }
        reader.report_hidden();
        if reader.context.full.get() {
            let here = reader.here(reader.at, reader.at);
            let message =
                format!("the file has more than {MOST_FINDINGS} mistakes; the rest of it is not read");
            reader
                .context
                .findings
                .borrow_mut()
                .push(Finding::new(&syntax::LIMIT, message).at(here, "read up to here"));
        }
        let FileReader { context, found, .. } = reader;
        self.memory = context.memory.into_inner();
        self.findings.append(&mut context.findings.into_inner());
        T::keep(found, &mut self.kept);
    }
}

fn span(file: FileId, start: usize, end: usize) -> Span {
    let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    Span {
        file,
        start: narrow(start),
        end: narrow(end),
    }
}

/// The places of characters that cannot be seen; there are hardly ever any.
fn hidden_places(text: &str) -> Vec<u32> {
    // Only a character that begins with one of these bytes can be hidden.
    let suspected = |byte: u8| {
        (byte < 0x20 && !matches!(byte, b'\n' | b'\r' | b'\t'))
            || matches!(byte, 0x7f | 0xc2 | 0xd8 | 0xe2 | 0xef)
    };
    let is_hidden_at = |place: &usize| {
        let rest = text.get(*place..);
        rest.and_then(|rest| rest.chars().next()).is_some_and(is_hidden)
    };
    text.bytes()
        .enumerate()
        .filter(|(_, byte)| suspected(*byte))
        .map(|(place, _)| place)
        .filter(is_hidden_at)
        .take(100)
        .filter_map(|place| u32::try_from(place).ok())
        .collect()
}

/// What was read of a pack.
#[derive(Default)]
struct Kept {
    manifest: Option<Spanned<Manifest>>,
    statements: Vec<Spanned<Statement>>,
    #[cfg(feature = "tools")]
    cases: Vec<Spanned<TestCase>>,
}

/// What a file may hold.
trait Item: Fill + Default + Inspect {
    /// Its values stand in a list.
    const LISTED: bool;
    /// Statements that such a file may start with, to tell where the next begins when one is broken.
    const NAMES: &'static [&'static str];
    fn keep(found: Vec<Spanned<Self>>, kept: &mut Kept);
}

impl Item for Manifest {
    const LISTED: bool = false;
    const NAMES: &'static [&'static str] = &["Pack"];
    fn keep(found: Vec<Spanned<Self>>, kept: &mut Kept) {
        kept.manifest = found.into_iter().next();
    }
}

impl Item for Statement {
    const LISTED: bool = true;
    const NAMES: &'static [&'static str] = Statement::NAMES;
    fn keep(mut found: Vec<Spanned<Self>>, kept: &mut Kept) {
        kept.statements.append(&mut found);
    }
}

#[cfg(feature = "tools")]
impl Item for TestCase {
    const LISTED: bool = true;
    const NAMES: &'static [&'static str] = &["TestCase"];
    fn keep(mut found: Vec<Spanned<Self>>, kept: &mut Kept) {
        kept.cases.append(&mut found);
    }
}

/// Reads one file.
struct FileReader<'t, 'p, T> {
    context: Context<'t>,
    at: usize,
    found: Vec<Spanned<T>>,
    counts: &'p mut Counts,
    progress: &'p Reporter,
}

impl<T> FileReader<'_, '_, T> {
    fn bytes(&self) -> &[u8] {
        self.context.text.as_bytes()
    }

    fn here(&self, start: usize, end: usize) -> Span {
        span(self.context.file, start, end)
    }

    /// Skips white space; says so when a comment never ends, which ends the file.
    fn space(&mut self) -> bool {
        match skip_space(self.bytes(), self.at) {
            Ok(at) => {
                self.at = at;
                true
            }
            Err(start) => {
                let place = self.here(start, start + 2);
                self.context.error(
                    &syntax::NOT_RON,
                    "this comment never ends",
                    place,
                    "it begins here",
                );
                self.at = self.context.text.len();
                false
            }
        }
    }

    /// The byte at the place.
    fn peek(&self) -> Option<u8> {
        self.bytes().get(self.at).copied()
    }

    /// The character at the place, as a span.
    fn letter(&self) -> Span {
        let width = self
            .context
            .text
            .get(self.at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
        self.here(self.at, self.at + width)
    }

    fn extension_follows(&mut self) -> bool {
        let found = self.peek() == Some(b'#');
        if found {
            let place = self.letter();
            let finding = Finding::new(
                &syntax::FOREIGN_FORM,
                "packs are written in plain RON, without `#![enable(…)]`",
            )
            .at(place, "not used in packs");
            self.context.report(finding.help("remove this line"));
        }
        found
    }

    /// Hidden characters outside strings.
    fn report_hidden(&mut self) {
        for place in self.context.hidden.take().into_iter().take(20) {
            let place = place as usize;
            let letter = self
                .context
                .text
                .get(place..)
                .and_then(|rest| rest.chars().next())
                .unwrap_or(' ');
            let place = self.here(place, place + letter.len_utf8());
            let message = format!(
                "the file has a character that cannot be seen: U+{:04X}",
                letter as u32
            );
            self.context
                .error(&syntax::HIDDEN_IN_TEXT, message, place, "remove it");
        }
    }
}

impl<T: Item> FileReader<'_, '_, T> {
    /// `pack.ron`.
    fn single(&mut self) {
        if !self.space() || self.extension_follows() {
            return;
        }
        match self.peek() {
            None => {
                let place = self.here(0, 0);
                let finding =
                    Finding::new(&syntax::EMPTY_FILE, "`pack.ron` is empty").at(place, "expected `Pack(…)`");
                return self.context.report(finding.help(
                    "write `Pack(id: \"…\", version: \"1.0.0\", schema: 1, language: \"en\", title: \"…\")`",
                ));
            }
            Some(b'[') => {
                let place = self.letter();
                let finding = Finding::new(
                    &syntax::MANIFEST_SHAPE,
                    "`pack.ron` holds one `Pack(…)`, not a list",
                )
                .at(place, "a list begins here");
                return self.context.report(
                    finding.help("remove `[` and `]`, and move other statements into a file of their own"),
                );
            }
            Some(_) if !self.word_is("Pack") => {
                let place = self.letter();
                return self.context.error(
                    &syntax::MANIFEST_SHAPE,
                    "`pack.ron` holds one `Pack(…)`",
                    place,
                    "expected `Pack(…)`",
                );
            }
            Some(_) => self.statement(),
        }
        if self.space() && self.peek() == Some(b',') {
            self.at += 1;
        }
        if self.space() && self.peek().is_some() {
            let place = self.letter();
            let message = if self.word_is("Pack") {
                "`pack.ron` holds two `Pack(…)`; a pack has one"
            } else {
                "`pack.ron` holds one `Pack(…)` and nothing else"
            };
            self.context.error(
                &syntax::MANIFEST_SHAPE,
                message,
                place,
                "expected the end of the file",
            );
        }
    }

    fn word_is(&self, word: &str) -> bool {
        self.context.text.get(self.at..).is_some_and(|rest| {
            rest.strip_prefix(word)
                .is_some_and(|after| after.trim_start().starts_with('('))
        })
    }

    /// A list of statements or of test cases.
    fn list(&mut self) {
        if !self.space() || self.extension_follows() {
            return;
        }
        let kind = T::NAMES.first().copied().unwrap_or_default();
        match self.peek() {
            Some(b'[') => {}
            None => {
                let place = self.here(0, 0);
                let finding =
                    Finding::new(&syntax::EMPTY_FILE, "the file is empty").at(place, "expected a list");
                return self.context.report(finding.help(format!(
                    "write `[` and `]`, with `{kind}(…)` and others between them, or remove the file"
                )));
            }
            Some(_) => {
                let place = self.letter();
                let finding = Finding::new(&syntax::NOT_A_LIST, "a file holds one list `[…]`")
                    .at(place, "expected `[`");
                return self.context.report(finding.help(
                    "write `[` before the first statement, commas between statements, and `]` after the last",
                ));
            }
        }
        let open = self.at;
        self.at += 1;
        let mut broken = false;
        loop {
            if !self.space() {
                return;
            }
            match self.peek() {
                // A broken statement may have taken the end with it.
                None if broken => return,
                None => {
                    let place = self.here(open, open + 1);
                    let finding = Finding::new(&syntax::NOT_A_LIST, "the list of the file never ends")
                        .at(place, "it begins here");
                    return self
                        .context
                        .report(finding.help("write `]` at the end of the file"));
                }
                Some(b']') => break,
                Some(_) => {}
            }
            let before = self.context.findings.borrow().len();
            let start = self.at;
            self.statement();
            self.progress.advance((self.at - start) as u64);
            if self.counts.stop || self.context.full.get() || self.progress.is_stopped() {
                return;
            }
            broken = self.context.findings.borrow().len() > before;
            if !self.separator(broken) {
                return;
            }
        }
        self.at += 1;
        if self.space() && self.peek().is_some() {
            let place = self.letter();
            let finding = Finding::new(&syntax::NOT_A_LIST, "something stands behind the end of the list")
                .at(place, "expected the end of the file");
            self.context
                .report(finding.help("is there a `]` too many before it?"));
        }
    }

    /// The comma between two statements; false when the file cannot be read on.
    fn separator(&mut self, broken: bool) -> bool {
        let after = self.at;
        if !self.space() {
            return false;
        }
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                true
            }
            Some(b']') | None => true,
            Some(b')' | b'}') => {
                if !broken {
                    let place = self.letter();
                    self.context.error(
                        &syntax::NOT_RON,
                        "a closing bracket too many",
                        place,
                        "nothing is open here",
                    );
                }
                self.at += 1;
                self.separator(true)
            }
            Some(_) => {
                if !broken {
                    let place = self.here(after.saturating_sub(1), after);
                    let next = self.letter();
                    let finding = Finding::new(&syntax::NOT_RON, "a comma is missing between two statements")
                        .at(place, "expected `,` after this");
                    self.context.report(finding.at(next, "the next begins here"));
                }
                true
            }
        }
    }

    /// Reads the statement that begins here, and goes behind it.
    fn statement(&mut self) {
        let start = self.at;
        let text = self.context.text;
        match locate(text, start, self.context.limits.depth, &mut self.context.nodes) {
            Ok(Located { end, plain }) => {
                self.at = end;
                match (!plain).then(|| well_formed::check(text, start, end)).flatten() {
                    Some(problem) => self.malformed(problem),
                    None => self.read_located(start, end),
                }
            }
            Err(problem) => self.unlocated(start, problem),
        }
    }

    fn unlocated(&mut self, start: usize, problem: Unlocated) {
        let text = self.context.text;
        let piece = recover::piece(text, start, T::NAMES);
        // Never stand still, whatever is here.
        self.at = piece.end.max(start + 1);
        let most = self.context.limits.depth;
        let place = self.here(problem.at, problem.at + 1);
        match problem.why {
            Why::TooDeep => {
                let finding = limit(
                    format!("brackets stand more than {most} deep; the limit `depth` is {most}"),
                    "depth",
                );
                self.context.report(finding.at(place, "too deep"));
            }
            Why::TooMany => {
                let finding = Finding::new(
                    &syntax::LIMIT,
                    "this statement has more than 10000000 values, and no setting allows more",
                );
                self.context.report(finding.at(place, "the first too many"));
            }
            Why::Malformed => {
                let found = piece
                    .problem
                    .or_else(|| well_formed::check(text, start, piece.end));
                match found {
                    Some(problem) => self.malformed(problem),
                    // RON takes it, and packs have no use for it.
                    None => {
                        self.context
                            .error(&syntax::FOREIGN_FORM, "packs do not use this form", place, "here")
                    }
                }
            }
        }
    }

    fn malformed(&mut self, problem: Malformed) {
        let mut finding = Finding::new(&syntax::NOT_RON, problem.message);
        for (start, end, label) in problem.labels {
            let place = self.here(start, end);
            finding = finding.at(place, label);
        }
        finding.help = problem.help;
        self.context.report(finding);
    }

    /// Reads the statement whose values are located.
    fn read_located(&mut self, start: usize, end: usize) {
        let whole = self.here(start, end);
        let before = self.context.findings.borrow().len();
        let hidden = self.context.hidden.borrow().clone();
        let value = loop {
            let reader = Reader {
                context: &self.context,
                content: Content::Node(0),
                slot: "",
            };
            match filled::<T>(reader) {
                Ok(value) => break Some(value),
                Err(Stop::Again) => {
                    self.context.findings.borrow_mut().truncate(before);
                    self.context.full.set(before >= MOST_FINDINGS);
                    self.context.hidden.replace(hidden.clone());
                }
                Err(Stop::Reported) => break None,
                Err(stop @ Stop::Refused(_)) => {
                    self.context
                        .error(&syntax::BAD_CASE_VALUE, stop.to_string(), whole, "");
                    break None;
                }
            }
        };
        self.context.memory.borrow_mut().refused.clear();
        let broken = self
            .context
            .findings
            .borrow()
            .iter()
            .skip(before)
            .any(|finding| finding.code.severity == Severity::Error);
        if let (Some(value), false) = (value, broken) {
            value.inspect(&self.context, whole, self.counts);
            self.found.push(Spanned::new(value, whole));
        }
    }
}
