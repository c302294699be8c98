/* kvar-filter-popover.c: where a condition is put together: column, comparison, value
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-filter-popover"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-filter-popover.h"
#include "kvar-inner-name.h"
#include "records/kvar-filter-op.h"
#include "records/kvar-filter-text.h"

/* By KvarFilterOp. */
static const char *const labels[] = {
  N_("is"), N_("is not"), N_("contains"), N_("is at least"), N_("is at most"), N_("has no value"),
  N_("has a value"),
};

G_STATIC_ASSERT (G_N_ELEMENTS (labels) == KVAR_FILTER_N_OPS);

struct _KvarFilterPopover
{
  GtkPopover   parent_instance;

  KvarTable   *table;          /* (nullable) */
  KvarQuery   *query;          /* (nullable) whose conditions they are */
  gboolean     changing;       /* one that is there; else another one is added */
  guint        index;          /* of that one, */
  guint        member;         /* and which of its alternatives */
  GPtrArray   *columns;        /* KvarColumn, as in column_choice */
  GArray      *ops;            /* KvarFilterOp, as in op_choice */

  GtkDropDown *column_choice;
  GtkDropDown *op_choice;
  GtkEntry    *entry;
  GtkDropDown *place_choice;
  GtkLabel    *problem_label;
  GtkWidget   *add_button;
};

G_DEFINE_FINAL_TYPE (KvarFilterPopover, kvar_filter_popover, GTK_TYPE_POPOVER)

static KvarColumn *
get_column (KvarFilterPopover *self)
{
  guint position = gtk_drop_down_get_selected (self->column_choice);

  return position < self->columns->len ? g_ptr_array_index (self->columns, position) : NULL;
}

/* KVAR_FILTER_N_OPS if there is none. */
static KvarFilterOp
get_op (KvarFilterPopover *self)
{
  guint position = gtk_drop_down_get_selected (self->op_choice);

  return position < self->ops->len ? g_array_index (self->ops, KvarFilterOp, position)
                                   : KVAR_FILTER_N_OPS;
}

static void
set_problem (KvarFilterPopover *self,
             const char        *sentence)
{
  gtk_label_set_label (self->problem_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), sentence != NULL);
}

static void
update (KvarFilterPopover *self)
{
  KvarFilterOp op = get_op (self);
  gboolean takes_value = op < KVAR_FILTER_N_OPS && kvar_filter_op_takes_value (op);

  set_problem (self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->entry), takes_value);
  gtk_widget_set_sensitive (self->add_button,
                            op < KVAR_FILTER_N_OPS &&
                            (!takes_value ||
                             *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0'));
}

/* Where what is added goes: beside all others, or as an alternative to one of them. */
static void
get_place (KvarFilterPopover *self,
           guint             *index,
           guint             *member)
{
  guint place = gtk_drop_down_get_selected (self->place_choice);

  *index = self->index;
  *member = self->member;
  if (self->changing)
    return;

  *index = place == 0 || place == GTK_INVALID_LIST_POSITION ? G_MAXUINT : place - 1;
  *member = G_MAXUINT;
}

static void
column_selected_cb (KvarFilterPopover *self)
{
  g_autoptr(GtkStringList) shown = gtk_string_list_new (NULL);
  KvarColumn *column = get_column (self);

  g_array_set_size (self->ops, 0);
  for (KvarFilterOp op = 0; column != NULL && op < KVAR_FILTER_N_OPS; op++)
    {
      if (!kvar_filter_op_suits (op, column))
        continue;

      gtk_string_list_append (shown, _(labels[op]));
      g_array_append_val (self->ops, op);
    }
  gtk_drop_down_set_model (self->op_choice, G_LIST_MODEL (shown));
  update (self);
}

static void
add_cb (KvarFilterPopover *self)
{
  KvarColumn *column = get_column (self);
  KvarFilterOp op = get_op (self);
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr(KvarFilter) filter = NULL;
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;
  g_autoptr(GError) error = NULL;
  guint index, member;

  if (column == NULL || !gtk_widget_get_sensitive (self->add_button))
    return;

  filter = kvar_filter_op_build (op, column, typed, &error);
  if (filter == NULL)
    {
      set_problem (self, error->message);
      return;
    }

  name = kvar_filter_to_name (filter);
  value = kvar_filter_to_value (filter);
  get_place (self, &index, &member);
  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "page.put-filter", "(uuss)", index, member, name,
                              value);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static void
update_place (KvarFilterPopover *self)
{
  g_autoptr(GtkStringList) places = gtk_string_list_new (NULL);
  guint n = self->query != NULL && self->table != NULL ? kvar_query_get_n_filters (self->query)
                                                       : 0;

  gtk_string_list_append (places, _("In addition to the others"));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = kvar_filter_text (kvar_query_get_filter (self->query, i),
                                                self->table);
      /* Translators: %s is a condition such as "Status is open". */
      g_autofree char *place = g_strdup_printf (_("Or: %s"), text);

      gtk_string_list_append (places, place);
    }
  gtk_drop_down_set_model (self->place_choice, G_LIST_MODEL (places));
  gtk_widget_set_visible (GTK_WIDGET (self->place_choice), n > 0 && !self->changing);
  gtk_button_set_label (GTK_BUTTON (self->add_button),
                        self->changing ? _("_Change Filter") : _("_Add Filter"));
}

static void
hidden_cb (KvarFilterPopover *self)
{
  if (self->changing)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  self->changing = FALSE;
}

static void
shown_cb (KvarFilterPopover *self)
{
  update_place (self);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->column_choice));
}

static void
kvar_filter_popover_finalize (GObject *object)
{
  KvarFilterPopover *self = KVAR_FILTER_POPOVER (object);

  g_clear_object (&self->table);
  g_clear_pointer (&self->query, kvar_query_unref);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->ops, g_array_unref);

  G_OBJECT_CLASS (kvar_filter_popover_parent_class)->finalize (object);
}

static void
kvar_filter_popover_class_init (KvarFilterPopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = kvar_filter_popover_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/widgets/kvar-filter-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarFilterPopover, column_choice);
  gtk_widget_class_bind_template_child (widget_class, KvarFilterPopover, op_choice);
  gtk_widget_class_bind_template_child (widget_class, KvarFilterPopover, entry);
  gtk_widget_class_bind_template_child (widget_class, KvarFilterPopover, place_choice);
  gtk_widget_class_bind_template_child (widget_class, KvarFilterPopover, problem_label);
  gtk_widget_class_bind_template_child (widget_class, KvarFilterPopover, add_button);
  gtk_widget_class_bind_template_callback (widget_class, column_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, hidden_cb);
}

static void
kvar_filter_popover_init (KvarFilterPopover *self)
{
  g_autoptr(GtkExpression) string = NULL;

  self->columns = g_ptr_array_new_with_free_func (g_object_unref);
  self->ops = g_array_new (FALSE, FALSE, sizeof (KvarFilterOp));

  gtk_widget_init_template (GTK_WIDGET (self));
  kvar_inner_name_set (GTK_WIDGET (self->column_choice), GTK_TYPE_TOGGLE_BUTTON, _("Column"));
  kvar_inner_name_set (GTK_WIDGET (self->place_choice), GTK_TYPE_TOGGLE_BUTTON, _("Together"));
  kvar_inner_name_set (GTK_WIDGET (self->op_choice), GTK_TYPE_TOGGLE_BUTTON, _("Condition"));

  /* What the search in the list of columns looks at. */
  string = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  gtk_drop_down_set_expression (self->column_choice, string);
}

void
kvar_filter_popover_set_table (KvarFilterPopover *self,
                               KvarTable         *table)
{
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);

  g_return_if_fail (KVAR_IS_FILTER_POPOVER (self));
  g_return_if_fail (KVAR_IS_TABLE (table));

  if (!g_set_object (&self->table, table))
    return;

  g_ptr_array_set_size (self->columns, 0);
  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    {
      KvarColumn *column = kvar_table_get_column (table, i);

      if (!kvar_column_get_can_select (column) ||
          !(kvar_filter_op_suits (KVAR_FILTER_OP_EQUALS, column) ||
            kvar_filter_op_suits (KVAR_FILTER_OP_CONTAINS, column) ||
            kvar_filter_op_suits (KVAR_FILTER_OP_NONE, column)))
        continue;

      g_ptr_array_add (self->columns, g_object_ref (column));
      gtk_string_list_append (titles, kvar_column_get_title (column));
    }
  gtk_drop_down_set_model (self->column_choice, G_LIST_MODEL (titles));
  column_selected_cb (self);
}

void
kvar_filter_popover_set_query (KvarFilterPopover *self,
                               KvarQuery         *query)
{
  g_return_if_fail (KVAR_IS_FILTER_POPOVER (self));
  g_return_if_fail (query != NULL);

  g_clear_pointer (&self->query, kvar_query_unref);
  self->query = kvar_query_ref (query);
}

static gboolean
choose_column (KvarFilterPopover *self,
               KvarColumn        *column)
{
  guint position;

  if (column == NULL || !g_ptr_array_find (self->columns, column, &position))
    return FALSE;

  gtk_drop_down_set_selected (self->column_choice, position);
  column_selected_cb (self);

  return TRUE;
}

/**
 * kvar_filter_popover_change:
 * @index: which of the query's conditions
 * @member: which of its alternatives
 *
 * Fills in a condition that is there, to be changed when the popover is shown next. One that
 * cannot be put together here begins anew.
 */
void
kvar_filter_popover_change (KvarFilterPopover *self,
                            guint              index,
                            guint              member)
{
  g_autofree char *typed = NULL;
  KvarColumn *column = NULL;
  KvarFilter *filter;
  KvarFilterOp op;

  g_return_if_fail (KVAR_IS_FILTER_POPOVER (self));
  g_return_if_fail (self->query != NULL && self->table != NULL);

  filter = kvar_query_get_member (self->query, index, member);
  if (kvar_filter_get_kind (filter) == KVAR_FILTER_CONDITION)
    column = kvar_table_find_column (self->table, kvar_filter_get_column (filter));

  self->changing = TRUE;
  self->index = index;
  self->member = member;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  if (!choose_column (self, column) || !kvar_filter_op_read (filter, column, &op, &typed))
    return;

  for (guint i = 0; i < self->ops->len; i++)
    if (g_array_index (self->ops, KvarFilterOp, i) == op)
      gtk_drop_down_set_selected (self->op_choice, i);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), typed);
}
