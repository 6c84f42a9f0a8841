// SPDX-License-Identifier: GPL-2.0-only
/* fixes_tag.c - the commits that brought racing fields into one unit. */
#include "fixes_tag.h"

/* The commit that last changed a line, or NULL: no history, or none before a shallow clone's boundary. */
static const char *blame(struct fix_series *s, const char *file, uint32_t line)
{
	const char *commit = NULL;
	struct args args;
	struct result r;

	git_args(&s->git, &args, "blame");
	args_add(&args, "--no-textconv");
	args_add(&args, "--porcelain");
	args_add(&args, "-L%u,%u", line, line);
	args_add(&args, "HEAD");
	args_add(&args, "--");
	args_add(&args, "%s", file);
	git_run(&r, &args);
	if (!r.status && !strstr(r.out, "\nboundary\n"))
		commit = arena_printf(&s->a, "%.*s", (int)strcspn(r.out, " "), r.out);
	result_free(&r);
	return commit;
}

/* The line `Fixes: 12 digits ("subject")`, or "". */
static const char *fixes_line(struct fix_series *s, const char *commit)
{
	const char *line = "";
	struct args args;
	struct result r;

	git_args(&s->git, &args, "log");
	args_add(&args, "-1");
	args_add(&args, "--abbrev=12");
	args_add(&args, "--format=Fixes: %%h (\"%%s\")");
	args_add(&args, "%s", commit);
	git_run(&r, &args);
	if (!r.status)
		line = arena_printf(&s->a, "%s", r.out);
	result_free(&r);
	return line;
}

const char *fixes_tags(struct fix_series *s, const struct patch *patch)
{
	const char *lines = "", *line, *commit;
	uint32_t i;

	for (i = 0; i < patch->plan.nmoves; i++) {
		const struct field *f = &patch->plan.record->fields[patch->plan.moves[i].field];

		commit = blame(s, str_get(f->loc.file), f->loc.line);
		if (!commit)
			continue;
		line = fixes_line(s, commit);
		if (!strstr(lines, line))
			lines = arena_printf(&s->a, "%s%s", lines, line);
	}
	return lines;
}
