//! The parts of lists, maps and structs, read one by one.

use hashbrown::HashMap;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, MapAccess, SeqAccess};

use super::context::{Context, listed, plain_word};
use super::deserialize::{Content, Reader, Stop};
use super::fill::{Field, Fill, filled};
use super::locate::{Kind, NONE, Node};
use super::spanned::Span;
use crate::diagnostic::Finding;
use crate::diagnostic::codes::syntax;
use crate::text::nearest::nearest;
use crate::text::number::shorten;

/// What stands in a list, a tuple or a map that is read as a list.
pub(super) enum Parts<'c, 't> {
    /// No elements.
    Nothing,
    Elements(Elements<'c, 't>),
    Pairs(Pairs<'c, 't>),
    Two(Two<'c, 't>),
}

impl<'t> SeqAccess<'t> for Parts<'_, 't> {
    type Error = Stop;

    fn next_element_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<Option<T::Value>, Stop> {
        self.next().map(|reader| seed.deserialize(reader)).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        match self {
            Parts::Nothing | Parts::Two(_) => None,
            Parts::Elements(elements) => Some(elements.left),
            Parts::Pairs(pairs) => Some(pairs.left),
        }
    }
}

impl<'c, 't> Parts<'c, 't> {
    /// Reads them one by one behind those that are there.
    pub(super) fn fill<T: Fill + Default>(mut self, list: &mut Vec<T>) -> Result<(), Stop> {
        list.reserve(self.size_hint().unwrap_or_default());
        while let Some(reader) = self.next() {
            list.push(filled(reader)?);
        }
        Ok(())
    }

    /// What reads the next of them.
    pub(super) fn next(&mut self) -> Option<Reader<'c, 't>> {
        match self {
            Parts::Nothing => None,
            Parts::Elements(elements) => elements.next(),
            Parts::Pairs(pairs) => pairs.next(),
            Parts::Two(two) => two.next(),
        }
    }
}

/// The elements of a list or tuple.
pub(super) struct Elements<'c, 't> {
    reader: Reader<'c, 't>,
    next: u32,
    left: usize,
}

impl<'c, 't> Elements<'c, 't> {
    pub(super) fn children(reader: Reader<'c, 't>, node: &Node) -> Parts<'c, 't> {
        Parts::Elements(Self {
            reader,
            next: node.first,
            left: node.len as usize,
        })
    }

    /// One node, as if it stood in a list.
    pub(super) fn only(reader: Reader<'c, 't>, node: u32) -> Parts<'c, 't> {
        Parts::Elements(Self {
            reader,
            next: node,
            left: 1,
        })
    }

    pub(super) fn stand_ins(reader: Reader<'c, 't>, count: usize) -> Parts<'c, 't> {
        Parts::Elements(Self {
            reader,
            next: NONE,
            left: count,
        })
    }

    fn next(&mut self) -> Option<Reader<'c, 't>> {
        self.left = self.left.checked_sub(1)?;
        Some(match self.reader.context.node(self.next) {
            Some(node) => {
                let reader = self.reader.with(Content::Node(self.next));
                self.next = node.next;
                reader
            }
            None => self.reader.stand_in(),
        })
    }
}

/// The entries of a map, each as a pair; names that come twice are reported and left out.
pub(super) struct Pairs<'c, 't> {
    reader: Reader<'c, 't>,
    next: u32,
    left: usize,
    /// Tests stand on the right.
    row: bool,
    keys: Keys<'t>,
}

impl<'c, 't> Pairs<'c, 't> {
    pub(super) fn entries(reader: Reader<'c, 't>, node: &Node, row: bool) -> Parts<'c, 't> {
        Parts::Pairs(Self {
            reader,
            next: node.first,
            left: node.len as usize,
            row,
            keys: Keys::default(),
        })
    }

    fn next(&mut self) -> Option<Reader<'c, 't>> {
        let context = self.reader.context;
        loop {
            let (key, value) = entry(context, self.next)?;
            self.next = value.1.next;
            self.left = self.left.saturating_sub(1);
            if self.keys.first_time(context, key.1, self.row) {
                return Some(self.reader.with(Content::Pair(key.0, value.0)));
            }
        }
    }
}

/// A node and its number.
type Numbered<'c> = (u32, &'c Node);

/// Key and value of the entry that begins with this node.
fn entry<'c>(context: &'c Context<'_>, key: u32) -> Option<(Numbered<'c>, Numbered<'c>)> {
    let key_node = context.node(key)?;
    let value = key_node.next;
    Some(((key, key_node), (value, context.node(value)?)))
}

/// A key as messages name it; nothing when it is long or strange.
fn slot_of<'t>(context: &Context<'t>, key: &Node) -> &'t str {
    let name = context.slice(key.start + 1, key.end.saturating_sub(1));
    let short = name.len() <= 60 && !name.chars().any(char::is_control);
    if short && key.kind == Kind::Text { name } else { "" }
}

/// The names met so far.
#[derive(Default)]
struct Keys<'t> {
    few: Vec<(&'t str, Span)>,
    many: HashMap<&'t str, Span>,
}

impl<'t> Keys<'t> {
    /// Whether a name comes for the first time; the second time is reported.
    fn first_time(&mut self, context: &Context<'t>, key: &Node, row: bool) -> bool {
        let (name, span) = (context.source(key), context.span(key));
        // Names are compared as written: a name with escapes is no snake_case id, and is reported as such.
        let earlier = if self.many.is_empty() {
            self.few
                .iter()
                .find(|(one, _)| *one == name)
                .map(|&(_, span)| span)
        } else {
            self.many.get(name).copied()
        };
        if let Some(earlier) = earlier {
            let shown = shorten(name.trim_matches('"'));
            let finding = Finding::new(&syntax::DUPLICATE_KEY, format!("`{shown}` stands here twice"))
                .at(span, "again")
                .at(earlier, "the first");
            let help = "to join two tests of one fact, write `All([…, …])`";
            context.report(if row { finding.help(help) } else { finding });
            return false;
        }
        if self.many.is_empty() && self.few.len() < 16 {
            self.few.push((name, span));
        } else {
            self.many.extend(self.few.drain(..));
            self.many.insert(name, span);
        }
        true
    }
}

/// Two values as a pair: the key and the value of an entry.
pub(super) struct Two<'c, 't> {
    reader: Reader<'c, 't>,
    key: u32,
    value: u32,
    given: usize,
}

impl<'c, 't> Two<'c, 't> {
    pub(super) fn pair(reader: Reader<'c, 't>, key: u32, value: u32) -> Parts<'c, 't> {
        Parts::Two(Self {
            reader,
            key,
            value,
            given: 0,
        })
    }

    fn next(&mut self) -> Option<Reader<'c, 't>> {
        self.given += 1;
        let context = self.reader.context;
        match self.given {
            // The left side is a name, whatever the field is.
            1 => Some(Reader {
                slot: "",
                ..self.reader.with(Content::Node(self.key))
            }),
            2 => {
                let name = context.node(self.key).map_or("", |key| slot_of(context, key));
                // Words on the right side stay words of their field.
                let slot = if self.reader.slot == "labels" || self.reader.slot == "phases" {
                    self.reader.slot
                } else {
                    name
                };
                Some(Reader {
                    slot,
                    ..self.reader.with(Content::Node(self.value))
                })
            }
            _ => None,
        }
    }
}

/// The fields of a struct that are written. Unknown and repeated ones are reported and left out.
pub(super) struct Fields<'c, 't> {
    reader: Reader<'c, 't>,
    name: &'static str,
    fields: &'static [Field],
    /// What is being read.
    owner: u32,
    next: u32,
    seen: Vec<&'static str>,
    /// Fields that an author probably meant by an unknown name: not missing.
    meant: Vec<&'static str>,
}

impl<'c, 't> Fields<'c, 't> {
    pub(super) fn new(
        reader: Reader<'c, 't>,
        owner: u32,
        name: &'static str,
        fields: &'static [Field],
    ) -> Self {
        let next = reader
            .context
            .node(owner)
            .filter(|node| node.kind == Kind::Fields)
            .map_or(NONE, |node| node.first);
        Self {
            reader,
            name,
            fields,
            owner,
            next,
            seen: Vec::with_capacity(fields.len().min(16)),
            meant: Vec::new(),
        }
    }

    fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.fields.iter().map(|field| field.name)
    }

    /// The number of the next field that is known and new, and what reads it.
    pub(super) fn next(&mut self) -> Option<(usize, Reader<'c, 't>)> {
        let context = self.reader.context;
        while let Some((key, value)) = entry(context, self.next) {
            self.next = value.1.next;
            let written = plain_word(context.source(key.1));
            let Some((number, field)) = self.names().enumerate().find(|(_, field)| *field == written) else {
                self.unknown(key.1, written);
                continue;
            };
            if self.seen.contains(&field) {
                self.repeated(key.1, field);
                continue;
            }
            self.seen.push(field);
            let reader = Reader {
                slot: field,
                ..self.reader.with(Content::Node(value.0))
            };
            return Some((number, reader));
        }
        None
    }

    fn owner_node(&self) -> Option<&'c Node> {
        self.reader.context.node(self.owner)
    }

    fn shown(&self) -> &str {
        let written = self.owner_node().map_or("", |node| {
            let name = self.reader.context.name(node);
            if name.is_empty() && node.kind == Kind::Word {
                self.reader.context.source(node)
            } else {
                name
            }
        });
        if written.is_empty() { self.name } else { written }
    }

    fn unknown(&mut self, key: &Node, written: &str) {
        let context = self.reader.context;
        let free = self.names().filter(|field| !self.seen.contains(field));
        let guess = nearest(written, free).or_else(|| nearest(written, self.names()));
        self.meant.extend(guess);
        let label = guess
            .map(|guess| format!("did you mean `{guess}`?"))
            .unwrap_or_default();
        let finding = Finding::new(
            &syntax::UNKNOWN_FIELD,
            format!("`{}` has no field `{}`", self.shown(), shorten(written)),
        );
        let help = format!("its fields are {}", listed(self.names()));
        context.report(finding.at(context.span(key), label).nearest(guess).help(help));
    }

    fn repeated(&self, key: &Node, field: &'static str) {
        let context = self.reader.context;
        let mut finding = Finding::new(&syntax::DUPLICATE_FIELD, format!("`{field}` is written twice"))
            .at(context.span(key), "again");
        let mut next = self.owner_node().map_or(NONE, |owner| owner.first);
        while let Some((first, value)) = entry(context, next) {
            if plain_word(context.source(first.1)) == field {
                finding = finding.at(context.span(first.1), "the first");
                break;
            }
            next = value.1.next;
        }
        context.report(finding);
    }

    /// Reports the fields that are missing, all together.
    pub(super) fn report_missing(&self) {
        let needed = self.fields.iter().filter(|field| field.needed);
        let missing: Vec<&str> = needed
            .map(|field| field.name)
            .filter(|field| !self.seen.contains(field) && !self.meant.contains(field))
            .collect();
        if let (false, Some(owner)) = (missing.is_empty(), self.owner_node()) {
            let label = if missing.len() == 1 {
                "one field is missing"
            } else {
                "some fields are missing"
            };
            let context = self.reader.context;
            let message = format!("`{}` needs {}", self.shown(), listed(missing));
            context.error(&syntax::MISSING_FIELD, message, context.head(owner), label);
        }
    }
}

/// The entries of a map in a case.
pub(super) struct CaseAccess<'c, 't> {
    reader: Reader<'c, 't>,
    next: u32,
    value: u32,
    /// The names are field names, without quotes.
    named: bool,
    keys: Keys<'t>,
}

impl<'c, 't> CaseAccess<'c, 't> {
    pub(super) fn new(reader: Reader<'c, 't>, node: &Node) -> Self {
        Self {
            reader,
            next: node.first,
            value: NONE,
            named: node.kind == Kind::Fields,
            keys: Keys::default(),
        }
    }

    pub(super) fn empty(reader: Reader<'c, 't>) -> Self {
        Self {
            reader,
            next: NONE,
            value: NONE,
            named: false,
            keys: Keys::default(),
        }
    }
}

impl<'t> MapAccess<'t> for CaseAccess<'_, 't> {
    type Error = Stop;

    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>, Stop> {
        let context = self.reader.context;
        while let Some((key, value)) = entry(context, self.next) {
            self.next = value.1.next;
            self.value = value.0;
            if !self.keys.first_time(context, key.1, false) {
                continue;
            }
            // The names of `(from: …, to: …)` stand without quotes.
            if self.named {
                let name = plain_word(context.source(key.1));
                self.reader.slot = name;
                return seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some);
            }
            self.reader.slot = slot_of(context, key.1);
            return seed
                .deserialize(Reader {
                    slot: "",
                    ..self.reader.with(Content::Node(key.0))
                })
                .map(Some);
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value, Stop> {
        seed.deserialize(self.reader.with(Content::Node(self.value)))
    }
}
