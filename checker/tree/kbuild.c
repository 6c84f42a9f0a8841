// SPDX-License-Identifier: GPL-2.0-only
/* kbuild.c - the commands that make would run in a kernel tree: make -n. */
#include <fcntl.h>
#include <unistd.h>

#include "kbuild.h"
#include "base/process.h"
#include "base/sandbox.h"

/*
 * Used for every tree, whichever compiler it is configured for.  Makefiles ask it at most for its
 * version and its include directory; it need not even exist.
 */
const char kbuild_cc[] = "clang-19";

static void make_args(struct args *args, const struct kernel_tree *t, char *const *dirs,
		      size_t ndirs)
{
	static const char *const fixed[] = {
		"-n",
		"-k",
		"-r",
		"--no-print-directory",
		/* Use the configuration even if it is out of date. */
		"may-sync-config=",
		"need-compiler=1",
		/* Every command counts as changed, so that a built tree prints all of them. */
		"cmd-check=1",
		/* Make no directories for objects (scripts/Makefile.build). */
		"obj-dirs=",
		/* Every compiler option counts as supported: ccargs.c chooses. */
		"try-run=$(2)",
		/* Prepare nothing first: that would enter tools/. */
		"-o",
		"prepare",
	};
	size_t i;

	args_add(args, "make");
	args_add(args, "-C");
	args_add(args, "%s", t->objdir);
	args_add(args, "-f");
	args_add(args, "%s/Makefile", t->kdir);
	for (i = 0; i < ARRAY_SIZE(fixed); i++)
		args_add(args, "%s", fixed[i]);
	args_add(args, "CC=%s", kbuild_cc);
	args_add(args, "ARCH=%s", t->arch);
	for (i = 0; i < ndirs; i++)
		args_add(args, "%s/", dirs[i]);
}

/* Runs in the child before it becomes make: a minimal environment, and no write access. */
static void make_confine(void)
{
	const char *path = getenv("PATH");
	char *kept = path ? xstrdup(path) : NULL;

	clearenv();
	if (kept)
		setenv("PATH", kept, 1);
	sandbox_writes_off();
}

/* Reads a line and its continuation lines into `*buf`; false at the end of the file. */
static bool read_line(FILE *f, char **buf, size_t *cap, char **part, size_t *part_cap)
{
	ssize_t got;
	size_t n = 0;
	bool more;

	if (feof(f) || ferror(f))
		return false;
	do {
		got = getline(part, part_cap, f);
		if (got < 0)
			break;
		got -= got && (*part)[got - 1] == '\n';
		if (*cap < n + (size_t)got + 1)
			*buf = xrealloc(*buf, *cap = 2 * (n + (size_t)got + 1));
		memcpy(*buf + n, *part, (size_t)got);
		n += (size_t)got;
		(*buf)[n] = '\0';
		more = n && (*buf)[n - 1] == '\\';
		n -= more;
	} while (more);
	return got >= 0 || n;
}

/* "make[1]: *** Problem" of make, "cannot start make: Reason" of process_start(); else NULL. */
static const char *problem_in(const char *line)
{
	const char *stars = strstr(line, ": *** ");

	if (stars)
		return stars + strlen(": *** ");
	return strncmp(line, "cannot start ", strlen("cannot start ")) ? NULL : line;
}

/* Returns the first problem that make reports (malloc'd) or NULL: with -k, others follow from it. */
static char *read_lines(FILE *f, void (*line)(void *ctx, const char *text), void *ctx)
{
	size_t cap = 256, part_cap = 0;
	char *buf = xmalloc(cap), *part = NULL, *complaint = NULL;

	while (read_line(f, &buf, &cap, &part, &part_cap)) {
		const char *problem = problem_in(buf);

		if (problem && !complaint)
			complaint = xstrdup(problem);
		line(ctx, buf);
	}
	free(buf);
	free(part);
	return complaint;
}

char *kbuild_run(const struct kernel_tree *t, char *const *dirs, size_t ndirs,
		 void (*line)(void *ctx, const char *text), void *ctx)
{
	struct args args = { .confine = make_confine };
	struct process make;
	char *complaint;
	int fd[2];
	FILE *f;

	if (pipe2(fd, O_CLOEXEC))
		die("cannot run make:");
	make_args(&args, t, dirs, ndirs);
	process_start(&make, NULL, &args, fd[1], fd[1]);
	close(fd[1]);
	f = fdopen(fd[0], "r");
	if (!f)
		die("cannot read from make:");
	complaint = read_lines(f, line, ctx);
	fclose(f);
	process_wait(&make);
	args_free(&args);
	return complaint;
}
