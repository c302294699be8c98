#include "config.h"
#include "records/kvar-value-format.h"
char *kvar_value_format_display (KvarValue *v, KvarLocale *l) { return g_strdup (kvar_value_get_text (v) ? kvar_value_get_text (v) : ""); }
char *kvar_value_format_input (KvarValue *v, KvarLocale *l) { return g_strdup (kvar_value_get_text (v) ? kvar_value_get_text (v) : ""); }
