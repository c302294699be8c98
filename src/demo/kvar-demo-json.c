/* kvar-demo-json.c: JSON that keeps every digit: a small tree, and jsonb's canonical text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-json.h"
#include "kvar-demo-numeric.h"

#define MAX_DEPTH 1000

typedef struct
{
  const char *p;
  const char *end;
  int         depth;
} Parser;

static KvarDemoJson *parse_value (Parser *parser);

static void
skip_space (Parser *parser)
{
  while (parser->p < parser->end && strchr (" \t\r\n", *parser->p) != NULL && *parser->p != '\0')
    parser->p++;
}

static gboolean
accept_char (Parser *parser,
             char    c)
{
  skip_space (parser);
  if (parser->p >= parser->end || *parser->p != c)
    return FALSE;

  parser->p++;

  return TRUE;
}

static gboolean
read_hex (Parser   *parser,
          gunichar *value)
{
  *value = 0;

  for (int i = 0; i < 4; i++, parser->p++)
    {
      if (parser->p >= parser->end || !g_ascii_isxdigit (*parser->p))
        return FALSE;
      *value = *value * 16 + g_ascii_xdigit_value (*parser->p);
    }

  return TRUE;
}

/* Behind "\u": one code unit, or two that make a pair. NUL is refused, as PostgreSQL does. */
static gboolean
read_unicode_escape (Parser  *parser,
                     GString *out)
{
  gunichar unit, low;

  if (!read_hex (parser, &unit) || unit == 0)
    return FALSE;

  if (unit >= 0xd800 && unit <= 0xdbff)
    {
      if (parser->end - parser->p < 6 || parser->p[0] != '\\' || parser->p[1] != 'u')
        return FALSE;
      parser->p += 2;
      if (!read_hex (parser, &low) || low < 0xdc00 || low > 0xdfff)
        return FALSE;
      unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }
  else if (unit >= 0xdc00 && unit <= 0xdfff)
    return FALSE;

  g_string_append_unichar (out, unit);

  return TRUE;
}

static gboolean
read_escape (Parser  *parser,
             GString *out)
{
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  const char *found;

  if (parser->p >= parser->end || *parser->p == '\0')
    return FALSE;

  if (*parser->p == 'u')
    {
      parser->p++;
      return read_unicode_escape (parser, out);
    }

  found = strchr (from, *parser->p);
  if (found == NULL)
    return FALSE;

  g_string_append_c (out, to[found - from]);
  parser->p++;

  return TRUE;
}

/* Behind the opening quote. */
static char *
read_string (Parser *parser)
{
  g_autoptr(GString) out = g_string_new (NULL);

  while (parser->p < parser->end && *parser->p != '"')
    {
      const char *run = parser->p;

      while (parser->p < parser->end && *parser->p != '"' && *parser->p != '\\' &&
             (guchar)*parser->p >= 0x20)
        parser->p++;
      g_string_append_len (out, run, parser->p - run);

      if (parser->p >= parser->end || (guchar)*parser->p < 0x20)
        return NULL;
      if (*parser->p == '\\')
        {
          parser->p++;
          if (!read_escape (parser, out))
            return NULL;
        }
    }

  if (parser->p >= parser->end)
    return NULL;

  parser->p++;

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static KvarDemoJson *
new_node (KvarDemoJsonKind kind,
          char            *text)
{
  KvarDemoJson *node = g_new0 (KvarDemoJson, 1);

  node->kind = kind;
  node->text = text;
  if (kind == KVAR_DEMO_JSON_ARRAY || kind == KVAR_DEMO_JSON_OBJECT)
    node->children = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_demo_json_free);
  if (kind == KVAR_DEMO_JSON_OBJECT)
    node->keys = g_ptr_array_new_with_free_func (g_free);

  return node;
}

static KvarDemoJson *
parse_container (Parser *parser,
                 char    closing)
{
  gboolean object = closing == '}';
  g_autoptr(KvarDemoJson) node = NULL;

  node = new_node (object ? KVAR_DEMO_JSON_OBJECT : KVAR_DEMO_JSON_ARRAY, NULL);
  if (++parser->depth > MAX_DEPTH)
    return NULL;

  if (!accept_char (parser, closing))
    {
      do
        {
          KvarDemoJson *child;

          if (object)
            {
              char *key = accept_char (parser, '"') ? read_string (parser) : NULL;

              if (key == NULL)
                return NULL;
              g_ptr_array_add (node->keys, key);
              if (!accept_char (parser, ':'))
                return NULL;
            }

          child = parse_value (parser);
          if (child == NULL)
            return NULL;
          g_ptr_array_add (node->children, child);
        }
      while (accept_char (parser, ','));

      if (!accept_char (parser, closing))
        return NULL;
    }

  parser->depth--;

  return g_steal_pointer (&node);
}

static gboolean
skip_digits (Parser *parser)
{
  const char *start = parser->p;

  while (parser->p < parser->end && g_ascii_isdigit (*parser->p))
    parser->p++;

  return parser->p > start;
}

static KvarDemoJson *
parse_number (Parser *parser)
{
  const char *start = parser->p;
  const char *whole;

  if (*parser->p == '-')
    parser->p++;

  whole = parser->p;
  if (!skip_digits (parser) || (*whole == '0' && parser->p - whole > 1))
    return NULL;

  if (parser->p < parser->end && *parser->p == '.')
    {
      parser->p++;
      if (!skip_digits (parser))
        return NULL;
    }

  if (parser->p < parser->end && (*parser->p == 'e' || *parser->p == 'E'))
    {
      parser->p++;
      if (parser->p < parser->end && (*parser->p == '+' || *parser->p == '-'))
        parser->p++;
      if (!skip_digits (parser))
        return NULL;
    }

  return new_node (KVAR_DEMO_JSON_NUMBER, g_strndup (start, parser->p - start));
}

static KvarDemoJson *
parse_word (Parser *parser)
{
  static const struct { const char *word; KvarDemoJsonKind kind; } words[] = {
    { "null", KVAR_DEMO_JSON_NULL },
    { "true", KVAR_DEMO_JSON_BOOLEAN },
    { "false", KVAR_DEMO_JSON_BOOLEAN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i].word);

      if ((gsize)(parser->end - parser->p) >= length &&
          strncmp (parser->p, words[i].word, length) == 0)
        {
          parser->p += length;
          return new_node (words[i].kind, g_strdup (words[i].word));
        }
    }

  return NULL;
}

static KvarDemoJson *
parse_value (Parser *parser)
{
  KvarDemoJson *node = NULL;
  const char *start;

  skip_space (parser);
  start = parser->p;

  if (accept_char (parser, '"'))
    {
      char *text = read_string (parser);

      if (text != NULL)
        node = new_node (KVAR_DEMO_JSON_STRING, text);
    }
  else if (accept_char (parser, '{'))
    node = parse_container (parser, '}');
  else if (accept_char (parser, '['))
    node = parse_container (parser, ']');
  else if (parser->p < parser->end && (*parser->p == '-' || g_ascii_isdigit (*parser->p)))
    node = parse_number (parser);
  else
    node = parse_word (parser);

  if (node != NULL)
    {
      node->start = start;
      node->length = parser->p - start;
    }

  return node;
}

/**
 * kvar_demo_json_parse:
 * @text: must outlive the tree: nodes point to their source in it
 * @error_at: (out) (optional): where it went wrong
 *
 * Returns: (transfer full) (nullable): the tree
 */
KvarDemoJson *
kvar_demo_json_parse (const char  *text,
                      gssize       length,
                      const char **error_at)
{
  Parser parser = { text, text + (length < 0 ? strlen (text) : (gsize)length), 0 };
  g_autoptr(KvarDemoJson) node = parse_value (&parser);

  skip_space (&parser);
  if (node != NULL && parser.p == parser.end)
    return g_steal_pointer (&node);

  if (error_at != NULL)
    *error_at = parser.p;

  return NULL;
}

void
kvar_demo_json_free (KvarDemoJson *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self);
}

/**
 * kvar_demo_json_get_member:
 *
 * Returns: (transfer none) (nullable): the last member called @key, which is the one that counts
 */
KvarDemoJson *
kvar_demo_json_get_member (const KvarDemoJson *self,
                           const char         *key)
{
  if (self->kind != KVAR_DEMO_JSON_OBJECT)
    return NULL;

  for (guint i = self->keys->len; i > 0; i--)
    if (strcmp (self->keys->pdata[i - 1], key) == 0)
      return self->children->pdata[i - 1];

  return NULL;
}

/**
 * kvar_demo_json_get_step:
 * @step: a key, or an index that may be negative
 *
 * Returns: (transfer none) (nullable): what the operator -> finds
 */
KvarDemoJson *
kvar_demo_json_get_step (const KvarDemoJson *self,
                         const char         *step)
{
  gint64 index;
  char *end;

  if (self->kind != KVAR_DEMO_JSON_ARRAY)
    return kvar_demo_json_get_member (self, step);

  index = g_ascii_strtoll (step, &end, 10);
  if (end == step || *end != '\0')
    return NULL;
  if (index < 0)
    index += self->children->len;

  return index >= 0 && index < self->children->len ? self->children->pdata[index] : NULL;
}

/* jsonb sorts keys by length, then by bytes. */
static int
compare_keys (const char *a,
              const char *b)
{
  gsize length_a = strlen (a), length_b = strlen (b);

  if (length_a != length_b)
    return length_a < length_b ? -1 : 1;

  return memcmp (a, b, length_a);
}

static int
compare_indexes (gconstpointer a,
                 gconstpointer b,
                 gpointer      keys)
{
  guint i = *(const guint *)a, j = *(const guint *)b;
  int result = compare_keys (g_ptr_array_index ((GPtrArray *)keys, i),
                             g_ptr_array_index ((GPtrArray *)keys, j));

  return result != 0 ? result : (int)i - (int)j;
}

/* The positions of an object's members in jsonb's order, without those that a later one hides. */
static GArray *
sorted_members (const KvarDemoJson *self)
{
  g_autoptr(GArray) all = g_array_new (FALSE, FALSE, sizeof (guint));
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->keys->len; i++)
    g_array_append_val (all, i);
  g_array_sort_with_data (all, compare_indexes, self->keys);

  for (guint i = 0; i < all->len; i++)
    {
      guint this = g_array_index (all, guint, i);
      guint next = i + 1 < all->len ? g_array_index (all, guint, i + 1) : 0;

      if (i + 1 == all->len ||
          strcmp (self->keys->pdata[this], self->keys->pdata[next]) != 0)
        g_array_append_val (kept, this);
    }

  return kept;
}

/**
 * kvar_demo_json_append_jsonb:
 *
 * Appends jsonb's text: keys sorted and unique, numbers as numeric, a space behind colon and
 * comma.
 */
void
kvar_demo_json_append_jsonb (GString            *out,
                             const KvarDemoJson *self)
{
  g_autoptr(GArray) members = NULL;
  g_autofree char *number = NULL;
  gboolean object = self->kind == KVAR_DEMO_JSON_OBJECT;
  guint n;

  if (self->kind == KVAR_DEMO_JSON_STRING)
    kvar_demo_json_append_string (out, self->text, -1);
  else if (self->kind == KVAR_DEMO_JSON_NUMBER)
    {
      number = kvar_demo_numeric_parse (self->text);
      g_string_append (out, number != NULL ? number : self->text);
    }
  else if (self->children == NULL)
    g_string_append (out, self->text);
  else
    {
      members = object ? sorted_members (self) : NULL;
      n = object ? members->len : self->children->len;
      g_string_append_c (out, object ? '{' : '[');
      for (guint i = 0; i < n; i++)
        {
          guint at = object ? g_array_index (members, guint, i) : i;

          if (i > 0)
            g_string_append (out, ", ");
          if (object)
            {
              kvar_demo_json_append_string (out, self->keys->pdata[at], -1);
              g_string_append (out, ": ");
            }
          kvar_demo_json_append_jsonb (out, self->children->pdata[at]);
        }
      g_string_append_c (out, object ? '}' : ']');
    }
}

/**
 * kvar_demo_json_to_jsonb:
 *
 * Returns: (transfer full): jsonb's text
 */
char *
kvar_demo_json_to_jsonb (const KvarDemoJson *self)
{
  GString *out = g_string_new (NULL);

  kvar_demo_json_append_jsonb (out, self);

  return g_string_free (out, FALSE);
}

static int
compare_children (const KvarDemoJson *a,
                  const KvarDemoJson *b)
{
  if (a->children->len != b->children->len)
    return a->children->len < b->children->len ? -1 : 1;

  for (guint i = 0; i < a->children->len; i++)
    {
      int result = 0;

      if (a->keys != NULL)
        result = compare_keys (a->keys->pdata[i], b->keys->pdata[i]);
      if (result == 0)
        result = kvar_demo_json_compare (a->children->pdata[i], b->children->pdata[i]);
      if (result != 0)
        return result;
    }

  return 0;
}

/**
 * kvar_demo_json_compare:
 *
 * Compares as jsonb does: object > array > boolean > number > string > null. Both come from
 * canonical text.
 */
int
kvar_demo_json_compare (const KvarDemoJson *a,
                        const KvarDemoJson *b)
{
  if (a->kind != b->kind)
    return a->kind < b->kind ? -1 : 1;

  switch (a->kind)
    {
    case KVAR_DEMO_JSON_NULL:
      return 0;

    case KVAR_DEMO_JSON_NUMBER:
      return kvar_demo_numeric_compare (a->text, strlen (a->text), b->text, strlen (b->text));

    case KVAR_DEMO_JSON_STRING:
      return strcmp (a->text, b->text);

    case KVAR_DEMO_JSON_BOOLEAN:
      return strcmp (a->text, b->text);

    case KVAR_DEMO_JSON_ARRAY:
    case KVAR_DEMO_JSON_OBJECT:
      return compare_children (a, b);

    default:
      g_assert_not_reached ();
    }
}

static gboolean
array_has (const KvarDemoJson *self,
           const KvarDemoJson *part)
{
  for (guint i = 0; i < self->children->len; i++)
    if (kvar_demo_json_contains (self->children->pdata[i], part))
      return TRUE;

  return FALSE;
}

/**
 * kvar_demo_json_contains:
 *
 * Returns: whether @self @> @part
 */
gboolean
kvar_demo_json_contains (const KvarDemoJson *self,
                         const KvarDemoJson *part)
{
  if (self->kind == KVAR_DEMO_JSON_ARRAY && part->kind != KVAR_DEMO_JSON_ARRAY &&
      part->children == NULL)
    return array_has (self, part);

  if (self->kind != part->kind)
    return FALSE;

  if (part->children == NULL)
    return kvar_demo_json_compare (self, part) == 0;

  for (guint i = 0; i < part->children->len; i++)
    {
      const KvarDemoJson *mine = NULL;

      if (part->kind == KVAR_DEMO_JSON_OBJECT)
        {
          mine = kvar_demo_json_get_member (self, part->keys->pdata[i]);
          if (mine == NULL || !kvar_demo_json_contains (mine, part->children->pdata[i]))
            return FALSE;
        }
      else if (!array_has (self, part->children->pdata[i]))
        return FALSE;
    }

  return TRUE;
}

/**
 * kvar_demo_json_append_string:
 * @length: bytes of @text, or -1
 *
 * Appends @text quoted and escaped as PostgreSQL does it.
 */
void
kvar_demo_json_append_string (GString    *out,
                              const char *text,
                              gssize      length)
{
  const char *end = text + (length < 0 ? strlen (text) : (gsize)length);
  const char *run = text;

  g_string_append_c (out, '"');
  for (const char *p = text; p < end; p++)
    {
      static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
      const char *found;

      if ((guchar)*p >= 0x20 && *p != '"' && *p != '\\')
        continue;

      g_string_append_len (out, run, p - run);
      run = p + 1;
      found = *p != '\0' ? strchr (from, *p) : NULL;
      if (found != NULL)
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, to[found - from]);
        }
      else
        g_string_append_printf (out, "\\u%04x", (guint)(guchar)*p);
    }
  g_string_append_len (out, run, end - run);
  g_string_append_c (out, '"');
}
