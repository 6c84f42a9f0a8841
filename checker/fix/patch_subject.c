// SPDX-License-Identifier: GPL-2.0-only
/* patch_subject.c - the subject of a patch, in the style of its subsystem. */
#include "patch_subject.h"

/* --- from paths */

char *common_directory(const char *a, const char *b)
{
	size_t i, slash = 0;

	for (i = 0; a[i] && a[i] == b[i]; i++)
		if (a[i] == '/')
			slash = i;
	if ((!a[i] && b[i] == '/') || (a[i] == '/' && !b[i]))
		slash = i;
	return xasprintf("%.*s", (int)slash, a);
}

char *subject_prefix_of_writers(const struct patch *patch)
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
			next = common_directory(dir, file);
			free(dir);
			dir = next;
		}
	}
	if (!dir || !*dir) {
		free(dir);
		return xstrdup("treewide");
	}
	prefix = xstrdup(strncmp(dir, "drivers/", 8) ? dir : dir + 8);
	free(dir);
	return prefix;
}

/* --- from history */

/* Length of the prefix of a subject, words that each end in ": ", without the last ": ": "wifi: iwlwifi". */
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
static char *prefix_from_history(struct fix_series *s, const char *file)
{
	struct args args;
	struct result r;
	char *prefix = NULL;
	size_t n;

	git_args(&s->git, &args, "log");
	args_add(&args, "-1");
	args_add(&args, "--no-merges");
	args_add(&args, "--format=%%s");
	args_add(&args, "--");
	args_add(&args, "%s", file);
	git_run(&r, &args);
	n = r.status ? 0 : prefix_bytes(r.out);
	if (n && n < 40)
		prefix = xasprintf("%.*s", (int)n, r.out);
	result_free(&r);
	return prefix;
}

const char *patch_subject(struct fix_series *s, const struct patch *patch)
{
	char *prefix = git_is_top(&s->git) ? prefix_from_history(s, patch->files[0].file) : NULL;
	const char *text, *what = s->o->strategy == STRATEGY_BITOPS ?
					  "Use atomic bit operations for" :
					  "Use dedicated storage for";

	if (!prefix)
		prefix = subject_prefix_of_writers(patch);
	text = arena_printf(&s->a, "%s: %s %s flags", prefix, what,
			    str_get(patch->plan.record->name));
	if (strlen(text) > 75)
		text = arena_printf(&s->a, "%s: %s runtime flags", prefix, what);
	free(prefix);
	return text;
}
