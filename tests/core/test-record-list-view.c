/* test-record-list-view.c: A list of any length loads what is looked at, and little else.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "kvar-error-text.h"
#include "kvar-session-fixture.h"
#include "kvar-test-table.h"
#include "records/kvar-record-list.h"

/* Rows 1 to n_rows, ordered by the key, made when they are asked for. */
typedef struct
{
  Fixture         s;
  KvarTable      *table;
  KvarQuery      *query;
  KvarRecordList *list;
  guint           n_rows;
  guint           max_rows;      /* of a page */
  guint           gone_before;   /* rows below this one have been deleted */
  gboolean        guessed;       /* the count is the planner's */
  guint           left_out;      /* 0, or a row that does not match any more */
  guint           moved;         /* 0, or a row that comes behind another one */
  guint           moved_behind;
  guint           slow_offset;   /* 0, or what is too far to count to */
  guint           n_pages;
  guint           n_steps;
  char           *last_page;     /* (nullable) its path, unescaped */
} ViewFixture;

static gboolean
find_number (const char *path,
             const char *name,
             guint      *number)
{
  const char *found = strstr (path, name);

  if (found == NULL)
    return FALSE;

  *number = strtoul (found + strlen (name), NULL, 10);

  return TRUE;
}

static KvarReply *
count_reply (ViewFixture *f,
             const char  *prefer)
{
  g_autofree char *range = g_strdup_printf ("0-0/%u", f->guessed ? f->n_rows * 2 : f->n_rows);
  KvarReply *reply;

  if (f->guessed && strstr (prefer, "count=exact") != NULL)
    return kvar_test_reply_new (500, "{\"code\":\"57014\",\"message\":\"timeout\"}");

  reply = kvar_test_reply_new (206, "[{\"id\":\"1\"}]");
  kvar_reply_add_header (reply, "Content-Range", range);

  return reply;
}

static KvarReply *
answer_cb (KvarRequest  *request,
           gpointer      user_data,
           GError      **error)
{
  ViewFixture *f = user_data;
  const char *prefer = kvar_request_get_header (request, "Prefer");
  g_autofree char *path = g_uri_unescape_string (kvar_request_get_path (request), NULL);
  gboolean backward = strstr (path, "order=id.desc") != NULL;
  g_autoptr(GString) json = g_string_new ("[");
  guint limit = 0, offset = 0, after = 0;

  if (prefer != NULL)
    return count_reply (f, prefer);

  f->n_pages++;
  g_free (f->last_page);
  f->last_page = g_strdup (path);
  find_number (path, "limit=", &limit);
  find_number (path, "offset=", &offset);
  if (f->slow_offset > 0 && offset > f->slow_offset)
    return kvar_test_reply_new (500, "{\"code\":\"57014\",\"message\":\"timeout\"}");

  if (f->max_rows > 0)
    limit = MIN (limit, f->max_rows);
  if (!find_number (path, "id=gt.", &after) && !find_number (path, "id=lt.", &after))
    after = backward ? f->n_rows + 1 : 0;
  for (gint64 id = backward ? (gint64)after - 1 - offset
                            : (gint64)MAX (after, f->gone_before) + 1 + offset;
       limit > 0 && id > f->gone_before && id <= f->n_rows;
       id += backward ? -1 : 1)
    {
      if (id == f->left_out)
        continue;

      g_string_append_printf (json, "%s{\"id\":\"%" G_GINT64_FORMAT "\",\"title\":\"Row\"}",
                              json->len > 1 ? "," : "", id);
      limit--;
      if (f->moved_behind > 0 && id == f->moved_behind)
        g_string_append_printf (json, ",{\"id\":\"%u\",\"title\":\"Moved\"}", f->moved);
    }
  g_string_append_c (json, ']');

  return kvar_test_reply_new (200, json->str);
}

static void
step_cb (ViewFixture *f)
{
  f->n_steps++;
}

static void
view_set_up (ViewFixture   *f,
             gconstpointer  n_rows)
{
  static const char *const columns[] = { "id", "title", NULL };

  fixture_set_up (&f->s, NULL);
  kvar_test_transport_on (f->s.transport, "GET", "/rest/v1/jobs", answer_cb, f);
  kvar_test_session_sign_in (f->s.session);
  f->n_rows = GPOINTER_TO_UINT (n_rows);
  f->table = kvar_test_table_new_jobs ();
  f->query = kvar_query_new ();
  f->list = kvar_record_list_new (f->s.session, f->table, f->query, columns);
  kvar_record_list_set_full_length (f->list, TRUE);
  g_signal_connect_swapped (f->list, "items-changed", G_CALLBACK (step_cb), f);
}

static void
view_tear_down (ViewFixture   *f,
                gconstpointer  unused)
{
  kvar_test_settle ();
  g_assert_finalize_object (f->list);
  kvar_query_unref (f->query);
  g_assert_finalize_object (f->table);
  g_free (f->last_page);
  fixture_tear_down (&f->s, NULL);
}

static guint
get_size (ViewFixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (f->list));
}

static guint
get_id (ViewFixture *f,
        guint        position)
{
  g_autoptr(KvarRecord) record = g_list_model_get_item (G_LIST_MODEL (f->list), position);
  const char *text = kvar_record_get_text (record, 0);

  return text != NULL ? strtoul (text, NULL, 10) : 0;
}

/* Long enough for a jump, and until nothing is under way any more. */
static void
settle (ViewFixture *f)
{
  kvar_test_settle ();
  kvar_clock_advance (f->s.clock, 100 * KVAR_CLOCK_MILLISECOND);
  kvar_test_wait_until (!kvar_record_list_get_loading (f->list));
  kvar_test_settle ();
}

static void
open_list (ViewFixture *f)
{
  kvar_record_list_load_more (f->list);
  settle (f);
  kvar_record_list_set_view (f->list, 0, 30);
  settle (f);
}

static void
look (ViewFixture *f,
      guint        first)
{
  kvar_record_list_set_view (f->list, first, first + 30);
  settle (f);
}

static void
test_opens_at_full_length (ViewFixture   *f,
                           gconstpointer  unused)
{
  open_list (f);
  g_assert_cmpuint (get_size (f), ==, 1000000);
  g_assert_cmpuint (kvar_record_list_get_n_loaded (f->list), ==, 200);
  g_assert_cmpuint (f->n_pages, ==, 1);
  g_assert_cmpuint (get_id (f, 0), ==, 1);
  g_assert_cmpuint (get_id (f, 500), ==, 0);
  g_assert_false (kvar_record_list_get_complete (f->list));
}

static void
test_jump_to_the_end (ViewFixture   *f,
                      gconstpointer  unused)
{
  open_list (f);
  f->n_steps = 0;
  look (f, 999970);
  g_assert_cmpuint (f->n_pages, ==, 2);
  g_assert_nonnull (strstr (f->last_page, "order=id.desc"));
  g_assert_null (strstr (f->last_page, "offset"));
  g_assert_cmpuint (get_id (f, 999999), ==, 1000000);
  g_assert_cmpuint (get_id (f, 999970), ==, 999971);

  /* Back up by the key. */
  look (f, 999800);
  g_assert_nonnull (strstr (f->last_page, "id=lt.999801"));
  g_assert_cmpuint (get_id (f, 999800), ==, 999801);
  g_assert_cmpuint (f->n_steps, ==, 0);
}

static void
test_jump_waits_for_a_pause (ViewFixture   *f,
                             gconstpointer  unused)
{
  g_autoptr(KvarRecord) awaited = NULL;

  open_list (f);
  awaited = g_list_model_get_item (G_LIST_MODEL (f->list), 400000);
  for (guint i = 0; i < 50; i++)
    {
      kvar_record_list_set_view (f->list, 10000 + i * 7800, 10030 + i * 7800);
      kvar_clock_advance (f->s.clock, 16 * KVAR_CLOCK_MILLISECOND);
      kvar_test_settle ();
    }
  g_assert_cmpuint (f->n_pages, ==, 1);

  look (f, 400000);
  g_assert_cmpuint (f->n_pages, ==, 2);
  g_assert_nonnull (strstr (f->last_page, "offset=399950"));
  g_assert_cmpstr (kvar_record_get_text (awaited, 0), ==, "400001");

  /* From there on by the key, both ways. */
  look (f, 400200);
  g_assert_nonnull (strstr (f->last_page, "id=gt."));
  look (f, 399900);
  g_assert_nonnull (strstr (f->last_page, "id=lt."));
  g_assert_cmpuint (get_id (f, 399900), ==, 399901);
}

/* What is beyond the middle is counted to from the end, which is nearer. */
static void
test_jump_from_the_nearer_end (ViewFixture   *f,
                               gconstpointer  unused)
{
  open_list (f);
  look (f, 900000);
  g_assert_nonnull (strstr (f->last_page, "order=id.desc"));
  g_assert_nonnull (strstr (f->last_page, "offset=99850"));
  g_assert_cmpuint (get_id (f, 900000), ==, 900001);
}

/* REST-55 */
static void
test_scrolled_past (ViewFixture   *f,
                    gconstpointer  unused)
{
  open_list (f);
  kvar_test_transport_hold (f->s.transport);
  kvar_record_list_set_view (f->list, 190, 220);
  kvar_test_settle ();
  g_assert_true (kvar_record_list_get_loading (f->list));

  /* Nothing is left under way for rows that are far off by now. */
  kvar_record_list_set_view (f->list, 5000, 5030);
  g_assert_false (kvar_record_list_get_loading (f->list));
  kvar_test_transport_release (f->s.transport);
  look (f, 5000);
  g_assert_cmpuint (get_id (f, 5000), ==, 5001);
  g_assert_cmpuint (get_id (f, 300), ==, 0);
}

static void
test_memory_is_bounded (ViewFixture   *f,
                        gconstpointer  unused)
{
  g_autoptr(KvarRecord) held = NULL;

  open_list (f);
  look (f, 150);
  held = g_list_model_get_item (G_LIST_MODEL (f->list), 1100);
  for (guint first = 0; first < 14000; first += 190)
    {
      look (f, first);
      g_assert_cmpuint (get_id (f, first), ==, first + 1);
    }
  g_assert_cmpuint (kvar_record_list_get_n_loaded (f->list), <=, 12800);
  g_assert_cmpuint (get_size (f), ==, 1000000);

  /* The first rows stay, and one that somebody has stays the same. */
  g_assert_cmpuint (get_id (f, 10), ==, 11);
  g_assert_cmpuint (get_id (f, 3000), ==, 0);
  look (f, 1090);
  g_assert_cmpuint (get_id (f, 1100), ==, 1101);
  g_assert_cmpstr (kvar_record_get_text (held, 0), ==, "1101");
  {
    g_autoptr(KvarRecord) same = g_list_model_get_item (G_LIST_MODEL (f->list), 1100);

    g_assert_true (same == held);
  }
}

/* GRID-2: a server that gives 77 rows at most, and has 5,000. */
static void
test_server_cuts_pages (ViewFixture   *f,
                        gconstpointer  unused)
{
  f->max_rows = 77;
  open_list (f);
  g_assert_cmpuint (get_size (f), ==, 5000);
  for (guint first = 0; first < 5000; first += 40)
    look (f, first);

  g_assert_true (kvar_record_list_get_complete (f->list));
  for (guint i = 0; i < 5000; i++)
    g_assert_cmpuint (get_id (f, i), ==, i + 1);
}

static void
test_guess_is_put_right (ViewFixture   *f,
                         gconstpointer  unused)
{
  f->guessed = TRUE;
  open_list (f);
  g_assert_cmpint (kvar_record_list_get_total (f->list), ==, 10000);
  g_assert_false (kvar_record_list_get_total_is_exact (f->list));
  g_assert_cmpuint (get_size (f), ==, 10000);

  for (guint first = 0; first < 5000; first += 150)
    look (f, first);
  g_assert_true (kvar_record_list_get_complete (f->list));
  g_assert_cmpuint (get_size (f), ==, 5000);
}

static void
test_reload_stays_in_place (ViewFixture   *f,
                            gconstpointer  unused)
{
  g_autoptr(KvarRecord) shown = NULL;
  g_autoptr(KvarRecord) still = NULL;
  guint position;

  open_list (f);
  look (f, 400000);
  shown = g_list_model_get_item (G_LIST_MODEL (f->list), 400010);
  f->n_pages = 0;
  kvar_record_list_reload (f->list);
  settle (f);

  g_assert_cmpuint (f->n_pages, <=, 3);
  g_assert_null (strstr (f->last_page, "offset"));
  g_assert_true (kvar_record_list_find_key (f->list, "400011", &position));
  g_assert_cmpuint (position, ==, 400010);
  still = g_list_model_get_item (G_LIST_MODEL (f->list), 400010);
  g_assert_true (still == shown);
  g_assert_cmpuint (get_size (f), ==, 1000000);
  g_assert_cmpuint (kvar_record_list_get_n_loaded (f->list), <=, 600);
}

/* REST-36 */
static void
test_too_far_to_count_to (ViewFixture   *f,
                          gconstpointer  unused)
{
  g_autofree char *text = NULL;
  guint n_pages;

  f->slow_offset = 1000;
  open_list (f);
  look (f, 400000);
  g_assert_nonnull (kvar_record_list_get_error (f->list));
  text = kvar_error_text (kvar_record_list_get_error (f->list));
  g_assert_cmpstr (text, ==, "It takes the server too long to go this far down. Filter the list, "
                             "or sort it so that what you look for comes first.");
  g_assert_cmpuint (get_size (f), ==, 1000000);

  /* It is not asked again and again, also for the rows around. */
  n_pages = f->n_pages;
  look (f, 400010);
  kvar_clock_advance (f->s.clock, KVAR_CLOCK_MINUTE);
  settle (f);
  g_assert_cmpuint (f->n_pages, ==, n_pages);
  g_assert_nonnull (kvar_record_list_get_error (f->list));

  /* Elsewhere is as before. */
  look (f, 999970);
  g_assert_null (kvar_record_list_get_error (f->list));
  g_assert_cmpuint (get_id (f, 999999), ==, 1000000);
  look (f, 200);
  g_assert_cmpuint (get_id (f, 210), ==, 211);

  /* Row by row it goes as far as anybody likes: nothing is counted on that way. */
  for (guint first = 200; first < 3000; first += 100)
    look (f, first);
  g_assert_null (kvar_record_list_get_error (f->list));
  g_assert_cmpuint (get_id (f, 2950), ==, 2951);
}

static void
test_first_rows_are_deleted (ViewFixture   *f,
                             gconstpointer  unused)
{
  open_list (f);
  f->gone_before = 300;
  look (f, 190);
  g_assert_cmpuint (get_id (f, 200), ==, 301);

  kvar_record_list_reload (f->list);
  look (f, 0);
  g_assert_cmpuint (get_id (f, 0), ==, 301);
}

static void
assert_in_order (ViewFixture *f,
                 guint        first,
                 guint        end)
{
  for (guint i = first; i < end; i++)
    g_assert_cmpuint (get_id (f, i), ==, i + 1);
}

/* A row that was edited so that it does not match any more stays where it is, also
 * when the pages around it come anew, from either side. */
static void
test_edited_row_stays (ViewFixture   *f,
                       gconstpointer  unused)
{
  g_autoptr(KvarRecord) edited = NULL;
  g_autoptr(KvarRecord) still = NULL;

  open_list (f);
  look (f, 150);
  edited = g_list_model_get_item (G_LIST_MODEL (f->list), 250);
  kvar_record_list_hold (f->list, "251");
  f->left_out = 251;

  /* Everything but the rows at the end, and this one, is let go of. */
  look (f, 999970);
  kvar_record_list_reload (f->list);
  settle (f);
  g_assert_cmpuint (get_id (f, 249), ==, 0);
  look (f, 150);
  look (f, 300);
  assert_in_order (f, 0, 450);

  look (f, 999970);
  kvar_record_list_reload (f->list);
  settle (f);
  look (f, 252);
  look (f, 140);
  assert_in_order (f, 100, 400);

  still = g_list_model_get_item (G_LIST_MODEL (f->list), 250);
  g_assert_true (still == edited);
  g_assert_cmpuint (get_size (f), ==, 1000000);

  kvar_record_list_hold (f->list, NULL);
  kvar_record_list_reload (f->list);
  look (f, 140);
  g_assert_cmpuint (get_id (f, 250), ==, 252);
}

/* One that would come elsewhere by now is shown once, with the values that came. */
static void
test_edited_row_is_shown_once (ViewFixture   *f,
                               gconstpointer  unused)
{
  g_autoptr(KvarRecord) edited = NULL;
  g_autoptr(KvarRecord) still = NULL;

  open_list (f);
  kvar_record_list_hold (f->list, "100");
  f->moved = 100;
  f->moved_behind = 300;
  edited = g_list_model_get_item (G_LIST_MODEL (f->list), 99);
  look (f, 290);
  look (f, 400);

  still = g_list_model_get_item (G_LIST_MODEL (f->list), 99);
  g_assert_true (still == edited);
  g_assert_cmpstr (kvar_record_get_text (edited, 1), ==, "Moved");
  assert_in_order (f, 0, 450);
}

#define ADD(path, n, func) \
  g_test_add ("/record-list-view/" path, ViewFixture, GUINT_TO_POINTER (n), view_set_up, func, \
              view_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("GRID-3/opens-at-full-length", 1000000, test_opens_at_full_length);
  ADD ("GRID-3/jump-to-the-end", 1000000, test_jump_to_the_end);
  ADD ("GRID-3/jump-waits-for-a-pause", 1000000, test_jump_waits_for_a_pause);
  ADD ("GRID-3/jump-from-the-nearer-end", 1000000, test_jump_from_the_nearer_end);
  ADD ("GRID-3/memory-is-bounded", 1000000, test_memory_is_bounded);
  ADD ("REST-55/scrolled-past", 1000000, test_scrolled_past);
  ADD ("GRID-2/server-cuts-pages", 5000, test_server_cuts_pages);
  ADD ("GRID-2/guess-is-put-right", 5000, test_guess_is_put_right);
  ADD ("GRID-3/reload-stays-in-place", 1000000, test_reload_stays_in_place);
  ADD ("REST-36/too-far-to-count-to", 1000000, test_too_far_to_count_to);
  ADD ("GRID-2/first-rows-are-deleted", 1000000, test_first_rows_are_deleted);
  ADD ("GRID-3/edited-row-stays", 1000000, test_edited_row_stays);
  ADD ("GRID-3/edited-row-is-shown-once", 1000000, test_edited_row_is_shown_once);

  return g_test_run ();
}
