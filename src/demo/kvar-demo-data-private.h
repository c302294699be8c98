/* kvar-demo-data-private.h: sample rows: the generators, and how they put a value into a row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-database.h"

G_BEGIN_DECLS

/* The transaction that all sample rows come from. */
#define KVAR_DEMO_DATA_XMIN 742

/* 2026-01-01, in days and in microseconds since 1970. */
#define KVAR_DEMO_DATA_2026_DAYS 20454
#define KVAR_DEMO_DATA_DAY_USEC  (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

/* So many properties have a drawing among the sample files. */
#define KVAR_DEMO_DATA_DRAWINGS 12

/* kvar-demo-data-words.c */
typedef struct
{
  const char *name;
  double      lat;
  double      lng;
} KvarDemoCity;

guint               kvar_demo_data_pick       (guint              row,
                                               guint              salt,
                                               guint              n);
char               *kvar_demo_data_get_person (guint              row);
char               *kvar_demo_data_get_street (guint              row);
const KvarDemoCity *kvar_demo_data_get_city   (guint              row);
const char         *kvar_demo_data_get_task   (guint              row,
                                               guint             *trade);
const char         *kvar_demo_data_get_note   (guint              row);
const char         *kvar_demo_data_get_tag    (guint              trade,
                                               guint              which);
const char         *kvar_demo_data_get_report (guint              row);
char               *kvar_demo_data_get_drawing (guint             row);

/* kvar-demo-data-rows.c */
void                kvar_demo_data_add_contacts (KvarDemoDatabase *database,
                                                 guint             n);
void                kvar_demo_data_add_objects  (KvarDemoDatabase *database,
                                                 guint             n);
void                kvar_demo_data_add_jobs     (KvarDemoDatabase *database,
                                                 guint             n,
                                                 guint             n_contacts,
                                                 guint             n_objects);
void                kvar_demo_data_add_reports  (KvarDemoDatabase *database,
                                                 guint             n,
                                                 guint             n_jobs);
void                kvar_demo_data_add_links    (KvarDemoDatabase *database,
                                                 guint             n,
                                                 guint             n_contacts);

/* kvar-demo-data-articles.c */
void                kvar_demo_data_add_articles (KvarDemoDatabase *database);

/* kvar-demo-articles-en.c and kvar-demo-articles-sv.c: some topics, each with its titles and
 * paragraphs; the last topic's paragraphs fit any article. */
#define KVAR_DEMO_TOPIC_TITLES     3
#define KVAR_DEMO_TOPIC_PARAGRAPHS 9
#define KVAR_DEMO_N_TOPICS         5

typedef struct
{
  const char *titles[KVAR_DEMO_TOPIC_TITLES];
  const char *headings[2];
  const char *paragraphs[KVAR_DEMO_TOPIC_PARAGRAPHS];
} KvarDemoTopic;

extern const KvarDemoTopic  kvar_demo_topics_en[KVAR_DEMO_N_TOPICS];
extern const char          *kvar_demo_common_en[KVAR_DEMO_TOPIC_PARAGRAPHS];
extern const KvarDemoTopic  kvar_demo_topics_sv[KVAR_DEMO_N_TOPICS];
extern const char          *kvar_demo_common_sv[KVAR_DEMO_TOPIC_PARAGRAPHS];

G_END_DECLS
