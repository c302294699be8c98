/* kvar-error-text.c: the sentences that errors become, for the window and the command line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a server or a library wrote is never shown; it is in the log. Errors that Kvar made
 * by itself, from what a person typed or chose, carry their sentence as their message.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "kvar-clock.h"
#include "kvar-error-columns.h"
#include "kvar-error-text.h"
#include "kvar-error.h"

typedef struct
{
  const char *code;        /* or how it begins, when it ends in '*' */
  const char *sentence;
  const char *for_column;  /* (nullable): the same, when the column is known */
} Sentence;

/* SQLSTATE and PostgREST; the first that fits. */
static const Sentence rest_sentences[] = {
  { "23505", N_("Another record already has this value."),
    /* Translators: %s is the title of a field, such as "E-mail". */
    N_("Another record already has this %s.") },
  { "23503", N_("A record that this one points to doesn't exist."),
    /* Translators: %s is the title of a field, such as "Contact". */
    N_("The record chosen in %s doesn't exist.") },
  { "23001", N_("Other records still point to this one, so it can't be deleted."), NULL },
  { "23502", N_("A field that needs a value is empty."),
    /* Translators: %s is the title of a field. */
    N_("%s needs a value.") },
  { "23514", N_("A value isn't allowed by the rules of this table."),
    /* Translators: %s is the title of a field. */
    N_("%s isn't allowed by the rules of this table.") },
  { "23P01", N_("This overlaps with another record."), NULL },
  { "428C9", N_("A field that the server fills in can't be changed."),
    /* Translators: %s is the title of a field. */
    N_("%s is filled in by the server and can't be changed.") },
  { "22001", N_("A text is longer than its field allows."), NULL },
  { "22003", N_("A number is larger than its field allows."), NULL },
  { "22007", N_("A date or time isn't valid."), NULL },
  { "22008", N_("A date or time isn't valid."), NULL },
  { "22P05", N_("A text has a sign that this table can't keep."), NULL },
  { "22021", N_("A text has a sign that this table can't keep."), NULL },
  { "22*", N_("A value doesn't fit its field."), NULL },
  { "42804", N_("A value doesn't fit its field."), NULL },
  { "40*", N_("Somebody else was saving at the same moment. Try again."), NULL },
  { "55P03", N_("Somebody else was saving at the same moment. Try again."), NULL },
  { "25006", N_("This report tries to change something, and isn't allowed to. Tell your "
                "administrator."), NULL },
  { "57014", N_("The server took too long for this. Ask for less, or try again later."), NULL },
  { "PGRST205", N_("This table isn't available in the project."), NULL },
  { "42P01", N_("This table isn't available in the project."), NULL },
  { "PGRST202", N_("This function isn't available in the project."), NULL },
  { "PGRST203", N_("This function isn't available in the project."), NULL },
  { "42883", N_("This can't be searched or sorted that way."), NULL },
  { "PGRST204", N_("The table has been changed on the server. Refresh, then try again."), NULL },
  { "PGRST200", N_("The table has been changed on the server. Refresh, then try again."), NULL },
  { "PGRST201", N_("The table has been changed on the server. Refresh, then try again."), NULL },
  { "42703", N_("The table has been changed on the server. Refresh, then try again."), NULL },
  { "NoSuchKey", N_("The file doesn't exist, or you don't have access to it."), NULL },
  { "not_found", N_("The file doesn't exist, or you don't have access to it."), NULL },
  { "NoSuchBucket", N_("The bucket doesn't exist, or you don't have access to it."), NULL },
  { "KeyAlreadyExists", N_("There's already a file with this name."), NULL },
  { "ResourceAlreadyExists", N_("There's already a file with this name."), NULL },
  { "Duplicate", N_("There's already a file with this name."), NULL },
  { "InvalidKey", N_("The server doesn't take this name. Use letters from a to z, digits, "
                     "spaces and hyphens."), NULL },
  { "EntityTooLarge", N_("The file is larger than this bucket allows."), NULL },
  { "InvalidMimeType", N_("This bucket doesn't take files of this kind."), NULL },
  { "AccessDenied", N_("You don't have permission to do this. Ask your administrator."), NULL },
  { KVAR_ERROR_NOT_APPLIED,
    N_("The server didn't apply the change: you may not change this record, or a rule of the "
       "project ignored it. Your text is kept as a draft."), NULL },
  { KVAR_ERROR_NO_DEFAULTS,
    N_("The server of this project can't set a field to its default. Type the value instead."),
    NULL },
  { "KVAR_LIST_TOO_FAR",
    N_("It takes the server too long to go this far down. Filter the list, or sort it so that "
       "what you look for comes first."), NULL },
  { "KVAR_EXPORT_NO_SPACE", N_("There's no room for the file. Your earlier file is unchanged."),
    NULL },
  { "KVAR_EXPORT_NO_FOLDER",
    N_("The folder for the file no longer exists. Choose another one."), NULL },
  { "KVAR_EXPORT_UNWRITABLE",
    N_("Files can't be saved in this folder. Choose another one."), NULL },
  { "KVAR_EXPORT_WRITE_FAILED",
    N_("The file couldn't be written. Your earlier file is unchanged."), NULL },
  { "KVAR_EXPORT_BROKEN_OFF", N_("Nobody reads the export any more."), NULL },
  { "KVAR_DATABASE_NO_SPACE",
    N_("The disk is full. What you type is kept while Kvar is open, and stored as soon as "
       "there's room."), NULL },
  { "KVAR_DATABASE_NEWER",
    N_("A newer Kvar has stored drafts on this computer. Update Kvar to see them. What you type "
       "now is kept while Kvar is open."), NULL },
  { "KVAR_DATABASE_DAMAGED",
    N_("The file with your drafts is damaged. What you type is kept while Kvar is open."), NULL },
  { "KVAR_DATABASE_FAILED",
    N_("Drafts can't be stored on this computer right now. What you type is kept while Kvar is "
       "open."), NULL },
};

static const Sentence auth_sentences[] = {
  { "invalid_credentials", N_("E-mail or password is incorrect."), NULL },
  { "validation_failed", N_("E-mail or password is incorrect."), NULL },
  { "email_not_confirmed",
    N_("Your e-mail address isn't confirmed yet. Open the link in the message you were sent."),
    NULL },
  { "email_provider_disabled",
    N_("This project doesn't let people sign in with e-mail and password."), NULL },
  { "captcha_failed",
    N_("This project asks for a check that only a browser can do. Ask your administrator."),
    NULL },
  { "session_expired", N_("Your organisation asks you to sign in again."), NULL },
  { "weak_password", N_("The password is too easy to guess."), NULL },
};

/* By status, for answers that have no code of their own. */
static const struct
{
  int         status;
  const char *sentence;
} status_sentences[] = {
  { 401, N_("The project doesn't accept its public key any more. Ask your administrator for "
            "a new one.") },
  { 402, N_("This project is restricted at the moment. Ask your administrator.") },
  { 413, N_("This is too large for the server.") },
  { 414, N_("This asks for too much at once. Choose fewer columns or conditions.") },
  { 429, N_("The server has too much to do right now. Try again in a moment.") },
  { 540, N_("This project is paused. Ask your administrator.") },
};

static const Sentence *
find_sentence (const Sentence *sentences,
               gsize           n_sentences,
               const char     *code)
{
  for (gsize i = 0; i < n_sentences; i++)
    {
      gsize length = strlen (sentences[i].code);

      if (sentences[i].code[length - 1] == '*'
          ? strncmp (sentences[i].code, code, length - 1) == 0
          : strcmp (sentences[i].code, code) == 0)
        return &sentences[i];
    }

  return NULL;
}

/* The general sentence, and the line of the log that its reference leads to. */
static char *
dup_fallback (const GError *error)
{
  const char *reference = kvar_error_get_reference (error);
  g_autoptr(GError) copy = NULL;

  if (reference == NULL)
    {
      copy = kvar_error_new_full (KVAR_ERROR_REFUSED, 0, NULL, error->message);
      reference = kvar_error_get_reference (copy);
    }

  g_info ("Shown as %s: %s", reference, error->message);

  /* Translators: %s is a short reference such as "K7Q2FD", which is found in the log. */
  return g_strdup_printf (_("That didn't work. Your text is kept. Try again, or tell your "
                            "administrator: %s."), reference);
}

static char *
dup_too_many (const GError *error)
{
  gint64 wait = kvar_error_get_retry_after (error);
  int minutes;

  if (wait < 0)
    return g_strdup (_("Too many attempts. Wait a little, then try again."));

  minutes = (int)MAX (1, (wait + KVAR_CLOCK_MINUTE - 1) / KVAR_CLOCK_MINUTE);

  /* Translators: %d is a number of minutes. */
  return g_strdup_printf (ngettext ("Too many attempts. You can try again in %d minute.",
                                    "Too many attempts. You can try again in %d minutes.",
                                    (gulong) minutes),
                          minutes);
}

static char *
dup_rest_sentence (const GError *error,
                   KvarTable    *table)
{
  const char *code = kvar_error_get_provider_code (error);
  KvarColumn *column = table != NULL ? kvar_error_find_column (error, table) : NULL;
  const Sentence *sentence;

  if (g_str_equal (code, "23503") && error->code == KVAR_ERROR_REFUSED)
    code = "23001";

  sentence = find_sentence (rest_sentences, G_N_ELEMENTS (rest_sentences), code);
  if (sentence == NULL)
    return NULL;
  if (column == NULL || sentence->for_column == NULL)
    return g_strdup (_(sentence->sentence));

  return g_strdup_printf (_(sentence->for_column), kvar_column_get_title (column));
}

static char *
dup_status_sentence (const GError *error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (status_sentences); i++)
    if (status_sentences[i].status == kvar_error_get_status (error))
      return g_strdup (_(status_sentences[i].sentence));

  return NULL;
}

/* What the server named, in our words; NULL where only the kind of error says something. */
static char *
dup_named_sentence (const GError *error,
                    KvarTable    *table)
{
  const char *words = kvar_error_get_owner_words (error);
  const char *code = kvar_error_get_provider_code (error);
  const Sentence *sentence;

  if (words != NULL)
    /* Translators: %s is what the project's owner has written for this case. */
    return g_strdup_printf (_("The project says: “%s”"), words);

  if (code == NULL)
    return dup_status_sentence (error);

  if (g_str_has_prefix (code, "over_"))
    return dup_too_many (error);

  sentence = find_sentence (auth_sentences, G_N_ELEMENTS (auth_sentences), code);
  if (sentence != NULL)
    return g_strdup (_(sentence->sentence));

  return dup_rest_sentence (error, table);
}

static char *
dup_kind_sentence (const GError *error,
                   gboolean      saving)
{
  switch ((KvarError)error->code)
    {
    case KVAR_ERROR_OFFLINE:
      return g_strdup (_("Can't reach the server right now. Try again in a moment."));

    case KVAR_ERROR_SIGNED_OUT:
      return g_strdup (_("Your session expired — please sign in again."));

    case KVAR_ERROR_BLOCKED:
      return g_strdup (_("Your account is paused. Ask your administrator. What you typed is "
                         "safe."));

    case KVAR_ERROR_DENIED:
      return g_strdup (saving ? _("You don't have permission to change this record. Your text "
                                  "is kept as a draft.")
                              : _("You don't have permission to do this. Ask your "
                                  "administrator."));

    case KVAR_ERROR_CONFLICT:
      return g_strdup (_("Someone else changed this record. Both versions are kept."));

    case KVAR_ERROR_GONE:
      return g_strdup (saving ? _("This record no longer exists. Your draft is kept.")
                              : _("This record no longer exists."));

    case KVAR_ERROR_UNKNOWN_OUTCOME:
      return g_strdup (saving ? _("The answer got lost. Your text is kept. Check whether it "
                                  "has been saved before you try again.")
                              : _("It may already have run. Check before running it again."));

    case KVAR_ERROR_REFUSED:
    case KVAR_ERROR_INVALID:
    case KVAR_ERROR_BAD_REPLY:
    default:
      return dup_fallback (error);
    }
}

/* Made by Kvar itself, with a sentence for a message. */
static gboolean
is_own_sentence (const GError *error)
{
  return kvar_error_get_status (error) == 0 && kvar_error_get_provider_code (error) == NULL &&
         (error->code == KVAR_ERROR_INVALID || error->code == KVAR_ERROR_REFUSED) &&
         *error->message != '\0';
}

/**
 * kvar_error_text:
 *
 * Returns: (transfer full): what @error means to a person, as whole sentences; nothing for
 *   a cancellation, which nobody needs to be told
 */
char *
kvar_error_text (const GError *error)
{
  return kvar_error_text_for_table (error, NULL);
}

/**
 * kvar_error_text_for_table:
 * @table: (nullable): the table that a record was to be saved in
 *
 * Returns: (transfer full): the same, with columns called by their titles
 */
char *
kvar_error_text_for_table (const GError *error,
                           KvarTable    *table)
{
  g_autofree char *sentence = NULL;

  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup ("");
  if (error->domain != KVAR_ERROR)
    return dup_fallback (error);
  if (is_own_sentence (error))
    return g_strdup (error->message);

  sentence = dup_named_sentence (error, table);
  if (sentence != NULL)
    return g_steal_pointer (&sentence);

  return dup_kind_sentence (error, table != NULL);
}
