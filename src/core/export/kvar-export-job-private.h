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

/* How many rows a page asks for, unless the server is too slow for them. */
#define KVAR_EXPORT_PAGE_SIZE 1000

struct _KvarExportJob
{
  GObject            parent_instance;

  KvarSession       *session;
  KvarTable         *table;
  KvarQuery         *query;
  char             **columns;         /* (nullable) those chosen */
  char             **keys;            /* (nullable) of the rows chosen, in the order seen */
  gboolean           titled;          /* the file's columns are called what people call them */
  KvarFileFormat     format;
  GFile             *target;          /* (nullable) NULL when streaming */
  int                fd;              /* -1 with a target */
  char              *title;
  char              *origin;          /* (nullable) the program, for the journal */

  KvarErrandState    state;
  gint64             started_at;      /* boot time */
  guint64            rows;
  guint64            rows_before;     /* which an earlier process has written */
  gint64             total;           /* -1: not known */
  char              *note;            /* (nullable) */
  GError            *failure;         /* (nullable) why it stopped */

  KvarKeyset        *keyset;
  KvarSelection     *selection;
  char             **terms;           /* the keyset's */
  KvarExportWriter  *writer;
  guint              page_size;
  guint              n_good_pages;    /* since it was made smaller, or larger again */
  GPtrArray         *after;           /* (nullable) (element-type utf8) NULL-ended */
  guint64            n_fetched;       /* rows, where they are counted; of chosen ones keys */
  guint              n_chunk;         /* how many of the keys after those are asked for */
  guint              n_of_chunk;      /* how many rows these have brought */
  GVariant          *route;           /* the selection and the order, for the journal */
  GBytes            *pending;         /* (nullable) the page that waits for the writer */
  GVariant          *position;        /* (nullable) where the page after the waiting one begins */
  gboolean           resumes;         /* goes on with what another process has left */
  char              *digest;          /* (nullable) of the last row written, to look at again */
  gint64             commit_every;    /* µs; -1: the writer's own choice */

  gboolean           fetching;
  gboolean           writing;
  gboolean           closing;
  gboolean           at_end;
  gboolean           changed;         /* a row is known to have changed meanwhile */
  gboolean           suspended;       /* what there is stays for another process */
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

void      kvar_export_job_plan_route   (KvarExportJob    *self,
                                        int               mode);
gboolean  kvar_export_job_plan         (KvarExportJob    *self,
                                        int               mode,
                                        GError          **error);
void      kvar_export_job_set_state    (KvarExportJob    *self,
                                        KvarErrandState   state);
void      kvar_export_job_set_note     (KvarExportJob    *self,
                                        char             *note);

/* kvar-export-errand.c */
void      kvar_export_job_init_errand  (KvarErrandInterface *iface);

/* kvar-export-run.c */
void      kvar_export_job_fetch        (KvarExportJob    *self);
void      kvar_export_job_stop         (KvarExportJob    *self,
                                        GError           *error);
gboolean  kvar_export_job_has_stopped  (KvarExportJob    *self);
void      kvar_export_job_fetch_failed (KvarExportJob    *self,
                                        GError           *error);

void      kvar_export_job_conclude     (KvarExportJob    *self);
gboolean  kvar_export_job_is_busy      (KvarExportJob    *self);

/* kvar-export-end.c */
void      kvar_export_job_count        (KvarExportJob    *self);
void      kvar_export_job_close_if_complete
                                       (KvarExportJob    *self);

/* kvar-export-keys.c */
KvarQuery *kvar_export_job_dup_page_query
                                       (KvarExportJob    *self);
KvarQuery *kvar_export_job_dup_last_query
                                       (KvarExportJob    *self);
guint64   kvar_export_job_get_offset   (KvarExportJob    *self);
void      kvar_export_job_pass_keys    (KvarExportJob    *self,
                                        GPtrArray        *last,
                                        guint             n_rows);

/* kvar-export-resume.c */
GVariant *kvar_export_job_describe     (KvarExportJob    *self);
GVariant *kvar_export_job_get_position (KvarExportJob    *self);
gboolean  kvar_export_job_take_up      (KvarExportJob    *self,
                                        GError          **error);
void      kvar_export_job_look_again   (KvarExportJob    *self);

G_END_DECLS
