/* kvar-list-news.h: Whether somebody else has changed what a list shows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-record-list.h"

G_BEGIN_DECLS

#define KVAR_TYPE_LIST_NEWS (kvar_list_news_get_type ())

G_DECLARE_FINAL_TYPE (KvarListNews, kvar_list_news, KVAR, LIST_NEWS, GObject)

KvarListNews *kvar_list_news_new           (KvarSession       *session,
                                            KvarRecordList    *list,
                                            KvarQuery         *query,
                                            const char *const *columns);
void          kvar_list_news_look          (KvarListNews      *self,
                                            guint              first,
                                            guint              end);
void          kvar_list_news_clear         (KvarListNews      *self);
guint         kvar_list_news_get_n_changed (KvarListNews      *self);

G_END_DECLS
