/* test-store-default.c: A default is asked of a server that has said that it sets defaults.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-store-fixture.h"
#include "records/kvar-draft-outcome.h"
#include "records/kvar-draft-private.h"

static void
set_default (KvarDraft  *draft,
             KvarColumn *column)
{
  g_autoptr(KvarValue) value = NULL;

  value = kvar_value_new_default (kvar_column_get_column_type (column));
  kvar_draft_set_value (draft, column, value);
}

static gboolean
is_default (KvarDraft  *draft,
            KvarColumn *column)
{
  g_autoptr(KvarValue) value = kvar_draft_get_value (draft, column);

  return value != NULL && kvar_value_is_default (value);
}

/* As a server answers that has applied the preference. */
static void
answer_applied (StoreFixture *f,
                int           status,
                const char   *body)
{
  KvarReply *reply = kvar_test_reply_new (status, body);

  kvar_reply_add_header (reply, "Preference-Applied", "return=representation, missing=default");
  g_ptr_array_add (f->answers, reply);
}

static void
assert_prefers_default (StoreFixture *f,
                        guint         n)
{
  const char *prefer = kvar_request_get_header (nth_request (f, n), "Prefer");

  g_assert_nonnull (strstr (prefer, "missing=default"));
}

static void
test_is_tried_first (StoreFixture  *f,
                     gconstpointer  unused)
{
  g_autoptr(KvarValue) value = NULL;

  kvar_draft_discard (f->draft);
  set_default (f->draft, f->price);
  answer_applied (f, 204, "");
  answer_applied (f, 200, ROW ("Roof", "0.00", "812"));
  assert_saves (f, "Roof");

  assert_sent (f, 0, "PATCH", "id=is.null&id=not.is.null&columns=price", "{}");
  assert_prefers_default (f, 0);
  assert_sent (f, 1, "PATCH", "&id=eq." ID "&xmin=eq.811&columns=price", "{}");
  assert_prefers_default (f, 1);

  value = kvar_draft_get_value (f->draft, f->price);
  g_assert_cmpstr (kvar_value_get_text (value), ==, "0.00");
  g_assert_true (kvar_draft_is_set_by_server (f->draft, f->price));
}

static void
test_beside_typed_values (StoreFixture  *f,
                          gconstpointer  unused)
{
  set_default (f->draft, f->price);
  answer_applied (f, 204, "");
  answer_applied (f, 200, ROW ("Roofs", "0.00", "812"));
  assert_saves (f, "Roofs");
  assert_sent (f, 1, "PATCH", "&columns=title,price", "{\"title\":\"Roofs\"}");
}

/* The row is not asked for anything, or it would have got null. */
static void
test_unsupported (StoreFixture  *f,
                  gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  set_default (f->draft, f->price);
  answer (f, 204, "");
  g_assert_null (save (f, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
  g_assert_cmpstr (kvar_error_get_field (error), ==, "price");
  g_assert_cmpstr (kvar_error_get_provider_code (error), ==, KVAR_ERROR_NO_DEFAULTS);
  g_assert_true (is_default (f->draft, f->price));
  g_assert_cmpuint (kvar_test_transport_count (f->s.transport, "PATCH", "/rest/v1/jobs"), ==, 1);
}

/* Another server behind the same address: the row tells what it has got. */
static void
test_applied_no_more (StoreFixture  *f,
                      gconstpointer  unused)
{
  kvar_draft_discard (f->draft);
  set_default (f->draft, f->price);
  answer_applied (f, 204, "");
  answer (f, 200, ROW ("Roof", "12.50", "812"));
  answer (f, 200, "[" ROW ("Roof", "77.00", "812") "]");
  assert_save_fails (f, KVAR_ERROR_CONFLICT);
  g_assert_true (is_default (f->draft, f->price));
}

static void
test_new_record_leaves_it_out (StoreFixture  *f,
                               gconstpointer  unused)
{
  kvar_draft_set_input (f->draft, f->price, "5");
  set_default (f->draft, f->price);
  g_assert_false (kvar_draft_is_column_changed (f->draft, f->price));
}

static void
test_needs_no_value (StoreFixture  *f,
                     gconstpointer  unused)
{
  set_default (f->draft, f->title);
  g_assert_true (kvar_draft_validate (f->draft, NULL));
}

/* The draft and what waits of it, as they are written to the disk and read back. */
static void
test_round_trip (StoreFixture  *f,
                 gconstpointer  unused)
{
  g_autoptr(KvarKeptDraft) kept = NULL;
  g_autoptr(KvarDraft) draft = NULL;
  KvarChange *change;

  set_default (f->draft, f->price);
  kvar_draft_queue (f->draft, 1);
  kept = kvar_draft_keep (f->draft);

  draft = kvar_draft_new (f->table, NULL);
  kvar_draft_restore (draft, kept);
  g_assert_true (is_default (draft, f->price));
  g_assert_false (is_default (draft, f->title));
  change = kvar_draft_find_change (kvar_draft_get_queued (draft), f->price);
  g_assert_nonnull (change);
  g_assert_true (kvar_value_is_default (change->value));
}

#define ADD_CASE(name, is_new, func) ADD ("/store-default/REST-70/" name, is_new, func)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD_CASE ("is-tried-first", FALSE, test_is_tried_first);
  ADD_CASE ("beside-typed-values", FALSE, test_beside_typed_values);
  ADD_CASE ("unsupported", FALSE, test_unsupported);
  ADD_CASE ("applied-no-more", FALSE, test_applied_no_more);
  ADD_CASE ("new-record-leaves-it-out", TRUE, test_new_record_leaves_it_out);
  ADD_CASE ("needs-no-value", FALSE, test_needs_no_value);
  ADD_CASE ("round-trip", FALSE, test_round_trip);

  return g_test_run ();
}
