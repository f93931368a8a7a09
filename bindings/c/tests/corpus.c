/* The conformance corpus, byte for byte.
 *
 * The standard input has a line for each call: the folder, `advise` or `explain`, the id to explain or `-`,
 * the language, and the packs, all separated by spaces. Packs are built in; or, where a folder is given as an
 * argument, files in it that `liniment compile` wrote, named by their packs with `+` in between. */
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

/* Packs that are built in, checked together. */
static liniment_kb *built_in(const char *language) {
  liniment_builder *builder = liniment_builder_new();
  for (const char *pack = strtok(NULL, " \n"); pack != NULL; pack = strtok(NULL, " \n"))
    OK(liniment_builder_add_builtin(builder, liniment_str_of(pack), &error));
  OK(liniment_builder_set_language(builder, liniment_str_of(language), &error));
  liniment_kb *kb = NULL;
  OK(liniment_builder_build(builder, &kb, &error));
  liniment_builder_free(builder);
  return kb;
}

/* Packs that were compiled. */
static liniment_kb *compiled(const char *folder, const char *language) {
  char name[1024] = "";
  for (const char *pack = strtok(NULL, " \n"); pack != NULL; pack = strtok(NULL, " \n")) {
    if (name[0] != '\0')
      strcat(name, "+");
    strcat(name, pack);
  }
  strcat(name, ".liniment");
  size_t len = 0;
  char *bytes = read_file(folder, name, &len);
  liniment_kb *kb = NULL, *speaking = NULL;
  OK(liniment_kb_from_bytes((const uint8_t *)bytes, len, &kb, &error));
  free(bytes);
  OK(liniment_kb_in_language(kb, liniment_str_of(language), &speaking, &error));
  liniment_kb_free(kb);
  return speaking;
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
  const char *folder_of_compiled = count > 1 ? arguments[1] : NULL;
  char line[8192];
  while (fgets(line, sizeof line, stdin) != NULL) {
    const char *folder = strtok(line, " \n");
    const char *call = strtok(NULL, " \n");
    const char *id = strtok(NULL, " \n");
    const char *language = strtok(NULL, " \n");
    if (language == NULL)
      continue;
    liniment_kb *kb = folder_of_compiled != NULL ? compiled(folder_of_compiled, language) : built_in(language);

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
