/* bench-list.c: the work of a frame while a million rows are scrolled, against a GtkColumnView
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both show the same rows and columns in the same window, in turns. What counts is the CPU time
 * of the process from before-paint to after-paint, which is all that a frame costs.
 */

#include <time.h>

#include "kvar-grid-fixture.h"

#define N_ROWS    1000000
#define N_COLUMNS 12
#define N_FRAMES  300
#define N_ROUNDS  3

static const char *const ids[N_COLUMNS] = {
  "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l",
};

typedef enum { SMOOTH, FLING, PAGE, JUMP, N_MOTIONS } Motion;

static const char *const names[N_MOTIONS] = {
  "smooth, 17 px a frame", "fling, 911 px a frame", "a page a frame", "first and last row",
};

typedef struct
{
  const char    *name;
  GtkWidget     *view;
  GtkAdjustment *v;
  GArray        *times[N_MOTIONS];    /* of double: ms */
} Contender;

typedef struct
{
  GtkWindow     *window;
  GtkWidget     *scrolled;
  GtkAdjustment *v;
  GArray        *times;
  Motion         motion;
  guint          frame;
  double         began;
} Run;

static double
get_cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);

  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static void
before_paint_cb (Run *run)
{
  run->began = get_cpu_ms ();
}

static void
after_paint_cb (Run *run)
{
  double spent = get_cpu_ms () - run->began;

  if (run->frame > 0)
    g_array_append_val (run->times, spent);
}

static gboolean
scroll_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  Run *run = user_data;
  double page = gtk_adjustment_get_page_size (run->v);
  double steps[N_MOTIONS] = { 17, 911, page, 0 };
  double value = gtk_adjustment_get_value (run->v) + steps[run->motion];

  if (run->motion == JUMP)
    value = run->frame % 2 == 0 ? gtk_adjustment_get_upper (run->v) : 0;
  gtk_adjustment_set_value (run->v, value);
  run->frame++;

  return G_SOURCE_CONTINUE;
}

static void
measure (Run       *run,
         Contender *contender,
         Motion     motion)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (run->window));
  gulong before, after;
  guint tick;

  gtk_adjustment_set_value (contender->v, N_ROWS / 3 * 30.0);
  kvar_test_settle ();

  run->v = contender->v;
  run->times = contender->times[motion];
  run->motion = motion;
  run->frame = 0;
  before = g_signal_connect_swapped (clock, "before-paint", G_CALLBACK (before_paint_cb), run);
  after = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (after_paint_cb), run);
  tick = gtk_widget_add_tick_callback (GTK_WIDGET (run->window), scroll_cb, run, NULL);
  while (run->frame < N_FRAMES)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_remove_tick_callback (GTK_WIDGET (run->window), tick);
  g_signal_handler_disconnect (clock, before);
  g_signal_handler_disconnect (clock, after);
}

static void
show (Run       *run,
      Contender *contender)
{
  run->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (run->scrolled), contender->view);
  gtk_window_set_child (run->window, run->scrolled);
  contender->v = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (run->scrolled));
  kvar_test_wait_until (gtk_adjustment_get_upper (contender->v) > N_ROWS);
  kvar_test_settle ();
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item)
{
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_list_item_set_child (item, cell);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item,
         gpointer            id)
{
  GridItem *row = gtk_list_item_get_item (item);
  g_autofree char *text = g_strdup_printf ("%u/%s", row->number, (const char *)id);

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), text);
}

static GtkWidget *
make_column_view (GListModel *rows)
{
  GtkWidget *view = gtk_column_view_new (
    GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (rows))));

  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (view), TRUE);
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr(GtkColumnViewColumn) column = NULL;

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), (gpointer)ids[i]);
      column = gtk_column_view_column_new (ids[i], factory);
      gtk_column_view_column_set_fixed_width (column, 150);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
    }

  return view;
}

static GtkWidget *
make_grid (GListModel     *rows,
           KvarGridSource *source)
{
  GtkWidget *grid = kvar_grid_new ();

  kvar_grid_set_source (KVAR_GRID (grid), source);
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      g_autoptr(KvarGridColumn) column = kvar_grid_column_new (ids[i], ids[i]);

      kvar_grid_column_set_width (column, 150);
      kvar_grid_append_column (KVAR_GRID (grid), column);
    }
  kvar_grid_set_model (KVAR_GRID (grid), rows);

  return grid;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  double difference = *(const double *)a - *(const double *)b;

  return (difference > 0) - (difference < 0);
}

static double
get_percentile (GArray *times,
                double  part)
{
  g_array_sort (times, compare_times);

  return g_array_index (times, double, (guint)((times->len - 1) * part));
}

static void
print_line (const char *name,
            GArray     *theirs,
            GArray     *ours)
{
  g_print ("%-24s %6.2f %6.2f %6.2f   %6.2f %6.2f %6.2f   %5.2f ×\n", name,
           get_percentile (theirs, 0.5), get_percentile (theirs, 0.99),
           get_percentile (theirs, 1), get_percentile (ours, 0.5), get_percentile (ours, 0.99),
           get_percentile (ours, 1), get_percentile (ours, 0.99) / get_percentile (theirs, 0.99));
}

static void
report (Contender *theirs,
        Contender *ours)
{
  g_autoptr(GArray) all_theirs = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr(GArray) all_ours = g_array_new (FALSE, FALSE, sizeof (double));

  g_print ("%u rows × %u columns, CPU ms of a frame    (p50, p99, most)\n", N_ROWS, N_COLUMNS);
  g_print ("%-24s %-20s   %-20s   p99\n", "", theirs->name, ours->name);
  for (Motion motion = 0; motion < N_MOTIONS; motion++)
    {
      print_line (names[motion], theirs->times[motion], ours->times[motion]);
      g_array_append_vals (all_theirs, theirs->times[motion]->data, theirs->times[motion]->len);
      g_array_append_vals (all_ours, ours->times[motion]->data, ours->times[motion]->len);
    }
  print_line ("all (at most 1.00 ×)", all_theirs, all_ours);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GridRows) rows = NULL;
  g_autoptr(GridSource) source = NULL;
  Contender contenders[2] = { { .name = "GtkColumnView" }, { .name = "KvarGrid" } };
  Run run = { NULL };

  adw_init ();
  rows = g_object_new (grid_rows_get_type (), NULL);
  rows->n_items = N_ROWS;
  source = g_object_new (grid_source_get_type (), NULL);
  run.window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (run.window, 1100, 720);
  gtk_window_present (run.window);

  for (guint i = 0; i < G_N_ELEMENTS (contenders); i++)
    for (Motion motion = 0; motion < N_MOTIONS; motion++)
      contenders[i].times[motion] = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint round = 0; round < N_ROUNDS; round++)
    for (guint i = 0; i < G_N_ELEMENTS (contenders); i++)
      {
        contenders[i].view = i == 0 ? make_column_view (G_LIST_MODEL (rows))
                                    : make_grid (G_LIST_MODEL (rows), KVAR_GRID_SOURCE (source));
        show (&run, &contenders[i]);
        for (Motion motion = 0; motion < N_MOTIONS; motion++)
          measure (&run, &contenders[i], motion);
      }

  report (&contenders[0], &contenders[1]);
  gtk_window_destroy (run.window);

  return 0;
}
