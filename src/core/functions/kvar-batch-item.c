/* kvar-batch-item.c: one record of those that a function is run for, and what came of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-functions"

#include "config.h"

#include "functions/kvar-batch-item.h"

struct _KvarBatchItem
{
  GObject             parent_instance;

  KvarRecord         *record;
  char               *key;
  char               *title;
  KvarBatchItemState  state;
  char               *text;      /* (nullable) what came of it, in words */
};

enum {
  PROP_STATE = 1,
  PROP_TITLE,
  PROP_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ENUM_TYPE (KvarBatchItemState, kvar_batch_item_state,
                    G_DEFINE_ENUM_VALUE (KVAR_BATCH_ITEM_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (KVAR_BATCH_ITEM_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (KVAR_BATCH_ITEM_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (KVAR_BATCH_ITEM_FAILED, "failed"))

G_DEFINE_FINAL_TYPE (KvarBatchItem, kvar_batch_item, G_TYPE_OBJECT)

static void
kvar_batch_item_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  KvarBatchItem *self = KVAR_BATCH_ITEM (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;

    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;

    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_batch_item_finalize (GObject *object)
{
  KvarBatchItem *self = KVAR_BATCH_ITEM (object);

  g_clear_object (&self->record);
  g_free (self->key);
  g_free (self->title);
  g_free (self->text);

  G_OBJECT_CLASS (kvar_batch_item_parent_class)->finalize (object);
}

static void
kvar_batch_item_class_init (KvarBatchItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = kvar_batch_item_finalize;
  object_class->get_property = kvar_batch_item_get_property;

  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, KVAR_TYPE_BATCH_ITEM_STATE, KVAR_BATCH_ITEM_WAITING,
                       flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kvar_batch_item_init (KvarBatchItem *self)
{
}

/**
 * kvar_batch_item_new:
 * @record: with its key
 */
KvarBatchItem *
kvar_batch_item_new (KvarRecord *record)
{
  KvarBatchItem *self;

  g_return_val_if_fail (KVAR_IS_RECORD (record), NULL);

  self = g_object_new (KVAR_TYPE_BATCH_ITEM, NULL);
  self->record = g_object_ref (record);
  self->key = kvar_record_get_key_string (record);
  self->title = kvar_record_get_title (record);

  return self;
}

KvarRecord *
kvar_batch_item_get_record (KvarBatchItem *self)
{
  g_return_val_if_fail (KVAR_IS_BATCH_ITEM (self), NULL);

  return self->record;
}

/**
 * kvar_batch_item_get_key:
 *
 * Returns: (nullable): the record's key, as routes write it
 */
const char *
kvar_batch_item_get_key (KvarBatchItem *self)
{
  g_return_val_if_fail (KVAR_IS_BATCH_ITEM (self), NULL);

  return self->key;
}

const char *
kvar_batch_item_get_title (KvarBatchItem *self)
{
  g_return_val_if_fail (KVAR_IS_BATCH_ITEM (self), NULL);

  return self->title;
}

KvarBatchItemState
kvar_batch_item_get_state (KvarBatchItem *self)
{
  g_return_val_if_fail (KVAR_IS_BATCH_ITEM (self), KVAR_BATCH_ITEM_WAITING);

  return self->state;
}

/**
 * kvar_batch_item_get_text:
 *
 * Returns: (nullable): what came of it, in words
 */
const char *
kvar_batch_item_get_text (KvarBatchItem *self)
{
  g_return_val_if_fail (KVAR_IS_BATCH_ITEM (self), NULL);

  return self->text;
}

/**
 * kvar_batch_item_set_state:
 * @text: (nullable): what came of it, in words
 */
void
kvar_batch_item_set_state (KvarBatchItem      *self,
                           KvarBatchItemState  state,
                           const char         *text)
{
  g_return_if_fail (KVAR_IS_BATCH_ITEM (self));

  if (self->state == state && g_strcmp0 (self->text, text) == 0)
    return;

  self->state = state;
  g_free (self->text);
  self->text = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}
