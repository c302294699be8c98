#include "config.h"
#include "records/kvar-value-parse.h"
KvarValue *kvar_value_parse_typed (KvarType *t, const char *s, KvarLocale *l, GError **e) { return kvar_value_new (t, *s == 0 && kvar_type_get_kind (t) != KVAR_KIND_TEXT ? NULL : s); }
