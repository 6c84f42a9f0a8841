/* SPDX-License-Identifier: GPL-2.0-only */
/* put.h - storing the facts of a translation unit. */
#ifndef RACYBITS_PUT_H
#define RACYBITS_PUT_H

#include "store.h"

struct buf;
struct fact_item;

/*
 * Stores the facts of a tu in place of those it had: the message `msg` of `n` bytes that
 * facts_sink_init() made.  Paths of files in it are absolute, or relative to `kdir` or to the
 * directory of the tu.
 */
void store_put(struct store *s, const struct tu *tu, uint64_t tool_key, const char *kdir,
	       const unsigned char *msg, size_t n);
/* Stores that the tu could not be analysed; `reason` is one line. */
void store_put_failed(struct store *s, const struct tu *tu, const char *reason);

/* Copies the facts of tus that are fresh in the tree named `from`, but not in this one, from there. */
void store_adopt(struct store *s, const char *from, const struct tu_list *tus, uint64_t tool_key);

/* For this room, in a transaction.  The id of the chunk with these bytes, which is added if there is none. */
int64_t put_chunk(struct store *s, const struct fact_item *item);
/* Stores lists of ids of files and chunks as the facts of a tu; `row_key` is that of tu_row.h. */
void put_lists(struct store *s, const struct tu *tu, uint64_t row_key, const struct buf *files,
	       const struct buf *chunks);

#endif
