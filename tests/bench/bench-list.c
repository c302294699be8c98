/* bench-list.c: what a million rows cost, scrolled and typed into, against a GtkColumnView
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page of records as the window has it, whose rows come from a scripted server as they are
 * looked at, and a bare GtkColumnView whose rows are there: in the same window, in turns, with
 * the same texts. What counts is the CPU time of the process from before-paint to after-paint,
 * which is all that a frame costs; of a letter also what comes after it, as the journal does.
 */

#include <time.h>

#include "bench-project.h"
#include "kvar-grid-fixture.h"

#define N_COLUMNS 12
#define N_FRAMES  150
#define N_ROUNDS  3
#define LIMIT_S   900

static const char *const ids[N_COLUMNS] = {
  "id", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l",
};

typedef enum { SMOOTH, FLING, PAGE, JUMP, TYPE, N_MOTIONS } Motion;

static const char *const names[N_MOTIONS] = {
  "smooth, 17 px a frame", "fling, 911 px a frame", "a page a frame", "first and last row",
  "a letter a frame",
};

typedef struct
{
  const char    *name;
  GtkWidget     *view;      /* a GtkColumnView, or the page */
  GtkAdjustment *v;
  GArray        *times[N_MOTIONS];    /* of double: ms */
  GArray        *letters;             /* of double: ms for a letter and all that it causes */
} Contender;

enum { COLUMN_VIEW, PAGE_OF_RECORDS, WITHOUT_JOURNAL, N_CONTENDERS };

typedef struct
{
  DisplayFixture  project;
  KvarWorkspace  *without;  /* the same project, and no journal */
  GtkWindow      *window;
  GListModel     *rows;     /* of the GtkColumnView */
  GtkAdjustment  *v;
  GtkEditable    *text;     /* (nullable) owned: what is typed into */
  GArray         *times;
  Motion          motion;
  guint           frame;
  double          began;
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

static void
type_letter (Run *run)
{
  int position = gtk_editable_get_position (run->text);
  char letter[] = { 'a' + (char)(run->frame % 26), '\0' };

  gtk_editable_insert_text (run->text, letter, 1, &position);
  gtk_editable_set_position (run->text, position);
}

static gboolean
step_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  Run *run = user_data;
  double page = gtk_adjustment_get_page_size (run->v);
  double steps[N_MOTIONS] = { 17, 911, page, 0, 0 };
  double value = gtk_adjustment_get_value (run->v) + steps[run->motion];

  if (run->motion == JUMP)
    value = run->frame % 2 == 0 ? gtk_adjustment_get_upper (run->v) : 0;
  if (run->motion == TYPE)
    type_letter (run);
  else
    gtk_adjustment_set_value (run->v, value);
  run->frame++;

  return G_SOURCE_CONTINUE;
}

/* A mapped text a little below the header: a list keeps rows outside of the view, too. */
static GtkWidget *
find_text (GtkWidget *view,
           GtkWidget *widget)
{
  graphene_rect_t bounds;
  GtkWidget *found = NULL;

  if (GTK_IS_TEXT (widget) && gtk_widget_get_mapped (widget) &&
      gtk_widget_compute_bounds (widget, view, &bounds) && bounds.origin.y > 60)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_text (view, child);

  return found;
}

/* As people do it: a cell is opened, and what it held is replaced. */
static void
begin_typing (Run       *run,
              Contender *contender)
{
  GtkWidget *focus;

  if (KVAR_IS_PAGE (contender->view))
    {
      KvarGrid *grid = display_child (contender->view, "grid");
      guint first, end;

      kvar_grid_get_rows_in_view (grid, &first, &end);
      kvar_grid_set_cursor (grid, first + 2, kvar_grid_find_column (grid, "b"));
      gtk_widget_grab_focus (GTK_WIDGET (grid));
      kvar_grid_set_edit_mode (grid, TRUE);
      /* Its row may have to come first. */
      kvar_test_wait_until (kvar_grid_start_editing (grid, NULL));
    }
  else
    {
      GtkWidget *text = find_text (contender->view, contender->view);

      g_assert_nonnull (text);
      gtk_widget_grab_focus (text);
    }

  focus = gtk_root_get_focus (GTK_ROOT (run->window));
  g_assert_true (GTK_IS_EDITABLE (focus));
  run->text = g_object_ref (GTK_EDITABLE (focus));
  gtk_editable_delete_text (run->text, 0, -1);
}

static void
end_typing (Run       *run,
            Contender *contender)
{
  /* Whatever takes the editor away, or what it holds, would make typing cheap. */
  g_assert_cmpuint (strlen (gtk_editable_get_text (run->text)), ==, run->frame);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (run->text)));

  if (KVAR_IS_PAGE (contender->view))
    kvar_grid_cancel (display_child (contender->view, "grid"));
  g_clear_object (&run->text);
  gtk_root_set_focus (GTK_ROOT (run->window), NULL);
  kvar_test_settle ();
}

/* Frames come from the frame clock, never faster than a screen has them. */
static void
run_frames (Run *run)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (run->window));
  gulong before, after;
  guint tick;

  before = g_signal_connect_swapped (clock, "before-paint", G_CALLBACK (before_paint_cb), run);
  after = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (after_paint_cb), run);
  tick = gtk_widget_add_tick_callback (GTK_WIDGET (run->window), step_cb, run, NULL);
  while (run->frame < N_FRAMES)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_remove_tick_callback (GTK_WIDGET (run->window), tick);
  g_signal_handler_disconnect (clock, before);
  g_signal_handler_disconnect (clock, after);
}

static void
measure (Run       *run,
         Contender *contender,
         Motion     motion)
{
  double began, letter;

  gtk_adjustment_set_value (contender->v, gtk_adjustment_get_upper (contender->v) / 3);
  kvar_test_settle ();
  if (motion == TYPE)
    begin_typing (run, contender);
  kvar_test_transport_forget (run->project.transport);

  run->v = contender->v;
  run->times = contender->times[motion];
  run->motion = motion;
  run->frame = 0;
  began = get_cpu_ms ();
  run_frames (run);
  letter = (get_cpu_ms () - began) / N_FRAMES;

  if (motion == TYPE)
    {
      g_array_append_val (contender->letters, letter);
      end_typing (run, contender);
    }
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

static char *
dup_text (GtkListItem *item,
          const char  *id)
{
  GridItem *row = gtk_list_item_get_item (item);

  return g_str_equal (id, "id") ? g_strdup_printf ("%u", row->number + 1)
                                : g_strdup_printf ("%u/%s", row->number + 1, id);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item,
         gpointer            id)
{
  g_autofree char *text = dup_text (item, id);

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), text);
}

static void
setup_editable_cb (GtkListItemFactory *factory,
                   GtkListItem        *item)
{
  gtk_list_item_set_child (item, gtk_text_new ());
}

static void
bind_editable_cb (GtkListItemFactory *factory,
                  GtkListItem        *item,
                  gpointer            id)
{
  g_autofree char *text = dup_text (item, id);

  gtk_editable_set_text (GTK_EDITABLE (gtk_list_item_get_child (item)), text);
}

/* With what can be typed into only where that is measured: it makes scrolling slower. */
static GtkWidget *
make_column_view (GListModel *rows,
                  gboolean    editable)
{
  GtkWidget *view = gtk_column_view_new (
    GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (rows))));

  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (view), TRUE);
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      gboolean typed = editable && i == 1;
      g_autoptr(GtkColumnViewColumn) column = NULL;

      g_signal_connect (factory, "setup",
                        typed ? G_CALLBACK (setup_editable_cb) : G_CALLBACK (setup_cb), NULL);
      g_signal_connect (factory, "bind",
                        typed ? G_CALLBACK (bind_editable_cb) : G_CALLBACK (bind_cb),
                        (gpointer)ids[i]);
      column = gtk_column_view_column_new (ids[i], factory);
      gtk_column_view_column_set_fixed_width (column, 150);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
    }

  return view;
}

static void
show_column_view (Run       *run,
                  Contender *contender,
                  gboolean   editable)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  contender->view = make_column_view (run->rows, editable);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), contender->view);
  gtk_window_set_child (run->window, scrolled);
  contender->v = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  kvar_test_wait_until (gtk_adjustment_get_upper (contender->v) > PROJECT_ROWS);
  kvar_test_settle ();
}

static void
show_page (Run           *run,
           Contender     *contender,
           KvarWorkspace *workspace)
{
  KvarPage *page = project_new_page (workspace);
  KvarGrid *grid = display_child (page, "grid");

  contender->view = GTK_WIDGET (page);
  contender->v = gtk_scrolled_window_get_vadjustment (display_child (page, "scrolled"));
  gtk_window_set_child (run->window, contender->view);
  kvar_page_load (page);
  kvar_test_wait_until (gtk_adjustment_get_upper (contender->v) > PROJECT_ROWS);
  for (guint i = 0; i < kvar_grid_get_n_columns (grid); i++)
    kvar_grid_column_set_width (kvar_grid_get_column (grid, i), 150);
  kvar_test_settle ();
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
  g_print ("%-28s %6.2f %6.2f %6.2f   %6.2f %6.2f %6.2f   %5.2f ×\n", name,
           get_percentile (theirs, 0.5), get_percentile (theirs, 0.99),
           get_percentile (theirs, 1), get_percentile (ours, 0.5), get_percentile (ours, 0.99),
           get_percentile (ours, 1), get_percentile (ours, 0.99) / get_percentile (theirs, 0.99));
}

static void
report_frames (Contender *theirs,
               Contender *ours)
{
  g_autoptr(GArray) all_theirs = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr(GArray) all_ours = g_array_new (FALSE, FALSE, sizeof (double));

  g_print ("%u rows × %u columns, CPU ms of a frame: p50, p99, most; %u frames each\n\n"
           "%-28s %-20s   %-20s   p99\n", PROJECT_ROWS, N_COLUMNS, theirs->times[0]->len, "",
           theirs->name, ours->name);
  for (Motion motion = 0; motion < N_MOTIONS; motion++)
    {
      print_line (names[motion], theirs->times[motion], ours->times[motion]);
      if (motion == TYPE)
        continue;
      g_array_append_vals (all_theirs, theirs->times[motion]->data, theirs->times[motion]->len);
      g_array_append_vals (all_ours, ours->times[motion]->data, ours->times[motion]->len);
    }
  print_line ("all scrolling (limit 1.00)", all_theirs, all_ours);
}

/* The quietest round of each, since another program's work makes any of them dearer. */
static void
report_letters (Contender *contenders)
{
  double least[N_CONTENDERS];

  g_print ("\nCPU ms of a letter and all that it causes, %u letters, quietest round\n\n", N_FRAMES);
  for (guint i = 0; i < N_CONTENDERS; i++)
    {
      least[i] = get_percentile (contenders[i].letters, 0);
      g_print ("%-28s %6.2f\n", contenders[i].name, least[i]);
    }
  g_print ("%-28s %6.2f ×\n", "the journal (limit 1.10)",
           least[PAGE_OF_RECORDS] / least[WITHOUT_JOURNAL]);
}

static double
get_status_mb (const char *name)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL) ||
      (line = strstr (status, name)) == NULL)
    return 0;

  return (double)g_ascii_strtoull (line + strlen (name), NULL, 10) / 1024;
}

static void
measure_round (Run       *run,
               Contender *contenders)
{
  Contender *theirs = &contenders[COLUMN_VIEW];
  Contender *ours = &contenders[PAGE_OF_RECORDS];
  Contender *without = &contenders[WITHOUT_JOURNAL];

  show_column_view (run, theirs, FALSE);
  for (Motion motion = 0; motion < TYPE; motion++)
    measure (run, theirs, motion);
  show_column_view (run, theirs, TRUE);
  measure (run, theirs, TYPE);

  show_page (run, ours, run->project.workspace);
  for (Motion motion = 0; motion < N_MOTIONS; motion++)
    measure (run, ours, motion);
  show_page (run, without, run->without);
  measure (run, without, TYPE);
}

/* A process of its own for each, since memory that was used once does not come back. */
static void
measure_memory (Run       *run,
                Contender *contenders,
                guint      which)
{
  Contender *contender = &contenders[which];
  double before = get_status_mb ("VmRSS:");

  if (which == COLUMN_VIEW)
    show_column_view (run, contender, FALSE);
  else
    show_page (run, contender, run->project.workspace);
  for (Motion motion = 0; motion < TYPE; motion++)
    measure (run, contender, motion);
  g_print ("%-28s %6.1f at most, %5.1f of it since the window was empty\n", contender->name,
           get_status_mb ("VmHWM:"), get_status_mb ("VmHWM:") - before);
}

static void
report_memory (const char *program)
{
  static const char *const which[] = { "0", "1" };

  g_print ("\nMemory in MiB, after all that scrolling\n\n");
  for (guint i = 0; i < G_N_ELEMENTS (which); i++)
    {
      const char *const arguments[] = { program, which[i], NULL };
      g_autofree char *output = NULL;
      g_autoptr(GError) error = NULL;
      int status = 0;

      if (!g_spawn_sync (NULL, (char **)arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output,
                         NULL, &status, &error) ||
          !g_spawn_check_wait_status (status, &error))
        g_error ("%s: %s", program, error->message);
      g_print ("%s", output);
    }
}

static gboolean
give_up_cb (gpointer user_data)
{
  g_printerr ("bench-list: not done after %u s; are there frames at all?\n", LIMIT_S);
  exit (1);
}

static void
set_up (Run       *run,
        Contender *contenders)
{
  project_set_up (&run->project);
  run->without = kvar_workspace_new (run->project.session);
  kvar_test_wait_until (kvar_workspace_get_schema (run->without) != NULL);
  run->rows = g_object_new (grid_rows_get_type (), NULL);
  ((GridRows *)run->rows)->n_items = PROJECT_ROWS;
  run->window = run->project.window;
  gtk_window_set_default_size (run->window, 1100, 720);
  gtk_window_present (run->window);
  kvar_test_settle ();

  for (guint i = 0; i < N_CONTENDERS; i++)
    {
      contenders[i].letters = g_array_new (FALSE, FALSE, sizeof (double));
      for (Motion motion = 0; motion < N_MOTIONS; motion++)
        contenders[i].times[motion] = g_array_new (FALSE, FALSE, sizeof (double));
    }
}

int
main (int   argc,
      char *argv[])
{
  Contender contenders[N_CONTENDERS] = {
    { .name = "GtkColumnView" }, { .name = "page of records" }, { .name = "without the journal" },
  };
  Run run = { .rows = NULL };

  adw_init ();
  g_timeout_add_seconds (LIMIT_S, give_up_cb, NULL);
  set_up (&run, contenders);
  if (argc > 1)
    {
      measure_memory (&run, contenders, g_str_equal (argv[1], "1") ? PAGE_OF_RECORDS : COLUMN_VIEW);
    }
  else
    {
      for (guint round = 0; round < N_ROUNDS; round++)
        measure_round (&run, contenders);
      report_frames (&contenders[COLUMN_VIEW], &contenders[PAGE_OF_RECORDS]);
      report_letters (contenders);
      report_memory (argv[0]);
    }
  gtk_window_destroy (run.window);
  kvar_test_settle ();
  display_remove_dir (run.project.state_dir);

  return 0;
}
