/* kvar-test-race.c: two people who count in one record at the same time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each has a session, a store and a draft, never reads the record on purpose, and counts on what
 * the last save told. What meets somebody else's number is resolved as a person does it: they
 * see the other's number, and count on that.
 *
 * Two who type the same number do not disagree, so each counts in a unit of their own; what the
 * column holds in the end says how often each has been successful.
 */

#include "config.h"

#include <glib/gstdio.h>

#include "kvar-error.h"
#include "kvar-test-race.h"
#include "kvar-test.h"
#include "net/kvar-http-transport.h"
#include "records/kvar-conflict.h"
#include "records/kvar-store.h"
#include "schema/kvar-schema-loader.h"
#include "session/kvar-memory-vault.h"

#define UNIT_OF_THE_OTHER 1000

typedef struct
{
  const KvarTestRace *race;
  char               *folder;
  KvarClock          *clock;
  KvarSession        *session;
  KvarSchema         *schema;
  KvarStore          *store;
  KvarTable          *table;
  KvarColumn         *column;
  KvarDraft          *draft;
  gint64              unit;
  guint               n_saved;
  guint               n_conflicts;
} Counter;

static void count_once (Counter *self);

static void
sign_in (Counter    *self,
         const char *email)
{
  g_autoptr(KvarVault) vault = kvar_memory_vault_new ();
  g_autoptr(KvarProject) project = NULL;
  g_autoptr(KvarHttpTransport) transport = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  project = kvar_project_new (self->race->url, self->race->key, &error);
  g_assert_no_error (error);
  transport = kvar_http_transport_new (kvar_project_get_url (project),
                                       kvar_project_get_key (project), self->clock);
  self->session = kvar_session_new (project, KVAR_TRANSPORT (transport), vault, self->clock,
                                    self->folder);
  kvar_session_sign_in_async (self->session, email, "demo", NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  kvar_session_sign_in_finish (self->session, result, &error);
  g_assert_no_error (error);
}

static void
load_table (Counter *self)
{
  g_autoptr(KvarSchemaLoader) loader = kvar_schema_loader_new (self->session, self->folder);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  kvar_schema_loader_load_async (loader, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  self->schema = kvar_schema_loader_load_finish (loader, result, &error);
  g_assert_no_error (error);
  self->table = kvar_schema_find_table (self->schema, self->race->table);
  g_assert_nonnull (self->table);
  self->column = kvar_table_find_column (self->table, self->race->column);
  g_assert_nonnull (self->column);
}

static KvarRecord *
load_record (Counter *self)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  KvarRecord *record;

  kvar_store_load_async (self->store, self->table, self->race->record, NULL,
                         kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  record = kvar_store_load_finish (self->store, result, &error);
  g_assert_no_error (error);

  return record;
}

static gint64
number_in (Counter    *self,
           KvarRecord *record)
{
  g_autoptr(KvarValue) value = kvar_record_get_value (record, self->column);

  g_assert_nonnull (value);

  return kvar_value_is_null (value) ? 0
                                    : g_ascii_strtoll (kvar_value_get_text (value), NULL, 10);
}

static void
type_next (Counter    *self,
           KvarDraft  *draft,
           KvarRecord *seen)
{
  g_autofree char *typed = g_strdup_printf ("%" G_GINT64_FORMAT,
                                            number_in (self, seen) + self->unit);

  kvar_draft_set_input (draft, self->column, typed);
}

static void
resolve (Counter *self)
{
  KvarRecord *theirs = kvar_draft_get_theirs (self->draft);
  g_autoptr(KvarConflict) conflict = NULL;

  g_assert_nonnull (theirs);
  self->n_conflicts++;
  conflict = kvar_conflict_new (self->draft, theirs);
  type_next (self, kvar_conflict_get_result (conflict), theirs);
  /* What had been typed may be what is there now: then there was nothing to resolve. */
  kvar_conflict_apply (conflict);
  type_next (self, self->draft, theirs);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Counter *self = user_data;
  g_autoptr(KvarRecord) saved = NULL;
  g_autoptr(GError) error = NULL;

  saved = kvar_store_save_finish (KVAR_STORE (object), result, &error);
  if (saved != NULL)
    {
      self->n_saved++;
      if (self->n_saved < self->race->n_each)
        {
          type_next (self, self->draft, kvar_draft_get_base (self->draft));
          count_once (self);
        }
      return;
    }

  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_CONFLICT);
  resolve (self);
  count_once (self);
}

static void
count_once (Counter *self)
{
  kvar_store_save_async (self->store, self->draft, NULL, saved_cb, self);
}

static void
counter_begin (Counter            *self,
               const KvarTestRace *race,
               const char         *email,
               gint64              unit)
{
  g_autoptr(KvarRecord) record = NULL;

  self->race = race;
  self->unit = unit;
  self->folder = g_dir_make_tmp ("kvar-race-XXXXXX", NULL);
  self->clock = kvar_clock_new ();
  sign_in (self, email);
  load_table (self);
  self->store = kvar_store_new (self->session);
  record = load_record (self);
  self->draft = kvar_draft_new (self->table, record);
}

static void
remove_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

static void
counter_end (Counter *self)
{
  kvar_test_settle ();
  g_assert_finalize_object (self->draft);
  g_assert_finalize_object (self->store);
  g_clear_object (&self->schema);
  kvar_test_wait_until (g_atomic_int_get ((int *)&G_OBJECT (self->session)->ref_count) == 1);
  g_assert_finalize_object (self->session);
  g_assert_finalize_object (self->clock);
  remove_folder (self->folder);
  g_free (self->folder);
}

/* Counts in both at once, as quickly as the server answers, and looks at what has become of it. */
void
kvar_test_race_run (const KvarTestRace *race)
{
  Counter one = { 0 };
  Counter other = { 0 };
  g_autoptr(KvarRecord) first = NULL;
  g_autoptr(KvarRecord) last = NULL;
  gint64 deadline = g_get_monotonic_time () + 120 * G_USEC_PER_SEC;

  g_assert_cmpuint (race->n_each, <, UNIT_OF_THE_OTHER);
  counter_begin (&one, race, "demo@kvar.example", 1);
  counter_begin (&other, race, "eva@kvar.example", UNIT_OF_THE_OTHER);
  first = g_object_ref (kvar_draft_get_base (one.draft));

  type_next (&one, one.draft, first);
  type_next (&other, other.draft, first);
  count_once (&one);
  count_once (&other);
  while (one.n_saved < race->n_each || other.n_saved < race->n_each)
    kvar_test_iterate (deadline, "both have counted", __FILE__, __LINE__, G_STRFUNC);

  last = load_record (&one);
  g_assert_cmpint (number_in (&one, last) - number_in (&one, first), ==,
                   (gint64)race->n_each * (1 + UNIT_OF_THE_OTHER));
  g_assert_cmpuint (one.n_conflicts + other.n_conflicts, >=, race->min_conflicts);
  g_test_message ("%s: %u conflicts in %u saves", race->table,
                  one.n_conflicts + other.n_conflicts, 2 * race->n_each);

  g_clear_object (&first);
  g_clear_object (&last);
  counter_end (&one);
  counter_end (&other);
}
