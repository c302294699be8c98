/* kvar-transfer-private.h: what the halves of a transfer share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "storage/kvar-transfer.h"

G_BEGIN_DECLS

struct _KvarTransfer
{
  GObject            parent_instance;

  KvarSession       *session;
  char              *user_id;      /* whose it is */
  gboolean           upload;
  gboolean           replace;      /* an upload may take the place of what is there */
  char              *bucket;
  char              *key;
  GFile             *file;         /* the target, or the source */
  char              *title;
  char              *content_type; /* (nullable): as the server or this computer tells */

  KvarErrandState  state;
  gint64             done;         /* bytes */
  gint64             size;         /* bytes; -1: not known yet */
  GError            *failure;      /* (nullable) */

  char              *id;           /* of its files in Kvar's own folder */
  char              *etag;         /* (nullable): of the file that comes in pieces */
  char              *location;     /* (nullable): where the pieces go */
  gint64             source_time;  /* µs: when the source was changed last */
  GBytes            *piece;        /* (nullable): on its way up */
  GFileOutputStream *part;         /* (nullable): what has come so far */
  gboolean           whole;        /* ask for all at once: an empty file has no first byte */
  gboolean           unsure;       /* an answer was lost: look before going on */

  guint              n_failures;
  guint              n_odd;
  guint              retry_timer;
  GCancellable      *cancellable;
};

/* What an error means for a transfer. */
typedef enum
{
  KVAR_TRANSFER_STOPS,
  KVAR_TRANSFER_PAUSES,
  KVAR_TRANSFER_IS_HELD,
} KvarTransferVerdict;

KvarTransferVerdict kvar_transfer_judge        (const GError *error,
                                                guint         n_odd);

/* kvar-transfer.c */
gboolean            kvar_transfer_may_go_on    (KvarTransfer *self);
void                kvar_transfer_step         (KvarTransfer *self);
void                kvar_transfer_fail         (KvarTransfer *self,
                                                GError       *error);
void                kvar_transfer_finish       (KvarTransfer *self);
void                kvar_transfer_set_progress (KvarTransfer *self,
                                                gint64        done,
                                                gint64        size);

/* kvar-transfer-download.c and kvar-transfer-upload.c */
void                kvar_transfer_download_begin (KvarTransfer *self);
void                kvar_transfer_download_step  (KvarTransfer *self);
void                kvar_transfer_upload_begin   (KvarTransfer *self);
void                kvar_transfer_upload_step    (KvarTransfer *self);
void                kvar_transfer_upload_forget  (KvarTransfer *self);

/* kvar-transfer-kept.c */
char               *kvar_transfer_dup_path     (KvarTransfer *self,
                                                const char   *ending);
void                kvar_transfer_keep         (KvarTransfer *self);
gboolean            kvar_transfer_recall       (KvarTransfer *self);
void                kvar_transfer_drop         (KvarTransfer *self);

G_END_DECLS
