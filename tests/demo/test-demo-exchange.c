/* test-demo-exchange.c: the demo's exchanges take a request line apart as a server does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-demo-exchange.h"

static void
test_exchange_splits_path (void)
{
  g_autoptr(KvarDemoExchange) exchange = NULL;

  exchange = kvar_demo_exchange_new ("GET", "/rest/v1/rpc/a%2Fb/?x=1&y=a%20b+c");
  g_assert_cmpstr (exchange->path, ==, "/rest/v1/rpc/a%2Fb/");
  g_assert_cmpstr (exchange->query, ==, "x=1&y=a%20b+c");
  g_assert_cmpuint (g_strv_length (exchange->segments), ==, 2);
  g_assert_cmpstr (exchange->segments[1], ==, "a/b");
}

static void
test_exchange_decodes_params (void)
{
  g_autoptr(KvarDemoExchange) exchange = NULL;
  g_autofree char *y = NULL;

  exchange = kvar_demo_exchange_new ("GET", "/auth/v1/x?x=1&y=a%20b+c&y=2");
  y = kvar_demo_exchange_get_param (exchange, "y");
  g_assert_cmpstr (y, ==, "a b c");
  g_assert_null (kvar_demo_exchange_get_param (exchange, "z"));
}

static void
test_exchange_joins_headers (void)
{
  g_autoptr(KvarDemoExchange) exchange = NULL;

  exchange = kvar_demo_exchange_new ("GET", "/");
  kvar_demo_exchange_set_header (exchange, "Prefer", "return=minimal");
  kvar_demo_exchange_set_header (exchange, "prefer", "count=exact");
  g_assert_cmpstr (kvar_demo_exchange_get_header (exchange, "PREFER"), ==,
                   "return=minimal, count=exact");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/demo/exchange/new/splits-path", test_exchange_splits_path);
  g_test_add_func ("/demo/exchange/param/decodes", test_exchange_decodes_params);
  g_test_add_func ("/demo/exchange/header/joins", test_exchange_joins_headers);

  return g_test_run ();
}
