// SPDX-License-Identifier: GPL-2.0-only
/* lock_name.c - the names that locks go by in reports. */
#include "lock_name.h"

str pseudo_lock_name(const char *kind, const char *object)
{
	return str_printf("%s(%s)", kind, object);
}

bool is_pseudo_lock(str name)
{
	return strchr(str_get(name), '(');
}

str lock_last_member(str name)
{
	const char *s = str_get(name), *dot = strrchr(s, '.');

	s = dot ? dot + 1 : s;
	return str_intern_n(s, strcspn(s, "("));
}
