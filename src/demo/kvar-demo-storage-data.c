/* kvar-demo-storage-data.c: sample files: a drawing of some properties, pictures, a few texts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-data-private.h"
#include "kvar-demo-storage-private.h"

/* Adds an object of a PDF, and notes where it begins. */
static void
add_pdf_object (GString    *pdf,
                GArray     *offsets,
                const char *content)
{
  gsize offset = pdf->len;

  g_array_append_val (offsets, offset);
  g_string_append_printf (pdf, "%u 0 obj\n%s\nendobj\n", offsets->len, content);
}

/* One page with a floor plan in lines and a title in ASCII. */
static GBytes *
make_drawing (guint number)
{
  GString *pdf = g_string_new ("%PDF-1.4\n");
  g_autoptr(GArray) offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  guint width = 200 + number * 17 % 140, height = 140 + number * 29 % 120;
  g_autofree char *drawing = NULL;
  g_autofree char *stream = NULL;
  gsize start, length;

  drawing = g_strdup_printf ("BT /F1 20 Tf 72 760 Td (Property %u, ground floor 1:100) Tj ET\n"
                             "3 w 72 400 %u %u re S\n1 w %u 400 m %u %u l S\n"
                             "72 %u m %u %u l S\n", number, width, height, 72 + width / 3,
                             72 + width / 3, 400 + height, 400 + height / 2, 72 + width,
                             400 + height / 2);
  stream = g_strdup_printf ("<< /Length %" G_GSIZE_FORMAT " >>\nstream\n%sendstream",
                            strlen (drawing), drawing);

  add_pdf_object (pdf, offsets, "<< /Type /Catalog /Pages 2 0 R >>");
  add_pdf_object (pdf, offsets, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
  add_pdf_object (pdf, offsets, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
                  "/Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>");
  add_pdf_object (pdf, offsets, stream);
  add_pdf_object (pdf, offsets, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");

  start = pdf->len;
  g_string_append_printf (pdf, "xref\n0 %u\n0000000000 65535 f \n", offsets->len + 1);
  for (guint i = 0; i < offsets->len; i++)
    g_string_append_printf (pdf, "%010" G_GSIZE_FORMAT " 00000 n \n",
                            g_array_index (offsets, gsize, i));
  g_string_append_printf (pdf, "trailer\n<< /Size %u /Root 1 0 R >>\nstartxref\n%"
                          G_GSIZE_FORMAT "\n%%%%EOF\n", offsets->len + 1, start);
  length = pdf->len;

  return g_bytes_new_take (g_string_free (pdf, FALSE), length);
}

/* A house below a sky, another colour for each. */
static GBytes *
make_picture (guint number)
{
  const char *colours[] = { "#a51d2d", "#e5a50a", "#26a269", "#1a5fb4" };
  char *svg = NULL;

  svg = g_strdup_printf ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"320\" "
                         "height=\"240\" viewBox=\"0 0 320 240\">\n"
                         "<rect width=\"320\" height=\"240\" fill=\"#99c1f1\"/>\n"
                         "<rect y=\"190\" width=\"320\" height=\"50\" fill=\"#57e389\"/>\n"
                         "<rect x=\"90\" y=\"100\" width=\"140\" height=\"90\" fill=\"%s\"/>\n"
                         "<path d=\"M75 105 L160 45 L245 105 Z\" fill=\"#5e5c64\"/>\n"
                         "<rect x=\"145\" y=\"140\" width=\"30\" height=\"50\" "
                         "fill=\"#f6f5f4\"/>\n</svg>\n", colours[number % 4]);

  return g_bytes_new_take (svg, strlen (svg));
}

/* Keys are ASCII; what a file was called where it came from is kept beside it. */
static void
add (KvarDemoStorage *self,
     const char      *bucket,
     const char      *name,
     const char      *type,
     const char      *original,
     GBytes          *data)
{
  g_auto(KvarDemoArrival) arrival = { NULL };
  g_autoptr(KvarDemoObject) object = NULL;

  arrival.type = g_strdup (type);
  arrival.cache_control = g_strdup ("max-age=3600");
  arrival.metadata = original != NULL ? g_strdup_printf ("{\"filename\":\"%s\"}", original) : NULL;
  arrival.data = data;
  object = kvar_demo_storage_put (self, bucket, name, KVAR_DEMO_USER_DEMO, &arrival);
}

static void
add_text (KvarDemoStorage *self,
          const char      *bucket,
          const char      *name,
          const char      *original,
          const char      *text)
{
  add (self, bucket, name, "text/plain;charset=UTF-8", original,
       g_bytes_new_static (text, strlen (text)));
}

static void
add_drawings (KvarDemoStorage *self)
{
  guint n = MIN (MAX (self->config->rows / 5, 1), KVAR_DEMO_DATA_DRAWINGS);

  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *name = kvar_demo_data_get_drawing (i);
      g_autofree char *original = g_strdup_printf ("Ritning fastighet %u – bottenvåning.pdf", i);

      add (self, "drawings", name, "application/pdf", original, make_drawing (i));
    }
}

/**
 * kvar_demo_storage_add_samples:
 *
 * Adds the files that every demo begins with.
 */
void
kvar_demo_storage_add_samples (KvarDemoStorage *self)
{
  kvar_demo_database_exec (self->database, "BEGIN");
  add_drawings (self);
  add_text (self, "drawings", "Read me.txt", "Läs mig först.txt",
            "Drawings of the properties, one folder for each.\n"
            "Ritningar över fastigheterna, en mapp för var och en.\n");
  add_text (self, "drawings", "templates/inspection.csv", "Besiktningsprotokoll.csv",
            "Rum;Vägg;Tak;Golv\nKök;;;\nHall;;;\nBadrum;;;\n");
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *name = g_strdup_printf ("house-%u.svg", i + 1);

      add (self, "pictures", name, "image/svg+xml", NULL, make_picture (i));
    }
  add_text (self, "private", KVAR_DEMO_USER_DEMO "/notes.txt", "Anteckningar från Åre.txt",
            "Only the demo user sees this.\n");
  add_text (self, "private", KVAR_DEMO_USER_EVA "/notes.txt", NULL,
            "Only Eva sees this.\n");
  kvar_demo_database_exec (self->database, "COMMIT");
}
