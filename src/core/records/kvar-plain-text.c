/* kvar-plain-text.c: the form of what people write as PostgreSQL does: addresses, ranges, bits
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only what the server would certainly refuse is refused here. What it would do with the rest
 * (an interval's words, a project's own currency) is for the server to say.
 */

#define G_LOG_DOMAIN "kvar-records"

#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "kvar-error.h"
#include "records/kvar-plain-text.h"

typedef gboolean (*Check) (KvarType *type, const char *typed, GError **error);

static gboolean
fail (GError     **error,
      const char  *sentence)
{
  g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_INVALID, sentence);
  return FALSE;
}

/* "192.168.0.10", "10.1/16", "2001:db8::/32". A cidr's address may be cut short. */
static gboolean
is_address (const char *typed,
            gboolean    may_be_short)
{
  const char *slash = strchr (typed, '/');
  g_autofree char *address = g_strndup (typed, strcspn (typed, "/"));
  gboolean six = strchr (address, ':') != NULL;

  if (slash != NULL)
    {
      gsize digits = strspn (slash + 1, "0123456789");

      if (digits == 0 || digits > 3 || slash[1 + digits] != '\0' ||
          atoi (slash + 1) > (six ? 128 : 32))
        return FALSE;
    }

  if (!six && may_be_short)
    {
      static const char *const missing[] = { "", ".0", ".0.0", ".0.0.0" };

      for (gsize i = 0; i < G_N_ELEMENTS (missing); i++)
        {
          g_autofree char *whole = g_strconcat (address, missing[i], NULL);

          if (g_hostname_is_ip_address (whole))
            return TRUE;
        }
      return FALSE;
    }

  return g_hostname_is_ip_address (address) && strchr (address, '%') == NULL;
}

static gboolean
check_inet (KvarType    *type,
            const char  *typed,
            GError     **error)
{
  return is_address (typed, FALSE) ||
         fail (error, _("This is not a network address. Write it like 192.168.0.10 or "
                        "2001:db8::1."));
}

static gboolean
check_cidr (KvarType    *type,
            const char  *typed,
            GError     **error)
{
  return is_address (typed, TRUE) ||
         fail (error, _("This is not a network. Write it like 192.168.0.0/24."));
}

static gsize
count_hexadecimal (const char *typed)
{
  gsize n = 0;

  for (const char *p = typed; *p != '\0'; p++)
    {
      if (g_ascii_isxdigit (*p))
        n++;
      else if (strchr (":-.", *p) == NULL)
        return 0;
    }

  return n;
}

static gboolean
check_hardware_address (KvarType    *type,
                        const char  *typed,
                        GError     **error)
{
  gsize n = count_hexadecimal (typed);
  gboolean eight = g_str_equal (kvar_type_get_base_name (type), "macaddr8");

  return n == 12 || (eight && n == 16) ||
         fail (error, _("This is not a hardware address. Write it like 08:00:2b:01:02:03."));
}

static gboolean
check_bits (KvarType    *type,
            const char  *typed,
            GError     **error)
{
  gboolean exact = g_str_equal (kvar_type_get_base_name (type), "bit");
  int length = kvar_type_get_max_length (type);
  gsize n = strlen (typed);

  if (strspn (typed, "01") != n)
    return fail (error, _("Write only the digits 0 and 1."));

  if (exact && length >= 0 && n != (gsize) length)
    {
      g_set_error (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                   /* Translators: %d is how many bits a field has, all of which are written. */
                   ngettext ("Write exactly %d digit, 0 or 1.",
                             "Write exactly %d digits, each 0 or 1.", (gulong) length), length);
      return FALSE;
    }
  if (length >= 0 && n > (gsize) length)
    {
      g_set_error (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                   /* Translators: %d is how many bits a field has room for. */
                   ngettext ("Write at most %d digit, 0 or 1.",
                             "Write at most %d digits, each 0 or 1.", (gulong) length), length);
      return FALSE;
    }

  return TRUE;
}

/* The place after one range, "[1,10)" or "empty", or NULL. Quotes hide commas and brackets. */
static const char *
skip_range (const char *p)
{
  guint commas = 0;

  if (g_ascii_strncasecmp (p, "empty", strlen ("empty")) == 0)
    return p + strlen ("empty");
  if (*p != '[' && *p != '(')
    return NULL;

  for (p++; *p != '\0' && *p != ']' && *p != ')'; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        p++;
      else if (*p == '"')
        {
          p = strchr (p + 1, '"');
          if (p == NULL)
            return NULL;
        }
      else if (*p == ',')
        commas++;
    }

  return *p != '\0' && commas == 1 ? p + 1 : NULL;
}

static gboolean
check_range (KvarType    *type,
             const char  *typed,
             GError     **error)
{
  const char *end = skip_range (typed);

  return (end != NULL && *end == '\0') ||
         fail (error, _("Write a range like [1,10). A square bracket includes the number beside "
                        "it, a round one leaves it out."));
}

static gboolean
check_multirange (KvarType    *type,
                  const char  *typed,
                  GError     **error)
{
  const char *p = typed;

  if (*p == '{')
    {
      p += 1 + strspn (p + 1, " ");
      while (*p != '}')
        {
          p = skip_range (p);
          if (p == NULL)
            break;
          p += strspn (p, " ");
          if (*p != ',' && *p != '}')
            break;
          if (*p == ',')
            p += 1 + strspn (p + 1, " ");
        }
      if (p != NULL && g_str_equal (p, "}"))
        return TRUE;
    }

  return fail (error, _("Write ranges in braces, like {[1,3),[5,8)}."));
}

/* Any length of time has a number, but for infinity. */
static gboolean
check_interval (KvarType    *type,
                const char  *typed,
                GError     **error)
{
  return strpbrk (typed, "0123456789") != NULL || strstr (typed, "infinity") != NULL ||
         fail (error, _("This is not a length of time. Write it like 1 day 02:30:00."));
}

static Check
find_check (KvarType *type)
{
  static const struct { const char *name; Check check; } checks[] = {
    { "interval", check_interval },
    { "inet", check_inet },
    { "cidr", check_cidr },
    { "macaddr", check_hardware_address },
    { "macaddr8", check_hardware_address },
    { "bit", check_bits },
    { "bit varying", check_bits },
    { "varbit", check_bits },
  };
  const char *name = kvar_type_get_base_name (type);

  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      if (g_str_equal (name, checks[i].name))
        return checks[i].check;
    }

  /* The types of other projects may end like this too, and be something else. */
  if (!kvar_type_is_writable (type))
    return NULL;
  if (g_str_has_suffix (name, "multirange"))
    return check_multirange;

  return g_str_has_suffix (name, "range") ? check_range : NULL;
}

/**
 * kvar_plain_text_parse:
 * @type: a type whose values people write as PostgreSQL does
 *
 * Returns: (transfer full): what was typed, without blanks around it where its form is known; or
 *   %NULL with %KVAR_ERROR_INVALID and a sentence, if it has not that form
 */
char *
kvar_plain_text_parse (KvarType    *type,
                       const char  *typed,
                       GError     **error)
{
  g_autofree char *stripped = NULL;
  Check check;

  g_return_val_if_fail (type != NULL && typed != NULL, NULL);

  check = find_check (type);
  if (check == NULL)
    return g_strdup (typed);

  stripped = g_strstrip (g_strdup (typed));
  return check (type, stripped, error) ? g_steal_pointer (&stripped) : NULL;
}
