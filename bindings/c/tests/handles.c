/* Handles freed in every order, and callbacks that call back in. */
#include "check.h"

static const char MANIFEST[] = "Pack(id: \"tea\", version: \"1.0.0\", schema: 1, language: \"en\", title: \"Tea\")";

enum { KB, CASE, ADVICE, INTERVIEW, HANDLES };

/* Frees one of four handles that hang together, then the others: every order. */
static void every_order(void) {
  liniment_kb *loaded = NULL;
  OK(liniment_kb_builtin(NULL, 0, &loaded, &error));
  int orders = 0;
  for (int code = 0; code < HANDLES * HANDLES * HANDLES * HANDLES; code++) {
    int order[HANDLES], seen = 0;
    for (int i = 0, rest = code; i < HANDLES; i++, rest /= HANDLES) {
      order[i] = rest % HANDLES;
      seen |= 1 << order[i];
    }
    if (seen != (1 << HANDLES) - 1)
      continue;
    orders++;
    liniment_kb *kb = NULL;
    liniment_case *known = NULL;
    liniment_advice *advice = NULL;
    liniment_interview *interview = NULL;
    OK(liniment_kb_in_language(loaded, LINIMENT_STR("en"), &kb, &error));
    OK(liniment_case_from_json(kb, LINIMENT_STR("{\"muscles_affected\":\"all_muscles\"}"), &known, &error));
    OK(liniment_interview_new(known, &interview, &error));
    OK(liniment_interview_advice(interview, &advice, &error));
    for (int i = 0; i < HANDLES; i++) {
      switch (order[i]) {
      case KB: liniment_kb_free(kb); kb = NULL; break;
      case CASE: liniment_case_free(known); known = NULL; break;
      case ADVICE: liniment_advice_free(advice); advice = NULL; break;
      default: liniment_interview_free(interview); interview = NULL;
      }
      /* What is left still answers. */
      CHECK(kb == NULL || same(liniment_kb_advice_name(kb, 0), liniment_kb_advice_name(loaded, 0).data));
      CHECK(advice == NULL || liniment_advice_count(advice) > 0);
      liniment_text json = {NULL, 0};
      if (known != NULL)
        OK(liniment_case_json(known, &json, &error));
      liniment_text_free(&json);
      if (interview != NULL)
        OK(liniment_interview_json(interview, &json, &error));
      liniment_text_free(&json);
    }
  }
  CHECK(orders == 24);
  liniment_kb_free(loaded);
}

static int heard = 0;

static void hear(void *user, liniment_log_level level, liniment_str message) {
  CHECK(user == &heard && level == LINIMENT_LOG_LEVEL_WARNING && message.data[message.len] == 0);
  heard++;
  /* Calls back in, with something that would log again. */
  liniment_file files[2] = {{LINIMENT_STR("pack.ron"), liniment_str_of(MANIFEST)},
                            {LINIMENT_STR("rules.ron"), LINIMENT_STR("[Fact(id: \"cold\", kind: YesNo, ask: \"Cold?\")]")}};
  liniment_kb *kb = NULL;
  OK(liniment_kb_from_text(files, 2, &kb, &error));
  liniment_kb_free(kb);
  liniment_set_log(NULL, NULL);
  liniment_set_log(hear, user);
}

static void logging(void) {
  liniment_file files[2] = {{LINIMENT_STR("pack.ron"), liniment_str_of(MANIFEST)},
                            {LINIMENT_STR("rules.ron"), LINIMENT_STR("[Fact(id: \"cold\", kind: YesNo, ask: \"Cold?\")]")}};
  liniment_kb *kb = NULL;
  liniment_set_log(hear, &heard);
  OK(liniment_kb_from_text(files, 2, &kb, &error));
  CHECK(heard == (int)liniment_kb_warning_count(kb) && heard > 0);
  liniment_set_log(NULL, NULL);
  liniment_kb_free(kb);
}

static liniment_loading_stage last;
static uint64_t calls;

/* Loads another pack while one is loading, and stops at the stage that `user` names. */
static bool watch(void *user, liniment_loading_stage stage, uint64_t done, uint64_t total) {
  CHECK(done <= total && stage >= last);
  last = stage;
  if (calls++ == 0) {
    liniment_kb *other = NULL;
    OK(liniment_kb_builtin(NULL, 0, &other, &error));
    liniment_kb_free(other);
  }
  return user == NULL || stage != *(const liniment_loading_stage *)user;
}

static void progress(void) {
  liniment_kb *kb = NULL;
  liniment_builder *builder = liniment_builder_new();
  OK(liniment_builder_add_builtin(builder, LINIMENT_STR("calf-cramps"), &error));
  OK(liniment_builder_set_progress(builder, watch, NULL, &error));
  OK(liniment_builder_build(builder, &kb, &error));
  CHECK(calls >= 8 && last == LINIMENT_LOADING_STAGE_COMPILE);
  liniment_kb_free(kb);

  liniment_loading_stage stop = LINIMENT_LOADING_STAGE_CHECK;
  last = LINIMENT_LOADING_STAGE_PARSE;
  OK(liniment_builder_set_progress(builder, watch, &stop, &error));
  STATUS(LINIMENT_STATUS_STOPPED, liniment_builder_build(builder, &kb, &error));
  CHECK(kb == NULL && last == LINIMENT_LOADING_STAGE_CHECK);

  uint64_t before = calls;
  OK(liniment_builder_set_progress(builder, NULL, NULL, &error));
  OK(liniment_builder_build(builder, &kb, &error));
  CHECK(calls == before);
  liniment_kb_free(kb);
  liniment_builder_free(builder);
}

int main(void) {
  every_order();
  logging();
  progress();
  return checked();
}
