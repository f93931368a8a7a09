#include <stdio.h>

#include <liniment.h>

int main(void) {
  liniment_error *error = NULL;
  liniment_kb *kb = NULL;
  liniment_case *known = NULL;
  liniment_text json = {NULL, 0};
  if (liniment_kb_builtin(NULL, 0, &kb, &error) != LINIMENT_STATUS_OK ||
      liniment_case_from_json(kb, LINIMENT_STR("{\"cramp_state\": \"active\"}"), &known, &error) != LINIMENT_STATUS_OK ||
      liniment_advise_json(known, &json, &error) != LINIMENT_STATUS_OK)
    fprintf(stderr, "%s\n", liniment_error_message(error).data);
  else
    puts(json.data);
  int result = json.data == NULL;
  liniment_text_free(&json);
  liniment_case_free(known);
  liniment_kb_free(kb);
  liniment_error_free(error);
  return result;
}
