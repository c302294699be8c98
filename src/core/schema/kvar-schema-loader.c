#include "config.h"
#include "schema/kvar-schema-loader.h"
struct _KvarSchemaLoader { GObject parent_instance; };
G_DEFINE_FINAL_TYPE (KvarSchemaLoader, kvar_schema_loader, G_TYPE_OBJECT)
static void kvar_schema_loader_class_init (KvarSchemaLoaderClass *k) {}
static void kvar_schema_loader_init (KvarSchemaLoader *k) {}
KvarSchemaLoader *kvar_schema_loader_new (KvarSession *s, const char *d) { g_assert_not_reached (); }
KvarSchema *kvar_schema_loader_get_schema (KvarSchemaLoader *s) { return NULL; }
const char *kvar_schema_loader_get_blocked (KvarSchemaLoader *s) { return NULL; }
void kvar_schema_loader_load_async (KvarSchemaLoader *s, GCancellable *c, GAsyncReadyCallback cb, gpointer d) { g_assert_not_reached (); }
KvarSchema *kvar_schema_loader_load_finish (KvarSchemaLoader *s, GAsyncResult *r, GError **e) { g_assert_not_reached (); }
void kvar_schema_loader_add_table_async (KvarSchemaLoader *s, const char *n, const char *const *cols, GCancellable *c, GAsyncReadyCallback cb, gpointer d) { g_assert_not_reached (); }
KvarTable *kvar_schema_loader_add_table_finish (KvarSchemaLoader *s, GAsyncResult *r, GError **e) { g_assert_not_reached (); }
void kvar_schema_loader_remove_table (KvarSchemaLoader *s, const char *n) {}
gboolean kvar_schema_loader_set_key (KvarSchemaLoader *s, const char *t, const char *const *c) { return FALSE; }
