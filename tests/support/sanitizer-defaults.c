/* sanitizer-defaults.c: What the sanitizers are told, wherever the tree and the build folder lie.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

const char *__asan_default_options (void);
const char *__lsan_default_suppressions (void);
const char *__ubsan_default_options (void);

const char *
__asan_default_options (void)
{
  return "detect_leaks=1:fast_unwind_on_malloc=0";
}

/* What libraries keep until the process ends; nothing of ours belongs here. */
const char *
__lsan_default_suppressions (void)
{
  return "leak:g_set_user_dirs\n"
         "leak:g_get_home_dir\n"
         "leak:g_get_system_config_dirs\n"
         "leak:g_get_system_data_dirs\n"
         "leak:g_get_user_config_dir\n"
         "leak:g_get_user_data_dir\n"
         "leak:libfontconfig\n"
         "leak:libpango\n"
         "leak:libxkbcommon\n"
         "leak:xkb_\n"
         "leak:libdbus\n"
         "leak:secret_password_storev_sync\n"    /* of kvar-vault only, which ends at once */
         "leak:secret_password_clearv_sync\n";
}

const char *
__ubsan_default_options (void)
{
  return "print_stacktrace=1:halt_on_error=1";
}
