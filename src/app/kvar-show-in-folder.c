/* kvar-show-in-folder.c: shows a file in its folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-show-in-folder"

#include "config.h"

#include "kvar-show-in-folder.h"

typedef struct
{
  GtkWindow *window;    /* (nullable) weak */
  GFile     *file;
} Place;

/* Show: get the bus → ask the file manager → else open the folder. */
static void bus_got_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void shown_cb   (GObject *object, GAsyncResult *result, gpointer user_data);

static void
place_free (Place *place)
{
  g_clear_weak_pointer (&place->window);
  g_object_unref (place->file);
  g_free (place);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Place, place_free)

/* No file manager that can select the file: the folder is better than nothing. */
static void
open_folder (Place *place)
{
  g_autoptr(GFile) folder = g_file_get_parent (place->file);
  g_autofree char *uri = folder != NULL ? g_file_get_uri (folder) : NULL;

  if (uri != NULL)
    gtk_show_uri (place->window, uri, GDK_CURRENT_TIME);
}

/**
 * kvar_show_in_folder:
 * @window: (nullable): the one that the file manager comes to lie above
 *
 * Opens the folder that @file is in, with the file selected where the desktop can do that.
 */
void
kvar_show_in_folder (GtkWindow *window,
                     GFile     *file)
{
  Place *place;

  g_return_if_fail (window == NULL || GTK_IS_WINDOW (window));
  g_return_if_fail (G_IS_FILE (file));

  place = g_new0 (Place, 1);
  g_set_weak_pointer (&place->window, window);
  place->file = g_object_ref (file);
  g_bus_get (G_BUS_TYPE_SESSION, NULL, bus_got_cb, place);
}

static void
bus_got_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Place) place = user_data;
  g_autoptr(GDBusConnection) bus = g_bus_get_finish (result, NULL);
  g_autofree char *uri = g_file_get_uri (place->file);
  const char *uris[] = { uri, NULL };

  if (bus == NULL)
    {
      open_folder (place);
      return;
    }

  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1", "ShowItems",
                          g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, shown_cb, g_steal_pointer (&place));
}

static void
shown_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Place) place = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = NULL;

  reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);
  if (reply != NULL)
    return;

  g_debug ("No file manager shows the file: %s", error->message);
  open_folder (place);
}
