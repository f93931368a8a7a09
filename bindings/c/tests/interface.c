/* What the interface promises: every function used as it is meant to be, and what happens where it is not. */
#include "check.h"

static liniment_kb *load(const char *language) {
  liniment_builder *builder = liniment_builder_new();
  liniment_kb *kb = NULL;
  OK(liniment_builder_add_builtin(builder, LINIMENT_STR("leg-red-flags"), &error));
  OK(liniment_builder_add_builtin(builder, LINIMENT_STR("calf-cramps"), &error));
  OK(liniment_builder_set_language(builder, liniment_str_of(language), &error));
  OK(liniment_builder_build(builder, &kb, &error));
  liniment_builder_free(builder);
  return kb;
}

static uint32_t fact(const liniment_kb *kb, const char *name) {
  uint32_t number = UINT32_MAX;
  OK(liniment_kb_fact(kb, liniment_str_of(name), &number, &error));
  return number;
}

static uint32_t option(const liniment_kb *kb, const char *name, const char *option_name) {
  uint32_t number = UINT32_MAX;
  OK(liniment_kb_option(kb, fact(kb, name), liniment_str_of(option_name), &number, &error));
  return number;
}

static void versions(void) {
  CHECK(strcmp(liniment_version(), LINIMENT_VERSION) == 0);
  char expected[64];
  snprintf(expected, sizeof expected, "%d.%d.%d", LINIMENT_VERSION_MAJOR, LINIMENT_VERSION_MINOR, LINIMENT_VERSION_PATCH);
  CHECK(strncmp(LINIMENT_VERSION, expected, strlen(expected)) == 0);
  CHECK(liniment_abi_version() == LINIMENT_ABI_VERSION);
  CHECK(liniment_result_schema().len > 1000);
  CHECK(liniment_builtin_count() == 2);
  CHECK(same(liniment_builtin_name(0), "calf-cramps"));
  CHECK(liniment_builtin_name(2).data == NULL);
  CHECK(strcmp(liniment_verdict_name(LINIMENT_VERDICT_OUT_OF_SCOPE), "out_of_scope") == 0);
  CHECK(liniment_verdict_name(12) == NULL);
}

static void information(void) {
  liniment_kb *kb = load("en");
  CHECK(liniment_kb_pack_count(kb) == 2);
  liniment_pack_info pack = {.size = sizeof pack};
  CHECK(liniment_kb_pack_info(kb, 0, &pack) == LINIMENT_STATUS_OK);
  CHECK(pack.version.len > 0 && pack.hash.len == 16 && pack.languages.count == 2);
  CHECK(liniment_kb_fact_count(kb) > 20);
  liniment_fact_info info = {.size = sizeof info};
  CHECK(liniment_kb_fact_info(kb, fact(kb, "calf_clothing"), &info) == LINIMENT_STATUS_OK);
  CHECK(info.kind == LINIMENT_FACT_KIND_SEVERAL && info.option_count == 3 && same(info.id, "calf_clothing"));
  liniment_option_info thick = {.size = sizeof thick};
  CHECK(liniment_kb_option_info(kb, info.fact, option(kb, "calf_clothing", "thick"), &thick) == LINIMENT_STATUS_OK);
  CHECK(same(thick.id, "thick") && thick.label.len > 0);
  CHECK(liniment_kb_option_info(kb, info.fact, 99, &thick) == LINIMENT_STATUS_INVALID_ARGUMENT);
  CHECK(liniment_kb_fact_info(kb, 9999, &info) == LINIMENT_STATUS_INVALID_ARGUMENT);
  CHECK(liniment_kb_phase_count(kb) > 1);
  liniment_phase_info phase = {.size = sizeof phase};
  CHECK(liniment_kb_phase_info(kb, 0, &phase) == LINIMENT_STATUS_OK && phase.title.len > 0);
  CHECK(liniment_kb_source_count(kb) > 1);
  liniment_source_info source = {.size = sizeof source};
  CHECK(liniment_kb_source_info(kb, 0, &source) == LINIMENT_STATUS_OK && source.title.len > 0);
  CHECK(same(liniment_kb_language(kb), "en"));
  CHECK(liniment_kb_languages(kb).count == 2);
  CHECK(liniment_kb_warning_count(kb) == 0);
  uint32_t ice = 0;
  OK(liniment_kb_advice_id(kb, LINIMENT_STR("ice"), &ice, &error));
  CHECK(same(liniment_kb_advice_name(kb, ice), "ice"));
  CHECK(liniment_kb_advice_name(kb, 9999).data == NULL);
  liniment_text schema;
  OK(liniment_kb_case_schema(kb, &schema, &error));
  CHECK(schema.len == strlen(schema.data) && strstr(schema.data, "calf_clothing") != NULL);
  liniment_text_free(&schema);
  liniment_text_free(&schema);
  CHECK(schema.data == NULL);

  liniment_kb *german = NULL;
  OK(liniment_kb_in_language(kb, LINIMENT_STR("de"), &german, &error));
  CHECK(same(liniment_kb_language(german), "de"));
  CHECK(liniment_kb_hash(german) == liniment_kb_hash(kb));
  OK(liniment_kb_expect(kb, liniment_kb_hash(kb), &error));
  STATUS(LINIMENT_STATUS_PACK_CHANGED, liniment_kb_expect(kb, 1, &error));
  liniment_kb_free(german);
  STATUS(LINIMENT_STATUS_UNKNOWN_NAME, liniment_kb_in_language(kb, LINIMENT_STR("tlh"), &german, &error));
  CHECK(german == NULL);
  liniment_kb_free(kb);
}

/* A struct of a later version is filled as far as this one reaches, and the rest is zero. */
static void sizes(void) {
  liniment_kb *kb = load("en");
  struct {
    liniment_phase_info known;
    char later[24];
  } grown;
  memset(&grown, 0xff, sizeof grown);
  grown.known.size = sizeof grown;
  CHECK(liniment_kb_phase_info(kb, 0, &grown.known) == LINIMENT_STATUS_OK);
  CHECK(grown.known.size == sizeof grown && grown.later[0] == 0 && grown.later[23] == 0);
  grown.known.size = 8;
  CHECK(liniment_kb_phase_info(kb, 0, &grown.known) == LINIMENT_STATUS_INVALID_ARGUMENT);
  grown.known.size = 0;
  CHECK(liniment_kb_phase_info(kb, 0, &grown.known) == LINIMENT_STATUS_INVALID_ARGUMENT);
  liniment_kb_free(kb);
}

/* By number and by name a case comes to know the same. */
static void cases(void) {
  liniment_kb *kb = load("en");
  liniment_case *numbers = NULL, *names = NULL;
  OK(liniment_case_new(kb, &numbers, &error));
  OK(liniment_case_new(kb, &names, &error));

  OK(liniment_case_set_bool(numbers, fact(kb, "in_session"), true, &error));
  OK(liniment_case_set_bool_by_name(names, LINIMENT_STR("in_session"), true, &error));
  OK(liniment_case_set_option(numbers, fact(kb, "cramp_state"), option(kb, "cramp_state", "released"), &error));
  OK(liniment_case_set_option_by_name(names, LINIMENT_STR("cramp_state"), LINIMENT_STR("released"), &error));
  OK(liniment_case_set_duration_us(numbers, fact(kb, "time_since_release"), INT64_C(86400000000), &error));
  OK(liniment_case_set_duration_us_by_name(names, LINIMENT_STR("time_since_release"), INT64_C(86400000000), &error));
  uint32_t thick = option(kb, "calf_clothing", "thick"), tight = option(kb, "calf_clothing", "restrictive");
  OK(liniment_case_set_several(numbers, fact(kb, "calf_clothing"), &thick, 1, &tight, 1, &error));
  OK(liniment_case_set_text(names, LINIMENT_STR("calf_clothing"),
                            LINIMENT_STR("{\"includes\":[\"thick\"],\"excludes\":[\"restrictive\"]}"), &error));
  liniment_value night = liniment_option(fact(kb, "onset_setting"), option(kb, "onset_setting", "at_night"));
  liniment_value run = liniment_option(night.fact, option(kb, "onset_setting", "during_exercise"));
  OK(liniment_case_report(numbers, &run, LINIMENT_STR("runner"), &error));
  OK(liniment_case_report(numbers, &night, LINIMENT_STR("watch log"), &error));
  OK(liniment_case_report_by_name(names, LINIMENT_STR("onset_setting"), LINIMENT_STR("during_exercise"), LINIMENT_STR("runner"), &error));
  OK(liniment_case_report_by_name(names, LINIMENT_STR("onset_setting"), LINIMENT_STR("at_night"), LINIMENT_STR("watch log"), &error));
  OK(liniment_case_decline(numbers, fact(kb, "post_cramp_pain"), &error));
  OK(liniment_case_decline_by_name(names, LINIMENT_STR("post_cramp_pain"), &error));
  OK(liniment_case_set_bool(numbers, fact(kb, "hot_conditions"), true, &error));
  OK(liniment_case_unset(numbers, fact(kb, "hot_conditions"), &error));
  OK(liniment_case_set_bool_by_name(names, LINIMENT_STR("hot_conditions"), true, &error));
  OK(liniment_case_unset_by_name(names, LINIMENT_STR("hot_conditions"), &error));

  liniment_text one, other;
  OK(liniment_case_json(numbers, &one, &error));
  OK(liniment_case_json(names, &other, &error));
  CHECK(one.len == other.len && strcmp(one.data, other.data) == 0);
  CHECK(strstr(one.data, "PT24H") != NULL && strstr(one.data, "watch log") != NULL);

  liniment_case *again = NULL, *copy = NULL;
  liniment_str text = {one.data, one.len};
  OK(liniment_case_from_json(kb, text, &again, &error));
  OK(liniment_case_copy(again, &copy, &error));
  liniment_case_free(again);
  liniment_text_free(&other);
  OK(liniment_case_json(copy, &other, &error));
  CHECK(strcmp(one.data, other.data) == 0);
  liniment_text_free(&other);
  OK(liniment_case_from_text(kb, LINIMENT_FORMAT_TOML, LINIMENT_STR("in_session = true\n"), &again, &error));
  liniment_case_free(again);
  OK(liniment_case_from_text(kb, LINIMENT_FORMAT_RON, LINIMENT_STR("(in_session: true)"), &again, &error));
  liniment_case_free(again);
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_case_from_text(kb, 17, LINIMENT_STR("{}"), &again, &error));

  /* A range, by number and by name. */
  liniment_value from = liniment_duration_us(0, INT64_C(86400000000)), to = liniment_duration_us(0, INT64_C(259200000000));
  OK(liniment_case_set_range(numbers, fact(kb, "time_since_release"), &from, &to, &error));
  OK(liniment_case_set_range_by_name(names, LINIMENT_STR("time_since_release"), LINIMENT_STR("1d"), LINIMENT_STR("3d"), &error));
  liniment_text_free(&one);
  OK(liniment_case_json(numbers, &one, &error));
  OK(liniment_case_json(names, &other, &error));
  CHECK(strcmp(one.data, other.data) == 0 && strstr(one.data, "\"to\":\"PT72H\"") != NULL);

  /* In every order: the knowledge base first. */
  liniment_kb_free(kb);
  OK(liniment_case_clear(numbers, &error));
  liniment_text_free(&other);
  OK(liniment_case_json(numbers, &other, &error));
  CHECK(strcmp(other.data, "{}") == 0);
  liniment_text_free(&one);
  liniment_text_free(&other);
  liniment_case_free(copy);
  liniment_case_free(numbers);
  liniment_case_free(names);
}

static void advice(void) {
  liniment_kb *kb = load("en");
  liniment_case *known = NULL;
  OK(liniment_case_from_json(kb, LINIMENT_STR("{\"onset_setting\":\"during_exercise\",\"muscles_affected\":\"calf_only\","
    "\"cramp_state\":\"released\",\"in_session\":false,\"time_since_release\":\"20h\"}"), &known, &error));
  liniment_advice *given = NULL;
  OK(liniment_advise(known, &given, &error));
  size_t count = liniment_kb_advice_count(kb);
  uint8_t *codes = malloc(count);
  OK(liniment_verdicts(known, codes, count, &error));
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_verdicts(known, codes, count - 1, &error));
  liniment_kb_free(kb);

  liniment_text json;
  OK(liniment_advice_json(given, &json, &error));
  CHECK(json.len > 100 && json.data[json.len] == 0);
  liniment_text_free(&json);
  CHECK(same(liniment_advice_language(given), "en"));
  size_t listed = 0;
  for (size_t i = 0; i < liniment_advice_count(given); i++) {
    liniment_item item = {.size = sizeof item}, found = {.size = sizeof found};
    CHECK(liniment_advice_item(given, i, &item) == LINIMENT_STATUS_OK);
    CHECK(liniment_advice_find(given, item.id, &found) == LINIMENT_STATUS_OK && found.id.data == item.id.data);
    CHECK(item.text.len > 0 && item.rules.count > 0 && item.verdict != LINIMENT_VERDICT_NONE);
    if (same(item.id, "massage_rolling")) {
      listed++;
      CHECK(item.verdict == LINIMENT_VERDICT_DEFER && item.opens_in_us == INT64_C(14400000000));
      CHECK(same(item.opens_at_fact, "time_since_release") && item.opens_at_us == INT64_C(86400000000));
      CHECK(item.cite_count > 0 && item.cites[0].source.len > 0);
    }
    if (same(item.id, "ice")) {
      listed++;
      CHECK(item.dose_lasting != NULL && item.dose_lasting->from_us > 0);
    }
  }
  CHECK(listed == 2);
  size_t verdicts = 0;
  for (size_t i = 0; i < count; i++)
    verdicts += codes[i] != LINIMENT_VERDICT_NONE;
  CHECK(verdicts == liniment_advice_count(given));
  free(codes);
  for (size_t i = 0; i < liniment_advice_question_count(given); i++) {
    liniment_question question = {.size = sizeof question};
    CHECK(liniment_advice_question(given, i, &question) == LINIMENT_STATUS_OK && question.ask.len > 0);
  }
  for (size_t i = 0; i < liniment_advice_cause_count(given); i++) {
    liniment_cause cause = {.size = sizeof cause};
    CHECK(liniment_advice_cause(given, i, &cause) == LINIMENT_STATUS_OK && cause.standing.len > 0);
  }
  liniment_item none = {.size = sizeof none};
  CHECK(liniment_advice_find(given, LINIMENT_STR("nothing"), &none) == LINIMENT_STATUS_UNKNOWN_NAME);
  CHECK(liniment_advice_item(given, 1000, &none) == LINIMENT_STATUS_INVALID_ARGUMENT);
  (void)liniment_advice_questions_exact(given);

  /* Two reports that differ, and an emergency that silences. */
  OK(liniment_case_report_by_name(known, LINIMENT_STR("in_session"), LINIMENT_STR("true"), LINIMENT_STR("watch"), &error));
  OK(liniment_case_report_by_name(known, LINIMENT_STR("in_session"), LINIMENT_STR("false"), LINIMENT_STR("runner"), &error));
  OK(liniment_case_set_text(known, LINIMENT_STR("muscles_affected"), LINIMENT_STR("all_muscles"), &error));
  liniment_advice *alarm = NULL;
  OK(liniment_advise(known, &alarm, &error));
  CHECK(liniment_advice_conflict_count(alarm) == 1);
  liniment_conflict conflict = {.size = sizeof conflict};
  CHECK(liniment_advice_conflict(alarm, 0, &conflict) == LINIMENT_STATUS_OK);
  CHECK(same(conflict.fact, "in_session") && conflict.report_count == 2 && conflict.advice.data == NULL);
  CHECK(same(conflict.reports[0].value, "true") && same(conflict.reports[0].source, "watch"));
  CHECK(liniment_advice_suppressed_count(alarm) > 0);
  liniment_suppressed silenced = {.size = sizeof silenced};
  CHECK(liniment_advice_suppressed(alarm, 0, &silenced) == LINIMENT_STATUS_OK && silenced.by.len > 0);
  liniment_advice_free(alarm);

  liniment_case_free(known);
  CHECK(liniment_advice_count(given) > 0);
  liniment_advice_free(given);
}

/* A knowledge base as bytes says what the one of packs does. */
static void compiled(void) {
  liniment_kb *kb = load("de"), *loaded = NULL;
  liniment_bytes bytes;
  OK(liniment_kb_to_bytes(kb, &bytes, &error));
  OK(liniment_kb_from_bytes(bytes.data, bytes.len, &loaded, &error));
  CHECK(liniment_kb_hash(loaded) == liniment_kb_hash(kb) && same(liniment_kb_language(loaded), "de"));
  CHECK(liniment_kb_warning_count(loaded) == 0);
  liniment_text answers[2];
  const liniment_kb *bases[] = {kb, loaded};
  for (int i = 0; i < 2; i++) {
    liniment_case *known = NULL;
    OK(liniment_case_from_json(bases[i], LINIMENT_STR("{\"cramp_state\":\"active\"}"), &known, &error));
    OK(liniment_explain(known, LINIMENT_STR("stretch"), LINIMENT_OUTPUT_JSON, &answers[i], &error));
    liniment_case_free(known);
  }
  CHECK(strcmp(answers[0].data, answers[1].data) == 0);
  liniment_text_free(&answers[0]);
  liniment_text_free(&answers[1]);
  liniment_kb_free(kb);
  liniment_kb_free(loaded);

  liniment_error *error = NULL;
  CHECK(liniment_kb_from_bytes(bytes.data, bytes.len - 1, &loaded, &error) == LINIMENT_STATUS_INVALID_PACK);
  CHECK(loaded == NULL && same(liniment_error_code(error), "C0503"));
  liniment_error_free(error);
  STATUS(LINIMENT_STATUS_INVALID_PACK, liniment_kb_from_bytes((const uint8_t *)"Pack", 4, &loaded, &error));
  STATUS(LINIMENT_STATUS_NULL_POINTER, liniment_kb_from_bytes(NULL, 0, &loaded, &error));
  liniment_bytes_free(&bytes);
  liniment_bytes_free(&bytes);
  CHECK(bytes.data == NULL && bytes.len == 0);
}

static void reasoning(void) {
  liniment_kb *kb = load("en");
  liniment_case *known = NULL;
  OK(liniment_case_from_json(kb, LINIMENT_STR("{\"onset_setting\":\"during_exercise\",\"muscles_affected\":\"calf_only\","
    "\"cramp_state\":\"released\",\"in_session\":false,\"time_since_release\":\"20h\"}"), &known, &error));
  liniment_text text;
  OK(liniment_explain(known, LINIMENT_STR("massage_rolling"), LINIMENT_OUTPUT_TEXT, &text, &error));
  CHECK(strstr(text.data, "massage_rolling: wait") != NULL);
  liniment_text_free(&text);
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_explain(known, LINIMENT_STR("ice"), LINIMENT_OUTPUT_SVG, &text, &error));
  STATUS(LINIMENT_STATUS_UNKNOWN_NAME, liniment_explain(known, LINIMENT_STR("icy"), LINIMENT_OUTPUT_JSON, &text, &error));
  OK(liniment_ways(known, LINIMENT_STR("massage_rolling"), LINIMENT_VERDICT_RECOMMEND, &text, &error));
  CHECK(strstr(text.data, "\"answer\":") != NULL);
  liniment_text_free(&text);
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_ways(known, LINIMENT_STR("ice"), 0, &text, &error));
  OK(liniment_suffices(known, LINIMENT_STR("massage_rolling"), &text, &error));
  CHECK(strstr(text.data, "\"facts\":") != NULL);
  liniment_text_free(&text);
  OK(liniment_what_if(known, LINIMENT_STR("{\"time_since_release\":\"30h\"}"), &text, &error));
  CHECK(strstr(text.data, "massage_rolling") != NULL);
  liniment_text_free(&text);
  STATUS(LINIMENT_STATUS_UNKNOWN_NAME, liniment_what_if(known, LINIMENT_STR("{\"weather\":1}"), &text, &error));
  int64_t week = 0;
  OK(liniment_duration_parse(LINIMENT_STR("7d"), &week, &error));
  CHECK(week == INT64_C(604800000000));
  STATUS(LINIMENT_STATUS_INVALID_TEXT, liniment_duration_parse(LINIMENT_STR("soon"), &week, &error));
  OK(liniment_plan(known, INT64_C(604800000000), LINIMENT_OUTPUT_JSON, &text, &error));
  CHECK(strstr(text.data, "\"intervals\":") != NULL);
  liniment_text_free(&text);
  OK(liniment_plan(known, INT64_C(604800000000), LINIMENT_OUTPUT_SVG, &text, &error));
  CHECK(strstr(text.data, "<svg") != NULL);
  liniment_text_free(&text);
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_plan(known, -1, LINIMENT_OUTPUT_JSON, &text, &error));
  OK(liniment_advise_page(known, LINIMENT_OUTPUT_HTML, &text, &error));
  CHECK(strncmp(text.data, "<!doctype html>", 15) == 0 && strstr(text.data, "<script") == NULL);
  liniment_text_free(&text);
  OK(liniment_advise_page(known, LINIMENT_OUTPUT_HTML_FRAGMENT, &text, &error));
  CHECK(strstr(text.data, "<!doctype") == NULL && strstr(text.data, "</div>") != NULL);
  liniment_text_free(&text);
  OK(liniment_explain_page(known, LINIMENT_STR("massage_rolling"), LINIMENT_VERDICT_NONE, LINIMENT_OUTPUT_MARKDOWN, &text, &error));
  CHECK(text.data[0] == '#' && strstr(text.data, "time_since_release") != NULL);
  liniment_text_free(&text);
  OK(liniment_explain_page(known, LINIMENT_STR("massage_rolling"), LINIMENT_VERDICT_AVOID, LINIMENT_OUTPUT_HTML, &text, &error));
  liniment_text_free(&text);
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_advise_page(known, LINIMENT_OUTPUT_JSON, &text, &error));
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_advise_page(known, 99, &text, &error));
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_explain_page(known, LINIMENT_STR("ice"), 99, LINIMENT_OUTPUT_HTML, &text, &error));
  STATUS(LINIMENT_STATUS_UNKNOWN_NAME, liniment_explain_page(known, LINIMENT_STR("icy"), 0, LINIMENT_OUTPUT_HTML, &text, &error));
  CHECK(text.data == NULL);
  char words[8];
  CHECK(liniment_duration_words(INT64_C(14400000000), words, sizeof words) == 3 && strcmp(words, "4 h") == 0);
  CHECK(liniment_duration_words(INT64_C(14400000000), words, 2) == 3 && strcmp(words, "4") == 0);
  CHECK(liniment_duration_words(INT64_C(14400000000), NULL, 0) == 3);
  liniment_case_free(known);
  liniment_kb_free(kb);
}

/* What is made of packs: source text and a picture. */
static void made_of_packs(void) {
  liniment_kb *kb = load("en");
  liniment_text text;
  liniment_str absent = {NULL, 0};
  OK(liniment_kb_codegen(kb, LINIMENT_STR("c"), LINIMENT_STR("calf"), &text, &error));
  CHECK(strstr(text.data, "CALF_ADVICE_ICE") != NULL);
  liniment_text_free(&text);
  OK(liniment_kb_codegen(kb, LINIMENT_STR("c"), absent, &text, &error));
  CHECK(strstr(text.data, "CALF_CRAMPS_LEG_RED_FLAGS_ADVICE_ICE") != NULL);
  liniment_text_free(&text);
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_kb_codegen(kb, LINIMENT_STR("cobol"), absent, &text, &error));
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_kb_codegen(kb, LINIMENT_STR("c"), LINIMENT_STR("9 lives"), &text, &error));
  OK(liniment_kb_graph(kb, LINIMENT_OUTPUT_SVG, &text, &error));
  CHECK(strncmp(text.data, "<svg", 4) == 0);
  liniment_text_free(&text);
  OK(liniment_kb_graph(kb, LINIMENT_OUTPUT_JSON, &text, &error));
  CHECK(strstr(text.data, "\"nodes\":[") != NULL);
  liniment_text_free(&text);
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_kb_graph(kb, LINIMENT_OUTPUT_TEXT, &text, &error));
  liniment_kb_free(kb);
}

static void interviews(void) {
  liniment_kb *kb = load("en");
  liniment_case *known = NULL;
  OK(liniment_case_new(kb, &known, &error));
  liniment_interview *interview = NULL;
  OK(liniment_interview_new(known, &interview, &error));
  liniment_case_free(known);
  int64_t first = liniment_interview_question(interview);
  CHECK(first >= 0 && !liniment_interview_finished(interview));
  STATUS(LINIMENT_STATUS_UNKNOWN_NAME, liniment_interview_answer(interview, LINIMENT_STR("perhaps so"), &error));
  CHECK(liniment_interview_question(interview) == first);
  OK(liniment_interview_skip(interview, &error));
  CHECK(liniment_interview_question(interview) != first);
  OK(liniment_interview_decline(interview, &error));
  bool moved = false;
  OK(liniment_interview_back(interview, &moved, &error));
  CHECK(moved);
  OK(liniment_interview_ask_skipped(interview, &error));
  liniment_fact_info info = {.size = sizeof info};
  CHECK(liniment_kb_fact_info(kb, (uint32_t)liniment_interview_question(interview), &info) == LINIMENT_STATUS_OK);
  OK(liniment_interview_answer(interview, info.option_count > 0 ? LINIMENT_STR("1") : LINIMENT_STR("no"), &error));
  liniment_text json;
  OK(liniment_interview_json(interview, &json, &error));
  CHECK(json.len > 10);
  liniment_text_free(&json);
  liniment_advice *given = NULL;
  OK(liniment_interview_advice(interview, &given, &error));
  liniment_advice_free(given);
  OK(liniment_interview_case(interview, &known, &error));
  liniment_kb_free(kb);
  liniment_interview_free(interview);
  liniment_case_free(known);
}

static const char MANIFEST[] = "Pack(id: \"tea\", version: \"1.0.0\", schema: 1, language: \"en\", title: \"Tea\")";

static void packs(void) {
  liniment_file files[2] = {{LINIMENT_STR("pack.ron"), liniment_str_of(MANIFEST)},
                            {LINIMENT_STR("rules.ron"), LINIMENT_STR("[\n  Fact(id: \"cold\", kind: YesNoo, ask: \"Cold?\"),\n]")}};
  liniment_kb *kb = NULL;
  liniment_error *error = NULL;
  CHECK(liniment_kb_from_text(files, 2, &kb, &error) == LINIMENT_STATUS_INVALID_PACK && kb == NULL);
  CHECK(same(liniment_error_file(error), "tea/rules.ron") && liniment_error_line(error) == 2 && liniment_error_column(error) > 1);
  CHECK(liniment_error_diagnostic_count(error) > 0 && liniment_error_status(error) == LINIMENT_STATUS_INVALID_PACK);
  liniment_diagnostic found = {.size = sizeof found};
  CHECK(liniment_error_diagnostic(error, 0, &found) == LINIMENT_STATUS_OK);
  CHECK(found.label_count > 0 && found.labels[0].start_line == 2 && found.severity == LINIMENT_SEVERITY_ERROR);
  liniment_text rendered;
  CHECK(liniment_error_render(error, 80, false, &rendered) == LINIMENT_STATUS_OK && strstr(rendered.data, "YesNo") != NULL);
  liniment_text_free(&rendered);
  CHECK(strstr(liniment_error_json(error).data, "\"diagnostics\":[") != NULL);
  liniment_error_free(error);

  files[1].text = LINIMENT_STR("[Fact(id: \"cold\", kind: YesNo, ask: \"Cold?\")]");
  OK(liniment_kb_from_text(files, 2, &kb, &error));
  CHECK(liniment_kb_warning_count(kb) > 0);
  liniment_diagnostic warning = {.size = sizeof warning};
  CHECK(liniment_kb_warning(kb, 0, &warning) == LINIMENT_STATUS_OK && warning.severity != LINIMENT_SEVERITY_ERROR);
  liniment_kb_free(kb);

  liniment_builder *builder = liniment_builder_new();
  OK(liniment_builder_add_files(builder, files, 2, &error));
  bool fine = false;
  liniment_text report;
  OK(liniment_builder_check(builder, &fine, &report, &error));
  CHECK(fine && strstr(report.data, "diagnostics") != NULL);
  liniment_text_free(&report);
  OK(liniment_builder_test(builder, &fine, &report, &error));
  CHECK(fine);
  liniment_text_free(&report);
  OK(liniment_builder_set_limit(builder, LINIMENT_STR("facts"), 0, &error));
  STATUS(LINIMENT_STATUS_UNKNOWN_NAME, liniment_builder_set_limit(builder, LINIMENT_STR("fact"), 0, &error));
  STATUS(LINIMENT_STATUS_INVALID_PACK, liniment_builder_build(builder, &kb, &error));
  liniment_builder_free(builder);

  STATUS(LINIMENT_STATUS_UNREADABLE, liniment_kb_from_folder(LINIMENT_STR("/nowhere/at/all"), &kb, &error));
  liniment_str no_pack = LINIMENT_STR("calf-cramp");
  STATUS(LINIMENT_STATUS_UNKNOWN_NAME, liniment_kb_builtin(&no_pack, 1, &kb, &error));
}

static void values(void) {
  liniment_kb *kb = load("en");
  liniment_case *known = NULL;
  OK(liniment_case_new(kb, &known, &error));
  liniment_value all[] = {
      liniment_bool(fact(kb, "in_session"), true),
      liniment_option(fact(kb, "cramp_state"), option(kb, "cramp_state", "active")),
      liniment_several(fact(kb, "calf_clothing"), 1, 2),
      liniment_unknown(fact(kb, "spray")),
      liniment_declined(fact(kb, "hot_conditions")),
      liniment_duration_us(fact(kb, "time_since_release"), 0),
  };
  size_t count = sizeof all / sizeof all[0], places = liniment_kb_advice_count(kb);
  uint8_t *codes = malloc(places), *again = malloc(places);
  OK(liniment_evaluate(known, all, count, codes, places, &error));
  OK(liniment_verdicts(known, again, places, &error));
  CHECK(memcmp(codes, again, places) == 0);
  OK(liniment_case_set_all(known, all, count, &error));
  OK(liniment_case_set(known, &all[0], &error));
  liniment_value wrong = all[0];
  wrong.kind = 77;
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_case_set(known, &wrong, &error));
  wrong = liniment_bool(5000, true);
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_case_set(known, &wrong, &error));
  wrong = liniment_option(fact(kb, "cramp_state"), 4000000000u);
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_case_set(known, &wrong, &error));
  wrong = liniment_number(fact(kb, "cramp_state"), 1.0);
  STATUS(LINIMENT_STATUS_INVALID_CASE, liniment_case_set(known, &wrong, &error));
  wrong = liniment_several(fact(kb, "calf_clothing"), UINT64_MAX, 0);
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_case_set(known, &wrong, &error));
  wrong = liniment_never(fact(kb, "in_session"));
  STATUS(LINIMENT_STATUS_INVALID_CASE, liniment_case_set(known, &wrong, &error));
  STATUS(LINIMENT_STATUS_INVALID_CASE, liniment_case_set_duration_us(known, fact(kb, "time_since_release"), -1, &error));
  STATUS(LINIMENT_STATUS_INVALID_CASE, liniment_case_set_integer(known, fact(kb, "in_session"), 1, &error));
  STATUS(LINIMENT_STATUS_INVALID_CASE, liniment_case_set_number(known, fact(kb, "in_session"), 1.5, &error));
  STATUS(LINIMENT_STATUS_INVALID_CASE, liniment_case_set_number_by_name(known, LINIMENT_STR("in_session"), 1.5, &error));
  STATUS(LINIMENT_STATUS_INVALID_CASE, liniment_case_set_integer_by_name(known, LINIMENT_STR("in_session"), 1, &error));
  free(codes);
  free(again);
  liniment_case_free(known);
  liniment_kb_free(kb);
}

static void bad_texts(void) {
  liniment_kb *kb = load("en");
  liniment_case *known = NULL;
  const char surrogate[] = "{\"in_session\": \"\xed\xa0\x80\"}", cut[] = "{\"in_session\": tr";
  liniment_str text = {surrogate, sizeof surrogate - 1};
  STATUS(LINIMENT_STATUS_INVALID_CASE, liniment_case_from_json(kb, text, &known, &error));
  STATUS(LINIMENT_STATUS_INVALID_CASE, liniment_case_from_json(kb, LINIMENT_STR("{\"in_session\": \"\\ud800\"}"), &known, &error));
  STATUS(LINIMENT_STATUS_INVALID_CASE, liniment_case_from_json(kb, LINIMENT_STR("{\"in_session\0\": true}"), &known, &error));
  STATUS(LINIMENT_STATUS_INVALID_CASE, liniment_case_from_json(kb, LINIMENT_STR(""), &known, &error));
  for (size_t len = 0; len < sizeof cut; len++) {
    liniment_str part = {cut, len};
    STATUS(LINIMENT_STATUS_INVALID_CASE, liniment_case_from_json(kb, part, &known, &error));
  }
  liniment_error *error = NULL;
  CHECK(liniment_case_from_json(kb, LINIMENT_STR("{\n \"in_session\": tru}"), &known, &error) == LINIMENT_STATUS_INVALID_CASE);
  CHECK(liniment_error_line(error) == 2 && liniment_error_column(error) > 1);
  liniment_error_free(error);
  error = NULL;
  CHECK(liniment_case_from_json(kb, LINIMENT_STR("{\"cramp_state\": \"activ\"}"), &known, &error) == LINIMENT_STATUS_UNKNOWN_NAME);
  CHECK(same(liniment_error_code(error), "C0103") && same(liniment_error_place(error), "cramp_state"));
  CHECK(same(liniment_error_found(error), "activ") && same(liniment_error_nearest(error), "active"));
  CHECK(liniment_error_allowed(error).count > 1 && liniment_error_file(error).len == 0);
  liniment_text rendered;
  CHECK(liniment_error_render(error, 80, false, &rendered) == LINIMENT_STATUS_OK && rendered.len > 10);
  liniment_text_free(&rendered);
  liniment_error_free(error);

  OK(liniment_case_new(kb, &known, &error));
  liniment_str zero = {"in_\0session", 11}, broken = {"\xff\xfe", 2}, endless = {"x", SIZE_MAX};
  STATUS(LINIMENT_STATUS_INVALID_TEXT, liniment_case_set_bool_by_name(known, zero, true, &error));
  STATUS(LINIMENT_STATUS_INVALID_TEXT, liniment_case_set_bool_by_name(known, broken, true, &error));
  STATUS(LINIMENT_STATUS_INVALID_TEXT, liniment_case_set_bool_by_name(known, endless, true, &error));
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_case_set_text(known, LINIMENT_STR("spray"), endless, &error));
  STATUS(LINIMENT_STATUS_UNKNOWN_NAME, liniment_case_set_bool_by_name(known, LINIMENT_STR(""), true, &error));
  STATUS(LINIMENT_STATUS_INVALID_TEXT, liniment_case_set_text(known, LINIMENT_STR("spray"), broken, &error));
  STATUS(LINIMENT_STATUS_INVALID_TEXT, liniment_explain(known, zero, LINIMENT_OUTPUT_JSON, &rendered, &error));
  STATUS(LINIMENT_STATUS_INVALID_TEXT, liniment_case_report_by_name(known, LINIMENT_STR("spray"), LINIMENT_STR("used"), zero, &error));
  liniment_value value = liniment_bool(0, true);
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_case_set_all(known, &value, SIZE_MAX / 8, &error));
  /* A list may be NULL where it is empty; a text that is absent is not an empty one. */
  size_t places = liniment_kb_advice_count(kb);
  uint8_t *codes = malloc(places);
  OK(liniment_evaluate(known, NULL, 0, codes, places, &error));
  free(codes);
  OK(liniment_case_set_all(known, NULL, 0, &error));
  STATUS(LINIMENT_STATUS_NULL_POINTER, liniment_case_set_all(known, NULL, 1, &error));
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_verdicts(known, NULL, 0, &error));
  liniment_kb *no_kb = NULL;
  STATUS(LINIMENT_STATUS_INVALID_PACK, liniment_kb_from_text(NULL, 0, &no_kb, &error));
  liniment_str absent = {NULL, 0};
  STATUS(LINIMENT_STATUS_NULL_POINTER, liniment_case_set_text(known, LINIMENT_STR("spray"), absent, &error));
  STATUS(LINIMENT_STATUS_NULL_POINTER, liniment_case_set(known, NULL, &error));
  STATUS(LINIMENT_STATUS_NULL_POINTER, liniment_case_set(NULL, &value, &error));
  /* Without an error to fill. */
  CHECK(liniment_case_set_bool_by_name(known, broken, true, NULL) == LINIMENT_STATUS_INVALID_TEXT);
  liniment_case_free(known);

#ifndef NO_GIBIBYTE
  /* A text of a gibibyte, for real. */
  size_t huge = (size_t)1 << 30;
  char *spaces = malloc(huge);
  if (spaces != NULL) {
    memset(spaces, ' ', huge);
    liniment_str much = {spaces, huge};
    STATUS(LINIMENT_STATUS_INVALID_CASE, liniment_case_from_json(kb, much, &known, &error));
    uint32_t number = 0;
    STATUS(LINIMENT_STATUS_INVALID_TEXT, liniment_kb_fact(kb, much, &number, &error));
    free(spaces);
  }
#endif
  liniment_kb_free(kb);
}

int main(void) {
  versions();
  information();
  sizes();
  cases();
  advice();
  compiled();
  reasoning();
  made_of_packs();
  interviews();
  packs();
  values();
  bad_texts();
  return checked();
}
