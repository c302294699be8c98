/* kvar-table.h: one table or view of the project, as the signed-in user may see it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "schema/kvar-column.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_TABLE_ORDINARY,
  KVAR_TABLE_PARTITIONED,
  KVAR_TABLE_FOREIGN,
  KVAR_TABLE_VIEW,
  KVAR_TABLE_MATERIALIZED_VIEW,
} KvarTableKind;

#define KVAR_TYPE_TABLE (kvar_table_get_type ())

G_DECLARE_FINAL_TYPE (KvarTable, kvar_table, KVAR, TABLE, GObject)

KvarTable     *kvar_table_new                (const char    *name);

const char    *kvar_table_get_name           (KvarTable     *self);
const char    *kvar_table_get_title          (KvarTable     *self);
void           kvar_table_set_title          (KvarTable     *self,
                                              const char    *title);
void           kvar_table_set_local_title    (KvarTable     *self,
                                              const char    *title);
void           kvar_table_set_source         (KvarTable     *self,
                                              const char    *text);
gboolean       kvar_table_is_same            (KvarTable     *self,
                                              KvarTable     *other);
const char    *kvar_table_get_help           (KvarTable     *self);
void           kvar_table_set_help           (KvarTable     *self,
                                              const char    *help);
KvarTableKind  kvar_table_get_kind           (KvarTable     *self);
void           kvar_table_set_kind           (KvarTable     *self,
                                              KvarTableKind  kind);
gboolean       kvar_table_get_is_view        (KvarTable     *self);
gboolean       kvar_table_get_is_partitioned (KvarTable     *self);
gboolean       kvar_table_get_hidden         (KvarTable     *self);
void           kvar_table_set_hidden         (KvarTable     *self,
                                              gboolean       hidden);

guint          kvar_table_get_n_columns      (KvarTable     *self);
KvarColumn    *kvar_table_get_column         (KvarTable     *self,
                                              guint          index);
KvarColumn    *kvar_table_find_column        (KvarTable     *self,
                                              const char    *name);
int            kvar_table_find_column_index  (KvarTable     *self,
                                              const char    *name);
void           kvar_table_add_column         (KvarTable     *self,
                                              KvarColumn    *column);

const guint   *kvar_table_get_key            (KvarTable     *self,
                                              guint         *n_columns);
gboolean       kvar_table_get_key_guessed    (KvarTable     *self);
gboolean       kvar_table_set_key            (KvarTable     *self,
                                              const char *const *columns,
                                              gboolean       guessed);
gboolean       kvar_table_is_key_column      (KvarTable     *self,
                                              KvarColumn    *column);

guint          kvar_table_get_n_references   (KvarTable     *self);
void           kvar_table_add_reference      (KvarTable     *self,
                                              KvarReference *reference);

KvarColumn    *kvar_table_get_label_column   (KvarTable     *self);
void           kvar_table_set_label_column   (KvarTable     *self,
                                              KvarColumn    *column);
KvarColumn    *kvar_table_get_version_column (KvarTable     *self);
void           kvar_table_set_version_column (KvarTable     *self,
                                              KvarColumn    *column);
KvarColumn    *kvar_table_get_body_column    (KvarTable     *self);
void           kvar_table_set_body_column    (KvarTable     *self,
                                              KvarColumn    *column);

gboolean       kvar_table_can_insert         (KvarTable     *self);
gboolean       kvar_table_can_update         (KvarTable     *self);
gboolean       kvar_table_can_delete         (KvarTable     *self);
void           kvar_table_set_privileges     (KvarTable     *self,
                                              gboolean       can_insert,
                                              gboolean       can_update,
                                              gboolean       can_delete);
gboolean       kvar_table_can_use_xmin       (KvarTable     *self);
void           kvar_table_set_can_use_xmin   (KvarTable     *self,
                                              gboolean       can_use);

void           kvar_table_set_call           (KvarTable     *self,
                                              const char    *arguments,
                                              gboolean       once);
const char    *kvar_table_get_call           (KvarTable     *self);
gboolean       kvar_table_get_calls_once     (KvarTable     *self);

G_END_DECLS
