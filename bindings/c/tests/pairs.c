/* Random packs and cases with the advice that the library gives in Rust, repeated from C, byte for byte.
 *
 * The standard input has records: a line with what it is and its length, the bytes, a line break. */
#include "check.h"

enum { FILES = 64 };

/* The next record: what it is, and its text, which the caller frees; NULL at the end. */
static char *record(char kind[16], size_t *length) {
  if (scanf("%15s %zu", kind, length) != 2 || getchar() != '\n')
    return NULL;
  char *text = malloc(*length + 1);
  if (text == NULL || fread(text, 1, *length, stdin) != *length || getchar() != '\n') {
    free(text);
    return NULL;
  }
  text[*length] = '\0';
  return text;
}

static void add(liniment_builder *builder, liniment_file *files, size_t *count) {
  if (*count > 0)
    OK(liniment_builder_add_files(builder, files, *count, &error));
  for (size_t i = 0; i < *count; i++) {
    free((void *)files[i].name.data);
    free((void *)files[i].text.data);
  }
  *count = 0;
}

int main(void) {
  char kind[16], *text;
  size_t length = 0, count = 0;
  liniment_file files[FILES];
  liniment_builder *builder = liniment_builder_new();
  liniment_kb *kb = NULL;
  liniment_text advice = {NULL, 0};
  long pairs = 0;
  while ((text = record(kind, &length)) != NULL) {
    liniment_str given = {text, length};
    if (strcmp(kind, "pack") == 0) {
      add(builder, files, &count);
    } else if (strcmp(kind, "name") == 0 && count < FILES) {
      files[count].name = given;
      text = NULL; /* freed once its pack is added */
    } else if (strcmp(kind, "text") == 0 && count < FILES) {
      files[count++].text = given;
      text = NULL;
    } else if (strcmp(kind, "load") == 0) {
      add(builder, files, &count);
      liniment_kb_free(kb);
      kb = NULL;
      OK(liniment_builder_build(builder, &kb, &error));
      liniment_builder_free(builder);
      builder = liniment_builder_new();
    } else if (strcmp(kind, "case") == 0) {
      liniment_case *known = NULL;
      OK(liniment_case_from_json(kb, given, &known, &error));
      OK(liniment_advise_json(known, &advice, &error));
      liniment_case_free(known);
    } else if (strcmp(kind, "answer") == 0) {
      checks++;
      pairs++;
      if (advice.len != length || memcmp(advice.data, text, length) != 0) {
        failures++;
        fprintf(stderr, "- %s\n+ %s\n", text, advice.data);
      }
      liniment_text_free(&advice);
    } else {
      CHECK(!"a record of a known kind");
    }
    free(text);
  }
  liniment_builder_free(builder);
  liniment_kb_free(kb);
  CHECK(pairs > 0);
  printf("%ld pairs of pack and case\n", pairs);
  return checked();
}
