// SPDX-License-Identifier: GPL-2.0-only
/* diff.c - the files and lines that a series changes. */
#include "diff.h"

/* Lists the files. */
static void touched_find(struct patch_series *s)
{
	const char *name, *end;
	struct args args;
	struct result r;

	git_args(&s->git, &args, "diff-tree");
	args_add(&args, "-r");
	args_add(&args, "-z");
	args_add(&args, "--no-renames");
	args_add(&args, "--name-only");
	args_add(&args, "%s", s->commits[BEFORE]);
	args_add(&args, "%s", s->commits[AFTER]);
	git_must(&r, &args, "compare the commits");
	end = r.out + r.bytes;
	for (name = r.out; name < end; name += strlen(name) + 1)
		args_add(&s->touched, "%s", name);
	result_free(&r);
}

/* Reads "@@ -A,B +C,D @@": lines C to C + D - 1 are added; D is 1 if it is left out. */
static void hunk_read(struct patch_series *s, const char *line, str file)
{
	const char *plus = strchr(line, '+');
	unsigned long first, n = 1;
	char *end;

	if (!plus || !file)
		return;
	first = strtoul(plus + 1, &end, 10);
	if (*end == ',')
		n = strtoul(end + 1, NULL, 10);
	if (n)
		*vec_add(s->added, s->nadded, s->added_cap) =
			(struct added_lines){ file, (uint32_t)first, (uint32_t)(first + n - 1) };
}

/* Reads a diff without context.  "+++ " is a header only before the first hunk: it may be an added line. */
static void patch_read(struct patch_series *s, char *text)
{
	static const char to[] = "+++ new/";
	bool head = false;
	char *line, *rest;
	str file = 0;

	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		if (!strncmp(line, "diff --git ", 11)) {
			head = true;
			file = 0;
		} else if (head && !strncmp(line, to, strlen(to))) {
			file = str_intern_n(line + strlen(to), strcspn(line + strlen(to), "\t"));
		} else if (!strncmp(line, "@@ -", 4)) {
			head = false;
			hunk_read(s, line, file);
		}
	}
}

/* Lists the lines. */
static void added_find(struct patch_series *s)
{
	static const char *const options[] = { "-r",
					       "-p",
					       "-U0",
					       "--no-renames",
					       "--no-ext-diff",
					       "--no-textconv",
					       "--no-color",
					       "--src-prefix=old/",
					       "--dst-prefix=new/" };
	struct args args;
	struct result r;
	size_t i;

	git_args(&s->git, &args, "diff-tree");
	for (i = 0; i < ARRAY_SIZE(options); i++)
		args_add(&args, "%s", options[i]);
	args_add(&args, "%s", s->commits[BEFORE]);
	args_add(&args, "%s", s->commits[AFTER]);
	git_must(&r, &args, "compare the commits");
	patch_read(s, r.out);
	result_free(&r);
}

void diff_read(struct patch_series *s)
{
	touched_find(s);
	added_find(s);
}
