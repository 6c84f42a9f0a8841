/* SPDX-License-Identifier: GPL-2.0-only */
/* lock_compare.h - are the locks held at two writes one lock? */
#ifndef RACYBITS_LOCK_COMPARE_H
#define RACYBITS_LOCK_COMPARE_H

#include "base/model.h"

/*
 * Are two locks, each held at a write to the same unit, the same lock?  Locks of one name are,
 * unless their positions relative to the written objects show that they differ.
 */
bool same_lock(const struct held *a, const struct held *b);

/* A test of whether two held locks are to be taken for one. */
typedef bool same_lock_fn(const struct held *a, const struct held *b);

/* Do both writes hold a common lock, as `same` decides, that at least one holds exclusively? */
bool share_lock(const struct write *a, const struct write *b, same_lock_fn *same);

/* Do both hold a lock of one name, both of them shared; a pseudo-lock only of the object or one found from it? */
bool share_shared_lock(const struct write *a, const struct write *b);

/* Is it a lock that code takes, and in the object written or around it? */
bool is_own_lock(const struct held *h);
/* The number of locks held exclusively at the write. */
uint32_t exclusive_count(const struct write *w);

#endif
