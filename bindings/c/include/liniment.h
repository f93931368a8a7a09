/* liniment: advice from rule packs. Made by `cargo xtask generate`; do not edit.
 *
 * Errors: functions that can fail answer a liniment_status and most take a liniment_error **.
 * Out-parameters: handles and texts are set to NULL or emptied first, so that they hold nothing
 *       where a call fails. Numbers and structs mean something only where it succeeds.
 * Texts: UTF-8 with a length. LINIMENT_STR("literal") and liniment_str_of(string) make one.
 * NULL: a list may be NULL where its count is 0. Where neither that nor a comment allows it, a
 *       NULL pointer answers LINIMENT_STATUS_NULL_POINTER. Functions that answer a plain value
 *       answer 0, false or an absent text for a NULL handle, or what the comment says.
 * Threads: knowledge bases, advice, errors and batches may be shared; cases, builders and
 *       interviews belong to one thread at a time. What takes no handle may be called on any.
 * Memory: what a comment calls yours is to be freed with the function it names. Running out of
 *       memory ends the program, as it does in Rust.
 *
 * SPDX-License-Identifier: MIT OR Apache-2.0 */

#ifndef LINIMENT_H
#define LINIMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/** The version of this header; `liniment_version()` is that of the library. */
#define LINIMENT_VERSION "0.1.0"
#define LINIMENT_VERSION_MAJOR 0
#define LINIMENT_VERSION_MINOR 1
#define LINIMENT_VERSION_PATCH 0

/** A stream of the Arrow C Data Interface; its definition comes with Arrow. */
struct ArrowArrayStream;

/**
 * The version of the interface that this header describes; see `liniment_abi_version`.
 */
#define LINIMENT_ABI_VERSION 1

/**
 * What a function answers. The numbers never change; later versions may add some.
 */
enum liniment_status
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /**
   * All went well.
   */
  LINIMENT_STATUS_OK = 0,
  /**
   * A pointer that must not be NULL is NULL.
   */
  LINIMENT_STATUS_NULL_POINTER = 1,
  /**
   * A text is not UTF-8, has a zero byte in it, or is too long to be a name.
   */
  LINIMENT_STATUS_INVALID_TEXT = 2,
  /**
   * An enumerator, number, length or `size` that means nothing here.
   */
  LINIMENT_STATUS_INVALID_ARGUMENT = 3,
  /**
   * An earlier call on this handle failed inside the library. Only freeing it is possible now.
   */
  LINIMENT_STATUS_POISONED = 4,
  /**
   * The library failed inside. The handle is poisoned; others are not concerned.
   */
  LINIMENT_STATUS_PANIC = 5,
  /**
   * The library was built without this part.
   */
  LINIMENT_STATUS_UNSUPPORTED = 6,
  /**
   * A callback of the program did not want to go on.
   */
  LINIMENT_STATUS_STOPPED = 7,
  /**
   * A case, or a value for it, cannot be read. The error says where and what is allowed.
   */
  LINIMENT_STATUS_INVALID_CASE = 10,
  /**
   * No fact, option, advice, pack, language or limit has this name. The error has the nearest.
   */
  LINIMENT_STATUS_UNKNOWN_NAME = 11,
  /**
   * Something of another knowledge base.
   */
  LINIMENT_STATUS_FOREIGN = 12,
  /**
   * The packs have errors. The error has every diagnostic.
   */
  LINIMENT_STATUS_INVALID_PACK = 20,
  /**
   * The packs are not those that the program was made for.
   */
  LINIMENT_STATUS_PACK_CHANGED = 21,
  /**
   * A folder or file cannot be read.
   */
  LINIMENT_STATUS_UNREADABLE = 22,
  /**
   * The columns or rows of a batch cannot be used.
   */
  LINIMENT_STATUS_INVALID_BATCH = 30,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum liniment_status liniment_status;
#else
typedef int32_t liniment_status;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * What is said of an advice id. The numbers never change; 0 stands for no verdict where verdicts are codes.
 */
enum liniment_verdict
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint8_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /**
   * Nothing is said of it.
   */
  LINIMENT_VERDICT_NONE = 0,
  /**
   * Call for help now.
   */
  LINIMENT_VERDICT_EMERGENCY = 1,
  /**
   * Get help the same day.
   */
  LINIMENT_VERDICT_URGENT = 2,
  /**
   * Ask someone qualified, or read this.
   */
  LINIMENT_VERDICT_REFER = 3,
  /**
   * The pack does not cover this.
   */
  LINIMENT_VERDICT_OUT_OF_SCOPE = 4,
  /**
   * It does harm.
   */
  LINIMENT_VERDICT_AVOID = 5,
  /**
   * Not yet.
   */
  LINIMENT_VERDICT_DEFER = 6,
  /**
   * Do it.
   */
  LINIMENT_VERDICT_RECOMMEND = 7,
  /**
   * It can help; the choice is free.
   */
  LINIMENT_VERDICT_OPTIONAL = 8,
  /**
   * It works less well than something else.
   */
  LINIMENT_VERDICT_INFERIOR = 9,
  /**
   * It does not work.
   */
  LINIMENT_VERDICT_INEFFECTIVE = 10,
  /**
   * Good to know.
   */
  LINIMENT_VERDICT_INFORM = 11,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum liniment_verdict liniment_verdict;
#else
typedef uint8_t liniment_verdict;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * A stage of loading, in the order in which they come.
 */
enum liniment_loading_stage
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /**
   * The text is read; counted in bytes.
   */
  LINIMENT_LOADING_STAGE_PARSE = 1,
  /**
   * Names and types are looked up; counted in statements.
   */
  LINIMENT_LOADING_STAGE_CHECK = 2,
  /**
   * Cases are searched for that no rule should have; counted in rules and advice ids.
   */
  LINIMENT_LOADING_STAGE_SEARCH = 3,
  /**
   * Conditions are compiled; counted in rules.
   */
  LINIMENT_LOADING_STAGE_COMPILE = 4,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum liniment_loading_stage liniment_loading_stage;
#else
typedef int32_t liniment_loading_stage;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * How bad a diagnostic is.
 */
enum liniment_severity
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /**
   * The pack cannot be used.
   */
  LINIMENT_SEVERITY_ERROR = 1,
  /**
   * The pack can be used, but probably does not do what its author meant.
   */
  LINIMENT_SEVERITY_WARNING = 2,
  /**
   * Good to know.
   */
  LINIMENT_SEVERITY_NOTE = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum liniment_severity liniment_severity;
#else
typedef int32_t liniment_severity;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * What values a fact takes.
 */
enum liniment_fact_kind
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /**
   * Yes or no.
   */
  LINIMENT_FACT_KIND_YES_NO = 1,
  /**
   * One of its options.
   */
  LINIMENT_FACT_KIND_CHOICE = 2,
  /**
   * One of its options, which have an order.
   */
  LINIMENT_FACT_KIND_SCALE = 3,
  /**
   * Any number of its options.
   */
  LINIMENT_FACT_KIND_SEVERAL = 4,
  /**
   * A whole number.
   */
  LINIMENT_FACT_KIND_INTEGER = 5,
  /**
   * A decimal number.
   */
  LINIMENT_FACT_KIND_NUMBER = 6,
  /**
   * A length of time.
   */
  LINIMENT_FACT_KIND_DURATION = 7,
  /**
   * A length of time that grows by itself, or `never`.
   */
  LINIMENT_FACT_KIND_CLOCK = 8,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum liniment_fact_kind liniment_fact_kind;
#else
typedef int32_t liniment_fact_kind;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * How grave a message of the log is.
 */
enum liniment_log_level
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /**
   * The library failed inside; a function answers LINIMENT_STATUS_PANIC.
   */
  LINIMENT_LOG_LEVEL_ERROR = 1,
  /**
   * A pack was loaded that probably does not do what its author meant.
   */
  LINIMENT_LOG_LEVEL_WARNING = 2,
  /**
   * Good to know of a pack.
   */
  LINIMENT_LOG_LEVEL_NOTE = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum liniment_log_level liniment_log_level;
#else
typedef int32_t liniment_log_level;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * What a batch gives for each row.
 */
enum liniment_batch_output
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /**
   * A column for each advice id: its verdict by name, null for none.
   */
  LINIMENT_BATCH_OUTPUT_VERDICTS = 0,
  /**
   * A column `json`, the same bytes as from `liniment_advice_json`.
   */
  LINIMENT_BATCH_OUTPUT_JSON = 1,
  /**
   * A column for each rule: whether it is live, null where that is unknown.
   */
  LINIMENT_BATCH_OUTPUT_MASKS = 2,
  /**
   * A column `recommended`: the list of the advice ids that are recommended, in order.
   */
  LINIMENT_BATCH_OUTPUT_RECOMMENDED = 3,
  /**
   * A column `advice`: the list of the verdicts with their texts, in order.
   */
  LINIMENT_BATCH_OUTPUT_ADVICE = 4,
  /**
   * Columns `next_question` and `ask`: the fact to ask for first, and its question.
   */
  LINIMENT_BATCH_OUTPUT_NEXT_QUESTION = 5,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum liniment_batch_output liniment_batch_output;
#else
typedef int32_t liniment_batch_output;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * In which format a case is written.
 */
enum liniment_format
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /**
   * A JSON object.
   */
  LINIMENT_FORMAT_JSON = 1,
  /**
   * A RON map or struct.
   */
  LINIMENT_FORMAT_RON = 2,
  /**
   * A TOML table.
   */
  LINIMENT_FORMAT_TOML = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum liniment_format liniment_format;
#else
typedef int32_t liniment_format;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * What a `liniment_value` holds.
 */
enum liniment_kind
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /**
   * Nothing is known.
   */
  LINIMENT_KIND_UNKNOWN = 0,
  /**
   * Nothing is known, and it is not to be asked again.
   */
  LINIMENT_KIND_DECLINED = 1,
  /**
   * Yes (`as.whole` is not 0) or no.
   */
  LINIMENT_KIND_BOOL = 2,
  /**
   * The option of this number, in `as.whole`.
   */
  LINIMENT_KIND_OPTION = 3,
  /**
   * The whole number `as.whole`.
   */
  LINIMENT_KIND_INTEGER = 4,
  /**
   * The number `as.number`, in the fact's unit.
   */
  LINIMENT_KIND_NUMBER = 5,
  /**
   * The length of time `as.whole`, in microseconds.
   */
  LINIMENT_KIND_DURATION_US = 6,
  /**
   * A clock that was never started.
   */
  LINIMENT_KIND_NEVER = 7,
  /**
   * Of a fact that takes several options: those it has, as bits in `as.bits`, and those it has not, in
   * `excludes`; bit 0 is option 0. For facts of up to 64 options.
   */
  LINIMENT_KIND_SEVERAL = 8,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum liniment_kind liniment_kind;
#else
typedef uint32_t liniment_kind;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * What becomes of values that their fact does not take.
 */
enum liniment_on_bad
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /**
   * The stream ends with an error that names row and column.
   */
  LINIMENT_ON_BAD_ERROR = 0,
  /**
   * The value counts as unknown, and a column `_bad` is true for the row.
   */
  LINIMENT_ON_BAD_UNKNOWN = 1,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum liniment_on_bad liniment_on_bad;
#else
typedef int32_t liniment_on_bad;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * What becomes of columns that are no fact's.
 */
enum liniment_other_columns
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /**
   * An error that names the nearest fact.
   */
  LINIMENT_OTHER_COLUMNS_REFUSE = 0,
  /**
   * They are passed on.
   */
  LINIMENT_OTHER_COLUMNS_KEEP = 1,
  /**
   * They are left out.
   */
  LINIMENT_OTHER_COLUMNS_DROP = 2,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum liniment_other_columns liniment_other_columns;
#else
typedef int32_t liniment_other_columns;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * In which form an answer is written. Each function says which of them it gives.
 */
enum liniment_output
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /**
   * Canonical JSON, the same bytes as from the command line.
   */
  LINIMENT_OUTPUT_JSON = 1,
  /**
   * Indented text for a person.
   */
  LINIMENT_OUTPUT_TEXT = 2,
  /**
   * A picture.
   */
  LINIMENT_OUTPUT_SVG = 3,
  /**
   * A page: one file that loads nothing, without scripts.
   */
  LINIMENT_OUTPUT_HTML = 4,
  /**
   * The same page as a piece for a page that is there already.
   */
  LINIMENT_OUTPUT_HTML_FRAGMENT = 5,
  /**
   * The same page as Markdown.
   */
  LINIMENT_OUTPUT_MARKDOWN = 6,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum liniment_output liniment_output;
#else
typedef int32_t liniment_output;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * The advice for a case: verdicts in the order in which a reader should meet them, causes, questions,
 * conflicts, and what is silenced.
 *
 * It never changes; several threads may read it. It needs neither its case nor its knowledge base any more.
 * Texts and lists that are handed out of it live as long as it does.
 */
typedef struct liniment_advice liniment_advice;

/**
 * A batch under way: how far it is, and how to stop it. Any number of threads may use it.
 */
typedef struct liniment_batch liniment_batch;

/**
 * Collects packs, limits and a language for a knowledge base. One thread at a time. In a library that does not read
 * packs, its functions answer LINIMENT_STATUS_UNSUPPORTED.
 */
typedef struct liniment_builder liniment_builder;

/**
 * What is known of one person or thing at one moment. Every fact starts unknown.
 *
 * It has one owner: only one thread at a time may use it, also where it is `const`. It keeps its knowledge
 * base alive, so that both can be freed in any order.
 */
typedef struct liniment_case liniment_case;

/**
 * What went wrong. A function with a `liniment_error **` sets it to NULL on success, and on failure to a new
 * error, which is yours to free with `liniment_error_free`. What stood there before is not freed. Pass NULL
 * when you do not want to know more than the status.
 *
 * Never changes; several threads may read it. Its texts live as long as it does. The functions that read
 * it accept NULL and answer an empty text or 0.
 */
typedef struct liniment_error liniment_error;

/**
 * An interview about a case. It has one owner: one thread at a time. It keeps what it needs alive.
 */
typedef struct liniment_interview liniment_interview;

/**
 * Packs that were checked together and compiled.
 *
 * It never changes. Any number of threads may use it at once, without locks. What was made from it (cases,
 * advice) keeps what it needs alive: free them in any order. Texts that are handed out of it live as long
 * as this handle.
 */
typedef struct liniment_kb liniment_kb;

/**
 * A text that is yours, to be freed with `liniment_text_free`. It has a zero byte at `data[len]`.
 */
typedef struct {
  /**
   * The first byte; NULL when there is none.
   */
  char *data;
  /**
   * The number of bytes, without the zero byte.
   */
  size_t len;
} liniment_text;

/**
 * A text that belongs to somebody else: UTF-8, `len` bytes at `data`.
 *
 * Texts that the library hands out also have a zero byte at `data[len]`, so that `printf("%s")` can take
 * them. They live as long as the thing they came from. Where a text is absent, `data` is NULL.
 *
 * Texts that you hand over need no zero byte. The library copies what it keeps.
 */
typedef struct {
  /**
   * The first byte; NULL where the text is absent.
   */
  const char *data;
  /**
   * The number of bytes, without the zero byte.
   */
  size_t len;
} liniment_str;

/**
 * A list of texts that belongs to somebody else.
 */
typedef struct {
  /**
   * The first of them; NULL when there are none.
   */
  const liniment_str *items;
  /**
   * How many.
   */
  size_t count;
} liniment_strs;

/**
 * A length of time, exact (`from_us` equals `to_us`, no words) or vague.
 */
typedef struct {
  /**
   * The words of a vague quantity; absent where it is exact.
   */
  liniment_str words;
  /**
   * The least it can mean, in microseconds.
   */
  int64_t from_us;
  /**
   * The most it can mean, in microseconds.
   */
  int64_t to_us;
} liniment_amount;

/**
 * A place in a source.
 */
typedef struct {
  /**
   * The source.
   */
  liniment_str source;
  /**
   * Where in it.
   */
  liniment_str at;
  /**
   * The numbered claims that are meant.
   */
  liniment_strs claims;
} liniment_cite;

/**
 * What is said of one advice id.
 */
typedef struct {
  /**
   * The size of this struct, set by you.
   */
  size_t size;
  /**
   * The advice id.
   */
  liniment_str id;
  /**
   * Its phase; absent where it has none.
   */
  liniment_str phase;
  /**
   * Said to the reader.
   */
  liniment_str text;
  /**
   * The verdict.
   */
  liniment_verdict verdict;
  /**
   * Whether a clock stands between the ends of a vague limit.
   */
  bool nearly;
  /**
   * For `defer`: the time until it is surely open, in microseconds; -1 where that cannot be known.
   */
  int64_t opens_in_us;
  /**
   * For `defer`: the clock that opens it; absent where there is none.
   */
  liniment_str opens_at_fact;
  /**
   * For `defer`: the limit that the clock must reach, in microseconds.
   */
  int64_t opens_at_us;
  /**
   * The reasons that hold.
   */
  liniment_strs because;
  /**
   * For `defer`: the unknown facts that it waits for.
   */
  liniment_strs needs;
  /**
   * The rules that could still change this.
   */
  liniment_strs subject_to;
  /**
   * What to do instead.
   */
  liniment_strs instead;
  /**
   * How to do it, step by step.
   */
  liniment_strs steps;
  /**
   * The rules that say so.
   */
  liniment_strs rules;
  /**
   * How long each time; NULL where nothing is said.
   */
  const liniment_amount *dose_lasting;
  /**
   * How often; NULL where nothing is said.
   */
  const liniment_amount *dose_every;
  /**
   * For how long in all; NULL where nothing is said.
   */
  const liniment_amount *dose_for;
  /**
   * Where it comes from; NULL where there is nothing.
   */
  const liniment_cite *cites;
  /**
   * How many citations.
   */
  size_t cite_count;
} liniment_item;

/**
 * Why it happens.
 */
typedef struct {
  /**
   * The size of this struct, set by you.
   */
  size_t size;
  /**
   * The cause.
   */
  liniment_str id;
  /**
   * `primary` or `contributing`.
   */
  liniment_str standing;
  /**
   * `possible`, `usual` or `certain`; absent where nothing is said.
   */
  liniment_str certainty;
  /**
   * Said to the reader.
   */
  liniment_str text;
  /**
   * The advice ids that act on it.
   */
  liniment_strs acted_on_by;
  /**
   * Where it comes from; NULL where there is nothing.
   */
  const liniment_cite *cites;
  /**
   * How many citations.
   */
  size_t cite_count;
} liniment_cause;

/**
 * A question worth asking.
 */
typedef struct {
  /**
   * The size of this struct, set by you.
   */
  size_t size;
  /**
   * The fact it asks for.
   */
  liniment_str fact;
  /**
   * The question.
   */
  liniment_str ask;
  /**
   * The advice ids that hang on it.
   */
  liniment_strs because;
} liniment_question;

/**
 * What one source reports of a fact.
 */
typedef struct {
  /**
   * The value, as JSON.
   */
  liniment_str value;
  /**
   * Who says so.
   */
  liniment_str source;
} liniment_report;

/**
 * One of the verdicts that met on one advice id.
 */
typedef struct {
  /**
   * The verdict.
   */
  liniment_verdict verdict;
  /**
   * The rules that give it.
   */
  liniment_strs rules;
} liniment_conflicting_verdict;

/**
 * Something on which two voices differ: either `fact` and `reports`, or `advice` and `verdicts`.
 */
typedef struct {
  /**
   * The size of this struct, set by you.
   */
  size_t size;
  /**
   * The fact of which reports differ; absent where it is about advice.
   */
  liniment_str fact;
  /**
   * The reports; NULL where it is about advice.
   */
  const liniment_report *reports;
  /**
   * How many reports.
   */
  size_t report_count;
  /**
   * The advice id on which verdicts met; absent where it is about a fact.
   */
  liniment_str advice;
  /**
   * The verdicts, the one that stands first; NULL where it is about a fact.
   */
  const liniment_conflicting_verdict *verdicts;
  /**
   * How many verdicts.
   */
  size_t verdict_count;
} liniment_conflict;

/**
 * Advice that another rule silences.
 */
typedef struct {
  /**
   * The size of this struct, set by you.
   */
  size_t size;
  /**
   * The advice id.
   */
  liniment_str id;
  /**
   * What would be said of it.
   */
  liniment_verdict verdict;
  /**
   * The rule that silences it.
   */
  liniment_str by;
} liniment_suppressed;

/**
 * A fact and the column that it is read from.
 */
typedef struct {
  /**
   * The fact.
   */
  liniment_str fact;
  /**
   * The column.
   */
  liniment_str column;
} liniment_column;

/**
 * How a batch reads its columns and what it gives. All zeros but `size` is the usual.
 */
typedef struct {
  /**
   * The size of this struct.
   */
  size_t size;
  /**
   * A `liniment_batch_output`.
   */
  int32_t output;
  /**
   * A `liniment_on_bad`.
   */
  int32_t on_bad;
  /**
   * A `liniment_other_columns`.
   */
  int32_t others;
  /**
   * How many threads work, up to 1,024; 0 is one, -1 as many as the machine has.
   */
  int32_t threads;
  /**
   * How many rows are worked on at once; 0 is 65,536.
   */
  size_t chunk_rows;
  /**
   * Whether `now_us` is given.
   */
  bool has_now;
  /**
   * The present moment, in microseconds since 1970 UTC, for clocks that are read from moments.
   */
  int64_t now_us;
  /**
   * Facts that are read from columns of another name; may be NULL when there are none.
   */
  const liniment_column *columns;
  /**
   * How many.
   */
  size_t column_count;
  /**
   * Columns that are passed on; may be NULL when there are none.
   */
  const liniment_str *keep;
  /**
   * How many.
   */
  size_t keep_count;
} liniment_batch_options;

/**
 * What a batch has done so far.
 */
typedef struct {
  /**
   * The size of this struct, set by you.
   */
  size_t size;
  /**
   * The rows done.
   */
  uint64_t rows;
  /**
   * The rows with a value that its fact does not take.
   */
  uint64_t bad_rows;
  /**
   * How often each `liniment_verdict` was given; all 0 for LINIMENT_BATCH_OUTPUT_MASKS, where no verdict is
   * decided.
   */
  uint64_t verdicts[12];
} liniment_batch_counts;

/**
 * A file of a pack in memory: a name such as `pack.ron` or `cases/relief.ron`, and its text.
 */
typedef struct {
  /**
   * Its name.
   */
  liniment_str name;
  /**
   * Its text.
   */
  liniment_str text;
} liniment_file;

/**
 * Hears how far loading has come: `done` of `total` of a stage, at its start, at its end, and about a
 * hundred times in between. `user` is as it was given to `liniment_builder_set_progress`. False ends the
 * loading soon after, with LINIMENT_STATUS_STOPPED.
 *
 * It is called on the thread that builds. It may call any function of the library, but none with the
 * builder that is building. It must return, not jump or throw.
 */
typedef bool (*liniment_progress_callback)(void *user,
                                           liniment_loading_stage stage,
                                           uint64_t done,
                                           uint64_t total);

/**
 * What a value holds, by its kind.
 */
typedef union {
  /**
   * Of bool, option, integer and duration.
   */
  int64_t whole;
  /**
   * Of a number.
   */
  double number;
  /**
   * Of several.
   */
  uint64_t bits;
} liniment_content;

/**
 * A fact and its value, by numbers. The functions `liniment_bool()` to `liniment_several()` at the end of
 * this header make one.
 */
typedef struct {
  /**
   * The number of the fact.
   */
  uint32_t fact;
  /**
   * A `liniment_kind`.
   */
  uint32_t kind;
  /**
   * What it holds.
   */
  liniment_content as;
  /**
   * The options that are not there, for LINIMENT_KIND_SEVERAL; otherwise 0.
   */
  uint64_t excludes;
} liniment_value;

/**
 * A place in a file of a pack that a diagnostic speaks of. Lines and columns count from 1, columns in
 * characters; the end is the place behind the last character.
 */
typedef struct {
  /**
   * The file, `calf-cramps/relief.ron`.
   */
  liniment_str file;
  /**
   * The first line.
   */
  uint32_t start_line;
  /**
   * The first column.
   */
  uint32_t start_column;
  /**
   * The last line.
   */
  uint32_t end_line;
  /**
   * The column behind the last character.
   */
  uint32_t end_column;
  /**
   * What is said of the place; may be empty.
   */
  liniment_str text;
  /**
   * Whether it is the main place.
   */
  bool primary;
} liniment_label;

/**
 * What is wrong with a pack, where, and how to mend it.
 */
typedef struct {
  /**
   * The size of this struct, set by you.
   */
  size_t size;
  /**
   * Its code, `L0102`.
   */
  liniment_str code;
  /**
   * How bad it is.
   */
  liniment_severity severity;
  /**
   * What the code says in general.
   */
  liniment_str title;
  /**
   * What is the matter here.
   */
  liniment_str message;
  /**
   * How to mend it; absent where nothing is proposed.
   */
  liniment_str help;
  /**
   * The name that was probably meant; absent where there is none.
   */
  liniment_str nearest;
  /**
   * A case that shows it, ready for the pack's cases; absent where there is none.
   */
  liniment_str witness;
  /**
   * The places, the main one first; NULL when there are none.
   */
  const liniment_label *labels;
  /**
   * How many places.
   */
  size_t label_count;
} liniment_diagnostic;

/**
 * Bytes that are yours, to be freed with `liniment_bytes_free`.
 */
typedef struct {
  /**
   * The first byte; NULL when there are none.
   */
  uint8_t *data;
  /**
   * How many.
   */
  size_t len;
} liniment_bytes;

/**
 * A fact that a case can state.
 */
typedef struct {
  /**
   * The size of this struct, set by you.
   */
  size_t size;
  /**
   * Its number.
   */
  uint32_t fact;
  /**
   * What values it takes.
   */
  liniment_fact_kind kind;
  /**
   * Its name.
   */
  liniment_str id;
  /**
   * The question that asks for it.
   */
  liniment_str ask;
  /**
   * The unit of a number; absent where it has none.
   */
  liniment_str unit;
  /**
   * Whether there is a smallest value.
   */
  bool has_from;
  /**
   * Whether there is a largest value.
   */
  bool has_to;
  /**
   * Whether nobody can change it.
   */
  bool fixed;
  /**
   * The smallest value; durations in microseconds.
   */
  double from;
  /**
   * The largest value; durations in microseconds.
   */
  double to;
  /**
   * How many options it has; see `liniment_kb_option_info`.
   */
  uint32_t option_count;
  /**
   * The packs that declare it.
   */
  liniment_strs packs;
} liniment_fact_info;

/**
 * An option of a fact.
 */
typedef struct {
  /**
   * The size of this struct, set by you.
   */
  size_t size;
  /**
   * Its name.
   */
  liniment_str id;
  /**
   * Words for it.
   */
  liniment_str label;
} liniment_option_info;

/**
 * A pack of a knowledge base.
 */
typedef struct {
  /**
   * The size of this struct, set by you.
   */
  size_t size;
  /**
   * Its id.
   */
  liniment_str id;
  /**
   * Its version.
   */
  liniment_str version;
  /**
   * Its title.
   */
  liniment_str title;
  /**
   * What a reader must know before acting on its advice; absent where there is nothing.
   */
  liniment_str notice;
  /**
   * The hash of its text, 16 hexadecimal digits.
   */
  liniment_str hash;
  /**
   * Its languages, its own first.
   */
  liniment_strs languages;
} liniment_pack_info;

/**
 * A phase: a heading under which advice stands.
 */
typedef struct {
  /**
   * The size of this struct, set by you.
   */
  size_t size;
  /**
   * Its id.
   */
  liniment_str id;
  /**
   * Its heading.
   */
  liniment_str title;
} liniment_phase_info;

/**
 * A source that advice cites.
 */
typedef struct {
  /**
   * The size of this struct, set by you.
   */
  size_t size;
  /**
   * Its id.
   */
  liniment_str id;
  /**
   * Its title.
   */
  liniment_str title;
  /**
   * Where it can be read; absent where it cannot.
   */
  liniment_str address;
  /**
   * The day it was last read for the pack.
   */
  liniment_str reviewed;
  /**
   * Anything a reader should know of it; absent where there is nothing.
   */
  liniment_str note;
} liniment_source_info;

/**
 * Receives messages: `user` as it was given to `liniment_set_log`, and a text that lives during the call.
 *
 * It may call any function of the library, but must neither change nor free what was handed to the call that is
 * under way; what those would log is not handed to it. It is called on the thread on which something happened, so
 * on several at once. It must return, not jump or throw.
 */
typedef void (*liniment_log_callback)(void *user, liniment_log_level level, liniment_str message);

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * The advice for a case. `*advice` is yours to free with `liniment_advice_free`.
 */
liniment_status liniment_advise(const liniment_case *case_,
                                liniment_advice **advice,
                                liniment_error **error);

/**
 * Frees advice; NULL is fine.
 */
void liniment_advice_free(liniment_advice *advice);

/**
 * The advice as canonical JSON, the same bytes as from the command line; `json` is yours to free.
 */
liniment_status liniment_advice_json(const liniment_advice *advice,
                                     liniment_text *json,
                                     liniment_error **error);

/**
 * The advice for a case as canonical JSON, in one call; `json` is yours to free.
 */
liniment_status liniment_advise_json(const liniment_case *case_,
                                     liniment_text *json,
                                     liniment_error **error);

/**
 * How many verdicts there are.
 */
size_t liniment_advice_count(const liniment_advice *advice);

/**
 * Fills `item` with a verdict, in order, from 0. Set `item->size` before the call; the texts live as long as
 * `advice`.
 */
liniment_status liniment_advice_item(const liniment_advice *advice,
                                     size_t index,
                                     liniment_item *item);

/**
 * Fills `item` with the verdict of an advice id. LINIMENT_STATUS_UNKNOWN_NAME when nothing is said of it.
 * Set `item->size` before the call; the texts live as long as `advice`.
 */
liniment_status liniment_advice_find(const liniment_advice *advice,
                                     liniment_str id,
                                     liniment_item *item);

/**
 * How many causes are named.
 */
size_t liniment_advice_cause_count(const liniment_advice *advice);

/**
 * Fills `cause` with a cause, primary ones first, from 0. Set `cause->size` before the call; the texts live as
 * long as `advice`.
 */
liniment_status liniment_advice_cause(const liniment_advice *advice,
                                      size_t index,
                                      liniment_cause *cause);

/**
 * How many questions are worth asking.
 */
size_t liniment_advice_question_count(const liniment_advice *advice);

/**
 * Whether every question was proved to be able to change the advice.
 */
bool liniment_advice_questions_exact(const liniment_advice *advice);

/**
 * Fills `question` with a question, the most telling first, from 0. Set `question->size` before the call; the
 * texts live as long as `advice`.
 */
liniment_status liniment_advice_question(const liniment_advice *advice,
                                         size_t index,
                                         liniment_question *question);

/**
 * How many conflicts there are.
 */
size_t liniment_advice_conflict_count(const liniment_advice *advice);

/**
 * Fills `conflict` with a conflict, from 0. Set `conflict->size` before the call; the texts live as long as
 * `advice`.
 */
liniment_status liniment_advice_conflict(const liniment_advice *advice,
                                         size_t index,
                                         liniment_conflict *conflict);

/**
 * How many advice ids are silenced.
 */
size_t liniment_advice_suppressed_count(const liniment_advice *advice);

/**
 * Fills `suppressed` with what is silenced, from 0. Set `suppressed->size` before the call; the texts live as
 * long as `advice`.
 */
liniment_status liniment_advice_suppressed(const liniment_advice *advice,
                                           size_t index,
                                           liniment_suppressed *suppressed);

/**
 * The language of its texts. Lives as long as `advice`.
 */
liniment_str liniment_advice_language(const liniment_advice *advice);

/**
 * The name of a verdict as it stands in JSON, `recommend`; `none` for 0, NULL for what is no verdict. Lives
 * for ever.
 */
const char *liniment_verdict_name(uint8_t verdict);

/**
 * Advice for a stream of rows, a row for a case, as a stream. Columns are named as the facts; a null is
 * unknown. What is held in memory does not grow with the stream.
 *
 * `rows` is taken over in any case, also when the call fails: it is released once, by the library, and
 * `rows->release` is NULL when the call returns. `advice` is overwritten: on success with a stream that you
 * release, on failure with one whose `release` is NULL. Reading it reads `rows`, on the same thread; with
 * `threads`, the arrays of `rows` are released on any of them. `options` may be NULL for the usual. `batch` may be
 * NULL; otherwise `*batch` is yours to free with `liniment_batch_free`. The stream needs neither `batch` nor `kb`.
 * LINIMENT_STATUS_UNSUPPORTED in a library without batches.
 */
liniment_status liniment_batch_stream(const liniment_kb *kb,
                                      const liniment_batch_options *options,
                                      struct ArrowArrayStream *rows,
                                      struct ArrowArrayStream *advice,
                                      liniment_batch **batch,
                                      liniment_error **error);

/**
 * How many rows are done; 0 for NULL.
 */
uint64_t liniment_batch_rows(const liniment_batch *batch);

/**
 * Fills `counts` with what the batch has done so far. Set `counts->size` before the call.
 */
liniment_status liniment_batch_report(const liniment_batch *batch, liniment_batch_counts *counts);

/**
 * Fills `counts` with how many values each fact had that it does not take: `counts[i]` is of the fact of
 * number `i`. `count` is `liniment_kb_fact_count`.
 */
liniment_status liniment_batch_bad_values(const liniment_batch *batch,
                                          uint64_t *counts,
                                          size_t count,
                                          liniment_error **error);

/**
 * Stops the batch: its stream ends soon with an error. From any thread; NULL is fine.
 */
void liniment_batch_stop(const liniment_batch *batch);

/**
 * Frees the handle of a batch; its stream goes on. NULL is fine.
 */
void liniment_batch_free(liniment_batch *batch);

/**
 * A new builder, to be freed with `liniment_builder_free`; NULL only when the library failed inside.
 */
liniment_builder *liniment_builder_new(void);

/**
 * Frees a builder; NULL is fine. What it built lives on.
 */
void liniment_builder_free(liniment_builder *builder);

/**
 * Adds a built-in pack.
 */
liniment_status liniment_builder_add_builtin(liniment_builder *builder,
                                             liniment_str name,
                                             liniment_error **error);

/**
 * Adds the pack of a folder. The folder is read now.
 */
liniment_status liniment_builder_add_folder(liniment_builder *builder,
                                            liniment_str path,
                                            liniment_error **error);

/**
 * Adds a pack whose files are in memory.
 */
liniment_status liniment_builder_add_files(liniment_builder *builder,
                                           const liniment_file *files,
                                           size_t count,
                                           liniment_error **error);

/**
 * Sets a limit by its name: `bytes`, `depth`, `rules`, `facts`, `options`, `boxes`, `text_length`,
 * `extensions`. Set `bytes` before adding folders that are larger.
 */
liniment_status liniment_builder_set_limit(liniment_builder *builder,
                                           liniment_str name,
                                           uint64_t value,
                                           liniment_error **error);

/**
 * Sets the language of the texts, such as `de`; the packs' own when it is not set.
 */
liniment_status liniment_builder_set_language(liniment_builder *builder,
                                              liniment_str language,
                                              liniment_error **error);

/**
 * Sets what hears how far `liniment_builder_build` has come; NULL for `callback` ends that.
 */
liniment_status liniment_builder_set_progress(liniment_builder *builder,
                                              liniment_progress_callback callback,
                                              void *user,
                                              liniment_error **error);

/**
 * Checks the packs together and compiles them; the builder can be used again. `*kb` is yours to free.
 */
liniment_status liniment_builder_build(const liniment_builder *builder,
                                       liniment_kb **kb,
                                       liniment_error **error);

/**
 * Checks the packs and reports everything that was found as JSON, `{"format":1,"diagnostics":[…]}`, their
 * own cases included in a library with tools. Answers LINIMENT_STATUS_OK even where the packs have errors: look at
 * `*usable`. `json` is yours to free.
 */
liniment_status liniment_builder_check(const liniment_builder *builder,
                                       bool *usable,
                                       liniment_text *json,
                                       liniment_error **error);

/**
 * Runs the packs' own cases. `*passed` tells whether all passed; the report, with what no case tries, is
 * JSON; `json` is yours to free. LINIMENT_STATUS_UNSUPPORTED in a library without tools.
 */
liniment_status liniment_builder_test(const liniment_builder *builder,
                                      bool *passed,
                                      liniment_text *json,
                                      liniment_error **error);

/**
 * How many packs are built in.
 */
size_t liniment_builtin_count(void);

/**
 * The name of a built-in pack, from 0; absent past the last. Lives for ever.
 */
liniment_str liniment_builtin_name(size_t index);

/**
 * A case of which nothing is known. `*new_case` is yours to free with `liniment_case_free`.
 */
liniment_status liniment_case_new(const liniment_kb *kb,
                                  liniment_case **new_case,
                                  liniment_error **error);

/**
 * A case from a JSON object, fact to value. `*new_case` is yours to free with `liniment_case_free`.
 */
liniment_status liniment_case_from_json(const liniment_kb *kb,
                                        liniment_str json,
                                        liniment_case **new_case,
                                        liniment_error **error);

/**
 * A case from a text in one of the formats; `format` is a `liniment_format`. `*new_case` is yours to free
 * with `liniment_case_free`. LINIMENT_STATUS_UNSUPPORTED for RON and TOML in a library without tools.
 */
liniment_status liniment_case_from_text(const liniment_kb *kb,
                                        int32_t format,
                                        liniment_str text,
                                        liniment_case **new_case,
                                        liniment_error **error);

/**
 * A case of its own that knows the same. `*copy` is yours to free.
 */
liniment_status liniment_case_copy(const liniment_case *case_,
                                   liniment_case **copy,
                                   liniment_error **error);

/**
 * Frees a case; NULL is fine.
 */
void liniment_case_free(liniment_case *case_);

/**
 * Forgets everything.
 */
liniment_status liniment_case_clear(liniment_case *case_, liniment_error **error);

/**
 * What is stated, as JSON that `liniment_case_from_json` reads; `json` is yours to free.
 */
liniment_status liniment_case_json(const liniment_case *case_,
                                   liniment_text *json,
                                   liniment_error **error);

/**
 * States a yes-or-no fact.
 */
liniment_status liniment_case_set_bool(liniment_case *case_,
                                       uint32_t fact,
                                       bool value,
                                       liniment_error **error);

/**
 * States a choice or a scale, by the number of its option.
 */
liniment_status liniment_case_set_option(liniment_case *case_,
                                         uint32_t fact,
                                         uint32_t option,
                                         liniment_error **error);

/**
 * States a whole number, in the fact's unit.
 */
liniment_status liniment_case_set_integer(liniment_case *case_,
                                          uint32_t fact,
                                          int64_t value,
                                          liniment_error **error);

/**
 * States a number, in the fact's unit.
 */
liniment_status liniment_case_set_number(liniment_case *case_,
                                         uint32_t fact,
                                         double value,
                                         liniment_error **error);

/**
 * States a length of time, in microseconds: a duration, or what a clock shows now.
 */
liniment_status liniment_case_set_duration_us(liniment_case *case_,
                                              uint32_t fact,
                                              int64_t microseconds,
                                              liniment_error **error);

/**
 * States a fact that takes several options: which it has, and which it has not; nothing is known of the
 * others.
 */
liniment_status liniment_case_set_several(liniment_case *case_,
                                          uint32_t fact,
                                          const uint32_t *includes,
                                          size_t include_count,
                                          const uint32_t *excludes,
                                          size_t exclude_count,
                                          liniment_error **error);

/**
 * States a fact by a value, as `liniment_bool()` and its like make one.
 */
liniment_status liniment_case_set(liniment_case *case_,
                                  const liniment_value *value,
                                  liniment_error **error);

/**
 * States several facts. Stops at the first that is refused; those before it stay stated.
 */
liniment_status liniment_case_set_all(liniment_case *case_,
                                      const liniment_value *values,
                                      size_t count,
                                      liniment_error **error);

/**
 * States that a fact lies between two values, both included; an end that is NULL is open. The `fact` of
 * the ends does not matter.
 */
liniment_status liniment_case_set_range(liniment_case *case_,
                                        uint32_t fact,
                                        const liniment_value *from,
                                        const liniment_value *to,
                                        liniment_error **error);

/**
 * Adds what one source reports of a fact. Where reports differ, the fact stays unknown among them, and the
 * advice lists the conflict.
 */
liniment_status liniment_case_report(liniment_case *case_,
                                     const liniment_value *value,
                                     liniment_str source,
                                     liniment_error **error);

/**
 * States that the answer was declined: unknown, and not asked again.
 */
liniment_status liniment_case_decline(liniment_case *case_, uint32_t fact, liniment_error **error);

/**
 * Forgets a fact.
 */
liniment_status liniment_case_unset(liniment_case *case_, uint32_t fact, liniment_error **error);

/**
 * The verdicts as numbers: `codes[i]` is the `liniment_verdict` of the advice id of number `i`, or 0 for
 * none. `count` is `liniment_kb_advice_count`.
 */
liniment_status liniment_verdicts(const liniment_case *case_,
                                  uint8_t *codes,
                                  size_t count,
                                  liniment_error **error);

/**
 * States several facts and gives the verdicts: `liniment_case_set_all` and `liniment_verdicts` in one call,
 * for loops. On failure the codes stay as they were, and facts before the one that was refused stay stated.
 *
 * After the first call for a knowledge base nothing is allocated for bools, options, numbers and lengths of
 * time that their facts take, nor for LINIMENT_KIND_UNKNOWN.
 */
liniment_status liniment_evaluate(liniment_case *case_,
                                  const liniment_value *values,
                                  size_t value_count,
                                  uint8_t *codes,
                                  size_t code_count,
                                  liniment_error **error);

/**
 * States a fact by its name, in any way that a case can be written: `true`, `released`, `40.2`, `24h`,
 * `["thick"]`, `{"from":"1d","to":"3d"}`, `null`. What is no JSON is taken for a word.
 */
liniment_status liniment_case_set_text(liniment_case *case_,
                                       liniment_str name,
                                       liniment_str value,
                                       liniment_error **error);

/**
 * States a yes-or-no fact by its name.
 */
liniment_status liniment_case_set_bool_by_name(liniment_case *case_,
                                               liniment_str name,
                                               bool value,
                                               liniment_error **error);

/**
 * States a choice or a scale by its name and that of its option.
 */
liniment_status liniment_case_set_option_by_name(liniment_case *case_,
                                                 liniment_str name,
                                                 liniment_str option,
                                                 liniment_error **error);

/**
 * States a whole number by the name of its fact.
 */
liniment_status liniment_case_set_integer_by_name(liniment_case *case_,
                                                  liniment_str name,
                                                  int64_t value,
                                                  liniment_error **error);

/**
 * States a number by the name of its fact.
 */
liniment_status liniment_case_set_number_by_name(liniment_case *case_,
                                                 liniment_str name,
                                                 double value,
                                                 liniment_error **error);

/**
 * States a length of time, in microseconds, by the name of its fact.
 */
liniment_status liniment_case_set_duration_us_by_name(liniment_case *case_,
                                                      liniment_str name,
                                                      int64_t microseconds,
                                                      liniment_error **error);

/**
 * States that a fact lies between two values, both included, as `liniment_case_set_text` reads them; an end
 * that is absent is open.
 */
liniment_status liniment_case_set_range_by_name(liniment_case *case_,
                                                liniment_str name,
                                                liniment_str from,
                                                liniment_str to,
                                                liniment_error **error);

/**
 * Adds what one source reports of a fact, the value as `liniment_case_set_text` reads it.
 */
liniment_status liniment_case_report_by_name(liniment_case *case_,
                                             liniment_str name,
                                             liniment_str value,
                                             liniment_str source,
                                             liniment_error **error);

/**
 * States that the answer was declined, by the name of the fact.
 */
liniment_status liniment_case_decline_by_name(liniment_case *case_,
                                              liniment_str name,
                                              liniment_error **error);

/**
 * Forgets a fact, by its name.
 */
liniment_status liniment_case_unset_by_name(liniment_case *case_,
                                            liniment_str name,
                                            liniment_error **error);

/**
 * Frees an error; NULL is fine.
 */
void liniment_error_free(liniment_error *error);

/**
 * The status that the failed function answered; LINIMENT_STATUS_OK for NULL.
 */
liniment_status liniment_error_status(const liniment_error *error);

/**
 * Its stable code: `C0101` for cases and calls, `L0101` for packs, `A0001` for misuse of this interface. Lives
 * as long as `error`.
 */
liniment_str liniment_error_code(const liniment_error *error);

/**
 * All of it as one line for a person. Lives as long as `error`.
 */
liniment_str liniment_error_message(const liniment_error *error);

/**
 * The file of a pack, `calf-cramps/relief.ron`; empty where the error is not in a pack. Lives as long as
 * `error`.
 */
liniment_str liniment_error_file(const liniment_error *error);

/**
 * The line in that file, or in the text of a case, from 1; 0 where there is none.
 */
uint32_t liniment_error_line(const liniment_error *error);

/**
 * The column in that line, in characters, from 1; 0 where there is none.
 */
uint32_t liniment_error_column(const liniment_error *error);

/**
 * Where in a case: a fact or a path inside it, `onset_setting.reports[1].value`; or the parameter that was
 * wrong; may be empty. Lives as long as `error`.
 */
liniment_str liniment_error_place(const liniment_error *error);

/**
 * What was found there, shortened; may be empty. Lives as long as `error`.
 */
liniment_str liniment_error_found(const liniment_error *error);

/**
 * The name that comes nearest to what was found; may be empty. Lives as long as `error`.
 */
liniment_str liniment_error_nearest(const liniment_error *error);

/**
 * What is allowed there; an empty list where it cannot be listed. Lives as long as `error`.
 */
liniment_strs liniment_error_allowed(const liniment_error *error);

/**
 * The error as JSON; for packs, every diagnostic as JSON. Lives as long as `error`.
 */
liniment_str liniment_error_json(const liniment_error *error);

/**
 * How many diagnostics there are; 0 where the error is not about packs.
 */
size_t liniment_error_diagnostic_count(const liniment_error *error);

/**
 * One diagnostic, from 0. Its texts live as long as the error. Set `diagnostic->size` before the call.
 */
liniment_status liniment_error_diagnostic(const liniment_error *error,
                                          size_t index,
                                          liniment_diagnostic *diagnostic);

/**
 * Every diagnostic, for a terminal of `width` columns, with excerpts of the packs in a library with tools; `text`
 * is yours to free.
 */
liniment_status liniment_error_render(const liniment_error *error,
                                      size_t width,
                                      bool colour,
                                      liniment_text *text);

/**
 * An interview that goes on from what the case knows; the case itself is not changed. `*interview` is yours
 * to free with `liniment_interview_free`.
 */
liniment_status liniment_interview_new(const liniment_case *case_,
                                       liniment_interview **interview,
                                       liniment_error **error);

/**
 * Frees an interview; NULL is fine.
 */
void liniment_interview_free(liniment_interview *interview);

/**
 * The number of the fact to ask for now; -1 when the interview is finished, or only questions that were
 * skipped are left, or for NULL. `liniment_kb_fact_info` has the question and its options.
 */
int64_t liniment_interview_question(const liniment_interview *interview);

/**
 * Whether no answer can change the advice any more.
 */
bool liniment_interview_finished(const liniment_interview *interview);

/**
 * Answers the question with what a person typed: an option by its name, label or number from 1; several
 * with commas between; `yes` or `no`; a number; a length of time such as `36h`; a range, `1d to 3d`. When
 * it is no answer, the error says what is, and the question stands.
 */
liniment_status liniment_interview_answer(liniment_interview *interview,
                                          liniment_str text,
                                          liniment_error **error);

/**
 * Leaves the question unanswered for good.
 */
liniment_status liniment_interview_decline(liniment_interview *interview, liniment_error **error);

/**
 * Puts the question off; `liniment_interview_ask_skipped` takes such questions up again.
 */
liniment_status liniment_interview_skip(liniment_interview *interview, liniment_error **error);

/**
 * Takes up the questions that were put off.
 */
liniment_status liniment_interview_ask_skipped(liniment_interview *interview,
                                               liniment_error **error);

/**
 * Goes back to the question before, and forgets its answer. `*moved` is false at the first question.
 */
liniment_status liniment_interview_back(liniment_interview *interview,
                                        bool *moved,
                                        liniment_error **error);

/**
 * The advice as things are known. `*advice` is yours to free with `liniment_advice_free`.
 */
liniment_status liniment_interview_advice(const liniment_interview *interview,
                                          liniment_advice **advice,
                                          liniment_error **error);

/**
 * A case with what is known by now. `*new_case` is yours to free with `liniment_case_free`.
 */
liniment_status liniment_interview_case(const liniment_interview *interview,
                                        liniment_case **new_case,
                                        liniment_error **error);

/**
 * The interview as it stands as JSON: the question, what hangs on it, what is open; `json` is yours to free.
 */
liniment_status liniment_interview_json(const liniment_interview *interview,
                                        liniment_text *json,
                                        liniment_error **error);

/**
 * Loads built-in packs by name, or all of them when `count` is 0. A library that does not read packs has each alone,
 * and all together. `*kb` is yours to free with `liniment_kb_free`.
 */
liniment_status liniment_kb_builtin(const liniment_str *names,
                                    size_t count,
                                    liniment_kb **kb,
                                    liniment_error **error);

/**
 * Loads the pack of a folder. `*kb` is yours to free with `liniment_kb_free`. LINIMENT_STATUS_UNSUPPORTED in a library
 * that does not read packs.
 */
liniment_status liniment_kb_from_folder(liniment_str path,
                                        liniment_kb **kb,
                                        liniment_error **error);

/**
 * Loads a pack whose files are in memory. `*kb` is yours to free with `liniment_kb_free`. LINIMENT_STATUS_UNSUPPORTED in a
 * library that does not read packs.
 */
liniment_status liniment_kb_from_text(const liniment_file *files,
                                      size_t count,
                                      liniment_kb **kb,
                                      liniment_error **error);

/**
 * Loads what `liniment_kb_to_bytes` or `liniment compile` made of packs; no pack is read. The library copies what it
 * keeps. Take files only from those whose packs you would take. `*kb` is yours to free with `liniment_kb_free`.
 * LINIMENT_STATUS_INVALID_PACK when the bytes are something else, were made by another version of the library, or are
 * damaged: compile the packs again.
 */
liniment_status liniment_kb_from_bytes(const uint8_t *data,
                                       size_t len,
                                       liniment_kb **kb,
                                       liniment_error **error);

/**
 * The knowledge base as bytes, for `liniment_kb_from_bytes` of the same version of the library; `bytes` is yours to
 * free with `liniment_bytes_free`. LINIMENT_STATUS_UNSUPPORTED in a library that does not read packs.
 */
liniment_status liniment_kb_to_bytes(const liniment_kb *kb,
                                     liniment_bytes *bytes,
                                     liniment_error **error);

/**
 * Frees a knowledge base; NULL is fine. Cases and advice made from it stay usable.
 */
void liniment_kb_free(liniment_kb *kb);

/**
 * The same knowledge base with its texts in another language, such as `de`; it shares all but the texts.
 * `*other` is yours to free.
 */
liniment_status liniment_kb_in_language(const liniment_kb *kb,
                                        liniment_str language,
                                        liniment_kb **other,
                                        liniment_error **error);

/**
 * A number made of the packs' texts: another text, another number. 0 for NULL.
 */
uint64_t liniment_kb_hash(const liniment_kb *kb);

/**
 * Answers LINIMENT_STATUS_PACK_CHANGED when the packs are not those of this hash. Headers made by
 * `liniment codegen` call it.
 */
liniment_status liniment_kb_expect(const liniment_kb *kb, uint64_t hash, liniment_error **error);

/**
 * The number of a fact, for the functions that take one. Numbers count from 0 and hold for knowledge bases
 * of the same hash.
 */
liniment_status liniment_kb_fact(const liniment_kb *kb,
                                 liniment_str name,
                                 uint32_t *fact,
                                 liniment_error **error);

/**
 * The number of an option of a fact, from 0 as the pack lists them.
 */
liniment_status liniment_kb_option(const liniment_kb *kb,
                                   uint32_t fact,
                                   liniment_str name,
                                   uint32_t *option,
                                   liniment_error **error);

/**
 * The number of an advice id: its place among the codes of `liniment_verdicts`.
 */
liniment_status liniment_kb_advice_id(const liniment_kb *kb,
                                      liniment_str name,
                                      uint32_t *advice,
                                      liniment_error **error);

/**
 * The JSON Schema of the cases of this knowledge base; `schema` is yours to free. LINIMENT_STATUS_UNSUPPORTED
 * in a library without tools.
 */
liniment_status liniment_kb_case_schema(const liniment_kb *kb,
                                        liniment_text *schema,
                                        liniment_error **error);

/**
 * The packs as source text of another language: what `liniment codegen` writes. `language` is its name,
 * `c`. All names begin with `prefix`: small letters, digits and `_`; with the ids of the packs where it is
 * absent. `source` is yours to free. LINIMENT_STATUS_UNSUPPORTED in a library without tools.
 */
liniment_status liniment_kb_codegen(const liniment_kb *kb,
                                    liniment_str language,
                                    liniment_str prefix,
                                    liniment_text *source,
                                    liniment_error **error);

/**
 * What hangs on what: facts, rules, causes and advice ids with their relations. `output` is
 * LINIMENT_OUTPUT_JSON or LINIMENT_OUTPUT_SVG; `text` is yours to free. LINIMENT_STATUS_UNSUPPORTED in a
 * library without tools.
 */
liniment_status liniment_kb_graph(const liniment_kb *kb,
                                  int32_t output,
                                  liniment_text *text,
                                  liniment_error **error);

/**
 * How many facts there are.
 */
size_t liniment_kb_fact_count(const liniment_kb *kb);

/**
 * Fills `info` with the fact of this number. Set `info->size` before the call; the texts live as long as
 * `kb`.
 */
liniment_status liniment_kb_fact_info(const liniment_kb *kb,
                                      uint32_t fact,
                                      liniment_fact_info *info);

/**
 * Fills `info` with an option of a fact. Set `info->size` before the call; the texts live as long as `kb`.
 */
liniment_status liniment_kb_option_info(const liniment_kb *kb,
                                        uint32_t fact,
                                        uint32_t option,
                                        liniment_option_info *info);

/**
 * How many advice ids there are: how long the codes of `liniment_verdicts` are.
 */
size_t liniment_kb_advice_count(const liniment_kb *kb);

/**
 * The name of an advice id; absent past the last. Lives as long as `kb`.
 */
liniment_str liniment_kb_advice_name(const liniment_kb *kb, uint32_t advice);

/**
 * How many packs it was made of.
 */
size_t liniment_kb_pack_count(const liniment_kb *kb);

/**
 * Fills `info` with a pack, from 0. Set `info->size` before the call; the texts live as long as `kb`.
 */
liniment_status liniment_kb_pack_info(const liniment_kb *kb,
                                      size_t index,
                                      liniment_pack_info *info);

/**
 * How many phases there are.
 */
size_t liniment_kb_phase_count(const liniment_kb *kb);

/**
 * Fills `info` with a phase, in the order in which advice is given. Set `info->size` before the call; the
 * texts live as long as `kb`.
 */
liniment_status liniment_kb_phase_info(const liniment_kb *kb,
                                       size_t index,
                                       liniment_phase_info *info);

/**
 * How many sources there are.
 */
size_t liniment_kb_source_count(const liniment_kb *kb);

/**
 * Fills `info` with a source, by id. Set `info->size` before the call; the texts live as long as `kb`.
 */
liniment_status liniment_kb_source_info(const liniment_kb *kb,
                                        size_t index,
                                        liniment_source_info *info);

/**
 * The language of its texts. Lives as long as `kb`.
 */
liniment_str liniment_kb_language(const liniment_kb *kb);

/**
 * The languages it can speak. The list lives as long as `kb`.
 */
liniment_strs liniment_kb_languages(const liniment_kb *kb);

/**
 * How many warnings and notes there were when it was loaded.
 */
size_t liniment_kb_warning_count(const liniment_kb *kb);

/**
 * Fills `warning` with one of them, from 0. Set `warning->size` before the call; the texts live as long as
 * `kb`.
 */
liniment_status liniment_kb_warning(const liniment_kb *kb,
                                    size_t index,
                                    liniment_diagnostic *warning);

/**
 * Sets where messages go, for the whole program; NULL for `callback` stops them. At first nothing is
 * logged. From any thread; a call that is under way on another thread may still reach the former callback.
 */
void liniment_set_log(liniment_log_callback callback,
                      void *user);

/**
 * Why the case gets an advice id or a cause, or why not: the proof, down to facts, sources and lines.
 * `output` is LINIMENT_OUTPUT_JSON or LINIMENT_OUTPUT_TEXT; `text` is yours to free. LINIMENT_STATUS_UNSUPPORTED
 * in a library without reasons.
 */
liniment_status liniment_explain(const liniment_case *case_,
                                 liniment_str id,
                                 int32_t output,
                                 liniment_text *text,
                                 liniment_error **error);

/**
 * The advice for a case as a page to read: every piece with its proof to fold out, why the rest is not
 * advised, the plan as a picture, causes, questions, what is known, sources. What comes from packs and case
 * is escaped. `output` is LINIMENT_OUTPUT_HTML, LINIMENT_OUTPUT_HTML_FRAGMENT or LINIMENT_OUTPUT_MARKDOWN;
 * `text` is yours to free. LINIMENT_STATUS_UNSUPPORTED in a library without tools.
 */
liniment_status liniment_advise_page(const liniment_case *case_,
                                     int32_t output,
                                     liniment_text *text,
                                     liniment_error **error);

/**
 * The explanation of an advice id or a cause as a page to read: its proof, what would lead to the verdict
 * that is wanted, which facts suffice, what is known, sources. `verdict` is a `liniment_verdict`;
 * LINIMENT_VERDICT_NONE for the one that the id is usually given. `output` is as of `liniment_advise_page`;
 * `text` is yours to free. LINIMENT_STATUS_UNSUPPORTED in a library without tools.
 */
liniment_status liniment_explain_page(const liniment_case *case_,
                                      liniment_str id,
                                      uint8_t verdict,
                                      int32_t output,
                                      liniment_text *text,
                                      liniment_error **error);

/**
 * Why an advice id does not have a verdict, as the smallest changes of facts that would give it; `verdict`
 * is a `liniment_verdict`. JSON; `json` is yours to free. LINIMENT_STATUS_UNSUPPORTED in a library without
 * reasons.
 */
liniment_status liniment_ways(const liniment_case *case_,
                              liniment_str id,
                              uint8_t verdict,
                              liniment_text *json,
                              liniment_error **error);

/**
 * The smallest set of the case's facts that already suffices for what is said of an advice id. JSON; `json`
 * is yours to free. LINIMENT_STATUS_UNSUPPORTED in a library without reasons.
 */
liniment_status liniment_suffices(const liniment_case *case_,
                                  liniment_str id,
                                  liniment_text *json,
                                  liniment_error **error);

/**
 * What some changes of facts would do; the case itself stays as it is. `changes` is a JSON object, fact to
 * value; null forgets a fact. JSON; `json` is yours to free. LINIMENT_STATUS_UNSUPPORTED in a library without
 * reasons.
 */
liniment_status liniment_what_if(const liniment_case *case_,
                                 liniment_str changes,
                                 liniment_text *json,
                                 liniment_error **error);

/**
 * The advice as all clocks move forward together, up to `horizon_us` microseconds from now. `output` is
 * LINIMENT_OUTPUT_JSON or LINIMENT_OUTPUT_SVG; `text` is yours to free. LINIMENT_STATUS_UNSUPPORTED in a library
 * without reasons.
 */
liniment_status liniment_plan(const liniment_case *case_,
                              int64_t horizon_us,
                              int32_t output,
                              liniment_text *text,
                              liniment_error **error);

/**
 * Asks of all possible cases what the packs promise and what would be a fault. `budget` is how many steps
 * of search one question may take; 0 for the usual. `output` is LINIMENT_OUTPUT_JSON or
 * LINIMENT_OUTPUT_TEXT; `text` is yours to free. May take seconds. LINIMENT_STATUS_UNSUPPORTED in a library
 * without proofs.
 */
liniment_status liniment_prove(const liniment_kb *kb,
                               uint64_t budget,
                               int32_t output,
                               liniment_text *text,
                               liniment_error **error);

/**
 * A length of time in microseconds, from `24h`, `3d`, `23h59min` or ISO 8601; a day is 24 hours.
 */
liniment_status liniment_duration_parse(liniment_str text,
                                        int64_t *microseconds,
                                        liniment_error **error);

/**
 * Writes a length of time in words, `23 h 59 min`, with a zero byte, into a buffer of `count` bytes, cut off
 * where it does not fit. Answers how many bytes the whole takes without the zero byte. `buffer` may be NULL when
 * `count` is 0.
 */
size_t liniment_duration_words(int64_t microseconds,
                               char *buffer,
                               size_t count);

/**
 * Frees a text that the library gave away, and empties it. NULL and an empty text are fine.
 */
void liniment_text_free(liniment_text *text);

/**
 * Frees bytes that the library gave away, and empties them. NULL and what was freed before are fine.
 */
void liniment_bytes_free(liniment_bytes *bytes);

/**
 * The version of the library, `"0.1.0"`; never NULL, lives for ever. `LINIMENT_VERSION` is that of the
 * header.
 */
const char *liniment_version(void);

/**
 * The version of the binary interface, counted up when programs must be compiled anew. A program can
 * compare it with `LINIMENT_ABI_VERSION`.
 */
uint32_t liniment_abi_version(void);

/**
 * The JSON Schema of everything that the library answers as JSON; lives for ever. Absent in a library without
 * tools.
 */
liniment_str liniment_result_schema(void);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* LINIMENT_H */

#ifndef LINIMENT_VALUES_H
#define LINIMENT_VALUES_H

#ifdef __cplusplus
extern "C" {
#endif

/** A text from a string literal. */
#ifdef __cplusplus
#define LINIMENT_STR(literal) (liniment_str{"" literal, sizeof(literal) - 1})
#else
#define LINIMENT_STR(literal) ((liniment_str){"" literal, sizeof(literal) - 1})
#endif

/** A text from a string that ends with a zero byte; absent for NULL. */
static inline liniment_str liniment_str_of(const char *string) {
  liniment_str text;
  text.data = string;
  text.len = string != NULL ? strlen(string) : 0;
  return text;
}

static inline liniment_value liniment_whole_(uint32_t fact, uint32_t kind, int64_t whole) {
  liniment_value value;
  value.fact = fact;
  value.kind = kind;
  value.as.whole = whole;
  value.excludes = 0;
  return value;
}

/** Nothing is known of a fact. */
static inline liniment_value liniment_unknown(uint32_t fact) {
  return liniment_whole_(fact, LINIMENT_KIND_UNKNOWN, 0);
}

/** The answer was declined. */
static inline liniment_value liniment_declined(uint32_t fact) {
  return liniment_whole_(fact, LINIMENT_KIND_DECLINED, 0);
}

/** Yes or no. */
static inline liniment_value liniment_bool(uint32_t fact, bool yes) {
  return liniment_whole_(fact, LINIMENT_KIND_BOOL, yes ? 1 : 0);
}

/** An option by its number. */
static inline liniment_value liniment_option(uint32_t fact, uint32_t option) {
  return liniment_whole_(fact, LINIMENT_KIND_OPTION, (int64_t)option);
}

/** A whole number in the fact's unit. */
static inline liniment_value liniment_integer(uint32_t fact, int64_t whole) {
  return liniment_whole_(fact, LINIMENT_KIND_INTEGER, whole);
}

/** A number in the fact's unit. */
static inline liniment_value liniment_number(uint32_t fact, double number) {
  liniment_value value = liniment_whole_(fact, LINIMENT_KIND_NUMBER, 0);
  value.as.number = number;
  return value;
}

/** A length of time in microseconds. */
static inline liniment_value liniment_duration_us(uint32_t fact, int64_t microseconds) {
  return liniment_whole_(fact, LINIMENT_KIND_DURATION_US, microseconds);
}

/** A clock that was never started. */
static inline liniment_value liniment_never(uint32_t fact) {
  return liniment_whole_(fact, LINIMENT_KIND_NEVER, 0);
}

/** The options that a fact has and has not, as bits. */
static inline liniment_value liniment_several(uint32_t fact, uint64_t includes, uint64_t excludes) {
  liniment_value value = liniment_whole_(fact, LINIMENT_KIND_SEVERAL, 0);
  value.as.bits = includes;
  value.excludes = excludes;
  return value;
}

#ifdef __cplusplus
}
#endif

#endif /* LINIMENT_VALUES_H */
