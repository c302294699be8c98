/* kvar-json-rows.c: PostgREST's JSON array of rows, read row by row into text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records"

#include "config.h"

#include <string.h>

#include "kvar-error.h"
#include "records/kvar-json-rows.h"

typedef struct
{
  const char *text;      /* (nullable): SQL's null */
  gsize       length;
  gboolean    raw;       /* a number, a boolean, an object or an array, as it was written */
} Cell;

/* One copy of the body is read in place: strings only get shorter when unescaped, and the zero
 * byte that ends a text is written where its delimiter was, once that has been read. So a row
 * costs no allocation. */
struct _KvarJsonRows
{
  char      *buffer;
  char      *next;       /* where to go on */
  GArray    *cells;      /* of Cell: the row's */
  GPtrArray *names;      /* of char *, into buffer: the row's */
  guint      shape;
  gboolean   single;     /* one object instead of an array */
  gboolean   begun;
  gboolean   ended;
};

static char *
skip_blanks (char *p)
{
  while (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t')
    p++;

  return p;
}

static gboolean
fail_at (KvarJsonRows  *self,
         const char    *place,
         GError       **error)
{
  self->ended = TRUE;
  g_set_error (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY,
               *place == '\0' ? "The rows are cut off at byte %zu"
                              : "The rows are no JSON at byte %zu",
               (gsize) (place - self->buffer));
  return FALSE;
}

static gboolean
read_hex (const char *p,
          gunichar   *value)
{
  *value = 0;
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (p[i]);

      if (digit < 0)
        return FALSE;
      *value = *value * 16 + (gunichar) digit;
    }

  return TRUE;
}

/* Reads the four digits at @from, and the second half of a pair; writes UTF-8 at @to, which is
 * never longer than what was read. A half without its other becomes U+FFFD. */
static char *
unescape_unicode (char **from,
                  char  *to)
{
  gunichar high;
  gunichar low;

  if (!read_hex (*from, &high) || high == 0)
    return NULL;
  *from += 4;

  if (high >= 0xd800 && high < 0xdc00 && (*from)[0] == '\\' && (*from)[1] == 'u' &&
      read_hex (*from + 2, &low) && low >= 0xdc00 && low < 0xe000)
    {
      high = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
      *from += 6;
    }
  else if (high >= 0xd800 && high < 0xe000)
    high = 0xfffd;

  return to + g_unichar_to_utf8 (high, to);
}

static char *
unescape_one (char **from,
              char  *to)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  char letter = *(*from)++;
  const char *found;

  if (letter == 'u')
    return unescape_unicode (from, to);

  found = letter != '\0' ? strchr (letters, letter) : NULL;
  if (found == NULL)
    return NULL;

  *to = meanings[found - letters];
  return to + 1;
}

/* Reads the string whose opening quote is at @p; returns the place after its closing quote, or
 * NULL. The text is ended by a zero byte where the string ended. */
static char *
read_string (char  *p,
             gsize *length)
{
  char *begin = p + 1;
  char *from = begin + strcspn (begin, "\"\\");
  char *to = from;

  while (*from != '"')
    {
      gsize run;

      if (*from == '\0')
        return NULL;

      from++;
      to = unescape_one (&from, to);
      if (to == NULL)
        return NULL;

      run = strcspn (from, "\"\\");
      memmove (to, from, run);
      from += run;
      to += run;
    }

  *to = '\0';
  *length = (gsize) (to - begin);
  return from + 1;
}

/* The place after an object or array, or NULL: brackets are counted, strings are passed over. */
static char *
skip_container (char *p)
{
  gsize depth = 0;

  for (;;)
    {
      p += strcspn (p, "\"[]{}");
      switch (*p)
        {
        case '\0':
          return NULL;
        case '"':
          for (p++; *p != '"'; p++)
            {
              p += strcspn (p, "\"\\");
              if (*p == '"')
                break;
              if (*p == '\0' || *++p == '\0')
                return NULL;
            }
          break;
        case '[':
        case '{':
          depth++;
          break;
        default:
          depth--;
        }
      p++;
      if (depth == 0)
        return p;
    }
}

/* A word or a number in its loose form: what PostgreSQL writes is right, and anything else has
 * to be noticed, not explained. */
static char *
skip_scalar (char *p)
{
  static const char *const words[] = { "null", "true", "false" };
  char *end;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strncmp (p, words[i], strlen (words[i])) == 0)
        return p + strlen (words[i]);
    }

  end = *p == '-' ? p + 1 : p;
  if (!g_ascii_isdigit (*end))
    return NULL;

  return end + strspn (end, "0123456789.eE+-");
}

/* Reads a value that is no string; returns the place after it, or NULL. */
static char *
read_raw (char *p,
          Cell *cell)
{
  char *end = *p == '{' || *p == '[' ? skip_container (p) : skip_scalar (p);

  if (end == NULL)
    return NULL;

  cell->raw = TRUE;
  if (*p == 'n')
    return end;

  cell->text = p;
  cell->length = (gsize) (end - p);
  return end;
}

static void
set_name (KvarJsonRows *self,
          guint         index,
          char         *name)
{
  if (index >= self->names->len)
    {
      g_ptr_array_add (self->names, name);
      self->shape++;
    }
  else if (strcmp (g_ptr_array_index (self->names, index), name) != 0)
    {
      self->names->pdata[index] = name;
      self->shape++;
    }
}

/* Reads a name and its value; returns the place of the delimiter that follows, or NULL with the
 * place that is wrong in @wrong. */
static char *
read_cell (KvarJsonRows  *self,
           char          *p,
           char         **wrong)
{
  Cell cell = { NULL };
  char *name = p + 1;
  gsize name_length;

  *wrong = p;
  if (*p != '"')
    return NULL;
  p = read_string (p, &name_length);
  if (p == NULL)
    return NULL;

  p = skip_blanks (p);
  *wrong = p;
  if (*p != ':')
    return NULL;

  p = skip_blanks (p + 1);
  *wrong = p;
  if (*p == '"')
    {
      cell.text = p + 1;
      p = read_string (p, &cell.length);
    }
  else
    p = read_raw (p, &cell);
  if (p == NULL)
    return NULL;

  set_name (self, self->cells->len, name);
  g_array_append_val (self->cells, cell);
  return skip_blanks (p);
}

/* Reads the row whose brace is at @p; returns the place after its end, or NULL. */
static char *
read_row (KvarJsonRows  *self,
          char          *p,
          char         **wrong)
{
  char delimiter = ',';

  g_array_set_size (self->cells, 0);

  p = skip_blanks (p + 1);
  if (*p == '}')
    {
      delimiter = '}';
      p++;
    }

  while (delimiter == ',')
    {
      Cell *cell;

      p = read_cell (self, p, wrong);
      if (p == NULL)
        return NULL;

      *wrong = p;
      delimiter = *p;
      if (delimiter != ',' && delimiter != '}')
        return NULL;

      /* The delimiter is known now, so that its byte may end a number's text. */
      cell = &g_array_index (self->cells, Cell, self->cells->len - 1);
      if (cell->text != NULL)
        ((char *) cell->text)[cell->length] = '\0';
      p = delimiter == ',' ? skip_blanks (p + 1) : p + 1;
    }

  if (self->cells->len < self->names->len)
    {
      g_ptr_array_set_size (self->names, (int) self->cells->len);
      self->shape++;
    }
  return p;
}

/* What stands between two rows, or around all of them. */
static gboolean
find_row (KvarJsonRows  *self,
          char          *p,
          GError       **error)
{
  if (self->begun)
    {
      if (*p != (self->single ? '\0' : ']') && (self->single || *p != ','))
        return fail_at (self, p, error);
      self->ended = *p != ',';
      p = *p != '\0' ? skip_blanks (p + 1) : p;
    }
  else if (!self->single && *p == ']')
    {
      self->ended = TRUE;
      p = skip_blanks (p + 1);
    }

  self->next = p;
  if (*p != (self->ended ? '\0' : '{'))
    return fail_at (self, p, error);
  return !self->ended;
}

/**
 * kvar_json_rows_new:
 * @body: the body of a reply: an array of objects, or a single object
 *
 * Begins to read @body; nothing of it is copied twice or turned into numbers. What is wrong
 * further on is found when it is reached. May be used in any thread, by one at a time.
 *
 * Returns: (transfer full): the rows, before the first one; or %NULL with %KVAR_ERROR_BAD_REPLY
 */
KvarJsonRows *
kvar_json_rows_new (GBytes  *body,
                    GError **error)
{
  g_autoptr(KvarJsonRows) self = NULL;
  const char *data;
  gsize length;

  g_return_val_if_fail (body != NULL, NULL);

  data = g_bytes_get_data (body, &length);
  if (data == NULL || !g_utf8_validate_len (data, length, NULL))
    {
      g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY, "The rows are no UTF-8");
      return NULL;
    }

  self = g_new0 (KvarJsonRows, 1);
  self->buffer = g_malloc (length + 1);
  memcpy (self->buffer, data, length);
  self->buffer[length] = '\0';
  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  self->names = g_ptr_array_new ();

  self->next = skip_blanks (self->buffer);
  self->single = *self->next == '{';
  if (!self->single && *self->next != '[')
    {
      fail_at (self, self->next, error);
      return NULL;
    }
  if (!self->single)
    self->next = skip_blanks (self->next + 1);

  return g_steal_pointer (&self);
}

void
kvar_json_rows_free (KvarJsonRows *self)
{
  if (self == NULL)
    return;

  g_free (self->buffer);
  g_array_unref (self->cells);
  g_ptr_array_unref (self->names);
  g_free (self);
}

/**
 * kvar_json_rows_next:
 *
 * Goes to the next row. Texts and names of the row before stay valid until @self is freed.
 *
 * Returns: whether there is one; %FALSE without an error is the end
 */
gboolean
kvar_json_rows_next (KvarJsonRows  *self,
                     GError       **error)
{
  char *wrong;
  char *after;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->ended || !find_row (self, self->next, error))
    return FALSE;

  self->begun = TRUE;
  wrong = self->next;
  after = read_row (self, self->next, &wrong);
  if (after == NULL)
    return fail_at (self, wrong, error);

  self->next = skip_blanks (after);
  return TRUE;
}

guint
kvar_json_rows_get_n_cells (KvarJsonRows *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->cells->len;
}

const char *
kvar_json_rows_get_name (KvarJsonRows *self,
                         guint         cell)
{
  g_return_val_if_fail (self != NULL && cell < self->names->len, NULL);

  return g_ptr_array_index (self->names, cell);
}

/**
 * kvar_json_rows_get_text:
 * @length: (out) (optional): its bytes
 *
 * Returns: (nullable): a string's text, or a number, boolean, object or array as it was written;
 *   %NULL for null. Belongs to @self.
 */
const char *
kvar_json_rows_get_text (KvarJsonRows *self,
                         guint         cell,
                         gsize        *length)
{
  Cell *found;

  g_return_val_if_fail (self != NULL && cell < self->cells->len, NULL);

  found = &g_array_index (self->cells, Cell, cell);
  if (length != NULL)
    *length = found->length;
  return found->text;
}

/**
 * kvar_json_rows_get_is_raw:
 *
 * Returns: whether the text is JSON as it was written; %FALSE for a string's text
 */
gboolean
kvar_json_rows_get_is_raw (KvarJsonRows *self,
                           guint         cell)
{
  g_return_val_if_fail (self != NULL && cell < self->cells->len, FALSE);

  return g_array_index (self->cells, Cell, cell).raw;
}

/**
 * kvar_json_rows_get_shape:
 *
 * Returns: a number that changes with the row's names or their order, so that whoever has found
 *   the columns in one row needs not look for them in the next
 */
guint
kvar_json_rows_get_shape (KvarJsonRows *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->shape;
}

/**
 * kvar_json_rows_find:
 *
 * Returns: the cell called @name in this row, -1 if there is none
 */
int
kvar_json_rows_find (KvarJsonRows *self,
                     const char   *name)
{
  g_return_val_if_fail (self != NULL, -1);

  for (guint i = 0; i < self->cells->len; i++)
    {
      if (strcmp (g_ptr_array_index (self->names, i), name) == 0)
        return (int) i;
    }

  return -1;
}
