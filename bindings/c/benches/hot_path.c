/* How long one call of liniment_evaluate takes: it states every fact of a case by number, evaluates, and fills
 * a code for each advice id.
 *
 *     cargo xtask bench c
 *
 * Workload A is 25 rules over ten facts, of which 30 in 100 are unknown. Processor time; the median of 21
 * rounds, each over the same 1024 cases. */
#define _POSIX_C_SOURCE 199309L

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <liniment.h>

enum { CASES = 1024, ROUNDS = 21, REPEATS = 100 };

/* Takes where the error stands, not the error: C may look at arguments before it makes the call among them. */
static void check(liniment_status status, liniment_error **error) {
  if (status != LINIMENT_STATUS_OK) {
    fprintf(stderr, "%s\n", liniment_error_message(*error).data);
    exit(EXIT_FAILURE);
  }
}

static uint64_t state = 88172645463325252u;

static uint64_t random_below(uint64_t count) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state % count;
}

static liniment_value random_value(const liniment_fact_info *info) {
  if (random_below(100) < 30)
    return liniment_unknown(info->fact);
  int64_t from = info->has_from ? (int64_t)info->from : 0, to = info->has_to ? (int64_t)info->to : 1000000;
  int64_t whole = from + (int64_t)random_below((uint64_t)(to - from + 1));
  switch (info->kind) {
  case LINIMENT_FACT_KIND_YES_NO: return liniment_bool(info->fact, random_below(2) == 1);
  case LINIMENT_FACT_KIND_CHOICE:
  case LINIMENT_FACT_KIND_SCALE: return liniment_option(info->fact, (uint32_t)random_below(info->option_count));
  case LINIMENT_FACT_KIND_SEVERAL: return liniment_several(info->fact, 1, 2);
  case LINIMENT_FACT_KIND_INTEGER: return liniment_integer(info->fact, whole);
  case LINIMENT_FACT_KIND_NUMBER: return liniment_number(info->fact, (double)whole);
  default: return liniment_duration_us(info->fact, whole);
  }
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static int by_size(const void *one, const void *other) {
  double left = *(const double *)one, right = *(const double *)other;
  return (left > right) - (left < right);
}

int main(int count, char **arguments) {
  if (count != 2) {
    fprintf(stderr, "usage: hot_path FOLDER_OF_A_PACK\n");
    return 2;
  }
  liniment_error *error = NULL;
  liniment_kb *kb = NULL;
  liniment_case *known = NULL;
  check(liniment_kb_from_folder(liniment_str_of(arguments[1]), &kb, &error), &error);
  check(liniment_case_new(kb, &known, &error), &error);
  size_t facts = liniment_kb_fact_count(kb), places = liniment_kb_advice_count(kb);
  liniment_value *values = malloc(CASES * facts * sizeof *values);
  uint8_t *codes = malloc(places);
  if (values == NULL || codes == NULL)
    return EXIT_FAILURE;
  for (size_t i = 0; i < CASES; i++)
    for (size_t fact = 0; fact < facts; fact++) {
      liniment_fact_info info = {.size = sizeof info};
      check(liniment_kb_fact_info(kb, (uint32_t)fact, &info), NULL);
      values[i * facts + fact] = random_value(&info);
    }
  double times[ROUNDS], stating[ROUNDS];
  uint64_t said = 0;
  for (size_t round = 0; round < ROUNDS; round++) {
    double start = now();
    for (size_t repeat = 0; repeat < REPEATS; repeat++)
      for (size_t i = 0; i < CASES; i++) {
        check(liniment_evaluate(known, values + i * facts, facts, codes, places, &error), &error);
        said += codes[i % places];
      }
    times[round] = (now() - start) / (CASES * REPEATS);
    start = now();
    for (size_t repeat = 0; repeat < REPEATS; repeat++)
      for (size_t i = 0; i < CASES; i++)
        check(liniment_case_set_all(known, values + i * facts, facts, &error), &error);
    stating[round] = (now() - start) / (CASES * REPEATS);
  }
  qsort(times, ROUNDS, sizeof times[0], by_size);
  qsort(stating, ROUNDS, sizeof stating[0], by_size);
  printf("%zu facts, %zu advice ids (check sum %llu)\n", facts, places, (unsigned long long)said);
  printf("liniment_evaluate      %8.1f ns, median of %d; %.1f to %.1f\n", times[ROUNDS / 2], ROUNDS, times[0], times[ROUNDS - 1]);
  printf("of which stating facts %8.1f ns\n", stating[ROUNDS / 2]);
  free(values);
  free(codes);
  liniment_case_free(known);
  liniment_kb_free(kb);
  return EXIT_SUCCESS;
}
