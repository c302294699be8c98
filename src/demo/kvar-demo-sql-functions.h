/* kvar-demo-sql-functions.h: what SQLite lacks of PostgreSQL: collations, patterns, arrays, jsonb
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <sqlite3.h>

void kvar_demo_sql_functions_register (sqlite3 *handle);
