/* SPDX-License-Identifier: GPL-2.0-only */
/* util.h - arenas, interned strings, growing arrays, errors, output files. */
#ifndef RACYBITS_UTIL_H
#define RACYBITS_UTIL_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "model.h"

#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* --- errors: one line on stderr, "racybits: " before it; a format that ends in ':' gets
 * strerror(errno) appended.  None of them returns a value worth testing. */
void warn(const char *fmt, ...) PRINTF(1, 2);
/* Prints the message and exits with status 2: could not run. */
_Noreturn void die(const char *fmt, ...) PRINTF(1, 2);

/* --- memory; every allocation failure ends in die("out of memory") */
void *xmalloc(size_t bytes);
void *xcalloc(size_t n, size_t bytes);
void *xrealloc(void *p, size_t bytes);
char *xstrdup(const char *s);
char *xasprintf(const char *fmt, ...) PRINTF(1, 2); /* caller frees */

/* Memory dropped by the unit of work: allocate from an arena, drop it whole. */
struct arena {
	struct arena_chunk *head;
};
void *arena_alloc(struct arena *a, size_t bytes); /* zeroed, aligned for any type but long double */
void *arena_copy(struct arena *a, const void *p, size_t bytes); /* NULL for 0 bytes */
char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF(2, 3);
void arena_free(struct arena *a); /* drops everything; the arena may be reused */

/* --- interned strings: one table a process, so that a str compares by value */
str str_intern(const char *s); /* "" and NULL give 0 */
str str_intern_n(const char *s, size_t n);
str str_printf(const char *fmt, ...) PRINTF(1, 2);
const char *str_get(str s); /* 0 gives ""; lives as long as the process */
/* Hash of two texts: unlike their numbers, the same in every run, as a filter that may err must be. */
uint64_t str_pair_hash(str a, str b);
/* "tag@file" -> "tag", and "name@file" -> "name" */
str str_unqualified(str key);

/* The path of what has none: one for all, as most events and arguments have none. */
extern const struct path path_none;

/* --- growing arrays: `struct x *v = NULL; size_t n = 0, cap = 0; *vec_add(v, n, cap) = x;` */
void *vec_grow(void *v, size_t n, size_t *cap, size_t size);
#define vec_add(v, n, cap) ((v) = vec_grow((v), (n), &(cap), sizeof(*(v))), &(v)[(n)++])

/* 64-bit FNV-1a over bytes; `seed` chains calls, start with HASH_SEED. */
#define HASH_SEED 0xcbf29ce484222325ULL
uint64_t hash_bytes(uint64_t seed, const void *p, size_t bytes);
uint64_t hash_string(uint64_t seed, const char *s);
/* One number more, quickly: for tables of one run, not for what is stored. */
static inline uint64_t hash_mix(uint64_t seed, uint64_t v)
{
	seed = (seed ^ v) * UINT64_C(0x9e3779b97f4a7c15);
	return seed ^ seed >> 29;
}

/* Whole file as a NUL-terminated buffer (caller frees), or NULL with errno set. */
char *read_file(const char *path, size_t *bytes);

/*
 * Output that appears whole or not at all: writes beside `path`, renames on
 * commit.  A NULL path or "-" is stdout.  output_commit() dies when anything
 * could not be written (and removes the half-written file).
 */
struct output {
	FILE *f;
	char *path, *tmp;
};
void output_open(struct output *o, const char *path);
void output_commit(struct output *o);

#endif
