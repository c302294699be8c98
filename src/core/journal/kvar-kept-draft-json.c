/* kvar-kept-draft-json.c: a draft on disk as JSON, for whoever rescues it by a script
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-journal"

#include "config.h"

#include "journal/kvar-kept-draft.h"
#include "kvar-error.h"
#include "kvar-json.h"

static void
set_text (JsonObject *object,
          const char *name,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

/* 0 says that there is no such time. */
static void
set_time (JsonObject *object,
          const char *name,
          gint64      time)
{
  if (time != 0)
    json_object_set_int_member (object, name, time);
}

/* Beside what has a text: the columns that the server is to give their defaults. */
static void
add_defaults (JsonObject *object,
              GVariant   *typed)
{
  g_autoptr(JsonArray) columns = json_array_new ();
  GVariantIter iter;
  const char *name;
  const char *input;
  const char *text;

  g_variant_iter_init (&iter, typed);
  while (g_variant_iter_loop (&iter, "{&s(m&sm&s)}", &name, &input, &text))
    if (g_str_equal (name, KVAR_KEPT_DEFAULT) && text != NULL)
      json_array_add_string_element (columns, text);

  if (json_array_get_length (columns) > 0)
    json_object_set_array_member (object, "defaults", g_steal_pointer (&columns));
}

/* Values are PostgreSQL's text, as everywhere. */
static JsonObject *
values_to_object (GVariant *values)
{
  JsonObject *object = json_object_new ();
  GVariantIter iter;
  const char *name;
  const char *text;

  g_variant_iter_init (&iter, values);
  while (g_variant_iter_loop (&iter, "{&sm&s}", &name, &text))
    if (!g_str_equal (name, KVAR_KEPT_DEFAULT))
      set_text (object, name, text);

  return object;
}

/* What was typed, also where it cannot be read as a value. */
static JsonObject *
typed_to_object (GVariant *typed)
{
  JsonObject *object = json_object_new ();
  GVariantIter iter;
  const char *name;
  const char *input;
  const char *text;

  g_variant_iter_init (&iter, typed);
  while (g_variant_iter_loop (&iter, "{&s(m&sm&s)}", &name, &input, &text))
    if (!g_str_equal (name, KVAR_KEPT_DEFAULT))
      set_text (object, name, input != NULL ? input : text);

  return object;
}

static JsonObject *
attention_to_object (const GError *attention)
{
  JsonObject *object = json_object_new ();

  set_text (object, "error", kvar_kept_error_to_word (attention));
  if (kvar_error_get_status (attention) != 0)
    json_object_set_int_member (object, "status", kvar_error_get_status (attention));
  set_text (object, "code", kvar_error_get_provider_code (attention));
  set_text (object, "field", kvar_error_get_field (attention));

  return object;
}

static void
add_contents (JsonObject          *object,
              const KvarKeptDraft *draft)
{
  json_object_set_object_member (object, "typed", typed_to_object (draft->typed));
  add_defaults (object, draft->typed);
  if (draft->queued != NULL)
    json_object_set_object_member (object, "waiting", values_to_object (draft->queued));
  if (draft->base != NULL)
    {
      g_autoptr(GVariant) values = g_variant_get_child_value (draft->base, 0);
      g_autoptr(GVariant) xmin = g_variant_get_child_value (draft->base, 2);
      g_autoptr(GVariant) text = g_variant_get_maybe (xmin);

      json_object_set_object_member (object, "base", values_to_object (values));
      set_text (object, "base_version", text != NULL ? g_variant_get_string (text, NULL) : NULL);
    }
}

static JsonNode *
draft_to_node (const KvarKeptDraft *draft)
{
  JsonObject *object = json_object_new ();

  set_text (object, "id", draft->id);
  set_text (object, "project", draft->project);
  set_text (object, "user_id", draft->user);
  set_text (object, "table", draft->relation);
  set_text (object, "key", draft->key);
  set_text (object, "state", kvar_draft_state_to_word (draft->state));
  json_object_set_boolean_member (object, "deletes", draft->deletes);
  if (draft->insert_sent)
    json_object_set_boolean_member (object, "may_be_saved", TRUE);
  if (draft->attention != NULL)
    json_object_set_object_member (object, "attention", attention_to_object (draft->attention));
  set_time (object, "began", draft->began_at);
  set_time (object, "changed", draft->changed_at);
  set_time (object, "discarded", draft->discarded_at);
  add_contents (object, draft);

  return json_node_init_object (json_node_alloc (), object);
}

/**
 * kvar_kept_drafts_to_json:
 * @drafts: (element-type KvarKeptDraft)
 *
 * Returns: (transfer full): an array of objects; times are µs since 1970
 */
char *
kvar_kept_drafts_to_json (GPtrArray *drafts)
{
  JsonArray *array = json_array_new ();
  g_autoptr(JsonNode) node = NULL;

  g_return_val_if_fail (drafts != NULL, NULL);

  for (guint i = 0; i < drafts->len; i++)
    json_array_add_element (array, draft_to_node (g_ptr_array_index (drafts, i)));
  node = json_node_init_array (json_node_alloc (), array);
  json_array_unref (array);

  return json_to_string (node, TRUE);
}
