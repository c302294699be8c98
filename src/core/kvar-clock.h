/* kvar-clock.h: the machine's clock or a simulated one; every wait in Kvar is a timer of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define KVAR_TYPE_CLOCK (kvar_clock_get_type ())

G_DECLARE_FINAL_TYPE (KvarClock, kvar_clock, KVAR, CLOCK, GObject)

#define KVAR_CLOCK_MILLISECOND (G_GINT64_CONSTANT (1000))
#define KVAR_CLOCK_SECOND      (G_GINT64_CONSTANT (1000000))
#define KVAR_CLOCK_MINUTE      (60 * KVAR_CLOCK_SECOND)
#define KVAR_CLOCK_HOUR        (60 * KVAR_CLOCK_MINUTE)

KvarClock *kvar_clock_new              (void);
KvarClock *kvar_clock_new_simulated    (void);

gint64     kvar_clock_get_boottime     (KvarClock       *self);
gint64     kvar_clock_get_wall         (KvarClock       *self);
gint64     kvar_clock_get_server_time  (KvarClock       *self);
void       kvar_clock_note_server_date (KvarClock       *self,
                                        GDateTime       *date);

guint      kvar_clock_add_timer        (KvarClock       *self,
                                        gint64           delay_us,
                                        GSourceOnceFunc  callback,
                                        gpointer         user_data);
void       kvar_clock_remove_timer     (KvarClock       *self,
                                        guint            id);

gint64     kvar_clock_get_next_timer   (KvarClock       *self);
void       kvar_clock_note_resume      (KvarClock       *self);

void       kvar_clock_advance          (KvarClock       *self,
                                        gint64           us);
void       kvar_clock_suspend          (KvarClock       *self,
                                        gint64           us);
void       kvar_clock_set_wall         (KvarClock       *self,
                                        gint64           us);

G_END_DECLS
