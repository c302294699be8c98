/* kvar-demo-data-rows.c: the sample's contacts, objects, jobs, reports and links, row by row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include "kvar-demo-array.h"
#include "kvar-demo-config.h"
#include "kvar-demo-data-private.h"
#include "kvar-demo-numeric.h"

/* The day the sample is written on: what is due before is mostly done. */
#define TODAY (KVAR_DEMO_DATA_2026_DAYS + 323)

/* In 64 bits: a day's worth is more than 32 bits hold. */
#define USEC ((gint64)G_USEC_PER_SEC)

/* By position in the enum job_status. */
enum {
  DRAFT,
  OPEN,
  IN_PROGRESS,
  DONE,
  CANCELLED
};

/* A statement whose parameters are bound in turn. */
typedef struct
{
  sqlite3_stmt *statement;
  int           next;
} Row;

static void
put_text (Row        *row,
          const char *text)
{
  sqlite3_bind_text (row->statement, ++row->next, text, -1, SQLITE_TRANSIENT);
}

static void
put_integer (Row    *row,
             gint64  value)
{
  sqlite3_bind_int64 (row->statement, ++row->next, value);
}

static void
put_double (Row    *row,
            double  value)
{
  sqlite3_bind_double (row->statement, ++row->next, value);
}

static void
put_cents (Row    *row,
           gint64  cents)
{
  g_autofree char *text = kvar_demo_numeric_from_scaled (cents, 2);

  put_text (row, text);
}

static void
put_null (Row *row)
{
  sqlite3_bind_null (row->statement, ++row->next);
}

static void
put_printf (Row        *row,
            const char *format,
            ...) G_GNUC_PRINTF (2, 3);

static void
put_printf (Row        *row,
            const char *format,
            ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  put_text (row, text);
}

/* The sample's own rows must fit. */
static void
finish_row (Row *row)
{
  if (sqlite3_step (row->statement) != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (sqlite3_db_handle (row->statement)));

  sqlite3_reset (row->statement);
  row->next = 0;
}

/* Ascii letters for an address: "Åsa Öberg" → "asa.oberg" */
static char *
to_address (const char *name)
{
  g_autofree char *plain = g_str_to_ascii (name, "sv");
  char *lower = g_ascii_strdown (plain, -1);

  return g_strdelimit (lower, " ", '.');
}

static void
put_contact (Row   *row,
             guint  i)
{
  g_autofree char *name = kvar_demo_data_get_person (i);
  g_autofree char *address = to_address (name);
  gboolean vip = i % 10 == 0;

  put_integer (row, i);
  put_printf (row, "%s.%u@kvar.example", address, i);
  put_text (row, name);
  if (i % 6 == 0)
    put_null (row);
  else
    put_printf (row, "+46 70 %03u %02u %02u", kvar_demo_data_pick (i, 10, 1000),
                kvar_demo_data_pick (i, 11, 100), kvar_demo_data_pick (i, 12, 100));
  put_text (row, kvar_demo_data_get_city (i)->name);
  if (i % 4 == 0)
    put_integer (row, -7300 + (int)kvar_demo_data_pick (i, 13, 20000));
  else
    put_null (row);
  put_integer (row, vip);
  put_text (row, vip ? "{vip,\"by phone\"}" : i % 3 == 0 ? "{newsletter}" : "{}");
  put_printf (row, "{\"n\": %u, \"nested\": {\"ok\": %s}}", i, i % 2 == 0 ? "true" : "false");
  put_integer (row, (KVAR_DEMO_DATA_2026_DAYS - 900 + i % 900) * KVAR_DEMO_DATA_DAY_USEC +
               kvar_demo_data_pick (i, 14, 36000) * USEC);
  put_integer (row, KVAR_DEMO_DATA_XMIN);
}

void
kvar_demo_data_add_contacts (KvarDemoDatabase *database,
                             guint             n)
{
  g_autoptr(sqlite3_stmt) statement = NULL;
  Row row = { NULL };

  statement = kvar_demo_database_prepare (database, "INSERT INTO \"public.contacts\" (id, email, "
                                          "full_name, phone, city, birthday, vip, tags, meta, "
                                          "created_at, _xmin) VALUES (?,?,?,?,?,?,?,?,?,?,?)", "");
  row.statement = statement;
  for (guint i = 1; i <= n; i++)
    {
      put_contact (&row, i);
      finish_row (&row);
    }
}

static void
put_object (Row   *row,
            guint  i)
{
  static const char * const kinds[] = { "Villa", "Housing association", "Office", "School",
                                        "Warehouse", "Shop" };
  const KvarDemoCity *city = kvar_demo_data_get_city (i + 7);
  g_autofree char *street = kvar_demo_data_get_street (i);
  g_autofree char *drawing = kvar_demo_data_get_drawing (i);
  guint kind = kvar_demo_data_pick (i, 20, 10);

  kind = kind < 5 ? 0 : kind - 4;
  put_integer (row, i);
  put_printf (row, "%s %s", kinds[kind], street);
  put_printf (row, "%s, %03u %02u %s", street, 211 + kvar_demo_data_pick (i, 21, 700),
              10 + kvar_demo_data_pick (i, 22, 80), city->name);
  put_text (row, city->name);
  put_integer (row, kind);
  if (i % 8 == 0)
    put_null (row);
  else
    put_integer (row, 1880 + kvar_demo_data_pick (i, 23, 145));
  if (i % 5 == 0)
    put_printf (row, "%u", 90 + kvar_demo_data_pick (i, 24, 3000));
  else
    put_printf (row, "%u.%u", 60 + kvar_demo_data_pick (i, 24, 240),
                1 + kvar_demo_data_pick (i, 25, 9));
  put_double (row, city->lat + kvar_demo_data_pick (i, 26, 1000) / 20000.0);
  put_double (row, city->lng + kvar_demo_data_pick (i, 27, 1000) / 20000.0);
  if (i % 3 == 0)
    put_printf (row, "{ \"grade\": \"%c\",\n  \"moisture\": %u.%u }",
                'A' + (char)kvar_demo_data_pick (i, 28, 4), 8 + kvar_demo_data_pick (i, 29, 12),
                kvar_demo_data_pick (i, 30, 10));
  else
    put_null (row);
  put_text (row, drawing);
  put_integer (row, (KVAR_DEMO_DATA_2026_DAYS - 1200 + i % 1200) * KVAR_DEMO_DATA_DAY_USEC);
  put_integer (row, KVAR_DEMO_DATA_XMIN);
}

void
kvar_demo_data_add_objects (KvarDemoDatabase *database,
                            guint             n)
{
  g_autoptr(sqlite3_stmt) statement = NULL;
  Row row = { NULL };

  statement = kvar_demo_database_prepare (database, "INSERT INTO \"public.objects\" (id, name, "
                                          "address, city, kind, built_year, area, lat, long, "
                                          "survey, drawing, created_at, _xmin) "
                                          "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", "");
  row.statement = statement;
  for (guint i = 1; i <= n; i++)
    {
      put_object (&row, i);
      finish_row (&row);
    }
}

static int
choose_status (guint i,
               int   due)
{
  guint dice = kvar_demo_data_pick (i, 40, 10);

  if (due < TODAY - 10)
    return dice == 0 ? CANCELLED : dice == 1 ? IN_PROGRESS : DONE;

  return dice < 2 ? DRAFT : dice < 6 ? OPEN : dice < 9 ? IN_PROGRESS : CANCELLED;
}

static void
put_tags (Row   *row,
          guint  i,
          guint  trade)
{
  GString *out;
  g_autofree char *text = NULL;

  if (i % 5 == 0)
    {
      put_text (row, "{}");
      return;
    }

  out = g_string_new ("{");
  kvar_demo_array_append_element (out, kvar_demo_data_get_tag (trade, 0));
  if (i % 2 == 0)
    {
      g_string_append_c (out, ',');
      kvar_demo_array_append_element (out, kvar_demo_data_get_tag (trade, 1 + i % 3));
    }
  g_string_append_c (out, '}');
  text = g_string_free (out, FALSE);
  put_text (row, text);
}

/* price, hours and total, which is generated from them */
static void
put_money (Row   *row,
           guint  i)
{
  gint64 price = 45000 + kvar_demo_data_pick (i, 41, 1200) * 125;
  gint64 hours = 100 + kvar_demo_data_pick (i, 42, 156) * 25;

  put_cents (row, price);
  if (i % 4 == 0)
    {
      put_null (row);
      put_cents (row, price);
    }
  else
    {
      put_cents (row, hours);
      put_cents (row, (price * hours + 50) / 100);
    }
}

static void
put_times (Row *row,
           guint  i,
           int    due,
           int    status)
{
  gint64 start = (due - 1 - (int)kvar_demo_data_pick (i, 43, 6)) * KVAR_DEMO_DATA_DAY_USEC;

  if (i % 9 == 0)
    put_null (row);
  else
    put_integer (row, due);

  if (status == DRAFT || i % 7 == 0)
    put_null (row);
  else
    put_integer (row, start + (5 * 4 + kvar_demo_data_pick (i, 44, 36)) * 900 * USEC);
}

static void
put_job (Row   *row,
         guint  i,
         guint  n_contacts,
         guint  n_objects)
{
  int due = KVAR_DEMO_DATA_2026_DAYS + (int)kvar_demo_data_pick (i, 45, 480);
  gint64 created = (due - 12 - (int)kvar_demo_data_pick (i, 46, 50)) * KVAR_DEMO_DATA_DAY_USEC +
                   (25000 + kvar_demo_data_pick (i, 47, 30000)) * USEC +
                   kvar_demo_data_pick (i, 48, 1000000);
  int status = choose_status (i, due);
  g_autofree char *street = kvar_demo_data_get_street (i);
  guint trade;
  const char *task = kvar_demo_data_get_task (i, &trade);

  put_printf (row, "00000000-0000-4000-8000-%012u", i);
  put_printf (row, "J-%06u", i);
  put_printf (row, "%s, %s", task, street);
  put_integer (row, status);
  if (i % 11 == 0)
    put_null (row);
  else
    put_integer (row, 1 + kvar_demo_data_pick (i, 49, n_contacts));
  if (i % 13 == 0)
    put_null (row);
  else
    put_integer (row, 1 + kvar_demo_data_pick (i, 50, n_objects));
  put_money (row, i);
  put_times (row, i, due, status);
  put_tags (row, i, trade);
  put_integer (row, kvar_demo_data_pick (i, 51, 8) == 0);
  if (i % 3 == 0)
    put_printf (row, "{\"note\": \"line1\\nline2 \\\"q\\\"\", \"floor\": %u}", i % 9);
  else
    put_null (row);
  if (i % 2 == 0)
    put_text (row, kvar_demo_data_get_note (i));
  else
    put_null (row);
  put_integer (row, created);
  put_integer (row, created + kvar_demo_data_pick (i, 52, 9) * KVAR_DEMO_DATA_DAY_USEC);
  put_integer (row, KVAR_DEMO_DATA_XMIN);
}

void
kvar_demo_data_add_jobs (KvarDemoDatabase *database,
                         guint             n,
                         guint             n_contacts,
                         guint             n_objects)
{
  g_autoptr(sqlite3_stmt) statement = NULL;
  Row row = { NULL };

  statement = kvar_demo_database_prepare (database, "INSERT INTO \"public.jobs\" (id, ref, title, "
                                          "status, contact_id, object_id, price, hours, total, "
                                          "due_on, starts_at, tags, urgent, details, notes, "
                                          "created_at, updated_at, _xmin) "
                                          "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", "");
  row.statement = statement;
  for (guint i = 1; i <= n; i++)
    {
      put_job (&row, i, n_contacts, n_objects);
      finish_row (&row);
    }
}

void
kvar_demo_data_add_reports (KvarDemoDatabase *database,
                            guint             n,
                            guint             n_jobs)
{
  g_autoptr(sqlite3_stmt) statement = NULL;
  Row row = { NULL };

  statement = kvar_demo_database_prepare (database, "INSERT INTO \"public.reports\" (id, job_id, "
                                          "owner_id, body, score, ratio, payload, created_at, "
                                          "_xmin) VALUES (?,?,?,?,?,?,?,?,?)", "");
  row.statement = statement;
  for (guint i = 1; i <= n; i++)
    {
      put_integer (&row, i);
      put_printf (&row, "00000000-0000-4000-8000-%012u", 1 + kvar_demo_data_pick (i, 60, n_jobs));
      put_text (&row, i % 3 == 0 ? KVAR_DEMO_USER_EVA : KVAR_DEMO_USER_DEMO);
      put_text (&row, kvar_demo_data_get_report (i));
      if (i % 10 == 0)
        put_null (&row);
      else
        put_integer (&row, 40 + kvar_demo_data_pick (i, 61, 61));
      put_double (&row, i / 7.0);
      put_text (&row, i % 4 == 0 ? "{\"photos\": 3, \"signed\": true}" : "{}");
      put_integer (&row, (KVAR_DEMO_DATA_2026_DAYS + 150 + i * 4) * KVAR_DEMO_DATA_DAY_USEC +
                   G_GINT64_CONSTANT (52200000000));
      put_integer (&row, KVAR_DEMO_DATA_XMIN);
      finish_row (&row);
    }
}

void
kvar_demo_data_add_links (KvarDemoDatabase *database,
                          guint             n,
                          guint             n_contacts)
{
  static const char * const roles[] = { "owner", "watcher", "tenant" };
  g_autoptr(sqlite3_stmt) statement = NULL;
  Row row = { NULL };

  statement = kvar_demo_database_prepare (database, "INSERT INTO \"public.job_contacts\" (job_id, "
                                          "contact_id, role, _xmin) VALUES (?,?,?,?)", "");
  row.statement = statement;
  for (guint i = 1; i <= n; i++)
    {
      put_printf (&row, "00000000-0000-4000-8000-%012u", i);
      put_integer (&row, 1 + (i - 1) % n_contacts);
      put_text (&row, roles[i % G_N_ELEMENTS (roles)]);
      put_integer (&row, KVAR_DEMO_DATA_XMIN);
      finish_row (&row);
    }
}
