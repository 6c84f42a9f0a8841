/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * annotations.h - included into the analysed code right after the kernel's compiler_types.h.
 *
 * The kernel defines its lock annotations to nothing for compilers (Documentation/dev-tools/
 * sparse.rst).  Here they become annotate attributes "KIND:TEXT", with TEXT as it stands in the
 * source, which racybits finds in the syntax tree; so do the functions of cleanup attributes, with
 * the kind "cleanup".  lockdep's assertions, empty without CONFIG_LOCKDEP, become calls of functions
 * named __racybits_*.  An expression in data_race() or context_unsafe() begins with a call of
 * __racybits_race_ok().
 */
#if defined(__KERNEL__) && !defined(__ASSEMBLY__)

#define __racybits_note(kind, ...) __attribute__((annotate(kind ":" #__VA_ARGS__)))

#undef __must_hold
#undef __must_hold_shared
#undef __must_not_hold
#undef __acquires
#undef __acquires_shared
#undef __releases
#undef __releases_shared
#undef __cond_acquires
#undef __cond_acquires_shared
#define __must_hold(...) __racybits_note("must_hold", __VA_ARGS__)
#define __must_hold_shared(...) __racybits_note("must_hold_shared", __VA_ARGS__)
#define __must_not_hold(...) __racybits_note("must_not_hold", __VA_ARGS__)
#define __acquires(...) __racybits_note("acquires", __VA_ARGS__)
#define __acquires_shared(...) __racybits_note("acquires_shared", __VA_ARGS__)
#define __releases(...) __racybits_note("releases", __VA_ARGS__)
#define __releases_shared(...) __racybits_note("releases_shared", __VA_ARGS__)
#define __cond_acquires(...) __racybits_note("cond_acquires", __VA_ARGS__)
#define __cond_acquires_shared(...) __racybits_note("cond_acquires_shared", __VA_ARGS__)

/* Annotations of data (Documentation/dev-tools/context-analysis.rst of Linux 7.x) */
#undef __guarded_by
#undef __pt_guarded_by
#define __guarded_by(...) __racybits_note("guarded_by", __VA_ARGS__)
#define __pt_guarded_by(...) __racybits_note("pt_guarded_by", __VA_ARGS__)

#undef __data_racy
#define __data_racy __attribute__((annotate("data_racy")))

/* The function of a cleanup attribute, which libclang does not show, as an expression that it does. */
#define __cleanup__(function) __cleanup__(function), __annotate__("cleanup", function)

void __racybits_race_ok(void);

#if __has_include(<linux/compiler.h>)
#include <linux/compiler.h>
#ifdef data_race
#undef data_race
#define data_race(expr)               \
	({                            \
		__racybits_race_ok(); \
		expr;                 \
	})
#endif
#ifdef context_unsafe
#undef context_unsafe
#define context_unsafe(...)           \
	({                            \
		__racybits_race_ok(); \
		__VA_ARGS__;          \
	})
#endif
#endif

#if __has_include(<linux/init.h>)
#include <linux/init.h>
#undef __init
#undef __exit
#define __init __attribute__((annotate("section_init")))
#define __exit __attribute__((annotate("section_exit")))
#endif

#if __has_include(<linux/lockdep.h>)
#include <linux/lockdep.h>

void __racybits_lockdep_assert_held(const volatile void *);
void __racybits_lockdep_assert_held_write(const volatile void *);
void __racybits_lockdep_assert_held_read(const volatile void *);

#undef lockdep_assert_held
#undef lockdep_assert_held_write
#undef lockdep_assert_held_exclusive
#undef lockdep_assert_held_read
#undef lockdep_assert_held_once
#define lockdep_assert_held(l) __racybits_lockdep_assert_held((const volatile void *)(l))
#define lockdep_assert_held_once(l) lockdep_assert_held(l)
#define lockdep_assert_held_write(l) \
	__racybits_lockdep_assert_held_write((const volatile void *)(l))
#define lockdep_assert_held_exclusive(l) lockdep_assert_held_write(l)
#define lockdep_assert_held_read(l) __racybits_lockdep_assert_held_read((const volatile void *)(l))
#endif

#endif
