// SPDX-License-Identifier: GPL-2.0-only
/* output.c - output files that appear whole or not at all. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "error.h"
#include "output.h"

void output_open(struct output *o, const char *path)
{
	struct stat st;

	memset(o, 0, sizeof(*o));
	if (!path || !strcmp(path, "-")) {
		o->f = stdout;
		return;
	}
	o->path = xstrdup(path);
	/* A device or a pipe must not be renamed over. */
	if (!stat(path, &st) && !S_ISREG(st.st_mode))
		o->f = fopen(path, "w");
	else {
		o->tmp = xasprintf("%s.%ld.tmp", path, (long)getpid());
		o->f = fopen(o->tmp, "w");
	}
	if (!o->f)
		die("cannot write %s:", path);
}

void output_commit(struct output *o)
{
	int failed = fflush(o->f) || ferror(o->f);

	if (o->f != stdout)
		failed |= fclose(o->f);
	if (!failed && o->tmp)
		failed = rename(o->tmp, o->path);
	if (failed) {
		int saved = errno;

		if (o->tmp)
			unlink(o->tmp);
		errno = saved;
		die("cannot write %s:", o->path ? o->path : "standard output");
	}
	free(o->tmp);
	free(o->path);
	memset(o, 0, sizeof(*o));
}
