// SPDX-License-Identifier: GPL-2.0-only
/* includers.c - which files of the work tree include a header, by their #include lines. */
#include <unistd.h>

#include "includers.h"

#define INCLUDERS_MAX 400 /* files; more would be a good part of the kernel */

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* --- where an #include leads */

/* An #include line. */
struct include {
	const char *file; /* the file that it is in */
	const char *name; /* as written */
	size_t n;	  /* length of the name */
	bool quoted;
};

/* Reads `#include "name"` or `#include <name>`, with any blanks. */
static bool include_read(struct include *inc, const char *line)
{
	static const char word[] = "include";
	const char *end;

	line += strspn(line, " \t");
	if (*line++ != '#')
		return false;
	line += strspn(line, " \t");
	if (strncmp(line, word, strlen(word)) != 0)
		return false;
	line += strlen(word);
	line += strspn(line, " \t");
	if (*line != '"' && *line != '<')
		return false;
	inc->quoted = *line == '"';
	inc->name = ++line;
	end = strchr(line, inc->quoted ? '"' : '>');
	inc->n = end ? (size_t)(end - line) : 0;
	return inc->n > 0;
}

/* The part of the name behind leading "../". */
static const char *below_parents(const struct include *inc, size_t *n)
{
	const char *name = inc->name;

	while (inc->name + inc->n - name > 3 && !strncmp(name, "../", 3))
		name += 3;
	*n = (size_t)(inc->name + inc->n - name);
	return name;
}

/* The path that the name has beside its file, malloc'd; NULL if that leads out of the tree. */
static char *beside(const struct include *inc)
{
	size_t n, up, length = (size_t)(base_name(inc->file) - inc->file);
	const char *name = below_parents(inc, &n);

	for (up = (size_t)(name - inc->name) / 3; up; up--) {
		if (!length)
			return NULL;
		for (length--; length && inc->file[length - 1] != '/'; length--)
			;
	}
	return xasprintf("%.*s%.*s", (int)length, inc->file, (int)n, name);
}

static bool is_there(const struct patch_series *s, const char *name)
{
	char *path = xasprintf("%s/%s", s->kdir, name);
	bool there = !access(path, F_OK);

	free(path);
	return there;
}

static bool ends_in_include(const char *header, const struct include *inc)
{
	size_t n, length = strlen(header);
	const char *name = below_parents(inc, &n);

	return (length == n || (length > n && header[length - n - 1] == '/')) &&
	       !strncmp(header + length - n, name, n);
}

/*
 * Does the line include `header`?  A quoted name is looked for beside its file, then each in include/.
 * Other directories are known to the makefiles only: any header whose path ends in the name is assumed.
 */
static bool leads_to(const struct patch_series *s, const struct include *inc, const char *header)
{
	char *near = inc->quoted ? beside(inc) : NULL;
	char *common = xasprintf("include/%.*s", (int)inc->n, inc->name);
	bool yes;

	if (near && (!strcmp(near, header) || is_there(s, near)))
		yes = !strcmp(near, header);
	else if (!strcmp(common, header) || is_there(s, common))
		yes = !strcmp(common, header);
	else
		yes = ends_in_include(header, inc);
	free(common);
	free(near);
	return yes;
}

/* --- the search */

static bool is_included(const struct patch_series *s, const struct include *inc,
			const struct args *headers, size_t from, size_t to)
{
	for (; from < to; from++)
		if (ends_in_include(headers->v[from], inc) && leads_to(s, inc, headers->v[from]))
			return true;
	return false;
}

static void add_file(const char *file, struct args *headers, struct args *sources)
{
	args_add_once(name_ends_in(file, ".h") ? headers : sources, file, strlen(file));
}

/* Prints "FILE\0LINE\n" for each line of a .c or .h file with the base name of one of headers[from...]. */
static void lines_find(const struct patch_series *s, const struct args *headers, size_t from,
		       struct result *r)
{
	struct args args;

	git_args(&s->git, &args, "grep");
	args_add(&args, "-z");
	args_add(&args, "-F");
	for (; from < headers->n; from++) {
		args_add(&args, "-e");
		args_add(&args, "%s\"", base_name(headers->v[from]));
		args_add(&args, "-e");
		args_add(&args, "%s>", base_name(headers->v[from]));
	}
	args_add(&args, "--");
	args_add(&args, "*.[ch]");
	git_run(r, &args);
}

bool includers_find(const struct patch_series *s, struct args *headers, struct args *sources)
{
	size_t from = 0;

	while (from < headers->n && headers->n + sources->n <= INCLUDERS_MAX) {
		size_t to = headers->n;
		struct result r;
		char *file, *line, *end;

		lines_find(s, headers, from, &r);
		for (file = r.out; file < r.out + r.bytes; file = end + 1) {
			struct include inc = { .file = file };

			line = file + strlen(file) + 1;
			end = line < r.out + r.bytes ? strchr(line, '\n') : NULL;
			if (!end)
				break;
			*end = '\0';
			if (include_read(&inc, line) && is_included(s, &inc, headers, from, to))
				add_file(file, headers, sources);
		}
		result_free(&r);
		from = to;
	}
	return headers->n + sources->n <= INCLUDERS_MAX;
}
