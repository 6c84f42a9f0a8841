// SPDX-License-Identifier: GPL-2.0-only
/* file.c - reading files. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "alloc.h"
#include "file.h"

char *read_file(const char *path, size_t *bytes)
{
	FILE *f = fopen(path, "rb");
	size_t n = 0, cap = 0, got;
	char *s = NULL;
	int saved;

	if (!f)
		return NULL;
	do {
		if (cap - n < 2) {
			cap = cap ? cap * 2 : 1 << 16;
			s = xrealloc(s, cap);
		}
		got = fread(s + n, 1, cap - n - 1, f);
		n += got;
	} while (got);
	if (ferror(f)) {
		saved = errno;
		fclose(f);
		free(s);
		errno = saved;
		return NULL;
	}
	fclose(f);
	s[n] = '\0';
	if (bytes)
		*bytes = n;
	return s;
}
