/* kvar-demo-data-articles.c: the sample's articles, put together from paragraphs by topic
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include "kvar-demo-data-private.h"
#include "kvar-demo-sequence.h"

#define PARAGRAPHS_OF_TOPIC  8
#define PARAGRAPHS_OF_COMMON 4

/* The paragraphs of one article: beginning elsewhere for each title of a topic. */
static char *
compose (const KvarDemoTopic *topic,
         const char * const  *common,
         guint                which,
         guint                seed)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "# %s\n", topic->titles[which]);
  for (guint i = 0; i < PARAGRAPHS_OF_TOPIC; i++)
    {
      if (i == 2 || i == 5)
        g_string_append_printf (out, "\n## %s\n", topic->headings[i == 5]);
      g_string_append_printf (out, "\n%s\n", topic->paragraphs[(which * 3 + i) %
                                                               KVAR_DEMO_TOPIC_PARAGRAPHS]);
      if (i % 2 == 1 && i / 2 < PARAGRAPHS_OF_COMMON)
        g_string_append_printf (out, "\n%s\n", common[(seed * 2 + i) %
                                                      KVAR_DEMO_TOPIC_PARAGRAPHS]);
    }
  g_string_append_printf (out, "\n%s\n", common[(seed * 2 + 8) % KVAR_DEMO_TOPIC_PARAGRAPHS]);

  return g_string_free (out, FALSE);
}

static void
add_article (KvarDemoDatabase *database,
             guint             id,
             const char       *title,
             const char       *body,
             const char       *language)
{
  g_autofree char *author = kvar_demo_data_get_person (id * 31);
  gint64 day = KVAR_DEMO_DATA_2026_DAYS - 200 + id * 16;
  g_autoptr(sqlite3_stmt) statement = NULL;

  statement = kvar_demo_database_prepare (database, "INSERT INTO \"public.articles\" (id, title, "
                                          "author, body, published_on, language, updated_at, "
                                          "_xmin) VALUES (?,?,?,?,?,?,?,?)", "isssisii",
                                          (gint64)id, title, author, body, day, language,
                                          (day + 2) * KVAR_DEMO_DATA_DAY_USEC,
                                          (gint64)KVAR_DEMO_DATA_XMIN);
  if (sqlite3_step (statement) != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (kvar_demo_database_get_handle (database)));
}

/**
 * kvar_demo_data_add_articles:
 *
 * Adds 30 articles, by turns in English and in Swedish.
 */
void
kvar_demo_data_add_articles (KvarDemoDatabase *database)
{
  guint n = KVAR_DEMO_N_TOPICS * KVAR_DEMO_TOPIC_TITLES * 2;

  for (guint i = 0; i < n; i++)
    {
      gboolean swedish = i % 2 == 1;
      guint which = i / 2 / KVAR_DEMO_N_TOPICS;
      guint at = i / 2 % KVAR_DEMO_N_TOPICS;
      const KvarDemoTopic *topic = swedish ? &kvar_demo_topics_sv[at] : &kvar_demo_topics_en[at];
      g_autofree char *body = NULL;

      body = compose (topic, swedish ? kvar_demo_common_sv : kvar_demo_common_en, which, i / 2);
      add_article (database, i + 1, topic->titles[which], body, swedish ? "sv" : "en");
    }

  kvar_demo_sequence_set (database, "articles", n);
}
