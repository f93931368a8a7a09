/* Advice in SQLite.
 *
 *     cc -shared -fPIC liniment_sqlite.c -o liniment_sqlite.so $(pkg-config --cflags --libs liniment)
 *     sqlite3 runners.db
 *     > .load ./liniment_sqlite
 *     > SELECT id, liniment_verdict('calf-cramps', facts, 'stretch') FROM runners;
 *     > SELECT runners.id, a.verdict, a.text FROM runners, liniment_advice('calf-cramps', runners.facts) AS a;
 *
 * liniment_advise(pack, json)        the advice as JSON
 * liniment_verdict(pack, json, id)   one verdict by name; NULL where nothing is said of the id
 * liniment_advice(pack, json)        a table: id, verdict, phase, text
 *
 * `pack` is a built-in pack, several of them with commas between, or the path of a folder (it has a slash). A
 * NULL case gives NULL, or no rows. What cannot be read is an SQL error with the library's message.
 * Loaded packs are kept for the connection. */
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT1

#include <stdlib.h>
#include <string.h>

#include <liniment.h>

/* The packs that a connection has loaded. */
typedef struct loaded {
  struct loaded *next;
  liniment_kb *kb;
  char pack[];
} loaded;

typedef struct {
  int users; /* functions and the module share it */
  loaded *first;
} connection;

static void let_go(void *held) {
  connection *shared = held;
  if (--shared->users > 0)
    return;
  for (loaded *one = shared->first; one != NULL;) {
    loaded *next = one->next;
    liniment_kb_free(one->kb);
    sqlite3_free(one);
    one = next;
  }
  sqlite3_free(shared);
}

static liniment_status load(liniment_str pack, liniment_kb **kb, liniment_error **error) {
  if (memchr(pack.data, '/', pack.len) != NULL)
    return liniment_kb_from_folder(pack, kb, error);
  /* Of more names than there is room for, the last is all the rest: no pack is called that. */
  liniment_str names[16];
  size_t count = 0, start = 0;
  for (size_t i = 0; i <= pack.len; i++)
    if (i == pack.len || (pack.data[i] == ',' && count < 15)) {
      names[count].data = pack.data + start;
      names[count++].len = i - start;
      start = i + 1;
    }
  return liniment_kb_builtin(names, count, kb, error);
}

/* The message of a failure for sqlite3_free; frees the error. */
static char *message(liniment_error *error) {
  char *text = sqlite3_mprintf("%s", liniment_error_message(error).data);
  liniment_error_free(error);
  return text;
}

/* The knowledge base of a pack; NULL with a message where it cannot be loaded. */
static liniment_kb *find(connection *shared, sqlite3_value *name, char **why) {
  const char *pack = (const char *)sqlite3_value_text(name);
  size_t len = (size_t)sqlite3_value_bytes(name);
  if (pack == NULL) {
    *why = sqlite3_mprintf("the pack is NULL");
    return NULL;
  }
  for (loaded *one = shared->first; one != NULL; one = one->next)
    if (strlen(one->pack) == len && memcmp(one->pack, pack, len) == 0)
      return one->kb;
  liniment_str text = {pack, len};
  liniment_kb *kb = NULL;
  liniment_error *error = NULL;
  if (load(text, &kb, &error) != LINIMENT_STATUS_OK) {
    *why = message(error);
    return NULL;
  }
  loaded *one = sqlite3_malloc64(sizeof *one + len + 1);
  if (one == NULL) {
    liniment_kb_free(kb);
    *why = sqlite3_mprintf("out of memory");
    return NULL;
  }
  memcpy(one->pack, pack, len);
  one->pack[len] = 0;
  one->kb = kb;
  one->next = shared->first;
  shared->first = one;
  return kb;
}

/* The case of a value; NULL with a message where it cannot be read. */
static liniment_case *read_case(const liniment_kb *kb, sqlite3_value *value, char **why) {
  const char *json = (const char *)sqlite3_value_text(value);
  liniment_str text = {json == NULL ? "" : json, (size_t)sqlite3_value_bytes(value)};
  liniment_case *known = NULL;
  liniment_error *error = NULL;
  if (liniment_case_from_json(kb, text, &known, &error) != LINIMENT_STATUS_OK)
    *why = message(error);
  return known;
}

static liniment_advice *advise(connection *shared, sqlite3_value **arguments, char **why) {
  liniment_kb *kb = find(shared, arguments[0], why);
  liniment_case *known = kb == NULL ? NULL : read_case(kb, arguments[1], why);
  liniment_advice *advice = NULL;
  liniment_error *error = NULL;
  if (known != NULL && liniment_advise(known, &advice, &error) != LINIMENT_STATUS_OK)
    *why = message(error);
  liniment_case_free(known);
  return advice;
}

static void fail(sqlite3_context *context, char *why) {
  sqlite3_result_error(context, why == NULL ? "out of memory" : why, -1);
  sqlite3_free(why);
}

static void sql_advise(sqlite3_context *context, int count, sqlite3_value **arguments) {
  (void)count;
  if (sqlite3_value_type(arguments[1]) == SQLITE_NULL)
    return;
  char *why = NULL;
  liniment_advice *advice = advise(sqlite3_user_data(context), arguments, &why);
  if (advice == NULL) {
    fail(context, why);
    return;
  }
  liniment_text json = {NULL, 0};
  liniment_error *error = NULL;
  if (liniment_advice_json(advice, &json, &error) == LINIMENT_STATUS_OK)
    sqlite3_result_text64(context, json.data, json.len, SQLITE_TRANSIENT, SQLITE_UTF8);
  else
    fail(context, message(error));
  liniment_text_free(&json);
  liniment_advice_free(advice);
}

/* Without texts and questions: many times faster than liniment_advise. */
static void sql_verdict(sqlite3_context *context, int count, sqlite3_value **arguments) {
  (void)count;
  if (sqlite3_value_type(arguments[1]) == SQLITE_NULL)
    return;
  char *why = NULL;
  liniment_kb *kb = find(sqlite3_user_data(context), arguments[0], &why);
  const char *id = (const char *)sqlite3_value_text(arguments[2]);
  liniment_str name = {id, (size_t)sqlite3_value_bytes(arguments[2])};
  uint32_t number = 0;
  liniment_error *error = NULL;
  if (kb != NULL && liniment_kb_advice_id(kb, name, &number, &error) != LINIMENT_STATUS_OK)
    why = message(error);
  liniment_case *known = why != NULL || kb == NULL ? NULL : read_case(kb, arguments[1], &why);
  if (known == NULL) {
    fail(context, why);
    return;
  }
  size_t places = liniment_kb_advice_count(kb);
  uint8_t *codes = sqlite3_malloc64(places);
  if (codes == NULL)
    sqlite3_result_error_nomem(context);
  else if (liniment_verdicts(known, codes, places, &error) != LINIMENT_STATUS_OK)
    fail(context, message(error));
  else if (codes[number] != LINIMENT_VERDICT_NONE)
    sqlite3_result_text(context, liniment_verdict_name(codes[number]), -1, SQLITE_STATIC);
  sqlite3_free(codes);
  liniment_case_free(known);
}

/* The table. */
typedef struct {
  sqlite3_vtab base;
  connection *shared;
} table;

typedef struct {
  sqlite3_vtab_cursor base;
  liniment_advice *advice;
  size_t row;
} cursor;

enum { ID, VERDICT, PHASE, TEXT, PACK, FACTS };

static int table_connect(sqlite3 *db, void *shared, int count, const char *const *arguments, sqlite3_vtab **out, char **why) {
  (void)count;
  (void)arguments;
  (void)why;
  int result = sqlite3_declare_vtab(db, "CREATE TABLE x(id TEXT, verdict TEXT, phase TEXT, text TEXT, pack HIDDEN, facts HIDDEN)");
  if (result != SQLITE_OK)
    return result;
  table *made = sqlite3_malloc64(sizeof *made);
  if (made == NULL)
    return SQLITE_NOMEM;
  memset(made, 0, sizeof *made);
  made->shared = shared;
  *out = &made->base;
  return SQLITE_OK;
}

static int table_disconnect(sqlite3_vtab *base) {
  sqlite3_free(base);
  return SQLITE_OK;
}

/* Both arguments must be given: no other plan is possible. */
static int table_plan(sqlite3_vtab *base, sqlite3_index_info *info) {
  (void)base;
  int found[2] = {-1, -1};
  for (int i = 0; i < info->nConstraint; i++) {
    const struct sqlite3_index_constraint *constraint = &info->aConstraint[i];
    int argument = constraint->iColumn - PACK;
    if (argument < 0 || argument > 1 || constraint->op != SQLITE_INDEX_CONSTRAINT_EQ)
      continue;
    if (!constraint->usable)
      return SQLITE_CONSTRAINT;
    found[argument] = i;
  }
  if (found[0] < 0 || found[1] < 0)
    return SQLITE_CONSTRAINT;
  for (int argument = 0; argument < 2; argument++) {
    info->aConstraintUsage[found[argument]].argvIndex = argument + 1;
    info->aConstraintUsage[found[argument]].omit = 1;
  }
  info->estimatedCost = 100;
  info->estimatedRows = 20;
  return SQLITE_OK;
}

static int table_open(sqlite3_vtab *base, sqlite3_vtab_cursor **out) {
  (void)base;
  cursor *made = sqlite3_malloc64(sizeof *made);
  if (made == NULL)
    return SQLITE_NOMEM;
  memset(made, 0, sizeof *made);
  *out = &made->base;
  return SQLITE_OK;
}

static int table_close(sqlite3_vtab_cursor *base) {
  liniment_advice_free(((cursor *)base)->advice);
  sqlite3_free(base);
  return SQLITE_OK;
}

static int table_filter(sqlite3_vtab_cursor *base, int number, const char *name, int count, sqlite3_value **arguments) {
  (void)number;
  (void)name;
  (void)count;
  cursor *here = (cursor *)base;
  liniment_advice_free(here->advice);
  here->advice = NULL;
  here->row = 0;
  if (sqlite3_value_type(arguments[1]) == SQLITE_NULL)
    return SQLITE_OK;
  char *why = NULL;
  here->advice = advise(((table *)base->pVtab)->shared, arguments, &why);
  if (here->advice != NULL)
    return SQLITE_OK;
  sqlite3_free(base->pVtab->zErrMsg);
  base->pVtab->zErrMsg = why;
  return SQLITE_ERROR;
}

static int table_next(sqlite3_vtab_cursor *base) {
  ((cursor *)base)->row++;
  return SQLITE_OK;
}

static int table_eof(sqlite3_vtab_cursor *base) {
  cursor *here = (cursor *)base;
  return here->row >= liniment_advice_count(here->advice);
}

static void give(sqlite3_context *context, liniment_str text) {
  if (text.data != NULL)
    sqlite3_result_text64(context, text.data, text.len, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static int table_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
  cursor *here = (cursor *)base;
  liniment_item item = {.size = sizeof item};
  if (liniment_advice_item(here->advice, here->row, &item) != LINIMENT_STATUS_OK)
    return SQLITE_ERROR;
  switch (column) {
  case ID: give(context, item.id); break;
  case VERDICT: sqlite3_result_text(context, liniment_verdict_name(item.verdict), -1, SQLITE_STATIC); break;
  case PHASE: give(context, item.phase); break;
  case TEXT: give(context, item.text); break;
  default: break; /* the hidden arguments */
  }
  return SQLITE_OK;
}

static int table_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *row) {
  *row = (sqlite3_int64)((cursor *)base)->row;
  return SQLITE_OK;
}

/* Without xCreate: usable without CREATE VIRTUAL TABLE, as a function. */
static const sqlite3_module TABLE = {
    .xConnect = table_connect,
    .xBestIndex = table_plan,
    .xDisconnect = table_disconnect,
    .xOpen = table_open,
    .xClose = table_close,
    .xFilter = table_filter,
    .xNext = table_next,
    .xEof = table_eof,
    .xColumn = table_column,
    .xRowid = table_rowid,
};

#ifdef _WIN32
__declspec(dllexport)
#endif
int sqlite3_linimentsqlite_init(sqlite3 *db, char **why, const sqlite3_api_routines *api) {
  SQLITE_EXTENSION_INIT2(api);
  if (liniment_abi_version() != LINIMENT_ABI_VERSION) {
    *why = sqlite3_mprintf("the extension was compiled for another liniment than %s", liniment_version());
    return SQLITE_ERROR;
  }
  connection *shared = sqlite3_malloc64(sizeof *shared);
  if (shared == NULL)
    return SQLITE_NOMEM;
  memset(shared, 0, sizeof *shared);
  int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  /* SQLite lets go of what it was given also where it refuses. */
  shared->users = 3;
  int result = sqlite3_create_function_v2(db, "liniment_advise", 2, flags, shared, sql_advise, NULL, NULL, let_go);
  int other = sqlite3_create_function_v2(db, "liniment_verdict", 3, flags, shared, sql_verdict, NULL, NULL, let_go);
  int module = sqlite3_create_module_v2(db, "liniment_advice", &TABLE, shared, let_go);
  return result != SQLITE_OK ? result : other != SQLITE_OK ? other : module;
}
