// SPDX-License-Identifier: GPL-2.0-only
/* kbuild.c - the commands that make would run in a kernel tree: make -n. */
#include <fcntl.h>
#include <unistd.h>

#include "kbuild.h"
#include "base/llvm.h"
#include "base/process.h"
#include "base/sandbox.h"

/*
 * Used for every tree, whichever compiler it is configured for.  Makefiles ask it at most for its
 * version and its include directory; it need not even exist.
 */
const char kbuild_cc[] = LLVM_CLANG;

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
	const char *kdir = t->base ? t->base : t->kdir;
	bool in_place = !strcmp(t->kdir, t->objdir);
	size_t i;

	args_add(args, "make");
	args_add(args, "-C");
	args_add(args, "%s", in_place ? kdir : t->objdir);
	args_add(args, "-f");
	args_add(args, "%s/Makefile", kdir);
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

/*
 * A problem in a line of output, malloc'd, or NULL: "MAKEFILE:LINE: *** Problem" or "make[1]: *** Problem"
 * of make, without "make" and stars, or "cannot start make: Reason" of process_start().
 */
static char *problem_in(const char *line)
{
	static const char stars[] = ": *** ";
	const char *at = strstr(line, stars);

	if (!strncmp(line, "cannot start ", strlen("cannot start ")))
		return xstrdup(line);
	if (!at)
		return NULL;
	if (!strncmp(line, "make", 4) && strchr(":[", line[4]))
		return xstrdup(at + strlen(stars));
	return xasprintf("%.*s: %s", (int)(at - line), line, at + strlen(stars));
}

/* The line with paths below `base` as they are below KDIR; in *buf, which is malloc'd anew. */
static const char *rebase(const struct kernel_tree *t, const char *line, char **buf)
{
	size_t n = strlen(t->base), bytes;
	const char *at;
	FILE *f;

	if (!strstr(line, t->base))
		return line;
	free(*buf);
	f = open_memstream(buf, &bytes);
	if (!f)
		die("out of memory");
	for (; (at = strstr(line, t->base)); line = at + n)
		fprintf(f, "%.*s%s", (int)(at - line), line, t->kdir);
	fputs(line, f);
	fclose(f);
	return *buf;
}

/* Returns the first problem that make reports (malloc'd) or NULL: with -k, others follow from it. */
static char *read_lines(const struct kernel_tree *t, FILE *f,
			void (*line)(void *ctx, const char *text), void *ctx)
{
	char *buf = xmalloc(256), *part = NULL, *rebased = NULL, *complaint = NULL;
	size_t cap = 256, part_cap = 0;

	while (read_line(f, &buf, &cap, &part, &part_cap)) {
		const char *text = t->base ? rebase(t, buf, &rebased) : buf;

		if (!complaint)
			complaint = problem_in(text);
		line(ctx, text);
	}
	free(rebased);
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
	complaint = read_lines(t, f, line, ctx);
	fclose(f);
	process_wait(&make);
	args_free(&args);
	return complaint;
}
