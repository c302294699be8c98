/* kvar-locale.h: how numbers, dates and times are written where the person is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  KVAR_DATE_ORDER_YMD,
  KVAR_DATE_ORDER_DMY,
  KVAR_DATE_ORDER_MDY,
} KvarDateOrder;

/* What "3/4" means where dates begin with the year. */
typedef enum
{
  KVAR_SHORT_DATE_DAY_FIRST,
  KVAR_SHORT_DATE_MONTH_FIRST,
  KVAR_SHORT_DATE_UNSETTLED,     /* people there write it both ways */
} KvarShortDate;

typedef struct _KvarLocale KvarLocale;

KvarLocale    *kvar_locale_new                (const char    *decimal,
                                               const char    *group,
                                               KvarDateOrder  date_order,
                                               char           date_separator,
                                               GTimeZone     *zone);
KvarLocale    *kvar_locale_new_from_formats   (const char    *decimal,
                                               const char    *group,
                                               const char    *date_format,
                                               GTimeZone     *zone);
void           kvar_locale_free               (KvarLocale    *self);
KvarLocale    *kvar_locale_get_default        (void);

const char    *kvar_locale_get_decimal        (KvarLocale    *self);
const char    *kvar_locale_get_group          (KvarLocale    *self);
KvarDateOrder  kvar_locale_get_date_order     (KvarLocale    *self);
char           kvar_locale_get_date_separator (KvarLocale    *self);
KvarShortDate  kvar_locale_get_short_date     (KvarLocale    *self);
void           kvar_locale_set_short_date     (KvarLocale    *self,
                                               KvarShortDate  short_date);
GTimeZone     *kvar_locale_get_zone           (KvarLocale    *self);
void           kvar_locale_get_today          (KvarLocale    *self,
                                               GDate         *today);
void           kvar_locale_set_today          (KvarLocale    *self,
                                               const GDate   *today);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarLocale, kvar_locale_free)

G_END_DECLS
