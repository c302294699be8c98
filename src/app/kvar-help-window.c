/* kvar-help-window.c: the user guide, in the person's language
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The guide is Markdown in data/help, a file for each language. Each paragraph is a label of its
 * own: a screen reader goes from one to the next, and text can be taken along.
 */

#define G_LOG_DOMAIN "kvar-help"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "kvar-help-window.h"
#include "kvar-markdown.h"

#define FOLDER "/io/github/kvarapp/Kvar/help/"

struct _KvarHelpWindow
{
  AdwWindow          parent_instance;

  GtkToggleButton   *search_button;
  GtkSearchBar      *search_bar;
  GtkSearchEntry    *search_entry;
  GtkLabel          *matches_label;
  AdwFlap           *flap;
  GtkListBox        *sections;
  GtkScrolledWindow *scroller;
  GtkBox            *blocks_box;

  GPtrArray         *labels;      /* (element-type GtkLabel): one for each block */
  GArray            *matches;     /* of guint: which labels have what is searched for */
  guint              match;       /* which of them is shown */
};

G_DEFINE_FINAL_TYPE (KvarHelpWindow, kvar_help_window, ADW_TYPE_WINDOW)

static GBytes *
load_text (void)
{
  const char *const *languages = g_get_language_names ();

  for (guint i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (FOLDER, languages[i], ".md", NULL);
      GBytes *text = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

      if (text != NULL)
        return text;
    }

  return g_resources_lookup_data (FOLDER "en.md", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

/**
 * kvar_help_window_dup_text:
 *
 * Returns: (transfer full): the guide as Markdown, in the person's language where there is one
 */
char *
kvar_help_window_dup_text (void)
{
  g_autoptr(GBytes) bytes = load_text ();
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  return g_strndup (text, length);
}

static void
show_label (KvarHelpWindow *self,
            GtkLabel       *label)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (GTK_WIDGET (label), GTK_WIDGET (self->blocks_box), &bounds))
    gtk_adjustment_set_value (adjustment, bounds.origin.y);
}

static void
section_activated_cb (KvarHelpWindow *self,
                      GtkListBoxRow  *row)
{
  GtkLabel *label = g_object_get_data (G_OBJECT (row), "heading");

  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (label));
  gtk_label_select_region (label, 0, 0);
  show_label (self, label);
}

static void
add_section (KvarHelpWindow *self,
             const char     *title,
             GtkLabel       *heading)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data (G_OBJECT (row), "heading", heading);
  gtk_list_box_append (self->sections, row);
}

static const char *
style_of (const KvarBlock *block)
{
  if (block->kind != KVAR_BLOCK_HEADING)
    return block->kind == KVAR_BLOCK_CODE ? "monospace" : "body";

  return block->level == 1 ? "title-1" : "title-2";
}

static GtkWidget *
new_label (const KvarBlock *block)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "accessible-role", block->kind == KVAR_BLOCK_HEADING
                                                        ? GTK_ACCESSIBLE_ROLE_HEADING
                                                        : GTK_ACCESSIBLE_ROLE_LABEL,
                                   "label", block->markup,
                                   "use-markup", TRUE,
                                   "selectable", TRUE,
                                   "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   "xalign", 0.0,
                                   "hexpand", TRUE,
                                   NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  block->text, -1);
  gtk_widget_add_css_class (label, style_of (block));

  return label;
}

static void
add_item (KvarHelpWindow  *self,
          const KvarBlock *block,
          GtkWidget       *label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *mark = block->number > 0 ? g_strdup_printf ("%u.", block->number)
                                            : g_strdup ("•");
  GtkWidget *bullet = gtk_label_new (mark);

  gtk_widget_set_valign (bullet, GTK_ALIGN_START);
  gtk_widget_set_margin_start (box, 12 * block->level);
  gtk_box_append (GTK_BOX (box), bullet);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (self->blocks_box, box);
}

static void
add_block (KvarHelpWindow  *self,
           const KvarBlock *block)
{
  GtkWidget *label = new_label (block);

  if (block->kind == KVAR_BLOCK_ITEM)
    add_item (self, block, label);
  else
    gtk_box_append (self->blocks_box, label);

  if (block->kind == KVAR_BLOCK_HEADING && block->level == 2)
    {
      gtk_widget_set_margin_top (label, 18);
      add_section (self, block->text, GTK_LABEL (label));
    }
  g_ptr_array_add (self->labels, label);
}

static void
load_blocks (KvarHelpWindow *self)
{
  g_autofree char *text = kvar_help_window_dup_text ();
  g_autoptr(GPtrArray) blocks = kvar_markdown_read (text);

  for (guint i = 0; i < blocks->len; i++)
    add_block (self, g_ptr_array_index (blocks, i));
}

/* Returns: where @needle begins in @text, in characters, whatever their case; -1 for nowhere */
static int
find_text (const char *text,
           const char *needle)
{
  glong n = g_utf8_strlen (needle, -1);
  g_autofree char *wanted = g_utf8_casefold (needle, -1);
  const char *end = text;
  int position = 0;

  for (glong i = 0; i < n && *end != '\0'; i++)
    end = g_utf8_next_char (end);

  for (const char *start = text; *start != '\0'; start = g_utf8_next_char (start), position++)
    {
      g_autofree char *part = g_utf8_casefold (start, end - start);

      if (g_str_equal (part, wanted))
        return position;
      if (*end == '\0')
        break;
      end = g_utf8_next_char (end);
    }

  return -1;
}

/* A selection is not seen while the focus is in the search. */
static void
mark (GtkLabel *label,
      int       start,
      int       length)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (label));
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();
  const char *text = gtk_label_get_text (label);
  GdkRGBA back = { 1, 1, 0, 1 };
  GdkRGBA front = { 0, 0, 0, 1 };
  PangoAttribute *marks[2];

  if (!gtk_style_context_lookup_color (style, "accent_bg_color", &back) ||
      !gtk_style_context_lookup_color (style, "accent_fg_color", &front))
    g_debug ("The style has no accent");

  marks[0] = pango_attr_background_new (back.red * 65535, back.green * 65535, back.blue * 65535);
  marks[1] = pango_attr_foreground_new (front.red * 65535, front.green * 65535,
                                        front.blue * 65535);
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      marks[i]->start_index = g_utf8_offset_to_pointer (text, start) - text;
      marks[i]->end_index = g_utf8_offset_to_pointer (text, start + length) - text;
      pango_attr_list_insert (attributes, marks[i]);
    }
  gtk_label_set_attributes (label, attributes);
}

static void
clear_marks (KvarHelpWindow *self)
{
  for (guint i = 0; i < self->labels->len; i++)
    gtk_label_set_attributes (g_ptr_array_index (self->labels, i), NULL);
}

static void
show_match (KvarHelpWindow *self)
{
  const char *needle = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  g_autofree char *text = NULL;
  GtkLabel *label;
  int start;

  clear_marks (self);
  if (self->matches->len == 0)
    {
      gtk_label_set_text (self->matches_label, *needle != '\0' ? _("Not found") : "");
      return;
    }

  label = g_ptr_array_index (self->labels, g_array_index (self->matches, guint, self->match));
  start = find_text (gtk_label_get_text (label), needle);
  mark (label, start, (int)g_utf8_strlen (needle, -1));
  show_label (self, label);
  /* Translators: which of the places that were found is shown. */
  text = g_strdup_printf (_("%u of %u"), self->match + 1, self->matches->len);
  gtk_label_set_text (self->matches_label, text);
}

static void
search_changed_cb (KvarHelpWindow *self)
{
  const char *needle = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  g_array_set_size (self->matches, 0);
  self->match = 0;
  for (guint i = 0; *needle != '\0' && i < self->labels->len; i++)
    if (find_text (gtk_label_get_text (g_ptr_array_index (self->labels, i)), needle) >= 0)
      g_array_append_val (self->matches, i);

  show_match (self);
}

static void
step (KvarHelpWindow *self,
      guint           by)
{
  if (self->matches->len == 0)
    return;

  self->match = (self->match + by) % self->matches->len;
  show_match (self);
}

static void
next_match_cb (KvarHelpWindow *self)
{
  step (self, 1);
}

static void
previous_match_cb (KvarHelpWindow *self)
{
  step (self, self->matches->len - 1);
}

static void
search_activated (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  KvarHelpWindow *self = KVAR_HELP_WINDOW (widget);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
sections_activated (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  AdwFlap *flap = KVAR_HELP_WINDOW (widget)->flap;

  adw_flap_set_reveal_flap (flap, !adw_flap_get_reveal_flap (flap));
}

static void
kvar_help_window_dispose (GObject *object)
{
  KvarHelpWindow *self = KVAR_HELP_WINDOW (object);

  g_clear_pointer (&self->labels, g_ptr_array_unref);
  g_clear_pointer (&self->matches, g_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), KVAR_TYPE_HELP_WINDOW);

  G_OBJECT_CLASS (kvar_help_window_parent_class)->dispose (object);
}

static void
kvar_help_window_class_init (KvarHelpWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_help_window_dispose;

  gtk_widget_class_install_action (widget_class, "help.search", NULL, search_activated);
  gtk_widget_class_install_action (widget_class, "help.sections", NULL, sections_activated);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kvarapp/Kvar/kvar-help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarHelpWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, KvarHelpWindow, search_bar);
  gtk_widget_class_bind_template_child (widget_class, KvarHelpWindow, search_entry);
  gtk_widget_class_bind_template_child (widget_class, KvarHelpWindow, matches_label);
  gtk_widget_class_bind_template_child (widget_class, KvarHelpWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, KvarHelpWindow, sections);
  gtk_widget_class_bind_template_child (widget_class, KvarHelpWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, KvarHelpWindow, blocks_box);
  gtk_widget_class_bind_template_callback (widget_class, section_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_match_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_match_cb);
}

static void
kvar_help_window_init (KvarHelpWindow *self)
{
  self->labels = g_ptr_array_new ();
  self->matches = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  load_blocks (self);
}

/**
 * kvar_help_window_show:
 * @parent: the window that asks for help
 *
 * Shows the guide, or brings the one that @parent has opened before to the front.
 */
void
kvar_help_window_show (GtkWindow *parent)
{
  GListModel *windows = gtk_window_get_toplevels ();
  KvarHelpWindow *help = NULL;

  g_return_if_fail (GTK_IS_WINDOW (parent));

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (KVAR_IS_HELP_WINDOW (window) && gtk_window_get_transient_for (window) == parent)
        {
          gtk_window_present (window);
          return;
        }
    }

  help = g_object_new (KVAR_TYPE_HELP_WINDOW, "transient-for", parent, NULL);
  gtk_window_present (GTK_WINDOW (help));
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (help->sections, 0)));
}
