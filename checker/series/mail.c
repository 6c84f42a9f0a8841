// SPDX-License-Identifier: GPL-2.0-only
/* mail.c - patches that come by mail, applied beside the repository. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mail.h"

#define MAIL_MB 256 /* a mail that is larger is refused */

static int mail_open(const char *file)
{
	int fd = strcmp(file, "-") ? open_regular(file) : STDIN_FILENO;

	if (fd < 0)
		die("cannot read the mail %s:", file);
	return fd;
}

/* Copies the mail to `to`, for it may be a pipe, and git reads it twice. */
static void mail_copy(const char *file, const char *to)
{
	static char bytes[1 << 16];
	int fd = mail_open(file);
	size_t total = 0;
	FILE *f = fopen(to, "wx");
	ssize_t n;

	if (!f)
		die("cannot write %s:", to);
	while ((n = read(fd, bytes, sizeof(bytes))) > 0) {
		total += (size_t)n;
		if (total > (size_t)MAIL_MB << 20)
			die("%s: larger than %d MB: not a series of patches", file, MAIL_MB);
		fwrite(bytes, 1, (size_t)n, f);
	}
	if (n < 0)
		die("cannot read the mail %s:", file);
	if (fclose(f))
		die("cannot write %s:", to);
	if (!total)
		die("%s: empty: expected a mail with a patch", file);
	if (fd != STDIN_FILENO)
		close(fd);
}

/* Splits the mailbox into files NNNN of the directory `to`; returns how many. */
static unsigned long mail_split(const struct patch_series *s, const char *file, const char *mbox,
				const char *to)
{
	struct args args;
	struct result r;
	unsigned long n;

	if (mkdir(to, 0777))
		die("cannot make directory %s:", to);
	git_args(&s->git, &args, "mailsplit");
	args_add(&args, "-b");
	args_add(&args, "--mboxrd");
	args_add(&args, "-o%s", to);
	args_add(&args, "%s", mbox);
	git_run(&r, &args);
	n = strtoul(r.out, NULL, 10);
	if (r.status || !n)
		die("%s: not a mail: %s", file, plain_line(result_error(&r)));
	result_free(&r);
	return n;
}

/* Writes the patch of a mail to the file `patch`; returns false if it has none. */
static bool mail_patch(const struct patch_series *s, const char *mail, const char *patch)
{
	char *message = xasprintf("%s/message", s->dir);
	struct args args;
	struct result r;
	struct stat st;

	git_args(&s->git, &args, "mailinfo");
	args.input = mail;
	args_add(&args, "%s", message);
	args_add(&args, "%s", patch);
	git_run(&r, &args);
	result_free(&r);
	free(message);
	return !stat(patch, &st) && st.st_size > 0;
}

/* Dies with the hunk at which git failed, if it says "patch failed: FILE:LINE". */
static _Noreturn void refuse(const char *file, unsigned long at, unsigned long n, const char *why)
{
	static const char failed[] = "error: patch failed: ";
	const char *hunk = strstr(why, failed), *error = strstr(why, "error: "), *line;
	char *where;

	if (!hunk)
		die("%s: patch %lu of %lu does not apply: %s", file, at, n,
		    plain_line(error ? error + strlen("error: ") : why));
	where = plain_line(hunk + strlen(failed));
	line = strrchr(where, ':');
	if (!line)
		die("%s: patch %lu of %lu does not apply: %s", file, at, n, where);
	die("%s: patch %lu of %lu does not apply: the hunk at line %s of %.*s; check out the commit that the series is based on",
	    file, at, n, line + 1, (int)(line - where), where);
}

/* Applies the patch to the index. */
static void apply(const struct patch_series *s, const char *file, const char *patch,
		  unsigned long at, unsigned long n)
{
	struct args args;
	struct result r;

	git_args(&s->git, &args, "apply");
	args_add(&args, "--cached");
	args_add(&args, "--whitespace=nowarn");
	args_add(&args, "%s", patch);
	git_run(&r, &args);
	if (r.status)
		refuse(file, at, n, r.err);
	result_free(&r);
}

/* Makes the index that of s->commits[BEFORE]. */
static void head_read(const struct patch_series *s)
{
	struct args args;
	struct result r;

	git_args(&s->git, &args, "read-tree");
	args_add(&args, "%s", s->commits[BEFORE]);
	git_must(&r, &args, "read the tree of HEAD");
	result_free(&r);
}

/* Makes a tree of the index; returns its name, malloc'd. */
static char *tree_write(const struct patch_series *s)
{
	struct args args;
	struct result r;
	char *tree;

	git_args(&s->git, &args, "write-tree");
	git_must(&r, &args, "keep what the patches make");
	tree = xasprintf("%.*s", (int)strcspn(r.out, "\n"), r.out);
	result_free(&r);
	return tree;
}

char *mail_apply(struct patch_series *s, const char *file)
{
	char *mbox = xasprintf("%s/mbox", s->dir), *mails = xasprintf("%s/mails", s->dir);
	char *index = xasprintf("%s/index.mail", s->dir), *tree;
	unsigned long i, n, patches = 0;

	mail_copy(file, mbox);
	n = mail_split(s, file, mbox, mails);
	setenv("GIT_INDEX_FILE", index, 1);
	head_read(s);
	for (i = 1; i <= n; i++) {
		char *mail = xasprintf("%s/%04lu", mails, i);
		char *patch = xasprintf("%s/patch", s->dir);

		if (mail_patch(s, mail, patch)) {
			apply(s, file, patch, i, n);
			patches++;
		}
		free(patch);
		free(mail);
	}
	if (!patches)
		die("%s: no patch in it: expected a mail with a patch", file);
	tree = tree_write(s);
	setenv("GIT_INDEX_FILE", s->index, 1);
	free(index);
	free(mails);
	free(mbox);
	return tree;
}
