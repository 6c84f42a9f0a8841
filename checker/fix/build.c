// SPDX-License-Identifier: GPL-2.0-only
/* build.c - kbuild in a copy of the tree: what to build, by which compiler, what it warns of. */
#include <unistd.h>

#include "base/llvm.h"
#include "build.h"
#include "files.h"

/* --- compilers */

bool program_exists(const char *name)
{
	const char *path = getenv("PATH");
	char *list = xstrdup(path ? path : ""), *dir, *save, *full;
	bool found = false;

	for (dir = strtok_r(list, ":", &save); dir && !found; dir = strtok_r(NULL, ":", &save)) {
		full = xasprintf("%s/%s", dir, name);
		found = !access(full, X_OK);
		free(full);
	}
	free(list);
	return found;
}

/* "gcc 12.2.0": the name with the version that the compiler prints. */
static const char *compiler_name(struct arena *a, const char *program, const char *name)
{
	struct args args = { 0 };
	struct result r;
	const char *full;

	args_add(&args, "%s", program);
	args_add(&args, strcmp(name, "gcc") ? "-dumpversion" : "-dumpfullversion");
	process_run(&r, NULL, &args);
	full = arena_printf(a, "%s %.*s", name, (int)strcspn(r.out, "\n"), r.out);
	result_free(&r);
	args_free(&args);
	return full;
}

/* The prefix of the name of gcc for the architecture, or NULL: it is not installed. */
static const char *gcc_prefix(const struct fix_options *o)
{
	static const struct {
		const char *arch, *prefix, *native;
	} prefixes[] = {
		{ "x86", "x86_64-linux-gnu-", "__x86_64__" },
		{ "arm64", "aarch64-linux-gnu-", "__aarch64__" },
	};
	size_t i;
	char *gcc;
	bool there;

	for (i = 0; i < ARRAY_SIZE(prefixes); i++) {
		if (strcmp(o->arch, prefixes[i].arch))
			continue;
		gcc = xasprintf("%sgcc", prefixes[i].prefix);
		there = program_exists(gcc);
		free(gcc);
		return there ? prefixes[i].prefix : NULL;
	}
	return NULL;
}

void build_open(struct kernel_build *b, struct fix_series *s, char *src, bool clang)
{
	const char *prefix = clang ? "" : gcc_prefix(s->o);

	*b = (struct kernel_build){ .series = s, .a = &s->a, .clang = clang, .src = src };
	b->cross = prefix ? prefix : "";
	b->objdir = xasprintf("%s/%s", s->scratch, clang ? "clang" : "gcc");
	b->usable = clang ? program_exists(LLVM_CLANG) : prefix != NULL;
	b->with_llvm = program_exists(LLVM_CLANG) && program_exists("ld.lld-" LLVM_VERSION);
	if (b->usable)
		b->name = compiler_name(b->a,
					clang ? LLVM_CLANG : arena_printf(b->a, "%sgcc", prefix),
					clang ? "clang" : "gcc");
}

void build_close(struct kernel_build *b)
{
	args_free(&b->warnings);
	free(b->objdir);
}

/* --- configuration */

void build_configure(const struct kernel_build *b)
{
	char *from = xasprintf("%s/.config", b->series->o->objdir), *text = read_file(from, NULL);
	char *to = xasprintf("%s/.config", b->objdir);

	if (!text)
		die("cannot read %s:", from);
	file_replace(to, text);
	free(text);
	free(from);
	free(to);
}

void build_clone(const struct kernel_build *b, const struct kernel_build *from)
{
	struct args args = { 0 };
	struct result r;

	args_add(&args, "cp");
	args_add(&args, "-a");
	args_add(&args, "--");
	args_add(&args, "%s", from->objdir);
	args_add(&args, "%s", b->objdir);
	process_run(&r, NULL, &args);
	if (r.status)
		die("cannot copy %s: %s", from->objdir, result_last_line(&r));
	result_free(&r);
	args_free(&args);
}

/* --- warnings */

/*
 * "FILE: warning: TEXT", malloc'd, of a line "FILE:LINE:COL: warning: TEXT"; FILE is relative to the sources.
 * NULL: the line is no warning or error.
 */
static char *warning_of(const struct kernel_build *b, char *line)
{
	char *kind = strstr(line, ": warning: "), *colon;
	size_t root = strlen(b->src);

	if (!kind)
		kind = strstr(line, ": error: ");
	if (!kind)
		return NULL;
	colon = strchr(line, ':');
	if (!strncmp(line, b->src, root) && line[root] == '/')
		line += root + 1;
	else if (!strncmp(line, "../src/", 7))
		line += 7;
	return xasprintf("%.*s%s", (int)(colon - line), line, kind);
}

void build_add_warnings(const struct kernel_build *b, struct result *r, struct args *warnings)
{
	char *line, *save, *warning;

	for (line = strtok_r(r->err, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		warning = warning_of(b, line);
		if (warning)
			args_add(warnings, "%s", warning);
		free(warning);
	}
	args_sort(warnings);
}

const char *build_new_warnings(const struct args *old, const struct args *now, struct arena *a)
{
	const char *news = "";
	size_t i, j = 0;

	for (i = 0; i < now->n; i++) {
		while (j < old->n && strcmp(old->v[j], now->v[i]) < 0)
			j++;
		if (j < old->n && !strcmp(old->v[j], now->v[i]))
			j++;
		else
			news = arena_printf(a, "%s%s\n", news, now->v[i]);
	}
	return *news ? news : NULL;
}
