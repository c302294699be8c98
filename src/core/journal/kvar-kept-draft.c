/* kvar-kept-draft.c: a draft as it lies on disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-journal"

#include "config.h"

#include "journal/kvar-kept-draft.h"
#include "kvar-error.h"

/* As they are written: the numbers are this version's own affair. */
static const struct
{
  KvarError   code;
  const char *word;
} words[] = {
  { KVAR_ERROR_OFFLINE, "offline" },
  { KVAR_ERROR_SIGNED_OUT, "signed-out" },
  { KVAR_ERROR_BLOCKED, "blocked" },
  { KVAR_ERROR_REFUSED, "refused" },
  { KVAR_ERROR_DENIED, "denied" },
  { KVAR_ERROR_INVALID, "invalid" },
  { KVAR_ERROR_CONFLICT, "conflict" },
  { KVAR_ERROR_GONE, "gone" },
  { KVAR_ERROR_UNKNOWN_OUTCOME, "unknown-outcome" },
  { KVAR_ERROR_BAD_REPLY, "bad-reply" },
};

/* The short names are written to the disk. */
G_DEFINE_ENUM_TYPE (KvarDraftState, kvar_draft_state,
                    G_DEFINE_ENUM_VALUE (KVAR_DRAFT_OPEN, "open"),
                    G_DEFINE_ENUM_VALUE (KVAR_DRAFT_QUEUED, "queued"),
                    G_DEFINE_ENUM_VALUE (KVAR_DRAFT_PARKED, "parked"))

G_DEFINE_BOXED_TYPE (KvarKeptDraft, kvar_kept_draft, kvar_kept_draft_copy, kvar_kept_draft_free)

KvarKeptDraft *
kvar_kept_draft_new (void)
{
  return g_new0 (KvarKeptDraft, 1);
}

static GVariant *
copy_data (GVariant *value)
{
  return value != NULL ? g_variant_ref (value) : NULL;
}

KvarKeptDraft *
kvar_kept_draft_copy (const KvarKeptDraft *self)
{
  KvarKeptDraft *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->project = g_strdup (self->project);
  copy->user = g_strdup (self->user);
  copy->relation = g_strdup (self->relation);
  copy->key = g_strdup (self->key);
  copy->base = copy_data (self->base);
  copy->typed = copy_data (self->typed);
  copy->queued = copy_data (self->queued);
  copy->attention = self->attention != NULL ? g_error_copy (self->attention) : NULL;
  copy->insert_key = g_strdup (self->insert_key);

  return copy;
}

void
kvar_kept_draft_free (KvarKeptDraft *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->project);
  g_free (self->user);
  g_free (self->relation);
  g_free (self->key);
  g_clear_pointer (&self->base, g_variant_unref);
  g_clear_pointer (&self->typed, g_variant_unref);
  g_clear_pointer (&self->queued, g_variant_unref);
  g_clear_error (&self->attention);
  g_free (self->insert_key);
  g_free (self);
}

/**
 * kvar_draft_state_to_word:
 *
 * Returns: what @state is called on disk
 */
const char *
kvar_draft_state_to_word (KvarDraftState state)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (KVAR_TYPE_DRAFT_STATE);

  return g_enum_get_value (klass, state)->value_nick;
}

/**
 * kvar_kept_error_to_word:
 * @error: (nullable): of Kvar's own domain
 *
 * Returns: (nullable): what @error is called on disk
 */
const char *
kvar_kept_error_to_word (const GError *error)
{
  if (error == NULL || error->domain != KVAR_ERROR)
    return NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if ((int)words[i].code == error->code)
      return words[i].word;

  return NULL;
}

/**
 * kvar_kept_error_new:
 * @word: (nullable): as kvar_kept_error_to_word() gave it; an unknown one is "refused"
 *
 * Returns: (transfer full) (nullable): the error again, but for what the server wrote
 */
GError *
kvar_kept_error_new (const char *word,
                     int         status,
                     const char *provider_code,
                     const char *field)
{
  KvarError code = KVAR_ERROR_REFUSED;
  GError *error;

  if (word == NULL)
    return NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].word, word))
      code = words[i].code;

  error = kvar_error_new_full (code, status, provider_code, NULL);
  kvar_error_set_field (error, field);

  return error;
}
