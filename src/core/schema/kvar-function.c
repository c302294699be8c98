/* kvar-function.c: one database function: a report, an action on a table, or neither
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-schema"

#include "config.h"

#include "kvar-text-replace.h"
#include "schema/kvar-function.h"
#include "schema/kvar-title.h"

struct _KvarFunction
{
  GObject         parent_instance;

  char           *name;
  char           *title;
  char           *help;           /* (nullable) */
  GPtrArray      *arguments;      /* of KvarColumn */
  GPtrArray      *results;        /* of KvarColumn */
  char           *result_type;    /* (nullable): unknown where OpenAPI was the source */
  char           *action_table;   /* (nullable) */
  KvarVolatility  volatility;

  guint           returns_set : 1;
  guint           is_report : 1;
  guint           confirm : 1;
};

enum {
  PROP_NAME = 1,
  PROP_TITLE,
  PROP_HELP,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KvarFunction, kvar_function, G_TYPE_OBJECT)

static void
kvar_function_finalize (GObject *object)
{
  KvarFunction *self = KVAR_FUNCTION (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->help, g_free);
  g_clear_pointer (&self->arguments, g_ptr_array_unref);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_clear_pointer (&self->result_type, g_free);
  g_clear_pointer (&self->action_table, g_free);

  G_OBJECT_CLASS (kvar_function_parent_class)->finalize (object);
}

static void
kvar_function_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  KvarFunction *self = KVAR_FUNCTION (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_HELP:
      g_value_set_string (value, self->help);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_function_class_init (KvarFunctionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kvar_function_finalize;
  object_class->get_property = kvar_function_get_property;

  properties[PROP_NAME] =
    g_param_spec_string ("name", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HELP] =
    g_param_spec_string ("help", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kvar_function_init (KvarFunction *self)
{
  self->arguments = g_ptr_array_new_with_free_func (g_object_unref);
  self->results = g_ptr_array_new_with_free_func (g_object_unref);
  self->volatility = KVAR_VOLATILITY_VOLATILE;
}

/**
 * kvar_function_new:
 * @name: its name in the database
 *
 * Makes a volatile function without arguments, whose title is made of its name.
 */
KvarFunction *
kvar_function_new (const char *name)
{
  KvarFunction *self;

  g_return_val_if_fail (name != NULL, NULL);

  self = g_object_new (KVAR_TYPE_FUNCTION, NULL);
  self->name = g_strdup (name);
  self->title = kvar_title_from_name (name);
  return self;
}

const char *
kvar_function_get_name (KvarFunction *self)
{
  g_return_val_if_fail (KVAR_IS_FUNCTION (self), NULL);

  return self->name;
}

const char *
kvar_function_get_title (KvarFunction *self)
{
  g_return_val_if_fail (KVAR_IS_FUNCTION (self), NULL);

  return self->title;
}

void
kvar_function_set_title (KvarFunction *self,
                         const char   *title)
{
  g_return_if_fail (KVAR_IS_FUNCTION (self));

  if (kvar_text_replace (&self->title, title))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/**
 * kvar_function_get_help:
 *
 * Returns: (nullable): the owner's words about it
 */
const char *
kvar_function_get_help (KvarFunction *self)
{
  g_return_val_if_fail (KVAR_IS_FUNCTION (self), NULL);

  return self->help;
}

void
kvar_function_set_help (KvarFunction *self,
                        const char   *help)
{
  g_return_if_fail (KVAR_IS_FUNCTION (self));

  if (kvar_text_replace (&self->help, help))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HELP]);
}

guint
kvar_function_get_n_arguments (KvarFunction *self)
{
  g_return_val_if_fail (KVAR_IS_FUNCTION (self), 0);

  return self->arguments->len;
}

/**
 * kvar_function_get_argument:
 *
 * Returns: (transfer none): an argument as a column, so that a form can be made of it
 */
KvarColumn *
kvar_function_get_argument (KvarFunction *self,
                            guint         index)
{
  g_return_val_if_fail (KVAR_IS_FUNCTION (self), NULL);
  g_return_val_if_fail (index < self->arguments->len, NULL);

  return g_ptr_array_index (self->arguments, index);
}

void
kvar_function_add_argument (KvarFunction *self,
                            KvarColumn   *argument)
{
  g_return_if_fail (KVAR_IS_FUNCTION (self));

  g_return_if_fail (KVAR_IS_COLUMN (argument));

  g_ptr_array_add (self->arguments, g_object_ref (argument));
}

/**
 * kvar_function_get_n_results:
 *
 * Returns: the columns of the table that comes back, 0 where only the result's type is known
 */
guint
kvar_function_get_n_results (KvarFunction *self)
{
  g_return_val_if_fail (KVAR_IS_FUNCTION (self), 0);

  return self->results->len;
}

KvarColumn *
kvar_function_get_result (KvarFunction *self,
                          guint         index)
{
  g_return_val_if_fail (KVAR_IS_FUNCTION (self), NULL);
  g_return_val_if_fail (index < self->results->len, NULL);

  return g_ptr_array_index (self->results, index);
}

void
kvar_function_add_result (KvarFunction *self,
                          KvarColumn   *result)
{
  g_return_if_fail (KVAR_IS_FUNCTION (self));

  g_return_if_fail (KVAR_IS_COLUMN (result));

  g_ptr_array_add (self->results, g_object_ref (result));
}

/**
 * kvar_function_get_result_type:
 *
 * Returns: (nullable): PostgreSQL's words for what comes back
 */
const char *
kvar_function_get_result_type (KvarFunction *self)
{
  g_return_val_if_fail (KVAR_IS_FUNCTION (self), NULL);

  return self->result_type;
}

gboolean
kvar_function_get_returns_set (KvarFunction *self)
{
  g_return_val_if_fail (KVAR_IS_FUNCTION (self), FALSE);

  return self->returns_set;
}

void
kvar_function_set_result_type (KvarFunction *self,
                               const char   *result_type,
                               gboolean      returns_set)
{
  g_return_if_fail (KVAR_IS_FUNCTION (self));

  kvar_text_replace (&self->result_type, result_type);
  self->returns_set = !!returns_set;
}

KvarVolatility
kvar_function_get_volatility (KvarFunction *self)
{
  g_return_val_if_fail (KVAR_IS_FUNCTION (self), KVAR_VOLATILITY_VOLATILE);

  return self->volatility;
}

void
kvar_function_set_volatility (KvarFunction   *self,
                              KvarVolatility  volatility)
{
  g_return_if_fail (KVAR_IS_FUNCTION (self));

  self->volatility = volatility;
}

gboolean
kvar_function_get_is_report (KvarFunction *self)
{
  g_return_val_if_fail (KVAR_IS_FUNCTION (self), FALSE);

  return self->is_report;
}

void
kvar_function_set_is_report (KvarFunction *self,
                             gboolean      is_report)
{
  g_return_if_fail (KVAR_IS_FUNCTION (self));

  self->is_report = !!is_report;
}

/**
 * kvar_function_get_action_table:
 *
 * Returns: (nullable): the table on whose rows it acts
 */
const char *
kvar_function_get_action_table (KvarFunction *self)
{
  g_return_val_if_fail (KVAR_IS_FUNCTION (self), NULL);

  return self->action_table;
}

/**
 * kvar_function_get_confirm:
 *
 * Returns: whether the owner wants people to be asked before it runs
 */
gboolean
kvar_function_get_confirm (KvarFunction *self)
{
  g_return_val_if_fail (KVAR_IS_FUNCTION (self), FALSE);

  return self->confirm;
}

void
kvar_function_set_action (KvarFunction *self,
                          const char   *table,
                          gboolean      confirm)
{
  g_return_if_fail (KVAR_IS_FUNCTION (self));

  kvar_text_replace (&self->action_table, table);
  self->confirm = !!confirm;
}
