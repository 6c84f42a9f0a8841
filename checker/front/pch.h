/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pch.h - precompiled headers: what most tus of a run include is parsed once.
 *
 * A tu is then parsed with headers that it does not include itself, and its facts must not depend on
 * them: a record counts as defined only if the tu's own #include directives lead to the definition; a
 * tu whose macros would have changed a precompiled header is parsed without it (pch_visible.c).
 */
#ifndef RACYBITS_PCH_H
#define RACYBITS_PCH_H

#include "front.h"

struct buf; /* base/buf.h */
struct pch_set;

/*
 * Groups the tus that are compiled alike and chooses the headers to precompile for each group from what
 * its tus include; a group too small to gain from it gets none.  `tus` must outlive the set.
 *
 * The headers are built in the temporary directory (base/tempdir.h), and removed when they are taken:
 * after that only open descriptors keep the files.  If there is no such directory, or unless
 * pch_is_usable(), the set is empty.  An overlay must outlive the set.
 */
struct pch_set *pch_plan(const struct tu *const *tus, size_t n, const struct front_options *opt);
void pch_free(struct pch_set *s);

/* How many headers are to be built. */
size_t pch_count(const struct pch_set *s);
/* The name to show for number `i`: the first tu it is for. */
const char *pch_label(const struct pch_set *s, size_t i);
/* Builds number `i`, in this or a child process, and appends to `reply` what pch_take() needs. */
void pch_build(struct pch_set *s, size_t i, struct buf *reply);
/*
 * Makes number `i` usable in this process and its later children; to be called for each number in
 * order.  With data NULL, or damaged, the header is not used.
 */
void pch_take(struct pch_set *s, size_t i, const unsigned char *data, size_t n);

/* The header to parse tus[tu] of pch_plan() with (front_options.pch), or NULL. */
struct pch *pch_of(const struct pch_set *s, size_t tu);

#endif
