/* kvar-kept-draft.h: a draft as it lies on disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * KvarDraftState:
 * @KVAR_DRAFT_OPEN: somebody may be typing
 * @KVAR_DRAFT_QUEUED: what was typed until then waits to be sent
 * @KVAR_DRAFT_PARKED: the server has refused it, or what became of it isn't known
 */
typedef enum
{
  KVAR_DRAFT_OPEN,
  KVAR_DRAFT_QUEUED,
  KVAR_DRAFT_PARKED,
} KvarDraftState;

#define KVAR_TYPE_DRAFT_STATE (kvar_draft_state_get_type ())

GType kvar_draft_state_get_type (void) G_GNUC_CONST;

/* Values of the loaded columns, labels of the linked records, xmin, tableoid, ctid. */
#define KVAR_KEPT_BASE_TYPE   "(a{sms}a{ss}msmsms)"
/* By column: exactly what was typed, and the text of the value; as kvar_draft_save_changes(). */
#define KVAR_KEPT_TYPED_TYPE  "a{s(msms)}"
/* By column: the text of the value. */
#define KVAR_KEPT_QUEUED_TYPE "a{sms}"
/* No column is called so. In both of them it stands once for each column that the server is to
 * give its default, and the text is that column's name: nothing that lies on a disk already has
 * to change, and who does not know it takes it for the text of a column that has gone. */
#define KVAR_KEPT_DEFAULT     ""

#define KVAR_TYPE_KEPT_DRAFT (kvar_kept_draft_get_type ())

/* All times are µs since 1970, 0 for never. */
typedef struct
{
  char           *id;             /* a uuid */
  char           *project;
  char           *user;
  char           *relation;
  char           *key;            /* (nullable) as a route's key; NULL for a new record */
  gboolean        apart;          /* a new record that "new" no longer means */

  GVariant       *base;           /* (nullable) KVAR_KEPT_BASE_TYPE; NULL for a new record */
  GVariant       *typed;          /* KVAR_KEPT_TYPED_TYPE */
  gboolean        deletes;        /* the record, rather than to change it */

  KvarDraftState  state;
  GVariant       *queued;         /* (nullable) KVAR_KEPT_QUEUED_TYPE */
  gint64          position;       /* in the queue */
  GError         *attention;      /* (nullable) why it is parked, without the server's words */

  char           *insert_key;     /* (nullable) chosen for a new record */
  gboolean        insert_sent;    /* it may have been sent: its answer is not known */

  gint64          began_at;
  gint64          changed_at;
  gint64          discarded_at;
} KvarKeptDraft;

GType          kvar_kept_draft_get_type (void) G_GNUC_CONST;

KvarKeptDraft *kvar_kept_draft_new      (void);
KvarKeptDraft *kvar_kept_draft_copy     (const KvarKeptDraft *self);
void           kvar_kept_draft_free     (KvarKeptDraft       *self);

const char    *kvar_draft_state_to_word (KvarDraftState       state);

const char    *kvar_kept_error_to_word  (const GError        *error);
GError        *kvar_kept_error_new      (const char          *word,
                                         int                  status,
                                         const char          *provider_code,
                                         const char          *field);

/* kvar-kept-draft-json.c */
char          *kvar_kept_drafts_to_json (GPtrArray           *drafts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarKeptDraft, kvar_kept_draft_free)

G_END_DECLS
