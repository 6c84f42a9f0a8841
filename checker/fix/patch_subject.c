// SPDX-License-Identifier: GPL-2.0-only
/* patch_subject.c - the subject in the subsystem's style, and the cover letter of a series. */
#include "fix.h"

/* The directory that all files of the strings have in common, without the last slash. */
static char *common_dir(const char *a, const char *b)
{
	size_t i, slash = 0;

	for (i = 0; a[i] && a[i] == b[i]; i++)
		if (a[i] == '/')
			slash = i;
	if ((!a[i] && b[i] == '/') || (a[i] == '/' && !b[i]))
		slash = i;
	return xasprintf("%.*s", (int)slash, a);
}

/* Bytes of the prefix of a subject: words of their own that end in ": ", "wifi: iwlwifi". */
static size_t prefix_bytes(const char *subject)
{
	size_t n = 0, word;

	for (;;) {
		word = strcspn(subject + n, ": \n");
		if (!word || strncmp(subject + n + word, ": ", 2))
			return n > 2 ? n - 2 : 0;
		n += word + 2;
	}
}

/* The prefix that the last commit to the file has in its subject, or NULL. */
static char *prefix_from_history(struct series *s, const char *file)
{
	struct args args = { 0 };
	struct result r;
	char *prefix = NULL;
	size_t n;

	args_add(&args, "git");
	args_add(&args, "log");
	args_add(&args, "-1");
	args_add(&args, "--no-merges");
	args_add(&args, "--format=%%s");
	args_add(&args, "--");
	args_add(&args, "%s", file);
	process_run(&r, s->o->kdir, &args);
	n = r.status ? 0 : prefix_bytes(r.out);
	if (n && n < 40)
		prefix = xasprintf("%.*s", (int)n, r.out);
	result_free(&r);
	args_free(&args);
	return prefix;
}

/* Without history: the directory that the writers have in common, below drivers/. */
static char *prefix_from_path(struct series *s, const struct patch *patch)
{
	char *dir = NULL, *next, *prefix;
	uint32_t i, j;

	for (i = 0; i < patch->plan.nunits; i++) {
		const struct unit_verdict *u = patch->plan.units[i];

		for (j = 0; j < u->nwrites; j++) {
			const char *file = str_get(u->writes[j].loc.file);

			if (!dir) {
				dir = xasprintf(
					"%.*s",
					(int)(strrchr(file, '/') ? strrchr(file, '/') - file : 0),
					file);
				continue;
			}
			next = common_dir(dir, file);
			free(dir);
			dir = next;
		}
	}
	(void)s;
	if (!dir || !*dir) {
		free(dir);
		return xstrdup("treewide");
	}
	prefix = xstrdup(strncmp(dir, "drivers/", 8) ? dir : dir + 8);
	free(dir);
	return prefix;
}

static bool has_history(const struct series *s)
{
	struct args args = { 0 };
	struct result r;
	bool has;

	args_add(&args, "git");
	args_add(&args, "rev-parse");
	args_add(&args, "--show-prefix");
	process_run(&r, s->o->kdir, &args);
	has = !r.status && r.out[0] == '\n';
	result_free(&r);
	args_free(&args);
	return has;
}

const char *message_subject(struct series *s, const struct patch *patch)
{
	char *prefix = has_history(s) ? prefix_from_history(s, patch->files[0].file) : NULL;
	const char *text, *what = s->o->strategy == STRATEGY_BITOPS ?
					  "Use atomic bit operations for" :
					  "Use dedicated storage for";

	if (!prefix)
		prefix = prefix_from_path(s, patch);
	text = arena_printf(&s->a, "%s: %s %s flags", prefix, what,
			    str_get(patch->plan.record->name));
	if (strlen(text) > 75)
		text = arena_printf(&s->a, "%s: %s runtime flags", prefix, what);
	free(prefix);
	return text;
}

const char *message_cover(struct series *s)
{
	size_t bytes, i;
	char *text;
	FILE *f = open_memstream(&text, &bytes);
	char *dir = NULL, *next;
	const char *cover;

	for (i = 0; i < s->n; i++) {
		next = prefix_from_path(s, &s->patches[i]);
		if (dir) {
			char *both = common_dir(dir, next);

			free(dir);
			free(next);
			next = both;
		}
		dir = next;
	}
	fprintf(f, "%s%s%s\n\n", dir, *dir ? ": " : "",
		s->o->strategy == STRATEGY_SPLIT ?
			"Give racy bitfields storage units of their own" :
			"Make racy bitfields atomic bits");
	free(dir);
	put_wrapped(f, "",
		    "Each of these structs has bitfields in one storage unit that are written "
		    "under different locks, so that one update can undo another. There is a "
		    "patch for each; the messages name the writers and their locks.");
	fputc('\n', f);
	for (i = 0; i < s->n; i++) {
		const struct plan *plan = &s->patches[i].plan;

		fprintf(f, "  struct %s: %u field%s", str_get(plan->record->name), plan->nmoves,
			plan->nmoves == 1 ? "" : "s");
		if (s->o->strategy == STRATEGY_SPLIT)
			fprintf(f, ", %llu -> %llu bytes", (unsigned long long)plan->tree_bytes,
				(unsigned long long)plan->bytes);
		fputc('\n', f);
	}
	fclose(f);
	cover = arena_printf(&s->a, "%s", text);
	free(text);
	return cover;
}
