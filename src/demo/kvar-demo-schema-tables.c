/* kvar-demo-schema-tables.c: the sample's tables and views, written down once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include "kvar-demo-schema.h"

static const char * const job_status_labels[] = {
  "draft", "open", "in_progress", "done", "cancelled", NULL
};

static const KvarDemoEnum job_status = { "job_status", job_status_labels };

static const char * const object_kind_labels[] = {
  "house", "apartments", "office", "school", "warehouse", "shop", NULL
};

static const KvarDemoEnum object_kind = { "object_kind", object_kind_labels };

static const KvarDemoColumn jobs_columns[] = {
  { .name = "id", .type = { .kind = KVAR_DEMO_KIND_UUID }, .not_null = TRUE,
    .has_default = KVAR_DEMO_DEFAULT_UUID,
    .comment = "@kvar({\"title\": {\"en\": \"Id\", \"sv\": \"Id\"}})" },
  { .name = "ref", .type = { .kind = KVAR_DEMO_KIND_TEXT }, .not_null = TRUE,
    .comment = "The number on the invoice, unique\n"
               "@kvar({\"title\": {\"en\": \"Number\", \"sv\": \"Nummer\"}, \"help\": "
               "{\"en\": \"The number on the invoice, unique\", \"sv\": \"Numret på "
               "fakturan, unikt\"}})" },
  { .name = "title", .type = { .kind = KVAR_DEMO_KIND_TEXT }, .not_null = TRUE,
    .comment = "@kvar({\"title\": {\"en\": \"Title\", \"sv\": \"Rubrik\"}})" },
  { .name = "status", .type = { .kind = KVAR_DEMO_KIND_ENUM, .labels = &job_status },
    .not_null = TRUE, .has_default = KVAR_DEMO_DEFAULT_LITERAL, .default_text = "draft",
    .comment = "@kvar({\"title\": {\"en\": \"Status\", \"sv\": \"Status\"}})" },
  { .name = "contact_id", .type = { .kind = KVAR_DEMO_KIND_BIGINT },
    .comment = "@kvar({\"title\": {\"en\": \"Contact\", \"sv\": \"Kontakt\"}})" },
  { .name = "object_id", .type = { .kind = KVAR_DEMO_KIND_BIGINT },
    .comment = "@kvar({\"title\": {\"en\": \"Property\", \"sv\": \"Fastighet\"}})" },
  { .name = "price", .type = { .kind = KVAR_DEMO_KIND_NUMERIC, .size = 12, .scale = 2 },
    .not_null = TRUE, .has_default = KVAR_DEMO_DEFAULT_LITERAL, .default_text = "0",
    .comment = "Per hour, or for the whole job when there are no hours\n"
               "@kvar({\"title\": {\"en\": \"Price\", \"sv\": \"Pris\"}, \"help\": "
               "{\"en\": \"Per hour, or for the whole job when there are no hours\", "
               "\"sv\": \"Per timme, eller för hela jobbet när inga timmar anges\"}})" },
  { .name = "hours", .type = { .kind = KVAR_DEMO_KIND_NUMERIC, .size = 6, .scale = 2 },
    .comment = "@kvar({\"title\": {\"en\": \"Hours\", \"sv\": \"Timmar\"}})" },
  { .name = "total", .type = { .kind = KVAR_DEMO_KIND_NUMERIC, .size = 14, .scale = 2 },
    .generated = TRUE,
    .comment = "price * hours, generated\n"
               "@kvar({\"title\": {\"en\": \"Total\", \"sv\": \"Summa\"}, \"help\": "
               "{\"en\": \"price * hours, generated\", \"sv\": \"pris × timmar, beräknas "
               "av databasen\"}})" },
  { .name = "due_on", .type = { .kind = KVAR_DEMO_KIND_DATE },
    .comment = "@kvar({\"title\": {\"en\": \"Due on\", \"sv\": \"Klart "
               "senast\"}})" },
  { .name = "starts_at", .type = { .kind = KVAR_DEMO_KIND_TIMESTAMPTZ },
    .comment = "@kvar({\"title\": {\"en\": \"Starts at\", \"sv\": \"Börjar\"}})" },
  { .name = "tags", .type = { .kind = KVAR_DEMO_KIND_TEXT_ARRAY }, .not_null = TRUE,
    .has_default = KVAR_DEMO_DEFAULT_LITERAL, .default_text = "{}",
    .comment = "@kvar({\"title\": {\"en\": \"Tags\", \"sv\": \"Taggar\"}})" },
  { .name = "urgent", .type = { .kind = KVAR_DEMO_KIND_BOOLEAN }, .not_null = TRUE,
    .has_default = KVAR_DEMO_DEFAULT_LITERAL, .default_text = "false",
    .comment = "@kvar({\"title\": {\"en\": \"Urgent\", \"sv\": \"Brådskande\"}})" },
  { .name = "details", .type = { .kind = KVAR_DEMO_KIND_JSONB },
    .comment = "@kvar({\"title\": {\"en\": \"Details\", \"sv\": \"Detaljer\"}})" },
  { .name = "notes", .type = { .kind = KVAR_DEMO_KIND_TEXT },
    .comment = "@kvar({\"title\": {\"en\": \"Notes\", \"sv\": \"Anteckningar\"}})" },
  { .name = "created_at", .type = { .kind = KVAR_DEMO_KIND_TIMESTAMPTZ }, .not_null = TRUE,
    .has_default = KVAR_DEMO_DEFAULT_NOW,
    .comment = "@kvar({\"title\": {\"en\": \"Created\", \"sv\": \"Skapad\"}})" },
  { .name = "updated_at", .type = { .kind = KVAR_DEMO_KIND_TIMESTAMPTZ },
    .comment = "Set by a trigger at each change\n"
               "@kvar({\"title\": {\"en\": \"Changed\", \"sv\": \"Ändrad\"}, \"help\": "
               "{\"en\": \"Set by a trigger at each change\", \"sv\": \"Sätts av en "
               "trigger vid varje ändring\"}})" },
};

static const KvarDemoColumn contacts_columns[] = {
  { .name = "id", .type = { .kind = KVAR_DEMO_KIND_BIGINT }, .not_null = TRUE,
    .identity = KVAR_DEMO_IDENTITY_BY_DEFAULT,
    .comment = "@kvar({\"title\": {\"en\": \"Id\", \"sv\": \"Id\"}})" },
  { .name = "email", .type = { .kind = KVAR_DEMO_KIND_TEXT }, .not_null = TRUE,
    .comment = "Unique login e-mail\n"
               "@kvar({\"title\": {\"en\": \"E-mail\", \"sv\": \"E-post\"}, \"help\": "
               "{\"en\": \"Unique login e-mail\", \"sv\": \"Unik e-postadress för "
               "inloggning\"}})" },
  { .name = "full_name", .type = { .kind = KVAR_DEMO_KIND_VARCHAR, .size = 120 }, .not_null = TRUE,
    .comment = "@kvar({\"title\": {\"en\": \"Name\", \"sv\": \"Namn\"}})" },
  { .name = "phone", .type = { .kind = KVAR_DEMO_KIND_TEXT },
    .comment = "@kvar({\"title\": {\"en\": \"Phone\", \"sv\": \"Telefon\"}})" },
  { .name = "city", .type = { .kind = KVAR_DEMO_KIND_TEXT },
    .comment = "@kvar({\"title\": {\"en\": \"City\", \"sv\": \"Ort\"}})" },
  { .name = "birthday", .type = { .kind = KVAR_DEMO_KIND_DATE },
    .comment = "@kvar({\"title\": {\"en\": \"Birthday\", \"sv\": "
               "\"Födelsedag\"}})" },
  { .name = "vip", .type = { .kind = KVAR_DEMO_KIND_BOOLEAN }, .not_null = TRUE,
    .has_default = KVAR_DEMO_DEFAULT_LITERAL, .default_text = "false",
    .comment = "Answers within the hour\n"
               "@kvar({\"title\": {\"en\": \"VIP\", \"sv\": \"VIP\"}, \"help\": {\"en\": "
               "\"Answers within the hour\", \"sv\": \"Svarar inom en timme\"}})" },
  { .name = "tags", .type = { .kind = KVAR_DEMO_KIND_TEXT_ARRAY }, .not_null = TRUE,
    .has_default = KVAR_DEMO_DEFAULT_LITERAL, .default_text = "{}",
    .comment = "@kvar({\"title\": {\"en\": \"Tags\", \"sv\": \"Taggar\"}})" },
  { .name = "meta", .type = { .kind = KVAR_DEMO_KIND_JSONB }, .not_null = TRUE,
    .has_default = KVAR_DEMO_DEFAULT_LITERAL, .default_text = "{}",
    .comment = "@kvar({\"title\": {\"en\": \"Extra\", \"sv\": \"Övrigt\"}})" },
  { .name = "created_at", .type = { .kind = KVAR_DEMO_KIND_TIMESTAMPTZ }, .not_null = TRUE,
    .has_default = KVAR_DEMO_DEFAULT_NOW,
    .comment = "@kvar({\"title\": {\"en\": \"Created\", \"sv\": \"Skapad\"}})" },
};

static const KvarDemoColumn objects_columns[] = {
  { .name = "id", .type = { .kind = KVAR_DEMO_KIND_BIGINT }, .not_null = TRUE,
    .identity = KVAR_DEMO_IDENTITY_BY_DEFAULT,
    .comment = "@kvar({\"title\": {\"en\": \"Id\", \"sv\": \"Id\"}})" },
  { .name = "name", .type = { .kind = KVAR_DEMO_KIND_TEXT }, .not_null = TRUE,
    .comment = "@kvar({\"title\": {\"en\": \"Name\", \"sv\": \"Namn\"}})" },
  { .name = "address", .type = { .kind = KVAR_DEMO_KIND_TEXT }, .not_null = TRUE,
    .comment = "@kvar({\"title\": {\"en\": \"Address\", \"sv\": \"Adress\"}})" },
  { .name = "city", .type = { .kind = KVAR_DEMO_KIND_TEXT },
    .comment = "@kvar({\"title\": {\"en\": \"City\", \"sv\": \"Ort\"}})" },
  { .name = "kind", .type = { .kind = KVAR_DEMO_KIND_ENUM, .labels = &object_kind },
    .not_null = TRUE, .has_default = KVAR_DEMO_DEFAULT_LITERAL, .default_text = "house",
    .comment = "@kvar({\"title\": {\"en\": \"Kind\", \"sv\": \"Typ\"}})" },
  { .name = "built_year", .type = { .kind = KVAR_DEMO_KIND_INTEGER },
    .comment = "@kvar({\"title\": {\"en\": \"Built in\", \"sv\": \"Byggår\"}})" },
  { .name = "area", .type = { .kind = KVAR_DEMO_KIND_NUMERIC },
    .comment = "Square metres\n"
               "@kvar({\"title\": {\"en\": \"Area\", \"sv\": \"Yta\"}, \"help\": {\"en\": "
               "\"Square metres\", \"sv\": \"Kvadratmeter\"}})" },
  { .name = "lat", .type = { .kind = KVAR_DEMO_KIND_DOUBLE },
    .comment = "@kvar({\"title\": {\"en\": \"Latitude\", \"sv\": \"Latitud\"}})" },
  { .name = "long", .type = { .kind = KVAR_DEMO_KIND_DOUBLE },
    .comment = "@kvar({\"title\": {\"en\": \"Longitude\", \"sv\": \"Longitud\"}})" },
  { .name = "survey", .type = { .kind = KVAR_DEMO_KIND_JSON },
    .comment = "As the surveyor sent it\n"
               "@kvar({\"title\": {\"en\": \"Survey\", \"sv\": \"Besiktning\"}, \"help\": "
               "{\"en\": \"As the surveyor sent it\", \"sv\": \"Så som besiktningsmannen "
               "skickade den\"}})" },
  { .name = "drawing", .type = { .kind = KVAR_DEMO_KIND_TEXT },
    .comment = "@kvar({\"title\": {\"en\": \"Drawing\", \"sv\": \"Ritning\"}, \"file\": "
               "\"drawings\"})" },
  { .name = "created_at", .type = { .kind = KVAR_DEMO_KIND_TIMESTAMPTZ }, .not_null = TRUE,
    .has_default = KVAR_DEMO_DEFAULT_NOW,
    .comment = "@kvar({\"title\": {\"en\": \"Created\", \"sv\": \"Skapad\"}})" },
};

static const KvarDemoColumn reports_columns[] = {
  { .name = "id", .type = { .kind = KVAR_DEMO_KIND_BIGINT }, .not_null = TRUE,
    .identity = KVAR_DEMO_IDENTITY_ALWAYS,
    .comment = "@kvar({\"title\": {\"en\": \"Id\", \"sv\": \"Id\"}})" },
  { .name = "job_id", .type = { .kind = KVAR_DEMO_KIND_UUID }, .not_null = TRUE,
    .comment = "@kvar({\"title\": {\"en\": \"Job\", \"sv\": \"Jobb\"}})" },
  { .name = "owner_id", .type = { .kind = KVAR_DEMO_KIND_UUID }, .not_null = TRUE,
    .has_default = KVAR_DEMO_DEFAULT_CALLER,
    .comment = "@kvar({\"title\": {\"en\": \"Owner\", \"sv\": \"Ägare\"}})" },
  { .name = "body", .type = { .kind = KVAR_DEMO_KIND_TEXT }, .not_null = TRUE,
    .comment = "@kvar({\"title\": {\"en\": \"Report\", \"sv\": \"Rapport\"}})" },
  { .name = "score", .type = { .kind = KVAR_DEMO_KIND_SMALLINT },
    .comment = "0 to 100\n"
               "@kvar({\"title\": {\"en\": \"Score\", \"sv\": \"Poäng\"}, \"help\": "
               "{\"en\": \"0 to 100\", \"sv\": \"0 till 100\"}})" },
  { .name = "ratio", .type = { .kind = KVAR_DEMO_KIND_DOUBLE },
    .comment = "@kvar({\"title\": {\"en\": \"Ratio\", \"sv\": \"Andel\"}})" },
  { .name = "payload", .type = { .kind = KVAR_DEMO_KIND_JSONB }, .not_null = TRUE,
    .has_default = KVAR_DEMO_DEFAULT_LITERAL, .default_text = "{}",
    .comment = "@kvar({\"title\": {\"en\": \"Payload\", \"sv\": \"Innehåll\"}})" },
  { .name = "created_at", .type = { .kind = KVAR_DEMO_KIND_TIMESTAMPTZ }, .not_null = TRUE,
    .has_default = KVAR_DEMO_DEFAULT_NOW,
    .comment = "@kvar({\"title\": {\"en\": \"Created\", \"sv\": \"Skapad\"}})" },
};

static const KvarDemoColumn articles_columns[] = {
  { .name = "id", .type = { .kind = KVAR_DEMO_KIND_BIGINT }, .not_null = TRUE,
    .identity = KVAR_DEMO_IDENTITY_ALWAYS,
    .comment = "@kvar({\"title\": {\"en\": \"Id\", \"sv\": \"Id\"}})" },
  { .name = "title", .type = { .kind = KVAR_DEMO_KIND_TEXT }, .not_null = TRUE,
    .comment = "@kvar({\"title\": {\"en\": \"Title\", \"sv\": \"Rubrik\"}})" },
  { .name = "author", .type = { .kind = KVAR_DEMO_KIND_TEXT }, .not_null = TRUE,
    .comment = "@kvar({\"title\": {\"en\": \"Author\", \"sv\": \"Författare\"}})" },
  { .name = "body", .type = { .kind = KVAR_DEMO_KIND_TEXT }, .not_null = TRUE,
    .comment = "Markdown\n@kvar({\"title\": {\"en\": \"Text\", \"sv\": "
               "\"Text\"}})" },
  { .name = "published_on", .type = { .kind = KVAR_DEMO_KIND_DATE },
    .comment = "@kvar({\"title\": {\"en\": \"Published on\", \"sv\": "
               "\"Publicerad\"}})" },
  { .name = "language", .type = { .kind = KVAR_DEMO_KIND_TEXT }, .not_null = TRUE,
    .has_default = KVAR_DEMO_DEFAULT_LITERAL, .default_text = "en",
    .comment = "@kvar({\"title\": {\"en\": \"Language\", \"sv\": \"Språk\"}})" },
  { .name = "updated_at", .type = { .kind = KVAR_DEMO_KIND_TIMESTAMPTZ },
    .comment = "@kvar({\"title\": {\"en\": \"Changed\", \"sv\": \"Ändrad\"}})" },
};

static const KvarDemoColumn job_contacts_columns[] = {
  { .name = "job_id", .type = { .kind = KVAR_DEMO_KIND_UUID }, .not_null = TRUE,
    .comment = "@kvar({\"title\": {\"en\": \"Job\", \"sv\": \"Jobb\"}})" },
  { .name = "contact_id", .type = { .kind = KVAR_DEMO_KIND_BIGINT }, .not_null = TRUE,
    .comment = "@kvar({\"title\": {\"en\": \"Contact\", \"sv\": \"Kontakt\"}})" },
  { .name = "role", .type = { .kind = KVAR_DEMO_KIND_TEXT }, .not_null = TRUE,
    .has_default = KVAR_DEMO_DEFAULT_LITERAL, .default_text = "watcher",
    .comment = "@kvar({\"title\": {\"en\": \"Role\", \"sv\": \"Roll\"}})" },
};

static const KvarDemoColumn secrets_columns[] = {
  { .name = "name", .type = { .kind = KVAR_DEMO_KIND_TEXT }, .not_null = TRUE },
  { .name = "value", .type = { .kind = KVAR_DEMO_KIND_TEXT }, .not_null = TRUE },
};

static const KvarDemoColumn open_jobs_columns[] = {
  { .name = "id", .type = { .kind = KVAR_DEMO_KIND_UUID },
    .comment = "@kvar({\"title\": {\"en\": \"Id\", \"sv\": \"Id\"}})" },
  { .name = "ref", .type = { .kind = KVAR_DEMO_KIND_TEXT },
    .comment = "@kvar({\"title\": {\"en\": \"Number\", \"sv\": \"Nummer\"}})" },
  { .name = "title", .type = { .kind = KVAR_DEMO_KIND_TEXT },
    .comment = "@kvar({\"title\": {\"en\": \"Title\", \"sv\": \"Rubrik\"}})" },
  { .name = "status", .type = { .kind = KVAR_DEMO_KIND_ENUM, .labels = &job_status },
    .comment = "@kvar({\"title\": {\"en\": \"Status\", \"sv\": \"Status\"}})" },
  { .name = "price", .type = { .kind = KVAR_DEMO_KIND_NUMERIC, .size = 12, .scale = 2 },
    .comment = "@kvar({\"title\": {\"en\": \"Price\", \"sv\": \"Pris\"}})" },
  { .name = "total", .type = { .kind = KVAR_DEMO_KIND_NUMERIC, .size = 14, .scale = 2 },
    .comment = "@kvar({\"title\": {\"en\": \"Total\", \"sv\": \"Summa\"}})" },
  { .name = "due_on", .type = { .kind = KVAR_DEMO_KIND_DATE },
    .comment = "@kvar({\"title\": {\"en\": \"Due on\", \"sv\": \"Klart senast\"}})" },
  { .name = "contact_id", .type = { .kind = KVAR_DEMO_KIND_BIGINT },
    .comment = "@kvar({\"title\": {\"en\": \"Contact\", \"sv\": \"Kontakt\"}})" },
};

static const KvarDemoColumn job_stats_columns[] = {
  { .name = "status", .type = { .kind = KVAR_DEMO_KIND_ENUM, .labels = &job_status } },
  { .name = "jobs", .type = { .kind = KVAR_DEMO_KIND_BIGINT } },
  { .name = "total", .type = { .kind = KVAR_DEMO_KIND_NUMERIC } },
};

static const KvarDemoKey jobs_unique[] = {
  { "jobs_ref_key", { "ref" } },
};

static const KvarDemoKey contacts_unique[] = {
  { "contacts_email_key", { "email" } },
};

static const KvarDemoForeignKey jobs_foreign[] = {
  { "jobs_contact_id_fkey", "contact_id", "contacts", "id", FALSE },
  { "jobs_object_id_fkey", "object_id", "objects", "id", FALSE },
};

static const KvarDemoForeignKey reports_foreign[] = {
  { "reports_job_id_fkey", "job_id", "jobs", "id", TRUE },
};

static const KvarDemoForeignKey job_contacts_foreign[] = {
  { "job_contacts_contact_id_fkey", "contact_id", "contacts", "id", TRUE },
  { "job_contacts_job_id_fkey", "job_id", "jobs", "id", TRUE },
};

/* A view inherits what its base table has. */
static const KvarDemoForeignKey open_jobs_foreign[] = {
  { "jobs_contact_id_fkey", "contact_id", "contacts", "id", FALSE },
};

static const KvarDemoCheck jobs_checks[] = {
  { "jobs_price_nonneg", "price", 0, G_MAXINT64 },
  { "jobs_title_len", "title", 1, 200 },
};

static const KvarDemoCheck reports_checks[] = {
  { "reports_score_check", "score", 0, 100 },
};

static const char * const jobs_sorted[] = {
  "title", "status", "price", "due_on", "created_at", NULL
};

static const char * const contacts_sorted[] = { "full_name", "city", NULL };

static const char * const objects_sorted[] = { "name", "city", NULL };

static const KvarDemoTable tables[] = {
  {
    .name = "jobs",
    .oid = 16400,
    .comment = "What is to be done, where and for whom; total is computed.\n"
               "@kvar({\"title\": {\"en\": \"Jobs\", \"sv\": \"Jobb\"}, \"label\": "
               "\"title\", \"version\": \"updated_at\", \"help\": {\"en\": \"What is to "
               "be done, where and for whom; total is computed.\", \"sv\": \"Vad som ska "
               "göras, var och för vem; summan beräknas.\"}})",
    .columns = jobs_columns,
    .n_columns = G_N_ELEMENTS (jobs_columns),
    .primary_key = { "jobs_pkey", { "id" } },
    .unique_keys = jobs_unique,
    .n_unique_keys = G_N_ELEMENTS (jobs_unique),
    .foreign_keys = jobs_foreign,
    .n_foreign_keys = G_N_ELEMENTS (jobs_foreign),
    .checks = jobs_checks,
    .n_checks = G_N_ELEMENTS (jobs_checks),
    .row_security = TRUE,
    .touch_column = "updated_at",
    .anon = KVAR_DEMO_MAY_SELECT,
    .authenticated = KVAR_DEMO_MAY_ALL,
    .sort_columns = jobs_sorted,
  },
  {
    .name = "contacts",
    .oid = 16410,
    .comment = "People we work for\n"
               "@kvar({\"title\": {\"en\": \"Contacts\", \"sv\": \"Kontakter\"}, "
               "\"label\": \"full_name\", \"help\": {\"en\": \"People we work for\", "
               "\"sv\": \"Personer vi arbetar för\"}})",
    .columns = contacts_columns,
    .n_columns = G_N_ELEMENTS (contacts_columns),
    .primary_key = { "contacts_pkey", { "id" } },
    .unique_keys = contacts_unique,
    .n_unique_keys = G_N_ELEMENTS (contacts_unique),
    .row_security = TRUE,
    .anon = KVAR_DEMO_MAY_SELECT,
    .authenticated = KVAR_DEMO_MAY_ALL,
    .sort_columns = contacts_sorted,
  },
  {
    .name = "objects",
    .oid = 16420,
    .comment = "Buildings we work on\n"
               "@kvar({\"title\": {\"en\": \"Properties\", \"sv\": \"Fastigheter\"}, "
               "\"label\": \"name\", \"help\": {\"en\": \"Buildings we work on\", \"sv\": "
               "\"Byggnader vi arbetar med\"}})",
    .columns = objects_columns,
    .n_columns = G_N_ELEMENTS (objects_columns),
    .primary_key = { "objects_pkey", { "id" } },
    .authenticated = KVAR_DEMO_MAY_ALL,
    .sort_columns = objects_sorted,
  },
  {
    .name = "reports",
    .oid = 16430,
    .comment = "Row level security: only the owner sees and writes a row\n"
               "@kvar({\"title\": {\"en\": \"Reports\", \"sv\": \"Rapporter\"}, "
               "\"label\": \"body\", \"help\": {\"en\": \"Row level security: only the "
               "owner sees and writes a row\", \"sv\": \"Radnivåsäkerhet: bara ägaren ser "
               "och skriver en rad\"}})",
    .columns = reports_columns,
    .n_columns = G_N_ELEMENTS (reports_columns),
    .primary_key = { "reports_pkey", { "id" } },
    .foreign_keys = reports_foreign,
    .n_foreign_keys = G_N_ELEMENTS (reports_foreign),
    .checks = reports_checks,
    .n_checks = G_N_ELEMENTS (reports_checks),
    .row_security = TRUE,
    .owner_column = "owner_id",
    .anon = KVAR_DEMO_MAY_INSERT,
    .authenticated = KVAR_DEMO_MAY_ALL,
  },
  {
    .name = "articles",
    .oid = 16440,
    .comment = "Things worth reading before the work begins\n"
               "@kvar({\"title\": {\"en\": \"Articles\", \"sv\": \"Artiklar\"}, "
               "\"label\": \"title\", \"read\": \"body\", \"version\": \"updated_at\", "
               "\"help\": {\"en\": \"Things worth reading before the work begins\", "
               "\"sv\": \"Sådant som är värt att läsa innan arbetet börjar\"}})",
    .columns = articles_columns,
    .n_columns = G_N_ELEMENTS (articles_columns),
    .primary_key = { "articles_pkey", { "id" } },
    .touch_column = "updated_at",
    .anon = KVAR_DEMO_MAY_SELECT,
    .authenticated = KVAR_DEMO_MAY_ALL,
  },
  {
    .name = "job_contacts",
    .oid = 16450,
    .comment = "Who else is involved in a job\n"
               "@kvar({\"title\": {\"en\": \"Job contacts\", \"sv\": \"Jobbkontakter\"}, "
               "\"help\": {\"en\": \"Who else is involved in a job\", \"sv\": \"Vilka "
               "fler som är med i ett jobb\"}})",
    .columns = job_contacts_columns,
    .n_columns = G_N_ELEMENTS (job_contacts_columns),
    .primary_key = { "job_contacts_pkey", { "job_id", "contact_id" } },
    .foreign_keys = job_contacts_foreign,
    .n_foreign_keys = G_N_ELEMENTS (job_contacts_foreign),
    .authenticated = KVAR_DEMO_MAY_ALL,
  },
  {
    .name = "secrets",
    .oid = 16460,
    .columns = secrets_columns,
    .n_columns = G_N_ELEMENTS (secrets_columns),
    .primary_key = { "secrets_pkey", { "name" } },
  },
  {
    .name = "open_jobs",
    .oid = 16470,
    .view_sql = "SELECT id, ref, title, status, price, total, due_on, contact_id "
                "FROM \"public.jobs\" WHERE status IN (1, 2)",
    .view_base = "jobs",
    .comment = "Jobs not finished yet\n"
               "@kvar({\"title\": {\"en\": \"Open jobs\", \"sv\": \"Öppna jobb\"}, "
               "\"label\": \"title\", \"key\": [\"id\"], \"help\": {\"en\": \"Jobs not "
               "finished yet\", \"sv\": \"Jobb som inte är klara än\"}})",
    .columns = open_jobs_columns,
    .n_columns = G_N_ELEMENTS (open_jobs_columns),
    .foreign_keys = open_jobs_foreign,
    .n_foreign_keys = G_N_ELEMENTS (open_jobs_foreign),
    .anon = KVAR_DEMO_MAY_SELECT,
    .authenticated = KVAR_DEMO_MAY_SELECT,
  },
};

/* What the rows of job_stats() look like. */
static const KvarDemoTable job_stats = {
  .name = "job_stats",
  .columns = job_stats_columns,
  .n_columns = G_N_ELEMENTS (job_stats_columns),
};

/**
 * kvar_demo_schema_get_tables:
 *
 * Returns: (transfer none) (array length=n_tables): tables first, then views, in the order in
 *   which they are made
 */
const KvarDemoTable *
kvar_demo_schema_get_tables (guint *n_tables)
{
  *n_tables = G_N_ELEMENTS (tables);

  return tables;
}

/**
 * kvar_demo_schema_get_stats:
 *
 * Returns: (transfer none): the shape of job_stats()
 */
const KvarDemoTable *
kvar_demo_schema_get_stats (void)
{
  return &job_stats;
}
