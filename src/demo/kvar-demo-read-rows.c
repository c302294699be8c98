/* kvar-demo-read-rows.c: the rows of a prepared query as JSON, or as PostgREST's CSV
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-json.h"
#include "kvar-demo-read-private.h"

static void append_rows (KvarDemoReader *self,
                         GString        *out,
                         guint          *n_rows);

static void
append_embed (KvarDemoReader     *parent,
              const KvarDemoSlot *slot,
              GString            *out)
{
  KvarDemoReader *embed = slot->embed;
  gsize start = out->len;
  guint n_rows;

  sqlite3_reset (embed->statement);
  sqlite3_bind_value (embed->statement, 1, sqlite3_column_value (parent->statement, slot->column));

  if (!embed->to_one)
    {
      g_string_append_c (out, '[');
      append_rows (embed, out, &n_rows);
      g_string_append_c (out, ']');
      return;
    }

  append_rows (embed, out, &n_rows);
  if (out->len == start)
    g_string_append (out, "null");
}

/* The value of a slot; one with a cast goes through its text. */
static void
append_value (KvarDemoReader     *self,
              const KvarDemoSlot *slot,
              GString            *out)
{
  KvarDemoValue value = kvar_demo_value_borrow (self->statement, slot->column);
  g_autoptr(GString) text = NULL;
  KvarDemoValue cast = KVAR_DEMO_VALUE_NULL;

  if (slot->cast.kind == KVAR_DEMO_KIND_NONE || value.storage == SQLITE_NULL)
    {
      kvar_demo_type_append_json (&slot->type, &value, self->zone, out);
      return;
    }

  if (kvar_demo_type_is_textual (&slot->cast) && value.storage == SQLITE_TEXT)
    {
      kvar_demo_json_append_string (out, value.text, -1);
      return;
    }

  text = g_string_new (NULL);
  kvar_demo_type_append_text (&slot->type, &value, self->zone, text);
  if (kvar_demo_type_is_textual (&slot->cast))
    kvar_demo_json_append_string (out, text->str, text->len);
  else
    {
      kvar_demo_type_parse (&slot->cast, text->str, 0, &cast, NULL);
      kvar_demo_type_append_json (&slot->cast, &cast, self->zone, out);
      kvar_demo_value_clear (&cast);
    }
}

static void
append_row (KvarDemoReader *self,
            GString        *out)
{
  g_string_append_c (out, '{');
  for (guint i = 0; i < self->slots->len; i++)
    {
      const KvarDemoSlot *slot = self->slots->pdata[i];

      if (i > 0)
        g_string_append (out, self->nested ? ", " : ",");
      g_string_append (out, slot->prefix);
      if (self->nested)
        g_string_append_c (out, ' ');
      if (slot->embed != NULL)
        append_embed (self, slot, out);
      else
        append_value (self, slot, out);
    }
  g_string_append_c (out, '}');
}

static void
append_rows (KvarDemoReader *self,
             GString        *out,
             guint          *n_rows)
{
  for (*n_rows = 0; sqlite3_step (self->statement) == SQLITE_ROW; (*n_rows)++)
    {
      if (*n_rows > 0)
        g_string_append (out, self->nested ? ", " : ", \n ");
      append_row (self, out);
      if (self->to_one)
        return;
    }
}

/**
 * kvar_demo_reader_append_json:
 *
 * Appends the rows, separated as json_agg does it, without the brackets around them.
 *
 * Returns: how many there were
 */
guint
kvar_demo_reader_append_json (KvarDemoReader *self,
                              GString        *out)
{
  guint n_rows;

  append_rows (self, out, &n_rows);

  return n_rows;
}

/* A field of PostgreSQL's record text. */
static void
append_record_field (GString    *out,
                     const char *text)
{
  if (*text != '\0' && strpbrk (text, "\",()\\ \t\n\r\v\f") == NULL)
    {
      g_string_append (out, text);
      return;
    }

  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (out, *p);
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

static void
append_csv_value (KvarDemoReader     *self,
                  const KvarDemoSlot *slot,
                  GString            *out)
{
  KvarDemoValue value = kvar_demo_value_borrow (self->statement, slot->column);
  g_autoptr(GString) text = g_string_new (NULL);

  if (slot->embed != NULL)
    append_embed (self, slot, text);
  else if (value.storage == SQLITE_NULL)
    return;
  else if (slot->type.kind == KVAR_DEMO_KIND_BOOLEAN && slot->cast.kind == KVAR_DEMO_KIND_NONE)
    g_string_append (text, value.integer ? "t" : "f");
  else
    kvar_demo_type_append_text (&slot->type, &value, self->zone, text);

  append_record_field (out, text->str);
}

/**
 * kvar_demo_reader_append_csv:
 *
 * Appends what PostgREST calls CSV: a header line, then record texts. Without rows there is
 * not even the header.
 *
 * Returns: how many rows there were
 */
guint
kvar_demo_reader_append_csv (KvarDemoReader *self,
                             GString        *out)
{
  guint n_rows = 0;

  while (sqlite3_step (self->statement) == SQLITE_ROW)
    {
      for (guint i = 0; n_rows == 0 && i < self->slots->len; i++)
        g_string_append_printf (out, "%s%s", i > 0 ? "," : "",
                                ((const KvarDemoSlot *)self->slots->pdata[i])->name);

      g_string_append_c (out, '\n');
      for (guint i = 0; i < self->slots->len; i++)
        {
          if (i > 0)
            g_string_append_c (out, ',');
          append_csv_value (self, self->slots->pdata[i], out);
        }
      n_rows++;
    }

  if (n_rows == 0)
    g_string_append_c (out, '\n');

  return n_rows;
}
