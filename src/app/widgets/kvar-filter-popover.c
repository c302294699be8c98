/* kvar-filter-popover.c: where a condition is put together: column, comparison, value
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-filter-popover"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-filter-popover.h"
#include "kvar-inner-name.h"
#include "records/kvar-value.h"

typedef enum
{
  OP_EQUALS,
  OP_DIFFERS,
  OP_CONTAINS,
  OP_AT_LEAST,
  OP_AT_MOST,
  OP_NONE,
  OP_ANY,
} Op;

typedef struct
{
  Op          op;
  const char *label;
  const char *name;       /* PostgREST's */
  gboolean    takes_value;
} OpRow;

static const OpRow op_rows[] = {
  { OP_EQUALS, N_("is"), "eq", TRUE },
  { OP_DIFFERS, N_("is not"), "neq", TRUE },
  { OP_CONTAINS, N_("contains"), "ilike", TRUE },
  { OP_AT_LEAST, N_("is at least"), "gte", TRUE },
  { OP_AT_MOST, N_("is at most"), "lte", TRUE },
  { OP_NONE, N_("has no value"), "is", FALSE },
  { OP_ANY, N_("has a value"), "not.is", FALSE },
};

struct _KvarFilterPopover
{
  GtkPopover   parent_instance;

  KvarTable   *table;          /* (nullable) */
  GPtrArray   *columns;        /* KvarColumn, as in column_choice */
  GArray      *ops;            /* Op, as in op_choice */

  GtkDropDown *column_choice;
  GtkDropDown *op_choice;
  GtkEntry    *entry;
  GtkLabel    *problem_label;
  GtkWidget   *add_button;
};

G_DEFINE_FINAL_TYPE (KvarFilterPopover, kvar_filter_popover, GTK_TYPE_POPOVER)

static gboolean
suits (Op          op,
       KvarColumn *column)
{
  KvarType *type = kvar_column_get_column_type (column);
  KvarKind kind = kvar_column_get_kind (column);

  switch (op)
    {
    case OP_CONTAINS:
      return kind == KVAR_KIND_TEXT;

    case OP_EQUALS:
    case OP_DIFFERS:
      return kvar_type_has_equality (type);

    case OP_AT_LEAST:
    case OP_AT_MOST:
      return kvar_type_is_sortable (type) && kind != KVAR_KIND_TEXT &&
             kind != KVAR_KIND_BOOLEAN && kind != KVAR_KIND_UUID && kind != KVAR_KIND_ENUM;

    default:
      return kvar_column_get_nullable (column);
    }
}

static KvarColumn *
get_column (KvarFilterPopover *self)
{
  guint position = gtk_drop_down_get_selected (self->column_choice);

  return position < self->columns->len ? g_ptr_array_index (self->columns, position) : NULL;
}

static const OpRow *
get_op (KvarFilterPopover *self)
{
  guint position = gtk_drop_down_get_selected (self->op_choice);

  return position < self->ops->len ? &op_rows[g_array_index (self->ops, Op, position)] : NULL;
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
  const OpRow *op = get_op (self);
  gboolean takes_value = op != NULL && op->takes_value;

  set_problem (self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->entry), takes_value);
  gtk_widget_set_sensitive (self->add_button,
                            op != NULL &&
                            (!takes_value ||
                             *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0'));
}

static void
column_selected_cb (KvarFilterPopover *self)
{
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);
  KvarColumn *column = get_column (self);

  g_array_set_size (self->ops, 0);
  for (gsize i = 0; column != NULL && i < G_N_ELEMENTS (op_rows); i++)
    {
      if (!suits (op_rows[i].op, column))
        continue;

      gtk_string_list_append (labels, _(op_rows[i].label));
      g_array_append_val (self->ops, op_rows[i].op);
    }
  gtk_drop_down_set_model (self->op_choice, G_LIST_MODEL (labels));
  update (self);
}

/* As the server wants it: "idag" is a date, "*roof*" a pattern. */
static char *
read_value (KvarFilterPopover *self,
            KvarColumn        *column,
            const OpRow       *op)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr(KvarValue) value = NULL;
  g_autoptr(GError) error = NULL;

  if (!op->takes_value)
    return g_strdup ("null");
  if (op->op == OP_CONTAINS)
    return g_strdup_printf ("*%s*", typed);

  value = kvar_value_parse (kvar_column_get_column_type (column), typed, &error);
  if (value == NULL)
    {
      set_problem (self, error->message);
      return NULL;
    }

  return g_strdup (kvar_value_get_text (value));
}

static void
add_cb (KvarFilterPopover *self)
{
  KvarColumn *column = get_column (self);
  const OpRow *op = get_op (self);
  g_autofree char *value = NULL;

  if (column == NULL || op == NULL || !gtk_widget_get_sensitive (self->add_button))
    return;

  value = read_value (self, column, op);
  if (value == NULL)
    return;

  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "page.add-filter", "(sss)",
                              kvar_column_get_name (column), op->name, value);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static void
shown_cb (KvarFilterPopover *self)
{
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->column_choice));
}

static void
kvar_filter_popover_finalize (GObject *object)
{
  KvarFilterPopover *self = KVAR_FILTER_POPOVER (object);

  g_clear_object (&self->table);
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
  gtk_widget_class_bind_template_child (widget_class, KvarFilterPopover, problem_label);
  gtk_widget_class_bind_template_child (widget_class, KvarFilterPopover, add_button);
  gtk_widget_class_bind_template_callback (widget_class, column_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
}

static void
kvar_filter_popover_init (KvarFilterPopover *self)
{
  g_autoptr(GtkExpression) string = NULL;

  self->columns = g_ptr_array_new_with_free_func (g_object_unref);
  self->ops = g_array_new (FALSE, FALSE, sizeof (Op));

  gtk_widget_init_template (GTK_WIDGET (self));
  kvar_inner_name_set (GTK_WIDGET (self->column_choice), GTK_TYPE_TOGGLE_BUTTON, _("Column"));
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
          !(suits (OP_EQUALS, column) || suits (OP_NONE, column)))
        continue;

      g_ptr_array_add (self->columns, g_object_ref (column));
      gtk_string_list_append (titles, kvar_column_get_title (column));
    }
  gtk_drop_down_set_model (self->column_choice, G_LIST_MODEL (titles));
  column_selected_cb (self);
}
