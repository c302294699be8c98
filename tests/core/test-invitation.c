/* test-invitation.c: links and files tell of a project, and what is wrong with them is said
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-error.h"
#include "session/kvar-invitation.h"

#define URL "https://norr.example.org"

typedef struct
{
  const char *name;
  const char *text;
  const char *url;      /* (nullable) where it is refused */
  const char *field;    /* (nullable) what is wrong */
} Case;

static const Case cases[] = {
  { "link", "kvar://connect?url=https%3A%2F%2Fnorr.example.org&key=sb_publishable_x", URL, NULL },
  { "link-plainly", "KVAR://CONNECT?key=sb_publishable_x&url=https://norr.example.org", URL, NULL },
  { "file", "[Kvar]\nurl=https://norr.example.org\nkey=sb_publishable_x\n", URL, NULL },
  { "file-with-a-link", "\n kvar://connect?url=norr.example.org&key=sb_publishable_x\n", URL,
    NULL },
  { "file-with-more", "# Norr\n[Kvar]\nname=Norr\nurl=norr.example.org\nkey=k\n[Other]\nx=y", URL,
    NULL },
  { "empty", "", NULL, NULL },
  { "link-without-key", "kvar://connect?url=https://norr.example.org", NULL, NULL },
  { "link-badly-escaped", "kvar://connect?url=%zz&key=k", NULL, NULL },
  { "another-group", "[Project]\nurl=norr.example.org\nkey=k\n", NULL, NULL },
  { "no-key-file", "<html><title>404</title></html>", NULL, NULL },
  { "not-encrypted", "kvar://connect?url=http://norr.example.org&key=k", NULL, "url" },
  { "no-address", "kvar://connect?url=file:///etc/passwd&key=k", NULL, "url" },
  { "administrator", "kvar://connect?url=norr.example.org&key=sb_secret_x", NULL, "key" },
  { "no-text", "[Kvar]\nurl=\xff\nkey=k\n", NULL, NULL },
};

static void
test_invitation_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(KvarProject) project = kvar_invitation_read (c->text, -1, &error);

  if (c->url != NULL)
    {
      g_assert_no_error (error);
      g_assert_cmpstr (kvar_project_get_url (project), ==, c->url);
      return;
    }

  g_assert_null (project);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
  g_assert_cmpstr (kvar_error_get_field (error), ==, c->field);
}

static void
test_invitation_is_short (void)
{
  g_autofree char *long_text = g_strnfill (KVAR_INVITATION_MAX + 1, '#');
  g_autoptr(GError) error = NULL;

  g_assert_null (kvar_invitation_read (long_text, -1, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/invitation/read/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_invitation_case);
    }
  g_test_add_func ("/invitation/is-short", test_invitation_is_short);

  return g_test_run ();
}
