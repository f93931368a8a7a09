/* Create, evaluate, free, many times, and every way to fail: for tools that look for leaks and wrong accesses. */
#include "check.h"

static void fail_everywhere(const liniment_kb *kb) {
  liniment_kb *no_kb = NULL;
  liniment_case *known = NULL;
  liniment_text text;
  liniment_str broken = {"\xff", 1}, wrong[] = {LINIMENT_STR("{"), LINIMENT_STR("[]"), LINIMENT_STR("{\"weather\":1}"),
    LINIMENT_STR("{\"cramp_state\":\"activ\"}"), LINIMENT_STR("{\"in_session\":3}"), LINIMENT_STR("{\"time_since_release\":\"-1h\"}")};
  for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
    liniment_error *error = NULL;
    CHECK(liniment_case_from_json(kb, wrong[i], &known, &error) != LINIMENT_STATUS_OK && error != NULL && known == NULL);
    liniment_error_free(error);
  }
  STATUS(LINIMENT_STATUS_INVALID_CASE, liniment_case_from_json(kb, broken, &known, &error));
  STATUS(LINIMENT_STATUS_UNREADABLE, liniment_kb_from_folder(LINIMENT_STR("/nowhere"), &no_kb, &error));
  liniment_file file = {LINIMENT_STR("pack.ron"), LINIMENT_STR("Pack(id: \"x\", versio")};
  STATUS(LINIMENT_STATUS_INVALID_PACK, liniment_kb_from_text(&file, 1, &no_kb, &error));
  OK(liniment_case_new(kb, &known, &error));
  STATUS(LINIMENT_STATUS_INVALID_TEXT, liniment_case_set_text(known, broken, broken, &error));
  STATUS(LINIMENT_STATUS_UNKNOWN_NAME, liniment_explain(known, LINIMENT_STR("icy"), LINIMENT_OUTPUT_JSON, &text, &error));
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_plan(known, 0, 99, &text, &error));
  liniment_case_free(known);
}

int main(int count, char **arguments) {
  long rounds = count > 1 ? strtol(arguments[1], NULL, 10) : 100;
  liniment_kb *kb = NULL;
  OK(liniment_kb_builtin(NULL, 0, &kb, &error));
  size_t places = liniment_kb_advice_count(kb);
  uint8_t *codes = malloc(places);
  uint32_t session = 0;
  OK(liniment_kb_fact(kb, LINIMENT_STR("in_session"), &session, &error));
  for (long round = 0; round < rounds; round++) {
    liniment_case *known = NULL;
    OK(liniment_case_new(kb, &known, &error));
    OK(liniment_case_set_bool(known, session, round % 2 == 0, &error));
    OK(liniment_case_set_text(known, LINIMENT_STR("cramp_state"), LINIMENT_STR("active"), &error));
    OK(liniment_verdicts(known, codes, places, &error));
    /* Advice asks what could still change, which takes its time. */
    if (round % 2500 == 0) {
      liniment_advice *given = NULL;
      liniment_text json;
      OK(liniment_advise(known, &given, &error));
      liniment_case_free(known);
      known = NULL;
      OK(liniment_advice_json(given, &json, &error));
      liniment_text_free(&json);
      liniment_advice_free(given);
    }
    liniment_case_free(known);
    if (round % 100 == 0)
      fail_everywhere(kb);
  }
  free(codes);
  liniment_kb_free(kb);
  return checked();
}
