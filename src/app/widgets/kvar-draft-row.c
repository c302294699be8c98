/* kvar-draft-row.c: one draft: whose it is, what became of it, and what can be done with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-draft-row"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error-text.h"
#include "widgets/kvar-draft-row.h"

struct _KvarDraftRow
{
  GtkListBoxRow  parent_instance;

  KvarDraft     *draft;
  KvarOutbox    *outbox;

  GtkImage      *icon;
  GtkLabel      *title_label;
  GtkLabel      *state_label;
  GtkLabel      *fields_label;
  GtkWidget     *retry_button;
  GtkWidget     *discard_button;
};

enum {
  SIGNAL_DISCARD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KvarDraftRow, kvar_draft_row, GTK_TYPE_LIST_BOX_ROW)

static char *
describe_time (gint64 wall)
{
  g_autoptr(GDateTime) then = g_date_time_new_from_unix_local (wall / G_USEC_PER_SEC);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  gboolean today = g_date_time_get_year (then) == g_date_time_get_year (now) &&
                   g_date_time_get_day_of_year (then) == g_date_time_get_day_of_year (now);

  return g_date_time_format (then, today ? "%H:%M" : "%x %H:%M");
}

static char *
describe_state (KvarDraft *draft)
{
  g_autofree char *time = NULL;

  switch (kvar_draft_get_state (draft))
    {
    case KVAR_DRAFT_PARKED:
      return kvar_error_text_for_table (kvar_draft_get_attention (draft),
                                        kvar_draft_get_table (draft));

    case KVAR_DRAFT_QUEUED:
      return g_strdup (kvar_draft_get_deletes (draft) ? _("Will be deleted.")
                                                      : _("Waiting to be sent."));

    case KVAR_DRAFT_OPEN:
    default:
      time = describe_time (kvar_draft_get_changed_at (draft));
      /* Translators: %s is a time of day, with the date if it was not today. */
      return g_strdup_printf (_("Draft kept %s"), time);
    }
}

/* The titles of the changed fields, as the form shows them. */
static char *
list_fields (KvarDraft *draft)
{
  g_autoptr(GPtrArray) titles = g_ptr_array_new ();
  KvarTable *table = kvar_draft_get_table (draft);

  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    {
      KvarColumn *column = kvar_table_get_column (table, i);

      if (kvar_draft_is_column_changed (draft, column))
        g_ptr_array_add (titles, (gpointer)kvar_column_get_title (column));
    }
  g_ptr_array_add (titles, NULL);

  return g_strjoinv (" · ", (char **)titles->pdata);
}

static const char *
choose_icon (KvarDraft *draft)
{
  switch (kvar_draft_get_state (draft))
    {
    case KVAR_DRAFT_PARKED:
      return "dialog-warning-symbolic";

    case KVAR_DRAFT_QUEUED:
      return kvar_draft_get_deletes (draft) ? "edit-delete-symbolic" : "mail-send-symbolic";

    case KVAR_DRAFT_OPEN:
    default:
      return "document-edit-symbolic";
    }
}

static void
update (KvarDraftRow *self)
{
  g_autofree char *title = kvar_draft_row_dup_title (self->draft);
  g_autofree char *state = describe_state (self->draft);
  g_autofree char *fields = list_fields (self->draft);
  KvarDraftState is = kvar_draft_get_state (self->draft);

  gtk_image_set_from_icon_name (self->icon, choose_icon (self->draft));
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->state_label, state);
  gtk_label_set_label (self->fields_label, fields);
  gtk_widget_set_visible (GTK_WIDGET (self->fields_label), *fields != '\0');
  gtk_widget_set_visible (self->retry_button, is != KVAR_DRAFT_OPEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, state,
                                  -1);
}

static void
retry_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  KvarDraftRow *self = KVAR_DRAFT_ROW (widget);

  if (kvar_draft_get_state (self->draft) != KVAR_DRAFT_OPEN)
    kvar_outbox_retry (self->outbox, self->draft);
}

static void
discard_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_DISCARD], 0);
}

static void
kvar_draft_row_dispose (GObject *object)
{
  KvarDraftRow *self = KVAR_DRAFT_ROW (object);

  g_clear_object (&self->outbox);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (kvar_draft_row_parent_class)->dispose (object);
}

static void
kvar_draft_row_class_init (KvarDraftRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_draft_row_dispose;

  /* The person wants to be rid of it; it can be brought back. */
  signals[SIGNAL_DISCARD] =
    g_signal_new ("discard", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "draft.retry", NULL, retry_cb);
  gtk_widget_class_install_action (widget_class, "draft.discard", NULL, discard_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r,
                                       GDK_CONTROL_MASK | GDK_SHIFT_MASK, "draft.retry", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "draft.discard", NULL);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/widgets/kvar-draft-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarDraftRow, icon);
  gtk_widget_class_bind_template_child (widget_class, KvarDraftRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, KvarDraftRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, KvarDraftRow, fields_label);
  gtk_widget_class_bind_template_child (widget_class, KvarDraftRow, retry_button);
  gtk_widget_class_bind_template_child (widget_class, KvarDraftRow, discard_button);
}

static void
kvar_draft_row_init (KvarDraftRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
kvar_draft_row_new (KvarDraft  *draft,
                    KvarOutbox *outbox)
{
  KvarDraftRow *self;

  g_return_val_if_fail (KVAR_IS_DRAFT (draft), NULL);
  g_return_val_if_fail (KVAR_IS_OUTBOX (outbox), NULL);

  self = g_object_new (KVAR_TYPE_DRAFT_ROW, NULL);
  self->draft = g_object_ref (draft);
  self->outbox = g_object_ref (outbox);
  g_signal_connect_object (draft, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "column-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

KvarDraft *
kvar_draft_row_get_draft (KvarDraftRow *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT_ROW (self), NULL);

  return self->draft;
}

/**
 * kvar_draft_row_dup_title:
 *
 * Returns: (transfer full): the record's title and its table's, for people
 */
char *
kvar_draft_row_dup_title (KvarDraft *draft)
{
  KvarRecord *base = NULL;
  const char *table = NULL;
  g_autofree char *title = NULL;

  g_return_val_if_fail (KVAR_IS_DRAFT (draft), NULL);

  base = kvar_draft_get_base (draft);
  table = kvar_table_get_title (kvar_draft_get_table (draft));
  if (base == NULL)
    /* Translators: %s is the title of a table, such as "Jobs". */
    return g_strdup_printf (_("New record in %s"), table);

  title = kvar_record_get_title (base);

  /* Translators: the title of a record, and of its table. */
  return g_strdup_printf (_("%1$s · %2$s"), title, table);
}
