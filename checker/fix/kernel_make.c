// SPDX-License-Identifier: GPL-2.0-only
/* kernel_make.c - kbuild in several build directories at once. */
#include <unistd.h>

#include "base/llvm.h"
#include "kernel_make.h"

static void make_args(struct args *args, const struct kernel_build *b, const struct args *goals,
		      const struct args *targets)
{
	size_t i;

	args_add(args, "-s");
	args_add(args, "-C");
	args_add(args, "%s", b->src);
	args_add(args, "O=%s", b->objdir);
	args_add(args, "ARCH=%s", b->series->o->arch);
	/* What objtool says is not asked, and to build it takes longer than most objects. */
	args_add(args, "CONFIG_OBJTOOL=");
	if (b->with_llvm)
		args_add(args, "LLVM=-" LLVM_VERSION);
	if (!b->clang)
		args_add(args, "CC=%sgcc", b->cross);
	else if (!b->with_llvm)
		args_add(args, "CC=" LLVM_CLANG);
	if (!b->clang)
		args_add(args, "CROSS_COMPILE=%s", b->cross);
	for (i = 0; i < goals->n; i++)
		args_add(args, "%s", goals->v[i]);
	for (i = 0; targets && i < targets->n; i++)
		args_add(args, "%s", targets->v[i]);
}

/* Prints a word quoted for the shell, in a recipe of make. */
static void put_quoted(FILE *f, const char *word)
{
	fputs(" '", f);
	for (; *word; word++) {
		if (*word == '\'')
			fputs("'\\'", f);
		if (*word == '$')
			fputc('$', f);
		fputc(*word, f);
	}
	fputc('\'', f);
}

/* Prints the rule that runs one make, which shares the jobs of the make that runs it. */
static void put_rule(FILE *f, const struct kernel_make *m, size_t i)
{
	struct args args = { 0 };
	size_t k;

	fprintf(f, "build%zu:\n\t+@$(MAKE)", i);
	make_args(&args, m->build, &m->goals, m->targets);
	for (k = 0; k < args.n; k++)
		put_quoted(f, args.v[k]);
	fputs(" >", f);
	put_quoted(f, m->out);
	fputs(" 2>", f);
	put_quoted(f, m->err);
	fprintf(f, " && touch");
	put_quoted(f, m->done);
	fputs(" || :\n", f);
	args_free(&args);
}

static void put_makefile(const char *path, struct kernel_make *v, size_t n)
{
	FILE *f = fopen(path, "w");
	size_t i;

	if (!f)
		die("cannot write %s:", path);
	fputs("all:", f);
	for (i = 0; i < n; i++)
		fprintf(f, " build%zu", i);
	fputs("\n", f);
	for (i = 0; i < n; i++)
		put_rule(f, &v[i], i);
	if (fclose(f))
		die("cannot write %s:", path);
}

static char *read_printed(const char *path)
{
	char *text = read_file(path, NULL);

	return text ? text : xstrdup("");
}

void kernel_make_run(struct kernel_make *v, size_t n, const struct fix_series *s)
{
	char *makefile = xasprintf("%s/builds.mk", s->scratch), *empty;
	struct args args = { 0 };
	struct result r;
	size_t i;

	for (i = 0; i < n; i++) {
		v[i].out = xasprintf("%s/build%zu.out", s->scratch, i);
		v[i].err = xasprintf("%s/build%zu.err", s->scratch, i);
		v[i].done = xasprintf("%s/build%zu.done", s->scratch, i);
		unlink(v[i].done);
	}
	put_makefile(makefile, v, n);
	args_add(&args, "make");
	args_add(&args, "-s");
	args_add(&args, "-j%u", s->o->jobs);
	args_add(&args, "-f");
	args_add(&args, "%s", makefile);
	process_run(&r, NULL, &args);
	for (i = 0; i < n; i++) {
		empty = r.status ? xstrdup(r.err) : NULL;
		v[i].result = (struct result){ .status = access(v[i].done, F_OK) != 0,
					       .out = read_printed(v[i].out),
					       .err = empty ? empty : read_printed(v[i].err) };
		free(v[i].out);
		free(v[i].err);
		free(v[i].done);
	}
	result_free(&r);
	args_free(&args);
	free(makefile);
}

void kernel_make_free(struct kernel_make *v, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		result_free(&v[i].result);
		args_free(&v[i].goals);
	}
}
