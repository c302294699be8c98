/* test-value-wire.c: every value from the wire to the wire, byte for byte
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * KVAR_TEST_SEED takes other values than usual.
 */

#include <glib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "kvar-test-values.h"
#include "records/kvar-body.h"
#include "records/kvar-draft.h"
#include "records/kvar-selection.h"
#include "records/kvar-value-format.h"
#include "records/kvar-value-parse.h"

#define N_ROUNDS 40

typedef struct
{
  KvarTable     *table;        /* a column of each type, and one of each array */
  KvarSelection *selection;
  KvarLocale    *locales[2];   /* English and Swedish */
  GRand         *rand;
} Fixture;

static void
add_column (KvarTable *table,
            KvarType  *type)
{
  g_autofree char *name = g_strdup_printf ("c%u", kvar_table_get_n_columns (table));
  g_autoptr(KvarColumn) column = kvar_column_new (name, type);

  kvar_column_set_nullable (column, TRUE);
  kvar_column_set_privileges (column, TRUE, TRUE, TRUE);
  kvar_table_add_column (table, column);
}

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  g_autoptr(GTimeZone) stockholm = g_time_zone_new_identifier ("Europe/Stockholm");
  const char *chosen = g_getenv ("KVAR_TEST_SEED");
  guint32 seed = chosen != NULL ? (guint32)g_ascii_strtoull (chosen, NULL, 10) : 20261125;

  f->table = kvar_table_new ("types");
  for (guint i = 0; i < kvar_test_values_get_n_types (); i++)
    {
      g_autoptr(KvarType) type = kvar_test_values_new_type (i, FALSE);
      g_autoptr(KvarType) array = kvar_test_values_new_type (i, TRUE);

      add_column (f->table, type);
      add_column (f->table, array);
    }
  kvar_table_set_privileges (f->table, TRUE, TRUE, TRUE);
  f->selection = kvar_selection_new (f->table, NULL, KVAR_SELECT_VALUES);
  f->locales[0] = kvar_locale_new (".", ",", KVAR_DATE_ORDER_MDY, '/', stockholm);
  f->locales[1] = kvar_locale_new (",", "\u00a0", KVAR_DATE_ORDER_YMD, '-', stockholm);

  g_test_message ("seed %u", seed);
  f->rand = g_rand_new_with_seed (seed);
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  g_rand_free (f->rand);
  kvar_locale_free (f->locales[0]);
  kvar_locale_free (f->locales[1]);
  kvar_selection_unref (f->selection);
  g_assert_finalize_object (f->table);
}

/* What somebody may have stored in this column; NULL now and then. */
static char *
make_text (Fixture *f,
           guint    column)
{
  if (g_rand_int_range (f->rand, 0, 10) == 0)
    return NULL;

  return column % 2 == 0 ? kvar_test_values_make (column / 2, f->rand)
                         : kvar_test_values_make_array (column / 2, f->rand);
}

/* As servers write strings: sometimes with more escapes than there must be. */
static void
append_string (Fixture    *f,
               GString    *json,
               const char *text)
{
  g_string_append_c (json, '"');
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c > 0xffff && g_rand_boolean (f->rand))
        g_string_append_printf (json, "\\u%04x\\u%04X", 0xd7c0 + (c >> 10), 0xdc00 + (c & 0x3ff));
      else if (c < ' ' || (c <= 0xffff && g_rand_int_range (f->rand, 0, 8) == 0))
        g_string_append_printf (json, "\\u%04x", c);
      else if (c == '"' || c == '\\')
        g_string_append_printf (json, "\\%c", (char)c);
      else
        g_string_append_unichar (json, c);
    }
  g_string_append_c (json, '"');
}

/* A row with a value in each column, as it comes. */
static KvarRecord *
receive (Fixture   *f,
         GPtrArray *texts)
{
  g_autoptr(GString) json = g_string_new ("{");
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  KvarRecord *record;

  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);

      g_string_append_printf (json, "%s\"c%u\": ", i > 0 ? "," : "", i);
      if (text == NULL)
        g_string_append (json, "null");
      else
        append_string (f, json, text);
    }
  g_string_append_c (json, '}');
  bytes = g_bytes_new (json->str, json->len);
  record = kvar_selection_read_one (f->selection, bytes, &error);
  g_assert_no_error (error);

  return record;
}

static JsonObject *
decode (KvarBody    *body,
        JsonParser  *parser,
        char       **text)
{
  g_autoptr(GBytes) bytes = kvar_body_to_bytes (body);
  g_autoptr(GError) error = NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  *text = g_strndup (data, length);
  json_parser_load_from_data (parser, *text, -1, &error);
  g_assert_no_error (error);

  return json_node_get_object (json_parser_get_root (parser));
}

/* The column alone, as a change of it would be sent. */
static void
assert_sent (KvarColumn *column,
             KvarValue  *value,
             const char *text)
{
  const char *name = kvar_column_get_name (column);
  g_autoptr(KvarBody) body = kvar_body_new ();
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autofree char *sent = NULL;
  JsonObject *object;

  kvar_body_add (body, name, value);
  object = decode (body, parser, &sent);

  g_test_message ("%s: %s", kvar_type_get_name (kvar_column_get_column_type (column)), sent);
  g_assert_cmpuint (json_object_get_size (object), ==, 1);
  if (text == NULL)
    g_assert_true (json_object_get_null_member (object, name));
  else if (kvar_column_get_kind (column) == KVAR_KIND_JSON)
    g_assert_nonnull (strstr (sent, text));
  else
    g_assert_cmpstr (json_object_get_string_member (object, name), ==, text);
}

static GPtrArray *
make_row (Fixture *f)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < kvar_table_get_n_columns (f->table); i++)
    g_ptr_array_add (texts, make_text (f, i));

  return texts;
}

/* Nothing is lost between a reply and a request. */
static void
test_is_sent_as_it_came (Fixture       *f,
                         gconstpointer  unused)
{
  for (int n = 0; n < N_ROUNDS; n++)
    {
      g_autoptr(GPtrArray) texts = make_row (f);
      g_autoptr(KvarRecord) record = receive (f, texts);

      for (guint i = 0; i < texts->len; i++)
        {
          KvarColumn *column = kvar_table_get_column (f->table, i);
          g_autoptr(KvarValue) value = kvar_record_get_value (record, column);

          g_assert_cmpstr (kvar_value_get_text (value), ==, g_ptr_array_index (texts, i));
          assert_sent (column, value, g_ptr_array_index (texts, i));
        }
    }
}

/* Somebody goes through all fields of a record, and types each again as it stands there. */
static void
test_retyped_is_no_change (Fixture       *f,
                           gconstpointer  unused)
{
  for (int n = 0; n < N_ROUNDS; n++)
    {
      g_autoptr(GPtrArray) texts = make_row (f);
      g_autoptr(KvarRecord) record = receive (f, texts);
      g_autoptr(KvarDraft) draft = kvar_draft_new (f->table, record);

      for (guint i = 0; i < texts->len; i++)
        {
          KvarColumn *column = kvar_table_get_column (f->table, i);
          g_autoptr(KvarValue) value = kvar_record_get_value (record, column);
          g_autofree char *input = kvar_value_to_input (value);

          if (!kvar_value_is_null (value))
            kvar_draft_set_input (draft, column, input);
          g_assert_null (kvar_draft_get_problem (draft, column));
        }
      g_assert_false (kvar_draft_get_changed (draft));
    }
}

/* What is typed anew, as the old value is written, is what the old value was when it is sent. */
static void
test_typed_is_sent (Fixture       *f,
                    gconstpointer  unused)
{
  for (int n = 0; n < N_ROUNDS; n++)
    {
      g_autoptr(GPtrArray) texts = make_row (f);
      KvarLocale *locale = f->locales[n % 2];

      for (guint i = 0; i < texts->len; i++)
        {
          KvarColumn *column = kvar_table_get_column (f->table, i);
          KvarType *type = kvar_column_get_column_type (column);
          const char *text = g_ptr_array_index (texts, i);
          g_autoptr(KvarValue) value = kvar_value_new (type, text);
          g_autofree char *input = kvar_value_format_input (value, locale);
          g_autoptr(GError) error = NULL;
          g_autoptr(KvarValue) typed = kvar_value_parse_typed (type, input, locale, &error);

          if (text == NULL || *text == '\0')
            continue;

          g_assert_no_error (error);
          assert_sent (column, typed, text);
        }
    }
}

#define ADD(path, func) g_test_add ("/value-wire/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("is-sent-as-it-came", test_is_sent_as_it_came);
  ADD ("retyped-is-no-change", test_retyped_is_no_change);
  ADD ("typed-is-sent", test_typed_is_sent);

  return g_test_run ();
}
