/* A library for devices, with one compiled pack and without batches, proofs, reasons, tools and the reading of packs: what
 * it does, and that what it does not have is said. `corpus.c` loads files that were compiled elsewhere. */
#include "check.h"

static const char *CASE = "{\"onset_setting\":\"during_exercise\",\"muscles_affected\":\"calf_only\","
                          "\"cramp_state\":\"released\",\"in_session\":false,\"time_since_release\":\"20h\"}";

static void advice_and_questions(const liniment_kb *kb) {
  liniment_case *known = NULL;
  OK(liniment_case_from_json(kb, liniment_str_of(CASE), &known, &error));
  liniment_advice *given = NULL;
  OK(liniment_advise(known, &given, &error));
  liniment_item item = {.size = sizeof item};
  CHECK(liniment_advice_find(given, LINIMENT_STR("massage_rolling"), &item) == LINIMENT_STATUS_OK);
  CHECK(item.verdict == LINIMENT_VERDICT_DEFER && item.opens_in_us == INT64_C(14400000000));
  CHECK(item.text.len > 0 && item.because.count > 0 && item.cite_count > 0);
  liniment_advice_free(given);

  /* The same by number, later. */
  uint32_t clock = 0, massage = 0;
  OK(liniment_kb_fact(kb, LINIMENT_STR("time_since_release"), &clock, &error));
  OK(liniment_kb_advice_id(kb, LINIMENT_STR("massage_rolling"), &massage, &error));
  size_t count = liniment_kb_advice_count(kb);
  uint8_t *codes = malloc(count);
  liniment_value later[] = {liniment_duration_us(clock, INT64_C(30) * 3600 * 1000000)};
  OK(liniment_evaluate(known, later, 1, codes, count, &error));
  CHECK(codes[massage] == LINIMENT_VERDICT_RECOMMEND);
  free(codes);
  liniment_case_free(known);

  liniment_interview *interview = NULL;
  OK(liniment_case_new(kb, &known, &error));
  OK(liniment_interview_new(known, &interview, &error));
  CHECK(liniment_interview_question(interview) >= 0);
  OK(liniment_interview_answer(interview, LINIMENT_STR("1"), &error));
  liniment_interview_free(interview);
  liniment_case_free(known);

  liniment_kb *german = NULL;
  OK(liniment_kb_in_language(kb, LINIMENT_STR("de"), &german, &error));
  CHECK(same(liniment_kb_language(german), "de"));
  liniment_kb_free(german);
}

/* Bytes that are no compiled packs, and packs that are not built in. */
static void other_packs(void) {
  liniment_kb *kb = NULL;
  liniment_error *error = NULL;
  CHECK(liniment_kb_from_bytes((const uint8_t *)"Pack(id: \"tea\")", 15, &kb, &error) == LINIMENT_STATUS_INVALID_PACK);
  CHECK(kb == NULL && same(liniment_error_code(error), "C0501") && liniment_error_diagnostic_count(error) == 0);
  liniment_text text;
  CHECK(liniment_error_render(error, 80, false, &text) == LINIMENT_STATUS_OK);
  CHECK(strstr(text.data, "no compiled knowledge base") != NULL);
  liniment_text_free(&text);
  liniment_error_free(error);
  liniment_str names[] = {LINIMENT_STR("calf-cramps"), LINIMENT_STR("calf-camps")};
  OK(liniment_kb_builtin(names, 1, &kb, &error));
  CHECK(liniment_kb_warning_count(kb) == 0);
  liniment_kb_free(kb);
  CHECK(liniment_kb_builtin(names, 2, &kb, &error) == LINIMENT_STATUS_UNKNOWN_NAME && kb == NULL);
  CHECK(same(liniment_error_nearest(error), "calf-cramps"));
  liniment_error_free(error);
  names[1] = names[0];
  STATUS(LINIMENT_STATUS_INVALID_ARGUMENT, liniment_kb_builtin(names, 2, &kb, &error));
}

/* As the Arrow format publishes it; what reads is not needed here. */
struct ArrowArrayStream {
  void *reading[3];
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};

static int released;

static void release_rows(struct ArrowArrayStream *stream) {
  released++;
  stream->release = NULL;
}

#define UNSUPPORTED(call) STATUS(LINIMENT_STATUS_UNSUPPORTED, call)

static void what_it_has_not(const liniment_kb *kb) {
  liniment_case *known = NULL;
  OK(liniment_case_from_json(kb, liniment_str_of(CASE), &known, &error));
  liniment_text text;
  liniment_str ice = LINIMENT_STR("ice"), absent = {NULL, 0};
  UNSUPPORTED(liniment_explain(known, ice, LINIMENT_OUTPUT_TEXT, &text, &error));
  UNSUPPORTED(liniment_ways(known, ice, LINIMENT_VERDICT_RECOMMEND, &text, &error));
  UNSUPPORTED(liniment_suffices(known, ice, &text, &error));
  UNSUPPORTED(liniment_what_if(known, LINIMENT_STR("{}"), &text, &error));
  UNSUPPORTED(liniment_plan(known, 1, LINIMENT_OUTPUT_JSON, &text, &error));
  UNSUPPORTED(liniment_advise_page(known, LINIMENT_OUTPUT_HTML, &text, &error));
  UNSUPPORTED(liniment_explain_page(known, ice, 0, LINIMENT_OUTPUT_HTML, &text, &error));
  UNSUPPORTED(liniment_prove(kb, 0, LINIMENT_OUTPUT_JSON, &text, &error));
  UNSUPPORTED(liniment_kb_case_schema(kb, &text, &error));
  UNSUPPORTED(liniment_kb_codegen(kb, LINIMENT_STR("c"), absent, &text, &error));
  UNSUPPORTED(liniment_kb_graph(kb, LINIMENT_OUTPUT_SVG, &text, &error));
  CHECK(text.data == NULL);
  CHECK(liniment_result_schema().data == NULL);
  liniment_case *read = NULL;
  UNSUPPORTED(liniment_case_from_text(kb, LINIMENT_FORMAT_RON, LINIMENT_STR("()"), &read, &error));
  UNSUPPORTED(liniment_case_from_text(kb, LINIMENT_FORMAT_TOML, LINIMENT_STR(""), &read, &error));
  CHECK(read == NULL);
  liniment_builder *builder = liniment_builder_new();
  UNSUPPORTED(liniment_builder_add_builtin(builder, LINIMENT_STR("calf-cramps"), &error));
  UNSUPPORTED(liniment_builder_add_folder(builder, LINIMENT_STR("rules/calf-cramps"), &error));
  liniment_file file = {LINIMENT_STR("pack.ron"), LINIMENT_STR("Pack(id: \"tea\")")};
  UNSUPPORTED(liniment_builder_add_files(builder, &file, 1, &error));
  UNSUPPORTED(liniment_builder_set_limit(builder, LINIMENT_STR("rules"), 1, &error));
  UNSUPPORTED(liniment_builder_set_language(builder, LINIMENT_STR("de"), &error));
  UNSUPPORTED(liniment_builder_set_progress(builder, NULL, NULL, &error));
  liniment_kb *built = NULL;
  UNSUPPORTED(liniment_builder_build(builder, &built, &error));
  UNSUPPORTED(liniment_kb_from_folder(LINIMENT_STR("rules/calf-cramps"), &built, &error));
  UNSUPPORTED(liniment_kb_from_text(&file, 1, &built, &error));
  CHECK(built == NULL);
  bool passed = true;
  UNSUPPORTED(liniment_builder_check(builder, &passed, &text, &error));
  UNSUPPORTED(liniment_builder_test(builder, &passed, &text, &error));
  CHECK(!passed && text.data == NULL);
  liniment_builder_free(builder);
  liniment_bytes bytes;
  UNSUPPORTED(liniment_kb_to_bytes(kb, &bytes, &error));
  CHECK(bytes.data == NULL);
  liniment_case_free(known);

  /* Rows are taken over all the same. */
  struct ArrowArrayStream rows = {{NULL}, release_rows, NULL}, advice = {{NULL}, release_rows, NULL};
  liniment_batch *batch = NULL;
  UNSUPPORTED(liniment_batch_stream(kb, NULL, &rows, &advice, &batch, &error));
  CHECK(released == 1 && rows.release == NULL && advice.release == NULL && batch == NULL);
  UNSUPPORTED(liniment_batch_stream(kb, NULL, &rows, &advice, &batch, &error));
  CHECK(released == 1);
}

int main(void) {
  CHECK(liniment_builtin_count() == 1);
  liniment_kb *kb = NULL;
  OK(liniment_kb_builtin(NULL, 0, &kb, &error));
  advice_and_questions(kb);
  other_packs();
  what_it_has_not(kb);
  liniment_kb_free(kb);
  return checked();
}
