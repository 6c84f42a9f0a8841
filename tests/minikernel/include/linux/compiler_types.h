/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_COMPILER_TYPES_H
#define _LINUX_COMPILER_TYPES_H

/* Force-included into every file. Annotations are for checkers: a compiler sees nothing. */
#define __must_hold(x)
#define __acquires(x)
#define __releases(x)
#define __acquires_shared(x)
#define __releases_shared(x)
#define __cond_acquires(...)
#define __user
#define __force
#define __rcu
#define __data_racy

#define __maybe_unused __attribute__((__unused__))

/* As in the kernel: an inline function of a header need not be used. */
#define inline inline __maybe_unused

#define __weak __attribute__((__weak__))
#define __must_check __attribute__((__warn_unused_result__))
#define __always_inline inline __attribute__((__always_inline__))
#define __noreturn __attribute__((__noreturn__))
#define __packed __attribute__((__packed__))
#define __aligned(n) __attribute__((__aligned__(n)))
#define __section(name) __attribute__((__section__(name)))
#define __cleanup(func) __maybe_unused __attribute__((__cleanup__(func)))
#define fallthrough __attribute__((__fallthrough__))

#define ___PASTE(a, b) a##b
#define __PASTE(a, b) ___PASTE(a, b)
#define __UNIQUE_ID(prefix) __PASTE(__PASTE(__UNIQUE_ID_, prefix), __COUNTER__)

#endif
