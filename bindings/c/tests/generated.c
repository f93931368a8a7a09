/* A pack as C: the header that `liniment codegen` makes, used. Each MISUSE must not compile. */
#include "check.h"

#include "calf.h"

int main(void) {
  liniment_str names[] = {LINIMENT_STR("calf-cramps"), LINIMENT_STR("leg-red-flags")};
  liniment_kb *kb = NULL, *changed = NULL;
  OK(liniment_kb_builtin(names, 2, &kb, &error));
  OK(calf_check(kb, &error));
  OK(liniment_kb_builtin(names, 1, &changed, &error));
  STATUS(LINIMENT_STATUS_PACK_CHANGED, calf_check(changed, &error));
  liniment_kb_free(changed);
  CHECK(liniment_kb_advice_count(kb) == CALF_ADVICE_COUNT && liniment_kb_fact_count(kb) == CALF_FACT_COUNT);
  CHECK(same(liniment_kb_advice_name(kb, CALF_ADVICE_MASSAGE_ROLLING), "massage_rolling"));

  calf_case known = {0};
  known.onset_setting = CALF_ONSET_SETTING_DURING_EXERCISE;
  known.muscles_affected = CALF_MUSCLES_AFFECTED_CALF_ONLY;
  known.cramp_state = CALF_CRAMP_STATE_RELEASED;
  known.in_session = CALF_NO;
  known.time_since_release = calf_us(INT64_C(72000000000));
  known.calf_clothing.includes = CALF_CALF_CLOTHING_THICK;
#if defined(MISUSE_OPTION)
  known.cramp_state = CALF_ONSET_SETTING_AT_NIGHT;
#elif defined(MISUSE_BOOL)
  known.in_session = true;
#elif defined(MISUSE_NAME)
  known.in_sesion = CALF_NO;
#elif defined(MISUSE_NUMBER)
  known.cramp_state = 1;
#endif
  liniment_case *state = NULL;
  uint8_t codes[CALF_ADVICE_COUNT];
  OK(liniment_case_new(kb, &state, &error));
  OK(calf_evaluate(state, &known, codes, &error));
  CHECK(codes[CALF_ADVICE_MASSAGE_ROLLING] == LINIMENT_VERDICT_DEFER);
  liniment_text json;
  OK(liniment_case_json(state, &json, &error));
  CHECK(strstr(json.data, "\"time_since_release\":\"PT20H\"") != NULL && strstr(json.data, "\"in_session\":false") != NULL);
  liniment_text_free(&json);

  /* What is zero again is forgotten. */
  memset(&known, 0, sizeof known);
  OK(calf_evaluate(state, &known, codes, &error));
  OK(liniment_case_json(state, &json, &error));
  CHECK(strcmp(json.data, "{}") == 0);
  liniment_text_free(&json);
  liniment_case_free(state);
  liniment_kb_free(kb);
  return checked();
}
