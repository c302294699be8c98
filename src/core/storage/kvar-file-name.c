/* kvar-file-name.c: what a file is called here, what it may be called there, and what it may do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-storage"

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "storage/kvar-file-name.h"

/* Bytes: file systems take 255, and a temporary name beside it needs some. */
#define MOST_OF_A_NAME 150

/* Windows' devices: a file of this name could not be copied to such a computer. */
static const char *const reserved[] = {
  "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
  "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
};

/* What runs when it is opened, by its ending and by its media type. */
static const char *const running_endings[] = {
  "appimage", "apk", "app", "bash", "bat", "bin", "cmd", "com", "deb", "desktop", "dll", "exe",
  "flatpak", "flatpakref", "flatpakrepo", "hta", "jar", "jnlp", "js", "jse", "lnk", "msi", "msp",
  "pif", "pl", "ps1", "py", "pyc", "pyw", "rb", "reg", "rpm", "run", "scr", "sh", "snap", "so",
  "vb", "vbe", "vbs", "wsf", "zsh",
};

static const char *const running_types[] = {
  "application/java-archive", "application/javascript", "application/vnd.appimage",
  "application/vnd.debian.binary-package", "application/vnd.flatpak",
  "application/vnd.flatpak.ref", "application/vnd.microsoft.portable-executable",
  "application/x-desktop", "application/x-dosexec", "application/x-elf",
  "application/x-executable", "application/x-java-archive", "application/x-ms-dos-executable",
  "application/x-msdos-program", "application/x-msdownload", "application/x-msi",
  "application/x-perl", "application/x-python-code", "application/x-rpm", "application/x-sh",
  "application/x-sharedlib", "application/x-shellscript", "text/javascript", "text/x-python",
  "text/x-script.python", "text/x-shellscript",
};

static gboolean
is_among (const char        *text,
          const char *const *list,
          gsize              n)
{
  for (gsize i = 0; i < n; i++)
    if (g_ascii_strcasecmp (text, list[i]) == 0)
      return TRUE;

  return FALSE;
}

/* What comes after the last dot, or NULL. */
static const char *
get_ending (const char *name)
{
  const char *dot = strrchr (name, '.');

  return dot != NULL && dot > name && dot[1] != '\0' ? dot + 1 : NULL;
}

static gboolean
is_reserved (const char *name)
{
  g_autofree char *stem = g_strndup (name, strcspn (name, "."));

  return is_among (stem, reserved, G_N_ELEMENTS (reserved));
}

/* Shortened in the middle, so that the ending stays; never inside a letter. */
static char *
shorten (const char *name)
{
  const char *ending = get_ending (name);
  gsize tail = ending != NULL && strlen (ending) < 16 ? strlen (ending) + 1 : 0;
  gsize length = strlen (name);
  const char *cut;

  if (length <= MOST_OF_A_NAME)
    return g_strdup (name);

  cut = g_utf8_find_prev_char (name, name + MOST_OF_A_NAME - tail + 1);

  return g_strdup_printf ("%.*s%s", (int)(cut - name), name, name + length - tail);
}

/**
 * kvar_file_name_for_disk:
 * @key: an object's key, or the name that it had where it came from
 *
 * Returns: (transfer full): its last piece as a name for a file, which leads nowhere else, is
 *   not hidden, and which any file system takes
 */
char *
kvar_file_name_for_disk (const char *key)
{
  g_autofree char *valid = NULL;
  g_autoptr(GString) name = g_string_new (NULL);
  const char *last;

  g_return_val_if_fail (key != NULL, NULL);

  valid = g_utf8_make_valid (key, -1);
  last = strrchr (valid, '/');
  for (const char *at = last != NULL ? last + 1 : valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar sign = g_utf8_get_char (at);

      if (g_unichar_iscntrl (sign) || g_unichar_type (sign) == G_UNICODE_FORMAT ||
          (sign < 128 && strchr ("\\:*?\"<>|", (int)sign) != NULL))
        g_string_append_c (name, '_');
      else
        g_string_append_unichar (name, sign);
    }

  /* Neither hidden, nor "..", nor what Windows cuts off. */
  while (name->len > 0 && (name->str[0] == '.' || name->str[0] == ' '))
    g_string_erase (name, 0, 1);
  while (name->len > 0 && (name->str[name->len - 1] == '.' || name->str[name->len - 1] == ' '))
    g_string_truncate (name, name->len - 1);

  if (name->len == 0)
    return g_strdup ("file");
  if (is_reserved (name->str))
    g_string_prepend_c (name, '_');

  return shorten (name->str);
}

static gboolean
is_key_sign (char sign)
{
  return g_ascii_isalnum (sign) || (sign != '\0' && strchr ("_!.*'() &$=@;:+,-", sign) != NULL);
}

/**
 * kvar_file_name_is_key:
 *
 * Returns: whether Storage takes @name as a key's last piece: ASCII letters, digits and a few
 *   signs (storage/limits.ts)
 */
gboolean
kvar_file_name_is_key (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  for (const char *at = name; *at != '\0'; at++)
    if (!is_key_sign (*at))
      return FALSE;

  return *name != '\0' && strcmp (name, ".") != 0 && strcmp (name, "..") != 0;
}

/**
 * kvar_file_name_for_key:
 * @name: what a file is called here, in any letters
 *
 * Returns: (transfer full): a key's last piece that resembles it: "Ritning å.pdf" becomes
 *   "Ritning a.pdf"
 */
char *
kvar_file_name_for_key (const char *name)
{
  g_autofree char *composed = NULL;
  g_autofree char *ascii = NULL;
  gsize stem;
  const char *ending;

  g_return_val_if_fail (name != NULL, NULL);

  composed = g_utf8_normalize (name, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  /* Not by the person's language: a key must not hang on who has uploaded the file. */
  ascii = composed != NULL ? g_str_to_ascii (composed, "C") : g_strdup ("");
  for (char *at = ascii; *at != '\0'; at++)
    if (!is_key_sign (*at))
      *at = '_';

  ending = get_ending (ascii);
  stem = ending != NULL ? (gsize)(ending - ascii - 1) : strlen (ascii);
  for (gsize i = 0; i < stem; i++)
    if (g_ascii_isalnum (ascii[i]))
      return g_steal_pointer (&ascii);

  /* Nothing of it is left in these letters. */
  return ending != NULL ? g_strconcat ("file.", ending, NULL) : g_strdup ("file");
}

/**
 * kvar_file_name_may_open:
 * @content_type: (nullable): what the server says it is
 *
 * Returns: %FALSE for what could run on this computer when it is opened, by either of the two:
 *   such a file is only ever saved
 */
gboolean
kvar_file_name_may_open (const char *name,
                         const char *content_type)
{
  g_autofree char *mime = NULL;
  const char *ending;

  g_return_val_if_fail (name != NULL, FALSE);

  ending = get_ending (name);
  if (ending != NULL && is_among (ending, running_endings, G_N_ELEMENTS (running_endings)))
    return FALSE;

  if (content_type == NULL)
    return TRUE;

  mime = g_strndup (content_type, strcspn (content_type, "; "));

  return !is_among (mime, running_types, G_N_ELEMENTS (running_types));
}
