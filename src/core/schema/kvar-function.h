/* kvar-function.h: one database function: a report, an action on a table, or neither
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "schema/kvar-column.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_VOLATILITY_IMMUTABLE,
  KVAR_VOLATILITY_STABLE,
  KVAR_VOLATILITY_VOLATILE,
} KvarVolatility;

#define KVAR_TYPE_FUNCTION (kvar_function_get_type ())

G_DECLARE_FINAL_TYPE (KvarFunction, kvar_function, KVAR, FUNCTION, GObject)

KvarFunction   *kvar_function_new              (const char     *name);

const char     *kvar_function_get_name         (KvarFunction   *self);
const char     *kvar_function_get_title        (KvarFunction   *self);
void            kvar_function_set_title        (KvarFunction   *self,
                                                const char     *title);
const char     *kvar_function_get_help         (KvarFunction   *self);
void            kvar_function_set_help         (KvarFunction   *self,
                                                const char     *help);

/* What must be given; a column of a table of arguments, so that forms can be made of them. */
guint           kvar_function_get_n_arguments  (KvarFunction   *self);
KvarColumn     *kvar_function_get_argument     (KvarFunction   *self,
                                                guint           index);
void            kvar_function_add_argument     (KvarFunction   *self,
                                                KvarColumn     *argument);

/* What comes back, where it is a table: empty when only the result's type is known. */
guint           kvar_function_get_n_results    (KvarFunction   *self);
KvarColumn     *kvar_function_get_result       (KvarFunction   *self,
                                                guint           index);
void            kvar_function_add_result       (KvarFunction   *self,
                                                KvarColumn     *result);
const char     *kvar_function_get_result_type  (KvarFunction   *self);
gboolean        kvar_function_get_returns_set  (KvarFunction   *self);
void            kvar_function_set_result_type  (KvarFunction   *self,
                                                const char     *result_type,
                                                gboolean        returns_set);

KvarVolatility  kvar_function_get_volatility   (KvarFunction   *self);
void            kvar_function_set_volatility   (KvarFunction   *self,
                                                KvarVolatility  volatility);
gboolean        kvar_function_get_is_report    (KvarFunction   *self);
void            kvar_function_set_is_report    (KvarFunction   *self,
                                                gboolean        is_report);
const char     *kvar_function_get_action_table (KvarFunction   *self);
gboolean        kvar_function_get_confirm      (KvarFunction   *self);
void            kvar_function_set_action       (KvarFunction   *self,
                                                const char     *table,
                                                gboolean        confirm);

G_END_DECLS
