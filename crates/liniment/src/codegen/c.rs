//! A header of C99.
//!
//! Each fact has a type of its own, a struct of one member, so that neither a number nor another fact's option
//! can be assigned to it. All zeros is unknown.

use std::fmt::Write;

use super::Names;
use crate::knowledge_base::{FactInfo, FactType};

pub(super) fn header(names: &Names<'_>) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write(names, &mut text);
    text
}

fn write(names: &Names<'_>, out: &mut String) -> std::fmt::Result {
    let (small, large) = (names.prefix, names.prefix.to_uppercase());
    let packs: Vec<String> = names
        .packs
        .iter()
        .map(|(id, version)| format!("{id} {version}"))
        .collect();
    writeln!(
        out,
        "/* {}, for programs in C. Made by `liniment codegen --lang c`; do not edit.\n *\n\
         \x20* Fill a {small}_case: a member that is left zero is unknown. {small}_check() tells whether the packs\n\
         \x20* that were loaded are those that this header was made for. */\n\
         #ifndef {large}_H\n#define {large}_H\n\n#include <liniment.h>\n\n\
         #ifdef __cplusplus\nextern \"C\" {{\n#endif\n",
        packs.join(" and ")
    )?;
    writeln!(
        out,
        "/** The hash of the packs. */\n#define {large}_HASH UINT64_C(0x{:016x})\n",
        names.hash
    )?;
    facts(names, out, &large)?;
    advice(names, out, &large)?;
    writeln!(
        out,
        "/** Yes, no, or unknown where it is left zero. */\ntypedef struct {{ unsigned char code; }} {small}_yes_no;\n\
         static const {small}_yes_no {large}_NO = {{1}}, {large}_YES = {{2}};\n\n\
         /** A number; unknown where it is left zero. */\ntypedef struct {{ bool known; double value; }} {small}_number;\n\n\
         /** A whole number; unknown where it is left zero. */\ntypedef struct {{ bool known; int64_t value; }} {small}_integer;\n\n\
         /** A length of time in microseconds; unknown where it is left zero. */\n\
         typedef struct {{ unsigned char code; int64_t us; }} {small}_duration;\n"
    )?;
    for fact in &names.facts {
        options(fact, out, small, &large)?;
    }
    case(names, out, small)?;
    functions(names, out, small, &large)?;
    writeln!(out, "#ifdef __cplusplus\n}}\n#endif\n\n#endif /* {large}_H */")
}

fn facts(names: &Names<'_>, out: &mut String, large: &str) -> std::fmt::Result {
    writeln!(out, "/** The numbers of the facts. */\nenum {{")?;
    for (number, fact) in names.facts.iter().enumerate() {
        writeln!(out, "  {large}_FACT_{} = {number},", fact.id.to_uppercase())?;
    }
    writeln!(out, "  {large}_FACT_COUNT = {}\n}};\n", names.facts.len())
}

fn advice(names: &Names<'_>, out: &mut String, large: &str) -> std::fmt::Result {
    writeln!(
        out,
        "/** The numbers of the advice ids: places among the codes. */\nenum {{"
    )?;
    for (number, id) in names.advice.iter().enumerate() {
        writeln!(out, "  {large}_ADVICE_{} = {number},", id.to_uppercase())?;
    }
    writeln!(out, "  {large}_ADVICE_COUNT = {}\n}};\n", names.advice.len())
}

/// How many options fit into the bits of a value.
const BITS: usize = 64;

/// The type of a fact that has options, and its values.
fn options(fact: &FactInfo, out: &mut String, small: &str, large: &str) -> std::fmt::Result {
    let (name, upper) = (&fact.id, fact.id.to_uppercase());
    match fact.kind {
        FactType::Choice | FactType::Scale => {
            writeln!(
                out,
                "/** {} Unknown where it is left zero. */\ntypedef struct {{ unsigned short code; }} {small}_fact_{name};",
                comment(&fact.ask)
            )?;
            for (number, option) in fact.options.iter().enumerate() {
                let option = option.id.to_uppercase();
                writeln!(
                    out,
                    "static const {small}_fact_{name} {large}_{upper}_{option} = {{{}}};",
                    number + 1
                )?;
            }
            writeln!(out)
        }
        FactType::Several if fact.options.len() <= BITS => {
            writeln!(
                out,
                "/** {} Those that are there, and those that are not. */\n\
                 typedef struct {{ uint64_t includes, excludes; }} {small}_fact_{name};",
                comment(&fact.ask)
            )?;
            for (number, option) in fact.options.iter().enumerate() {
                let option = option.id.to_uppercase();
                writeln!(out, "#define {large}_{upper}_{option} (UINT64_C(1) << {number})")?;
            }
            writeln!(out)
        }
        _ => Ok(()),
    }
}

/// Whether a member stands for the fact; one of very many options must be stated by itself.
fn has_member(fact: &FactInfo) -> bool {
    fact.kind != FactType::Several || fact.options.len() <= BITS
}

fn case(names: &Names<'_>, out: &mut String, small: &str) -> std::fmt::Result {
    writeln!(
        out,
        "/** What is known of a case. All zeros: nothing. */\ntypedef struct {{"
    )?;
    for fact in names.facts.iter().filter(|fact| has_member(fact)) {
        let kind = match fact.kind {
            FactType::YesNo => "yes_no".to_owned(),
            FactType::Integer => "integer".to_owned(),
            FactType::Number => "number".to_owned(),
            FactType::Duration | FactType::Clock => "duration".to_owned(),
            _ => format!("fact_{}", fact.id),
        };
        writeln!(
            out,
            "  /** {} */\n  {small}_{kind} {};",
            comment(&fact.ask),
            member(&fact.id)
        )?;
    }
    writeln!(out, "}} {small}_case;\n")
}

fn functions(names: &Names<'_>, out: &mut String, small: &str, large: &str) -> std::fmt::Result {
    writeln!(
        out,
        "/** A number. */\nstatic inline {small}_number {small}_known(double value) {{\n  {small}_number number = {{true, value}};\n  return number;\n}}\n\n\
         /** A whole number. */\nstatic inline {small}_integer {small}_whole(int64_t value) {{\n  {small}_integer number = {{true, value}};\n  return number;\n}}\n\n\
         /** A length of time. */\nstatic inline {small}_duration {small}_us(int64_t microseconds) {{\n  {small}_duration time = {{1, microseconds}};\n  return time;\n}}\n\n\
         /** A clock that was never started. */\nstatic inline {small}_duration {small}_never(void) {{\n  {small}_duration time = {{2, 0}};\n  return time;\n}}\n\n\
         /** Answers LINIMENT_STATUS_PACK_CHANGED where other packs are loaded than this header was made for. */\n\
         static inline liniment_status {small}_check(const liniment_kb *kb, liniment_error **error) {{\n  return liniment_kb_expect(kb, {large}_HASH, error);\n}}\n"
    )?;
    writeln!(
        out,
        "/** The values of a case, for liniment_case_set_all(). */\n\
         static inline void {small}_values(const {small}_case *known, liniment_value values[{large}_FACT_COUNT]) {{"
    )?;
    for (number, fact) in names.facts.iter().enumerate() {
        let (id, place) = (
            member(&fact.id),
            format!("{large}_FACT_{}", fact.id.to_uppercase()),
        );
        let (condition, value) = match fact.kind {
            FactType::YesNo => (
                format!("known->{id}.code != 0"),
                format!("liniment_bool({place}, known->{id}.code == 2)"),
            ),
            FactType::Choice | FactType::Scale => (
                format!("known->{id}.code != 0"),
                format!("liniment_option({place}, known->{id}.code - 1u)"),
            ),
            FactType::Several if has_member(fact) => (
                format!("(known->{id}.includes | known->{id}.excludes) != 0"),
                format!("liniment_several({place}, known->{id}.includes, known->{id}.excludes)"),
            ),
            FactType::Several => ("false".to_owned(), format!("liniment_unknown({place})")),
            FactType::Integer => (
                format!("known->{id}.known"),
                format!("liniment_integer({place}, known->{id}.value)"),
            ),
            FactType::Number => (
                format!("known->{id}.known"),
                format!("liniment_number({place}, known->{id}.value)"),
            ),
            FactType::Duration | FactType::Clock => (
                format!("known->{id}.code != 0"),
                format!(
                    "known->{id}.code == 2 ? liniment_never({place}) : liniment_duration_us({place}, known->{id}.us)"
                ),
            ),
        };
        writeln!(
            out,
            "  if ({condition})\n    values[{number}] = {value};\n  else\n    values[{number}] = liniment_unknown({place});"
        )?;
    }
    writeln!(
        out,
        "}}\n\n/** States a case, and gives the verdict code of each advice id. Nothing is allocated. */\n\
         static inline liniment_status {small}_evaluate(liniment_case *state, const {small}_case *known,\n    \
         uint8_t codes[{large}_ADVICE_COUNT], liniment_error **error) {{\n  \
         liniment_value values[{large}_FACT_COUNT];\n  {small}_values(known, values);\n  \
         return liniment_evaluate(state, values, {large}_FACT_COUNT, codes, {large}_ADVICE_COUNT, error);\n}}\n"
    )
}

/// The words of C and C++ that an id may be.
const KEYWORDS: &[&str] = &[
    "alignas",
    "alignof",
    "and",
    "and_eq",
    "asm",
    "auto",
    "bitand",
    "bitor",
    "bool",
    "break",
    "case",
    "catch",
    "char",
    "class",
    "compl",
    "concept",
    "const",
    "constexpr",
    "continue",
    "decltype",
    "default",
    "delete",
    "do",
    "double",
    "else",
    "enum",
    "explicit",
    "export",
    "extern",
    "false",
    "float",
    "for",
    "friend",
    "goto",
    "if",
    "inline",
    "int",
    "long",
    "mutable",
    "namespace",
    "new",
    "noexcept",
    "not",
    "not_eq",
    "nullptr",
    "operator",
    "or",
    "or_eq",
    "private",
    "protected",
    "public",
    "register",
    "requires",
    "restrict",
    "return",
    "short",
    "signed",
    "sizeof",
    "static",
    "struct",
    "switch",
    "template",
    "this",
    "throw",
    "true",
    "try",
    "typedef",
    "typename",
    "union",
    "unsigned",
    "using",
    "virtual",
    "void",
    "volatile",
    "while",
    "xor",
    "xor_eq",
];

/// A member of the case.
fn member(id: &str) -> String {
    if KEYWORDS.contains(&id) {
        format!("{id}_")
    } else {
        id.to_owned()
    }
}

/// A text that does not end a comment.
fn comment(text: &str) -> String {
    text.replace("*/", "* /")
        .replace("/*", "/ *")
        .replace(['\n', '\r', '\\'], " ")
}
