// SPDX-License-Identifier: GPL-2.0-only
/* memstream.c - a stream that prints into a string: open_memstream(3). */
#include "memstream.h"

FILE *memstream_open(struct memstream *t)
{
	t->f = open_memstream(&t->s, &t->bytes);
	if (!t->f)
		die("out of memory");
	return t->f;
}

char *memstream_close(struct memstream *t)
{
	if (fclose(t->f))
		die("out of memory");
	return t->s;
}
