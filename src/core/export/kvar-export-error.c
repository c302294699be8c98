/* kvar-export-error.c: What can go wrong with an exported file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-export-error"

#include "config.h"

#include <errno.h>

#include "export/kvar-export-error.h"
#include "kvar-error.h"

GError *
kvar_export_error_new (const char *code,
                       const char *message)
{
  return kvar_error_new_full (KVAR_ERROR_REFUSED, 0, code, message);
}

GError *
kvar_export_error_from_errno (int saved_errno)
{
  const char *code;

  switch (saved_errno)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      code = KVAR_EXPORT_NO_SPACE;
      break;

    case ENOENT:
    case ENOTDIR:
      code = KVAR_EXPORT_NO_FOLDER;
      break;

    case EACCES:
    case EPERM:
    case EROFS:
    case EISDIR:
      code = KVAR_EXPORT_UNWRITABLE;
      break;

    case EPIPE:
      code = KVAR_EXPORT_BROKEN_OFF;
      break;

    default:
      code = KVAR_EXPORT_WRITE_FAILED;
      break;
    }

  return kvar_export_error_new (code, g_strerror (saved_errno));
}

GError *
kvar_export_error_from_gio (const GError *error)
{
  const char *code = KVAR_EXPORT_WRITE_FAILED;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    code = KVAR_EXPORT_NO_SPACE;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY))
    code = KVAR_EXPORT_NO_FOLDER;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    code = KVAR_EXPORT_UNWRITABLE;

  return kvar_export_error_new (code, error->message);
}
