/* kvar-date-picker.c: a calendar below a field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-date-picker"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-date-picker.h"

struct _KvarDatePicker
{
  GtkPopover   parent_instance;

  GtkCalendar *calendar;
};

enum {
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KvarDatePicker, kvar_date_picker, GTK_TYPE_POPOVER)

static void
pick (KvarDatePicker *self)
{
  g_autoptr(GDateTime) date = gtk_calendar_get_date (self->calendar);
  g_autofree char *text = g_date_time_format (date, "%Y-%m-%d");

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[PICKED], 0, text);
}

static void
move_by (KvarDatePicker *self,
         int             months,
         int             days)
{
  g_autoptr(GDateTime) date = gtk_calendar_get_date (self->calendar);
  g_autoptr(GDateTime) month = g_date_time_add_months (date, months);
  g_autoptr(GDateTime) moved = g_date_time_add_days (month, days);

  gtk_calendar_select_day (self->calendar, moved);
}

/* GtkCalendar moves its focus and selects only on Space; here the arrows choose at once and
 * Enter takes the day. */
static gboolean
key_pressed_cb (KvarDatePicker        *self,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                GtkEventControllerKey *controller)
{
  int day = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -1 : 1;

  switch (keyval)
    {
    case GDK_KEY_Left:
      move_by (self, 0, -day);
      return GDK_EVENT_STOP;

    case GDK_KEY_Right:
      move_by (self, 0, day);
      return GDK_EVENT_STOP;

    case GDK_KEY_Up:
      move_by (self, 0, -7);
      return GDK_EVENT_STOP;

    case GDK_KEY_Down:
      move_by (self, 0, 7);
      return GDK_EVENT_STOP;

    case GDK_KEY_Page_Up:
      move_by (self, -1, 0);
      return GDK_EVENT_STOP;

    case GDK_KEY_Page_Down:
      move_by (self, 1, 0);
      return GDK_EVENT_STOP;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
    case GDK_KEY_space:
      pick (self);
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
released_cb (KvarDatePicker  *self,
             int              n_press,
             double           x,
             double           y,
             GtkGestureClick *click)
{
  if (n_press == 2)
    pick (self);
}

static void
kvar_date_picker_class_init (KvarDatePickerClass *klass)
{
  /* The day as YYYY-MM-DD. */
  signals[PICKED] =
    g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
kvar_date_picker_init (KvarDatePicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *choose = gtk_button_new_with_mnemonic (_("_Choose"));
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->calendar),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Calendar"), -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->calendar));
  gtk_box_append (GTK_BOX (box), choose);
  gtk_popover_set_child (GTK_POPOVER (self), box);

  g_signal_connect_swapped (choose, "clicked", G_CALLBACK (pick), self);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->calendar), keys);

  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->calendar), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
kvar_date_picker_new (void)
{
  return g_object_new (KVAR_TYPE_DATE_PICKER, NULL);
}

/**
 * kvar_date_picker_open:
 * @date: (nullable): the day to begin at, as a text that starts with YYYY-MM-DD; else today
 */
void
kvar_date_picker_open (KvarDatePicker *self,
                       const char     *date)
{
  g_autoptr(GDateTime) day = NULL;
  int year, month, mday;

  g_return_if_fail (KVAR_IS_DATE_PICKER (self));

  if (date != NULL && sscanf (date, "%4d-%2d-%2d", &year, &month, &mday) == 3 && year > 0)
    day = g_date_time_new_local (year, month, mday, 0, 0, 0);
  if (day == NULL)
    day = g_date_time_new_now_local ();

  gtk_calendar_select_day (self->calendar, day);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->calendar));
}
