/* main.c: kvar-vault, one access to the person's vault and over
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsecret's file backend, which it uses in a sandbox, reads its file once per process:
 * a process that lives for days would never see what another one has stored, and write
 * over it. So there each access is a process of its own, and they go one after the other.
 *
 * A secret comes and goes through pipes only. It ends with a zero byte: whoever sent it
 * may have died in the middle, and half a secret must not be stored.
 */

#define G_LOG_DOMAIN "kvar-vault"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <libsecret/secret.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MOST_SECRET_BYTES (1024 * 1024)
#define BACKSTOP_S        120      /* whoever started us ends us long before */
#define LOCK_TRIES        100
#define LOCK_PAUSE_US     100000

/* What kvar-child-vault.c knows them as. */
typedef enum
{
  DONE,
  FAILED,
  USAGE,
  NOT_FOUND,
  LOCKED,
  ABSENT,
} Exit;

typedef struct
{
  const char *verb;
  const char *project;
  const char *slot;
  const char *label;    /* (nullable): what the keyring's own window calls the entry */
} Call;

/* The same as in kvar-secret-vault.c, so that either finds what the other has stored. */
static const SecretSchema schema = {
  "io.github.kvarapp.Kvar.Session", SECRET_SCHEMA_NONE,
  {
    { "project", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "slot", SECRET_SCHEMA_ATTRIBUTE_STRING },
  }
};

static gboolean
is_file_wanted (void)
{
  return g_strcmp0 (g_getenv ("SECRET_BACKEND"), "file") == 0;
}

static gboolean
has_bus (void)
{
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);

  return bus != NULL;
}

static Exit
report (const GError *error)
{
  g_printerr ("%s\n", error->message);

  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))    /* the portal's question */
    return LOCKED;
  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND) ||
      (!is_file_wanted () && !has_bus ()))
    return ABSENT;

  return FAILED;
}

/* The file is read, changed and replaced whole: two at once would undo one of them. A lock
 * that cannot be had must not keep anybody from their secret. */
static void
lock_others_out (void)
{
  struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "kvar", NULL);
  g_autofree char *path = g_build_filename (folder, "vault.lock", NULL);
  int fd;

  g_mkdir_with_parents (folder, 0700);
  fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  for (guint i = 0; fd >= 0 && i < LOCK_TRIES && fcntl (fd, F_OFD_SETLK, &whole) != 0; i++)
    g_usleep (LOCK_PAUSE_US);
}

/* Returns the secret on standard input, or NULL where its end is missing. */
static char *
read_secret (void)
{
  char *secret = g_malloc (MOST_SECRET_BYTES);
  gsize length = fread (secret, 1, MOST_SECRET_BYTES, stdin);

  if (length > 1 && memchr (secret, '\0', length) == secret + length - 1)
    return secret;

  explicit_bzero (secret, length);
  g_free (secret);

  return NULL;
}

static Exit
store (const Call *call)
{
  char *secret = read_secret ();
  g_autoptr(GError) error = NULL;

  if (secret == NULL)
    {
      g_printerr ("There is no whole secret on standard input.\n");
      return FAILED;
    }

  lock_others_out ();
  secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT,
                              call->label != NULL ? call->label : "Kvar", secret, NULL, &error,
                              "project", call->project, "slot", call->slot, NULL);
  explicit_bzero (secret, strlen (secret));
  g_free (secret);

  return error != NULL ? report (error) : DONE;
}

static SecretRetrievable *
find_newest (GList *items)
{
  SecretRetrievable *newest = NULL;

  for (GList *l = items; l != NULL; l = l->next)
    {
      if (newest == NULL ||
          secret_retrievable_get_modified (l->data) > secret_retrievable_get_modified (newest))
        newest = l->data;
    }

  return newest;
}

static Exit
print_secret (SecretRetrievable *item)
{
  g_autoptr(SecretValue) value = NULL;
  g_autoptr(GError) error = NULL;
  const char *text;

  value = secret_retrievable_retrieve_secret_sync (item, NULL, &error);
  if (error != NULL)
    return report (error);

  text = value != NULL ? secret_value_get_text (value) : NULL;
  if (text == NULL)
    return NOT_FOUND;

  if (fwrite (text, 1, strlen (text) + 1, stdout) != strlen (text) + 1 || fflush (stdout) != 0)
    return FAILED;

  return DONE;
}

/* Without asking the person: a locked item is an answer too. */
static Exit
look_up (const Call *call)
{
  g_autolist(SecretRetrievable) items = NULL;
  SecretRetrievable *newest;
  g_autoptr(GError) error = NULL;

  lock_others_out ();
  items = secret_password_search_sync (&schema, SECRET_SEARCH_ALL, NULL, &error,
                                       "project", call->project, "slot", call->slot, NULL);
  if (error != NULL)
    return report (error);

  newest = find_newest (items);
  if (newest == NULL)
    return NOT_FOUND;
  if (SECRET_IS_ITEM (newest) && secret_item_get_locked (SECRET_ITEM (newest)))
    return LOCKED;

  return print_secret (newest);
}

static Exit
clear (const Call *call)
{
  g_autoptr(GError) error = NULL;
  gboolean cleared;

  lock_others_out ();
  cleared = secret_password_clear_sync (&schema, NULL, &error,
                                        "project", call->project, "slot", call->slot, NULL);
  if (error != NULL)
    return report (error);

  return cleared ? DONE : NOT_FOUND;
}

static Exit
run (const Call *call)
{
  if (g_str_equal (call->verb, "store"))
    return store (call);
  if (g_str_equal (call->verb, "lookup"))
    return look_up (call);
  if (g_str_equal (call->verb, "clear"))
    return clear (call);

  return USAGE;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GOptionContext) options = g_option_context_new ("store|lookup|clear");
  g_autofree char *project = NULL;
  g_autofree char *slot = NULL;
  g_autofree char *label = NULL;
  const GOptionEntry entries[] = {
    { "project", 0, 0, G_OPTION_ARG_STRING, &project, "Which project's secret", "ID" },
    { "slot", 0, 0, G_OPTION_ARG_STRING, &slot, "Whose secret", "ID" },
    { "label", 0, 0, G_OPTION_ARG_STRING, &label, "What people see it called", "TEXT" },
    { NULL }
  };
  Exit code = USAGE;

  /* Standard output is the secret's. */
  g_log_writer_default_set_use_stderr (TRUE);
  alarm (BACKSTOP_S);

  g_option_context_add_main_entries (options, entries, NULL);
  if (g_option_context_parse (options, &argc, &argv, NULL) && argc == 2 && project != NULL &&
      slot != NULL)
    code = run (&(Call) { argv[1], project, slot, label });

  if (code == USAGE)
    g_printerr ("kvar-vault store|lookup|clear --project ID --slot ID [--label TEXT]\n");

  return (int)code;
}
