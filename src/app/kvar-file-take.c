/* kvar-file-take.c: takes a file out of a bucket, to look at it or to keep it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-file-take"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-file-take.h"
#include "storage/kvar-file-info.h"
#include "storage/kvar-file-name.h"
#include "storage/kvar-opened-files.h"

/* The widget's own chooser goes with it. */
#define CHOOSER "kvar-file-chooser"

typedef struct
{
  GtkWidget        *widget;     /* (nullable) weak */
  KvarWorkspace    *workspace;
  char             *bucket;
  char             *key;
  KvarFileTakeFunc  begun;      /* (nullable) */
} Taking;

static void
taking_free (Taking *taking)
{
  g_clear_weak_pointer (&taking->widget);
  g_object_unref (taking->workspace);
  g_free (taking->bucket);
  g_free (taking->key);
  g_free (taking);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Taking, taking_free)

static void
say (GtkWidget  *widget,
     const char *text)
{
  gtk_widget_activate_action (widget, "win.toast", "s", text);
}

/* One that is under way already needs no other. */
static void
begin (GtkWidget        *widget,
       KvarWorkspace    *workspace,
       KvarTransfer     *transfer,
       KvarFileTakeFunc  begun)
{
  KvarErrandList *transfers = kvar_files_get_transfers (kvar_workspace_get_files (workspace));

  kvar_errand_list_start (transfers, KVAR_ERRAND (transfer));
  if (begun != NULL && kvar_errand_get_state (KVAR_ERRAND (transfer)) != KVAR_ERRAND_WAITING)
    begun (widget, transfer);
}

/* Opening: into Kvar's own folder, then with the desktop's application. */

static void
opened_cb (GtkWidget    *widget,
           GParamSpec   *pspec,
           KvarTransfer *transfer)
{
  KvarErrand *errand = KVAR_ERRAND (transfer);

  if (kvar_errand_get_state (errand) != KVAR_ERRAND_DONE)
    return;

  /* The server may know better than whoever asked what it is. */
  if (!kvar_file_name_may_open (kvar_errand_get_title (errand),
                                kvar_transfer_get_content_type (transfer)))
    {
      say (widget, _("This file could run a program, so it's only saved."));
      return;
    }

  gtk_widget_activate_action (widget, "win.open-file", "s",
                              g_file_peek_path (kvar_errand_get_file (errand)));
}

/**
 * kvar_file_take_open:
 * @widget: where it is asked for; the file is not opened once that has gone
 * @content_type: (nullable): what the file is said to be
 * @begun: (nullable): is told when it is on its way
 *
 * Fetches a file and has the desktop open it. What could run a program is only saved.
 */
void
kvar_file_take_open (GtkWidget        *widget,
                     KvarWorkspace    *workspace,
                     const char       *bucket,
                     const char       *key,
                     const char       *content_type,
                     KvarFileTakeFunc  begun)
{
  KvarSession *session;
  g_autoptr(KvarTransfer) transfer = NULL;
  g_autoptr(GFile) copy = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (KVAR_IS_WORKSPACE (workspace));
  g_return_if_fail (bucket != NULL && key != NULL);

  if (!kvar_file_name_may_open (key, content_type))
    {
      say (widget, _("This file could run a program, so it's only saved."));
      kvar_file_take_save (widget, workspace, bucket, key, begun);
      return;
    }

  session = kvar_workspace_get_session (workspace);
  copy = kvar_opened_files_get (session, bucket, key);
  transfer = kvar_transfer_new_download (session, bucket, key, copy);
  g_signal_connect_object (transfer, "notify::state", G_CALLBACK (opened_cb), widget,
                           G_CONNECT_SWAPPED);
  begin (widget, workspace, transfer, begun);
}

/* Saving: its first name is asked for → the person chooses where → it comes. */
static void named_cb  (GObject *object, GAsyncResult *result, gpointer user_data);
static void chosen_cb (GtkNativeDialog *dialog, int response, Taking *taking);

static void
destroy_chooser (gpointer data)
{
  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (data));
  g_object_unref (data);
}

/**
 * kvar_file_take_save:
 * @widget: where it is asked for
 * @begun: (nullable): is told when it is on its way
 *
 * Asks where a file is to be kept, and fetches it there.
 */
void
kvar_file_take_save (GtkWidget        *widget,
                     KvarWorkspace    *workspace,
                     const char       *bucket,
                     const char       *key,
                     KvarFileTakeFunc  begun)
{
  Taking *taking;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (KVAR_IS_WORKSPACE (workspace));
  g_return_if_fail (bucket != NULL && key != NULL);

  taking = g_new0 (Taking, 1);
  g_set_weak_pointer (&taking->widget, widget);
  taking->workspace = g_object_ref (workspace);
  taking->bucket = g_strdup (bucket);
  taking->key = g_strdup (key);
  taking->begun = begun;
  kvar_file_info_ask_async (kvar_workspace_get_session (workspace), bucket, key, NULL, named_cb,
                            taking);
}

static void
choose_target (Taking     *taking,
               const char *name)    /* (nullable) */
{
  GObject *widget = G_OBJECT (taking->widget);
  g_autofree char *suggested = kvar_file_name_for_disk (name != NULL ? name : taking->key);
  GtkFileChooserNative *chooser;

  chooser = gtk_file_chooser_native_new (_("Save File As"),
                                         GTK_WINDOW (gtk_widget_get_root (taking->widget)),
                                         GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), suggested);
  g_signal_connect_data (chooser, "response", G_CALLBACK (chosen_cb), taking,
                         (GClosureNotify)taking_free, 0);
  g_object_set_data_full (widget, CHOOSER, chooser, destroy_chooser);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* Without an answer the key does for a name. */
static void
named_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Taking) taking = user_data;
  g_autoptr(KvarFileEntry) info = NULL;
  const char *original = NULL;

  info = kvar_file_info_ask_finish (KVAR_SESSION (object), result, NULL);
  if (taking->widget == NULL || !gtk_widget_get_mapped (taking->widget) ||
      g_object_get_data (G_OBJECT (taking->widget), CHOOSER) != NULL)
    return;

  original = info != NULL ? kvar_file_entry_get_original (info) : NULL;
  choose_target (g_steal_pointer (&taking), original);
}

static void
chosen_cb (GtkNativeDialog *dialog,
           int              response,
           Taking          *taking)
{
  g_autoptr(KvarTransfer) transfer = NULL;
  g_autoptr(GFile) target = NULL;
  GtkWidget *widget = taking->widget;

  if (response == GTK_RESPONSE_ACCEPT)
    target = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (target != NULL && widget != NULL)
    {
      transfer = kvar_transfer_new_download (kvar_workspace_get_session (taking->workspace),
                                             taking->bucket, taking->key, target);
      begin (widget, taking->workspace, transfer, taking->begun);
    }

  /* Last: @taking goes with the dialog. */
  if (widget != NULL)
    g_object_set_data (G_OBJECT (widget), CHOOSER, NULL);
}
