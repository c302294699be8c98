/* kvar-error.c: the one error domain of Kvar, with what the server said kept for the log
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "kvar-error.h"

#define REFERENCE_LENGTH 6
#define OWNER_WORDS_MAX  200

typedef struct
{
  int     status;           /* HTTP, 0 when there was none */
  char   *provider_code;    /* (nullable) */
  char   *field;            /* (nullable) */
  char   *details;          /* (nullable) */
  char   *owner_words;      /* (nullable) */
  gint64  retry_after;      /* µs, -1 when the server named none */
  char    reference[REFERENCE_LENGTH + 1];
} KvarErrorPrivate;

static void
kvar_error_private_init (KvarErrorPrivate *priv)
{
  /* Nothing that can be mistaken for another sign when it is read out on the phone. */
  static const char alphabet[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

  priv->retry_after = -1;
  for (int i = 0; i < REFERENCE_LENGTH; i++)
    priv->reference[i] = alphabet[g_random_int_range (0, sizeof alphabet - 1)];
}

static void
kvar_error_private_copy (const KvarErrorPrivate *src,
                         KvarErrorPrivate       *dest)
{
  *dest = *src;
  dest->provider_code = g_strdup (src->provider_code);
  dest->field = g_strdup (src->field);
  dest->details = g_strdup (src->details);
  dest->owner_words = g_strdup (src->owner_words);
}

static void
kvar_error_private_clear (KvarErrorPrivate *priv)
{
  g_clear_pointer (&priv->provider_code, g_free);
  g_clear_pointer (&priv->field, g_free);
  g_clear_pointer (&priv->details, g_free);
  g_clear_pointer (&priv->owner_words, g_free);
}

G_DEFINE_EXTENDED_ERROR (KvarError, kvar_error)

/* Callers may hold any GError: only ours has something to tell. */
static KvarErrorPrivate *
kvar_error_peek_private (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain != KVAR_ERROR)
    return NULL;

  return kvar_error_get_private (error);
}

static void
replace_string (char       **place,
                const char  *value)
{
  char *copy = g_strdup (value);

  g_free (*place);
  *place = copy;
}

/* What an owner raises is quoted to people: plain words on one line or not at all. */
static gboolean
is_plain_words (const char *words)
{
  if (words == NULL || *words == '\0' || !g_utf8_validate (words, -1, NULL) ||
      g_utf8_strlen (words, -1) > OWNER_WORDS_MAX)
    return FALSE;

  for (const char *c = words; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar sign = g_utf8_get_char (c);

      if (!g_unichar_isprint (sign) || strchr ("{}<>\\", *c) != NULL)
        return FALSE;
    }

  return TRUE;
}

/**
 * kvar_error_new_full:
 * @code: what a caller does about it
 * @status: the HTTP status, or 0
 * @provider_code: (nullable): SQLSTATE, PGRST or Auth code
 * @message: for the log; people get kvar_error_text()
 */
GError *
kvar_error_new_full (KvarError   code,
                     int         status,
                     const char *provider_code,
                     const char *message)
{
  GError *error = g_error_new_literal (KVAR_ERROR, code, message != NULL ? message : "");
  KvarErrorPrivate *priv = kvar_error_get_private (error);

  priv->status = status;
  priv->provider_code = g_strdup (provider_code);

  return error;
}

int
kvar_error_get_status (const GError *error)
{
  KvarErrorPrivate *priv = kvar_error_peek_private (error);

  return priv != NULL ? priv->status : 0;
}

const char *
kvar_error_get_provider_code (const GError *error)
{
  KvarErrorPrivate *priv = kvar_error_peek_private (error);

  return priv != NULL ? priv->provider_code : NULL;
}

/**
 * kvar_error_get_field:
 *
 * Returns: (nullable): the column that the problem is about
 */
const char *
kvar_error_get_field (const GError *error)
{
  KvarErrorPrivate *priv = kvar_error_peek_private (error);

  return priv != NULL ? priv->field : NULL;
}

void
kvar_error_set_field (GError     *error,
                      const char *field)
{
  KvarErrorPrivate *priv = kvar_error_peek_private (error);

  g_return_if_fail (priv != NULL);

  replace_string (&priv->field, field);
}

/**
 * kvar_error_get_details:
 *
 * Returns: (nullable): the server's details. They can hold a whole row: for mapping only,
 *   never shown, never logged.
 */
const char *
kvar_error_get_details (const GError *error)
{
  KvarErrorPrivate *priv = kvar_error_peek_private (error);

  return priv != NULL ? priv->details : NULL;
}

void
kvar_error_set_details (GError     *error,
                        const char *details)
{
  KvarErrorPrivate *priv = kvar_error_peek_private (error);

  g_return_if_fail (priv != NULL);

  replace_string (&priv->details, details);
}

/**
 * kvar_error_get_owner_words:
 *
 * Returns: (nullable): what the project's owner raised on purpose, in plain words
 */
const char *
kvar_error_get_owner_words (const GError *error)
{
  KvarErrorPrivate *priv = kvar_error_peek_private (error);

  return priv != NULL ? priv->owner_words : NULL;
}

/**
 * kvar_error_set_owner_words:
 *
 * Keeps @words for quoting, unless they are longer than 200 signs or look like something
 * that no person wrote.
 */
void
kvar_error_set_owner_words (GError     *error,
                            const char *words)
{
  KvarErrorPrivate *priv = kvar_error_peek_private (error);

  g_return_if_fail (priv != NULL);

  replace_string (&priv->owner_words, is_plain_words (words) ? words : NULL);
}

/**
 * kvar_error_get_retry_after:
 *
 * Returns: how long the server asked to wait, in µs, or -1
 */
gint64
kvar_error_get_retry_after (const GError *error)
{
  KvarErrorPrivate *priv = kvar_error_peek_private (error);

  return priv != NULL ? priv->retry_after : -1;
}

void
kvar_error_set_retry_after (GError *error,
                            gint64  delay_us)
{
  KvarErrorPrivate *priv = kvar_error_peek_private (error);

  g_return_if_fail (priv != NULL);

  priv->retry_after = delay_us;
}

/**
 * kvar_error_get_reference:
 *
 * Returns: (nullable): six signs that a person can read to the administrator, who finds
 *   them in the log; nullable for errors of other domains
 */
const char *
kvar_error_get_reference (const GError *error)
{
  KvarErrorPrivate *priv = kvar_error_peek_private (error);

  return priv != NULL ? priv->reference : NULL;
}
