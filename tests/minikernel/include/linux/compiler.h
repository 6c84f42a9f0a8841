/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_COMPILER_H
#define _LINUX_COMPILER_H

#include <linux/compiler_types.h>

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define barrier() __asm__ __volatile__("" : : : "memory")

#define READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, val)                                       \
	do {                                                     \
		*(volatile __typeof__(x) *)&(x) = (val);         \
	} while (0)

/* "This race is known, and it does no harm": silences the kernel's race detector. */
#define data_race(expr)                                          \
	({                                                       \
		__auto_type __v = ({ expr; });                    \
		__v;                                             \
	})

/* "This is meant without the lock": for the analysis of contexts. */
#define context_unsafe(...) ({ __VA_ARGS__; })

#endif
