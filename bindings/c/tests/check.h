/* The little that the tests share. */
#ifndef CHECK_H
#define CHECK_H

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "liniment.h"

static int failures = 0;
static int checks = 0;

#define CHECK(condition)                                                       \
  do {                                                                         \
    checks++;                                                                  \
    if (!(condition)) {                                                        \
      failures++;                                                              \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);          \
    }                                                                          \
  } while (0)

/* A call must answer this status, and an error with a message unless it went well. */
#define STATUS(expected, call)                                                 \
  do {                                                                         \
    liniment_error *error = NULL;                                              \
    liniment_status status_ = (call);                                          \
    checks++;                                                                  \
    if (status_ != (expected) || (status_ != LINIMENT_STATUS_OK) != (error != NULL) || \
        (error != NULL && liniment_error_message(error).len == 0)) {           \
      failures++;                                                              \
      fprintf(stderr, "%s:%d: %s answered %d: %s\n", __FILE__, __LINE__, #call, (int)status_, \
              liniment_error_message(error).data);                             \
    }                                                                          \
    liniment_error_free(error);                                                \
  } while (0)

#define OK(call) STATUS(LINIMENT_STATUS_OK, call)

static inline int checked(void) {
  printf("%d checks, %d failures\n", checks, failures);
  return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

static inline bool same(liniment_str text, const char *expected) {
  return text.data != NULL && text.len == strlen(expected) && memcmp(text.data, expected, text.len) == 0;
}

#endif
