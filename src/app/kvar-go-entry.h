/* kvar-go-entry.h: something that one can go to by name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Of two that answer equally well, the earlier kind comes first. */
typedef enum
{
  KVAR_GO_TABLE,
  KVAR_GO_VIEW,
  KVAR_GO_REPORT,
  KVAR_GO_PAGE,
  KVAR_GO_DRAFT,
  KVAR_GO_RECORD,
  KVAR_GO_COMMAND,
} KvarGoKind;

#define KVAR_TYPE_GO_ENTRY (kvar_go_entry_get_type ())

G_DECLARE_FINAL_TYPE (KvarGoEntry, kvar_go_entry, KVAR, GO_ENTRY, GObject)

KvarGoEntry *kvar_go_entry_new          (KvarGoKind   kind,
                                         const char  *title,
                                         const char  *detail,
                                         const char  *action,
                                         GVariant    *target);
KvarGoEntry *kvar_go_entry_new_place    (KvarGoKind   kind,
                                         const char  *title,
                                         const char  *detail,
                                         const char  *route);
KvarGoKind   kvar_go_entry_get_kind     (KvarGoEntry *self);
const char  *kvar_go_entry_get_title    (KvarGoEntry *self);
const char  *kvar_go_entry_get_detail   (KvarGoEntry *self);
const char  *kvar_go_entry_get_action   (KvarGoEntry *self);
GVariant    *kvar_go_entry_get_target   (KvarGoEntry *self);
const char  *kvar_go_entry_get_route    (KvarGoEntry *self);
const char  *kvar_go_entry_get_keys     (KvarGoEntry *self);
void         kvar_go_entry_set_keys     (KvarGoEntry *self,
                                         const char  *keys);

G_END_DECLS
