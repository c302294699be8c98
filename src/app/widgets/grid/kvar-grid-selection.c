/* kvar-grid-selection.c: which rows of a grid are selected, as a set of ranges
 *
 * A GtkMultiSelection asks the model for every row when all are selected; here a million rows
 * are one range.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-grid"

#include "config.h"

#include "kvar-grid-selection.h"

struct _KvarGridSelection
{
  GObject    parent_instance;

  GtkBitset *rows;
  gboolean   all_matching;    /* also the rows that the model has not loaded */
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KvarGridSelection, kvar_grid_selection, G_TYPE_OBJECT)

static void
kvar_grid_selection_finalize (GObject *object)
{
  KvarGridSelection *self = KVAR_GRID_SELECTION (object);

  g_clear_pointer (&self->rows, gtk_bitset_unref);

  G_OBJECT_CLASS (kvar_grid_selection_parent_class)->finalize (object);
}

static void
kvar_grid_selection_class_init (KvarGridSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kvar_grid_selection_finalize;

  /**
   * KvarGridSelection::changed:
   *
   * Other rows are selected than before.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kvar_grid_selection_init (KvarGridSelection *self)
{
  self->rows = gtk_bitset_new_empty ();
}

KvarGridSelection *
kvar_grid_selection_new (void)
{
  return g_object_new (KVAR_TYPE_GRID_SELECTION, NULL);
}

/**
 * kvar_grid_selection_get_rows:
 *
 * Returns: (transfer none): valid until the selection changes
 */
const GtkBitset *
kvar_grid_selection_get_rows (KvarGridSelection *self)
{
  g_return_val_if_fail (KVAR_IS_GRID_SELECTION (self), NULL);

  return self->rows;
}

guint
kvar_grid_selection_get_n_rows (KvarGridSelection *self)
{
  g_return_val_if_fail (KVAR_IS_GRID_SELECTION (self), 0);

  return gtk_bitset_get_size (self->rows);
}

gboolean
kvar_grid_selection_contains (KvarGridSelection *self,
                              guint              row)
{
  g_return_val_if_fail (KVAR_IS_GRID_SELECTION (self), FALSE);

  return gtk_bitset_contains (self->rows, row);
}

gboolean
kvar_grid_selection_get_all_matching (KvarGridSelection *self)
{
  g_return_val_if_fail (KVAR_IS_GRID_SELECTION (self), FALSE);

  return self->all_matching;
}

/**
 * kvar_grid_selection_set_all_matching:
 *
 * Says that not only the rows of the model are meant but everything that its query finds.
 * The next change of the selection takes it back.
 */
void
kvar_grid_selection_set_all_matching (KvarGridSelection *self,
                                      gboolean           all_matching)
{
  g_return_if_fail (KVAR_IS_GRID_SELECTION (self));

  if (self->all_matching == all_matching)
    return;

  self->all_matching = all_matching;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * kvar_grid_selection_select_range:
 *
 * Selects @n_rows rows from @first on, and no others.
 */
void
kvar_grid_selection_select_range (KvarGridSelection *self,
                                  guint              first,
                                  guint              n_rows)
{
  g_return_if_fail (KVAR_IS_GRID_SELECTION (self));

  self->all_matching = FALSE;
  gtk_bitset_remove_all (self->rows);
  if (n_rows > 0)
    gtk_bitset_add_range (self->rows, first, n_rows);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
select_rows (KvarGridSelection *self,
             const GtkBitset   *rows,
             gboolean           all_matching)
{
  self->all_matching = all_matching;
  gtk_bitset_remove_all (self->rows);
  gtk_bitset_union (self->rows, rows);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * kvar_grid_selection_select_rows:
 *
 * Selects @rows, and no others.
 */
void
kvar_grid_selection_select_rows (KvarGridSelection *self,
                                 const GtkBitset   *rows)
{
  g_return_if_fail (KVAR_IS_GRID_SELECTION (self));
  g_return_if_fail (rows != NULL);

  select_rows (self, rows, FALSE);
}

/**
 * kvar_grid_selection_select_matching:
 * @rows: those that the model has
 *
 * Selects everything that the model's query finds.
 */
void
kvar_grid_selection_select_matching (KvarGridSelection *self,
                                     const GtkBitset   *rows)
{
  g_return_if_fail (KVAR_IS_GRID_SELECTION (self));
  g_return_if_fail (rows != NULL);

  select_rows (self, rows, TRUE);
}

void
kvar_grid_selection_toggle (KvarGridSelection *self,
                            guint              row)
{
  g_return_if_fail (KVAR_IS_GRID_SELECTION (self));

  self->all_matching = FALSE;
  if (!gtk_bitset_remove (self->rows, row))
    gtk_bitset_add (self->rows, row);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
kvar_grid_selection_clear (KvarGridSelection *self)
{
  g_return_if_fail (KVAR_IS_GRID_SELECTION (self));

  if (gtk_bitset_is_empty (self->rows) && !self->all_matching)
    return;

  kvar_grid_selection_select_range (self, 0, 0);
}

/**
 * kvar_grid_selection_splice:
 *
 * Follows the model: the rows that stay are selected as before, wherever they are now. Those
 * that come are selected too if everything is that matches.
 */
void
kvar_grid_selection_splice (KvarGridSelection *self,
                            guint              position,
                            guint              removed,
                            guint              added)
{
  g_return_if_fail (KVAR_IS_GRID_SELECTION (self));

  if (!self->all_matching &&
      (gtk_bitset_is_empty (self->rows) ||
       (removed == 0 && position > gtk_bitset_get_maximum (self->rows))))
    return;

  gtk_bitset_splice (self->rows, position, removed, added);
  if (self->all_matching && added > 0)
    gtk_bitset_add_range (self->rows, position, added);
  g_signal_emit (self, signals[CHANGED], 0);
}
