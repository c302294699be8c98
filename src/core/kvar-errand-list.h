/* kvar-errand-list.h: what is on its way in this process, the newest first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-errand.h"

G_BEGIN_DECLS

#define KVAR_TYPE_ERRAND_LIST (kvar_errand_list_get_type ())

G_DECLARE_FINAL_TYPE (KvarErrandList, kvar_errand_list, KVAR, ERRAND_LIST, GObject)

KvarErrandList *kvar_errand_list_new            (void);
void            kvar_errand_list_start          (KvarErrandList *self,
                                                 KvarErrand     *errand);
void            kvar_errand_list_remove         (KvarErrandList *self,
                                                 KvarErrand     *errand);
void            kvar_errand_list_run_again      (KvarErrandList *self,
                                                 KvarErrand     *errand);
void            kvar_errand_list_suspend        (KvarErrandList *self);
void            kvar_errand_list_drop_suspended (KvarErrandList *self);
guint           kvar_errand_list_get_n_running  (KvarErrandList *self);

G_END_DECLS
