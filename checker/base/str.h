/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * str.h - interned strings.  There is one table in the process, so equal strings have equal numbers;
 * strings are never freed.  Threads may use it at the same time.
 */
#ifndef RACYBITS_STR_H
#define RACYBITS_STR_H

#include "error.h"
#include "model.h"

str str_intern(const char *s); /* 0 for "" and NULL */
str str_intern_n(const char *s, size_t n);
str str_printf(const char *fmt, ...) PRINTF(1, 2);
const char *str_get(str s); /* "" for 0 */
/* By their text, as strcmp(): in another order than their numbers, and the same in every run. */
int str_compare(str a, str b);
/* All strings so far are less than this. */
size_t str_count(void);

/* Hash of two strings by their text, so unlike their numbers the same in every run. */
uint64_t str_pair_hash(str a, str b);
/* A key without "@file": "tag@file" gives "tag". */
str str_unqualified(str key);

#endif
