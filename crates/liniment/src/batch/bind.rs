//! Columns → facts: names and types, checked once.

use std::collections::HashSet;
use std::sync::Arc;

use arrow_array::new_empty_array;
use arrow_schema::{DataType, Field, Schema, SchemaRef};

use super::columns;
use super::decode::Form;
use super::engine::Engine;
use super::options::{BatchOptions, OnBad, OtherColumns};
use super::read::values;
use super::room::Rooms;
use crate::check::base::{Fact, FactIndex, FactKind};
use crate::compact_sort::CompactSort;
use crate::error::{Error, Kind, quoted};
use crate::knowledge_base::KnowledgeBase;
use crate::text::nearest::nearest;

/// A column that states a fact.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) fact: FactIndex,
    /// Its place among the columns.
    pub(super) position: usize,
}

/// Columns bound to facts.
#[derive(Debug)]
pub(super) struct Bound {
    pub(super) kb: KnowledgeBase,
    pub(super) options: BatchOptions,
    input_schema: Schema,
    pub(super) output_schema: SchemaRef,
    /// The columns that state facts, by fact.
    pub(super) columns: Vec<Column>,
    /// By column: how it is read.
    pub(super) forms: Vec<Form>,
    /// How many rows are decided at once, where they can be.
    pub(super) engine: Option<Engine>,
    /// The places of the columns passed on.
    pub(super) kept: Vec<usize>,
    /// What is given, without the columns passed on and the flag.
    pub(super) given: Vec<Field>,
    /// Room for what chunks are read into and answered with.
    pub(super) rooms: Rooms,
}

impl Bound {
    pub(super) fn new(kb: &KnowledgeBase, schema: &Schema, options: BatchOptions) -> Result<Self, Error> {
        let base = kb.base();
        let name_of = |position: usize| schema.fields().get(position).map_or("", |field| field.name());
        let find = |name: &str| {
            let mut found = schema
                .fields()
                .iter()
                .enumerate()
                .filter(|(_, field)| field.name() == name);
            match (found.next(), found.next()) {
                (Some(_), Some(_)) => Err(Error::new(Kind::ColumnTwice(quoted(name)))
                    .at(name)
                    .found_text(name)),
                (found, _) => Ok(found.map(|(position, _)| position)),
            }
        };
        let mut taken: Vec<Option<FactIndex>> = vec![None; schema.fields().len()];
        let mut columns: Vec<Column> = Vec::new();
        let mut bind = |fact: FactIndex, position: usize, columns: &mut Vec<Column>| {
            if let Some(slot) = taken.get_mut(position) {
                *slot = Some(fact);
            }
            columns.push(Column { fact, position });
        };
        for (name, column) in &options.columns {
            let fact = kb.fact(name)?.index;
            if columns.iter().any(|column| column.fact == fact) {
                return Err(Error::new(Kind::FactTwice(quoted(name)))
                    .at(name.as_str())
                    .found_text(column));
            }
            let position = find(column)?.ok_or_else(|| no_column(schema, column))?;
            bind(fact, position, &mut columns);
        }
        for (position, fact) in base.facts.iter().enumerate() {
            let fact_index = FactIndex::new(position);
            if columns.iter().any(|column| column.fact == fact_index) {
                continue;
            }
            if let Some(found) =
                find(&fact.id)?.filter(|found| !options.kept.iter().any(|kept| kept == name_of(*found)))
            {
                bind(fact_index, found, &mut columns);
            }
        }
        columns.compact_sort_by_key(|column| column.fact);

        let mut kept = Vec::new();
        for name in &options.kept {
            let position = find(name)?.ok_or_else(|| no_column(schema, name))?;
            if !kept.contains(&position) {
                kept.push(position);
            }
        }
        for position in 0..schema.fields().len() {
            if kept.contains(&position) || taken.get(position).is_some_and(Option::is_some) {
                continue;
            }
            match options.others {
                OtherColumns::Keep => kept.push(position),
                OtherColumns::Drop => {}
                OtherColumns::Refuse => {
                    let name = name_of(position);
                    let near = nearest(name, base.facts.iter().map(|fact| fact.id.as_str()));
                    return Err(Error::new(Kind::UnknownColumn(quoted(name)))
                        .at(name)
                        .found_text(name)
                        .near(near));
                }
            }
        }
        if columns.is_empty() {
            return Err(Error::new(Kind::NoFactColumn));
        }
        for column in &columns {
            if let (Some(fact), Some(field)) = (
                base.facts.get(column.fact.index()),
                schema.fields().get(column.position),
            ) {
                check_type(fact, field, options.now)?;
            }
        }
        let forms: Vec<Form> = columns
            .iter()
            .map(|column| {
                match (
                    base.facts.get(column.fact.index()),
                    schema.fields().get(column.position),
                ) {
                    (Some(fact), Some(field)) => Form::of(&fact.kind, field.data_type()),
                    _ => Form::Codes,
                }
            })
            .collect();
        let order: Vec<FactIndex> = columns.iter().map(|column| column.fact).collect();
        let by_fact = order
            .iter()
            .zip(&forms)
            .enumerate()
            .map(|(position, (fact, form))| (*fact, (position, *form)))
            .collect();
        let engine = Engine::new(base, kb.program(), &by_fact, &order, options.output);
        let given = columns::fields(base, options.output);
        let mut fields: Vec<Field> = kept
            .iter()
            .filter_map(|position| schema.fields().get(*position))
            .map(|field| field.as_ref().clone())
            .chain(given.iter().cloned())
            .collect();
        if options.on_bad == OnBad::Unknown {
            fields.push(Field::new(columns::BAD, DataType::Boolean, false));
        }
        let mut names = HashSet::with_capacity(fields.len());
        if let Some(twice) = fields.iter().find(|field| !names.insert(field.name().as_str())) {
            return Err(Error::new(Kind::ColumnTwice(quoted(twice.name()))).at(twice.name()));
        }
        drop(names);
        Ok(Self {
            kb: kb.clone(),
            input_schema: schema.clone(),
            output_schema: Arc::new(Schema::new(fields)),
            options,
            columns,
            forms,
            engine,
            kept,
            given,
            rooms: Rooms::default(),
        })
    }

    /// Each fact that is read, with its column.
    pub(super) fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.columns.iter().map(|column| {
            let fact = self.kb.base().facts.get(column.fact.index());
            let field = self.input_schema.fields().get(column.position);
            (
                fact.map_or("", |fact| fact.id.as_str()),
                field.map_or("", |field| field.name()),
            )
        })
    }

    /// Whether rows have the columns that were bound: the same names and types, in the same places.
    pub(super) fn check_schema(&self, schema: &Schema) -> Result<(), Error> {
        let same = schema.fields().len() == self.input_schema.fields().len()
            && schema
                .fields()
                .iter()
                .zip(self.input_schema.fields())
                .all(|(one, other)| one.name() == other.name() && one.data_type() == other.data_type());
        if same {
            Ok(())
        } else {
            Err(Error::new(Kind::OtherColumns))
        }
    }
}

fn no_column(schema: &Schema, name: &str) -> Error {
    let near = nearest(name, schema.fields().iter().map(|field| field.name().as_str()));
    Error::new(Kind::NoColumn(quoted(name)))
        .found_text(name)
        .near(near)
}

fn check_type(fact: &Fact, field: &Field, now: Option<i64>) -> Result<(), Error> {
    let empty = new_empty_array(field.data_type());
    if values(fact, empty.as_ref(), now).is_some() {
        return Ok(());
    }
    let moments = matches!(field.data_type(), DataType::Timestamp(..));
    let kind = if moments && matches!(fact.kind, FactKind::Clock { .. }) {
        Kind::NeedsNow
    } else {
        Kind::ColumnType {
            fact: quoted(&fact.id),
            expected: expected(&fact.kind),
            found: quoted(&field.data_type().to_string()),
        }
    };
    Err(Error::new(kind)
        .at(field.name())
        .found_text(&field.data_type().to_string()))
}

fn expected(kind: &FactKind) -> &'static str {
    match kind {
        FactKind::YesNo => "a column of booleans",
        FactKind::Choice(_) | FactKind::Scale(_) => "a column of texts",
        FactKind::Several(_) => "a column of lists of texts",
        FactKind::Integer { .. } => "a column of whole numbers",
        FactKind::Number { .. } => "a column of numbers",
        FactKind::Duration { .. } => "a column of durations, or of texts such as `24h`",
        FactKind::Clock { .. } => "a column of durations, of moments, or of texts such as `24h`",
    }
}
