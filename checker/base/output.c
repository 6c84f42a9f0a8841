// SPDX-License-Identifier: GPL-2.0-only
/* output.c - output files that appear whole or not at all. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "error.h"
#include "output.h"

static _Noreturn void die_unwritable(const char *path)
{
	die("cannot write %s:", path);
}

/* May the file be written?  Its mode counts for root, too: who made it read-only meant it. */
static bool is_writable(const char *path, const struct stat *st)
{
	if (st->st_mode & (S_IWUSR | S_IWGRP | S_IWOTH))
		return !faccessat(AT_FDCWD, path, W_OK, AT_EACCESS);
	errno = EACCES;
	return false;
}

/* Gives the file the owner and mode of the one it replaces, as far as this user may, or a new one's. */
static void set_attributes(int fd, const struct stat *replaced)
{
	mode_t mask = umask(0);
	bool done;

	umask(mask);
	done = !replaced || !fchown(fd, replaced->st_uid, replaced->st_gid);
	done &= !fchmod(fd, replaced ? replaced->st_mode & 0777 : 0666 & ~mask);
	(void)done;
}

char *temp_beside(const char *path, int *fd)
{
	char *tmp = xasprintf("%s.XXXXXX.tmp", path);
	struct stat st;
	bool exists = !lstat(path, &st);

	if (exists && !S_ISREG(st.st_mode)) {
		errno = ENOTREGULAR;
		die_unwritable(path);
	}
	if (exists && !is_writable(path, &st))
		die_unwritable(path);
	*fd = mkostemps(tmp, strlen(".tmp"), O_CLOEXEC);
	if (*fd < 0)
		die_unwritable(path);
	set_attributes(*fd, exists ? &st : NULL);
	return tmp;
}

void temp_drop(char *tmp)
{
	int saved = errno;

	unlink(tmp);
	free(tmp);
	errno = saved;
}

void temp_commit(char *tmp, const char *path)
{
	if (rename(tmp, path)) {
		temp_drop(tmp);
		die_unwritable(path);
	}
	free(tmp);
}

static bool is_stdout(const struct stat *st)
{
	struct stat out;

	return !fstat(STDOUT_FILENO, &out) && out.st_dev == st->st_dev && out.st_ino == st->st_ino;
}

/* Dies if no file can be made beside `path`. */
static void check_parent(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *dir = slash ? xasprintf("%.*s/.", (int)(slash - path), path) : xstrdup(".");

	if (faccessat(AT_FDCWD, dir, W_OK | X_OK, AT_EACCESS))
		die_unwritable(path);
	free(dir);
}

void output_check(const char *path)
{
	struct stat link, st;
	bool there;

	if (!path || !strcmp(path, "-") || (!stat(path, &st) && is_stdout(&st)))
		return;
	if (!stat(path, &st) && S_ISDIR(st.st_mode)) {
		errno = EISDIR;
		die_unwritable(path);
	}
	there = !lstat(path, &link);
	if (there && !S_ISREG(link.st_mode))
		return;
	if (there && !is_writable(path, &link))
		die_unwritable(path);
	check_parent(path);
}

void output_open(struct output *o, const char *path)
{
	struct stat link, st;
	int fd;

	memset(o, 0, sizeof(*o));
	if (!path || !strcmp(path, "-") || (!stat(path, &st) && is_stdout(&st))) {
		o->f = stdout;
		return;
	}
	o->path = xstrdup(path);
	if (!lstat(path, &link) && !S_ISREG(link.st_mode)) {
		o->f = fopen(path, "we");
	} else {
		o->tmp = temp_beside(path, &fd);
		o->f = fdopen(fd, "w");
	}
	if (!o->f)
		die_unwritable(path);
}

/* Flushes and, if it is to be renamed, brings to disk what was printed; false with errno set. */
static bool finish(struct output *o)
{
	bool failed = fflush(o->f) || ferror(o->f);

	if (!failed && o->tmp)
		failed = fsync(fileno(o->f));
	if (o->f != stdout)
		failed |= fclose(o->f) != 0;
	return !failed;
}

void output_commit(struct output *o)
{
	if (!finish(o)) {
		if (o->tmp)
			temp_drop(o->tmp);
		die_unwritable(o->path ? o->path : "standard output");
	}
	if (o->tmp)
		temp_commit(o->tmp, o->path);
	free(o->path);
	memset(o, 0, sizeof(*o));
}
