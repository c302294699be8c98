/* kvar-display-fixture.h: a workspace on scripted wires and a window to show widgets in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>
#include <glib/gstdio.h>

#include "kvar-error.h"
#include "kvar-test-auth.h"
#include "kvar-test-vault.h"
#include "kvar-test.h"
#include "kvar-workspace.h"

typedef struct
{
  KvarTestTransport *transport;
  KvarTestVault     *vault;
  KvarClock         *clock;
  KvarTestAuth      *auth;
  KvarSession       *session;
  KvarWorkspace     *workspace;    /* (nullable) until display_add_workspace () */
  KvarDatabase      *cache;        /* (nullable) until display_add_cache () */
  GtkWindow         *window;
  char              *state_dir;
} DisplayFixture;

static inline void
display_set_up (DisplayFixture *f)
{
  f->state_dir = g_dir_make_tmp ("kvar-display-XXXXXX", NULL);
  f->transport = kvar_test_transport_new ();
  f->vault = kvar_test_vault_new ();
  f->clock = kvar_clock_new_simulated ();
  f->auth = kvar_test_auth_new (f->transport, f->clock);
  f->session = kvar_test_session_new (f->transport, KVAR_VAULT (f->vault), f->clock,
                                      f->state_dir);
  f->window = g_object_ref (GTK_WINDOW (gtk_window_new ()));
}

static inline void
display_add_workspace (DisplayFixture *f)
{
  f->workspace = kvar_workspace_new (f->session);
}

/* What is seen from now on is kept, as in the program. */
static inline void
display_add_cache (DisplayFixture *f)
{
  f->cache = kvar_cache_open_database (f->state_dir);
  kvar_workspace_set_cache_database (f->workspace, f->cache);
}

/* Shows @widget and waits until it is there, so that focus and actions work. */
static inline void
display_show (DisplayFixture *f,
              GtkWidget      *widget)
{
  gtk_window_set_default_size (f->window, 800, 600);
  gtk_window_set_child (f->window, widget);
  gtk_window_present (f->window);
  kvar_test_wait_until (gtk_widget_get_mapped (widget));
}

static inline void
display_remove_dir (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (g_file_test (file, G_FILE_TEST_IS_DIR))
        display_remove_dir (file);
      else
        g_unlink (file);
    }
  g_rmdir (path);
}

static inline void
display_tear_down (DisplayFixture *f)
{
  gtk_window_destroy (f->window);
  kvar_test_settle ();
  g_assert_finalize_object (f->window);
  if (f->workspace != NULL)
    g_assert_finalize_object (f->workspace);
  kvar_test_settle ();
  if (f->cache != NULL)
    {
      kvar_database_close (f->cache);
      kvar_test_settle ();
      g_assert_finalize_object (f->cache);
    }
  g_assert_finalize_object (f->session);
  g_clear_pointer (&f->auth, kvar_test_auth_free);
  g_assert_finalize_object (f->transport);
  g_assert_finalize_object (f->vault);
  g_assert_finalize_object (f->clock);
  display_remove_dir (f->state_dir);
  g_free (f->state_dir);
}

/* The server forgets the session, and the next renewal learns it. */
static inline void
display_end_session (DisplayFixture *f)
{
  kvar_test_auth_revoke (f->auth);
  kvar_clock_advance (f->clock, KVAR_CLOCK_HOUR);
  kvar_test_wait_until (kvar_session_get_state (f->session) == KVAR_SESSION_EXPIRED);
}

/* A child that the template of @widget names. */
static inline gpointer
display_child (gpointer    widget,
               const char *name)
{
  GObject *child = gtk_widget_get_template_child (GTK_WIDGET (widget), G_OBJECT_TYPE (widget),
                                                  name);

  g_assert_nonnull (child);

  return child;
}

static inline void
display_click (gpointer button)
{
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static inline const char *
display_label (gpointer    widget,
               const char *name)
{
  return gtk_label_get_text (GTK_LABEL (display_child (widget, name)));
}

static inline gboolean
display_is_shown (gpointer    widget,
                  const char *name)
{
  return gtk_widget_get_mapped (display_child (widget, name));
}

/* Whether the focus is on @widget or in it. */
static inline gboolean
display_has_focus (gpointer widget)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (widget));
  GtkWidget *focus = gtk_root_get_focus (root);

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}
