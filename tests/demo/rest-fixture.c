/* rest-fixture.c: the demo's REST half in memory, asked without HTTP
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "rest-fixture.h"

void
rest_fixture_set_up (RestFixture   *self,
                     gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  self->config = (KvarDemoConfig) KVAR_DEMO_CONFIG_INIT;
  self->config.rows = 40;
  self->database = kvar_demo_database_open (":memory:", &error);
  g_assert_no_error (error);
  self->clock = kvar_demo_clock_new ();
  kvar_demo_clock_freeze (self->clock, REST_FIXTURE_NOW);
  self->rest = kvar_demo_rest_new (&self->config, self->database, self->clock);
  self->role = "authenticated";
}

void
rest_fixture_tear_down (RestFixture   *self,
                        gconstpointer  unused)
{
  g_clear_pointer (&self->exchange, kvar_demo_exchange_free);
  kvar_demo_rest_free (self->rest);
  kvar_demo_clock_free (self->clock);
  kvar_demo_database_free (self->database);
}

/**
 * rest_fixture_ask:
 * @request: "PATCH jobs?id=eq.1"
 * @headers: (nullable): "Prefer: count=exact\nAccept: text/csv"
 * @body: (nullable)
 *
 * Asks as the user demo, or as anon when that is the role.
 *
 * Returns: (transfer none): the body of the reply, "" for none
 */
const char *
rest_fixture_ask (RestFixture *self,
                  const char  *request,
                  const char  *headers,
                  const char  *body)
{
  g_auto(GStrv) words = g_strsplit (request, " ", 2);
  g_auto(GStrv) lines = g_strsplit (headers != NULL ? headers : "", "\n", -1);
  g_autofree char *target = g_strconcat ("/rest/v1/", words[1], NULL);
  const char *data;
  char *text;
  gsize length;

  g_clear_pointer (&self->exchange, kvar_demo_exchange_free);
  self->exchange = kvar_demo_exchange_new (words[0], target);
  self->exchange->role = self->role;
  if (strcmp (self->role, "anon") != 0)
    self->exchange->user_id = g_strdup (KVAR_DEMO_USER_DEMO);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto(GStrv) pair = g_strsplit (lines[i], ": ", 2);

      if (g_strv_length (pair) == 2)
        kvar_demo_exchange_set_header (self->exchange, pair[0], pair[1]);
    }
  if (body != NULL)
    kvar_demo_exchange_set_body (self->exchange, body);

  kvar_demo_rest_handle (self->rest, self->exchange);

  if (self->exchange->reply_body == NULL)
    return "";

  /* A zero at the end, so that it can be compared as text. */
  data = g_bytes_get_data (self->exchange->reply_body, &length);
  text = g_strndup (data, length);
  g_bytes_unref (self->exchange->reply_body);
  self->exchange->reply_body = g_bytes_new_take (text, length + 1);

  return text;
}
