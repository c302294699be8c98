/* kvar-page-scan.c: finds rows in the pages of an SQLite file, without its trees
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each leaf of a table tells its rows by itself (https://www.sqlite.org/fileformat2.html, §1.5
 * and §1.6, and §4 for the pages that are still in the write-ahead log). So the rows can be read
 * where the header, or the pages above, cannot. Nothing that is read here is believed: all of
 * it is checked against the bounds of its page.
 */

#define G_LOG_DOMAIN "kvar-journal"

#include "config.h"

#include <string.h>

#include "journal/kvar-page-scan.h"

#define USUAL_PAGE_SIZE   4096
#define FILE_HEADER_SIZE  100
#define LEAF_OF_TABLE     0x0d
#define LEAF_HEADER_SIZE  8
#define LOG_HEADER_SIZE   32
#define FRAME_HEADER_SIZE 24
#define MAX_PAYLOAD       (64 * 1024 * 1024)

struct _KvarPageScan
{
  char       *file;
  char       *log;          /* (nullable) */
  gsize       page_size;
  GPtrArray  *pages;        /* (element-type guint8) by number, from 0; inside of the two above */
};

/* Reads on to @end at most. */
typedef struct
{
  const guint8 *at;
  const guint8 *end;
} Reader;

static guint64
read_number (const guint8 *data,
             gsize         n)
{
  guint64 number = 0;

  for (gsize i = 0; i < n; i++)
    number = number << 8 | data[i];

  return number;
}

static gboolean
read_varint (Reader  *reader,
             guint64 *value)
{
  *value = 0;
  for (guint i = 0; i < 9 && reader->at < reader->end; i++)
    {
      guint8 byte = *reader->at++;

      if (i == 8)
        {
          *value = *value << 8 | byte;
          return TRUE;
        }
      *value = *value << 7 | (byte & 0x7f);
      if ((byte & 0x80) == 0)
        return TRUE;
    }

  return FALSE;
}

/* The header names it, if there is one. */
static gsize
find_page_size (const guint8 *file,
                gsize         length)
{
  gsize size = length >= FILE_HEADER_SIZE ? read_number (file + 16, 2) : 0;

  if (length < FILE_HEADER_SIZE || memcmp (file, "SQLite format 3", 16) != 0)
    return USUAL_PAGE_SIZE;
  if (size == 1)
    return 65536;

  return size >= 512 && (size & (size - 1)) == 0 ? size : USUAL_PAGE_SIZE;
}

static void
set_page (KvarPageScan *self,
          guint64       number,
          const guint8 *page)
{
  if (number == 0 || number > G_MAXUINT16 * 16)
    return;
  if (self->pages->len < number)
    g_ptr_array_set_size (self->pages, number);

  g_ptr_array_index (self->pages, number - 1) = (gpointer)page;
}

/* Pages that were written, but not yet into the file: as far as the last commit. */
static void
add_log (KvarPageScan *self,
         gsize         length)
{
  const guint8 *log = (const guint8 *)self->log;
  gsize step = FRAME_HEADER_SIZE + self->page_size;
  gsize end = LOG_HEADER_SIZE;

  if (length < LOG_HEADER_SIZE)
    return;

  for (gsize at = LOG_HEADER_SIZE; at + step <= length; at += step)
    {
      if (memcmp (log + at + 8, log + 16, 8) != 0)
        break;
      if (read_number (log + at + 4, 4) != 0)
        end = at + step;
    }

  for (gsize at = LOG_HEADER_SIZE; at < end; at += step)
    set_page (self, read_number (log + at, 4), log + at + FRAME_HEADER_SIZE);
}

/**
 * kvar_page_scan_new:
 * @path: a file that nobody has open
 *
 * Reads the file, and its log, into memory.
 */
KvarPageScan *
kvar_page_scan_new (const char *path)
{
  KvarPageScan *self = g_new0 (KvarPageScan, 1);
  g_autofree char *log_path = g_strconcat (path, "-wal", NULL);
  gsize length = 0;
  gsize log_length = 0;

  self->pages = g_ptr_array_new ();
  g_file_get_contents (path, &self->file, &length, NULL);
  self->page_size = find_page_size ((const guint8 *)self->file, length);
  for (gsize i = 0; (i + 1) * self->page_size <= length; i++)
    set_page (self, i + 1, (const guint8 *)self->file + i * self->page_size);

  if (g_file_get_contents (log_path, &self->log, &log_length, NULL))
    add_log (self, log_length);

  return self;
}

void
kvar_page_scan_free (KvarPageScan *self)
{
  g_ptr_array_unref (self->pages);
  g_free (self->file);
  g_free (self->log);
  g_free (self);
}

/* What does not fit into the leaf lies in a chain of pages. */
static gboolean
add_overflow (KvarPageScan *self,
              GByteArray   *payload,
              guint64       number,
              gsize         size)
{
  while (payload->len < size)
    {
      gsize n = MIN (size - payload->len, self->page_size - 4);
      const guint8 *page;

      if (number == 0 || number > self->pages->len)
        return FALSE;
      page = g_ptr_array_index (self->pages, number - 1);
      if (page == NULL)
        return FALSE;

      g_byte_array_append (payload, page + 4, n);
      number = read_number (page, 4);
    }

  return TRUE;
}

/* Returns: (nullable): the bytes of the row whose cell begins at @at */
static GByteArray *
read_cell (KvarPageScan *self,
           const guint8 *page,
           gsize         at)
{
  Reader reader = { page + at, page + self->page_size };
  gsize usable = self->page_size;
  gsize least = (usable - 12) * 32 / 255 - 23;
  gsize local;
  guint64 size;
  guint64 rowid;
  g_autoptr(GByteArray) payload = NULL;

  if (!read_varint (&reader, &size) || !read_varint (&reader, &rowid) || size > MAX_PAYLOAD)
    return NULL;

  local = size;
  if (size > usable - 35)
    {
      local = least + (size - least) % (usable - 4);
      if (local > usable - 35)
        local = least;
    }
  if (local + (local < size ? 4 : 0) > (gsize)(reader.end - reader.at))
    return NULL;

  payload = g_byte_array_new ();
  g_byte_array_append (payload, reader.at, local);
  if (local < size && !add_overflow (self, payload, read_number (reader.at + local, 4), size))
    return NULL;

  return g_steal_pointer (&payload);
}

static gsize
size_of_type (guint64 type)
{
  static const gsize sizes[] = { 0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0 };

  return type < G_N_ELEMENTS (sizes) ? sizes[type] : (type - 12) / 2;
}

static gint64
read_signed (const guint8 *data,
             gsize         n)
{
  guint shift = 64 - 8 * n;

  return n > 0 ? (gint64)(read_number (data, n) << shift) >> shift : 0;
}

/* No column of ours is a floating number: one that is found is no row of ours. */
static gboolean
read_value (guint64        type,
            const guint8  *data,
            KvarScanValue *value)
{
  value->data = data;
  value->size = size_of_type (type);
  if (type == 7 || type == 10 || type == 11)
    return FALSE;

  if (type == 0)
    value->type = KVAR_SCAN_NULL;
  else if (type >= 12)
    value->type = type % 2 == 0 ? KVAR_SCAN_BLOB : KVAR_SCAN_TEXT;
  else
    value->type = KVAR_SCAN_NUMBER;

  if (value->type == KVAR_SCAN_NUMBER)
    value->number = type >= 8 ? (gint64)(type - 8) : read_signed (data, value->size);

  return TRUE;
}

/* Returns: (nullable) (element-type KvarScanValue) */
static GArray *
read_row (GByteArray *payload)
{
  Reader head = { payload->data, payload->data + payload->len };
  const guint8 *body;
  g_autoptr(GArray) values = NULL;
  guint64 size;

  if (payload->len == 0 || !read_varint (&head, &size) || size > payload->len)
    return NULL;

  values = g_array_new (FALSE, TRUE, sizeof (KvarScanValue));
  head.end = payload->data + size;
  body = head.end;
  while (head.at < head.end)
    {
      KvarScanValue value = { KVAR_SCAN_NULL };
      guint64 type;

      if (!read_varint (&head, &type) ||
          size_of_type (type) > (gsize)(payload->data + payload->len - body) ||
          !read_value (type, body, &value))
        return NULL;

      body += value.size;
      g_array_append_val (values, value);
    }

  return g_steal_pointer (&values);
}

static void
scan_page (KvarPageScan *self,
           guint         index,
           KvarScanFunc  found,
           gpointer      user_data)
{
  const guint8 *page = g_ptr_array_index (self->pages, index);
  gsize head = index == 0 ? FILE_HEADER_SIZE : 0;
  gsize n_cells;

  if (page == NULL || page[head] != LEAF_OF_TABLE)
    return;

  n_cells = read_number (page + head + 3, 2);
  for (gsize i = 0; i < n_cells; i++)
    {
      gsize place = head + LEAF_HEADER_SIZE + 2 * i;
      g_autoptr(GByteArray) payload = NULL;
      g_autoptr(GArray) values = NULL;
      gsize at;

      if (place + 2 > self->page_size)
        return;

      at = read_number (page + place, 2);
      if (at < place + 2 || at >= self->page_size)
        continue;

      payload = read_cell (self, page, at);
      values = payload != NULL ? read_row (payload) : NULL;
      if (values != NULL)
        found (values, user_data);
    }
}

/**
 * kvar_page_scan_run:
 * @found: called for each row of whatever table
 */
void
kvar_page_scan_run (KvarPageScan *self,
                    KvarScanFunc  found,
                    gpointer      user_data)
{
  for (guint i = 0; i < self->pages->len; i++)
    scan_page (self, i, found, user_data);
}
