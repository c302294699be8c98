/* kvar-project.c: a Supabase project: its address and its public key
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kvar-error.h"
#include "session/kvar-auth-api.h"
#include "session/kvar-jwt.h"
#include "session/kvar-project.h"

struct _KvarProject
{
  GObject   parent_instance;

  char     *url;         /* no slash at the end */
  char     *key;
  char     *host_id;     /* what the address gives as an id */
  char     *name;        /* (nullable): the host is shown then */
  gboolean  is_demo;
};

enum {
  PROP_ID = 1,
  PROP_NAME,
  PROP_URL,
  PROP_KEY,
  PROP_IS_DEMO,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KvarProject, kvar_project, G_TYPE_OBJECT)

static void
set_field_error (GError     **error,
                 const char  *field,
                 const char  *sentence)
{
  GError *new_error = kvar_error_new_full (KVAR_ERROR_INVALID, 0, NULL, sentence);

  kvar_error_set_field (new_error, field);
  g_propagate_error (error, new_error);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr(GInetAddress) address = NULL;

  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;

  address = g_inet_address_new_from_string (host);

  return address != NULL && g_inet_address_get_is_loopback (address);
}

/* GLib is generous about what stands between the slashes; names and numbers are not. */
static gboolean
is_host (const char *host)
{
  g_autofree char *ascii = host != NULL ? g_hostname_to_ascii (host) : NULL;

  return ascii != NULL && *ascii != '\0' &&
         strspn (ascii, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:") ==
         strlen (ascii);
}

/* What people paste: perhaps without the scheme, with blanks around it, with a slash. */
static GUri *
parse_address (const char  *typed,
               GError     **error)
{
  g_autofree char *address = g_strstrip (g_strdup (typed));
  g_autofree char *completed = NULL;
  g_autoptr(GUri) uri = NULL;
  const char *host;

  completed = strstr (address, "://") != NULL ? g_strdup (address)
                                              : g_strconcat ("https://", address, NULL);
  uri = g_uri_parse (completed, G_URI_FLAGS_ENCODED, NULL);
  host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (!is_host (host) || g_uri_get_userinfo (uri) != NULL ||
      (!g_str_equal (g_uri_get_scheme (uri), "https") &&
       !g_str_equal (g_uri_get_scheme (uri), "http")))
    {
      set_field_error (error, "url", _("This isn't an address. It looks like "
                                       "https://project.example.org."));
      return NULL;
    }

  if (g_str_equal (g_uri_get_scheme (uri), "http") && !is_loopback (host))
    {
      set_field_error (error, "url", _("The address has to begin with https:// so that nobody "
                                       "can read along."));
      return NULL;
    }

  return g_steal_pointer (&uri);
}

static char *
write_address (GUri *uri)
{
  g_autofree char *path = g_strdup (g_uri_get_path (uri));
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (uri), -1);
  gsize length = strlen (path);

  while (length > 0 && path[length - 1] == '/')
    path[--length] = '\0';

  return g_uri_join (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), NULL, host,
                     g_uri_get_port (uri), path, NULL, NULL);
}

/* Host, port and folder as one word that may stand in a file name. */
static char *
make_host_id (GUri *uri)
{
  g_autoptr(GString) id = g_string_new (NULL);
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (uri), -1);

  g_string_append (id, host);
  if (g_uri_get_port (uri) > 0)
    g_string_append_printf (id, "-%d", g_uri_get_port (uri));
  g_string_append (id, g_uri_get_path (uri));
  while (id->len > 0 && id->str[id->len - 1] == '/')
    g_string_truncate (id, id->len - 1);

  return g_strcanon (g_string_free (g_steal_pointer (&id), FALSE),
                     "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-", '-');
}

static gboolean
is_secret_key (const char *key)
{
  g_autofree char *role = NULL;

  if (g_str_has_prefix (key, "sb_secret_"))
    return TRUE;

  role = kvar_jwt_get_string (key, "role");

  return g_strcmp0 (role, "service_role") == 0 || g_strcmp0 (role, "supabase_admin") == 0;
}

static gboolean
check_key (const char  *key,
           GError     **error)
{
  if (*key == '\0')
    {
      set_field_error (error, "key", _("Fill in the project's public key."));
      return FALSE;
    }

  if (is_secret_key (key))
    {
      set_field_error (error, "key", _("This is an administrator key. For your safety Kvar "
                                       "doesn't use it. Ask for the public key."));
      return FALSE;
    }

  for (const char *p = key; *p != '\0'; p++)
    {
      if (!g_ascii_isgraph (*p))
        {
          set_field_error (error, "key", _("This isn't a key. Copy the public key once more."));
          return FALSE;
        }
    }

  return TRUE;
}

static void
kvar_project_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  KvarProject *self = KVAR_PROJECT (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, kvar_project_get_id (self));
      break;

    case PROP_NAME:
      g_value_set_string (value, kvar_project_get_name (self));
      break;

    case PROP_URL:
      g_value_set_string (value, self->url);
      break;

    case PROP_KEY:
      g_value_set_string (value, self->key);
      break;

    case PROP_IS_DEMO:
      g_value_set_boolean (value, self->is_demo);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_project_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  KvarProject *self = KVAR_PROJECT (object);

  switch (prop_id)
    {
    case PROP_NAME:
      kvar_project_set_name (self, g_value_get_string (value));
      break;

    case PROP_IS_DEMO:
      kvar_project_set_is_demo (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_project_finalize (GObject *object)
{
  KvarProject *self = KVAR_PROJECT (object);

  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->host_id, g_free);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (kvar_project_parent_class)->finalize (object);
}

static void
kvar_project_class_init (KvarProjectClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kvar_project_finalize;
  object_class->get_property = kvar_project_get_property;
  object_class->set_property = kvar_project_set_property;

  properties[PROP_ID] =
    g_param_spec_string ("id", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NAME] =
    g_param_spec_string ("name", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_URL] =
    g_param_spec_string ("url", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_KEY] =
    g_param_spec_string ("key", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_IS_DEMO] =
    g_param_spec_boolean ("is-demo", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kvar_project_init (KvarProject *self)
{
}

/**
 * kvar_project_new:
 * @url: the address as a person pastes it
 * @key: the public key, new (sb_publishable_…) or old (a JWT with the role anon)
 *
 * Refuses what could harm the person: plain HTTP to another computer, and administrators'
 * keys. The error is %KVAR_ERROR_INVALID with the field "url" or "key", and its message is
 * a translated sentence.
 *
 * Returns: (transfer full): the project
 */
KvarProject *
kvar_project_new (const char  *url,
                  const char  *key,
                  GError     **error)
{
  g_autoptr(KvarProject) self = NULL;
  g_autoptr(GUri) uri = NULL;
  g_autofree char *stripped_key = NULL;

  g_return_val_if_fail (url != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  uri = parse_address (url, error);
  if (uri == NULL)
    return NULL;

  stripped_key = g_strstrip (g_strdup (key));
  if (!check_key (stripped_key, error))
    return NULL;

  self = g_object_new (KVAR_TYPE_PROJECT, NULL);
  self->url = write_address (uri);
  self->key = g_steal_pointer (&stripped_key);
  self->host_id = make_host_id (uri);

  return g_steal_pointer (&self);
}

/**
 * kvar_project_get_id:
 *
 * Returns: what names the project in files and in the keyring: its host, or "demo", since
 *   the demo's port is another one every time
 */
const char *
kvar_project_get_id (KvarProject *self)
{
  g_return_val_if_fail (KVAR_IS_PROJECT (self), NULL);

  return self->is_demo ? KVAR_PROJECT_DEMO_ID : self->host_id;
}

/**
 * kvar_project_get_name:
 *
 * Returns: what to call the project when speaking to people
 */
const char *
kvar_project_get_name (KvarProject *self)
{
  g_return_val_if_fail (KVAR_IS_PROJECT (self), NULL);

  return self->name != NULL ? self->name : self->host_id;
}

void
kvar_project_set_name (KvarProject *self,
                       const char  *name)
{
  g_autofree char *copy = NULL;

  g_return_if_fail (KVAR_IS_PROJECT (self));

  if (g_strcmp0 (self->name, name) == 0)
    return;

  copy = g_strdup (name);
  g_free (self->name);
  self->name = g_steal_pointer (&copy);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

const char *
kvar_project_get_url (KvarProject *self)
{
  g_return_val_if_fail (KVAR_IS_PROJECT (self), NULL);

  return self->url;
}

const char *
kvar_project_get_key (KvarProject *self)
{
  g_return_val_if_fail (KVAR_IS_PROJECT (self), NULL);

  return self->key;
}

gboolean
kvar_project_get_is_demo (KvarProject *self)
{
  g_return_val_if_fail (KVAR_IS_PROJECT (self), FALSE);

  return self->is_demo;
}

/**
 * kvar_project_set_is_demo:
 *
 * To be said before a session begins, because it changes the id.
 */
void
kvar_project_set_is_demo (KvarProject *self,
                          gboolean     is_demo)
{
  g_return_if_fail (KVAR_IS_PROJECT (self));

  is_demo = !!is_demo;
  if (self->is_demo == is_demo)
    return;

  self->is_demo = is_demo;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_DEMO]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ID]);
}

/* What the Auth server's settings say about address and key. */
static gboolean
judge_settings (KvarReply  *reply,
                GError    **error)
{
  int status = kvar_reply_get_status (reply);

  if (status == 401 || (status == 403 && kvar_reply_is_json (reply)))
    {
      set_field_error (error, "key", _("The project doesn't accept this key. Copy the public "
                                       "key once more."));
      return FALSE;
    }

  if (status == 429 || status >= 500)
    return kvar_reply_check (reply, KVAR_SERVICE_AUTH, error);

  if (status != 200 || !kvar_auth_api_reads_as_settings (reply))
    {
      set_field_error (error, "url", _("There's no project at this address. Check the "
                                       "spelling."));
      return FALSE;
    }

  return TRUE;
}

static void
check_replied_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  reply = kvar_transport_send_finish (KVAR_TRANSPORT (object), result, &error);

  if (reply == NULL || !judge_settings (reply, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * kvar_project_check_async:
 * @transport: one made for this project's address and key
 *
 * Asks whether there is a project at the address and whether it takes the key. Errors of
 * %KVAR_ERROR_INVALID bear the field and a translated sentence, as in kvar_project_new().
 */
void
kvar_project_check_async (KvarProject         *self,
                          KvarTransport       *transport,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(KvarRequest) request = NULL;

  g_return_if_fail (KVAR_IS_PROJECT (self));
  g_return_if_fail (KVAR_IS_TRANSPORT (transport));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_project_check_async);

  request = kvar_auth_api_new_settings ();
  kvar_transport_send_async (transport, request, cancellable, check_replied_cb,
                             g_steal_pointer (&task));
}

gboolean
kvar_project_check_finish (KvarProject   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
