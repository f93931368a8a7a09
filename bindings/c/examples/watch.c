/* A watch that advises while time passes: numbers instead of names, no allocation in the loop.
 *
 *     watch [STEPS] [SECONDS_PER_STEP]
 *
 * The clock moves by so many seconds at a step; a line is printed when the advice changes. A watch would
 * wait between the steps, and read its clock. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <liniment.h>

enum { MOST_ADVICE = 256 };

/* Takes where the error stands, not the error: C may look at arguments before it makes the call among them. */
static void check(liniment_status status, liniment_error **error) {
  if (status != LINIMENT_STATUS_OK) {
    fprintf(stderr, "%s\n", liniment_error_message(*error).data);
    exit(EXIT_FAILURE);
  }
}

static uint32_t fact(const liniment_kb *kb, liniment_str name) {
  liniment_error *error = NULL;
  uint32_t number = 0;
  check(liniment_kb_fact(kb, name, &number, &error), &error);
  return number;
}

static uint32_t option(const liniment_kb *kb, uint32_t fact, liniment_str name) {
  liniment_error *error = NULL;
  uint32_t number = 0;
  check(liniment_kb_option(kb, fact, name, &number, &error), &error);
  return number;
}

int main(int count, char **arguments) {
  int64_t steps = count > 1 ? strtoll(arguments[1], NULL, 10) : 100;
  int64_t seconds = count > 2 ? strtoll(arguments[2], NULL, 10) : 3600;
  liniment_error *error = NULL;
  liniment_kb *kb = NULL;
  check(liniment_kb_builtin(NULL, 0, &kb, &error), &error);
  size_t places = liniment_kb_advice_count(kb);
  if (places > MOST_ADVICE) {
    fprintf(stderr, "there are %zu advice ids; this watch has room for %d\n", places, MOST_ADVICE);
    return EXIT_FAILURE;
  }
  /* Looked up once. */
  uint32_t setting = fact(kb, LINIMENT_STR("onset_setting")), muscles = fact(kb, LINIMENT_STR("muscles_affected"));
  uint32_t state = fact(kb, LINIMENT_STR("cramp_state")), session = fact(kb, LINIMENT_STR("in_session"));
  liniment_value now[] = {
      liniment_option(setting, option(kb, setting, LINIMENT_STR("during_exercise"))),
      liniment_option(muscles, option(kb, muscles, LINIMENT_STR("calf_only"))),
      liniment_option(state, option(kb, state, LINIMENT_STR("released"))),
      liniment_bool(session, false),
      liniment_duration_us(fact(kb, LINIMENT_STR("time_since_release")), 0),
  };
  size_t stated = sizeof now / sizeof now[0];
  liniment_case *known = NULL;
  check(liniment_case_new(kb, &known, &error), &error);

  uint8_t before[MOST_ADVICE] = {0}, codes[MOST_ADVICE];
  for (int64_t step = 0; step <= steps; step++) {
    int64_t elapsed = step * seconds * INT64_C(1000000);
    now[stated - 1].as.whole = elapsed;
    check(liniment_evaluate(known, now, stated, codes, places, &error), &error);
    if (memcmp(before, codes, places) == 0)
      continue;
    char words[64];
    liniment_duration_words(elapsed, words, sizeof words);
    printf("after %s\n", words);
    for (size_t i = 0; i < places; i++)
      if (before[i] != codes[i])
        printf("  %s: %s\n", liniment_kb_advice_name(kb, (uint32_t)i).data, liniment_verdict_name(codes[i]));
    memcpy(before, codes, places);
  }
  liniment_case_free(known);
  liniment_kb_free(kb);
  return EXIT_SUCCESS;
}
