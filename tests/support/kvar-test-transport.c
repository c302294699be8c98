/* kvar-test-transport.c: a transport with scripted answers that keeps every request
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-test-transport.h"

/* One scripted outcome: exactly one of the two is set. */
typedef struct
{
  KvarReply *reply;    /* (nullable) */
  GError    *error;    /* (nullable) */
  gboolean   renews;   /* it answers a renewal */
} Answer;

typedef struct
{
  char                     *method;    /* (nullable): any */
  char                     *prefix;
  KvarTestTransportHandler  handler;
  gpointer                  user_data;
} Rule;

struct _KvarTestTransport
{
  GObject    parent_instance;

  GPtrArray *requests;
  GPtrArray *rules;      /* of Rule, the newest last */
  GQueue     answers;    /* of Answer, for what no rule takes */
  GQueue     held;       /* of GTask whose Answer is its data */
  gboolean   holding;
  guint      n_renewals;         /* on the wire now */
  guint      most_renewals;
};

static void kvar_test_transport_iface_init (KvarTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarTestTransport, kvar_test_transport, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KVAR_TYPE_TRANSPORT,
                                                      kvar_test_transport_iface_init))

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->reply, kvar_reply_unref);
  g_clear_error (&answer->error);
  g_free (answer);
}

static void
rule_free (gpointer data)
{
  Rule *rule = data;

  g_free (rule->method);
  g_free (rule->prefix);
  g_free (rule);
}

static gboolean
request_matches (KvarRequest *request,
                 const char  *method,
                 const char  *prefix)
{
  return (method == NULL || g_str_equal (kvar_request_get_method (request), method)) &&
         g_str_has_prefix (kvar_request_get_path (request), prefix);
}

static Answer *
find_answer (KvarTestTransport *self,
             KvarRequest       *request)
{
  g_autoptr(GError) error = NULL;
  Answer *answer;

  for (guint i = self->rules->len; i > 0; i--)
    {
      Rule *rule = g_ptr_array_index (self->rules, i - 1);
      KvarReply *reply;

      if (!request_matches (request, rule->method, rule->prefix))
        continue;

      reply = rule->handler (request, rule->user_data, &error);
      if (reply != NULL || error != NULL)
        {
          answer = g_new0 (Answer, 1);
          answer->reply = reply;
          answer->error = g_steal_pointer (&error);
          return answer;
        }
    }

  answer = g_queue_pop_head (&self->answers);
  if (answer == NULL)
    g_error ("No answer is scripted for %s %s", kvar_request_get_method (request),
             kvar_request_get_path (request));

  return answer;
}

static void
note_landed (KvarTestTransport *self,
             Answer            *answer)
{
  if (answer->renews)
    self->n_renewals--;
}

static void
note_flying (KvarTestTransport *self,
             KvarRequest       *request,
             Answer            *answer)
{
  answer->renews = request_matches (request, "POST", "/auth/v1/token?grant_type=refresh");
  if (answer->renews)
    self->n_renewals++;
  self->most_renewals = MAX (self->most_renewals, self->n_renewals);
}

static void
deliver (GTask *task)
{
  Answer *answer = g_task_get_task_data (task);

  note_landed (g_task_get_source_object (task), answer);

  if (answer->error != NULL)
    g_task_return_error (task, g_error_copy (answer->error));
  else
    g_task_return_pointer (task, kvar_reply_ref (answer->reply),
                           (GDestroyNotify)kvar_reply_unref);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  GTask *task = user_data;
  KvarTestTransport *self = g_task_get_source_object (task);

  if (g_queue_remove (&self->held, task))
    {
      note_landed (self, g_task_get_task_data (task));
      g_task_return_error_if_cancelled (task);
      g_object_unref (task);
    }
}

static void
kvar_test_transport_send_async (KvarTransport       *transport,
                                KvarRequest         *request,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  KvarTestTransport *self = KVAR_TEST_TRANSPORT (transport);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  Answer *answer;

  if (g_task_return_error_if_cancelled (task))
    return;

  g_ptr_array_add (self->requests, kvar_request_ref (request));
  answer = find_answer (self, request);
  if (answer->reply != NULL)
    kvar_reply_set_repeatable (answer->reply, kvar_request_get_repeatable (request));
  g_task_set_task_data (task, answer, answer_free);
  note_flying (self, request, answer);

  if (!self->holding)
    {
      deliver (task);
      return;
    }

  g_queue_push_tail (&self->held, g_object_ref (task));
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (cancelled_cb), task, 0);
}

static KvarReply *
kvar_test_transport_send_finish (KvarTransport  *transport,
                                 GAsyncResult   *result,
                                 GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, transport), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
kvar_test_transport_iface_init (KvarTransportInterface *iface)
{
  iface->send_async = kvar_test_transport_send_async;
  iface->send_finish = kvar_test_transport_send_finish;
}

static void
kvar_test_transport_finalize (GObject *object)
{
  KvarTestTransport *self = KVAR_TEST_TRANSPORT (object);

  g_queue_clear_full (&self->answers, answer_free);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_clear_pointer (&self->requests, g_ptr_array_unref);

  G_OBJECT_CLASS (kvar_test_transport_parent_class)->finalize (object);
}

static void
kvar_test_transport_class_init (KvarTestTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kvar_test_transport_finalize;
}

static void
kvar_test_transport_init (KvarTestTransport *self)
{
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_request_unref);
  self->rules = g_ptr_array_new_with_free_func (rule_free);
  g_queue_init (&self->answers);
  g_queue_init (&self->held);
}

KvarTestTransport *
kvar_test_transport_new (void)
{
  return g_object_new (KVAR_TYPE_TEST_TRANSPORT, NULL);
}

/**
 * kvar_test_reply_new:
 *
 * Returns: (transfer full): a reply with @json_body and the content type that goes with it
 */
KvarReply *
kvar_test_reply_new (int         status,
                     const char *json_body)
{
  g_autoptr(GBytes) body = NULL;
  KvarReply *reply;

  body = g_bytes_new (json_body != NULL ? json_body : "",
                      json_body != NULL ? strlen (json_body) : 0);
  reply = kvar_reply_new (status, body);
  if (json_body != NULL && *json_body != '\0')
    kvar_reply_add_header (reply, "Content-Type", "application/json; charset=utf-8");

  return reply;
}

/**
 * kvar_test_transport_answer:
 * @json_body: (nullable): nothing, for a 204
 *
 * Queues an answer for the next request that no handler takes.
 */
void
kvar_test_transport_answer (KvarTestTransport *self,
                            int                status,
                            const char        *json_body)
{
  g_autoptr(KvarReply) reply = kvar_test_reply_new (status, json_body);

  kvar_test_transport_answer_reply (self, reply);
}

void
kvar_test_transport_answer_reply (KvarTestTransport *self,
                                  KvarReply         *reply)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->reply = kvar_reply_ref (reply);
  g_queue_push_tail (&self->answers, answer);
}

/**
 * kvar_test_transport_answer_error:
 * @error: (transfer full): how the wire fails
 */
void
kvar_test_transport_answer_error (KvarTestTransport *self,
                                  GError            *error)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->error = error;
  g_queue_push_tail (&self->answers, answer);
}

/**
 * kvar_test_transport_on:
 * @method: (nullable): %NULL for any
 * @prefix: how the path begins
 *
 * Lets @handler answer such requests. The newest handler is asked first, and all of them
 * before the queue.
 */
void
kvar_test_transport_on (KvarTestTransport        *self,
                        const char               *method,
                        const char               *prefix,
                        KvarTestTransportHandler  handler,
                        gpointer                  user_data)
{
  Rule *rule = g_new0 (Rule, 1);

  rule->method = g_strdup (method);
  rule->prefix = g_strdup (prefix);
  rule->handler = handler;
  rule->user_data = user_data;
  g_ptr_array_add (self->rules, rule);
}

guint
kvar_test_transport_get_n_requests (KvarTestTransport *self)
{
  return self->requests->len;
}

/**
 * kvar_test_transport_get_request:
 *
 * Returns: (transfer none): the request that was sent as number @index, from 0
 */
KvarRequest *
kvar_test_transport_get_request (KvarTestTransport *self,
                                 guint              index)
{
  g_assert_cmpuint (index, <, self->requests->len);

  return g_ptr_array_index (self->requests, index);
}

/**
 * kvar_test_transport_count:
 *
 * Returns: how many requests of @method (any, when %NULL) to a path that begins with
 *   @prefix have been sent
 */
guint
kvar_test_transport_count (KvarTestTransport *self,
                           const char        *method,
                           const char        *prefix)
{
  guint n = 0;

  for (guint i = 0; i < self->requests->len; i++)
    if (request_matches (g_ptr_array_index (self->requests, i), method, prefix))
      n++;

  return n;
}

guint
kvar_test_transport_get_n_held (KvarTestTransport *self)
{
  return self->held.length;
}

/**
 * kvar_test_transport_get_most_renewals:
 *
 * Returns: how many calls to /token to renew were on the wire together, at most
 */
guint
kvar_test_transport_get_most_renewals (KvarTestTransport *self)
{
  return self->most_renewals;
}

/**
 * kvar_test_transport_forget:
 *
 * Lets the requests so far go, for tests that count memory.
 */
void
kvar_test_transport_forget (KvarTestTransport *self)
{
  g_ptr_array_set_size (self->requests, 0);
}

/**
 * kvar_test_transport_hold:
 *
 * From now on requests are taken and answered, but the answers wait on the wire.
 */
void
kvar_test_transport_hold (KvarTestTransport *self)
{
  self->holding = TRUE;
}

/**
 * kvar_test_transport_release:
 *
 * Lets the held answers arrive, in order, and ends the holding.
 */
void
kvar_test_transport_release (KvarTestTransport *self)
{
  self->holding = FALSE;

  while (!g_queue_is_empty (&self->held))
    {
      g_autoptr(GTask) task = g_queue_pop_head (&self->held);

      deliver (task);
    }
}
