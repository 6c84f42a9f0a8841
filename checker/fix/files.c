// SPDX-License-Identifier: GPL-2.0-only
/* files.c - make directories, and replace files without following links. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files.h"
#include "base/util.h"

void directory_make(const char *path)
{
	char *copy = xstrdup(path), *slash = copy;

	while ((slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		mkdir(copy, 0777);
		*slash = '/';
	}
	if (mkdir(copy, 0777) && errno != EEXIST)
		die("cannot make directory %s:", path);
	free(copy);
}

void directory_check(const char *path)
{
	char *copy = xstrdup(path), *slash;
	struct stat st;

	while (stat(copy, &st) && errno == ENOENT) {
		slash = strrchr(copy, '/');
		if (!slash || slash == copy) {
			strcpy(copy, slash ? "/" : ".");
			break;
		}
		*slash = '\0';
	}
	if (!stat(copy, &st) && !S_ISDIR(st.st_mode))
		errno = ENOTDIR;
	else if (!faccessat(AT_FDCWD, copy, W_OK | X_OK, AT_EACCESS))
		errno = 0;
	if (errno)
		die("cannot write to the directory %s:", path);
	free(copy);
}

void file_replace(const char *path, const char *text)
{
	char *dir = xstrdup(path);
	FILE *f;

	*strrchr(dir, '/') = '\0';
	directory_make(dir);
	free(dir);
	if (unlink(path) && errno != ENOENT)
		die("cannot replace %s:", path);
	f = fopen(path, "wx");
	if (!f || fputs(text, f) < 0 || fclose(f))
		die("cannot write %s:", path);
}
