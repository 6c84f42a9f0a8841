/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_EXPORT_H
#define _LINUX_EXPORT_H

#include <linux/compiler.h>

#define __EXPORT_SYMBOL(sym, suffix)                                             \
	extern __typeof__(sym) sym;                                              \
	static const void *const __PASTE(__export_symbol_, sym)                  \
		__section(".export_symbol") __attribute__((__used__)) = (void *)&sym

#define EXPORT_SYMBOL(sym) __EXPORT_SYMBOL(sym, "")
#define EXPORT_SYMBOL_GPL(sym) __EXPORT_SYMBOL(sym, "GPL")

#endif
