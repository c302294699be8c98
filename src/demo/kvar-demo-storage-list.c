/* kvar-demo-storage-list.c: what is in a bucket, folder by folder, by offset or by cursor
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-storage-private.h"

#define MOST_OF_A_PAGE 1000

/* A folder is nothing but a piece that keys have in common. */
typedef struct
{
  char           *name;   /* below the prefix, without a slash */
  KvarDemoObject *object; /* (nullable): NULL for a folder */
} Entry;

/* How a list was asked for. */
typedef struct
{
  char       *prefix;     /* "" or ending with a slash */
  char       *search;     /* in lower case: what a name begins with */
  const char *column;     /* of the order */
  gboolean    descending;
  gboolean    flat;       /* all below the prefix, without folders */
  gint64      limit;
  gint64      offset;
} Wish;

static void
entry_free (Entry *self)
{
  g_free (self->name);
  g_free (self);
}

static void
wish_clear (Wish *self)
{
  g_free (self->prefix);
  g_free (self->search);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wish, wish_clear)

static void
read_order (JsonObject *body,
            Wish       *wish)
{
  JsonNode *node = json_object_get_member (body, "sortBy");
  JsonObject *order = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node)
                                                                    : NULL;

  wish->column = "name";
  if (order == NULL)
    return;

  wish->column = g_intern_string (json_object_get_string_member_with_default (order, "column",
                                                                              "name"));
  wish->descending = g_strcmp0 (json_object_get_string_member_with_default (order, "order", ""),
                                "desc") == 0;
}

/* FALSE when the error is replied. */
static gboolean
read_wish (KvarDemoExchange *exchange,
           Wish             *wish)
{
  g_autoptr(JsonNode) node = kvar_demo_storage_parse_body (exchange);
  JsonObject *body;
  const char *prefix, *search;

  if (node == NULL)
    return FALSE;

  body = json_node_get_object (node);
  prefix = json_object_get_string_member_with_default (body, "prefix", "");
  search = json_object_get_string_member_with_default (body, "search", "");
  wish->prefix = prefix[0] == '\0' || g_str_has_suffix (prefix, "/")
                   ? g_strdup (prefix) : g_strconcat (prefix, "/", NULL);
  wish->search = g_utf8_strdown (search != NULL ? search : "", -1);
  wish->limit = json_object_get_int_member_with_default (body, "limit", 100);
  wish->limit = CLAMP (wish->limit, 1, MOST_OF_A_PAGE);
  wish->offset = MAX (json_object_get_int_member_with_default (body, "offset", 0), 0);
  wish->flat = !json_object_get_boolean_member_with_default (body, "with_delimiter", TRUE);
  read_order (body, wish);

  return TRUE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const Entry *one = *(const Entry * const *)a;
  const Entry *two = *(const Entry * const *)b;

  return strcmp (one->name, two->name);
}

static gint64
get_sort_number (const KvarDemoObject *object,
                 const char           *column)
{
  if (strcmp (column, "created_at") == 0)
    return object->created_at;

  return object->updated_at;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  const Entry *one = *(const Entry * const *)a;
  const Entry *two = *(const Entry * const *)b;
  const Wish *wish = user_data;
  int order = 0;

  /* Folders come first, whatever the order. */
  if ((one->object == NULL) != (two->object == NULL))
    return one->object == NULL ? -1 : 1;

  if (one->object != NULL && strcmp (wish->column, "name") != 0)
    {
      gint64 first = get_sort_number (one->object, wish->column);
      gint64 second = get_sort_number (two->object, wish->column);

      order = (first > second) - (first < second);
    }
  if (order == 0)
    order = compare_names (a, b);

  return wish->descending ? -order : order;
}

static gboolean
begins_with (const char *name,
             const char *search)
{
  g_autofree char *lower = g_utf8_strdown (name, -1);

  return g_str_has_prefix (lower, search);
}

/* Adds the object itself, or the folder that it is in, once. */
static void
add_entry (GPtrArray      *entries,
           GHashTable     *folders,
           KvarDemoObject *object,
           const Wish     *wish)
{
  const char *rest = object->name + strlen (wish->prefix);
  const char *slash = wish->flat ? NULL : strchr (rest, '/');
  g_autofree char *name = slash != NULL ? g_strndup (rest, slash - rest) : g_strdup (rest);
  Entry *entry;

  if (!begins_with (name, wish->search))
    return;

  if (slash != NULL && !g_hash_table_add (folders, g_strdup (name)))
    return;

  entry = g_new0 (Entry, 1);
  entry->name = g_steal_pointer (&name);
  entry->object = slash != NULL ? NULL : object;
  g_ptr_array_add (entries, entry);
}

/* Everything in one folder that the caller may see; @objects keeps what the entries point to. */
static GPtrArray *
collect (KvarDemoExchange *exchange,
         const char       *bucket_name,
         GPtrArray        *objects,
         const Wish       *wish)
{
  const KvarDemoStorageBucket *bucket = kvar_demo_storage_find_bucket (bucket_name);
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify)entry_free);
  g_autoptr(GHashTable) folders = NULL;

  if (bucket == NULL)
    return entries;

  folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < objects->len; i++)
    {
      KvarDemoObject *object = g_ptr_array_index (objects, i);

      if (kvar_demo_storage_may_touch (exchange, bucket, object->name))
        add_entry (entries, folders, object, wish);
    }

  return entries;
}

static void
set_time (JsonObject *body,
          const char *member,
          gint64      usec)
{
  g_autofree char *text = kvar_demo_clock_format_iso (usec);

  json_object_set_string_member (body, member, text);
}

/* Returns: (transfer full): an object as lists write it, by the @name that it has there */
JsonObject *
kvar_demo_object_to_json (const KvarDemoObject *object,
                          const char           *name)
{
  JsonObject *body = json_object_new ();
  JsonObject *metadata = json_object_new ();

  json_object_set_string_member (body, "name", name);
  json_object_set_string_member (body, "id", object->id);
  set_time (body, "updated_at", object->updated_at);
  set_time (body, "created_at", object->created_at);
  set_time (body, "last_accessed_at", object->updated_at);

  json_object_set_string_member (metadata, "eTag", object->etag);
  json_object_set_int_member (metadata, "size", object->size);
  json_object_set_string_member (metadata, "mimetype", object->type);
  json_object_set_string_member (metadata, "cacheControl", object->cache_control);
  set_time (metadata, "lastModified", object->updated_at);
  json_object_set_int_member (metadata, "contentLength", object->size);
  json_object_set_int_member (metadata, "httpStatusCode", 200);
  json_object_set_object_member (body, "metadata", metadata);

  return body;
}

static JsonObject *
folder_to_json (const char *name)
{
  JsonObject *body = json_object_new ();
  const char *none[] = { "id", "updated_at", "created_at", "last_accessed_at", "metadata" };

  json_object_set_string_member (body, "name", name);
  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    json_object_set_null_member (body, none[i]);

  return body;
}

static void
reply_array (KvarDemoExchange *exchange,
             JsonArray        *array)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *text = NULL;

  json_node_take_array (node, array);
  text = json_to_string (node, FALSE);
  kvar_demo_exchange_reply (exchange, 200, "application/json", text, -1);
}

/* A bucket that is missing looks like one that is empty. */
void
kvar_demo_storage_list (KvarDemoStorage  *self,
                        KvarDemoExchange *exchange,
                        const char       *bucket)
{
  g_auto(Wish) wish = { NULL };
  g_autoptr(GPtrArray) objects = NULL;
  g_autoptr(GPtrArray) entries = NULL;
  JsonArray *array;

  if (!read_wish (exchange, &wish))
    return;

  objects = kvar_demo_storage_list_below (self, bucket, wish.prefix);
  entries = collect (exchange, bucket, objects, &wish);
  g_ptr_array_sort_with_data (entries, compare_entries, &wish);

  array = json_array_new ();
  for (gint64 i = wish.offset; i < entries->len && i < wish.offset + wish.limit; i++)
    {
      Entry *entry = g_ptr_array_index (entries, i);

      json_array_add_object_element (array, entry->object != NULL
                                       ? kvar_demo_object_to_json (entry->object, entry->name)
                                       : folder_to_json (entry->name));
    }
  reply_array (exchange, array);
}

static char *
dup_cursor (KvarDemoExchange *exchange)
{
  g_autoptr(JsonNode) node = kvar_demo_storage_parse_body (exchange);
  const char *cursor = json_object_get_string_member_with_default (json_node_get_object (node),
                                                                   "cursor", NULL);
  gsize length;
  g_autofree guchar *bytes = NULL;

  if (cursor == NULL || cursor[0] == '\0')
    return NULL;

  bytes = g_base64_decode (cursor, &length);

  return g_strndup ((const char *)bytes, length);
}

/* A name of the second list is the whole key; what it is called in its folder is "key". */
static void
add_v2_entry (Entry      *entry,
              const Wish *wish,
              JsonArray  *folders,
              JsonArray  *objects)
{
  g_autofree char *whole = NULL;
  JsonObject *body;

  whole = g_strconcat (wish->prefix, entry->name, entry->object == NULL ? "/" : NULL, NULL);
  if (entry->object == NULL)
    {
      body = json_object_new ();
      json_object_set_string_member (body, "name", whole);
      json_array_add_object_element (folders, body);
    }
  else
    {
      body = kvar_demo_object_to_json (entry->object, whole);
      json_array_add_object_element (objects, body);
    }
  json_object_set_string_member (body, "key", entry->name);
}

static void
reply_v2 (KvarDemoExchange *exchange,
          GPtrArray        *entries,
          const Wish       *wish,
          const char       *cursor)
{
  JsonObject *body = json_object_new ();
  JsonArray *folders = json_array_new ();
  JsonArray *objects = json_array_new ();
  Entry *last = NULL;
  gint64 n = 0;
  gboolean more = FALSE;

  for (guint i = 0; i < entries->len && !more; i++)
    {
      Entry *entry = g_ptr_array_index (entries, i);

      if (cursor != NULL && strcmp (entry->name, cursor) <= 0)
        continue;

      more = n == wish->limit;
      if (more)
        break;

      add_v2_entry (entry, wish, folders, objects);
      last = entry;
      n++;
    }

  json_object_set_boolean_member (body, "hasNext", more);
  if (more)
    {
      g_autofree char *next = g_base64_encode ((const guchar *)last->name, strlen (last->name));

      json_object_set_string_member (body, "nextCursor", next);
      json_object_set_string_member (body, "nextCursorKey", last->name);
    }
  json_object_set_array_member (body, "folders", folders);
  json_object_set_array_member (body, "objects", objects);
  kvar_demo_exchange_reply_json (exchange, 200, body);
}

/* By cursor, and by name alone: folders stand among the files. */
void
kvar_demo_storage_list_v2 (KvarDemoStorage  *self,
                           KvarDemoExchange *exchange,
                           const char       *bucket)
{
  g_auto(Wish) wish = { NULL };
  g_autoptr(GPtrArray) objects = NULL;
  g_autoptr(GPtrArray) entries = NULL;
  g_autofree char *cursor = NULL;

  if (!read_wish (exchange, &wish))
    return;

  cursor = dup_cursor (exchange);
  objects = kvar_demo_storage_list_below (self, bucket, wish.prefix);
  entries = collect (exchange, bucket, objects, &wish);
  g_ptr_array_sort (entries, compare_names);
  reply_v2 (exchange, entries, &wish, cursor);
}

static JsonObject *
bucket_to_json (const KvarDemoStorageBucket *bucket)
{
  JsonObject *body = json_object_new ();
  JsonArray *types;

  json_object_set_string_member (body, "id", bucket->name);
  json_object_set_string_member (body, "name", bucket->name);
  json_object_set_string_member (body, "owner", "");
  json_object_set_boolean_member (body, "public", bucket->is_public);
  json_object_set_string_member (body, "type", "STANDARD");
  if (bucket->size_limit > 0)
    json_object_set_int_member (body, "file_size_limit", bucket->size_limit);
  else
    json_object_set_null_member (body, "file_size_limit");
  if (bucket->mime_type != NULL)
    {
      g_autofree char *pattern = g_strconcat (bucket->mime_type, "*", NULL);

      types = json_array_new ();
      json_array_add_string_element (types, pattern);
      json_object_set_array_member (body, "allowed_mime_types", types);
    }
  else
    json_object_set_null_member (body, "allowed_mime_types");
  json_object_set_string_member (body, "created_at", "2026-01-02T08:00:00.000Z");
  json_object_set_string_member (body, "updated_at", "2026-01-02T08:00:00.000Z");

  return body;
}

static gboolean
is_listed (KvarDemoExchange            *exchange,
           const KvarDemoStorageBucket *bucket)
{
  return strcmp (exchange->role, "service_role") == 0 ||
         (strcmp (exchange->role, "authenticated") == 0 && bucket->listed);
}

void
kvar_demo_storage_list_buckets (KvarDemoStorage  *self,
                                KvarDemoExchange *exchange)
{
  JsonArray *array = json_array_new ();
  guint n_buckets;
  const KvarDemoStorageBucket *buckets = kvar_demo_storage_get_buckets (&n_buckets);

  for (guint i = 0; i < n_buckets; i++)
    if (is_listed (exchange, &buckets[i]))
      json_array_add_object_element (array, bucket_to_json (&buckets[i]));

  reply_array (exchange, array);
}

void
kvar_demo_storage_show_bucket (KvarDemoStorage  *self,
                               KvarDemoExchange *exchange,
                               const char       *name)
{
  const KvarDemoStorageBucket *bucket = kvar_demo_storage_find_bucket (name);

  if (bucket != NULL && is_listed (exchange, bucket))
    kvar_demo_exchange_reply_json (exchange, 200, bucket_to_json (bucket));
  else
    kvar_demo_storage_fail (exchange, "404", "NoSuchBucket", "Bucket not found",
                            "Bucket not found");
}
