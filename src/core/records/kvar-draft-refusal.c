/* kvar-draft-refusal.c: what the server has against a draft, placed at its fields
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-draft"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "kvar-error-columns.h"
#include "kvar-error-text.h"
#include "kvar-error.h"
#include "records/kvar-draft-private.h"
#include "records/kvar-draft-refusal.h"

/* The type that a refused value was for, where the server says so: "character varying(120)". */
static char *
find_type (const GError *error)
{
  /* What people typed stands in quotes at the other end, and may say anything. */
  static const char *const patterns[] = {
    "invalid input syntax for type ([^:\"]+): \"",
    "invalid input value for enum ([^:]+): \"",
    "value too long for type (.+)$",
    "out of range for type ([^\"]+)$",
    "bit string (?:too long|length \\d+ does not match) (?:for )?type ([^\"]+)$",
  };
  const char *details = kvar_error_get_details (error);

  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autoptr(GRegex) regex = g_regex_new (patterns[i], 0, 0, NULL);
      g_autoptr(GMatchInfo) match = NULL;

      if (g_regex_match (regex, error->message, 0, &match))
        return g_match_info_fetch (match, 1);
    }

  if (details != NULL)
    {
      g_autoptr(GRegex) regex = g_regex_new ("precision (\\d+), scale (-?\\d+) must", 0, 0, NULL);
      g_autoptr(GMatchInfo) match = NULL;

      if (g_regex_match (regex, details, 0, &match))
        return g_match_info_expand_references (match, "numeric(\\1,\\2)", NULL);
    }

  return NULL;
}

static gboolean
is_of_type (KvarType   *type,
            const char *name)
{
  const char *own = kvar_type_get_name (type);
  const char *dot = strrchr (own, '.');

  return g_str_equal (own, name) || g_str_equal (kvar_type_get_base_name (type), name) ||
         (dot != NULL && g_str_equal (dot + 1, name));
}

static gboolean
is_moment (KvarKind kind)
{
  return kind == KVAR_KIND_DATE || kind == KVAR_KIND_TIME || kind == KVAR_KIND_TIMESTAMP ||
         kind == KVAR_KIND_TIMESTAMPTZ || kind == KVAR_KIND_INTERVAL;
}

/* A refused value's column is not told. It is among the changed ones of its type. */
static void
add_by_type (GPtrArray    *columns,
             KvarDraft    *self,
             const GError *error)
{
  const char *code = kvar_error_get_provider_code (error);
  g_autofree char *type = find_type (error);
  g_autoptr(GPtrArray) changes = kvar_draft_list_changes (self);
  gboolean time = g_str_equal (code, "22007") || g_str_equal (code, "22008");

  for (guint i = 0; i < changes->len; i++)
    {
      KvarChange *change = g_ptr_array_index (changes, i);
      KvarType *column_type = kvar_column_get_column_type (change->column);

      if (kvar_value_is_null (change->value))
        continue;
      if (type != NULL ? is_of_type (column_type, type)
                       : time && is_moment (kvar_type_get_kind (column_type)))
        g_ptr_array_add (columns, kvar_table_find_column (self->table, kvar_column_get_name (
                                                            change->column)));
    }
}

static char *
make_sentence (KvarDraft    *self,
               KvarColumn   *column,
               guint         n_columns,
               const GError *error)
{
  const char *code = kvar_error_get_provider_code (error);
  int most = kvar_type_get_max_length (kvar_column_get_column_type (column));

  if (g_strcmp0 (code, "23505") == 0 && n_columns > 1)
    return g_strdup (_("Another record already has this combination of values."));
  if (g_strcmp0 (code, "22001") == 0 && most >= 0)
    return g_strdup_printf (ngettext ("At most %d character fits here.",
                                      "At most %d characters fit here.", (gulong) most), most);

  return kvar_error_text_for_table (error, self->table);
}

/**
 * kvar_draft_take_refusal:
 * @error: %KVAR_ERROR_INVALID, as saving ended with
 *
 * Notes at the columns what the server refused them for: those that it named, or those whose
 * values can be meant.
 *
 * Returns: (transfer none) (nullable): the first of them; %NULL if nobody can tell, and it is to
 *   be said of the whole record
 */
KvarColumn *
kvar_draft_take_refusal (KvarDraft    *self,
                         const GError *error)
{
  g_autoptr(GPtrArray) columns = NULL;

  g_return_val_if_fail (KVAR_IS_DRAFT (self), NULL);
  g_return_val_if_fail (error != NULL, NULL);

  columns = kvar_error_list_columns (error, self->table);
  if (columns->len == 0 && kvar_error_get_provider_code (error) != NULL &&
      g_str_has_prefix (kvar_error_get_provider_code (error), "22"))
    add_by_type (columns, self, error);

  for (guint i = 0; i < columns->len; i++)
    {
      KvarColumn *column = g_ptr_array_index (columns, i);
      g_autofree char *sentence = NULL;

      /* What was typed meanwhile, and cannot be read, comes first. */
      if (kvar_draft_get_problem (self, column) != NULL)
        continue;

      sentence = make_sentence (self, column, columns->len, error);
      kvar_draft_set_problem (self, column, sentence);
    }

  return columns->len > 0 ? g_ptr_array_index (columns, 0) : NULL;
}

static gboolean
is_refused_by_policy (KvarDraft *self)
{
  const GError *error = kvar_draft_get_attention (self);

  return kvar_draft_get_state (self) == KVAR_DRAFT_PARKED &&
         g_error_matches (error, KVAR_ERROR, KVAR_ERROR_DENIED) &&
         g_strcmp0 (kvar_error_get_provider_code (error), "42501") == 0 &&
         strstr (error->message, "row-level security") != NULL;
}

/**
 * kvar_draft_may_be_unseen:
 *
 * Returns: whether the server may have refused a new record only because it would have shown
 *   it: PostgreSQL says the same of a policy that hides the row as of one that forbids it
 */
gboolean
kvar_draft_may_be_unseen (KvarDraft *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), FALSE);

  return kvar_draft_is_new (self) && !kvar_draft_get_unseen (self) && is_refused_by_policy (self);
}

/**
 * kvar_draft_is_denied:
 *
 * Returns: whether the server has said that this person may not change the record at all. That a
 *   row as it is typed may not be there is another matter: typed otherwise, it may.
 */
gboolean
kvar_draft_is_denied (KvarDraft *self)
{
  const GError *error;
  const char *code;

  g_return_val_if_fail (KVAR_IS_DRAFT (self), FALSE);

  error = kvar_draft_get_attention (self);
  if (kvar_draft_get_state (self) != KVAR_DRAFT_PARKED || kvar_draft_is_new (self) ||
      kvar_draft_get_deletes (self) || !g_error_matches (error, KVAR_ERROR, KVAR_ERROR_DENIED))
    return FALSE;

  code = kvar_error_get_provider_code (error);

  return g_strcmp0 (code, KVAR_ERROR_NOT_APPLIED) == 0 ||
         (g_strcmp0 (code, "42501") == 0 &&
          strstr (error->message, "row-level security") == NULL);
}
