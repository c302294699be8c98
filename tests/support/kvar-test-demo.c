/* kvar-test-demo.c: a kvar-demo of the test's own, with its faults and its log
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <signal.h>
#include <sys/prctl.h>

#include "kvar-test-demo.h"
#include "kvar-test-log.h"
#include "kvar-test.h"
#include "net/kvar-http-transport.h"

struct _KvarTestDemo
{
  GSubprocess   *process;
  char          *url;
  char          *key;
  guint          access_ttl;    /* s, of the tokens that it hands out */
  KvarClock     *clock;
  KvarTransport *transport;    /* for /demo/… */
};

/* "http://127.0.0.1:PORT KEY", which it writes when it serves. */
static void
read_line (KvarTestDemo *self)
{
  g_autoptr(GDataInputStream) lines = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *line = NULL;
  g_auto(GStrv) words = NULL;

  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);

  words = g_strsplit (line, " ", 2);
  g_assert_cmpuint (g_strv_length (words), ==, 2);
  self->url = g_strdup (words[0]);
  self->key = g_strdup (words[1]);
}

static guint
find_access_ttl (const char *const *options)
{
  for (guint i = 0; options != NULL && options[i] != NULL; i++)
    if (g_str_equal (options[i], "--access-ttl"))
      return (guint)g_ascii_strtoull (options[i + 1], NULL, 10);

  return 3600;
}

/* A test that fails ends without tearing down; the demo must not outlive it. */
static void
end_with_parent_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

KvarTestDemo *
kvar_test_demo_new (const char *const *options)
{
  KvarTestDemo *self = g_new0 (KvarTestDemo, 1);
  g_autoptr(GSubprocessLauncher) launcher = NULL;
  g_autoptr(GPtrArray) argv = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  const char *program = g_getenv ("KVAR_DEMO");

  g_assert_nonnull (program);
  g_ptr_array_add (argv, (gpointer)program);
  g_ptr_array_add (argv, (gpointer)"--faults");
  for (guint i = 0; options != NULL && options[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer)options[i]);
  g_ptr_array_add (argv, NULL);

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent_cb, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, (const char *const *)argv->pdata,
                                                &error);
  g_assert_no_error (error);
  read_line (self);
  self->access_ttl = find_access_ttl (options);
  self->clock = kvar_clock_new ();
  self->transport = KVAR_TRANSPORT (kvar_http_transport_new (self->url, self->key, self->clock));

  return self;
}

void
kvar_test_demo_free (KvarTestDemo *self)
{
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  g_assert_finalize_object (self->transport);
  g_object_unref (self->clock);
  g_free (self->url);
  g_free (self->key);
  g_free (self);
}

const char *
kvar_test_demo_get_url (KvarTestDemo *self)
{
  return self->url;
}

const char *
kvar_test_demo_get_key (KvarTestDemo *self)
{
  return self->key;
}

static KvarReply *
ask (KvarTestDemo *self,
     KvarRequest  *request)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  KvarReply *reply;

  kvar_transport_send_async (self->transport, request, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  reply = kvar_transport_send_finish (self->transport, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kvar_reply_get_status (reply), ==, 200);

  return reply;
}

void
kvar_test_demo_control (KvarTestDemo *self,
                        const char   *what,
                        const char   *json)
{
  g_autofree char *path = g_strconcat ("/demo/", what, NULL);
  g_autoptr(KvarRequest) request = kvar_request_new ("POST", path);
  g_autoptr(GBytes) body = g_bytes_new (json, strlen (json));

  kvar_request_set_body (request, "application/json", body);
  kvar_reply_unref (ask (self, request));
}

static char *
get_log (KvarTestDemo *self)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("GET", "/demo/log");
  g_autoptr(KvarReply) reply = ask (self, request);
  GBytes *body = kvar_reply_get_body (reply);

  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

guint
kvar_test_demo_count (KvarTestDemo *self,
                      const char   *first,
                      ...)
{
  g_autofree char *text = get_log (self);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean fits = TRUE;
      va_list args;

      va_start (args, first);
      for (const char *word = first; word != NULL; word = va_arg (args, const char *))
        fits = fits && strstr (lines[i], word) != NULL;
      va_end (args);
      n += fits ? 1 : 0;
    }

  return n;
}

void
kvar_test_demo_check_log (KvarTestDemo *self)
{
  g_autofree char *text = get_log (self);
  g_autofree char *breach = kvar_test_log_find_breach (text, self->access_ttl);

  g_assert_cmpstr (breach, ==, NULL);
}

KvarRequest *
kvar_test_demo_new_request (const char *method,
                            const char *path)
{
  static guint n_requests;
  KvarRequest *request = kvar_request_new (method, path);
  g_autofree char *number = g_strdup_printf ("%u", ++n_requests);

  kvar_request_set_header (request, "X-Request-Id", number);

  return request;
}
