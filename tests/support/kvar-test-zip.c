/* kvar-test-zip.c: one member of a zip archive, as an .xlsx is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "kvar-test-zip.h"

#define DIRECTORY_END "PK\5\6"
#define DIRECTORY_ENTRY "PK\1\2"

static guint
read_number (const char *data,
             gsize       offset,
             guint       n_bytes)
{
  guint number = 0;

  for (guint i = n_bytes; i > 0; i--)
    number = number << 8 | (guchar)data[offset + i - 1];

  return number;
}

static char *
inflate_member (const char *data,
                gsize       size)
{
  g_autoptr(GZlibDecompressor) raw = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW);
  g_autoptr(GInputStream) input = g_memory_input_stream_new_from_data (data, size, NULL);
  g_autoptr(GInputStream) stream = NULL;
  g_autoptr(GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr(GError) error = NULL;

  stream = g_converter_input_stream_new (input, G_CONVERTER (raw));
  g_output_stream_splice (output, stream, G_OUTPUT_STREAM_SPLICE_NONE, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (output, "", 1, NULL, NULL, &error);
  g_output_stream_close (output, NULL, &error);
  g_assert_no_error (error);

  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (output));
}

/**
 * kvar_test_zip_read:
 *
 * Returns: (transfer full) (nullable): the text of @member; %NULL if there is none
 */
char *
kvar_test_zip_read (const char *path,
                    const char *member)
{
  g_autofree char *data = NULL;
  g_autoptr(GError) error = NULL;
  gsize size;
  gsize end;
  gsize entry;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);

  for (end = size - 22; memcmp (data + end, DIRECTORY_END, 4) != 0; end--)
    g_assert_cmpuint (end, >, 0);

  entry = read_number (data, end + 16, 4);
  while (memcmp (data + entry, DIRECTORY_ENTRY, 4) == 0)
    {
      gsize name_length = read_number (data, entry + 28, 2);
      gsize local = read_number (data, entry + 42, 4);

      if (name_length == strlen (member) &&
          memcmp (data + entry + 46, member, name_length) == 0)
        return inflate_member (data + local + 30 + read_number (data, local + 26, 2) +
                               read_number (data, local + 28, 2),
                               read_number (data, entry + 20, 4));

      entry += 46 + name_length + read_number (data, entry + 30, 2) +
               read_number (data, entry + 32, 2);
    }

  return NULL;
}
