/* kvar-session-stubs.c: placeholders that link until the session itself lands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "session/kvar-session.h"
#include "session/kvar-session-status.h"
#include "session/kvar-project-list.h"
#include "session/kvar-memory-vault.h"
#include "session/kvar-secret-vault.h"

struct _KvarProject
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (KvarProject, kvar_project, G_TYPE_OBJECT)

static void
kvar_project_class_init (KvarProjectClass *klass)
{
}

static void
kvar_project_init (KvarProject *self)
{
}

struct _KvarProjectList
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (KvarProjectList, kvar_project_list, G_TYPE_OBJECT)

static void
kvar_project_list_class_init (KvarProjectListClass *klass)
{
}

static void
kvar_project_list_init (KvarProjectList *self)
{
}

struct _KvarMemoryVault
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (KvarMemoryVault, kvar_memory_vault, G_TYPE_OBJECT)

static void
kvar_memory_vault_class_init (KvarMemoryVaultClass *klass)
{
}

static void
kvar_memory_vault_init (KvarMemoryVault *self)
{
}

struct _KvarSecretVault
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (KvarSecretVault, kvar_secret_vault, G_TYPE_OBJECT)

static void
kvar_secret_vault_class_init (KvarSecretVaultClass *klass)
{
}

static void
kvar_secret_vault_init (KvarSecretVault *self)
{
}

struct _KvarSession
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (KvarSession, kvar_session, G_TYPE_OBJECT)

static void
kvar_session_class_init (KvarSessionClass *klass)
{
}

static void
kvar_session_init (KvarSession *self)
{
}

G_DEFINE_INTERFACE (KvarVault, kvar_vault, G_TYPE_OBJECT)

static void
kvar_vault_default_init (KvarVaultInterface *iface)
{
}

KvarProject *
kvar_project_new (const char *url, const char *key, GError **error)
{
  g_assert_not_reached ();
}

const char  *
kvar_project_get_id (KvarProject *self)
{
  g_assert_not_reached ();
}

const char  *
kvar_project_get_name (KvarProject *self)
{
  g_assert_not_reached ();
}

void         
kvar_project_set_name (KvarProject *self, const char *name)
{
  g_assert_not_reached ();
}

const char  *
kvar_project_get_url (KvarProject *self)
{
  g_assert_not_reached ();
}

const char  *
kvar_project_get_key (KvarProject *self)
{
  g_assert_not_reached ();
}

gboolean     
kvar_project_get_is_demo (KvarProject *self)
{
  g_assert_not_reached ();
}

void         
kvar_project_set_is_demo (KvarProject *self, gboolean is_demo)
{
  g_assert_not_reached ();
}

void         
kvar_project_check_async (KvarProject *self, KvarTransport *transport, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_assert_not_reached ();
}

gboolean     
kvar_project_check_finish (KvarProject *self, GAsyncResult *result, GError **error)
{
  g_assert_not_reached ();
}

KvarProjectList *
kvar_project_list_new (const char *path)
{
  g_assert_not_reached ();
}

void             
kvar_project_list_add (KvarProjectList *self, KvarProject *project)
{
  g_assert_not_reached ();
}

void             
kvar_project_list_remove (KvarProjectList *self, KvarProject *project)
{
  g_assert_not_reached ();
}

KvarProject     *
kvar_project_list_find (KvarProjectList *self, const char *id)
{
  g_assert_not_reached ();
}

KvarProject     *
kvar_project_list_get_last (KvarProjectList *self)
{
  g_assert_not_reached ();
}

const char      *
kvar_project_list_get_last_email (KvarProjectList *self)
{
  g_assert_not_reached ();
}

void             
kvar_project_list_set_last (KvarProjectList *self, KvarProject *project, const char *email)
{
  g_assert_not_reached ();
}

gboolean         
kvar_project_list_save (KvarProjectList *self, GError **error)
{
  g_assert_not_reached ();
}

GQuark 
kvar_vault_error_quark (void)
{
  g_assert_not_reached ();
}

KvarVault *
kvar_vault_new_default (void)
{
  g_assert_not_reached ();
}

gboolean   
kvar_vault_is_persistent (KvarVault *self)
{
  g_assert_not_reached ();
}

void       
kvar_vault_store_async (KvarVault *self, const char *project_id, const char *slot, const char *secret, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_assert_not_reached ();
}

gboolean   
kvar_vault_store_finish (KvarVault *self, GAsyncResult *result, GError **error)
{
  g_assert_not_reached ();
}

void       
kvar_vault_lookup_async (KvarVault *self, const char *project_id, const char *slot, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_assert_not_reached ();
}

char      *
kvar_vault_lookup_finish (KvarVault *self, GAsyncResult *result, GError **error)
{
  g_assert_not_reached ();
}

void       
kvar_vault_clear_async (KvarVault *self, const char *project_id, const char *slot, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_assert_not_reached ();
}

gboolean   
kvar_vault_clear_finish (KvarVault *self, GAsyncResult *result, GError **error)
{
  g_assert_not_reached ();
}

void       
kvar_vault_unlock_async (KvarVault *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_assert_not_reached ();
}

gboolean   
kvar_vault_unlock_finish (KvarVault *self, GAsyncResult *result, GError **error)
{
  g_assert_not_reached ();
}

KvarVault *
kvar_memory_vault_new (void)
{
  g_assert_not_reached ();
}

KvarVault *
kvar_secret_vault_new (void)
{
  g_assert_not_reached ();
}

GType       
kvar_session_state_get_type (void)
{
  g_assert_not_reached ();
}

const char *
kvar_session_state_to_string (KvarSessionState state)
{
  g_assert_not_reached ();
}

KvarSession      *
kvar_session_new (KvarProject *project, KvarTransport *transport, KvarVault *vault, KvarClock *clock, const char *state_dir)
{
  g_assert_not_reached ();
}

KvarSession      *
kvar_session_open (KvarProject *project)
{
  g_assert_not_reached ();
}

KvarProject      *
kvar_session_get_project (KvarSession *self)
{
  g_assert_not_reached ();
}

KvarClock        *
kvar_session_get_clock (KvarSession *self)
{
  g_assert_not_reached ();
}

KvarTransport    *
kvar_session_get_transport (KvarSession *self)
{
  g_assert_not_reached ();
}

KvarSessionState  
kvar_session_get_state (KvarSession *self)
{
  g_assert_not_reached ();
}

KvarReason        
kvar_session_get_reason (KvarSession *self)
{
  g_assert_not_reached ();
}

const char       *
kvar_session_get_user_id (KvarSession *self)
{
  g_assert_not_reached ();
}

const char       *
kvar_session_get_email (KvarSession *self)
{
  g_assert_not_reached ();
}

guint             
kvar_session_get_generation (KvarSession *self)
{
  g_assert_not_reached ();
}

gboolean          
kvar_session_get_signing_out (KvarSession *self)
{
  g_assert_not_reached ();
}

gboolean          
kvar_session_get_stores_secrets (KvarSession *self)
{
  g_assert_not_reached ();
}

gboolean          
kvar_session_is_usable (KvarSession *self)
{
  g_assert_not_reached ();
}

void              
kvar_session_poke (KvarSession *self)
{
  g_assert_not_reached ();
}

void              
kvar_session_restore_async (KvarSession *self, const char *user, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_assert_not_reached ();
}

gboolean          
kvar_session_restore_finish (KvarSession *self, GAsyncResult *result, GError **error)
{
  g_assert_not_reached ();
}

void              
kvar_session_sign_in_async (KvarSession *self, const char *email, const char *password, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_assert_not_reached ();
}

gboolean          
kvar_session_sign_in_finish (KvarSession *self, GAsyncResult *result, GError **error)
{
  g_assert_not_reached ();
}

void              
kvar_session_sign_out_async (KvarSession *self, KvarSignOutScope scope, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_assert_not_reached ();
}

gboolean          
kvar_session_sign_out_finish (KvarSession *self, GAsyncResult *result, GError **error)
{
  g_assert_not_reached ();
}

void              
kvar_session_send_async (KvarSession *self, KvarRequest *request, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_assert_not_reached ();
}

KvarReply        *
kvar_session_send_finish (KvarSession *self, GAsyncResult *result, GError **error)
{
  g_assert_not_reached ();
}

KvarSessionStatus *
kvar_session_status_new (const char *project_id, const char *user_id)
{
  g_assert_not_reached ();
}

void               
kvar_session_status_free (KvarSessionStatus *status)
{
  g_assert_not_reached ();
}

char              *
kvar_session_status_to_json (KvarSessionStatus *status)
{
  g_assert_not_reached ();
}

gboolean           
kvar_session_status_save (KvarSessionStatus *status, const char *state_dir, GError **error)
{
  g_assert_not_reached ();
}

KvarSessionStatus *
kvar_session_status_load (const char *state_dir, const char *project_id, const char *user_id)
{
  g_assert_not_reached ();
}

KvarSessionStatus *
kvar_session_status_find (const char *state_dir, const char *project_id, const char *user)
{
  g_assert_not_reached ();
}

GPtrArray         *
kvar_session_status_list (const char *state_dir, const char *project_id)
{
  g_assert_not_reached ();
}

char              *
kvar_session_status_path (const char *state_dir, const char *project_id, const char *user_id)
{
  g_assert_not_reached ();
}
