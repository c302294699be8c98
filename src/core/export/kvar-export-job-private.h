/* kvar-export-job-private.h: What an export is made of, shared by its two halves.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "export/kvar-export-job.h"
#include "export/kvar-export-page.h"
#include "export/kvar-export-writer.h"
#include "records/kvar-keyset.h"
#include "records/kvar-selection.h"

G_BEGIN_DECLS

struct _KvarExportJob
{
  GObject            parent_instance;

  KvarSession       *session;
  KvarTable         *table;
  KvarQuery         *query;
  char             **columns;         /* (nullable) those chosen */
  KvarFileFormat     format;
  GFile             *target;          /* (nullable) NULL when streaming */
  int                fd;              /* -1 with a target */
  char              *title;

  KvarExportState    state;
  guint64            rows;
  gint64             total;           /* -1: not known */
  char              *note;            /* (nullable) */
  GError            *failure;         /* (nullable) why it stopped */

  KvarKeyset        *keyset;
  KvarSelection     *selection;
  char             **terms;           /* the keyset's */
  KvarExportWriter  *writer;
  guint              page_size;
  GPtrArray         *after;           /* (nullable) (element-type utf8) NULL-ended */
  guint64            n_fetched;
  GBytes            *pending;         /* (nullable) the page that waits for the writer */

  gboolean           fetching;
  gboolean           writing;
  gboolean           closing;
  gboolean           at_end;
  guint              n_failures;
  guint              n_bad_replies;
  guint              retry_timer;
  guint              write_source;    /* the page will be written when nothing else is to do */
  gulong             state_handler;
  char              *user_id;         /* (nullable) whose rows they are */
  GCancellable      *cancellable;
  GSource           *cancel_source;   /* (nullable) */
  GTask             *task;            /* (nullable) while it runs */
};

gboolean kvar_export_job_plan      (KvarExportJob    *self,
                                    int               mode,
                                    GError          **error);
void     kvar_export_job_set_state (KvarExportJob    *self,
                                    KvarExportState   state);
void     kvar_export_job_set_note  (KvarExportJob    *self,
                                    char             *note);

G_END_DECLS
