// SPDX-License-Identifier: GPL-2.0-only
/* file.c - reading files, and which file a path means. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "error.h"
#include "file.h"

int open_regular(const char *path)
{
	/* O_NONBLOCK: opening a pipe does not wait for its writer. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat st;

	if (fd < 0 || (!fstat(fd, &st) && S_ISREG(st.st_mode)))
		return fd;
	close(fd);
	errno = S_ISDIR(st.st_mode) ? EISDIR : ENOTREGULAR;
	return -1;
}

/* Reads to the end; false with errno set if that fails. */
static bool read_all(int fd, char **text, size_t *n)
{
	size_t cap = 0;
	ssize_t got;

	do {
		if (cap - *n < 2) {
			cap = cap ? cap * 2 : 1 << 16;
			*text = xrealloc(*text, cap);
		}
		got = read(fd, *text + *n, cap - *n - 1);
		*n += got > 0 ? (size_t)got : 0;
	} while (got > 0 || (got < 0 && errno == EINTR));
	return !got;
}

char *read_file(const char *path, size_t *bytes)
{
	int fd = open_regular(path), saved;
	char *text = NULL;
	size_t n = 0;

	if (fd < 0)
		return NULL;
	if (!read_all(fd, &text, &n)) {
		saved = errno;
		free(text);
		close(fd);
		errno = saved;
		return NULL;
	}
	close(fd);
	text[n] = '\0';
	if (bytes)
		*bytes = n;
	return text;
}

char *path_absolute(const char *dir, const char *path)
{
	char *text = *path == '/' ? xstrdup(path) : xasprintf("%s/%s", dir, path);
	char *out = xmalloc(strlen(text) + 2), *end = out, *save, *part;

	for (part = strtok_r(text, "/", &save); part; part = strtok_r(NULL, "/", &save)) {
		if (!strcmp(part, "."))
			continue;
		if (!strcmp(part, "..")) {
			while (end > out && *--end != '/')
				;
			continue;
		}
		*end++ = '/';
		end = stpcpy(end, part);
	}
	strcpy(end, end == out ? "/" : "");
	free(text);
	return out;
}

/* Status of the directory that the last component of the path is in. */
static bool stat_parent(const char *path, struct stat *st)
{
	const char *slash = strrchr(path, '/');
	char *dir = xasprintf("%.*s", slash ? (int)(slash - path + 1) : 1, slash ? path : ".");
	bool found = !stat(dir, st);

	free(dir);
	return found;
}

static const char *last_component(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

bool same_file(const char *a, const char *b)
{
	bool there = true;
	struct stat x, y;

	if (stat(a, &x) || stat(b, &y))
		there = false;
	if (!there &&
	    (!stat(a, &x) || !stat(b, &y) || strcmp(last_component(a), last_component(b)) ||
	     !stat_parent(a, &x) || !stat_parent(b, &y)))
		return false;
	return x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

bool name_ends_in(const char *name, const char *end)
{
	size_t n = strlen(name), m = strlen(end);

	return n > m && !strcmp(name + n - m, end);
}
