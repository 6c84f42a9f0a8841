/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H

#include <linux/init.h>
#include <linux/export.h>
#include <linux/kernel.h>

struct module;
#define THIS_MODULE ((struct module *)0)

#define module_init(initfn)                                                      \
	int init_module(void) __attribute__((__alias__(#initfn)));
#define module_exit(exitfn)                                                      \
	void cleanup_module(void) __attribute__((__alias__(#exitfn)));

#define module_driver(__driver, __register, __unregister)                        \
	static int __init __driver##_init(void)                                  \
	{                                                                        \
		return __register(&(__driver));                                  \
	}                                                                        \
	module_init(__driver##_init);                                            \
	static void __exit __driver##_exit(void)                                 \
	{                                                                        \
		__unregister(&(__driver));                                       \
	}                                                                        \
	module_exit(__driver##_exit)

#endif
