/* kvar-new-drafts-bar.c: new records of a table that are typed and not saved yet, above its list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-new-drafts-bar"

#include "config.h"

#include <glib/gi18n.h>

#include "widgets/kvar-new-drafts-bar.h"

#define MAX_CHIPS 12

struct _KvarNewDraftsBar
{
  AdwBin          parent_instance;

  GtkRevealer    *revealer;
  GtkBox         *box;

  KvarDraftStore *drafts;    /* (nullable) until a table is set */
  KvarTable      *table;     /* (nullable) until then */
  KvarRowEdits   *edits;     /* (nullable) whose rows are seen below, and need no chip */
};

G_DEFINE_FINAL_TYPE (KvarNewDraftsBar, kvar_new_drafts_bar, ADW_TYPE_BIN)

/* What the record will be called, as far as that is typed. */
static char *
dup_title (KvarDraft *draft)
{
  KvarColumn *label = kvar_table_get_label_column (kvar_draft_get_table (draft));
  g_autofree char *typed = label != NULL ? kvar_draft_get_input (draft, label) : NULL;

  if (typed != NULL && *typed != '\0')
    return g_steal_pointer (&typed);

  return g_strdup (_("New Record"));
}

static const char *
choose_icon (KvarDraft *draft)
{
  switch (kvar_draft_get_state (draft))
    {
    case KVAR_DRAFT_PARKED:
      return "dialog-warning-symbolic";

    case KVAR_DRAFT_QUEUED:
      return "mail-send-symbolic";

    case KVAR_DRAFT_OPEN:
    default:
      return "document-edit-symbolic";
    }
}

static GtkWidget *
create_chip (KvarNewDraftsBar *self,
             KvarDraft        *draft)
{
  g_autoptr(KvarRoute) route = kvar_draft_new_route (draft);
  g_autofree char *target = kvar_route_to_string (route);
  g_autofree char *title = dup_title (draft);
  g_autofree char *name = NULL;
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *chip = gtk_button_new ();

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), MIN (g_utf8_strlen (title, -1), 12));
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name (choose_icon (draft)));
  gtk_box_append (GTK_BOX (content), label);

  /* Translators: %s is the title of a new record that is not saved yet. */
  name = g_strdup_printf (_("Open Draft: %s"), title);
  gtk_button_set_child (GTK_BUTTON (chip), content);
  gtk_widget_set_tooltip_text (chip, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (chip, "chip");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (chip), "win.navigate");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (chip), "s", target);

  return chip;
}

/* Instead of hundreds of chips, which nobody looks through here. */
static GtkWidget *
create_more (guint n)
{
  g_autofree char *text = NULL;
  GtkWidget *chip;

  /* Translators: %u is a number of drafts that are not shown. */
  text = g_strdup_printf (ngettext ("%u More", "%u More", n), n);
  chip = gtk_button_new_with_label (text);
  gtk_widget_add_css_class (chip, "chip");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (chip), "win.navigate");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (chip), "s", "/drafts");

  return chip;
}

static gboolean
is_listed (KvarNewDraftsBar *self,
           KvarDraft        *draft)
{
  return kvar_draft_is_new (draft) &&
         g_strcmp0 (kvar_table_get_name (kvar_draft_get_table (draft)),
                    kvar_table_get_name (self->table)) == 0 &&
         (self->edits == NULL || kvar_row_edits_find_new_row (self->edits, draft) == NULL);
}

static void
rebuild (KvarNewDraftsBar *self)
{
  GListModel *drafts = G_LIST_MODEL (self->drafts);
  GtkWidget *chip = NULL;
  guint n = 0;

  while ((chip = gtk_widget_get_last_child (GTK_WIDGET (self->box))) !=
         gtk_widget_get_first_child (GTK_WIDGET (self->box)))
    gtk_box_remove (self->box, chip);

  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++)
    {
      g_autoptr(KvarDraft) draft = g_list_model_get_item (drafts, i);

      if (!is_listed (self, draft))
        continue;

      if (n < MAX_CHIPS)
        gtk_box_append (self->box, create_chip (self, draft));
      n++;
    }
  if (n > MAX_CHIPS)
    gtk_box_append (self->box, create_more (n - MAX_CHIPS));

  gtk_revealer_set_reveal_child (self->revealer, n > 0);
}

static void
kvar_new_drafts_bar_dispose (GObject *object)
{
  KvarNewDraftsBar *self = KVAR_NEW_DRAFTS_BAR (object);

  g_clear_object (&self->drafts);
  g_clear_object (&self->table);
  g_clear_object (&self->edits);

  G_OBJECT_CLASS (kvar_new_drafts_bar_parent_class)->dispose (object);
}

static void
kvar_new_drafts_bar_class_init (KvarNewDraftsBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kvar_new_drafts_bar_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kvar_new_drafts_bar_init (KvarNewDraftsBar *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *heading = gtk_label_new (_("Drafts"));

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  gtk_widget_add_css_class (heading, "dim-label");
  gtk_box_append (self->box, heading);
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "filter-bar");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled),
                                  GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->box));

  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_child (self->revealer, scrolled);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->revealer));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Drafts"), -1);
}

/**
 * kvar_new_drafts_bar_set_table:
 * @table: whose new records are listed, as long as there are any
 */
void
kvar_new_drafts_bar_set_table (KvarNewDraftsBar *self,
                               KvarDraftStore   *drafts,
                               KvarTable        *table)
{
  g_return_if_fail (KVAR_IS_NEW_DRAFTS_BAR (self));
  g_return_if_fail (KVAR_IS_DRAFT_STORE (drafts));
  g_return_if_fail (KVAR_IS_TABLE (table));

  if (self->drafts != NULL)
    g_signal_handlers_disconnect_by_func (self->drafts, rebuild, self);
  g_set_object (&self->drafts, drafts);
  g_set_object (&self->table, table);
  g_signal_connect_object (drafts, "items-changed", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drafts, "state-changed", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  rebuild (self);
}

/**
 * kvar_new_drafts_bar_set_edits:
 * @edits: of the list below
 *
 * A new record that is typed in a row of the list is listed there, and not here as well.
 */
void
kvar_new_drafts_bar_set_edits (KvarNewDraftsBar *self,
                               KvarRowEdits     *edits)
{
  g_return_if_fail (KVAR_IS_NEW_DRAFTS_BAR (self));
  g_return_if_fail (KVAR_IS_ROW_EDITS (edits));
  g_return_if_fail (self->drafts != NULL);

  if (!g_set_object (&self->edits, edits))
    return;

  g_signal_connect_object (kvar_row_edits_get_new_rows (edits), "items-changed",
                           G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  rebuild (self);
}
