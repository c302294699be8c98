/* kvar-type.c: what a column holds, read from PostgreSQL's name of the type
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-schema"

#include "config.h"

#include <string.h>

#include "kvar-text-replace.h"
#include "schema/kvar-type.h"

struct _KvarType
{
  KvarKind   kind;
  char      *name;         /* as PostgreSQL says it, with length and precision */
  char      *base_name;    /* without them, below a domain: "numeric", "timestamp with time zone" */
  KvarType  *element;      /* (nullable): of an array */
  char     **labels;       /* (nullable): of an enum */
  int        size;         /* bytes of an integer, else 0 */
  int        precision;
  int        scale;
  int        max_length;
  gboolean   known;        /* FALSE: of a kind that only its name tells of */
};

typedef struct
{
  const char *name;
  KvarKind    kind;
  int         size;
} KnownType;

/* int32 and int64 are what OpenAPI calls integer and bigint since PostgREST 14.8; smallint is an
 * int32 there too, so that a value too large for it is found by the server only. */
static const KnownType known_types[] = {
  { "text", KVAR_KIND_TEXT },
  { "character varying", KVAR_KIND_TEXT },
  { "varchar", KVAR_KIND_TEXT },
  { "character", KVAR_KIND_TEXT },
  { "char", KVAR_KIND_TEXT },
  { "\"char\"", KVAR_KIND_TEXT },
  { "bpchar", KVAR_KIND_TEXT },
  { "name", KVAR_KIND_TEXT },
  { "citext", KVAR_KIND_TEXT },
  { "boolean", KVAR_KIND_BOOLEAN },
  { "bool", KVAR_KIND_BOOLEAN },
  { "smallint", KVAR_KIND_INTEGER, 2 },
  { "int2", KVAR_KIND_INTEGER, 2 },
  { "smallserial", KVAR_KIND_INTEGER, 2 },
  { "integer", KVAR_KIND_INTEGER, 4 },
  { "int", KVAR_KIND_INTEGER, 4 },
  { "int4", KVAR_KIND_INTEGER, 4 },
  { "int32", KVAR_KIND_INTEGER, 4 },
  { "serial", KVAR_KIND_INTEGER, 4 },
  { "bigint", KVAR_KIND_INTEGER, 8 },
  { "int8", KVAR_KIND_INTEGER, 8 },
  { "int64", KVAR_KIND_INTEGER, 8 },
  { "bigserial", KVAR_KIND_INTEGER, 8 },
  { "numeric", KVAR_KIND_DECIMAL },
  { "decimal", KVAR_KIND_DECIMAL },
  { "real", KVAR_KIND_FLOAT },
  { "float4", KVAR_KIND_FLOAT },
  { "double precision", KVAR_KIND_FLOAT },
  { "float8", KVAR_KIND_FLOAT },
  { "date", KVAR_KIND_DATE },
  { "time", KVAR_KIND_TIME },
  { "time without time zone", KVAR_KIND_TIME },
  { "time with time zone", KVAR_KIND_TIME },
  { "timetz", KVAR_KIND_TIME },
  { "timestamp", KVAR_KIND_TIMESTAMP },
  { "timestamp without time zone", KVAR_KIND_TIMESTAMP },
  { "timestamp with time zone", KVAR_KIND_TIMESTAMPTZ },
  { "timestamptz", KVAR_KIND_TIMESTAMPTZ },
  { "interval", KVAR_KIND_INTERVAL },
  { "uuid", KVAR_KIND_UUID },
  { "json", KVAR_KIND_JSON },
  { "jsonb", KVAR_KIND_JSON },
  { "bytea", KVAR_KIND_BYTES },

  /* People write these as PostgreSQL does. */
  { "money", KVAR_KIND_OTHER },
  { "xml", KVAR_KIND_OTHER },
  { "bit", KVAR_KIND_OTHER },
  { "bit varying", KVAR_KIND_OTHER },
  { "varbit", KVAR_KIND_OTHER },
  { "inet", KVAR_KIND_OTHER },
  { "cidr", KVAR_KIND_OTHER },
  { "macaddr", KVAR_KIND_OTHER },
  { "macaddr8", KVAR_KIND_OTHER },
  { "int4range", KVAR_KIND_OTHER },
  { "int8range", KVAR_KIND_OTHER },
  { "numrange", KVAR_KIND_OTHER },
  { "daterange", KVAR_KIND_OTHER },
  { "tsrange", KVAR_KIND_OTHER },
  { "tstzrange", KVAR_KIND_OTHER },
  { "int4multirange", KVAR_KIND_OTHER },
  { "int8multirange", KVAR_KIND_OTHER },
  { "nummultirange", KVAR_KIND_OTHER },
  { "datemultirange", KVAR_KIND_OTHER },
  { "tsmultirange", KVAR_KIND_OTHER },
  { "tstzmultirange", KVAR_KIND_OTHER },
  { "point", KVAR_KIND_OTHER },
  { "line", KVAR_KIND_OTHER },
  { "lseg", KVAR_KIND_OTHER },
  { "box", KVAR_KIND_OTHER },
  { "path", KVAR_KIND_OTHER },
  { "polygon", KVAR_KIND_OTHER },
  { "circle", KVAR_KIND_OTHER },

  /* What a probe knows to be one, without its name or its labels. */
  { "enum", KVAR_KIND_OTHER },
  { "range", KVAR_KIND_OTHER },
  { "multirange", KVAR_KIND_OTHER },
};

/* "unknown" is what a probe says of a column that would not be compared. A "record" can be, but
 * not with text: PostgreSQL has no input for it. */
static const char *const types_without_equality[] = {
  "json", "xml", "point", "line", "lseg", "box", "path", "polygon", "circle", "unknown", "record",
  NULL
};

static const char *const types_without_order[] = {
  "jsonb", "geometry", "geography", "aclitem", "xid", "cid", "ltxtquery", "tsquery", NULL
};

G_DEFINE_BOXED_TYPE (KvarType, kvar_type, kvar_type_ref, kvar_type_unref)

static void
kvar_type_clear (KvarType *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->base_name, g_free);
  g_clear_pointer (&self->element, kvar_type_unref);
  g_clear_pointer (&self->labels, g_strfreev);
}

/* "timestamp(3) with time zone" becomes "timestamp with time zone" and the modifier "3". */
static char *
split_modifier (const char  *name,
                char       **modifier)
{
  const char *open = strchr (name, '(');
  const char *close = open != NULL ? strchr (open, ')') : NULL;
  g_autofree char *before = NULL;

  *modifier = NULL;

  if (close == NULL)
    return g_strdup (name);

  *modifier = g_strndup (open + 1, close - open - 1);
  before = g_strstrip (g_strndup (name, open - name));
  return g_strconcat (before, close + 1, NULL);
}

static void
apply_modifier (KvarType   *self,
                const char *modifier)
{
  g_auto(GStrv) parts = g_strsplit (modifier, ",", 2);
  int first = (int) g_ascii_strtoll (parts[0], NULL, 10);

  if (self->kind == KVAR_KIND_TEXT || self->kind == KVAR_KIND_OTHER)
    self->max_length = first;
  else if (self->kind == KVAR_KIND_DECIMAL)
    {
      self->precision = first;
      self->scale = parts[1] != NULL ? (int) g_ascii_strtoll (parts[1], NULL, 10) : 0;
    }
}

/* "interval day to second" is an interval too. */
static const KnownType *
find_known_type (const char *name)
{
  if (g_str_has_prefix (name, "interval "))
    name = "interval";

  for (gsize i = 0; i < G_N_ELEMENTS (known_types); i++)
    {
      if (g_ascii_strcasecmp (known_types[i].name, name) == 0)
        return &known_types[i];
    }

  return NULL;
}

/* The element's name of "text[]", "text[][]" and the catalog's "_text"; NULL for no array. */
static char *
element_name (const char *name)
{
  g_autofree char *element = NULL;

  if (g_str_has_suffix (name, "[]"))
    {
      element = g_strdup (name);
      while (g_str_has_suffix (element, "[]"))
        element[strlen (element) - 2] = '\0';
      return g_steal_pointer (&element);
    }

  if (name[0] == '_' && find_known_type (name + 1) != NULL)
    return g_strdup (name + 1);

  return NULL;
}

static void
set_base_name (KvarType   *self,
               const char *name)
{
  kvar_text_replace (&self->base_name, name);
}

static void
parse_name (KvarType          *self,
            const char        *name,
            const char *const *labels)
{
  g_autofree char *modifier = NULL;
  g_autofree char *bare = NULL;
  g_autofree char *element = NULL;
  const KnownType *known;

  if (g_str_has_prefix (name, "pg_catalog."))
    name += strlen ("pg_catalog.");

  element = element_name (name);
  if (element != NULL)
    {
      self->kind = KVAR_KIND_ARRAY;
      self->element = kvar_type_new (element, labels);
      set_base_name (self, name);
      return;
    }

  bare = split_modifier (name, &modifier);
  known = find_known_type (bare);
  set_base_name (self, bare);

  if (labels != NULL && known == NULL)
    {
      self->kind = KVAR_KIND_ENUM;
      self->labels = g_strdupv ((char **) labels);
    }
  else if (known != NULL)
    {
      self->kind = known->kind;
      self->size = known->size;
      self->known = TRUE;
      if (modifier != NULL)
        apply_modifier (self, modifier);
    }
}

static gboolean
is_listed (KvarType          *self,
           const char *const *names)
{
  const char *dot = strrchr (self->base_name, '.');

  return g_strv_contains (names, dot != NULL ? dot + 1 : self->base_name);
}

/**
 * kvar_type_new:
 * @name: the type as PostgreSQL's format_type() writes it, or as OpenAPI's "format" does
 * @labels: (nullable): the labels, where it is an enum or an array of one
 *
 * Reads a type's name. A name that is not known makes a type of %KVAR_KIND_OTHER, whose values
 * are shown and edited as PostgreSQL writes them.
 */
KvarType *
kvar_type_new (const char        *name,
               const char *const *labels)
{
  return kvar_type_new_domain (name, NULL, labels);
}

/**
 * kvar_type_new_domain:
 * @name: the type's own name
 * @base_name: (nullable): the type below it, with its length or precision, if @name is a domain
 * @labels: (nullable): the labels, where it is an enum
 *
 * Like kvar_type_new(), for a type that may be a domain: it is then of its base type's kind.
 */
KvarType *
kvar_type_new_domain (const char        *name,
                      const char        *base_name,
                      const char *const *labels)
{
  KvarType *self;

  g_return_val_if_fail (name != NULL, NULL);

  self = g_atomic_rc_box_new0 (KvarType);
  self->kind = KVAR_KIND_OTHER;
  self->name = g_strdup (name);
  self->precision = -1;
  self->scale = -1;
  self->max_length = -1;
  parse_name (self, name, labels);

  if (self->kind == KVAR_KIND_OTHER && !self->known && base_name != NULL)
    parse_name (self, base_name, labels);

  return self;
}

KvarType *
kvar_type_ref (KvarType *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
kvar_type_unref (KvarType *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify) kvar_type_clear);
}

KvarKind
kvar_type_get_kind (KvarType *self)
{
  g_return_val_if_fail (self != NULL, KVAR_KIND_OTHER);

  return self->kind;
}

const char *
kvar_type_get_name (KvarType *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * kvar_type_get_base_name:
 *
 * Returns: the name without length and precision, and below a domain: "numeric", "jsonb"
 */
const char *
kvar_type_get_base_name (KvarType *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->base_name;
}

/**
 * kvar_type_get_element:
 *
 * Returns: (transfer none) (nullable): the type of an array's elements
 */
KvarType *
kvar_type_get_element (KvarType *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->element;
}

/**
 * kvar_type_get_labels:
 *
 * Returns: (nullable): an enum's labels in their order
 */
const char *const *
kvar_type_get_labels (KvarType *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->labels;
}

/**
 * kvar_type_get_precision:
 *
 * Returns: the digits that a numeric may have in all, -1 if not limited
 */
int
kvar_type_get_precision (KvarType *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->precision;
}

/**
 * kvar_type_get_scale:
 *
 * Returns: the digits that a numeric has after the point, -1 if not limited
 */
int
kvar_type_get_scale (KvarType *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->scale;
}

/**
 * kvar_type_get_max_length:
 *
 * Returns: the characters that a text may have, or the bits of a bit string, -1 if not limited
 */
int
kvar_type_get_max_length (KvarType *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->max_length;
}

/**
 * kvar_type_get_size:
 *
 * Returns: the bytes of an integer type, 0 for any other
 */
int
kvar_type_get_size (KvarType *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}

/**
 * kvar_type_get_delimiter:
 *
 * Returns: what stands between the elements of an array: a comma for all types but one
 */
char
kvar_type_get_delimiter (KvarType *self)
{
  g_return_val_if_fail (self != NULL, ',');

  return self->element != NULL && g_str_equal (self->element->base_name, "box") ? ';' : ',';
}

/**
 * kvar_type_is_writable:
 *
 * Returns: whether people can write its values: not those of a type that Kvar does not know,
 *   which are shown as PostgreSQL writes them, nor bytes
 */
gboolean
kvar_type_is_writable (KvarType *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->element != NULL)
    return kvar_type_is_writable (self->element);

  return self->kind != KVAR_KIND_BYTES && (self->kind != KVAR_KIND_OTHER || self->known);
}

/**
 * kvar_type_is_text_cast:
 *
 * Returns: whether the column is asked as `::text`. Dates and times are not: their JSON form is
 *   ISO, whatever the project's DateStyle, and their text form is not.
 */
gboolean
kvar_type_is_text_cast (KvarType *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->kind != KVAR_KIND_DATE && self->kind != KVAR_KIND_TIME &&
         self->kind != KVAR_KIND_TIMESTAMP && self->kind != KVAR_KIND_TIMESTAMPTZ;
}

/**
 * kvar_type_is_sortable:
 *
 * Returns: whether rows may be ordered by it: json, xml and geometry are never sort keys
 */
gboolean
kvar_type_is_sortable (KvarType *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->element != NULL)
    return kvar_type_is_sortable (self->element);

  return kvar_type_has_equality (self) && !is_listed (self, types_without_order);
}

/**
 * kvar_type_has_equality:
 *
 * Returns: whether PostgreSQL has an exact `=` for it
 */
gboolean
kvar_type_has_equality (KvarType *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->element != NULL)
    return kvar_type_has_equality (self->element);

  return !is_listed (self, types_without_equality);
}
