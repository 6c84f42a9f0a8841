// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzztree.c - what make and git print, for fuzz.c.  No program is started and nothing is written outside of our directory:
 * run(), kbuild_run(), mkdir() and output_open() are ours (the linker's --wrap).
 */
#include <sys/stat.h>
#include <unistd.h>

#include "tree/compdb.h"
#include "tree/kbuild.h"
#include "series/series.h"
#include "fuzz.h"

char *__wrap_kbuild_run(const struct kernel_tree *t, char *const *dirs, size_t ndirs,
			void (*line)(void *ctx, const char *text), void *ctx);
void __wrap_process_run(struct result *r, const char *cwd, const struct args *args);
int __wrap_mkdir(const char *path, mode_t mode);
void __wrap_output_open(struct output *o, const char *path);
void __wrap_output_commit(struct output *o);

/* The rest of the input, for the programs that are still to be run. */
static const uint8_t *rest;
static size_t left;

char *__wrap_kbuild_run(const struct kernel_tree *t, char *const *dirs, size_t ndirs,
			void (*line)(void *ctx, const char *text), void *ctx)
{
	char *text = xmalloc(left + 1), *at, *save;

	(void)t, (void)dirs, (void)ndirs;
	memcpy(text, rest, left);
	text[left] = '\0';
	for (at = strtok_r(text, "\n", &save); at; at = strtok_r(NULL, "\n", &save))
		line(ctx, at);
	free(text);
	return NULL;
}

static void compdb(bool kbuild)
{
	static char *paths[] = { "." };
	struct kernel_tree t = { .kdir = (char *)fuzz_dir(), .arch = "x86", .clang = true, .kbuild = kbuild };
	struct tu_list units;

	t.objdir = t.kdir;
	compdb_load(&t, paths, 1, &units);
	compdb_free(&units);
}

void try_compdb(const char *text, size_t n)
{
	fuzz_file("compile_commands.json", text, n);
	compdb(false);
}

void try_make(const char *text, size_t n)
{
	rest = (const uint8_t *)text;
	left = n;
	unlink(fuzz_file("compile_commands.json", "", 0));
	compdb(true);
}

/* The next field of the input: its first byte is the exit status, the others what is printed. */
void __wrap_process_run(struct result *r, const char *cwd, const struct args *args)
{
	size_t n;
	const uint8_t *field = fuzz_field(&rest, &left, &n);

	(void)cwd, (void)args;
	*r = (struct result){ .status = n ? field[0] & 1 : 1 };
	r->bytes = n ? n - 1 : 0;
	r->out = xmalloc(r->bytes + 1);
	if (n)
		memcpy(r->out, field + 1, r->bytes);
	r->out[r->bytes] = '\0';
	r->err = xstrdup(r->out);
}

int __wrap_mkdir(const char *path, mode_t mode)
{
	(void)path, (void)mode;
	return 0;
}

void __wrap_output_open(struct output *o, const char *path)
{
	*o = (struct output){ .f = fopen("/dev/null", "w") };
	(void)path;
	if (!o->f)
		abort();
}

void __wrap_output_commit(struct output *o)
{
	fclose(o->f);
}

void try_series(const char *text, size_t n)
{
	struct patch_series s = { 0 };
	struct loc at = { .file = str_intern("a.c"), .line = 3 };
	char *mail;

	if (!n)
		return;
	rest = (const uint8_t *)text + 1;
	left = n - 1;
	if (text[0] == 'm') {
		mail = xstrdup(fuzz_file("mail", text, n));
		unlink(fuzz_file("mbox", "", 0));
		fuzz_file("patch", "x", 1);
		series_of_mail(&s, fuzz_dir(), fuzz_dir(), mail);
		free(mail);
	} else {
		series_of_range(&s, fuzz_dir(), fuzz_dir(), "a..b");
	}
	series_adds(&s, &at);
	series_has(&s, AFTER, "a.c", true);
	series_free(&s);
}
