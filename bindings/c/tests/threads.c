/* Eight threads share one knowledge base and one piece of advice; each has its own case. */
#include <pthread.h>

#include "check.h"

static liniment_kb *kb;
static liniment_advice *shared;
static uint8_t expected[1024];

static void *work(void *result) {
  size_t places = liniment_kb_advice_count(kb);
  uint8_t codes[1024];
  bool fine = true;
  for (int round = 0; round < 20; round++) {
    liniment_case *known = NULL;
    fine = fine && liniment_case_new(kb, &known, NULL) == LINIMENT_STATUS_OK;
    fine = fine && liniment_case_set_text(known, LINIMENT_STR("onset_setting"), LINIMENT_STR("during_exercise"), NULL) == LINIMENT_STATUS_OK;
    fine = fine && liniment_case_set_text(known, LINIMENT_STR("muscles_affected"), LINIMENT_STR("calf_only"), NULL) == LINIMENT_STATUS_OK;
    fine = fine && liniment_case_set_text(known, LINIMENT_STR("cramp_state"), LINIMENT_STR("active"), NULL) == LINIMENT_STATUS_OK;
    fine = fine && liniment_verdicts(known, codes, places, NULL) == LINIMENT_STATUS_OK;
    fine = fine && memcmp(codes, expected, places) == 0;
    liniment_case_free(known);
    liniment_fact_info info = {.size = sizeof info};
    fine = fine && liniment_kb_fact_info(kb, 0, &info) == LINIMENT_STATUS_OK && info.id.len > 0;
    liniment_item item = {.size = sizeof item};
    fine = fine && liniment_advice_item(shared, 0, &item) == LINIMENT_STATUS_OK;
  }
  *(bool *)result = fine;
  return NULL;
}

int main(void) {
  OK(liniment_kb_builtin(NULL, 0, &kb, &error));
  liniment_case *known = NULL;
  OK(liniment_case_from_json(kb, LINIMENT_STR("{\"onset_setting\":\"during_exercise\",\"muscles_affected\":\"calf_only\",\"cramp_state\":\"active\"}"), &known, &error));
  CHECK(liniment_kb_advice_count(kb) <= sizeof expected);
  OK(liniment_verdicts(known, expected, liniment_kb_advice_count(kb), &error));
  OK(liniment_advise(known, &shared, &error));
  liniment_case_free(known);
  pthread_t threads[8];
  bool fine[8] = {false};
  for (int i = 0; i < 8; i++)
    CHECK(pthread_create(&threads[i], NULL, work, &fine[i]) == 0);
  for (int i = 0; i < 8; i++) {
    pthread_join(threads[i], NULL);
    CHECK(fine[i]);
  }
  liniment_advice_free(shared);
  liniment_kb_free(kb);
  return checked();
}
