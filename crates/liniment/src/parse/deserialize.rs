//! Reads a located value as a type of `syntax`.
//!
//! An error does not stop it. It reports what is wrong, answers with a stand-in, and goes on, so that all
//! that is wrong with a statement is said at once; a statement with an error is thrown away afterwards.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer, Visitor};

use super::access::{CaseAccess, Elements, Fields, Pairs, Parts, Two};
use super::context::{Context, Slot};
use super::fill::{Field, Fill};
use super::locate::{Kind, Node};
use super::spanned::Span;
use crate::diagnostic::Finding;
use crate::diagnostic::codes::syntax;
use crate::text::number;

/// Why a value could not be read at all.
#[derive(Debug)]
pub(super) enum Stop {
    /// Its type refuses it.
    Refused(String),
    /// Something was learnt: read the statement again.
    Again,
    /// All is said.
    Reported,
}

impl fmt::Display for Stop {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stop::Refused(message) => formatter.write_str(message),
            Stop::Again | Stop::Reported => formatter.write_str("reported"),
        }
    }
}

impl std::error::Error for Stop {}

impl serde::de::Error for Stop {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Stop::Refused(message.to_string())
    }
}

/// What is to be read.
#[derive(Clone, Copy, Debug)]
pub(super) enum Content {
    /// A value.
    Node(u32),
    /// What stands in the brackets of `Name(…)`.
    Inside(u32),
    /// What would stand in the brackets, but the name stands alone.
    Alone(u32),
    /// An entry of a map, read as a pair.
    Pair(u32, u32),
    /// The number just as it is written.
    Written(u32),
    /// A stand-in for what could not be read.
    StandIn,
}

/// Reads one value.
#[derive(Clone, Copy)]
pub(super) struct Reader<'c, 't> {
    pub(super) context: &'c Context<'t>,
    pub(super) content: Content,
    pub(super) slot: Slot<'t>,
}

impl<'c, 't> Reader<'c, 't> {
    pub(super) fn with(self, content: Content) -> Self {
        Self { content, ..self }
    }

    /// The one node that is to be read; nothing (and something reported) when there is none or more.
    pub(super) fn node(&self) -> Option<(u32, &'c Node)> {
        let number = match self.content {
            Content::Node(number) | Content::Written(number) => number,
            Content::StandIn => return None,
            Content::Pair(key, _) => {
                self.not_an_entry(key);
                return None;
            }
            Content::Alone(number) => {
                let node = self.context.node(number)?;
                let name = self.context.source(node);
                let finding = Finding::new(
                    &syntax::WRONG_COUNT,
                    format!("`{name}` needs a value: `{name}(…)`"),
                )
                .at(self.context.span(node), "needs a value");
                self.context.report(finding);
                return None;
            }
            Content::Inside(number) => {
                let node = self.context.node(number)?;
                if node.kind != Kind::Tuple || node.len != 1 {
                    self.not_one(node);
                    return None;
                }
                node.first
            }
        };
        let node = self.context.node(number)?;
        if node.kind == Kind::Tuple && node.len == 1 && self.context.name(node) == "Some" {
            self.needless_some(node);
            return self.context.node(node.first).map(|inner| (node.first, inner));
        }
        Some((number, node))
    }

    fn needless_some(&self, node: &Node) {
        let context = self.context;
        let finding = Finding::new(
            &syntax::NEEDLESS_SOME,
            "a value stands alone in packs, without `Some(…)`",
        );
        context.report(
            finding
                .at(context.head(node), "not used in packs")
                .help("write the value alone"),
        );
    }

    fn not_one(&self, node: &Node) {
        let context = self.context;
        let name = context.name(node);
        let message = match (node.kind, node.len) {
            (Kind::Fields, _) => format!("`{name}(…)` takes one value without a name"),
            (_, 0) => format!("`{name}` needs a value: `{name}(…)`"),
            (_, count) => format!("`{name}` takes one value, not {count}"),
        };
        let mut finding =
            Finding::new(&syntax::WRONG_COUNT, message).at(context.span(node), "expected one value");
        if node.kind == Kind::Tuple && node.len > 1 {
            let list = if name == "Is" { "OneOf" } else { name };
            finding = finding.help(format!("several values stand in a list: `{list}([…])`"));
        }
        context.report(finding);
    }

    /// Names on the left where values alone belong: said once per map.
    fn not_an_entry(&self, key: u32) {
        let context = self.context;
        if let Some(map) = context.nodes.iter().find(|node| node.first == key) {
            context.wrong_kind(self.slot, "a list `[…]`", map);
        }
    }

    /// Whether nothing is written, which is reported where it is written as `None`.
    pub(super) fn is_none(&self) -> bool {
        let Content::Node(number) = self.content else {
            return false;
        };
        let Some(node) = self.context.node(number) else {
            return true;
        };
        let none = node.kind == Kind::Word && self.context.source(node) == "None";
        if none {
            let finding = Finding::new(&syntax::NEEDLESS_SOME, format!("`{}` needs no `None`", self.slot));
            self.context.report(
                finding
                    .at(self.context.span(node), "not used in packs")
                    .help("leave the field out"),
            );
        }
        none
    }

    /// The text that is to be read.
    pub(super) fn text(&self) -> Cow<'t, str> {
        if let Content::Pair(key, _) = self.content {
            self.not_an_entry(key);
            return Cow::Borrowed("");
        }
        match self.node() {
            None => Cow::Borrowed(""),
            Some((_, node)) if matches!(self.content, Content::Written(_)) => {
                Cow::Borrowed(self.context.source(node))
            }
            Some((_, node)) => self.context.string(self.slot, node),
        }
    }

    /// Reads `true` or `false`; `false` when it is neither.
    pub(super) fn yes_or_no(&self) -> bool {
        match self.node() {
            None => false,
            Some((_, node)) => match (node.kind, self.context.source(node)) {
                (Kind::Word, "true") => true,
                (Kind::Word, "false") => false,
                _ => {
                    self.context.wrong_kind(self.slot, "`true` or `false`", node);
                    false
                }
            },
        }
    }

    pub(super) fn stand_in(self) -> Self {
        self.with(Content::StandIn)
    }

    /// Reads a whole number between two ends; 0 when it is none.
    pub(super) fn whole(&self, least: i64, most: i64) -> i64 {
        let Some((_, node)) = self.node() else {
            return 0;
        };
        if node.kind != Kind::Number {
            self.context.wrong_kind(self.slot, "a whole number", node);
            return 0;
        }
        match number::integer(self.context.source(node)) {
            Ok(value) if (least..=most).contains(&value) => value,
            Ok(_) => {
                let message = format!("`{}` takes a whole number from {least} to {most}", self.slot);
                self.context.error(
                    &syntax::BAD_NUMBER,
                    message,
                    self.context.span(node),
                    "outside this range",
                );
                0
            }
            Err(message) => {
                self.context.error(
                    &syntax::BAD_NUMBER,
                    message,
                    self.context.span(node),
                    "expected a whole number",
                );
                0
            }
        }
    }

    pub(super) fn list(self) -> Parts<'c, 't> {
        let Some((number, node)) = self.node() else {
            return Parts::Nothing;
        };
        match node.kind {
            Kind::List => Elements::children(self, node),
            Kind::Map => Pairs::entries(self, node, false),
            _ => {
                self.context.wrong_kind(self.slot, "a list `[…]`", node);
                // One value without its list can still be looked at.
                Elements::only(self, number)
            }
        }
    }

    pub(super) fn rows(self) -> Parts<'c, 't> {
        let Some((number, node)) = self.node() else {
            return Parts::Nothing;
        };
        match node.kind {
            Kind::Map => Elements::only(self, number),
            Kind::List => {
                if node.len == 0 {
                    let message = "a condition without rows never holds";
                    let finding = Finding::new(&syntax::EMPTY_CONDITION, message)
                        .at(self.context.span(node), "no rows");
                    self.context
                        .report(finding.help("write at least one row, or leave the field out"));
                }
                Elements::children(self, node)
            }
            _ => {
                self.context
                    .wrong_kind(self.slot, "a row `{…}` or a list of rows `[{…}, …]`", node);
                Parts::Nothing
            }
        }
    }

    pub(super) fn row(self) -> Parts<'c, 't> {
        match self.node() {
            Some((_, node)) if node.kind == Kind::Map => Pairs::entries(self, node, true),
            Some((_, node)) => {
                self.context.wrong_kind(self.slot, "a row `{…}`", node);
                Parts::Nothing
            }
            None => Parts::Nothing,
        }
    }

    pub(super) fn tuple(self, name: &str, places: &mut [&mut dyn Fill]) -> Result<(), Stop> {
        let mut parts = self.parts_of_tuple(name, places.len())?;
        for place in places {
            if let Some(reader) = parts.next() {
                place.fill(reader)?;
            }
        }
        Ok(())
    }

    fn parts_of_tuple(self, name: &str, len: usize) -> Result<Parts<'c, 't>, Stop> {
        let number = match self.content {
            Content::Pair(key, value) => return Ok(Two::pair(self, key, value)),
            Content::Inside(number) | Content::Node(number) => number,
            Content::Alone(_) => {
                self.node();
                return Ok(Elements::stand_ins(self, len));
            }
            Content::StandIn | Content::Written(_) => return Ok(Elements::stand_ins(self, len)),
        };
        let Some(node) = self.context.node(number) else {
            return Err(Stop::Reported);
        };
        let written = self.context.name(node);
        let named_otherwise =
            matches!(self.content, Content::Node(_)) && !written.is_empty() && written != name;
        if node.kind == Kind::Tuple && node.len as usize == len && !named_otherwise {
            return Ok(Elements::children(self, node));
        }
        if node.kind == Kind::Tuple && !named_otherwise {
            let what = if written.is_empty() { self.slot } else { written };
            let finding = Finding::new(
                &syntax::WRONG_COUNT,
                format!("`{what}` takes {len} values in brackets, not {}", node.len),
            );
            self.context
                .report(finding.at(self.context.span(node), format!("expected {len} values")));
        } else {
            let shown = if name.is_empty() || name == "Window" {
                ""
            } else {
                name
            };
            self.context
                .wrong_kind(self.slot, &format!("{len} values in brackets `{shown}(…)`"), node);
        }
        Ok(Elements::stand_ins(self, len))
    }

    pub(super) fn spanned(self, span: &mut Span, value: &mut dyn Fill) -> Result<(), Stop> {
        let (place, content) = self.place();
        *span = place;
        value
            .fill(self.with(content))
            .map_err(|stop| self.refusal(stop, content))
    }

    /// Where the value stands, and what is to be read there.
    fn place(&self) -> (Span, Content) {
        if let Content::Pair(key, value) = self.content {
            let ends = self.context.node(key).zip(self.context.node(value));
            let span = ends.map(|(key, value)| Span {
                file: self.context.file,
                start: key.start,
                end: value.end,
            });
            return (span.unwrap_or_default(), self.content);
        }
        let Some((number, node)) = self.node() else {
            return (Span::default(), Content::StandIn);
        };
        let span = self.context.span(node);
        let refused = self.context.memory.borrow().refused.get(&number).cloned();
        match refused {
            Some(message) => {
                self.context.error(&syntax::BAD_CASE_VALUE, message, span, "");
                (span, Content::StandIn)
            }
            None => (span, Content::Node(number)),
        }
    }

    /// Notes which value its type refused, so that the rest can be read without it.
    fn refusal(&self, stop: Stop, content: Content) -> Stop {
        let (message, number) = match (stop, content) {
            (Stop::Refused(message), Content::Node(number)) => (message, number),
            (stop, _) => return stop,
        };
        let mut memory = self.context.memory.borrow_mut();
        // Twice refused, or many in one statement: what was said must do.
        if memory.refused.len() >= 50 || memory.refused.contains_key(&number) {
            drop(memory);
            if let Some(node) = self.context.node(number) {
                self.context
                    .error(&syntax::BAD_CASE_VALUE, message, self.context.span(node), "");
            }
            return Stop::Reported;
        }
        memory.refused.insert(number, message);
        Stop::Again
    }

    /// Reads the fields of a struct, each into its place.
    pub(super) fn structure(
        self,
        name: &'static str,
        fields: &'static [Field],
        places: &mut [&mut dyn Fill],
    ) -> Result<(), Stop> {
        let Some(mut written) = self.fields(name, fields)? else {
            return Ok(());
        };
        while let Some((number, reader)) = written.next() {
            if let Some(place) = places.get_mut(number) {
                place.fill(reader)?;
            }
        }
        written.report_missing();
        Ok(())
    }

    /// What is written of a struct; nothing (and something reported) where it cannot be read as one.
    fn fields(self, name: &'static str, fields: &'static [Field]) -> Result<Option<Fields<'c, 't>>, Stop> {
        Ok(match self.content {
            Content::Pair(key, _) => {
                self.not_an_entry(key);
                None
            }
            Content::StandIn | Content::Written(_) => None,
            Content::Alone(number) => Some(Fields::new(self, number, name, fields)),
            Content::Inside(number) | Content::Node(number) => {
                let plain = matches!(self.content, Content::Node(_));
                let found = if plain {
                    self.node()
                } else {
                    self.context.node(number).map(|node| (number, node))
                };
                let Some((number, node)) = found else {
                    return Err(Stop::Reported);
                };
                self.fits(node, name, fields)
                    .then(|| Fields::new(self, number, name, fields))
            }
        })
    }

    /// Whether a node can be read as a struct; something is reported when not.
    fn fits(&self, node: &Node, name: &'static str, fields: &[Field]) -> bool {
        let context = self.context;
        let written = context.name(node);
        let inside = matches!(self.content, Content::Inside(_));
        let shown = if inside { written } else { name };
        if !inside && !written.is_empty() && written != name {
            let message = format!("expected `{name}(…)`, found `{written}(…)`");
            let finding = Finding::new(&syntax::WRONG_KIND, message)
                .at(context.head(node), format!("expected `{name}`"));
            context.report(finding.nearest(Some(name)));
            return false;
        }
        match node.kind {
            Kind::Fields => true,
            Kind::Tuple if node.len == 0 => true,
            Kind::Tuple => {
                let first = fields.first().map_or("name", |field| field.name);
                let message = format!("the parts of `{shown}` have names: `{shown}({first}: …, …)`");
                context.error(
                    &syntax::WRONG_KIND,
                    message,
                    context.span(node),
                    "names are missing",
                );
                false
            }
            _ => {
                context.wrong_kind(self.slot, &format!("`{shown}(…)`"), node);
                false
            }
        }
    }
}

impl<'t> Deserializer<'t> for Reader<'_, 't> {
    type Error = Stop;

    // Only values of cases are read without knowing what they should be.
    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Stop> {
        let Some((number, node)) = self.node() else {
            return visitor.visit_map(CaseAccess::empty(self));
        };
        let refused = self.context.memory.borrow().refused.get(&number).cloned();
        if let Some(message) = refused {
            self.context
                .error(&syntax::BAD_CASE_VALUE, message, self.context.span(node), "");
            return visitor.visit_map(CaseAccess::empty(self));
        }
        let source = self.context.source(node);
        let result = match node.kind {
            Kind::Text | Kind::Escaped | Kind::Raw => {
                self.with(Content::Node(number)).deserialize_string(visitor)
            }
            Kind::Word => match source {
                "true" => visitor.visit_bool(true),
                "false" => visitor.visit_bool(false),
                "None" | "null" => visitor.visit_none(),
                "NaN" | "inf" => {
                    self.context.check_number(node);
                    visitor.visit_none()
                }
                _ => {
                    self.context
                        .wrong_kind(self.slot, "a string, a number, `true` or `false`", node);
                    visitor.visit_none()
                }
            },
            Kind::Number if source.contains(['.', 'e', 'E']) => {
                if self.context.check_number(node) {
                    visitor.visit_f64(number::decimal(source).unwrap_or(0.0))
                } else {
                    visitor.visit_none()
                }
            }
            Kind::Number => visitor.visit_i64(self.with(Content::Node(number)).whole(i64::MIN, i64::MAX)),
            Kind::List => visitor.visit_seq(Elements::children(self, node)),
            Kind::Map => visitor.visit_map(CaseAccess::new(self, node)),
            Kind::Fields if node.name_end == node.start => visitor.visit_map(CaseAccess::new(self, node)),
            Kind::Tuple if node.len == 0 && node.name_end == node.start => visitor.visit_none(),
            _ => {
                self.context.wrong_kind(
                    self.slot,
                    "a value such as `\"24h\"`, `40`, `true` or `[…]`",
                    node,
                );
                visitor.visit_none()
            }
        };
        result.map_err(|stop| self.refusal(stop, Content::Node(number)))
    }

    fn deserialize_str<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Stop> {
        self.deserialize_string(visitor)
    }

    fn deserialize_string<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self.text() {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    serde::forward_to_deserialize_any! { <W: Visitor<'t>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf option unit unit_struct newtype_struct seq
        tuple tuple_struct map struct enum identifier ignored_any
    }
}
