//! The parts of lists, maps and structs, handed to serde one by one.

use hashbrown::HashMap;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess};

use super::context::{Context, listed, plain_word};
use super::deserialize::{Content, Reader, Stop};
use super::locate::{Kind, NONE, Node};
use super::spanned::Span;
use crate::diagnostic::Finding;
use crate::diagnostic::codes::syntax;
use crate::text::nearest::nearest;
use crate::text::number::shorten;

/// What stands in a list, a tuple or a map that is read as a list. One type for all, so that serde makes what
/// reads a list once for each type of its elements.
pub(super) enum Parts<'c, 't> {
    /// No elements.
    Nothing,
    Elements(Elements<'c, 't>),
    Pairs(Pairs<'c, 't>),
    Two(Two<'c, 't>),
}

impl<'t> SeqAccess<'t> for Parts<'_, 't> {
    type Error = Stop;

    #[inline(never)]
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
    /// What reads the next of them.
    fn next(&mut self) -> Option<Reader<'c, 't>> {
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

/// The fields of a struct. Unknown and repeated ones are reported and left out; those that are missing are
/// reported together, and stand-ins given.
pub(super) struct StructAccess<'c, 't> {
    reader: Reader<'c, 't>,
    name: &'static str,
    fields: &'static [&'static str],
    /// What is being read; nothing for a stand-in.
    owner: Option<u32>,
    next: u32,
    value: Content,
    seen: Vec<&'static str>,
    /// Fields that an author probably meant by an unknown name: not missing.
    meant: Vec<&'static str>,
    /// Set when the written fields are through: the places of those for which stand-ins are still to be given.
    missing: Option<std::vec::IntoIter<usize>>,
}

impl<'c, 't> StructAccess<'c, 't> {
    pub(super) fn new(
        reader: Reader<'c, 't>,
        owner: u32,
        name: &'static str,
        fields: &'static [&'static str],
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
            owner: Some(owner),
            next,
            value: Content::StandIn,
            seen: Vec::with_capacity(fields.len().min(16)),
            meant: Vec::new(),
            missing: None,
        }
    }

    /// Every field with a stand-in.
    pub(super) fn stand_in(reader: Reader<'c, 't>, fields: &'static [&'static str]) -> Self {
        let missing: Vec<usize> = (0..fields.len()).collect();
        Self {
            reader: reader.stand_in(),
            name: "",
            fields,
            owner: None,
            next: NONE,
            value: Content::StandIn,
            seen: Vec::new(),
            meant: Vec::new(),
            missing: Some(missing.into_iter()),
        }
    }

    /// The place of the next field that is known and new.
    fn next_written(&mut self) -> Option<usize> {
        let context = self.reader.context;
        while let Some((key, value)) = entry(context, self.next) {
            self.next = value.1.next;
            let written = plain_word(context.source(key.1));
            let mut fields = self.fields.iter().copied().enumerate();
            let Some((place, field)) = fields.find(|(_, field)| *field == written) else {
                self.unknown(key.1, written);
                continue;
            };
            if self.seen.contains(&field) {
                self.repeated(key.1, field);
                continue;
            }
            self.seen.push(field);
            self.value = Content::Node(value.0);
            self.reader.slot = field;
            return Some(place);
        }
        None
    }

    /// The place of the next field: those that are written, then those that are missing.
    fn next_field(&mut self) -> Option<usize> {
        if self.missing.is_none() {
            if let Some(place) = self.next_written() {
                return Some(place);
            }
            self.missing = Some(self.find_missing().into_iter());
        }
        let place = self.missing.as_mut().and_then(Iterator::next)?;
        self.value = Content::StandIn;
        self.reader.slot = self.fields.get(place)?;
        Some(place)
    }

    fn owner_node(&self) -> Option<&'c Node> {
        self.reader.context.node(self.owner?)
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
        let free = self
            .fields
            .iter()
            .copied()
            .filter(|field| !self.seen.contains(field));
        let guess = nearest(written, free).or_else(|| nearest(written, self.fields.iter().copied()));
        let guess = guess.and_then(|guess| self.fields.iter().copied().find(|field| *field == guess));
        self.meant.extend(guess);
        let label = guess
            .map(|guess| format!("did you mean `{guess}`?"))
            .unwrap_or_default();
        let finding = Finding::new(
            &syntax::UNKNOWN_FIELD,
            format!("`{}` has no field `{}`", self.shown(), shorten(written)),
        );
        let help = format!("its fields are {}", listed(self.fields.iter().copied()));
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

    /// The places of the fields that are missing, reported; stand-ins are given for them.
    fn find_missing(&self) -> Vec<usize> {
        let context = self.reader.context;
        let memory = context.memory.borrow();
        let Some(required) = memory.required.get(&(self.name, self.fields.as_ptr() as usize)) else {
            return Vec::new();
        };
        // In the order in which they are declared, whatever was learnt first.
        let (mut missing, mut said) = (Vec::new(), Vec::new());
        for (place, field) in self.fields.iter().copied().enumerate() {
            if required.contains(&field) && !self.seen.contains(&field) {
                missing.push(place);
                if !self.meant.contains(&field) {
                    said.push(field);
                }
            }
        }
        if let (false, Some(owner)) = (said.is_empty(), self.owner_node()) {
            let label = if said.len() == 1 {
                "one field is missing"
            } else {
                "some fields are missing"
            };
            let message = format!("`{}` needs {}", self.shown(), listed(said));
            context.error(&syntax::MISSING_FIELD, message, context.head(owner), label);
        }
        missing
    }
}

impl<'t> MapAccess<'t> for StructAccess<'_, 't> {
    type Error = Stop;

    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>, Stop> {
        // By number: serde need not compare the names of every struct once more. It numbers fields as they are listed,
        // as long as none has a second name; the language has no such names.
        self.next_field()
            .map(|place| seed.deserialize(place.into_deserializer()))
            .transpose()
    }

    #[inline(never)]
    fn next_value_seed<V: DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value, Stop> {
        seed.deserialize(self.reader.with(self.value))
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
