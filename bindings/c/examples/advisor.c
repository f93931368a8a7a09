/* An advisor for the console: it asks until no answer can change the advice, then says what to do.
 *
 *     advisor [LANGUAGE]
 *
 * Answers: an option's number or name, yes or no, a number, a time such as 36h. `?` skips a question, `-`
 * declines it, `<` goes back, the end of the input ends the interview. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <liniment.h>

/* Prints what went wrong, if anything did, and tells whether it did. It takes where the error stands, not the
 * error: C may look at arguments before it makes the call among them. */
static bool failed(liniment_status status, liniment_error **error) {
  if (status == LINIMENT_STATUS_OK)
    return false;
  fprintf(stderr, "%s\n", liniment_error_message(*error).data);
  liniment_error_free(*error);
  return true;
}

static void ask(const liniment_kb *kb, uint32_t fact) {
  liniment_fact_info info = {.size = sizeof info};
  if (liniment_kb_fact_info(kb, fact, &info) != LINIMENT_STATUS_OK)
    return;
  printf("\n%s\n", info.ask.data);
  for (uint32_t i = 0; i < info.option_count; i++) {
    liniment_option_info option = {.size = sizeof option};
    if (liniment_kb_option_info(kb, fact, i, &option) == LINIMENT_STATUS_OK)
      printf("  %u. %s\n", i + 1, option.label.data);
  }
  if (info.unit.data != NULL)
    printf("  (in %s)\n", info.unit.data);
  printf("> ");
  fflush(stdout);
}

/* False at the end of the input. */
static bool answer(liniment_interview *interview) {
  char line[1024];
  if (fgets(line, sizeof line, stdin) == NULL)
    return false;
  line[strcspn(line, "\r\n")] = 0;
  liniment_error *error = NULL;
  bool moved;
  if (strcmp(line, "?") == 0)
    failed(liniment_interview_skip(interview, &error), &error);
  else if (strcmp(line, "-") == 0)
    failed(liniment_interview_decline(interview, &error), &error);
  else if (strcmp(line, "<") == 0)
    failed(liniment_interview_back(interview, &moved, &error), &error);
  else
    failed(liniment_interview_answer(interview, liniment_str_of(line), &error), &error);
  return true;
}

static void print(const liniment_advice *advice) {
  for (size_t i = 0; i < liniment_advice_cause_count(advice); i++) {
    liniment_cause cause = {.size = sizeof cause};
    if (liniment_advice_cause(advice, i, &cause) == LINIMENT_STATUS_OK)
      printf("%s cause: %s\n", cause.standing.data, cause.text.data);
  }
  for (size_t i = 0; i < liniment_advice_count(advice); i++) {
    liniment_item item = {.size = sizeof item};
    if (liniment_advice_item(advice, i, &item) != LINIMENT_STATUS_OK)
      continue;
    printf("%-12s %s\n", liniment_verdict_name(item.verdict), item.text.data);
    if (item.verdict == LINIMENT_VERDICT_DEFER && item.opens_in_us >= 0) {
      char words[64];
      liniment_duration_words(item.opens_in_us, words, sizeof words);
      printf("%-12s in %s\n", "", words);
    }
    for (size_t reason = 0; reason < item.because.count; reason++)
      printf("%-12s because: %s\n", "", item.because.items[reason].data);
  }
}

int main(int count, char **arguments) {
  liniment_error *error = NULL;
  liniment_kb *kb = NULL;
  if (failed(liniment_kb_builtin(NULL, 0, &kb, &error), &error))
    return EXIT_FAILURE;
  if (count > 1) {
    liniment_kb *speaking = NULL;
    if (failed(liniment_kb_in_language(kb, liniment_str_of(arguments[1]), &speaking, &error), &error)) {
      liniment_kb_free(kb);
      return EXIT_FAILURE;
    }
    liniment_kb_free(kb);
    kb = speaking;
  }
  int result = EXIT_FAILURE;
  liniment_case *known = NULL;
  liniment_interview *interview = NULL;
  liniment_advice *advice = NULL;
  if (!failed(liniment_case_new(kb, &known, &error), &error) &&
      !failed(liniment_interview_new(known, &interview, &error), &error)) {
    int64_t fact;
    while ((fact = liniment_interview_question(interview)) >= 0) {
      ask(kb, (uint32_t)fact);
      if (!answer(interview))
        break;
    }
    printf("\n");
    if (!failed(liniment_interview_advice(interview, &advice, &error), &error)) {
      print(advice);
      result = EXIT_SUCCESS;
    }
  }
  liniment_advice_free(advice);
  liniment_interview_free(interview);
  liniment_case_free(known);
  liniment_kb_free(kb);
  return result;
}
