/* A library without tools that reads packs: they are checked as everywhere, and what is wrong is said with its place; but
 * they must be plainly written. */
#include "check.h"

int main(void) {
  static const char MANIFEST[] = "Pack(id: \"tea\", version: \"1.0.0\", schema: 1, language: \"en\", title: \"Tea\", "
                                 "phases: [Phase(id: \"now\", title: \"Now\")])";
  static const char RULES[] =
      "[Source(id: \"book\", kind: Opinion, title: \"A \\\"book\\\"\", reviewed: \"2026-11-23\"),\n"
      "Fact(id: \"cold\", kind: YesNo, ask: \"Is it cold?\"),\n"
      "Fix(id: \"warm\", phase: \"now\", when: {\"cold\": Yes}, text: \"Warm it.\", cites: [Cite(source: \"book\", at: \"1\")])]";
  static const char UNKNOWN[] = "[Fact(id: \"cold\", kind: YesNoo, ask: \"Is it cold?\")]";
  static const char UNUSUAL[] = "[Fact(id: r\"cold\", kind: YesNo, ask: \"Is it cold?\")]";
  liniment_kb *kb = NULL;
  liniment_file good[] = {{LINIMENT_STR("pack.ron"), liniment_str_of(MANIFEST)}, {LINIMENT_STR("rules.ron"), liniment_str_of(RULES)}};
  OK(liniment_kb_from_text(good, 2, &kb, &error));
  CHECK(liniment_kb_fact_count(kb) == 1);
  liniment_kb_free(kb);
  for (int i = 0; i < 2; i++) {
    liniment_error *error = NULL;
    good[1].text = liniment_str_of(i == 0 ? UNKNOWN : UNUSUAL);
    CHECK(liniment_kb_from_text(good, 2, &kb, &error) == LINIMENT_STATUS_INVALID_PACK && kb == NULL);
    CHECK(liniment_error_line(error) == 1 && liniment_error_diagnostic_count(error) > 0);
    liniment_text text;
    CHECK(liniment_error_render(error, 80, false, &text) == LINIMENT_STATUS_OK);
    CHECK(strstr(text.data, i == 0 ? "YesNoo" : "plainly") != NULL && strstr(text.data, "tea/rules.ron:1:") != NULL);
    liniment_text_free(&text);
    liniment_error_free(error);
  }
  return checked();
}
