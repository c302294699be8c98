/* kvar-record-load.c: Reads one whole record by its key.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-load"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kvar-error.h"
#include "records/kvar-record-load.h"
#include "records/kvar-rest-api.h"

/* How much of the address may be columns; the rest is for the key. */
#define MAX_SELECT_BYTES (KVAR_REST_MAX_URL - 2048)

/* A row that changes between the requests of each try is given up on. */
#define MAX_TRIES 3

typedef struct
{
  char       **key;
  GPtrArray   *parts;     /* (element-type KvarSelection) */
  guint        n_read;
  guint        n_tries;
  KvarRecord  *record;    /* (nullable) what the parts read have brought */
} Load;

/* Load: ask for a part → reply → ask for the next, until all are there. */
static void part_replied_cb (GObject *object, GAsyncResult *result, gpointer user_data);

static void
load_free (Load *load)
{
  g_clear_pointer (&load->key, g_strfreev);
  g_clear_pointer (&load->parts, g_ptr_array_unref);
  g_clear_object (&load->record);
  g_free (load);
}

static void
ask (KvarSession *session,
     GTask       *task)
{
  Load *load = g_task_get_task_data (task);
  g_autoptr(KvarRequest) request = NULL;

  request = kvar_rest_api_select_one (g_ptr_array_index (load->parts, load->n_read),
                                      (const char *const *)load->key);
  kvar_session_send_async (session, request, g_task_get_cancellable (task), part_replied_cb,
                           task);
}

static KvarRecord *
read_part (Load      *load,
           KvarReply *reply,
           GError   **error)
{
  g_autoptr(GPtrArray) records = NULL;

  if (!kvar_reply_check (reply, KVAR_SERVICE_REST, error))
    return NULL;

  records = kvar_selection_read (g_ptr_array_index (load->parts, load->n_read),
                                 kvar_reply_get_body (reply), error);
  if (records == NULL)
    return NULL;

  if (records->len == 1)
    return g_object_ref (g_ptr_array_index (records, 0));

  if (records->len == 0)
    g_set_error (error, KVAR_ERROR, KVAR_ERROR_GONE, "No row with this key");
  else
    g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_REFUSED,
                         _("Several records have this key, so this one can't be told from them."));

  return NULL;
}

/* Parts of different states of the row are no record: begin again. */
static gboolean
add_part (Load       *load,
          KvarRecord *part)
{
  if (load->record == NULL)
    {
      load->record = g_object_ref (part);
    }
  else if (g_strcmp0 (kvar_record_get_xmin (load->record), kvar_record_get_xmin (part)) == 0)
    {
      kvar_record_update (load->record, part);
    }
  else
    {
      g_clear_object (&load->record);
      load->n_read = 0;
      return ++load->n_tries < MAX_TRIES;
    }

  load->n_read++;

  return TRUE;
}

static void
part_replied_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  KvarSession *session = KVAR_SESSION (object);
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(KvarRecord) part = NULL;
  g_autoptr(GError) error = NULL;
  Load *load = g_task_get_task_data (task);

  reply = kvar_session_send_finish (session, result, &error);
  if (reply != NULL)
    part = read_part (load, reply, &error);
  if (part == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (!add_part (load, part))
    g_task_return_new_error (task, KVAR_ERROR, KVAR_ERROR_OFFLINE,
                             "The row changes faster than it can be read");
  else if (load->n_read < load->parts->len)
    ask (session, g_steal_pointer (&task));
  else
    g_task_return_pointer (task, g_steal_pointer (&load->record), g_object_unref);
}

/**
 * kvar_record_load_async:
 * @key: the values of the table's key
 *
 * Reads every column of one row, in several requests if one would have too long an address.
 */
void
kvar_record_load_async (KvarSession         *session,
                        KvarTable           *table,
                        const char *const   *key,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(KvarSelection) selection = NULL;
  Load *load;

  g_return_if_fail (KVAR_IS_SESSION (session));
  g_return_if_fail (KVAR_IS_TABLE (table));
  g_return_if_fail (key != NULL);

  selection = kvar_selection_new (table, NULL, KVAR_SELECT_VERSION | KVAR_SELECT_LABELS);
  load = g_new0 (Load, 1);
  load->key = g_strdupv ((char **)key);
  load->parts = kvar_selection_split (selection, MAX_SELECT_BYTES);

  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_record_load_async);
  g_task_set_task_data (task, load, (GDestroyNotify)load_free);

  ask (session, g_steal_pointer (&task));
}

/**
 * kvar_record_load_finish:
 *
 * Returns: (transfer full) (nullable): the record; %KVAR_ERROR_GONE if there is none
 */
KvarRecord *
kvar_record_load_finish (KvarSession   *session,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
