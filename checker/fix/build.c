// SPDX-License-Identifier: GPL-2.0-only
/* build.c - kbuild in the scratch copy: what to build, with which compiler, and what it warns of. */
#include <unistd.h>

#include "files.h"
#include "verify.h"

/* --- programs */

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

/* --- what is built */

static bool path_mentions(const struct path *p, str record)
{
	uint32_t i;

	if (p->type == record)
		return true;
	for (i = 0; i < p->nsteps; i++)
		if (p->steps[i].record == record)
			return true;
	return false;
}

static bool function_uses(const struct function *f, str record)
{
	uint32_t i, j;

	for (i = 0; i < f->nblocks; i++)
		for (j = 0; j < f->blocks[i].nevents; j++)
			if (path_mentions(f->blocks[i].events[j].obj, record))
				return true;
	return false;
}

static int compare_strings(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The object of each file with a function that handles one of the records. */
void build_targets(const struct series *s, struct args *targets)
{
	size_t i, j, n = 0;

	for (i = 0; i < s->p->nfunctions; i++) {
		const struct function *f = &s->p->functions[i];
		const char *file = str_get(f->loc.file);
		size_t len = strlen(file);

		if (len < 3 || strcmp(file + len - 2, ".c"))
			continue;
		for (j = 0; j < s->n; j++)
			if (function_uses(f, s->patches[j].plan.record->key))
				break;
		if (j < s->n)
			args_add(targets, "%.*s.o", (int)len - 2, file);
	}
	qsort(targets->v, targets->n, sizeof(*targets->v), compare_strings);
	for (i = 0; i < targets->n; i++) {
		if (n && !strcmp(targets->v[n - 1], targets->v[i]))
			free(targets->v[i]);
		else
			targets->v[n++] = targets->v[i];
	}
	targets->n = n;
}

/* --- make */

void build_make(const struct build *b, const struct args *more, const struct args *targets,
		struct result *r)
{
	struct args args = { 0 };
	size_t i;

	args_add(&args, "make");
	args_add(&args, "-s");
	args_add(&args, "-j%u", b->series->o->jobs);
	args_add(&args, "-C");
	args_add(&args, "%s", b->src);
	args_add(&args, "O=%s", b->objdir);
	args_add(&args, "ARCH=%s", b->series->o->arch);
	if (!b->clang)
		args_add(&args, "CC=%sgcc", b->cross);
	else if (program_exists("ld.lld-19"))
		args_add(&args, "LLVM=-19");
	else
		args_add(&args, "CC=clang-19");
	if (!b->clang)
		args_add(&args, "CROSS_COMPILE=%s", b->cross);
	for (i = 0; i < more->n; i++)
		args_add(&args, "%s", more->v[i]);
	for (i = 0; targets && i < targets->n; i++)
		args_add(&args, "%s", targets->v[i]);
	process_run(r, NULL, &args);
	args_free(&args);
}

const char *build_prepare(struct build *b)
{
	char *from = xasprintf("%s/.config", b->series->o->objdir), *text = read_file(from, NULL);
	char *to = xasprintf("%s/.config", b->objdir);
	const char *failure = NULL;
	struct args goals = { 0 };
	struct result r;

	if (!text)
		die("cannot read %s:", from);
	file_replace(to, text);
	args_add(&goals, "olddefconfig");
	args_add(&goals, "modules_prepare");
	build_make(b, &goals, NULL, &r);
	if (r.status)
		failure = arena_printf(b->a, "%s", result_last_line(&r));
	result_free(&r);
	args_free(&goals);
	free(text);
	free(from);
	free(to);
	return failure;
}

/* --- warnings */

/* "FILE:LINE:COL: warning: text" as "FILE: warning: text", FILE below the sources; NULL: none. */
static char *warning_of(const struct build *b, char *line)
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

void build_warnings(const struct build *b, struct result *r, struct args *warnings)
{
	char *line, *save, *warning;

	for (line = strtok_r(r->err, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		warning = warning_of(b, line);
		if (warning)
			args_add(warnings, "%s", warning);
		free(warning);
	}
	if (warnings->n)
		qsort(warnings->v, warnings->n, sizeof(*warnings->v), compare_strings);
}

const char *build_news(const struct args *old, const struct args *now, struct arena *a)
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
