// SPDX-License-Identifier: GPL-2.0-only
/* limits.c - the table of the caps of the analysis. */
#include "limits.h"

const struct limit_row limit_rows[LIMIT_COUNT] = {
#define LIMIT(name, value, kind, id, what) { id, what, value, LIMIT_KIND_##kind },
#include "limits.def"
#undef LIMIT
};

const char *limit_kind_name(enum limit_kind kind)
{
	return kind == LIMIT_KIND_UNSAFE ? "unsafe" : "precision";
}
