/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_BUG_H
#define _LINUX_BUG_H

#include <linux/compiler.h>

void __noreturn panic(const char *fmt, ...);
void __warn_printf(const char *fmt, ...);

#define BUG()                                                    \
	do {                                                     \
		__asm__ __volatile__("ud2");                     \
		__builtin_unreachable();                         \
	} while (0)

#define BUG_ON(condition)                                        \
	do {                                                     \
		if (unlikely(condition))                         \
			BUG();                                   \
	} while (0)

#define WARN_ON(condition)                                       \
	({                                                       \
		int __ret_warn_on = !!(condition);               \
		if (unlikely(__ret_warn_on))                     \
			__warn_printf("%s", __FILE__);           \
		unlikely(__ret_warn_on);                         \
	})
#define WARN_ON_ONCE(condition) WARN_ON(condition)

#endif
