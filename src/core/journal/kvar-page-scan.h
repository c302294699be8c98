/* kvar-page-scan.h: finds rows in the pages of an SQLite file, without its trees
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  KVAR_SCAN_NULL,
  KVAR_SCAN_NUMBER,
  KVAR_SCAN_TEXT,
  KVAR_SCAN_BLOB,
} KvarScanType;

typedef struct
{
  KvarScanType  type;
  gint64        number;
  const guint8 *data;      /* of texts and blobs */
  gsize         size;
} KvarScanValue;

/* @values: (element-type KvarScanValue): those of one row */
typedef void (*KvarScanFunc) (GArray   *values,
                              gpointer  user_data);

typedef struct _KvarPageScan KvarPageScan;

KvarPageScan *kvar_page_scan_new  (const char   *path);
void          kvar_page_scan_free (KvarPageScan *self);
void          kvar_page_scan_run  (KvarPageScan *self,
                                   KvarScanFunc  found,
                                   gpointer      user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarPageScan, kvar_page_scan_free)

G_END_DECLS
