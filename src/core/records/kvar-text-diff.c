/* kvar-text-diff.c: How one text becomes another, word by word.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Myers' greedy algorithm on words, between what both texts begin and end with. Texts that have
 * hardly anything in common are not worth the search: one is taken out whole, the other put in.
 */

#define G_LOG_DOMAIN "kvar-records"

#include "config.h"

#include <string.h>

#include "records/kvar-text-diff.h"

/* More steps than this, and nobody recognises the one text in the other. The search keeps what
 * it knew at every step, which is a square of this. */
#define MAX_STEPS 800

typedef struct
{
  const char *start;
  gsize       length;
} Word;

/* Where a path is that has taken so many steps, on each diagonal. */
typedef struct
{
  const Word *a;
  const Word *b;
  int         n_a;
  int         n_b;
  GPtrArray  *trails;    /* (element-type int[]) one for each number of steps */
} Search;

static void
piece_free (KvarTextPiece *piece)
{
  g_free (piece->text);
  g_free (piece);
}

static GPtrArray *
pieces_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)piece_free);
}

static void
add_piece (GPtrArray      *pieces,
           KvarTextChange  change,
           const char     *text,
           gsize           length)
{
  KvarTextPiece *last = pieces->len > 0 ? g_ptr_array_index (pieces, pieces->len - 1) : NULL;
  KvarTextPiece *piece;

  if (length == 0)
    return;

  if (last != NULL && last->change == change)
    {
      g_autofree char *before = g_steal_pointer (&last->text);
      g_autofree char *added = g_strndup (text, length);

      last->text = g_strconcat (before, added, NULL);
      return;
    }

  piece = g_new (KvarTextPiece, 1);
  piece->change = change;
  piece->text = g_strndup (text, length);
  g_ptr_array_add (pieces, piece);
}

/* What is taken for one word: letters and digits with their marks. Everything else stands for
 * itself, as do the signs of scripts that put no space between words. */
static gboolean
joins_word (gunichar c)
{
  return (g_unichar_isalnum (c) && !g_unichar_iswide (c)) || g_unichar_ismark (c) || c == 0x200d;
}

static GArray *
split_words (const char *text)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (Word));
  const char *start = text;
  gboolean in_word = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean goes_on = p > start && joins_word (c) && (in_word || g_unichar_ismark (c));

      if (p > start && !goes_on)
        {
          Word word = { start, p - start };

          g_array_append_val (words, word);
          start = p;
        }
      in_word = joins_word (c) && (goes_on || p == start);
    }

  if (*start != '\0')
    {
      Word word = { start, strlen (start) };

      g_array_append_val (words, word);
    }

  return words;
}

static gboolean
words_equal (const Word *a,
             const Word *b)
{
  return a->length == b->length && memcmp (a->start, b->start, a->length) == 0;
}

/* How far the path on diagonal @k has come after @n steps; @before is where all were a step
 * earlier. Diagonals are counted from -n to n. */
static int
reach (Search    *search,
       const int *before,
       int        n,
       int        k)
{
  int x;
  int y;

  /* @before has the diagonals from 1 - n to n - 1. */
  if (n == 0)
    x = 0;
  else if (k == -n || (k != n && before[k - 1 + n - 1] < before[k + 1 + n - 1]))
    x = before[k + 1 + n - 1];
  else
    x = before[k - 1 + n - 1] + 1;

  y = x - k;
  while (x < search->n_a && y >= 0 && y < search->n_b &&
         words_equal (&search->a[x], &search->b[y]))
    {
      x++;
      y++;
    }

  return x;
}

/* Returns the number of steps from one text to the other; -1 if they are too many. */
static int
find_way (Search *search)
{
  for (int n = 0; n <= MAX_STEPS; n++)
    {
      const int *before = n > 0 ? g_ptr_array_index (search->trails, n - 1) : NULL;
      int *trail = g_new0 (int, 2 * n + 1);

      g_ptr_array_add (search->trails, trail);
      for (int k = -n; k <= n; k += 2)
        {
          trail[k + n] = reach (search, before, n, k);
          if (trail[k + n] >= search->n_a && trail[k + n] - k >= search->n_b)
            return n;
        }
    }

  return -1;
}

/* Walks the way back, and notes for each word whether it is kept. */
static void
mark_kept (Search   *search,
           int       n_steps,
           gboolean *kept_a,
           gboolean *kept_b)
{
  int x = search->n_a;
  int y = search->n_b;

  for (int n = n_steps; n >= 0; n--)
    {
      const int *before = n > 0 ? g_ptr_array_index (search->trails, n - 1) : NULL;
      int k = x - y;
      int from_x = 0;
      int from_y = 0;

      if (n > 0)
        {
          gboolean down = k == -n ||
                          (k != n && before[k - 1 + n - 1] < before[k + 1 + n - 1]);
          int from_k = down ? k + 1 : k - 1;

          from_x = before[from_k + n - 1];
          from_y = from_x - from_k;
        }

      while (x > from_x && y > from_y)
        {
          kept_a[--x] = TRUE;
          kept_b[--y] = TRUE;
        }
      x = from_x;
      y = from_y;
    }
}

static void
add_marked (GPtrArray      *pieces,
            Search         *search,
            const gboolean *kept_a,
            const gboolean *kept_b)
{
  int x = 0;
  int y = 0;

  while (x < search->n_a || y < search->n_b)
    {
      if (x < search->n_a && !kept_a[x])
        {
          add_piece (pieces, KVAR_TEXT_DELETED, search->a[x].start, search->a[x].length);
          x++;
        }
      else if (y < search->n_b && !kept_b[y])
        {
          add_piece (pieces, KVAR_TEXT_INSERTED, search->b[y].start, search->b[y].length);
          y++;
        }
      else
        {
          add_piece (pieces, KVAR_TEXT_KEPT, search->a[x].start, search->a[x].length);
          x++;
          y++;
        }
    }
}

/* A single space between two changed words is no help to anybody: "red house" instead of "old
 * boat" is one change. */
static gboolean
is_between (GPtrArray *pieces,
            guint      i)
{
  const KvarTextPiece *piece = g_ptr_array_index (pieces, i);
  const KvarTextPiece *before;
  const KvarTextPiece *after;

  if (piece->change != KVAR_TEXT_KEPT || i == 0 || i + 1 >= pieces->len)
    return FALSE;

  before = g_ptr_array_index (pieces, i - 1);
  after = g_ptr_array_index (pieces, i + 1);

  return before->change == KVAR_TEXT_INSERTED && after->change == KVAR_TEXT_DELETED &&
         strspn (piece->text, " \t") == strlen (piece->text);
}

/* Puts together what is one change to a reader: what was there first, then what is there now. */
static GPtrArray *
join_changes (GPtrArray *pieces)
{
  GPtrArray *joined = pieces_new ();
  g_autoptr(GString) deleted = g_string_new (NULL);
  g_autoptr(GString) inserted = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const KvarTextPiece *piece = g_ptr_array_index (pieces, i);
      gboolean between = is_between (pieces, i);

      if (piece->change == KVAR_TEXT_DELETED || between)
        g_string_append (deleted, piece->text);
      if (piece->change == KVAR_TEXT_INSERTED || between)
        g_string_append (inserted, piece->text);
      if (piece->change != KVAR_TEXT_KEPT || between)
        continue;

      add_piece (joined, KVAR_TEXT_DELETED, deleted->str, deleted->len);
      add_piece (joined, KVAR_TEXT_INSERTED, inserted->str, inserted->len);
      g_string_truncate (deleted, 0);
      g_string_truncate (inserted, 0);
      add_piece (joined, KVAR_TEXT_KEPT, piece->text, strlen (piece->text));
    }

  add_piece (joined, KVAR_TEXT_DELETED, deleted->str, deleted->len);
  add_piece (joined, KVAR_TEXT_INSERTED, inserted->str, inserted->len);

  return joined;
}

/* The words between what both texts begin and end with. */
static GPtrArray *
diff_middle (Search *search)
{
  g_autoptr(GPtrArray) pieces = pieces_new ();
  g_autofree gboolean *kept_a = g_new0 (gboolean, search->n_a + 1);
  g_autofree gboolean *kept_b = g_new0 (gboolean, search->n_b + 1);
  int n_steps = find_way (search);

  if (n_steps >= 0)
    mark_kept (search, n_steps, kept_a, kept_b);
  add_marked (pieces, search, kept_a, kept_b);

  return join_changes (pieces);
}

static void
add_words (GPtrArray  *pieces,
           const Word *words,
           guint       n_words)
{
  if (n_words > 0)
    add_piece (pieces, KVAR_TEXT_KEPT, words[0].start,
               words[n_words - 1].start + words[n_words - 1].length - words[0].start);
}

/**
 * kvar_text_diff:
 * @before: UTF-8
 * @after: UTF-8
 *
 * Returns: (transfer full) (element-type KvarTextPiece): what of @before is kept and deleted,
 *   and what is inserted, in the order of reading; what is deleted comes before what takes its
 *   place
 */
GPtrArray *
kvar_text_diff (const char *before,
                const char *after)
{
  g_autoptr(GArray) a = NULL;
  g_autoptr(GArray) b = NULL;
  g_autoptr(GPtrArray) trails = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) middle = NULL;
  GPtrArray *pieces = pieces_new ();
  Search search = { .trails = trails };
  const Word *words_a;
  const Word *words_b;
  guint start = 0;
  guint end = 0;

  g_return_val_if_fail (before != NULL, pieces);
  g_return_val_if_fail (after != NULL, pieces);

  a = split_words (before);
  b = split_words (after);
  words_a = (const Word *)(gpointer)a->data;
  words_b = (const Word *)(gpointer)b->data;
  while (start < a->len && start < b->len && words_equal (&words_a[start], &words_b[start]))
    start++;
  while (end + start < a->len && end + start < b->len &&
         words_equal (&words_a[a->len - 1 - end], &words_b[b->len - 1 - end]))
    end++;

  search.a = words_a + start;
  search.b = words_b + start;
  search.n_a = a->len - start - end;
  search.n_b = b->len - start - end;
  middle = diff_middle (&search);

  add_words (pieces, words_a, start);
  for (guint i = 0; i < middle->len; i++)
    {
      const KvarTextPiece *piece = g_ptr_array_index (middle, i);

      add_piece (pieces, piece->change, piece->text, strlen (piece->text));
    }
  add_words (pieces, words_a + a->len - end, end);

  return pieces;
}

/* What a reader needs of @text: its beginning and its end. */
static char *
cut_middle (const char *text,
            guint       n_start,
            guint       n_end)
{
  glong length = g_utf8_strlen (text, -1);
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;

  if (length <= (glong)(n_start + n_end + 3))
    return g_strdup (text);

  start = g_utf8_substring (text, 0, n_start);
  end = g_utf8_substring (text, length - n_end, length);

  return g_strconcat (start, n_start > 0 ? " … " : "… ", end, NULL);
}

/**
 * kvar_text_diff_shorten:
 * @pieces: (element-type KvarTextPiece): as kvar_text_diff() gave them
 * @n_kept: how many characters beside a change say where it is
 * @n_changed: how many characters of a change are shown at most
 *
 * Returns: (transfer full) (element-type KvarTextPiece): the changes and what is around them
 */
GPtrArray *
kvar_text_diff_shorten (GPtrArray *pieces,
                        guint      n_kept,
                        guint      n_changed)
{
  GPtrArray *shortened = pieces_new ();

  g_return_val_if_fail (pieces != NULL, shortened);

  for (guint i = 0; i < pieces->len; i++)
    {
      const KvarTextPiece *piece = g_ptr_array_index (pieces, i);
      g_autofree char *text = NULL;

      if (piece->change == KVAR_TEXT_KEPT)
        text = cut_middle (piece->text, i > 0 ? n_kept : 0, i + 1 < pieces->len ? n_kept : 0);
      else
        text = cut_middle (piece->text, n_changed / 2, n_changed / 2);
      add_piece (shortened, piece->change, text, strlen (text));
    }

  return shortened;
}
