/* kvar-reply-error.c: what an error reply means, service by service
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Codes decide, never the server's words, with two exceptions that have no code of their
 * own: PostgREST's token "from the future" and Storage's damaged token.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "kvar-error.h"
#include "net/kvar-reply.h"

typedef struct
{
  const char *code;     /* or how it begins, when it ends in '*' */
  KvarError   means;
} Meaning;

/* PostgREST's own codes and PostgreSQL's; the first that fits. */
static const Meaning rest_meanings[] = {
  { "PGRST000", KVAR_ERROR_OFFLINE },       /* no connection to the database */
  { "PGRST001", KVAR_ERROR_OFFLINE },       /* the connection broke */
  { "PGRST002", KVAR_ERROR_OFFLINE },       /* the schema cache is being loaded */
  { "PGRST003", KVAR_ERROR_OFFLINE },       /* all connections are busy */
  { "PGRST116", KVAR_ERROR_GONE },          /* not exactly one row */
  { "PGRST*", KVAR_ERROR_REFUSED },
  { "42501", KVAR_ERROR_DENIED },           /* privilege or row-level security */
  { "25006", KVAR_ERROR_DENIED },           /* read-only transaction */
  { "0L*", KVAR_ERROR_DENIED },
  { "0P*", KVAR_ERROR_DENIED },
  { "28*", KVAR_ERROR_DENIED },
  { "22023", KVAR_ERROR_REFUSED },          /* the token's role does not exist */
  { "22*", KVAR_ERROR_INVALID },            /* a value the type does not take */
  { "23001", KVAR_ERROR_REFUSED },          /* still referenced */
  { "23*", KVAR_ERROR_INVALID },            /* a constraint */
  { "428C9", KVAR_ERROR_INVALID },          /* the server writes this column itself */
  { "42804", KVAR_ERROR_INVALID },          /* the value is of another type */
  { "08*", KVAR_ERROR_OFFLINE },
  { "53*", KVAR_ERROR_OFFLINE },
  { "57P*", KVAR_ERROR_OFFLINE },           /* shutting down, or starting */
};

static const Meaning auth_meanings[] = {
  { "user_banned", KVAR_ERROR_BLOCKED },
  { "refresh_token_not_found", KVAR_ERROR_SIGNED_OUT },
  { "refresh_token_already_used", KVAR_ERROR_SIGNED_OUT },
  { "session_not_found", KVAR_ERROR_SIGNED_OUT },
  { "session_expired", KVAR_ERROR_SIGNED_OUT },
  { "user_not_found", KVAR_ERROR_SIGNED_OUT },
  { "conflict", KVAR_ERROR_OFFLINE },
  { "request_timeout", KVAR_ERROR_UNKNOWN_OUTCOME },
  { "unexpected_failure", KVAR_ERROR_OFFLINE },
  { "not_admin", KVAR_ERROR_DENIED },
};

static const Meaning storage_meanings[] = {
  { "NoSuchKey", KVAR_ERROR_GONE },
  { "NoSuchBucket", KVAR_ERROR_REFUSED },
  { "AccessDenied", KVAR_ERROR_DENIED },
  { "Unauthorized", KVAR_ERROR_DENIED },
  { "KeyAlreadyExists", KVAR_ERROR_CONFLICT },
  { "Duplicate", KVAR_ERROR_CONFLICT },
  { "ResourceAlreadyExists", KVAR_ERROR_CONFLICT },
  { "SlowDown", KVAR_ERROR_OFFLINE },
  { "DatabaseTimeout", KVAR_ERROR_OFFLINE },
};

static gboolean
code_fits (const char *code,
           const char *pattern)
{
  gsize length = strlen (pattern);

  if (pattern[length - 1] == '*')
    return strncmp (code, pattern, length - 1) == 0;

  return strcmp (code, pattern) == 0;
}

static gboolean
look_up (const Meaning *meanings,
         gsize          n_meanings,
         const char    *code,
         KvarError     *means)
{
  if (code == NULL)
    return FALSE;

  for (gsize i = 0; i < n_meanings; i++)
    if (code_fits (code, meanings[i].code))
      {
        *means = meanings[i].means;
        return TRUE;
      }

  return FALSE;
}

/* The gateway, or something on the way, gave up: the server may have done its work. */
static gboolean
is_lost_on_the_way (int status)
{
  switch (status)
    {
    case 408:
    case 500:
    case 502:
    case 504:
    case 520:
    case 524:
    case 544:
      return TRUE;

    default:
      return FALSE;
    }
}

/* Nobody who could have done something has seen the request; trying later will do. */
static gboolean
is_not_now (int status)
{
  return status == 407 || status == 421 || status == 425 || status == 429 || status == 511 ||
         status >= 500;
}

/* Where nobody speaks JSON, a redirect is a portal's: the request never got past it. */
static gboolean
is_redirect (KvarReply *self,
             int        status)
{
  return status >= 300 && status < 400 && !kvar_reply_is_json (self);
}

static KvarError
judge_status (KvarReply *self,
              int        status)
{
  if (is_lost_on_the_way (status))
    return kvar_reply_get_repeatable (self) ? KVAR_ERROR_OFFLINE : KVAR_ERROR_UNKNOWN_OUTCOME;
  if (is_not_now (status) || is_redirect (self, status))
    return KVAR_ERROR_OFFLINE;
  if (status == 401 || status == 402 || status == 413 || status == 414)
    return KVAR_ERROR_REFUSED;
  if (!kvar_reply_is_json (self))
    return KVAR_ERROR_BAD_REPLY;
  if (status == 403)
    return KVAR_ERROR_DENIED;
  if (status == 409 || status == 412)
    return KVAR_ERROR_CONFLICT;
  if (status == 404 || status == 410)
    return KVAR_ERROR_GONE;

  return KVAR_ERROR_REFUSED;
}

/* A function's own status (RAISE with PT and three digits), or any other code of a server
 * that did answer: what the status says, but never that it is out of reach. */
static KvarError
judge_unknown_code (KvarReply *self)
{
  return kvar_reply_get_status (self) == 403 ? KVAR_ERROR_DENIED : KVAR_ERROR_REFUSED;
}

static KvarError
judge_rest (KvarReply  *self,
            const char *code)
{
  KvarError means;

  if (code == NULL)
    return judge_status (self, kvar_reply_get_status (self));
  if (!look_up (rest_meanings, G_N_ELEMENTS (rest_meanings), code, &means))
    return judge_unknown_code (self);

  /* Its connection broke while a change was running. */
  if (means == KVAR_ERROR_OFFLINE && !kvar_reply_get_repeatable (self) &&
      (g_str_equal (code, "PGRST001") || g_str_has_prefix (code, "57P")))
    return KVAR_ERROR_UNKNOWN_OUTCOME;

  /* A row that others point to cannot go; a value that points nowhere can be mended. */
  if (g_str_equal (code, "23503") && kvar_reply_get_message (self) != NULL &&
      strstr (kvar_reply_get_message (self), "update or delete on table") != NULL)
    return KVAR_ERROR_REFUSED;

  return means;
}

static KvarError
judge_auth (KvarReply  *self,
            const char *code)
{
  KvarError means;
  int status = kvar_reply_get_status (self);

  if (look_up (auth_meanings, G_N_ELEMENTS (auth_meanings), code, &means))
    {
      if (means == KVAR_ERROR_UNKNOWN_OUTCOME && kvar_reply_get_repeatable (self))
        return KVAR_ERROR_OFFLINE;
      return means;
    }

  /* "Too many attempts" is an answer to the person who tries. */
  if (status == 429 && code != NULL)
    return KVAR_ERROR_REFUSED;
  if (code != NULL && status < 500)
    return KVAR_ERROR_REFUSED;

  return judge_status (self, status);
}

static KvarError
judge_storage (KvarReply  *self,
               const char *code)
{
  const char *meant = kvar_reply_get_status_code (self);
  guint64 status = kvar_reply_get_status (self);
  KvarError means;

  if (look_up (storage_meanings, G_N_ELEMENTS (storage_meanings), code, &means))
    return means;

  if (meant != NULL)
    g_ascii_string_to_unsigned (meant, 10, 400, 599, &status, NULL);

  return judge_status (self, (int)status);
}

/* A page of HTML with a 200 on it is a portal's or a proxy's, except where files are. */
static gboolean
is_portal_page (KvarReply   *self,
                KvarService  service)
{
  const char *type = kvar_reply_get_header (self, "Content-Type");

  return (service == KVAR_SERVICE_AUTH || service == KVAR_SERVICE_REST) && type != NULL &&
         g_ascii_strncasecmp (type, "text/html", 9) == 0;
}

/* What stands between @open and @close after @prefix. */
static char *
dup_between (const char *text,
             const char *prefix,
             char        open,
             char        close)
{
  const char *start;
  const char *end;

  if (text == NULL || (start = strstr (text, prefix)) == NULL ||
      (start = strchr (start + strlen (prefix), open)) == NULL ||
      (end = strchr (start + 1, close)) == NULL)
    return NULL;

  return g_strndup (start + 1, end - start - 1);
}

/* The column an error is about, where the reply gives it away. Mostly it does not: details
 * are withheld from roles under row-level security. kvar_error_find_column() knows more. */
static char *
dup_field (const char *code,
           const char *message,
           const char *details)
{
  g_autofree char *field = NULL;

  if (g_str_equal (code, "23502") || g_str_equal (code, "428C9") ||
      g_str_equal (code, "42804"))
    return dup_between (message, "column ", '"', '"');

  if (g_str_has_prefix (code, "23"))
    {
      field = dup_between (details, "Key ", '(', ')');
      if (field != NULL && strpbrk (field, ",(") == NULL)
        return g_steal_pointer (&field);
    }

  return NULL;
}

/* What an owner raises on purpose: RAISE EXCEPTION, or with a status of 400 to 499. */
static gboolean
is_owner_code (const char *code)
{
  return g_str_equal (code, "P0001") || (g_str_has_prefix (code, "PT4") && strlen (code) == 5);
}

static GError *
new_error (KvarReply   *self,
           KvarService  service,
           KvarError    means)
{
  const char *code = kvar_reply_get_code (self);
  const char *message = kvar_reply_get_message (self);
  g_autofree char *text = NULL;
  g_autofree char *field = NULL;
  GError *error;

  text = g_strdup_printf ("%d %s: %s", kvar_reply_get_status (self),
                          code != NULL ? code : "without a code",
                          message != NULL ? message : "without a message");
  error = kvar_error_new_full (means, kvar_reply_get_status (self), code, text);
  g_info ("%s is %s", kvar_error_get_reference (error), text);
  kvar_error_set_details (error, kvar_reply_get_details (self));
  kvar_error_set_retry_after (error, kvar_reply_get_retry_after (self, NULL));

  if (service == KVAR_SERVICE_REST && code != NULL)
    {
      field = dup_field (code, message != NULL ? message : "", kvar_reply_get_details (self));
      kvar_error_set_field (error, field);
      if (is_owner_code (code))
        kvar_error_set_owner_words (error, message);
    }

  return error;
}

/* Storage wraps a refused token in a 400; only its words tell it from a refused row. */
static gboolean
is_storage_token_problem (KvarReply *self)
{
  static const char *const words[] =
    { "jwt", "jws", "\"exp\" claim", "signature verification failed", NULL };
  const char *meant = kvar_reply_get_status_code (self);
  const char *message = kvar_reply_get_message (self);
  g_autofree char *lower = NULL;

  if (meant == NULL || message == NULL ||
      !(g_str_equal (meant, "400") || g_str_equal (meant, "401") || g_str_equal (meant, "403")))
    return FALSE;

  lower = g_ascii_strdown (message, -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (lower, words[i]) != NULL)
      return TRUE;

  return FALSE;
}

static KvarTokenProblem
judge_rest_token (KvarReply *self)
{
  const char *code = kvar_reply_get_code (self);
  const char *message = kvar_reply_get_message (self);

  if (kvar_reply_get_status (self) != 401 || code == NULL ||
      !(g_str_equal (code, "PGRST301") || g_str_equal (code, "PGRST303")))
    return KVAR_TOKEN_PROBLEM_NONE;

  /* A new token would be even further ahead of that server's clock. */
  if (message != NULL &&
      (strstr (message, "issued at future") != NULL || strstr (message, "not yet valid") != NULL ||
       strstr (message, "NotYetValid") != NULL || strstr (message, "IssuedAtFuture") != NULL))
    return KVAR_TOKEN_PROBLEM_FUTURE;

  return KVAR_TOKEN_PROBLEM_EXPIRED;
}

/**
 * kvar_reply_token_problem:
 * @service: who answered
 *
 * Whether the server did not take the token. This is judged service by service: Auth says
 * 403, Storage 400, and a 401 of PostgREST may as well be a missing privilege. Keys that
 * the gateway refuses and steps that need a second factor are nothing a renewal can mend.
 */
KvarTokenProblem
kvar_reply_token_problem (KvarReply   *self,
                          KvarService  service)
{
  const char *challenge;
  int status;

  g_return_val_if_fail (self != NULL, KVAR_TOKEN_PROBLEM_NONE);

  status = kvar_reply_get_status (self);

  switch (service)
    {
    case KVAR_SERVICE_REST:
      return judge_rest_token (self);

    case KVAR_SERVICE_AUTH:
      return (status == 403 || status == 401) &&
             g_strcmp0 (kvar_reply_get_code (self), "bad_jwt") == 0
             ? KVAR_TOKEN_PROBLEM_EXPIRED : KVAR_TOKEN_PROBLEM_NONE;

    case KVAR_SERVICE_STORAGE:
      return (status == 400 || status == 401 || status == 403) && is_storage_token_problem (self)
             ? KVAR_TOKEN_PROBLEM_EXPIRED : KVAR_TOKEN_PROBLEM_NONE;

    case KVAR_SERVICE_OTHER:
    default:
      challenge = kvar_reply_get_header (self, "WWW-Authenticate");
      return status == 401 && challenge != NULL && strstr (challenge, "invalid_token") != NULL
             ? KVAR_TOKEN_PROBLEM_EXPIRED : KVAR_TOKEN_PROBLEM_NONE;
    }
}

/**
 * kvar_reply_check:
 * @service: who answered
 *
 * Turns a reply that is not a success into the error that says what to do about it.
 *
 * Returns: %TRUE for a success
 */
gboolean
kvar_reply_check (KvarReply    *self,
                  KvarService   service,
                  GError      **error)
{
  const char *code;
  KvarError means;
  int status;

  g_return_val_if_fail (self != NULL, FALSE);

  status = kvar_reply_get_status (self);
  if (status >= 200 && status < 300 && !is_portal_page (self, service))
    return TRUE;

  code = kvar_reply_get_code (self);
  if (status < 300)    /* whose page it is nobody knows: a change may have gone through */
    means = kvar_reply_get_repeatable (self) ? KVAR_ERROR_OFFLINE : KVAR_ERROR_UNKNOWN_OUTCOME;
  else if (service == KVAR_SERVICE_REST)
    means = judge_rest (self, code);
  else if (service == KVAR_SERVICE_AUTH)
    means = judge_auth (self, code);
  else if (service == KVAR_SERVICE_STORAGE)
    means = judge_storage (self, code);
  else
    means = judge_status (self, status);

  g_propagate_error (error, new_error (self, service, means));

  return FALSE;
}
