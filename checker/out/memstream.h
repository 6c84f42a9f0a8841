/* SPDX-License-Identifier: GPL-2.0-only */
/* memstream.h - a stream that prints into a string. */
#ifndef RACYBITS_MEMSTREAM_H
#define RACYBITS_MEMSTREAM_H

#include "base/util.h"

struct memstream {
	FILE *f;
	char *s; /* valid after memstream_close() */
	size_t bytes;
};

/* Returns the stream, t->f.  Dies when memory runs out. */
FILE *memstream_open(struct memstream *t);
/* Closes the stream and returns what was printed; the caller frees it. */
char *memstream_close(struct memstream *t);

#endif
