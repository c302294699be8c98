/* kvar-demo-kvar-schema.h: the function kvar_schema(), as data/supabase/kvar.sql defines it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *kvar_demo_kvar_schema_write (const char *role);

G_END_DECLS
