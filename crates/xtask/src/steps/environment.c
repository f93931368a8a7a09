/* Preloaded into a program, it tells on standard error each environment variable that is asked for by name. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>

typedef char *(*lookup)(const char *);

static char *told(const char *function, const char *name) {
  lookup next = (lookup)dlsym(RTLD_NEXT, function);
  fprintf(stderr, "ENVIRONMENT %s\n", name);
  return next(name);
}

char *getenv(const char *name);
char *secure_getenv(const char *name);

char *getenv(const char *name) { return told("getenv", name); }
char *secure_getenv(const char *name) { return told("secure_getenv", name); }
