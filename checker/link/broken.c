// SPDX-License-Identifier: GPL-2.0-only
/* broken.c - report that a pass has made something that breaks its own rules. */
#include <stdarg.h>

#include "broken.h"

void broken(const struct link *l, const char *pass, uint32_t f, const char *fmt, ...)
{
	bool named = f != NONE && f < l->p->nfunctions;
	char what[256];
	va_list args;

	va_start(args, fmt);
	vsnprintf(what, sizeof(what), fmt, args);
	va_end(args);
	die("internal error after pass %s%s%s: %s", pass, named ? ", function " : "",
	    named ? str_get(l->p->functions[f].key) : "", what);
}
