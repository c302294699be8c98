/* kvar-query-match.c: which records a query would find, judged without the server
 *
 * The judgement is PostgreSQL's where it can be known here: a comparison with no value is neither
 * true nor false. What only the server can judge, such as words in a search vector or a path into
 * JSON, makes the whole query one that cannot be judged.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-query"

#include "config.h"

#include <string.h>

#include "records/kvar-array-text.h"
#include "records/kvar-filter-op.h"
#include "records/kvar-query-match.h"

typedef enum
{
  NO,
  YES,
  NO_VALUE,    /* SQL's unknown */
  CANNOT,
} Verdict;

static Verdict
from_boolean (gboolean is_true)
{
  return is_true ? YES : NO;
}

static Verdict
negate (Verdict verdict)
{
  switch (verdict)
    {
    case NO:
      return YES;

    case YES:
      return NO;

    case NO_VALUE:
    case CANNOT:
    default:
      return verdict;
    }
}

/* Of two digit sequences that begin at the same place. */
static int
compare_digits (const char *a,
                gsize       a_length,
                const char *b,
                gsize       b_length)
{
  int order = memcmp (a, b, MIN (a_length, b_length));

  if (order != 0)
    return order;

  return a_length < b_length ? -1 : a_length > b_length;
}

static gboolean
is_plain_number (const char *text)
{
  text += text[0] == '-';

  return g_ascii_isdigit (text[0]) && text[strspn (text, "0123456789.")] == '\0';
}

/* Both without a sign. */
static int
compare_sizes (const char *a,
               const char *b)
{
  gsize a_whole, b_whole, a_fraction, b_fraction;

  a += strspn (a, "0");
  b += strspn (b, "0");
  a_whole = strspn (a, "0123456789");
  b_whole = strspn (b, "0123456789");
  if (a_whole != b_whole)
    return a_whole < b_whole ? -1 : 1;
  if (memcmp (a, b, a_whole) != 0)
    return memcmp (a, b, a_whole);

  a += a_whole + (a[a_whole] == '.');
  b += b_whole + (b[b_whole] == '.');
  for (a_fraction = strlen (a); a_fraction > 0 && a[a_fraction - 1] == '0'; a_fraction--)
    ;
  for (b_fraction = strlen (b); b_fraction > 0 && b[b_fraction - 1] == '0'; b_fraction--)
    ;

  return compare_digits (a, a_fraction, b, b_fraction);
}

/* Digit by digit: a double has too few of them. Infinity and what is not a number have none. */
static int
compare_numbers (const char *a,
                 const char *b)
{
  gboolean a_negative = a[0] == '-';
  gboolean b_negative = b[0] == '-';

  if (!is_plain_number (a) || !is_plain_number (b))
    {
      double x = g_ascii_strtod (a, NULL);
      double y = g_ascii_strtod (b, NULL);

      return x < y ? -1 : x > y;
    }

  if (a_negative && b_negative)
    return compare_sizes (b + 1, a + 1);
  if (!a_negative && !b_negative)
    return compare_sizes (a, b);
  if (compare_sizes (a + a_negative, "0") == 0 && compare_sizes (b + b_negative, "0") == 0)
    return 0;

  return a_negative ? -1 : 1;
}

/* Moments in different zones; what GLib does not read, such as infinity, sorts as its text. */
static int
compare_moments (const char *a,
                 const char *b)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) x = g_date_time_new_from_iso8601 (a, utc);
  g_autoptr(GDateTime) y = g_date_time_new_from_iso8601 (b, utc);

  return x != NULL && y != NULL ? g_date_time_compare (x, y) : strcmp (a, b);
}

static int
find_label (KvarType   *type,
            const char *text)
{
  const char *const *labels = kvar_type_get_labels (type);

  for (int i = 0; labels != NULL && labels[i] != NULL; i++)
    if (g_str_equal (labels[i], text))
      return i;

  return -1;
}

/* Returns: whether the order of such values is known here */
static gboolean
compare (KvarType   *type,
         const char *a,
         const char *b,
         int        *order)
{
  switch (kvar_type_get_kind (type))
    {
    case KVAR_KIND_INTEGER:
    case KVAR_KIND_DECIMAL:
    case KVAR_KIND_FLOAT:
      *order = compare_numbers (a, b);
      return TRUE;

    case KVAR_KIND_TIMESTAMP:
    case KVAR_KIND_TIMESTAMPTZ:
      *order = compare_moments (a, b);
      return TRUE;

    case KVAR_KIND_ENUM:
      *order = find_label (type, a) - find_label (type, b);
      return TRUE;

    case KVAR_KIND_TEXT:
      *order = g_utf8_collate (a, b);
      return TRUE;

    case KVAR_KIND_BOOLEAN:
    case KVAR_KIND_DATE:
    case KVAR_KIND_TIME:
    case KVAR_KIND_UUID:
      *order = strcmp (a, b);
      return TRUE;

    case KVAR_KIND_INTERVAL:
    case KVAR_KIND_JSON:
    case KVAR_KIND_ARRAY:
    case KVAR_KIND_BYTES:
    case KVAR_KIND_OTHER:
    default:
      return FALSE;
    }
}

static Verdict
is_equal (KvarType   *type,
          const char *a,
          const char *b)
{
  int order;

  /* Two texts may sort alike and differ. */
  if (kvar_type_get_kind (type) == KVAR_KIND_TEXT)
    return from_boolean (g_str_equal (a, b));
  if (compare (type, a, b, &order))
    return from_boolean (order == 0);

  return g_str_equal (a, b) ? YES : CANNOT;
}

static Verdict
is_listed (KvarType   *type,
           const char *value,
           const char *list)
{
  g_autoptr(GPtrArray) elements = NULL;
  g_autofree char *inner = NULL;
  gsize length = strlen (list);

  if (length < 2 || list[0] != '(' || list[length - 1] != ')')
    return CANNOT;

  inner = g_strndup (list + 1, length - 2);
  elements = kvar_array_list_split (inner, ',');
  for (guint i = 0; elements != NULL && i < elements->len; i++)
    {
      const char *element = g_ptr_array_index (elements, i);
      Verdict verdict = is_equal (type, value, element != NULL ? element : "NULL");

      if (verdict != NO)
        return verdict;
    }

  return elements != NULL ? NO : CANNOT;
}

static gboolean
contains (const char *value,
          const char *part)
{
  g_autofree char *a = g_utf8_casefold (value, -1);
  g_autofree char *b = g_utf8_casefold (part, -1);

  return strstr (a, b) != NULL;
}

static Verdict
judge_pattern (KvarFilter *filter,
               const char *value)
{
  g_autofree char *part = NULL;

  if (g_str_equal (kvar_filter_get_op (filter), "wfts"))
    return CANNOT;

  part = kvar_filter_dup_contained (filter);

  return part != NULL ? from_boolean (contains (value, part)) : CANNOT;
}

static Verdict
judge_order (KvarType   *type,
             const char *op,
             const char *value,
             const char *other)
{
  int order;

  if (!compare (type, value, other, &order))
    return CANNOT;
  if (g_str_equal (op, "gt"))
    return from_boolean (order > 0);
  if (g_str_equal (op, "gte"))
    return from_boolean (order >= 0);
  if (g_str_equal (op, "lt"))
    return from_boolean (order < 0);

  return from_boolean (order <= 0);
}

static Verdict
judge_value (KvarFilter *filter,
             KvarType   *type,
             const char *value)
{
  static const char *const orders[] = { "gt", "gte", "lt", "lte", NULL };
  const char *op = kvar_filter_get_op (filter);
  const char *other = kvar_filter_get_value (filter);

  if (g_str_equal (op, "is"))
    {
      if (g_str_equal (other, "null"))
        return from_boolean (value == NULL);
      return value == NULL ? NO : from_boolean (g_str_equal (value, other));
    }
  if (g_str_equal (op, "isdistinct"))
    return value == NULL ? YES : negate (is_equal (type, value, other));
  if (value == NULL)
    return NO_VALUE;
  if (g_str_equal (op, "eq"))
    return is_equal (type, value, other);
  if (g_str_equal (op, "neq"))
    return negate (is_equal (type, value, other));
  if (g_str_equal (op, "in"))
    return is_listed (type, value, other);
  if (g_strv_contains (orders, op))
    return judge_order (type, op, value, other);

  return judge_pattern (filter, value);
}

static Verdict
judge_condition (KvarFilter *filter,
                 KvarRecord *record)
{
  KvarTable *table = kvar_record_get_table (record);
  int index = kvar_table_find_column_index (table, kvar_filter_get_column (filter));
  KvarColumn *column;

  if (kvar_filter_get_path (filter) != NULL || index < 0 ||
      !kvar_record_has_column (record, (guint)index))
    return CANNOT;

  column = kvar_table_get_column (table, (guint)index);

  return judge_value (filter, kvar_column_get_column_type (column),
                      kvar_record_get_text (record, (guint)index));
}

static Verdict judge (KvarFilter *filter, KvarRecord *record);

/* One that decides the group decides it whatever the others are. */
static Verdict
judge_group (KvarFilter *filter,
             KvarRecord *record)
{
  gboolean any = kvar_filter_get_kind (filter) == KVAR_FILTER_OR;
  Verdict verdict = any ? NO : YES;

  for (guint i = 0; i < kvar_filter_get_n_members (filter); i++)
    {
      Verdict member = judge (kvar_filter_get_member (filter, i), record);

      if (member == from_boolean (any))
        return member;
      verdict = MAX (verdict, member);
    }

  return verdict;
}

static Verdict
judge (KvarFilter *filter,
       KvarRecord *record)
{
  Verdict verdict = kvar_filter_get_kind (filter) == KVAR_FILTER_CONDITION
                      ? judge_condition (filter, record)
                      : judge_group (filter, record);

  return kvar_filter_get_negated (filter) ? negate (verdict) : verdict;
}

/* In any text that has come; words in search vectors are texts' words, too. */
static Verdict
judge_search (const char *text,
              KvarRecord *record)
{
  KvarTable *table = kvar_record_get_table (record);

  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    {
      const char *value = kvar_record_get_text (record, i);

      if (value != NULL &&
          kvar_column_get_kind (kvar_table_get_column (table, i)) == KVAR_KIND_TEXT &&
          contains (value, text))
        return YES;
    }

  return NO;
}

static Verdict
judge_query (KvarQuery  *query,
             KvarRecord *record)
{
  const char *search = kvar_query_get_search (query);
  Verdict verdict = YES;

  for (guint i = 0; i < kvar_query_get_n_filters (query); i++)
    {
      Verdict filter = judge (kvar_query_get_filter (query, i), record);

      if (filter == NO || filter == NO_VALUE)
        return NO;
      if (filter == CANNOT)
        verdict = CANNOT;
    }
  if (search != NULL && judge_search (search, record) == NO)
    return NO;

  return verdict;
}

static int
compare_nulls (const KvarOrder *order,
               gboolean         a_is_null,
               gboolean         b_is_null)
{
  int sign = order->nulls_first ? -1 : 1;

  return (a_is_null - b_is_null) * sign;
}

static int
compare_records (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  KvarQuery *query = user_data;
  KvarRecord *x = *(KvarRecord **)a;
  KvarRecord *y = *(KvarRecord **)b;
  KvarTable *table = kvar_record_get_table (x);

  for (guint i = 0; i < kvar_query_get_n_orders (query); i++)
    {
      const KvarOrder *order = kvar_query_get_order (query, i);
      int index = kvar_table_find_column_index (table, order->column);
      KvarColumn *column;
      const char *p, *q;
      int result = 0;

      if (index < 0)
        continue;

      column = kvar_table_get_column (table, (guint)index);
      p = kvar_record_get_text (x, (guint)index);
      q = kvar_record_get_text (y, (guint)index);
      if (p == NULL || q == NULL)
        result = compare_nulls (order, p == NULL, q == NULL);
      else if (compare (kvar_column_get_column_type (column), p, q, &result) && order->descending)
        result = -result;
      if (result != 0)
        return result;
    }

  return 0;
}

/**
 * kvar_query_match:
 * @records: (element-type KvarRecord): of @table
 *
 * Judges which of @records the server would find, and in which order it would list them. Texts
 * are sorted as this person's language has it, which need not be the database's.
 *
 * Returns: (transfer full) (nullable) (element-type KvarRecord): those; %NULL if only the server
 *   can judge
 */
GPtrArray *
kvar_query_match (KvarQuery *query,
                  KvarTable *table,
                  GPtrArray *records)
{
  g_autoptr(GPtrArray) found = NULL;

  g_return_val_if_fail (query != NULL, NULL);
  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);
  g_return_val_if_fail (records != NULL, NULL);

  found = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < records->len; i++)
    {
      KvarRecord *record = g_ptr_array_index (records, i);

      switch (judge_query (query, record))
        {
        case YES:
          g_ptr_array_add (found, g_object_ref (record));
          break;

        case CANNOT:
          return NULL;

        case NO:
        case NO_VALUE:
        default:
          break;
        }
    }

  g_ptr_array_sort_with_data (found, compare_records, query);

  return g_steal_pointer (&found);
}
