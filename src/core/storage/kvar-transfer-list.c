/* kvar-transfer-list.c: the files on their way in this process, the newest first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-storage"

#include "config.h"

#include "storage/kvar-transfer-list.h"
#include "storage/kvar-transfer-private.h"

struct _KvarTransferList
{
  GObject    parent_instance;

  GPtrArray *transfers;   /* (element-type KvarTransfer) the newest first */
  guint      n_running;
};

enum {
  PROP_N_RUNNING = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarTransferList, kvar_transfer_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
state_cb (KvarTransferList *self)
{
  guint n_running = 0;

  for (guint i = 0; i < self->transfers->len; i++)
    if (!kvar_transfer_is_over (g_ptr_array_index (self->transfers, i)))
      n_running++;

  if (self->n_running == n_running)
    return;

  self->n_running = n_running;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_RUNNING]);
}

static GType
kvar_transfer_list_get_item_type (GListModel *model)
{
  return KVAR_TYPE_TRANSFER;
}

static guint
kvar_transfer_list_get_n_items (GListModel *model)
{
  return KVAR_TRANSFER_LIST (model)->transfers->len;
}

static gpointer
kvar_transfer_list_get_item (GListModel *model,
                             guint       position)
{
  KvarTransferList *self = KVAR_TRANSFER_LIST (model);

  return position < self->transfers->len
         ? g_object_ref (g_ptr_array_index (self->transfers, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = kvar_transfer_list_get_item_type;
  iface->get_n_items = kvar_transfer_list_get_n_items;
  iface->get_item = kvar_transfer_list_get_item;
}

static void
kvar_transfer_list_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  KvarTransferList *self = KVAR_TRANSFER_LIST (object);

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
kvar_transfer_list_dispose (GObject *object)
{
  KvarTransferList *self = KVAR_TRANSFER_LIST (object);

  if (self->transfers != NULL)
    kvar_transfer_list_suspend (self);
  g_clear_pointer (&self->transfers, g_ptr_array_unref);

  G_OBJECT_CLASS (kvar_transfer_list_parent_class)->dispose (object);
}

static void
kvar_transfer_list_class_init (KvarTransferListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kvar_transfer_list_get_property;
  object_class->dispose = kvar_transfer_list_dispose;

  properties[PROP_N_RUNNING] =
    g_param_spec_uint ("n-running", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kvar_transfer_list_init (KvarTransferList *self)
{
  self->transfers = g_ptr_array_new_with_free_func (g_object_unref);
}

KvarTransferList *
kvar_transfer_list_new (void)
{
  return g_object_new (KVAR_TYPE_TRANSFER_LIST, NULL);
}

static gboolean
has_unfinished (KvarTransferList *self,
                KvarTransfer     *transfer)
{
  for (guint i = 0; i < self->transfers->len; i++)
    {
      KvarTransfer *other = g_ptr_array_index (self->transfers, i);

      if (!kvar_transfer_is_over (other) && !other->suspended &&
          g_str_equal (other->id, transfer->id))
        return TRUE;
    }

  return FALSE;
}

/**
 * kvar_transfer_list_restore:
 *
 * Goes on with what the user of @session had under way when Kvar ended.
 */
void
kvar_transfer_list_restore (KvarTransferList *self,
                            KvarSession      *session)
{
  g_autoptr(GPtrArray) kept = NULL;

  g_return_if_fail (KVAR_IS_TRANSFER_LIST (self));
  g_return_if_fail (KVAR_IS_SESSION (session));

  for (guint i = self->transfers->len; i > 0; i--)
    {
      KvarTransfer *transfer = g_ptr_array_index (self->transfers, i - 1);

      if (transfer->suspended)
        kvar_transfer_list_remove (self, transfer);
    }

  kept = kvar_transfer_list_kept (session);
  for (guint i = 0; i < kept->len; i++)
    kvar_transfer_list_start (self, g_ptr_array_index (kept, i));
}

/**
 * kvar_transfer_list_start:
 *
 * Begins @transfer and lists it, unless the very same is under way already.
 */
void
kvar_transfer_list_start (KvarTransferList *self,
                          KvarTransfer     *transfer)
{
  g_return_if_fail (KVAR_IS_TRANSFER_LIST (self));
  g_return_if_fail (KVAR_IS_TRANSFER (transfer));

  if (has_unfinished (self, transfer))
    return;

  g_ptr_array_insert (self->transfers, 0, g_object_ref (transfer));
  g_signal_connect_object (transfer, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
  state_cb (self);
  kvar_transfer_start (transfer);
}

/**
 * kvar_transfer_list_remove:
 *
 * Takes a transfer off the list; one that is not over is cancelled, unless it is suspended.
 */
void
kvar_transfer_list_remove (KvarTransferList *self,
                           KvarTransfer     *transfer)
{
  g_autoptr(KvarTransfer) keep = NULL;
  guint position;

  g_return_if_fail (KVAR_IS_TRANSFER_LIST (self));
  g_return_if_fail (KVAR_IS_TRANSFER (transfer));

  if (!g_ptr_array_find (self->transfers, transfer, &position))
    return;

  keep = g_object_ref (transfer);
  if (!transfer->suspended)
    kvar_transfer_cancel (transfer);
  g_ptr_array_remove_index (self->transfers, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  state_cb (self);
}

/**
 * kvar_transfer_list_suspend:
 *
 * Stops all where they are, so that kvar_transfer_list_restore() can go on with them.
 */
void
kvar_transfer_list_suspend (KvarTransferList *self)
{
  g_return_if_fail (KVAR_IS_TRANSFER_LIST (self));

  for (guint i = 0; i < self->transfers->len; i++)
    kvar_transfer_suspend (g_ptr_array_index (self->transfers, i));
}

/* Returns: how many are not over */
guint
kvar_transfer_list_get_n_running (KvarTransferList *self)
{
  g_return_val_if_fail (KVAR_IS_TRANSFER_LIST (self), 0);

  return self->n_running;
}
