/* The conformance corpus, byte for byte.
 *
 * The standard input has a line for each call: the folder, `advise` or `explain`, the id to explain or `-`,
 * the language, and the packs, all separated by spaces. Packs that are not built in are folders of the folder
 * that is given as an argument. */
#include "check.h"

static char *read_file(const char *folder, const char *name, size_t *len) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "rb");
  if (file == NULL) {
    perror(path);
    exit(EXIT_FAILURE);
  }
  size_t room = 1 << 20;
  char *text = malloc(room);
  *len = text == NULL ? 0 : fread(text, 1, room, file);
  fclose(file);
  return text;
}

/* Adds a pack that is built in, or else a folder of `others`. */
static void add(liniment_builder *builder, const char *pack, const char *others) {
  bool built_in = others == NULL;
  for (size_t i = 0; i < liniment_builtin_count(); i++)
    built_in = built_in || same(liniment_builtin_name(i), pack);
  if (built_in) {
    OK(liniment_builder_add_builtin(builder, liniment_str_of(pack), &error));
    return;
  }
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", others, pack);
  OK(liniment_builder_add_folder(builder, liniment_str_of(path), &error));
}

/* The answer to a call: advice, an explanation, or the error as JSON. */
static liniment_status answer(const liniment_kb *kb, const char *call, const char *id, liniment_str json,
                              liniment_text *text, liniment_error **error) {
  liniment_case *known = NULL;
  liniment_status status = liniment_case_from_json(kb, json, &known, error);
  if (status == LINIMENT_STATUS_OK && strcmp(call, "explain") == 0)
    status = liniment_explain(known, liniment_str_of(id), LINIMENT_OUTPUT_JSON, text, error);
  else if (status == LINIMENT_STATUS_OK)
    status = liniment_advise_json(known, text, error);
  liniment_case_free(known);
  return status;
}

int main(int count, char **arguments) {
  const char *others = count > 1 ? arguments[1] : NULL;
  char line[8192];
  while (fgets(line, sizeof line, stdin) != NULL) {
    const char *folder = strtok(line, " \n");
    const char *call = strtok(NULL, " \n");
    const char *id = strtok(NULL, " \n");
    const char *language = strtok(NULL, " \n");
    if (language == NULL)
      continue;
    liniment_builder *builder = liniment_builder_new();
    for (const char *pack = strtok(NULL, " \n"); pack != NULL; pack = strtok(NULL, " \n"))
      add(builder, pack, others);
    OK(liniment_builder_set_language(builder, liniment_str_of(language), &error));
    liniment_kb *kb = NULL;
    OK(liniment_builder_build(builder, &kb, &error));
    liniment_builder_free(builder);

    size_t case_len = 0, expected_len = 0;
    char *json = read_file(folder, "case.json", &case_len);
    char *expected = read_file(folder, "expected.json", &expected_len);
    liniment_str given = {json, case_len};
    liniment_text text = {NULL, 0};
    liniment_error *error = NULL;
    liniment_status status = answer(kb, call, id, given, &text, &error);
    liniment_str found = {text.data, text.len};
    if (status != LINIMENT_STATUS_OK)
      found = liniment_error_json(error);
    checks++;
    if (found.len != expected_len || memcmp(found.data, expected, expected_len) != 0) {
      failures++;
      fprintf(stderr, "%s\n- %.*s\n+ %s\n", folder, (int)expected_len, expected, found.data);
    }
    liniment_error_free(error);
    liniment_text_free(&text);
    free(json);
    free(expected);
    liniment_kb_free(kb);
  }
  CHECK(checks > 100);
  return checked();
}
