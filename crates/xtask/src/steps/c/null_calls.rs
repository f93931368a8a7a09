//! A C program that calls every function of the header with NULL for each pointer in turn.

use std::fmt::Write;

use crate::c_header::{Function, Parameter};

fn is_pointer(parameter: &Parameter) -> bool {
    parameter.kind.ends_with('*') || parameter.kind.ends_with("_callback") || parameter.kind == "liniment_str"
}

/// NULL.
fn null(parameter: &Parameter) -> &'static str {
    if parameter.kind == "liniment_str" {
        "absent"
    } else {
        "NULL"
    }
}

/// Something that can be passed.
fn valid(parameter: &Parameter) -> String {
    match parameter.kind.as_str() {
        "liniment_str" => "LINIMENT_STR(\"ice\")".to_owned(),
        kind if kind == "void *" || kind.ends_with("_callback") => "NULL".to_owned(),
        kind if kind.ends_with("**") => format!("&out_{}", kind.trim_end_matches('*').trim()),
        kind if kind.ends_with('*') => {
            let kind = kind.trim_start_matches("const ").trim_end_matches('*').trim();
            format!("any_{}", kind.replace(' ', "_"))
        }
        _ if parameter.name.ends_with("count") => "1".to_owned(),
        _ => "0".to_owned(),
    }
}

/// May be NULL, says its comment.
fn may_be_null(parameter: &Parameter, function: &Function) -> bool {
    let with = |names: &[&str]| names.contains(&parameter.name.as_str());
    parameter.name == "error"
        || match function.name.as_str() {
            "liniment_batch_stream" => with(&["options", "batch"]),
            "liniment_builder_set_progress" => with(&["callback", "user"]),
            "liniment_case_set_range" | "liniment_case_set_range_by_name" => with(&["from", "to"]),
            "liniment_duration_words" => with(&["buffer"]),
            "liniment_kb_codegen" => with(&["prefix"]),
            _ => false,
        }
}

/// The program.
pub(super) fn program(functions: &[Function]) -> String {
    let mut calls = String::new();
    for function in functions {
        for (position, parameter) in function.parameters.iter().enumerate() {
            if !is_pointer(parameter) {
                continue;
            }
            let arguments: Vec<String> = function
                .parameters
                .iter()
                .enumerate()
                .map(|(other, parameter)| match other {
                    _ if other == position => null(parameter).to_owned(),
                    _ if parameter.kind == "liniment_error **" => "NULL".to_owned(),
                    _ => valid(parameter),
                })
                .collect();
            let call = format!("{}({})", function.name, arguments.join(", "));
            let _ = if function.returns == "liniment_status" && !may_be_null(parameter, function) {
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
static liniment_bytes bytes_, *any_liniment_bytes = &bytes_;
static liniment_value value_, *any_liniment_value = &value_;
static liniment_str str_ = {"calf-cramps", 11}, *any_liniment_str = &str_;
static liniment_file file_ = {{"pack.ron", 8}, {"", 0}}, *any_liniment_file = &file_;
static liniment_batch_options options_ = {.size = sizeof options_}, *any_liniment_batch_options = &options_;
static bool any_bool_, *any_bool = &any_bool_;
static uint32_t any_uint32_t_, *any_uint32_t = &any_uint32_t_;
static int64_t any_int64_t_, *any_int64_t = &any_int64_t_;
static uint8_t any_uint8_t[1024];
static uint64_t any_uint64_t[1024];
static char any_char[16];
#define SIZED(type) static liniment_##type type##_ = {.size = sizeof type##_}, *any_liniment_##type = &type##_;
SIZED(fact_info) SIZED(option_info) SIZED(pack_info) SIZED(phase_info) SIZED(source_info) SIZED(diagnostic)
SIZED(batch_counts) SIZED(item) SIZED(cause) SIZED(question) SIZED(conflict) SIZED(suppressed)

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
  liniment_bytes_free(&bytes_);
}

static void prepare(void) {
  uint32_t number;
  any_liniment_builder = liniment_builder_new();
  OK(liniment_kb_builtin(NULL, 0, &any_liniment_kb, &error));
  OK(liniment_case_new(any_liniment_kb, &any_liniment_case, &error));
  OK(liniment_advise(any_liniment_case, &any_liniment_advice, &error));
  OK(liniment_interview_new(any_liniment_case, &any_liniment_interview, &error));
  CHECK(liniment_kb_fact(any_liniment_kb, LINIMENT_STR("nothing"), &number, &any_liniment_error) == LINIMENT_STATUS_UNKNOWN_NAME);
  (void)any_bool; (void)any_char; (void)any_uint8_t; (void)any_uint64_t; (void)any_int64_t; (void)any_uint32_t;
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
    use super::program;
    use crate::c_header::functions;

    #[test]
    fn every_pointer_is_null_once() {
        let header = "/** f(x); */\nint32_t liniment_a(const liniment_kb *kb,\n  liniment_str name, size_t count);\n\
                      static inline int liniment_b(int x) { return x; }\nvoid liniment_c(void);";
        let found = functions(header);
        let text = program(&found);
        assert!(text.contains("liniment_a(NULL, LINIMENT_STR(\"ice\"), 1)"));
        assert!(text.contains("liniment_a(any_liniment_kb, absent, 1)"));
    }
}
