/* test-record.c: A row knows what was loaded of it, and a list of rows moves as few as it can.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-test-table.h"
#include "records/kvar-record-diff.h"
#include "records/kvar-record.h"

static KvarRecord *
new_record (KvarTable  *table,
            const char *id,
            const char *title)
{
  KvarRecord *record = kvar_record_new (table);

  kvar_record_set_text (record, 0, id);
  kvar_record_set_text (record, 1, title);

  return record;
}

static void
count_cb (gpointer counter)
{
  (*(guint *)counter)++;
}

static void
test_null_is_not_unloaded (void)
{
  g_autoptr(KvarTable) table = kvar_test_table_new_jobs ();
  g_autoptr(KvarRecord) record = new_record (table, "1", NULL);
  KvarColumn *title = kvar_table_get_column (table, 1);
  KvarColumn *price = kvar_table_get_column (table, 2);
  g_autoptr(KvarValue) value = kvar_record_get_value (record, title);

  g_assert_true (kvar_record_has_column (record, 1));
  g_assert_true (kvar_value_is_null (value));
  g_assert_false (kvar_record_has_column (record, 2));
  g_assert_null (kvar_record_get_value (record, price));
  g_assert_false (kvar_record_is_complete (record));
}

static void
test_update_tells_once (void)
{
  g_autoptr(KvarTable) table = kvar_test_table_new_jobs ();
  g_autoptr(KvarRecord) record = new_record (table, "1", "A");
  g_autoptr(KvarRecord) same = new_record (table, "1", "A");
  g_autoptr(KvarRecord) newer = new_record (table, "1", "B");
  KvarColumn *contact = kvar_table_find_column (table, "contact_id");
  guint n_changes = 0;

  kvar_record_set_text (record, 4, "7");
  kvar_record_set_label (record, 4, "Eva");
  kvar_record_set_text (newer, 4, "8");
  g_signal_connect_swapped (record, "changed", G_CALLBACK (count_cb), &n_changes);

  kvar_record_update (record, same);
  g_assert_cmpuint (n_changes, ==, 0);
  g_assert_cmpstr (kvar_record_get_label_of (record, contact), ==, "Eva");

  kvar_record_update (record, newer);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpstr (kvar_record_get_text (record, 1), ==, "B");
  g_assert_null (kvar_record_get_label_of (record, contact));
}

static void
test_key_is_a_segment (void)
{
  static const char *const both[] = { "id", "title", NULL };
  g_autoptr(KvarTable) table = kvar_test_table_new_jobs ();
  g_autoptr(KvarRecord) plain = new_record (table, "new", "x");
  g_autoptr(KvarRecord) odd = new_record (table, "a,b/c", "å");
  g_autofree char *new_key = kvar_record_get_key_string (plain);
  g_autofree char *odd_key = NULL;

  g_assert_cmpstr (new_key, ==, "%6Eew");

  kvar_table_set_key (table, both, FALSE);
  odd_key = kvar_record_get_key_string (odd);
  g_assert_cmpstr (odd_key, ==, "a%2Cb%2Fc,%C3%A5");
}

static void
test_identity_without_a_key (void)
{
  g_autoptr(KvarTable) table = kvar_test_table_new_logs ();
  g_autoptr(KvarRecord) record = kvar_record_new (table);
  g_autofree char *identity = NULL;

  g_assert_null (kvar_record_get_identity (record));
  kvar_record_set_place (record, "16384", "(0,5)");
  identity = kvar_record_get_identity (record);
  g_assert_cmpstr (identity, ==, "16384 (0,5)");
  g_assert_null (kvar_record_get_key_string (record));
}

static GPtrArray *
letters (const char *text)
{
  GPtrArray *array = g_ptr_array_new_with_free_func (g_free);

  for (const char *p = text; *p != '\0'; p++)
    g_ptr_array_add (array, *p == '?' ? NULL : g_strndup (p, 1));

  return array;
}

static void
assert_diff (const char *before,
             const char *after,
             const char *expected)
{
  g_autoptr(GPtrArray) old = letters (before);
  g_autoptr(GPtrArray) new = letters (after);
  g_autoptr(GArray) splices = kvar_record_diff (old, new);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < splices->len; i++)
    {
      KvarSplice splice = g_array_index (splices, KvarSplice, i);

      g_string_append_printf (text, "%s%u-%u+%u", i > 0 ? " " : "", splice.position,
                              splice.n_removed, splice.n_added);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_diff_moves_few (void)
{
  assert_diff ("", "", "");
  assert_diff ("abc", "abc", "");
  assert_diff ("", "abc", "0-0+3");
  assert_diff ("abc", "", "0-3+0");
  assert_diff ("abc", "axbc", "1-0+1");
  assert_diff ("abc", "ac", "1-1+0");
  assert_diff ("abcdef", "xabdefy", "0-0+1 3-1+0 6-0+1");
  assert_diff ("abcdef", "fabcde", "0-0+1 6-1+0");
  assert_diff ("??", "??", "0-2+2");
  assert_diff ("ab", "aab", "1-0+1");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/record/get-text/null-is-not-unloaded", test_null_is_not_unloaded);
  g_test_add_func ("/record/update/tells-once", test_update_tells_once);
  g_test_add_func ("/record/get-key-string/is-a-segment", test_key_is_a_segment);
  g_test_add_func ("/record/get-identity/without-a-key", test_identity_without_a_key);
  g_test_add_func ("/record-diff/moves-few", test_diff_moves_few);

  return g_test_run ();
}
