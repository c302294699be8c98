/* kvar-demo-control.h: the demo's control: /demo/… as tests and the tour ask for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-auth.h"
#include "kvar-demo-faults.h"
#include "kvar-demo-log.h"

G_BEGIN_DECLS

/* What the control works on; all of it outlives the control. */
typedef struct
{
  KvarDemoConfig *config;
  KvarDemoClock  *clock;
  KvarDemoAuth   *auth;
  KvarDemoFaults *faults;
  KvarDemoLog    *log;
  void          (*release)  (gpointer data);  /* lets stalled requests go on */
  gpointer        release_data;
} KvarDemoControl;

void kvar_demo_control_handle (KvarDemoControl  *self,
                               KvarDemoExchange *exchange);

G_END_DECLS
