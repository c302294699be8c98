/* test-directive.c: the owner's words to Kvar, and names made readable
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>

#include "schema/kvar-directive.h"
#include "schema/kvar-title.h"

static void
test_directive_without_one (void)
{
  g_autoptr(KvarDirective) none = kvar_directive_parse (NULL);
  g_autoptr(KvarDirective) words = kvar_directive_parse (" People we work for ");

  g_assert_null (kvar_directive_get_rest (none));
  g_assert_null (kvar_directive_get_string (none, "label"));
  g_assert_true (kvar_directive_get_boolean (none, "hidden", TRUE));
  g_assert_cmpstr (kvar_directive_get_rest (words), ==, "People we work for");
}

static void
test_directive_reads_members (void)
{
  g_autoptr(KvarDirective) directive =
    kvar_directive_parse ("Before. @kvar({\"label\": \"a)b\", \"key\": [\"x\", \"y\"], "
                          "\"hidden\": true, \"odd\": [1]}) After.");
  g_auto(GStrv) key = kvar_directive_get_strings (directive, "key");

  g_assert_cmpstr (kvar_directive_get_rest (directive), ==, "Before.\nAfter.");
  g_assert_cmpstr (kvar_directive_get_string (directive, "label"), ==, "a)b");
  g_assert_cmpstrv (key, ((const char *const[]) { "x", "y", NULL }));
  g_assert_true (kvar_directive_get_boolean (directive, "hidden", FALSE));
  g_assert_null (kvar_directive_get_strings (directive, "odd"));
  g_assert_null (kvar_directive_get_string (directive, "hidden"));
}

/* What is wrong in a directive is the owner's business: nobody sees it, the words around stay. */
static void
test_directive_survives_mistakes (void)
{
  static const char *const comments[] = {
    "Words @kvar({\"label\": })", "Words @kvar(", "Words @kvar({\"a\": \"b", "Words @kvar([1])",
    "Words @kvar()",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (comments); i++)
    {
      g_autoptr(KvarDirective) directive = kvar_directive_parse (comments[i]);

      g_test_message ("%s", comments[i]);
      g_assert_cmpstr (kvar_directive_get_rest (directive), ==, "Words");
      g_assert_null (kvar_directive_get_string (directive, "label"));
    }
}

/* The languages are asked once a process, so each case has its own. */
static void
assert_localized (const char *language,
                  const char *json,
                  const char *expected)
{
  if (g_test_subprocess ())
    {
      g_autofree char *comment = g_strdup_printf ("@kvar({\"title\": %s})", json);
      g_autoptr(KvarDirective) directive = NULL;

      g_setenv ("LANGUAGE", language, TRUE);
      g_setenv ("LC_ALL", "C.UTF-8", TRUE);
      directive = kvar_directive_parse (comment);
      g_assert_cmpstr (kvar_directive_get_localized (directive, "title"), ==, expected);
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

static void
test_directive_speaks_swedish (void)
{
  assert_localized ("sv_SE:sv", "{\"en\": \"Jobs\", \"sv\": \"Jobb\"}", "Jobb");
}

static void
test_directive_falls_back_to_english (void)
{
  assert_localized ("fi", "{\"sv\": \"Jobb\", \"en\": \"Jobs\"}", "Jobs");
}

static void
test_directive_falls_back_to_any (void)
{
  assert_localized ("fi", "{\"sv\": \"Jobb\"}", "Jobb");
}

static void
test_directive_takes_plain_text (void)
{
  assert_localized ("sv", "\"Jobs\"", "Jobs");
}

static void
test_title_reads_names (void)
{
  static const struct { const char *name; const char *title; } cases[] = {
    { "due_on", "Due on" },
    { "id", "ID" },
    { "contact_id", "Contact ID" },
    { "dueOn", "Due on" },
    { "Mixed Case", "Mixed case" },
    { "åtgärd_datum", "Åtgärd datum" },
    { "GPS_lat", "GPS lat" },
    { "__x__", "X" },
    { "___", "___" },
    { "homepage-url", "Homepage URL" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *title = kvar_title_from_name (cases[i].name);

      g_assert_cmpstr (title, ==, cases[i].title);
    }
}

static void
test_title_keeps_labels_of_people (void)
{
  g_autofree char *made = kvar_title_from_label ("in_progress");
  g_autofree char *capital = kvar_title_from_label ("iOS");
  g_autofree char *words = kvar_title_from_label ("to do");

  g_assert_cmpstr (made, ==, "In progress");
  g_assert_cmpstr (capital, ==, "iOS");
  g_assert_cmpstr (words, ==, "to do");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/directive/parse/without-one", test_directive_without_one);
  g_test_add_func ("/directive/parse/reads-members", test_directive_reads_members);
  g_test_add_func ("/directive/parse/survives-mistakes", test_directive_survives_mistakes);
  g_test_add_func ("/directive/localized/swedish", test_directive_speaks_swedish);
  g_test_add_func ("/directive/localized/english", test_directive_falls_back_to_english);
  g_test_add_func ("/directive/localized/any", test_directive_falls_back_to_any);
  g_test_add_func ("/directive/localized/plain", test_directive_takes_plain_text);
  g_test_add_func ("/title/from-name", test_title_reads_names);
  g_test_add_func ("/title/from-label", test_title_keeps_labels_of_people);

  return g_test_run ();
}
