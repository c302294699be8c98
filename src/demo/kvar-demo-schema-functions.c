/* kvar-demo-schema-functions.c: the sample's functions, as their signatures say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-schema.h"

#define OF(name) { .kind = KVAR_DEMO_KIND_##name }

static const KvarDemoArgument add_numbers_arguments[] = {
  { "a", OF (INTEGER), FALSE },
  { "b", OF (INTEGER), TRUE },
};

static const KvarDemoArgument search_jobs_arguments[] = {
  { "term", OF (TEXT), FALSE },
  { "min_price", OF (NUMERIC), TRUE },
};

static const KvarDemoArgument touch_job_arguments[] = {
  { "p_job", OF (UUID), FALSE },
  { "p_tags", OF (TEXT_ARRAY), TRUE },
  { "p_details", OF (JSONB), TRUE },
};

static const KvarDemoArgument fail_plain_arguments[] = {
  { "msg", OF (TEXT), FALSE },
};

static const KvarDemoArgument fail_http_arguments[] = {
  { "code", OF (TEXT), FALSE },
  { "msg", OF (TEXT), FALSE },
};

static const KvarDemoArgument slow_arguments[] = {
  { "seconds", OF (DOUBLE), FALSE },
};

#define ARGUMENTS(name) .arguments = name, .n_arguments = G_N_ELEMENTS (name)

/* The shapes of sets are filled in when the list is first asked for. */
static KvarDemoFunction functions[] = {
  {
    .name = "add_numbers", ARGUMENTS (add_numbers_arguments),
    .returns = KVAR_DEMO_RETURNS_SCALAR, .scalar = OF (INTEGER), .result = "integer",
    .volatility = "immutable", .anonymous = TRUE,
    .comment = "Adds two numbers\n\nb defaults to 1",
  },
  {
    .name = "fail_http", ARGUMENTS (fail_http_arguments),
    .returns = KVAR_DEMO_RETURNS_VOID, .result = "void",
    .volatility = "volatile", .anonymous = TRUE,
    .comment = "Raises PT402 with the given message",
  },
  {
    .name = "fail_plain", ARGUMENTS (fail_plain_arguments),
    .returns = KVAR_DEMO_RETURNS_VOID, .result = "void",
    .volatility = "volatile", .anonymous = TRUE,
    .comment = "Raises an exception with the given message",
  },
  {
    .name = "job_stats",
    .returns = KVAR_DEMO_RETURNS_SET,
    .result = "TABLE(status job_status, jobs bigint, total numeric)",
    .volatility = "stable", .anonymous = TRUE,
    .comment = "How many jobs there are of each status, and what they are worth\n"
               "@kvar({\"title\": {\"en\": \"Jobs by status\", \"sv\": \"Jobb per status\"}, "
               "\"report\": true})",
  },
  {
    .name = "search_jobs", ARGUMENTS (search_jobs_arguments),
    .returns = KVAR_DEMO_RETURNS_SET, .result = "SETOF jobs",
    .volatility = "stable", .anonymous = TRUE,
    .comment = "Case-insensitive title search\n"
               "@kvar({\"title\": {\"en\": \"Search jobs\", \"sv\": \"Sök jobb\"}, "
               "\"report\": true})",
  },
  {
    .name = "slow", ARGUMENTS (slow_arguments),
    .returns = KVAR_DEMO_RETURNS_VOID, .result = "void",
    .volatility = "volatile", .anonymous = TRUE,
    .comment = "Waits for so many seconds",
  },
  {
    .name = "touch_job", ARGUMENTS (touch_job_arguments),
    .returns = KVAR_DEMO_RETURNS_VOID, .result = "void",
    .volatility = "volatile", .anonymous = TRUE,
    .comment = "Marks a job as looked at and sets its tags\n"
               "@kvar({\"title\": {\"en\": \"Mark as looked at\", "
               "\"sv\": \"Markera som sedd\"}, \"action\": \"jobs\", \"confirm\": true})",
  },
  {
    .name = "whoami",
    .returns = KVAR_DEMO_RETURNS_SCALAR, .scalar = OF (JSONB), .result = "jsonb",
    .volatility = "stable", .anonymous = TRUE,
    .comment = "The caller's role, id and claims",
  },
  {
    .name = "kvar_schema",
    .returns = KVAR_DEMO_RETURNS_SCALAR, .scalar = OF (JSONB), .result = "jsonb",
    .volatility = "stable",
    .comment = "What the caller may see of the schema, for Kvar",
  },
};

/**
 * kvar_demo_schema_get_functions:
 *
 * Returns: (transfer none) (array length=n_functions): all of them
 */
const KvarDemoFunction *
kvar_demo_schema_get_functions (guint *n_functions)
{
  static gsize filled;

  if (g_once_init_enter (&filled))
    {
      for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
        {
          if (strcmp (functions[i].name, "job_stats") == 0)
            functions[i].rows = kvar_demo_schema_get_stats ();
          else if (strcmp (functions[i].name, "search_jobs") == 0)
            functions[i].rows = kvar_demo_schema_find_table ("jobs");
        }
      g_once_init_leave (&filled, 1);
    }

  *n_functions = G_N_ELEMENTS (functions);

  return functions;
}
