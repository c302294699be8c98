/* kvar-go-entry.c: something that one can go to by name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-go"

#include "config.h"

#include "kvar-go-entry.h"

struct _KvarGoEntry
{
  GObject     parent_instance;

  KvarGoKind  kind;
  char       *title;
  char       *detail;
  char       *action;
  GVariant   *target;    /* (nullable) */
  char       *keys;      /* (nullable) an accelerator */
};

G_DEFINE_FINAL_TYPE (KvarGoEntry, kvar_go_entry, G_TYPE_OBJECT)

static void
kvar_go_entry_finalize (GObject *object)
{
  KvarGoEntry *self = KVAR_GO_ENTRY (object);

  g_free (self->title);
  g_free (self->detail);
  g_free (self->action);
  g_clear_pointer (&self->target, g_variant_unref);
  g_free (self->keys);

  G_OBJECT_CLASS (kvar_go_entry_parent_class)->finalize (object);
}

static void
kvar_go_entry_class_init (KvarGoEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kvar_go_entry_finalize;
}

static void
kvar_go_entry_init (KvarGoEntry *self)
{
}

/**
 * kvar_go_entry_new:
 * @detail: what it is, in a word or two
 * @action: what the window does when it is chosen
 * @target: (nullable): with which parameter
 */
KvarGoEntry *
kvar_go_entry_new (KvarGoKind  kind,
                   const char *title,
                   const char *detail,
                   const char *action,
                   GVariant   *target)
{
  KvarGoEntry *self;

  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (detail != NULL, NULL);
  g_return_val_if_fail (action != NULL, NULL);

  self = g_object_new (KVAR_TYPE_GO_ENTRY, NULL);
  self->kind = kind;
  self->title = g_strdup (title);
  self->detail = g_strdup (detail);
  self->action = g_strdup (action);
  self->target = target != NULL ? g_variant_ref_sink (target) : NULL;

  return self;
}

/**
 * kvar_go_entry_new_place:
 * @route: where it leads
 */
KvarGoEntry *
kvar_go_entry_new_place (KvarGoKind  kind,
                         const char *title,
                         const char *detail,
                         const char *route)
{
  g_return_val_if_fail (route != NULL, NULL);

  return kvar_go_entry_new (kind, title, detail, "win.navigate", g_variant_new_string (route));
}

KvarGoKind
kvar_go_entry_get_kind (KvarGoEntry *self)
{
  g_return_val_if_fail (KVAR_IS_GO_ENTRY (self), KVAR_GO_COMMAND);

  return self->kind;
}

const char *
kvar_go_entry_get_title (KvarGoEntry *self)
{
  g_return_val_if_fail (KVAR_IS_GO_ENTRY (self), NULL);

  return self->title;
}

const char *
kvar_go_entry_get_detail (KvarGoEntry *self)
{
  g_return_val_if_fail (KVAR_IS_GO_ENTRY (self), NULL);

  return self->detail;
}

const char *
kvar_go_entry_get_action (KvarGoEntry *self)
{
  g_return_val_if_fail (KVAR_IS_GO_ENTRY (self), NULL);

  return self->action;
}

/**
 * kvar_go_entry_get_target:
 *
 * Returns: (transfer none) (nullable)
 */
GVariant *
kvar_go_entry_get_target (KvarGoEntry *self)
{
  g_return_val_if_fail (KVAR_IS_GO_ENTRY (self), NULL);

  return self->target;
}

/**
 * kvar_go_entry_get_route:
 *
 * Returns: (nullable): where it leads; %NULL if it does something else
 */
const char *
kvar_go_entry_get_route (KvarGoEntry *self)
{
  g_return_val_if_fail (KVAR_IS_GO_ENTRY (self), NULL);

  return g_str_equal (self->action, "win.navigate") ? g_variant_get_string (self->target, NULL)
                                                    : NULL;
}

/**
 * kvar_go_entry_get_keys:
 *
 * Returns: (nullable): the accelerator that does the same
 */
const char *
kvar_go_entry_get_keys (KvarGoEntry *self)
{
  g_return_val_if_fail (KVAR_IS_GO_ENTRY (self), NULL);

  return self->keys;
}

void
kvar_go_entry_set_keys (KvarGoEntry *self,
                        const char  *keys)
{
  g_return_if_fail (KVAR_IS_GO_ENTRY (self));

  g_free (self->keys);
  self->keys = g_strdup (keys);
}
