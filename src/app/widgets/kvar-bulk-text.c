/* kvar-bulk-text.c: what is done to many records, and what became of it, in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-bulk-text"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-bulk-text.h"
#include "kvar-count-text.h"
#include "kvar-error-text.h"

/**
 * kvar_bulk_text_progress:
 *
 * Returns: (transfer full): how far @job is
 */
char *
kvar_bulk_text_progress (KvarBulkJob *job)
{
  guint n_all = kvar_bulk_job_get_rows (job)->len;
  g_autofree char *done = kvar_count_text (n_all - kvar_bulk_job_count (job, KVAR_BULK_PENDING));
  g_autofree char *all = kvar_count_text (n_all);

  if (kvar_bulk_job_get_state (job) == KVAR_BULK_WAITING)
    /* Translators: how many records are done, and how many there are. */
    return g_strdup_printf (_("Waiting to go on. %1$s of %2$s records are done."), done, all);
  if (kvar_bulk_job_get_deletes (job))
    /* Translators: how many records are done, and how many there are. */
    return g_strdup_printf (_("Deleting records: %1$s of %2$s"), done, all);
  if (kvar_bulk_job_get_undoes (job))
    /* Translators: how many records are done, and how many there are. */
    return g_strdup_printf (_("Changing records back: %1$s of %2$s"), done, all);

  /* Translators: how many records are done, and how many there are. */
  return g_strdup_printf (_("Changing records: %1$s of %2$s"), done, all);
}

static void
add_sentence (GString    *text,
              const char *format,
              guint       n)
{
  g_autofree char *number = kvar_count_text (n);

  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append_printf (text, format, number);
}

static void
add_done (GString     *text,
          KvarBulkJob *job,
          guint        n)
{
  /* Translators: %s is a number of records. */
  const char *changed = ngettext ("%s record changed.", "%s records changed.", n);

  if (kvar_bulk_job_get_deletes (job))
    /* Translators: %s is a number of records. */
    changed = ngettext ("%s record deleted.", "%s records deleted.", n);
  else if (kvar_bulk_job_get_undoes (job))
    /* Translators: %s is a number of records. */
    changed = ngettext ("%s record changed back.", "%s records changed back.", n);
  add_sentence (text, changed, n);
}

static void
add_denied (GString     *text,
            KvarBulkJob *job,
            guint        n)
{
  if (kvar_bulk_job_get_deletes (job))
    /* Translators: %s is a number of records. */
    add_sentence (text, ngettext ("You may not delete %s.", "You may not delete %s.", n), n);
  else
    /* Translators: %s is a number of records. */
    add_sentence (text, ngettext ("You may not change %s.", "You may not change %s.", n), n);
}

/**
 * kvar_bulk_text_result:
 *
 * Returns: (transfer full): what became of all the records of @job, each counted once
 */
char *
kvar_bulk_text_result (KvarBulkJob *job)
{
  GString *text = g_string_new (NULL);
  guint n;

  add_done (text, job, kvar_bulk_job_count (job, KVAR_BULK_DONE));
  n = kvar_bulk_job_count (job, KVAR_BULK_OVERTAKEN);
  if (n > 0)
    /* Translators: %s is a number of records. */
    add_sentence (text, ngettext ("Someone else changed %s meanwhile, which stays as it is.",
                                  "Someone else changed %s meanwhile, which stay as they are.",
                                  n), n);
  n = kvar_bulk_job_count (job, KVAR_BULK_GONE);
  if (n > 0)
    /* Translators: %s is a number of records. */
    add_sentence (text, ngettext ("%s was deleted already.", "%s were deleted already.", n), n);
  n = kvar_bulk_job_count (job, KVAR_BULK_DENIED);
  if (n > 0)
    add_denied (text, job, n);
  n = kvar_bulk_job_count (job, KVAR_BULK_REFUSED);
  if (n > 0)
    {
      g_autofree char *why = kvar_error_text_for_table (kvar_bulk_job_get_refusal (job),
                                                        kvar_bulk_job_get_table (job));

      /* Translators: %s is a number of records. */
      add_sentence (text, ngettext ("%s was refused:", "%s were refused:", n), n);
      g_string_append_printf (text, " %s", why);
    }
  n = kvar_bulk_job_count (job, KVAR_BULK_PENDING);
  if (n > 0)
    /* Translators: %s is a number of records. */
    add_sentence (text, ngettext ("%s is left as it was.", "%s are left as they were.", n), n);

  return g_string_free (text, FALSE);
}

/**
 * kvar_bulk_text_cut_off:
 *
 * Returns: (transfer full): how far @job was when an earlier run of Kvar ended
 */
char *
kvar_bulk_text_cut_off (KvarBulkJob *job)
{
  guint n_all = kvar_bulk_job_get_rows (job)->len;
  g_autofree char *done = kvar_count_text (kvar_bulk_job_count (job, KVAR_BULK_DONE));
  g_autofree char *all = kvar_count_text (n_all);

  if (kvar_bulk_job_get_undoes (job))
    /* Translators: how many records are done, and how many there are. */
    return g_strdup_printf (ngettext ("Changing %2$s record back was cut off: %1$s is done.",
                                      "Changing %2$s records back was cut off: %1$s are done.",
                                      n_all), done, all);

  /* Translators: how many records are done, and how many there are. */
  return g_strdup_printf (ngettext ("Changing %2$s record was cut off: %1$s is done.",
                                    "Changing %2$s records was cut off: %1$s are done.",
                                    n_all), done, all);
}
