/* A stream in, a stream out, through the Arrow C Data Interface: each thing is released once. */
#include <errno.h>

#include "check.h"

/* The three structs, as the Arrow format publishes them. */
struct ArrowSchema {
  const char *format, *name, *metadata;
  int64_t flags, n_children;
  struct ArrowSchema **children, *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};
struct ArrowArray {
  int64_t length, null_count, offset, n_buffers, n_children;
  const void **buffers;
  struct ArrowArray **children, *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};

/* What a producer may do wrong. */
enum wrong {
  NOTHING,
  NO_FORMAT,
  STRANGE_FORMAT,
  NAME_WITHOUT_UTF8,
  NO_WORDS,
  NO_BUFFERS,
  NO_CHILDREN,
  NEGATIVE_LENGTH,
  TEXT_WITHOUT_UTF8,
  ENDS_BACKWARDS,
  CALLS_BACK,
};

/* Three rows of one column: as booleans true, false, null; as lengths of time -1 us, 5 us, null; as texts `active`,
 * one with a zero byte in it, null. */
static struct {
  const char *column, *format;
  int chunks, fail_at, schemas, arrays, streams;
  enum wrong wrong;
  const liniment_kb *kb;
  liniment_batch *batch;
} made;

static void release_schema(struct ArrowSchema *schema) {
  made.schemas--;
  for (int64_t i = 0; i < schema->n_children; i++) {
    if (schema->children[i]->release != NULL)
      schema->children[i]->release(schema->children[i]);
    free(schema->children[i]);
  }
  free(schema->children);
  schema->release = NULL;
}

static void release_array(struct ArrowArray *array) {
  made.arrays--;
  for (int64_t i = 0; i < array->n_children; i++) {
    if (array->children[i]->release != NULL)
      array->children[i]->release(array->children[i]);
    free(array->children[i]);
  }
  free(array->children);
  array->release = NULL;
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
  (void)stream;
  struct ArrowSchema **children = malloc(sizeof *children);
  children[0] = malloc(sizeof **children);
  struct ArrowSchema column = {.format = made.format, .name = made.column, .flags = 2, .release = release_schema};
  struct ArrowSchema whole = {.format = "+s", .name = "", .n_children = 1, .children = children, .release = release_schema};
  *children[0] = column;
  switch (made.wrong) {
  case NO_FORMAT: children[0]->format = NULL; break;
  case STRANGE_FORMAT: children[0]->format = "\xff\xfe"; break;
  case NAME_WITHOUT_UTF8: children[0]->name = "\xff\xfe"; break;
  default: break;
  }
  *out = whole;
  made.schemas += 2;
  return 0;
}

/* A producer that uses the library itself, for the batch that is reading it, too. */
static void call_back(void) {
  liniment_case *known = NULL;
  OK(liniment_case_new(made.kb, &known, &error));
  liniment_case_free(known);
  liniment_batch_stop(made.batch);
  liniment_batch_free(made.batch);
  made.batch = NULL;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
  (void)stream;
  static const int32_t ends[8] = {0, 6, 14, 14}, backwards[8] = {0, 14, 6, 6};
  static const char texts[64] = "activereal\0ese", broken[64] = "\xff\xfeve";
  static const uint8_t known[64] = {3}, yes[64] = {1};
  static const int64_t times[8] = {-1, 5};
  static const void *truths[] = {known, yes}, *lengths[] = {known, times}, *none[] = {NULL};
  static const void *words[] = {known, ends, texts}, *no_words[] = {known, ends, broken}, *no_ends[] = {known, backwards, texts};
  const void **buffers = made.format[0] == 'b' ? truths : made.format[0] != 'u' ? lengths : made.wrong == TEXT_WITHOUT_UTF8 ? no_words : made.wrong == ENDS_BACKWARDS ? no_ends : words;
  memset(out, 0, sizeof *out);
  if (made.chunks == made.fail_at)
    return EIO;
  if (made.chunks-- <= 0)
    return 0;
  struct ArrowArray **children = malloc(sizeof *children);
  children[0] = malloc(sizeof **children);
  struct ArrowArray column = {.length = 3, .null_count = 1, .n_buffers = made.format[0] == 'u' ? 3 : 2, .buffers = buffers, .release = release_array};
  struct ArrowArray whole = {.length = 3, .n_buffers = 1, .buffers = none, .n_children = 1, .children = children, .release = release_array};
  *children[0] = column;
  *out = whole;
  made.arrays += 2;
  switch (made.wrong) {
  case NO_BUFFERS: children[0]->n_buffers = 0; break;
  case NEGATIVE_LENGTH: out->length = children[0]->length = -1; break;
  case NO_CHILDREN:
    children[0]->release(children[0]);
    free(children[0]);
    out->n_children = 0;
    break;
  case CALLS_BACK: call_back(); break;
  default: break;
  }
  return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream) {
  (void)stream;
  return made.wrong == NO_WORDS ? NULL : "the disk is gone";
}

static void release_stream(struct ArrowArrayStream *stream) {
  made.streams--;
  stream->release = NULL;
}

static struct ArrowArrayStream rows(const char *column, int chunks, int fail_at) {
  struct ArrowArrayStream stream = {get_schema, get_next, get_last_error, release_stream, NULL};
  made.column = column;
  made.format = "b";
  made.chunks = chunks;
  made.fail_at = fail_at;
  made.streams = 1;
  made.wrong = NOTHING;
  return stream;
}

static void nothing_left(void) { CHECK(made.schemas == 0 && made.arrays == 0 && made.streams == 0); }

/* Reads to the end. The number of rows, or -1 where the stream ends with an error. */
static int64_t drain(struct ArrowArrayStream *stream) {
  int64_t total = 0;
  for (;;) {
    struct ArrowArray array;
    if (stream->get_next(stream, &array) != 0)
      return -1;
    if (array.release == NULL)
      return total;
    total += array.length;
    array.release(&array);
  }
}

/* Rows that are not as Arrow wants them end with an error, and spoil nothing else. */
static void wrong_rows(const liniment_kb *kb) {
  struct ArrowArrayStream given, advice;
  for (enum wrong wrong = NO_FORMAT; wrong <= NAME_WITHOUT_UTF8; wrong++) {
    given = rows("in_session", 1, -1);
    made.wrong = wrong;
    STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_batch_stream(kb, NULL, &given, &advice, NULL, &error));
    CHECK(given.release == NULL && advice.release == NULL);
    nothing_left();
  }
  given = rows("in_session", 1, -1);
  given.get_schema = NULL;
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_batch_stream(kb, NULL, &given, &advice, NULL, &error));
  nothing_left();
  for (int threads = 0; threads < 3; threads += 2) {
    liniment_batch_options options = {.size = sizeof options, .threads = threads};
    for (enum wrong wrong = NO_WORDS; wrong <= ENDS_BACKWARDS; wrong++) {
      given = rows("in_session", 2, wrong == NO_WORDS ? 1 : -1);
      made.wrong = wrong;
      if (wrong >= TEXT_WITHOUT_UTF8)
        made.format = "u";
      OK(liniment_batch_stream(kb, &options, &given, &advice, NULL, &error));
      CHECK(drain(&advice) == -1);
      const char *words = advice.get_last_error(&advice);
      CHECK(words != NULL && strstr(words, "`rows`") != NULL);
      CHECK(drain(&advice) == 0);
      advice.release(&advice);
      nothing_left();
    }
    /* A message that quotes a text with a zero byte. */
    given = rows("cramp_state", 1, -1);
    made.format = "u";
    OK(liniment_batch_stream(kb, &options, &given, &advice, NULL, &error));
    CHECK(drain(&advice) == -1);
    const char *words = advice.get_last_error(&advice);
    CHECK(words != NULL && strstr(words, "cramp_state") != NULL && strstr(words, "ese") != NULL);
    advice.release(&advice);
    nothing_left();
    /* A producer that calls back in. */
    given = rows("in_session", 3, -1);
    made.wrong = CALLS_BACK;
    made.kb = kb;
    OK(liniment_batch_stream(kb, &options, &given, &advice, &made.batch, &error));
    CHECK(drain(&advice) == -1 && made.batch == NULL);
    advice.release(&advice);
    nothing_left();
  }
  liniment_batch_options many = {.size = sizeof many, .threads = INT32_MAX};
  given = rows("in_session", 1, -1);
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_batch_stream(kb, &many, &given, &advice, NULL, &error));
  nothing_left();
  many.threads = -2;
  given = rows("in_session", 1, -1);
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_batch_stream(kb, &many, &given, &advice, NULL, &error));
  nothing_left();
  many.threads = 0;
  many.chunk_rows = SIZE_MAX;
  given = rows("in_session", 2, -1);
  OK(liniment_batch_stream(kb, &many, &given, &advice, NULL, &error));
  CHECK(drain(&advice) == 6);
  advice.release(&advice);
  nothing_left();
}

int main(void) {
  liniment_kb *kb = NULL;
  OK(liniment_kb_builtin(NULL, 0, &kb, &error));
  struct ArrowArrayStream given, advice;
  liniment_batch *batch = NULL;

  given = rows("dark_urine", 2, -1);
  OK(liniment_batch_stream(kb, NULL, &given, &advice, &batch, &error));
  CHECK(given.release == NULL && advice.release != NULL && batch != NULL);
  struct ArrowSchema schema;
  CHECK(advice.get_schema(&advice, &schema) == 0);
  CHECK((size_t)schema.n_children == liniment_kb_advice_count(kb));
  schema.release(&schema);
  CHECK(drain(&advice) == 6);
  CHECK(liniment_batch_rows(batch) == 6);
  liniment_batch_counts counts = {.size = sizeof counts};
  CHECK(liniment_batch_report(batch, &counts) == LINIMENT_STATUS_OK && counts.rows == 6 && counts.bad_rows == 0);
  uint64_t verdicts = 0;
  for (size_t i = 0; i < sizeof counts.verdicts / sizeof counts.verdicts[0]; i++)
    verdicts += counts.verdicts[i];
  CHECK(verdicts >= 2 && counts.verdicts[LINIMENT_VERDICT_NONE] == 0);
  size_t facts = liniment_kb_fact_count(kb);
  uint64_t *bad = malloc(facts * sizeof *bad);
  memset(bad, 0xff, facts * sizeof *bad);
  OK(liniment_batch_bad_values(batch, bad, facts, &error));
  CHECK(bad[0] == 0 && bad[facts - 1] == 0);
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_batch_bad_values(batch, bad, facts - 1, &error));
  advice.release(&advice);
  liniment_batch_free(batch);
  nothing_left();

  /* The stream outlives what it was made with. */
  liniment_kb *other = NULL;
  OK(liniment_kb_builtin(NULL, 0, &other, &error));
  given = rows("dark_urine", 2, -1);
  OK(liniment_batch_stream(other, NULL, &given, &advice, &batch, &error));
  liniment_batch_free(batch);
  liniment_kb_free(other);
  CHECK(drain(&advice) == 6);
  advice.release(&advice);
  nothing_left();

  /* JSON, on two threads; freed before it is read to its end. */
  liniment_batch_options options = {.size = sizeof options, .output = LINIMENT_BATCH_OUTPUT_JSON, .threads = 2};
  given = rows("in_session", 5, -1);
  OK(liniment_batch_stream(kb, &options, &given, &advice, NULL, &error));
  struct ArrowArray first;
  CHECK(advice.get_next(&advice, &first) == 0 && first.n_children == 1);
  advice.release(&advice);
  first.release(&first);
  nothing_left();

  /* Values that their fact does not take are counted: time does not run backwards. */
  options.output = LINIMENT_BATCH_OUTPUT_VERDICTS;
  options.on_bad = LINIMENT_ON_BAD_UNKNOWN;
  uint32_t fact = 0;
  OK(liniment_kb_fact(kb, LINIMENT_STR("cramp_duration"), &fact, &error));
  given = rows("cramp_duration", 2, -1);
  made.format = "tDu";
  OK(liniment_batch_stream(kb, &options, &given, &advice, &batch, &error));
  CHECK(drain(&advice) == 6);
  CHECK(liniment_batch_report(batch, &counts) == LINIMENT_STATUS_OK && counts.rows == 6 && counts.bad_rows == 2);
  OK(liniment_batch_bad_values(batch, bad, facts, &error));
  CHECK(bad[fact] == 2);
  free(bad);
  advice.release(&advice);
  liniment_batch_free(batch);
  nothing_left();
  options.on_bad = LINIMENT_ON_BAD_ERROR;

  /* What goes wrong. */
  given = rows("in_sesion", 1, -1);
  STATUS(LINIMENT_STATUS_INVALID_BATCH, liniment_batch_stream(kb, NULL, &given, &advice, &batch, &error));
  CHECK(given.release == NULL && advice.release == NULL && batch == NULL);
  nothing_left();
  given = rows("in_session", 1, -1);
  options.output = 99;
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_batch_stream(kb, &options, &given, &advice, NULL, &error));
  nothing_left();
  options.output = 0;
  options.size = 4;
  given = rows("in_session", 1, -1);
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_batch_stream(kb, &options, &given, &advice, NULL, &error));
  nothing_left();
  given = rows("in_session", 1, -1);
  STATUS(LINIMENT_STATUS_NULL_POINTER, liniment_batch_stream(NULL, NULL, &given, &advice, NULL, &error));
  nothing_left();
  given = rows("in_session", 1, -1);
  STATUS(LINIMENT_STATUS_NULL_POINTER, liniment_batch_stream(kb, NULL, &given, NULL, NULL, &error));
  nothing_left();
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_batch_stream(kb, NULL, &given, &advice, NULL, &error));

  /* The rows end with an error. */
  given = rows("in_session", 3, 1);
  OK(liniment_batch_stream(kb, NULL, &given, &advice, NULL, &error));
  CHECK(drain(&advice) == -1);
  CHECK(advice.get_last_error(&advice) != NULL);
  advice.release(&advice);
  nothing_left();

  /* Stopped. */
  given = rows("in_session", 3, -1);
  OK(liniment_batch_stream(kb, NULL, &given, &advice, &batch, &error));
  liniment_batch_stop(batch);
  CHECK(drain(&advice) == -1);
  advice.release(&advice);
  liniment_batch_free(batch);
  nothing_left();
  wrong_rows(kb);
  liniment_kb_free(kb);
  return checked();
}
