/* kvar-errand-list.c: what is on its way in this process, the newest first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-errand"

#include "config.h"

#include "kvar-errand-list.h"

struct _KvarErrandList
{
  GObject    parent_instance;

  GPtrArray *errands;     /* (element-type KvarErrand) the newest first */
  guint      n_running;
};

enum {
  PROP_N_RUNNING = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum {
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarErrandList, kvar_errand_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
count_running (KvarErrandList *self)
{
  guint n_running = 0;

  for (guint i = 0; i < self->errands->len; i++)
    if (!kvar_errand_is_over (g_ptr_array_index (self->errands, i)))
      n_running++;

  if (self->n_running == n_running)
    return;

  self->n_running = n_running;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_RUNNING]);
}

static void
state_cb (KvarErrandList *self,
          GParamSpec     *pspec,
          KvarErrand     *errand)
{
  KvarErrandState state = kvar_errand_get_state (errand);

  if (state == KVAR_ERRAND_DONE || state == KVAR_ERRAND_FAILED)
    g_signal_emit (self, signals[ENDED], 0, errand);
  count_running (self);
}

static GType
kvar_errand_list_get_item_type (GListModel *model)
{
  return KVAR_TYPE_ERRAND;
}

static guint
kvar_errand_list_get_n_items (GListModel *model)
{
  return KVAR_ERRAND_LIST (model)->errands->len;
}

static gpointer
kvar_errand_list_get_item (GListModel *model,
                           guint       position)
{
  KvarErrandList *self = KVAR_ERRAND_LIST (model);

  return position < self->errands->len
         ? g_object_ref (g_ptr_array_index (self->errands, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = kvar_errand_list_get_item_type;
  iface->get_n_items = kvar_errand_list_get_n_items;
  iface->get_item = kvar_errand_list_get_item;
}

static void
kvar_errand_list_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  KvarErrandList *self = KVAR_ERRAND_LIST (object);

  switch (prop_id)
    {
    case PROP_N_RUNNING:
      g_value_set_uint (value, self->n_running);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_errand_list_finalize (GObject *object)
{
  KvarErrandList *self = KVAR_ERRAND_LIST (object);

  g_clear_pointer (&self->errands, g_ptr_array_unref);

  G_OBJECT_CLASS (kvar_errand_list_parent_class)->finalize (object);
}

static void
kvar_errand_list_class_init (KvarErrandListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kvar_errand_list_finalize;
  object_class->get_property = kvar_errand_list_get_property;

  properties[PROP_N_RUNNING] =
    g_param_spec_uint ("n-running", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* It is done, or has failed: whoever started it. */
  signals[ENDED] =
    g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, KVAR_TYPE_ERRAND);
}

static void
kvar_errand_list_init (KvarErrandList *self)
{
  self->errands = g_ptr_array_new_with_free_func (g_object_unref);
}

KvarErrandList *
kvar_errand_list_new (void)
{
  return g_object_new (KVAR_TYPE_ERRAND_LIST, NULL);
}

static gboolean
is_under_way (KvarErrandList *self,
              KvarErrand     *errand)
{
  for (guint i = 0; i < self->errands->len; i++)
    {
      KvarErrand *other = g_ptr_array_index (self->errands, i);

      if (!kvar_errand_is_over (other) && kvar_errand_is_same (errand, other))
        return TRUE;
    }

  return FALSE;
}

/**
 * kvar_errand_list_start:
 *
 * Starts @errand and lists it, unless the very same is under way already.
 */
void
kvar_errand_list_start (KvarErrandList *self,
                        KvarErrand     *errand)
{
  g_return_if_fail (KVAR_IS_ERRAND_LIST (self));
  g_return_if_fail (KVAR_IS_ERRAND (errand));

  if (is_under_way (self, errand))
    return;

  g_ptr_array_insert (self->errands, 0, g_object_ref (errand));
  g_signal_connect_object (errand, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
  count_running (self);
  kvar_errand_start (errand);
}

/**
 * kvar_errand_list_remove:
 *
 * Takes @errand off the list; one that is not over is cancelled.
 */
void
kvar_errand_list_remove (KvarErrandList *self,
                         KvarErrand     *errand)
{
  g_autoptr(KvarErrand) keep = NULL;
  guint position;

  g_return_if_fail (KVAR_IS_ERRAND_LIST (self));
  g_return_if_fail (KVAR_IS_ERRAND (errand));

  if (!g_ptr_array_find (self->errands, errand, &position))
    return;

  keep = g_object_ref (errand);
  kvar_errand_cancel (errand);
  g_ptr_array_remove_index (self->errands, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  count_running (self);
}

/**
 * kvar_errand_list_run_again:
 * @errand: one of the list that is over
 *
 * Puts another one in its place that does the same.
 */
void
kvar_errand_list_run_again (KvarErrandList *self,
                            KvarErrand     *errand)
{
  g_autoptr(KvarErrand) again = NULL;

  g_return_if_fail (KVAR_IS_ERRAND_LIST (self));
  g_return_if_fail (KVAR_IS_ERRAND (errand));

  again = kvar_errand_dup_again (errand);
  kvar_errand_list_remove (self, errand);
  kvar_errand_list_start (self, again);
}

/* Stops all that run where they are, so that others can go on with them. */
void
kvar_errand_list_suspend (KvarErrandList *self)
{
  g_return_if_fail (KVAR_IS_ERRAND_LIST (self));

  for (guint i = 0; i < self->errands->len; i++)
    kvar_errand_suspend (g_ptr_array_index (self->errands, i));
}

/* Each comes back as a new one. */
void
kvar_errand_list_drop_suspended (KvarErrandList *self)
{
  g_return_if_fail (KVAR_IS_ERRAND_LIST (self));

  for (guint i = self->errands->len; i > 0; i--)
    {
      KvarErrand *errand = g_ptr_array_index (self->errands, i - 1);

      if (kvar_errand_get_state (errand) == KVAR_ERRAND_SUSPENDED)
        kvar_errand_list_remove (self, errand);
    }
}

/* Returns: how many are not over */
guint
kvar_errand_list_get_n_running (KvarErrandList *self)
{
  g_return_val_if_fail (KVAR_IS_ERRAND_LIST (self), 0);

  return self->n_running;
}
