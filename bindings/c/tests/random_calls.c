/* Random calls in random order, with right and wrong arguments: whatever is passed, a status is answered, an
 * error stands exactly where there is one, and what failed gives nothing.
 *
 * By itself it draws sequences from a seed: `random_calls SEQUENCES SEED`. Compiled with `-DFUZZER`, a fuzzer
 * draws them. */
#include "check.h"

enum { CASES = 3, LONGEST = 400 };

/* The bytes that decide what is called; 0 past their end. */
typedef struct {
  const uint8_t *bytes;
  size_t left;
} choices;

static uint8_t next(choices *from) {
  if (from->left == 0)
    return 0;
  from->left--;
  return *from->bytes++;
}

static uint32_t below(choices *from, uint32_t end) { return next(from) % end; }

static int64_t number(choices *from) {
  static const int64_t often[] = {0, 1, -1, 30, 86400000000, 259200000000, INT64_MAX, INT64_MIN};
  uint32_t which = below(from, 12);
  return which < 8 ? often[which] : (int64_t)((uint64_t)next(from) << (8 * below(from, 8)));
}

static liniment_str word(choices *from) {
  static const char *const often[] = {"cramp_state", "active", "in_session", "true", "time_since_release", "3h",
    "stretch", "massage_rolling", "muscles_affected", "calf_only", "never", "1d..3d", "", "de", "no such name",
    "{\"cramp_state\":\"active\"}", "{\"in_session\":", "runner", "(in_session: true)", "heat_primary_cause"};
  uint32_t which = below(from, sizeof often / sizeof often[0] + 4);
  if (which < sizeof often / sizeof often[0])
    return liniment_str_of(often[which]);
  liniment_str wrong[] = {{NULL, 0}, {NULL, 5}, {"\xff\xfe", 2}, {"a\0b", 3}};
  return wrong[which - sizeof often / sizeof often[0]];
}

/* Everything that one sequence holds at a time. */
typedef struct {
  liniment_kb *kb;
  liniment_case *cases[CASES];
  liniment_advice *advice;
  liniment_interview *interview;
} holding;

static void answered(liniment_status status, liniment_error *error) {
  CHECK((status == LINIMENT_STATUS_OK) == (error == NULL));
  if (error != NULL) {
    CHECK(liniment_error_status(error) == status && liniment_error_message(error).len > 0);
    CHECK(liniment_error_code(error).len == 5 && liniment_error_json(error).len > 0);
    CHECK(status != LINIMENT_STATUS_PANIC && status != LINIMENT_STATUS_POISONED);
  }
  liniment_error_free(error);
}

#define TRY(call)                                                              \
  do {                                                                         \
    liniment_error *error = NULL;                                              \
    liniment_status status_ = (call);                                          \
    answered(status_, error);                                                  \
  } while (0)

/* A text was given, or nothing. */
static void given(liniment_status status, liniment_error *error, liniment_text *text) {
  CHECK((status == LINIMENT_STATUS_OK) == (text->data != NULL));
  liniment_text_free(text);
  answered(status, error);
}

static liniment_value value(choices *from) {
  liniment_value drawn = liniment_integer(below(from, 80), number(from));
  drawn.kind = (uint32_t)below(from, 14);
  if (drawn.kind == LINIMENT_KIND_NUMBER)
    drawn = liniment_number(drawn.fact, (double)number(from) / (double)number(from));
  return drawn;
}

static void set_something(choices *from, liniment_case *known) {
  uint32_t fact = below(from, 80);
  liniment_value one = value(from), other = value(from);
  uint32_t options[3] = {below(from, 5), below(from, 5), below(from, 5)};
  switch (below(from, 16)) {
  case 0: TRY(liniment_case_set_bool(known, fact, below(from, 2) != 0, &error)); break;
  case 1: TRY(liniment_case_set_option(known, fact, below(from, 6), &error)); break;
  case 2: TRY(liniment_case_set_integer(known, fact, number(from), &error)); break;
  case 3: TRY(liniment_case_set_number(known, fact, (double)number(from), &error)); break;
  case 4: TRY(liniment_case_set_duration_us(known, fact, number(from), &error)); break;
  case 5: TRY(liniment_case_set_several(known, fact, options, below(from, 4), options, below(from, 2), &error)); break;
  case 6: TRY(liniment_case_set(known, &one, &error)); break;
  case 7: TRY(liniment_case_set_range(known, fact, &one, &other, &error)); break;
  case 8: TRY(liniment_case_report(known, &one, word(from), &error)); break;
  case 9: TRY(liniment_case_decline(known, fact, &error)); break;
  case 10: TRY(liniment_case_unset(known, fact, &error)); break;
  case 11: TRY(liniment_case_set_text(known, word(from), word(from), &error)); break;
  case 12: TRY(liniment_case_set_option_by_name(known, word(from), word(from), &error)); break;
  case 13: TRY(liniment_case_set_range_by_name(known, word(from), word(from), word(from), &error)); break;
  case 14: TRY(liniment_case_report_by_name(known, word(from), word(from), word(from), &error)); break;
  default: TRY(liniment_case_clear(known, &error)); break;
  }
}

static void make_case(choices *from, holding *held) {
  liniment_error *error = NULL;
  liniment_case **place = &held->cases[below(from, CASES)], *made = NULL;
  liniment_status status;
  switch (below(from, 4)) {
  case 0: status = liniment_case_new(held->kb, &made, &error); break;
  case 1: status = liniment_case_from_json(held->kb, word(from), &made, &error); break;
  case 2: status = liniment_case_from_text(held->kb, (int32_t)below(from, 5), word(from), &made, &error); break;
  default: status = liniment_case_copy(held->cases[below(from, CASES)], &made, &error); break;
  }
  CHECK((status == LINIMENT_STATUS_OK) == (made != NULL));
  answered(status, error);
  if (made != NULL) {
    liniment_case_free(*place);
    *place = made;
  }
}

static void evaluate(choices *from, holding *held, liniment_case *known) {
  static uint8_t codes[1024];
  liniment_error *error = NULL;
  size_t count = liniment_kb_advice_count(held->kb) + (below(from, 8) == 0);
  liniment_status status;
  if (below(from, 2) == 0) {
    liniment_value values[4] = {value(from), value(from), value(from), value(from)};
    status = liniment_evaluate(known, values, below(from, 5), codes, count, &error);
  } else {
    status = liniment_verdicts(known, codes, count, &error);
  }
  if (status == LINIMENT_STATUS_OK)
    for (size_t i = 0; i < count; i++)
      CHECK(codes[i] == 0 || liniment_verdict_name(codes[i]) != NULL);
  answered(status, error);
}

/* What takes longer. */
static void reason(choices *from, holding *held, liniment_case *known) {
  liniment_error *error = NULL;
  liniment_text text = {NULL, 0};
  liniment_status status;
  switch (below(from, 9)) {
  case 0: status = liniment_advise_json(known, &text, &error); break;
  case 1: status = liniment_explain(known, word(from), (int32_t)below(from, 4), &text, &error); break;
  case 2: status = liniment_ways(known, word(from), next(from), &text, &error); break;
  case 3: status = liniment_suffices(known, word(from), &text, &error); break;
  case 4: status = liniment_what_if(known, word(from), &text, &error); break;
  case 5: status = liniment_plan(known, number(from), (int32_t)below(from, 5), &text, &error); break;
  case 6: status = liniment_case_json(known, &text, &error); break;
  case 7: status = liniment_advice_json(held->advice, &text, &error); break;
  default: status = liniment_kb_case_schema(held->kb, &text, &error); break;
  }
  given(status, error, &text);
}

static void look_at_advice(choices *from, holding *held, liniment_case *known) {
  liniment_error *error = NULL;
  liniment_advice *made = NULL;
  liniment_status status = liniment_advise(known, &made, &error);
  CHECK((status == LINIMENT_STATUS_OK) == (made != NULL));
  answered(status, error);
  liniment_advice_free(held->advice);
  held->advice = made;
  for (size_t i = 0; i < liniment_advice_count(made) + 1; i++) {
    liniment_item item = {.size = sizeof item};
    status = liniment_advice_item(made, i, &item);
    CHECK((status == LINIMENT_STATUS_OK) == (i < liniment_advice_count(made)));
    CHECK(status != LINIMENT_STATUS_OK || (item.id.len > 0 && item.text.len > 0));
  }
  liniment_question question = {.size = sizeof question};
  (void)liniment_advice_question(made, below(from, 4), &question);
  liniment_conflict conflict = {.size = sizeof conflict};
  (void)liniment_advice_conflict(made, below(from, 3), &conflict);
}

static void interview(choices *from, holding *held, liniment_case *known) {
  bool moved = false;
  switch (below(from, 6)) {
  case 0: {
    liniment_interview *made = NULL;
    TRY(liniment_interview_new(known, &made, &error));
    liniment_interview_free(held->interview);
    held->interview = made;
    break;
  }
  case 1: TRY(liniment_interview_answer(held->interview, word(from), &error)); break;
  case 2: TRY(liniment_interview_decline(held->interview, &error)); break;
  case 3: TRY(liniment_interview_skip(held->interview, &error)); break;
  case 4: TRY(liniment_interview_back(held->interview, &moved, &error)); break;
  default:
    CHECK(liniment_interview_question(held->interview) < 80);
    (void)liniment_interview_finished(held->interview);
    break;
  }
}

static void sequence(const liniment_kb *base, const uint8_t *bytes, size_t length) {
  choices drawn = {bytes, length}, *from = &drawn;
  holding held = {0};
  /* Its own share of the packs, freed before its cases. */
  TRY(liniment_kb_in_language(base, LINIMENT_STR("en"), &held.kb, &error));
  while (from->left > 0) {
    uint32_t what = below(from, 64);
    /* Sometimes none: NULL is an argument, too. */
    uint32_t which = below(from, CASES + 1);
    liniment_case *known = which < CASES ? held.cases[which] : NULL;
    if (what < 12)
      make_case(from, &held);
    else if (what < 40)
      set_something(from, known);
    else if (what < 52)
      evaluate(from, &held, known);
    else if (what < 55)
      interview(from, &held, known);
    else if (what < 57)
      reason(from, &held, known);
    else if (what == 57)
      look_at_advice(from, &held, known);
    else if (which < CASES) {
      liniment_case_free(known);
      held.cases[which] = NULL;
    }
  }
  liniment_kb_free(held.kb);
  for (size_t i = 0; i < CASES; i++)
    liniment_case_free(held.cases[i]);
  liniment_advice_free(held.advice);
  liniment_interview_free(held.interview);
}

static liniment_kb *packs(void) {
  liniment_kb *base = NULL;
  OK(liniment_kb_builtin(NULL, 0, &base, &error));
  return base;
}

#ifdef FUZZER

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
  static liniment_kb *base = NULL;
  if (base == NULL)
    base = packs();
  sequence(base, bytes, length);
  if (failures > 0)
    abort();
  return 0;
}

#else

int main(int count, char **arguments) {
  long sequences = count > 1 ? strtol(arguments[1], NULL, 10) : 100;
  uint64_t state = count > 2 ? strtoull(arguments[2], NULL, 10) : 20261127;
  uint8_t bytes[LONGEST];
  liniment_kb *base = packs();
  for (long drawn = 0; drawn < sequences && failures == 0; drawn++) {
    uint64_t first = state;
    for (size_t i = 0; i < LONGEST; i++) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      bytes[i] = (uint8_t)(state >> 56);
    }
    sequence(base, bytes, LONGEST);
    if (failures > 0)
      fprintf(stderr, "again with: random_calls 1 %" PRIu64 "\n", first);
  }
  liniment_kb_free(base);
  return checked();
}

#endif
