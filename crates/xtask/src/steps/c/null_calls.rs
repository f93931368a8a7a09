//! A C program that calls every function of the header with NULL for each pointer in turn.

use std::fmt::Write;

/// A function of the header.
pub(super) struct Function {
    pub(super) name: String,
    returns: String,
    parameters: Vec<Parameter>,
}

struct Parameter {
    kind: String,
    name: String,
}

impl Parameter {
    fn is_pointer(&self) -> bool {
        self.kind.ends_with('*') || ["liniment_str", "liniment_log_callback"].contains(&self.kind.as_str())
    }

    /// NULL.
    fn null(&self) -> &'static str {
        if self.kind == "liniment_str" {
            "absent"
        } else {
            "NULL"
        }
    }

    /// Something that can be passed.
    fn valid(&self) -> String {
        match self.kind.as_str() {
            "liniment_str" => "LINIMENT_STR(\"ice\")".to_owned(),
            "liniment_log_callback" | "void *" => "NULL".to_owned(),
            kind if kind.ends_with("**") => format!("&out_{}", kind.trim_end_matches('*').trim()),
            kind if kind.ends_with('*') => {
                let kind = kind.trim_start_matches("const ").trim_end_matches('*').trim();
                format!("any_{}", kind.replace(' ', "_"))
            }
            _ if self.name.ends_with("count") => "1".to_owned(),
            _ => "0".to_owned(),
        }
    }

    /// May be NULL, says its comment.
    fn may_be_null(&self, function: &Function) -> bool {
        let with = |names: &[&str]| names.contains(&self.name.as_str());
        self.name == "error"
            || match function.name.as_str() {
                "liniment_batch_stream" => with(&["options", "batch"]),
                "liniment_case_set_range" | "liniment_case_set_range_by_name" => with(&["from", "to"]),
                "liniment_duration_words" => with(&["buffer"]),
                _ => false,
            }
    }
}

/// The functions of the header.
pub(super) fn functions(header: &str) -> Vec<Function> {
    let mut functions = Vec::new();
    let code: String = without_comments(header);
    for statement in code.split(';') {
        let statement = statement.split_whitespace().collect::<Vec<_>>().join(" ");
        // What stands before belongs to the preprocessor or to the end of a struct.
        let Some((before, parameters)) = statement.split_once('(') else {
            continue;
        };
        let Some(name) = before
            .rsplit([' ', '*'])
            .next()
            .filter(|name| name.starts_with("liniment_"))
        else {
            continue;
        };
        if statement.contains('{') || before.contains("typedef") || !statement.ends_with(')') {
            continue;
        }
        let returns = before.trim_end_matches(name).trim();
        let returns = returns.rsplit("extern \"C\" {").next().unwrap_or(returns);
        let returns = returns.rsplit("#endif").next().unwrap_or(returns).trim();
        let parameters = parameters
            .trim_end_matches(')')
            .split(',')
            .map(str::trim)
            .filter(|parameter| !parameter.is_empty() && *parameter != "void")
            .map(|parameter| {
                let at = parameter.rfind([' ', '*']).map_or(0, |at| at + 1);
                let (kind, name) = parameter.split_at(at);
                Parameter {
                    kind: kind.trim().to_owned(),
                    name: name.to_owned(),
                }
            })
            .collect();
        functions.push(Function {
            name: name.to_owned(),
            returns: returns.to_owned(),
            parameters,
        });
    }
    functions
}

fn without_comments(header: &str) -> String {
    let mut code = String::new();
    let mut rest = header;
    while let Some((before, after)) = rest.split_once("/*") {
        code.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    code.push_str(rest);
    code.lines()
        .filter(|line| !line.trim_start().starts_with('#'))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The program.
pub(super) fn program(functions: &[Function]) -> String {
    let mut calls = String::new();
    for function in functions {
        for (position, parameter) in function.parameters.iter().enumerate() {
            if !parameter.is_pointer() {
                continue;
            }
            let arguments: Vec<String> = function
                .parameters
                .iter()
                .enumerate()
                .map(|(other, parameter)| match other {
                    _ if other == position => parameter.null().to_owned(),
                    _ if parameter.kind == "liniment_error **" => "NULL".to_owned(),
                    _ => parameter.valid(),
                })
                .collect();
            let call = format!("{}({})", function.name, arguments.join(", "));
            let _ = if function.returns == "liniment_status" && !parameter.may_be_null(function) {
                writeln!(calls, "  CHECK({call} == LINIMENT_STATUS_NULL_POINTER);")
            } else {
                writeln!(calls, "  (void){call};")
            };
            // What a call may have made.
            calls.push_str("  clear();\n");
        }
    }
    format!("{PREAMBLE}\nint main(void) {{\n  prepare();\n{calls}  finish();\n  return checked();\n}}\n")
}

const PREAMBLE: &str = r#"#include "check.h"

struct ArrowArrayStream { void *entries[5]; };
static const liniment_str absent = {NULL, 3};
static liniment_kb *any_liniment_kb, *out_liniment_kb;
static liniment_case *any_liniment_case, *out_liniment_case;
static liniment_advice *any_liniment_advice, *out_liniment_advice;
static liniment_builder *any_liniment_builder;
static liniment_interview *any_liniment_interview, *out_liniment_interview;
static liniment_batch *any_liniment_batch, *out_liniment_batch;
static liniment_error *any_liniment_error;
static struct ArrowArrayStream streams[2], *any_struct_ArrowArrayStream = streams;
static liniment_text text_, *any_liniment_text = &text_;
static liniment_value value_, *any_liniment_value = &value_;
static liniment_str str_ = {"calf-cramps", 11}, *any_liniment_str = &str_;
static liniment_file file_ = {{"pack.ron", 8}, {"", 0}}, *any_liniment_file = &file_;
static liniment_batch_options options_ = {.size = sizeof options_}, *any_liniment_batch_options = &options_;
static bool any_bool_, *any_bool = &any_bool_;
static uint32_t any_uint32_t_, *any_uint32_t = &any_uint32_t_;
static int64_t any_int64_t_, *any_int64_t = &any_int64_t_;
static uint8_t any_uint8_t[1024];
static char any_char[16];
#define SIZED(type) static liniment_##type type##_ = {.size = sizeof type##_}, *any_liniment_##type = &type##_;
SIZED(fact_info) SIZED(option_info) SIZED(pack_info) SIZED(phase_info) SIZED(source_info) SIZED(diagnostic)
SIZED(item) SIZED(cause) SIZED(question) SIZED(conflict) SIZED(suppressed)

static void clear(void) {
  liniment_kb_free(out_liniment_kb);
  liniment_case_free(out_liniment_case);
  liniment_advice_free(out_liniment_advice);
  liniment_interview_free(out_liniment_interview);
  liniment_batch_free(out_liniment_batch);
  out_liniment_kb = NULL;
  out_liniment_case = NULL;
  out_liniment_advice = NULL;
  out_liniment_interview = NULL;
  out_liniment_batch = NULL;
  liniment_text_free(&text_);
}

static void prepare(void) {
  uint32_t number;
  any_liniment_builder = liniment_builder_new();
  OK(liniment_kb_builtin(NULL, 0, &any_liniment_kb, &error));
  OK(liniment_case_new(any_liniment_kb, &any_liniment_case, &error));
  OK(liniment_advise(any_liniment_case, &any_liniment_advice, &error));
  OK(liniment_interview_new(any_liniment_case, &any_liniment_interview, &error));
  CHECK(liniment_kb_fact(any_liniment_kb, LINIMENT_STR("nothing"), &number, &any_liniment_error) == LINIMENT_STATUS_UNKNOWN_NAME);
  (void)any_bool; (void)any_char; (void)any_uint8_t; (void)any_int64_t; (void)any_uint32_t;
  (void)any_liniment_batch_options; (void)any_struct_ArrowArrayStream; (void)any_liniment_file;
}

static void finish(void) {
  clear();
  liniment_kb_free(any_liniment_kb);
  liniment_case_free(any_liniment_case);
  liniment_advice_free(any_liniment_advice);
  liniment_builder_free(any_liniment_builder);
  liniment_interview_free(any_liniment_interview);
  liniment_batch_free(any_liniment_batch);
  liniment_error_free(any_liniment_error);
}
"#;

#[cfg(test)]
mod tests {
    use super::{functions, program};

    #[test]
    fn prototypes_are_read() {
        let header = "/** f(x); */\nint32_t liniment_a(const liniment_kb *kb,\n  liniment_str name, size_t count);\n\
                      static inline int liniment_b(int x) { return x; }\nvoid liniment_c(void);";
        let found = functions(header);
        let names: Vec<&str> = found.iter().map(|function| function.name.as_str()).collect();
        assert_eq!(names, ["liniment_a", "liniment_c"]);
        let text = program(&found);
        assert!(text.contains("liniment_a(NULL, LINIMENT_STR(\"ice\"), 1)"));
        assert!(text.contains("liniment_a(any_liniment_kb, absent, 1)"));
    }
}
