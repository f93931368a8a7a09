/* The examples of docs/C.md, each where it could stand in a program: `guide_1.inc` is the first, and so on. */
#include "check.h"

#include "calf_cramps.h"

static uint32_t fact(const liniment_kb *kb, const char *name) {
  uint32_t number = 0;
  OK(liniment_kb_fact(kb, liniment_str_of(name), &number, &error));
  return number;
}

static void partly_known(const liniment_kb *kb) {
  liniment_error *error = NULL;
  liniment_case *known = NULL;
  OK(liniment_case_new(kb, &known, &error));
#include "guide_1.inc"
  CHECK(error == NULL);
  liniment_text json;
  OK(liniment_case_json(known, &json, &error));
  CHECK(strstr(json.data, "\"to\":\"PT72H\"") != NULL && strstr(json.data, "watch log") != NULL);
  CHECK(strstr(json.data, "post_cramp_pain") != NULL);
  liniment_text_free(&json);
  liniment_case_free(known);
}

static void in_a_loop(const liniment_kb *kb) {
  liniment_error *error = NULL;
  liniment_case *known = NULL;
  OK(liniment_case_new(kb, &known, &error));
  uint32_t state = fact(kb, "cramp_state"), clock = fact(kb, "time_since_release"), released = 0, massage = 0;
  OK(liniment_kb_option(kb, state, LINIMENT_STR("released"), &released, &error));
  OK(liniment_kb_advice_id(kb, LINIMENT_STR("massage_rolling"), &massage, &error));
  OK(liniment_case_set_text(known, LINIMENT_STR("onset_setting"), LINIMENT_STR("during_exercise"), &error));
  OK(liniment_case_set_text(known, LINIMENT_STR("muscles_affected"), LINIMENT_STR("calf_only"), &error));
  OK(liniment_case_set_text(known, LINIMENT_STR("in_session"), LINIMENT_STR("false"), &error));
  uint8_t codes[CALF_CRAMPS_ADVICE_COUNT];
  size_t places = liniment_kb_advice_count(kb);
  int64_t elapsed = INT64_C(30) * 3600 * 1000000;
  int recommended = 0;
#include "guide_2.inc"
  CHECK(error == NULL && recommended == 1);
  liniment_case_free(known);
}

static void as_c(const liniment_kb *kb) {
  liniment_error *error = NULL;
  liniment_case *state = NULL;
  uint8_t codes[CALF_CRAMPS_ADVICE_COUNT];
  OK(calf_cramps_check(kb, &error));
  OK(liniment_case_new(kb, &state, &error));
#include "guide_3.inc"
  CHECK(error == NULL);
  liniment_text json;
  OK(liniment_case_json(state, &json, &error));
  CHECK(strcmp(json.data, "{\"cramp_state\":\"active\",\"in_session\":true}") == 0);
  liniment_text_free(&json);
  liniment_case_free(state);
}

int main(void) {
  liniment_str name = LINIMENT_STR("calf-cramps");
  liniment_kb *kb = NULL;
  OK(liniment_kb_builtin(&name, 1, &kb, &error));
  partly_known(kb);
  in_a_loop(kb);
  as_c(kb);
  liniment_kb_free(kb);
  return checked();
}
