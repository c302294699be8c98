/* kvar-shortcuts.h: the one table of keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where a key means something. Everywhere is everywhere; the others never meet each other. */
typedef enum
{
  KVAR_KEYS_EVERYWHERE,
  KVAR_KEYS_RECORDS,
  KVAR_KEYS_EDITING,
  KVAR_KEYS_TITLES,
  KVAR_KEYS_RECORD,
  KVAR_KEYS_CONFLICT,
  KVAR_KEYS_REPORT,
  KVAR_KEYS_EXPORTS,
  KVAR_KEYS_FILES,
  KVAR_KEYS_DRAFTS,
  KVAR_KEYS_LOGIN,
  KVAR_N_KEYS,
} KvarKeys;

/**
 * KvarShortcut:
 * @action: (nullable): the detailed action the keys activate; %NULL where a widget has them
 * @accels: one or several, separated by spaces
 * @label: untranslated; what the shortcuts window says
 */
typedef struct
{
  KvarKeys    keys;
  const char *action;
  const char *accels;
  const char *label;
} KvarShortcut;

const KvarShortcut *kvar_shortcuts_get        (guint          *n_shortcuts);
void                kvar_shortcuts_install    (GtkApplication *application);
GtkWidget          *kvar_shortcuts_window_new (GtkWindow      *transient_for);

G_END_DECLS
