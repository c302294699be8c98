/* kvar-errand-text.c: what is said of an export or a file on its way
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-errand-text"

#include "config.h"

#include <glib/gi18n.h>

#include "export/kvar-export-job.h"
#include "kvar-count-text.h"
#include "kvar-error-text.h"
#include "kvar-error.h"
#include "storage/kvar-transfer.h"
#include "widgets/kvar-errand-text.h"

static char *
describe_rows (KvarExportJob *job)
{
  guint64 rows = kvar_export_job_get_rows (job);
  gint64 total = kvar_export_job_get_total (job);
  g_autofree char *done = kvar_count_text (rows);
  g_autofree char *all = kvar_count_text (MAX (total, 0));

  /* Translators: %s is a number. */
  if (total < 0)
    return g_strdup_printf (ngettext ("%s row", "%s rows", rows), done);

  /* Translators: how many rows are exported, and how many there will be. */
  return g_strdup_printf (ngettext ("%1$s of %2$s row", "%1$s of %2$s rows", total), done, all);
}

/* "5,120 of 12,480 rows · about 2 minutes", once that can be told. */
static char *
describe_export (KvarExportJob *job)
{
  g_autofree char *rows = describe_rows (job);
  gint64 left = kvar_export_job_get_time_left (job);
  guint minutes = (left + KVAR_CLOCK_MINUTE - 1) / KVAR_CLOCK_MINUTE;
  g_autofree char *time = NULL;

  if (left < 0)
    return g_steal_pointer (&rows);

  if (left < KVAR_CLOCK_MINUTE)
    time = g_strdup (_("less than a minute"));
  else
    /* Translators: how long an export will take yet. */
    time = g_strdup_printf (ngettext ("about %u minute", "about %u minutes", minutes), minutes);

  return g_strdup_printf ("%s · %s", rows, time);
}

static char *
describe_transfer (KvarTransfer *transfer)
{
  g_autofree char *done = g_format_size (kvar_transfer_get_done (transfer));
  g_autofree char *all = NULL;

  if (kvar_transfer_get_size (transfer) < 0)
    return g_strdup (_("Beginning…"));

  all = g_format_size (kvar_transfer_get_size (transfer));

  /* Translators: how much of a file has arrived, and how large it is: "1.2 MB of 5 MB". */
  return g_strdup_printf (_("%1$s of %2$s"), done, all);
}

static char *
describe_running (KvarErrand *errand)
{
  if (KVAR_IS_EXPORT_JOB (errand))
    return describe_export (KVAR_EXPORT_JOB (errand));

  return describe_transfer (KVAR_TRANSFER (errand));
}

static char *
describe_exported (KvarExportJob *job)
{
  guint64 rows = kvar_export_job_get_rows (job);
  g_autofree char *count = kvar_count_text (rows);

  if (kvar_export_job_get_note (job) != NULL)
    return g_strdup (kvar_export_job_get_note (job));

  /* Translators: a file's name, and how many rows it holds. */
  return g_strdup_printf (ngettext ("%s is ready. %s row.", "%s is ready. %s rows.", rows),
                          kvar_export_job_get_title (job), count);
}

static char *
describe_transferred (KvarTransfer *transfer)
{
  g_autofree char *size = g_format_size (kvar_transfer_get_size (transfer));

  if (kvar_transfer_is_upload (transfer))
    /* Translators: the name of a bucket, and the size of a file: "1.2 MB". */
    return g_strdup_printf (_("Uploaded to %1$s. %2$s."), kvar_transfer_get_bucket (transfer),
                            size);

  /* Translators: the size of a file: "1.2 MB". */
  return g_strdup_printf (_("Downloaded. %s."), size);
}

static char *
describe_failure (KvarErrand *errand)
{
  const GError *error = kvar_errand_get_error (errand);

  if (error == NULL)
    return NULL;

  if (KVAR_IS_EXPORT_JOB (errand))
    return kvar_error_text_for_table (error, kvar_export_job_get_table (KVAR_EXPORT_JOB (errand)));

  return kvar_error_text (error);
}

/**
 * kvar_errand_text:
 *
 * Returns: (transfer full) (nullable): how it is with @errand, in a sentence
 */
char *
kvar_errand_text (KvarErrand *errand)
{
  g_return_val_if_fail (KVAR_IS_ERRAND (errand), NULL);

  switch (kvar_errand_get_state (errand))
    {
    case KVAR_ERRAND_WAITING:
    case KVAR_ERRAND_RUNNING:
      return describe_running (errand);

    case KVAR_ERRAND_HELD:
    case KVAR_ERRAND_SUSPENDED:
      return g_strdup (_("Waiting for sign-in. Nothing is lost."));

    case KVAR_ERRAND_PAUSED:
      return g_strdup (_("Paused. Continues when you're online."));

    case KVAR_ERRAND_DONE:
      return kvar_errand_text_done (errand);

    case KVAR_ERRAND_FAILED:
      return describe_failure (errand);

    case KVAR_ERRAND_CANCELLED:
    default:
      return g_strdup (KVAR_IS_EXPORT_JOB (errand)
                       ? _("Export cancelled. No file was written.") : _("Cancelled."));
    }
}

/**
 * kvar_errand_text_done:
 * @errand: that is done
 *
 * Returns: (transfer full): that the file is there, and how large it is
 */
char *
kvar_errand_text_done (KvarErrand *errand)
{
  g_return_val_if_fail (KVAR_IS_ERRAND (errand), NULL);

  if (KVAR_IS_EXPORT_JOB (errand))
    return describe_exported (KVAR_EXPORT_JOB (errand));

  return describe_transferred (KVAR_TRANSFER (errand));
}

/**
 * kvar_errand_text_again:
 *
 * A finished export can be made again: what it holds may have changed since.
 *
 * Returns: (nullable): what doing @errand once more is called; %NULL where that makes no sense
 */
const char *
kvar_errand_text_again (KvarErrand *errand)
{
  g_return_val_if_fail (KVAR_IS_ERRAND (errand), NULL);

  switch (kvar_errand_get_state (errand))
    {
    case KVAR_ERRAND_DONE:
      return KVAR_IS_EXPORT_JOB (errand) ? _("Run Again") : NULL;

    case KVAR_ERRAND_FAILED:
    case KVAR_ERRAND_CANCELLED:
      return KVAR_IS_TRANSFER (errand) &&
             g_error_matches (kvar_errand_get_error (errand), KVAR_ERROR, KVAR_ERROR_CONFLICT)
             ? _("Replace") : _("Try Again");

    case KVAR_ERRAND_WAITING:
    case KVAR_ERRAND_RUNNING:
    case KVAR_ERRAND_HELD:
    case KVAR_ERRAND_PAUSED:
    case KVAR_ERRAND_SUSPENDED:
    default:
      return NULL;
    }
}
