// SPDX-License-Identifier: GPL-2.0-only
/* source_line.c - lines of the analysed source. */
#include <sys/stat.h>

#include "clean.h"
#include "memstream.h"
#include "source_line.h"

/* The file that was read last: reports ask for many lines of one file in a row. */
static struct {
	const char *kdir;
	str file;
	char *text; /* NULL: could not be read */
	char *line; /* the line returned last */
} source;

/* A #line directive may name any file, but only files of the tree are read. */
static bool is_below(const char *file)
{
	const char *part = file;

	if (*file == '/')
		return false;
	for (; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL)
		if (!strncmp(part, "..", 2) && (part[2] == '/' || !part[2]))
			return false;
	return true;
}

static void source_read(const char *kdir, str file)
{
	char *path = xasprintf("%s/%s", kdir, str_get(file));
	struct stat st;

	free(source.text);
	source.kdir = kdir;
	source.file = file;
	source.text = NULL;
	if (is_below(str_get(file)) && !stat(path, &st) && S_ISREG(st.st_mode))
		source.text = read_file(path, NULL);
	free(path);
}

/* The line at `at`; the caller frees it. */
static char *line_copy(const char *at)
{
	size_t n = strcspn(at, "\r\n"), i, col = 0;
	char *text, *copy;
	struct memstream t;
	FILE *f = memstream_open(&t);

	for (i = 0; i < n; i++) {
		if (at[i] == '\t')
			fprintf(f, "%*s", (int)(8 - col % 8), "");
		else
			fputc(at[i], f);
		col += at[i] == '\t' ? 8 - col % 8 : 1;
	}
	text = memstream_close(&t);
	copy = xstrdup(clean(text));
	free(text);
	return copy;
}

const char *source_line(const char *kdir, str file, uint32_t line)
{
	const char *at;

	if (!kdir || !file || !line)
		return NULL;
	if (source.kdir != kdir || source.file != file)
		source_read(kdir, file);
	for (at = source.text; at && --line;) {
		at = strchr(at, '\n');
		at = at ? at + 1 : NULL;
	}
	if (!at || !*at)
		return NULL;
	free(source.line);
	source.line = line_copy(at);
	return source.line;
}
